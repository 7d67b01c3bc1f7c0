"""Quick fixes: the edits that mend a finding where there is no doubt how. Each is one step of undo.

``fix`` mends all places of a finding at which the mend is certain; where it is certain at none there is no edit.
What stands elsewhere in a text is kept to the character.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from forms.checks.basics import DOUBLED, HALF_WIDTH
from forms.checks.findings import Finding
from forms.checks.rows import COST
from forms.checks.structure import END_MARKS
from forms.checks.text import HAN, NUMERALS
from forms.checks.values import decimal_groups
from forms.documents import FormKind, Indicator, Path, Project, get, parse_path
from forms.edition import Decimals, Edition
from forms.edits import Edit, Put
from forms.indicators import sort_rows
from forms.reading import sq
from forms.value_style import is_rate_or_money
from forms.values import Value, parse

_WIDE = str.maketrans(",;:?!", "，；：？！")
_BLANK = "[ \\t\\u3000]"
_LINE_EDGES = re.compile(rf"^{_BLANK}+|{_BLANK}+$", re.MULTILINE)
_RUNNING = re.compile(rf"{_BLANK}{{2,}}")
# Before another 汉字 the second may belong to it, as in 服务服务业. Bounded, so that it ends soon on any text.
_DOUBLED_AT_END = re.compile(rf"{DOUBLED.pattern}(?:\1){{0,8}}(?![{HAN}])")
_NUMBER_WORDS = frozenset(NUMERALS)
_ABBREVIATION = re.compile(r"[A-Za-z][.．]\s*\Z")
_SIGN = re.compile(r"\A\s*(?:[>＞<＜]\s*[=＝]|[≥≤≧≦⩾⩽=＝><＞＜])\s*")
_NO_DECIMALS = re.compile(r"[.．][0０]+\Z")


@dataclass(frozen=True, slots=True)
class _Mended:
    """What a mend of one rule needs to know."""

    project: Project
    finding: Finding
    editions: Mapping[str, Edition]

    def edit(self, name: str, mend: Callable[[str, Path], str]) -> Edit | None:
        """The edit that mends the text of each place; None where none changes."""
        puts = []
        for path in self.places:
            text: str = get(self.project, path)
            new = mend(text, path)
            if new != text:
                puts.append(Put(path, text, new))
        return Edit(f"一键修正：{name}", tuple(puts)) if puts else None

    @property
    def places(self) -> list[Path]:
        """The places with a text; those of other projects and of the booklet are none of the project's."""
        mine = [place for place in self.finding.paths if not place.startswith(("projects[", "booklet."))]
        return [path for path in map(parse_path, mine) if isinstance(get(self.project, path), str)]

    @property
    def form(self) -> tuple[FormKind, tuple[Indicator, ...], Edition]:
        """Kind, rows and edition of the form in which the finding is."""
        return next(
            (kind, form.indicators, self.editions[form.edition])
            for kind, form in self.project.forms
            if kind == self.finding.form
        )


def fix(project: Project, finding: Finding, editions: Mapping[str, Edition]) -> Edit | None:
    """Return the edit that mends a finding; None where the program cannot tell for certain, or for this rule at all.

    The finding is one of the project as it is now, found by ``check_project``.
    """
    mend = _MENDS.get(finding.id)
    return None if mend is None else mend(_Mended(project, finding, editions))


# ---------------------------------------------------------------- of one text


def _by_text(name: str, mend: Callable[[str], str]) -> Callable[[_Mended], Edit | None]:
    return lambda mended: mended.edit(name, lambda text, _: mend(text))


def _wide_marks(text: str) -> str:
    return HALF_WIDTH.sub(lambda mark: mark[0].translate(_WIDE), text)


def _superfluous(text: str) -> str:
    """Blanks that say nothing go, a word doubled at the end of a phrase stands once. One blank may divide words."""
    plain = _LINE_EDGES.sub("", text).strip()
    return _DOUBLED_AT_END.sub(_once, _RUNNING.sub(" ", plain)) if plain else text


