"""What differs between two states of a project, in sentences for the clerk.

Two final copies, a paper and the data, this year's form and last year's: all are compared here.
Compared is what the check code is made from: the forms and the narrative as typed. Two projects have the same code
exactly where nothing differs here. Absent and blank are the same.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from forms.documents import Declaration, Evaluation, FormKind, Indicator, Narrative, Path, Period, Project, format_path

FORM_WORDS: dict[FormKind, str] = {"declaration": "申报表", "evaluation": "自评表"}
_NARRATIVE = "项目经费情况说明"
_SHORT = 24
"""Texts up to so many characters are quoted whole."""
_LIKE = 0.5
"""From this likeness (2·M/T of difflib) on two names of a 三级指标 are taken for the same one, renamed."""
_MOST_LIKENED = 200
"""Rows without an equal name, at most, whose names are compared letter by letter."""
_COLUMNS: tuple[tuple[str, str], ...] = (
    ("l3", "指标名称"),
    ("target", "指标值"),
    ("actual", "实际完成值"),
    ("points", "分值"),
    ("score", "得分"),
    ("reason", "偏差原因分析及改进措施"),
    ("mid_l3", "中期指标名称"),
    ("mid_target", "中期指标值"),
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference; ``old`` and ``new`` are blank where nothing stood or stands there."""

    path: str
    """The place in the new project; of what is gone, that in the old one."""
    where: str
    """The place in words: 申报表·项目名称."""
    what: str
    """What happened there: “甲”改为“乙”."""
    old: str = ""
    new: str = ""

    @property
    def sentence(self) -> str:
        """The whole sentence: 申报表·项目名称：“甲”改为“乙”."""
        return f"{self.where}：{self.what}" if self.where else self.what


def differences(old: Project, new: Project) -> tuple[Difference, ...]:
    """Return what differs, in the order of the forms; nothing where both say the same."""
    return (
        *_forms("declaration", old.declaration, new.declaration),
        *_forms("evaluation", old.evaluation, new.evaluation),
        *_narratives(old.narrative, new.narrative),
    )


def _forms(
    kind: FormKind, old: Declaration | Evaluation | None, new: Declaration | Evaluation | None
) -> Iterator[Difference]:
    word = FORM_WORDS[kind]
    if old is None or new is None:
        if old is not new:
            yield Difference(kind, "", f"删除了{word}" if new is None else f"新增了{word}")
        return
    both = _cells(old), _cells(new)
    yield from _texts((kind,), word, *both)
    yield from _indicators((kind, "indicators"), word, old.indicators, new.indicators)


Cells = dict[Path, tuple[str, str]]
"""Place within a form → its words and its text."""


def _cells(form: Declaration | Evaluation) -> Cells:
    """Return every single text of a form but its indicators."""
    cells: Cells = {("edition",): ("表样", form.edition), ("year",): ("年度", str(form.year))}
    for key, text in form.fields.items():
        cells["fields", key] = key, text
    if isinstance(form, Declaration):
        for key, text in form.funds.items():
            cells["funds", key] = key, text
        cells["overall_period",] = "项目周期", _period(form.overall_period)
        cells["overall_goal",] = "项目总体目标", form.overall_goal
        cells["annual_goal",] = "年度总体目标", form.annual_goal
        return cells
    cells["funds",] = "资金的行数", str(len(form.funds))
    for n, row in enumerate(form.funds):
        name = row.get("row", "") or f"第{n + 1}行"
        for key, text in row.items():
            cells["funds", n, key] = ("资金行名" if key == "row" else f"{name}的{key}"), text
    cells["expected",] = "年度总体目标（预期目标）", form.expected
    cells["actual",] = "年度总体目标（实际完成情况）", form.actual
    cells["total_points",] = "总分值", form.total_points
    cells["total_score",] = "总得分", form.total_score
    return cells


def _period(period: Period | None) -> str:
    return "" if period is None else f"{period.start}年至{period.end}年"


def _texts(top: Path, word: str, old: Cells, new: Cells) -> Iterator[Difference]:
    for place in (*new, *(one for one in old if one not in new)):
        label, after = new.get(place, ("", ""))
        before = old.get(place, (label, ""))[1]
        label = label or old.get(place, ("", ""))[0]
        if before != after:
            yield _text((*top, *place), f"{word}·{label}", before, after)


def _text(path: Path, where: str, old: str, new: str) -> Difference:
    return Difference(format_path(path), where, in_words(old, new), old, new)


def in_words(old: str, new: str) -> str:
    """Return what happened to a text: quoted whole where it is short, else how often it was changed and where first."""
    if not old:
        return f"补填“{_cut(new)}”"
    if not new:
        return f"删去“{_cut(old)}”"
    if max(len(old), len(new)) <= _SHORT:
        return f"“{old}”改为“{new}”"
    changes = [
        (old[a:b], new[c:d])
        for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if tag != "equal"
    ]
    return f"改了{len(changes)}处，先是{in_piece(*changes[0])}"


def in_piece(old: str, new: str) -> str:
    """Return what happened to a piece of a text."""
    if not old:
        return f"加上“{_cut(new)}”"
    return f"删去“{_cut(old)}”" if not new else f"“{_cut(old)}”改为“{_cut(new)}”"


def _cut(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 1]}…"


