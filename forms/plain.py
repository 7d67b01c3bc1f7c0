"""Documents as plain JSON values, and back.

One description of the documents (at the end: ``PROJECT``, ``PACKAGE``) serves the exchange file, the snapshots of
the database and the journal of edits. A key that the contract does not know is kept as it is and written back after
the known ones; a text that is absent counts as blank; everything else that is missing or of another type is refused
with its place in a Chinese sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any, NamedTuple

from forms.documents import (
    UNFIT,
    Booklet,
    Confirmation,
    Declaration,
    Evaluation,
    Indicator,
    Narrative,
    Package,
    Path,
    Period,
    Project,
    Section,
    Step,
)

FIRST_YEAR, LAST_YEAR = 1, 9999
"""Outside these a year is no year at all; whether it is a likely one, check B04 tells."""

ADVICE = "请改正后再导入，或请对方用绩表重新导出。"


class PackageError(ValueError):
    """A file (or a stored document) cannot be taken in; the sentence names file, place and remedy."""


# ---------------------------------------------------------------- where something stands

WORDS = {
    "declaration": "申报表",
    "evaluation": "自评表",
    "narrative": "项目经费情况说明",
    "booklet": "编报册",
    "edition": "表样",
    "year": "年度",
    "from": "起始年度",
    "to": "截止年度",
    "overall_period": "总体目标期间",
    "overall_goal": "项目总体目标",
    "annual_goal": "年度总体目标",
    "expected": "预期目标",
    "total_points": "总分的分值",
    "total_score": "总分的得分",
    "l1": "一级指标",
    "l2": "二级指标",
    "l3": "三级指标",
    "value": "指标值",
    "mid_l3": "中期三级指标",
    "mid_value": "中期指标值",
    "mid_target": "中期指标值",
    "target": "指标值",
    "actual": "实际完成值",
    "points": "分值",
    "score": "得分",
    "reason": "偏差原因分析及改进措施",
    "tier": "定性档次",
    "title": "标题",
    "text": "正文",
    "statement": "编报说明",
    "projects": "项目",
    "indicators": "绩效指标",
    "sections": "各节",
    "confirmations": "已确认的提醒",
    "rule": "规则编号",
    "place": "位置",
    "message": "提醒",
    "texts": "当时的内容",
    "note": "说明",
    "fields": "基本信息",
    "funds": "资金",
}
_ITEMS = {
    "projects": ("第", "个项目"),
    "indicators": ("绩效指标第", "行"),
    "sections": ("第", "节"),
    "confirmations": ("已确认的提醒第", "条"),
    "funds": ("资金第", "行"),
}
_PARTS = ("declaration", "evaluation", "narrative", "booklet")


def shown(word: str, most: int = 30) -> str:
    """Return a key or name as a sentence may show it: short, on one line, nothing that no file may hold."""
    cut = word if len(word) <= most else word[:most] + "…"
    return UNFIT.sub("�", cut).replace("\n", " ").replace("\t", " ")


def _words(path: Path) -> str:
    """``("projects", 1, "declaration", "indicators", 2, "value")`` as 第2个项目的申报表的绩效指标第3行的“指标值”."""
    words: list[str] = []
    for at, step in enumerate(path):
        following = path[at + 1] if at + 1 < len(path) else None
        if isinstance(step, int):
            name = str(path[at - 1]) if at else ""
            before, after = _ITEMS.get(name, (f"“{shown(name)}”第", "项"))
            words.append(f"{before}{step + 1}{after}")
        elif not isinstance(following, int) and (step not in ("fields", "funds") or following is None):
            word = "实际完成情况" if path[at - 1 :] == ("evaluation", "actual") else WORDS.get(step, shown(step))
            words.append(word if step in _PARTS else f"“{word}”")
    return "的".join(words)


class At(NamedTuple):
    """A place in what is being read; ``where`` is its name in a sentence: 文件“x.json”."""

    where: str
    path: Path = ()

    def step(self, step: Step) -> At:
        """Return the place one step further in."""
        return At(self.where, (*self.path, step))

    def wrong(self, what: str, advice: str = ADVICE) -> PackageError:
        """Return the error to raise: where, what, and what to do."""
        place = f"中{_words(self.path)}" if self.path else ""
        return PackageError(f"{self.where}{place}{what}。{advice}")


# ---------------------------------------------------------------- what the documents are made of


class Kind:
    """A kind of value: how it stands in JSON, and what stands one step further (LookupError: nothing)."""

    def read(self, at: At, value: object) -> Any:  # noqa: ARG002  the kinds name the place where they refuse
        """Return the value of a JSON value. Raises PackageError."""
        return value

    def write(self, value: Any) -> Any:
        """Return the JSON value of a value."""
        return value

    def child(self, step: Step) -> tuple[Kind, bool]:
        """Return the kind, and whether it may be absent (None)."""
        raise LookupError(step)


class _Text(Kind):
    def read(self, at: At, value: object) -> str:
        if not isinstance(value, str):
            raise at.wrong("应为文字（加引号）")
        return value


class _Year(Kind):
    def read(self, at: At, value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not FIRST_YEAR <= value <= LAST_YEAR:
            raise at.wrong(f"应为{FIRST_YEAR}至{LAST_YEAR}的整数年份")
        return value


class _Anything(Kind):
    """What this version does not know: kept as it is."""

    def child(self, step: Step) -> tuple[Kind, bool]:
        return self, _is_key(step)


class _Extra(Kind):
    def read(self, at: At, value: object) -> dict[str, Any]:
        return as_object(at, value)

    def write(self, value: Mapping[str, Any]) -> dict[str, Any]:
        return dict(value)

    def child(self, step: Step) -> tuple[Kind, bool]:
        return _ANYTHING, _is_key(step)


class _Texts(Kind):
    """A mapping of labels to texts."""

    def read(self, at: At, value: object) -> dict[str, str]:
        return {key: TEXT.read(at.step(key), one) for key, one in as_object(at, value).items()}

    def write(self, value: Mapping[str, str]) -> dict[str, str]:
        return dict(value)

    def child(self, step: Step) -> tuple[Kind, bool]:
        return TEXT, _is_key(step)


class Items(Kind):
    """A list; in the documents a tuple."""

    def __init__(self, item: Kind) -> None:
        self.item = item

    def read(self, at: At, value: object) -> tuple[Any, ...]:
        """As ``Kind.read``."""
        if not isinstance(value, list):
            raise at.wrong("应为列表（方括号）")
        return tuple(self.item.read(at.step(n), one) for n, one in enumerate(value))

    def write(self, value: tuple[Any, ...]) -> list[Any]:
        """As ``Kind.write``."""
        return [self.item.write(one) for one in value]

    def child(self, step: Step) -> tuple[Kind, bool]:
        """As ``Kind.child``."""
        if isinstance(step, int):
            return self.item, False
        raise LookupError(step)


class _Part(NamedTuple):
    """An attribute of a record. ``spare``: written only where it is not blank."""

    name: str
    kind: Kind
    key: str
    spare: bool = False


class _Record(Kind):
    """A dataclass with ``extra``; the parts stand in the order in which they are written."""

    def __init__(self, cls: type, *parts: _Part) -> None:
        self.cls, self.parts = cls, parts
        by_name = {one.name: one for one in fields(cls)}
        self.required = {part.name for part in parts if _has_no_default(by_name[part.name])}
        self.optional = {part.name for part in parts if by_name[part.name].default is None}

    def read(self, at: At, value: object) -> Any:
        left = dict(as_object(at, value))
        found: dict[str, Any] = {}
        for part in self.parts:
            if part.key in left:
                found[part.name] = part.kind.read(at.step(part.key), left.pop(part.key))
            elif part.name in self.required:
                raise at.wrong(f"缺少“{WORDS.get(part.key, part.key)}”（{part.key}）")
        return self.cls(**found, extra=left)

    def write(self, value: Any) -> dict[str, Any]:
        plain: dict[str, Any] = {}
        for part in self.parts:
            one = getattr(value, part.name)
            if one is not None and not (part.spare and not one):
                plain[part.key] = part.kind.write(one)
        for key, one in value.extra.items():
            plain.setdefault(key, one)
        return plain

    def child(self, step: Step) -> tuple[Kind, bool]:
        if step == "extra":
            return _EXTRA, False
        for part in self.parts:
            if part.name == step:
                return part.kind, part.name in self.optional
        raise LookupError(step)


def _is_key(step: Step) -> bool:
    """True: a mapping's key may be absent. Raises LookupError for a position."""
    if isinstance(step, str):
        return True
    raise LookupError(step)


