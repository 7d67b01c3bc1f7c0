"""Printing without a toolkit: what is printed and how, on which printer, where a page comes to lie on its paper.

Both choices are kept in the settings of the data folder: what goes to which printer for each edition by itself, as
a unit prints its declarations on other paper, or with another tray, than its evaluations.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

from desktop.texts import text
from forms.reading import sq

if TYPE_CHECKING:
    from forms.documents import Project
    from forms.printing.options import FaceFile, Numbers, PrintOptions, Role

Standing = Literal["plain", "draft", "final"]
Scaling = Literal["actual", "fit", "percent"]
Duplex = Literal["as_set", "one_sided", "long_side", "short_side"]
"""As the printer is set, on one side, on both to be turned over at the long or at the short side."""

STANDINGS: tuple[Standing, ...] = ("plain", "draft", "final")
SCALINGS: tuple[Scaling, ...] = ("actual", "fit", "percent")
DUPLEX: tuple[Duplex, ...] = ("as_set", "one_sided", "long_side", "short_side")
NUMBERS: tuple[Numbers, ...] = ("dash", "of", "official", "none")
LEAST_PERCENT, MOST_PERCENT = 80.0, 120.0
MOST_SHIFT = 15.0
"""Millimetres that the page can be moved on its paper."""
FEWEST_DOTS, MOST_DOTS = 300, 600
"""Dots an inch that a page is drawn with: finer than the one no eye sees, coarser than the other type breaks up."""
MOST_COPIES = 99
CONTENT = "print.content"
"""The setting of ``Content``; that of ``Device`` is ``device_key``."""
_ASKED_EACH_TIME = frozenset(("copies", "pages", "standing", "booklet"))
_BETWEEN = re.compile("[,、;]")
_PIECE = re.compile(r"([0-9]{1,4})(?:[-~至到–—]([0-9]{1,4}))?页?")
_MM = 25.4 / 72
_SAME_PAPER = 2.0
"""Papers that differ by less (mm) are the same."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Content:
    """What is printed and how."""

    forms_only: bool = False
    booklet: bool = False
    standing: Standing = "plain"
    """``final`` is refused while something stands against it."""
    sign_off: bool = False
    public: bool = False
    """Without check code and page count at the foot, and without data attached that its pages do not show."""
    numbers: Numbers = "dash"
    installed_faces: bool = False
    """宋体, 仿宋 and so on of this computer in place of the shipped faces."""
    barcode: bool = False
    """The check code as bars, too, for scanners."""
    landscape: bool = False
    """Evaluations, which have many columns, lie across."""

    def in_sight(self) -> Content:
        """Return it as the preview shows it: with the narrative, which is typed beside it, and a project by itself."""
        standing: Standing = "draft" if self.standing == "draft" else "plain"
        return replace(self, forms_only=False, booklet=False, standing=standing)

    def options(self, faces: Mapping[Role, FaceFile]) -> PrintOptions:
        """Return it as the typesetting takes it, with the faces found on this computer."""
        from forms.printing.options import PrintOptions

        chosen = PrintOptions(
            forms_only=self.forms_only,
            booklet=self.booklet,
            draft=self.standing == "draft",
            sign_off=self.sign_off,
            numbers=self.numbers,
            landscape_evaluation=self.landscape,
            footer=True,
            barcode=self.barcode,
            faces=faces if self.installed_faces else {},
        )
        return chosen.for_public() if self.public else chosen


@dataclass(frozen=True, slots=True)
class Device:
    """Which printer, and how the page comes on its paper."""

    printer: str = ""
    """Its name; nothing for the system's default printer."""
    tray: str = "auto"
    """A key of ``TRAYS``."""
    duplex: Duplex = "as_set"
    scaling: Scaling = "actual"
    percent: float = 100.0
    """Of ``percent``: to make up for a printer that prints too small or too large."""
    right: float = 0.0
    """Millimetres that the page is moved to the right, and down."""
    down: float = 0.0
    copies: int = 1
    pages: str = "all"
    """``all``, ``odd``, ``even``, or numbers as one writes them: 1-3,5."""


PAGES = ("all", "odd", "even")
TRAYS = ("auto", "upper", "middle", "lower", "manual", "large")
"""自动, 上, 中, 下纸盒, 手动进纸, 大容量纸盒."""


@dataclass(frozen=True, slots=True)
class PrinterFacts:
    """What a printer says of itself."""

    name: str
    resolution: int = 600
    """Dots an inch."""
    duplex: tuple[Duplex, ...] = DUPLEX
    """What it can do; ``as_set`` always."""
    papers: tuple[tuple[float, float], ...] = ()
    """Sizes in mm, portrait; none: it does not say."""


class Area(NamedTuple):
    """Where something lies on paper, in mm from its left and top edge."""

    x: float
    y: float
    width: float
    height: float


# ---------------------------------------------------------------- kept


def device_key(projects: Sequence[Project]) -> str:
    """Return the setting of the printer for projects: that of the edition of the first form."""
    edition = next((form.edition for project in projects for _, form in project.forms), "narrative")
    return f"print.device.{edition}"


def content_from(kept: Any) -> Content:
    """Read a kept ``Content``; what cannot be read is as it is by default."""
    found = _read(Content(), kept)
    return replace(
        found,
        standing=found.standing if found.standing in STANDINGS else "plain",
        numbers=found.numbers if found.numbers in NUMBERS else "dash",
    )