def _once(match: re.Match[str]) -> str:
    """二零二零 is a year and no word; 哈哈哈哈 nothing that a program mends."""
    word = match[1]
    return match[0] if _NUMBER_WORDS.intersection(word) or len(set(word)) == 1 else word


def _no_end_mark(name: str) -> str:
    """A name without the marks at its end; one that is nothing else, or ends like ``Co.``, stays."""
    bare = name.rstrip()
    while bare.endswith(END_MARKS) and _ABBREVIATION.search(bare) is None:
        bare = bare[:-1].rstrip()
    return bare or name


def _no_sign(actual: str) -> str:
    """``≥85%`` is ``85%``; the sign alone stays."""
    return _SIGN.sub("", actual) or actual


# ---------------------------------------------------------------- of rows and forms


def _ten_thousand(mended: _Mended) -> Edit | None:
    """``≤8(万)`` of a cost is ``≤8(万元)``; elsewhere nobody knows what is counted."""

    def mend(target: str, path: Path) -> str:
        row: Indicator = get(mended.project, path[:-1])
        head, _, tail = target.rpartition("万")
        is_cost = COST in (row.l1, row.l2)
        return _same_number(target, f"{head}万元{tail}", unit="万元") if is_cost else target

    return mended.edit("单位改为“万元”", mend)


def _same_decimals(mended: _Mended) -> Edit | None:
    """Numbers of a kind are written alike: zeros are added or dropped, nothing is rounded.

    The edition decides where it says how each kind is written, and where as many stand on both sides; else the more.
    """
    kind, rows, edition = mended.form
    style = edition.value_style.decimals
    values = tuple(parse(row.target) for row in rows)
    puts = []
    for group in decimal_groups(values, style):
        usual = _usual_decimals([values[at] for at in group], style)
        for at in group:
            new = _with_decimals(values[at], usual)
            if new != rows[at].target:
                puts.append(Put((kind, "indicators", at, "target"), rows[at].target, new))
    return Edit("一键修正：统一小数位", tuple(puts)) if puts else None


def _usual_decimals(group: list[Value], style: Decimals) -> int:
    """How many decimals the numbers of a group are to have, 0 for none."""
    counts = Counter(one.decimals for one in group)
    with_, without = sum(count for decimals, count in counts.items() if decimals), counts[0]
    if style == "two-except-counts":
        return 2 if any(is_rate_or_money(one.unit) for one in group) else 0
    if with_ == without:
        return 2 if style == "two" else 0
    return 0 if without > with_ else max(counts, key=lambda decimals: counts[decimals] if decimals else 0)


def _with_decimals(value: Value, count: int) -> str:
    """The value with decimals if the others have them, else without; one that has some keeps as many."""
    digits = value.digits
    if bool(value.decimals) is bool(count):
        return value.raw
    new = f"{digits}.{'0' * count}" if count else _NO_DECIMALS.sub("", digits)
    return _same_number(value.raw, value.raw.replace(digits, new, 1), unit=value.unit)


def _same_number(old: str, new: str, unit: str) -> str:
    """The new text of a value if it is the same number of a unit, else the old one."""
    was, is_ = parse(old), parse(new)
    same = (is_.number, is_.sign, sq(is_.unit)) == (was.number, was.sign, sq(unit))
    return new if same else old


def _sorted(mended: _Mended) -> Edit | None:
    kind, rows, edition = mended.form
    edit = sort_rows(kind, rows, edition)
    return None if edit.is_empty else Edit("一键修正：按表式重排指标", edit.changes)


_MENDS: Mapping[str, Callable[[_Mended], Edit | None]] = {
    "B11": _by_text("多余的空白和文字", _superfluous),
    "B12": _by_text("标点改为全角", _wide_marks),
    "I15": _by_text("指标名称末尾的标点", _no_end_mark),
    "I17": _sorted,
    "S17": _by_text("实际完成值去掉比较符号", _no_sign),
    "V04": _ten_thousand,
    "V23": _same_decimals,
}
