"""Documents as plain JSON values, and back.

One description of the documents (at the end: ``PROJECT``, ``PACKAGE``) serves the exchange file, the snapshots of
the database and the journal of edits. A key that the contract does not know is kept as it is and written back after
the known ones; a text that is absent counts as blank; everything else that is missing or of another type is refused
with its place in a Chinese sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from forms.documents import (
    Booklet,
    Confirmation,
    Declaration,
    Evaluation,
    Indicator,
    Narrative,
    Package,
    Period,
    Project,
    Section,
    Step,
)
from forms.place_words import WORDS, At

FIRST_YEAR, LAST_YEAR = 1, 9999
"""Outside these a year is no year at all; whether it is a likely one, check B04 tells."""


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
    """A document with ``extra``; the parts stand in the order in which they are written."""

    def __init__(self, cls: type[NamedTuple], *parts: _Part) -> None:
        self.make: Callable[..., Any] = cls
        self.parts = parts
        defaults = cls._field_defaults
        self.required = {part.name for part in parts if part.name not in defaults}
        self.optional = {part.name for part in parts if defaults.get(part.name, "") is None}

    def read(self, at: At, value: object) -> Any:
        left = dict(as_object(at, value))
        found: dict[str, Any] = {}
        for part in self.parts:
            if part.key in left:
                found[part.name] = part.kind.read(at.step(part.key), left.pop(part.key))
            elif part.name in self.required:
                raise at.wrong(f"缺少“{WORDS.get(part.key, part.key)}”（{part.key}）")
        return self.make(**found, extra=left)

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