def _has_no_default(one: Any) -> bool:
    return one.default is MISSING and one.default_factory is MISSING


def as_object(at: At, value: object) -> dict[str, Any]:
    """Return the value if it is a JSON object. Raises PackageError."""
    if not isinstance(value, dict):
        raise at.wrong("应为一组键和值（花括号）")
    return value


TEXT, _YEAR, _EXTRA, _ANYTHING = _Text(), _Year(), _Extra(), _Anything()


def _texts(names: str, *, spare: bool = False) -> tuple[_Part, ...]:
    return tuple(_Part(name, TEXT, name, spare) for name in names.split())


_MID = (_Part("mid_l3", TEXT, "mid_l3", spare=True), _Part("mid_target", TEXT, "mid_value", spare=True))
_DECLARED = _Record(
    Indicator,
    *_texts("l1 l2 l3"),
    _Part("target", TEXT, "value"),
    *_MID,
    *_texts("actual points score reason tier", spare=True),
)
_EVALUATED = _Record(
    Indicator, *_texts("l1 l2 l3 target actual points score reason"), *_texts("tier", spare=True), *_MID
)
_PERIOD = _Record(Period, _Part("start", _YEAR, "from"), _Part("end", _YEAR, "to"))
_DECLARATION = _Record(
    Declaration,
    _Part("edition", TEXT, "edition"),
    _Part("year", _YEAR, "year"),
    _Part("fields", _Texts(), "fields"),
    _Part("funds", _Texts(), "funds"),
    *_texts("overall_goal annual_goal"),
    _Part("indicators", Items(_DECLARED), "indicators"),
    _Part("overall_period", _PERIOD, "overall_period"),
)
_EVALUATION = _Record(
    Evaluation,
    _Part("edition", TEXT, "edition"),
    _Part("year", _YEAR, "year"),
    _Part("fields", _Texts(), "fields"),
    _Part("funds", Items(_Texts()), "funds"),
    *_texts("expected actual"),
    _Part("indicators", Items(_EVALUATED), "indicators"),
    *_texts("total_points total_score"),
)
_NARRATIVE = _Record(Narrative, _Part("sections", Items(_Record(Section, *_texts("title text"))), "sections"))
_CONFIRMATION = _Record(
    Confirmation,
    *_texts("rule place message"),
    _Part("texts", Items(TEXT), "texts"),
    *_texts("note", spare=True),
)
PROJECT = _Record(
    Project,
    _Part("narrative", _NARRATIVE, "narrative"),
    _Part("declaration", _DECLARATION, "declaration"),
    _Part("evaluation", _EVALUATION, "evaluation"),
    _Part("confirmations", Items(_CONFIRMATION), "confirmations", spare=True),
)
PACKAGE = _Record(
    Package,
    _Part("booklet", _Record(Booklet, *_texts("title statement")), "booklet"),
    _Part("projects", Items(PROJECT), "projects"),
)