# ---------------------------------------------------------------- indicators


def _indicators(path: Path, word: str, old: Sequence[Indicator], new: Sequence[Indicator]) -> Iterator[Difference]:
    pairs = matched(old, new)
    was = dict(pairs)
    for n, row in enumerate(new):
        if n not in was:
            yield Difference(format_path((*path, n)), word, f"新增指标{_named(row)}", "", row.name)
            continue
        before = old[was[n]]
        where = f"{word}·指标{_named(before, levels=False)}"
        if (before.l1, before.l2) != (row.l1, row.l2):
            what = f"从“{_levels(before)}”移到“{_levels(row)}”"
            yield Difference(format_path((*path, n)), where, what, _levels(before), _levels(row))
        for column, label in _COLUMNS:
            a, b = getattr(before, column), getattr(row, column)
            if a != b:
                yield Difference(format_path((*path, n, column)), where, f"{label}{in_words(a, b)}", a, b)
    kept = set(was.values())
    for n, row in enumerate(old):
        if n not in kept:
            yield Difference(format_path((*path, n)), word, f"删除指标{_named(row)}", row.name, "")
    order = [was[n] for n in sorted(was)]
    if order != sorted(order):
        yield Difference(format_path(path), word, "指标的次序有变动")


def matched(old: Sequence[Indicator], new: Sequence[Indicator]) -> list[tuple[int, int]]:
    """Return which new row (first) is which old one (second), from the surest sign on.

    Equal in all; of equal levels and name; of equal name; of equal levels and 指标值; of equal levels and a like name.
    """
    left_old, left_new = list(range(len(old))), list(range(len(new)))
    pairs: list[tuple[int, int]] = []

    def take(found: Iterable[tuple[int, int]]) -> None:
        for now, was in found:
            pairs.append((now, was))
            left_new.remove(now)
            left_old.remove(was)

    for key in (_all, _levels_and_name, _name, _levels_and_value):
        take(_equal([(n, key(old[n])) for n in left_old], [(n, key(new[n])) for n in left_new]))
    if max(len(left_old), len(left_new)) <= _MOST_LIKENED:
        take(_alike(old, new, left_old, left_new))
    return pairs


def _equal(old: Iterable[tuple[int, Hashable]], new: Iterable[tuple[int, Hashable]]) -> list[tuple[int, int]]:
    waiting: dict[Hashable, list[int]] = {}
    for n, key in old:
        if key is not None:
            waiting.setdefault(key, []).append(n)
    return [(n, waiting[key].pop(0)) for n, key in new if waiting.get(key)]


def _alike(
    old: Sequence[Indicator], new: Sequence[Indicator], left_old: Iterable[int], left_new: Iterable[int]
) -> list[tuple[int, int]]:
    levels = [(a, b) for a in left_old for b in left_new if (old[a].l1, old[a].l2) == (new[b].l1, new[b].l2)]
    scored = sorted(((_likeness(old[a].name, new[b].name), -a, -b) for a, b in levels), reverse=True)
    found: dict[int, int] = {}
    for ratio, a, b in scored:
        if ratio >= _LIKE and -b not in found and -a not in found.values():
            found[-b] = -a
    return list(found.items())


def _likeness(old: str, new: str) -> float:
    return SequenceMatcher(None, old, new, autojunk=False).ratio()


def _all(row: Indicator) -> Hashable:
    return (row.l1, row.l2, *(getattr(row, column) for column, _ in _COLUMNS))


def _levels_and_name(row: Indicator) -> Hashable:
    return (row.l1, row.l2, row.name) if row.name else None


def _name(row: Indicator) -> Hashable:
    return row.name or None


def _levels_and_value(row: Indicator) -> Hashable:
    return (row.l1, row.l2, row.target) if row.target else None


def _levels(row: Indicator) -> str:
    return "—".join(one for one in (row.l1, row.l2) if one)


def _named(row: Indicator, *, levels: bool = True) -> str:
    """“调研次数”（产出指标—数量指标，≥3次）; without ``levels`` the name alone."""
    name = f"“{_cut(row.name)}”" if row.name else "（未命名）"
    more = "，".join(one for one in (_levels(row), _cut(row.target)) if one) if levels else ""
    return f"{name}（{more}）" if more else name


# ---------------------------------------------------------------- narrative


def _narratives(old: Narrative | None, new: Narrative | None) -> Iterator[Difference]:
    before = () if old is None else old.sections
    after = () if new is None else new.sections
    if bool(before) != bool(after):
        yield Difference("narrative", "", f"{'新增' if after else '删除'}了{_NARRATIVE}")
        return
    if len(before) != len(after):
        what = f"由{len(before)}节改为{len(after)}节"
        yield Difference("narrative.sections", _NARRATIVE, what, str(len(before)), str(len(after)))
    for n in range(max(len(before), len(after))):
        a = before[n] if n < len(before) else None
        b = after[n] if n < len(after) else None
        title = (a.title if a is not None else "") or (b.title if b is not None else "") or f"第{n + 1}节"
        for part, where in (("title", f"{_NARRATIVE}第{n + 1}节·标题"), ("text", f"{_NARRATIVE}·{title}")):
            x, y = getattr(a, part, ""), getattr(b, part, "")
            if x != y:
                yield _text(("narrative", "sections", n, part), where, x, y)