def device_from(kept: Any) -> Device:
    """Read a kept ``Device``; what cannot be read is as it is by default."""
    found = _read(Device(), kept)
    return replace(
        found,
        tray=found.tray if found.tray in TRAYS else "auto",
        duplex=found.duplex if found.duplex in DUPLEX else "as_set",
        scaling=found.scaling if found.scaling in SCALINGS else "actual",
        percent=_within(found.percent, LEAST_PERCENT, MOST_PERCENT),
        right=_within(found.right, -MOST_SHIFT, MOST_SHIFT),
        down=_within(found.down, -MOST_SHIFT, MOST_SHIFT),
        copies=int(_within(found.copies, 1, MOST_COPIES)),
    )


def to_keep(choice: Content | Device) -> dict[str, Any]:
    """Return a choice as JSON values. How often, which pages and in which standing is asked each time."""
    return {key: value for key, value in asdict(choice).items() if key not in _ASKED_EACH_TIME}


def _read(usual: T, kept: Any) -> T:
    """Return the usual values with those of the same kind that were kept."""
    values = kept if isinstance(kept, dict) else {}
    found = {}
    for one in fields(usual):  # type: ignore[arg-type]  # both are dataclasses
        old, new = getattr(usual, one.name), values.get(one.name)
        number = isinstance(old, float) and isinstance(new, int) and not isinstance(new, bool)
        if type(new) is type(old) or number:
            found[one.name] = type(old)(new)
    return replace(usual, **found)  # type: ignore[type-var]  # both are dataclasses


def _within(number: float, least: float, most: float) -> float:
    return min(max(number, least), most) if math.isfinite(number) else least


# ---------------------------------------------------------------- where the page lies


def placed(page: tuple[float, float], paper: tuple[float, float], printable: Area, device: Device) -> Area:
    """Return where a page (size in points) is drawn on paper (mm) of which a printer reaches ``printable``.

    In its own size it stands in the middle where the paper is larger, so that its margins stay even. It is fitted
    into what the printer reaches where that is wanted, or the paper is another one than the page was made for.
    """
    width, height = page[0] * _MM, page[1] * _MM
    scale = device.percent / 100 if device.scaling == "percent" else 1.0
    if device.scaling == "fit" or not is_same_paper((width, height), paper):
        scale = min(printable.width / width, printable.height / height, 1.0)
        left, top = printable.x, printable.y
        room_x, room_y = printable.width, printable.height
    else:
        left, top, (room_x, room_y) = 0.0, 0.0, paper
    x = left + (room_x - width * scale) / 2 + device.right
    y = top + (room_y - height * scale) / 2 + device.down
    return Area(x, y, width * scale, height * scale)


def is_same_paper(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether two sizes in mm are the same paper, lying the same way."""
    return abs(one[0] - other[0]) < _SAME_PAPER and abs(one[1] - other[1]) < _SAME_PAPER


def chosen_pages(wanted: str, count: int) -> list[int]:
    """Return which of so many pages are wanted, counted from 0, in their order; those that there are not are left out.

    Raises ValueError where nobody can tell which.
    """
    if wanted in PAGES:
        step = {"all": range(count), "odd": range(0, count, 2), "even": range(1, count, 2)}
        return list(step[wanted])
    found: set[int] = set()
    for piece in _BETWEEN.split(sq(wanted)):
        match = _PIECE.fullmatch(piece)
        if match is None:
            raise ValueError(wanted)
        first, last = int(match[1]), int(match[2] or match[1])
        found.update(range(max(first, 1) - 1, min(last, count)))
    return sorted(found)


def is_page_choice(wanted: str) -> bool:
    """Whether one can tell which pages are wanted."""
    try:
        chosen_pages(wanted, 1)
    except ValueError:
        return False
    return True


def dots(resolution: int) -> int:
    """Return the dots an inch that a page is drawn with: those of the printer, or a whole multiple or part of them."""
    known = max(resolution, 1)
    if known > MOST_DOTS:
        return round(known / math.ceil(known / MOST_DOTS))
    return known * math.ceil(FEWEST_DOTS / known)


# ---------------------------------------------------------------- what is to be said


def advice(device: Device, facts: PrinterFacts, page: tuple[float, float] = (210.0, 297.0)) -> list[str]:
    """Return what the clerk should know of a printer before printing pages (mm) on it."""
    said = []
    if not is_page_choice(device.pages):
        said.append(text("printing.pages_unclear", pages=device.pages.strip()[:20]))
    if device.duplex != "as_set" and device.duplex not in facts.duplex:
        said.append(text("printing.no_duplex"))
    if facts.papers and not any(is_same_paper(page, one) or is_same_paper(page, one[::-1]) for one in facts.papers):
        width, height = min(facts.papers, key=lambda one: abs(one[0] - page[0]) + abs(one[1] - page[1]))
        said.append(text("printing.no_paper", width=f"{width:g}", height=f"{height:g}"))
    if facts.resolution < FEWEST_DOTS:
        said.append(text("printing.coarse", dots=facts.resolution))
    if device.scaling == "percent" and device.percent != 100:
        said.append(text("printing.scaled", percent=f"{device.percent:g}"))
    return said
