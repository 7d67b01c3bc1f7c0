"""What the window says of the open project: its title, its head line, its tabs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from desktop.presenters.events import SaveState
from desktop.presenters.findings import PlaceMarks, sign
from desktop.presenters.form_grid import edition_of
from desktop.presenters.form_values import grade_line
from desktop.texts import text
from forms.documents import FormKind, Project, parse_path
from forms.edition import Edition, Part


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of a form."""

    form: FormKind
    name: str
    """``basics``, ``funds``, ``goals``, ``indicators`` or ``narrative``."""

    @property
    def parts(self) -> tuple[Part, ...]:
        """The bands of the form that the page shows."""
        shown: dict[str, tuple[Part, ...]] = {
            "basics": ("fields",),
            "funds": ("funds", "total"),  # both are arithmetic; the paper has the total at its foot
            "goals": ("goals",),
        }
        return shown.get(self.name, ())


_GRAVE = ("error", "confirm")
_NARRATIVE = Tab("declaration", "narrative")
_FORM_TABS = ("basics", "funds", "goals", "indicators")
_PARTS = {
    "fields": "basics",
    "year": "basics",
    "funds": "funds",
    "overall_goal": "goals",
    "annual_goal": "goals",
    "overall_period": "goals",
    "expected": "goals",
    "actual": "goals",
    "indicators": "indicators",
    "total_points": "funds",
    "total_score": "funds",
}


def tabs(project: Project, form: FormKind) -> tuple[Tab, ...]:
    """Return the tabs of one of the project's forms. The narrative goes with the declaration, or stands alone."""
    found = [Tab(form, name) for name in _FORM_TABS] if project.forms else []
    if form == "declaration" or (project.declaration is None and project.narrative is not None):
        found.append(_NARRATIVE)
    return tuple(found)


@lru_cache(maxsize=8192)
def tab_of(path: str) -> Tab | None:
    """Return the tab where a place is typed; None for a place without one."""
    try:
        steps = parse_path(path)
    except ValueError:
        return None
    if steps and steps[0] == "narrative":
        return _NARRATIVE
    if len(steps) > 1 and steps[0] in ("declaration", "evaluation"):
        name = _PARTS.get(str(steps[1]))
        form: FormKind = "declaration" if steps[0] == "declaration" else "evaluation"
        return None if name is None else Tab(form, name)
    return None


def tab_lines(tabs: Sequence[Tab], marks: PlaceMarks) -> list[str]:
    """Return the words of tabs with the worst mark of what was found on their pages; reminders give none."""
    found: dict[Tab | None, set[str]] = {tab: set() for tab in tabs}
    for path, here in marks.items():
        found.get(tab_of(path), set()).update(mark.severity for mark in here)
    graves = (next((one for one in _GRAVE if one in found[tab]), "") for tab in tabs)
    words = (text(f"pages.tab_{tab.name}") for tab in tabs)
    return [f"{name} {sign(grave)}" if grave else name for name, grave in zip(words, graves, strict=True)]


def title(project: Project | None, state: SaveState) -> str:
    """Return the title of the window: 绩表 — 示例单位 2025 年 · 产业调研（已保存 10:32:05）."""
    if project is None:
        return text("window.title_empty")
    saved = {
        "saved": text("window.saved", time=f"{state.at:%H:%M:%S}") if state.at is not None else "",
        "saving": text("window.saving"),
        "failed": text("window.not_saved"),
    }[state.kind]
    return text(
        "window.title",
        unit=project.unit or text("window.no_unit"),
        year=project.year or "",
        name=project.name or text("window.unnamed"),
        saved=f"（{saved}）" if saved else "",
    )


def head_line(project: Project, form: FormKind, editions: Mapping[str, Edition]) -> str:
    """Return 申报表 · 2025 年, of an evaluation with its total score and grade."""
    if not project.forms:
        return text("window.kind_narrative")
    line = text(f"window.head_{form}", year=project.year or "")
    edition = editions.get(edition_of(project, form))
    grade = grade_line(project, edition) if form == "evaluation" and edition is not None else ""
    return f"{line} · {grade}" if grade else line


def pdf_name(project: Project) -> str:
    """Return the file name that is proposed for the PDF."""
    from desktop.exchange.writing import safe_name

    form = text(f"window.form_{'declaration' if project.declaration is not None else 'evaluation'}")
    name = project.name or text("window.unnamed")
    whole = " ".join(str(part) for part in (name, project.year, form) if part)
    return f"{safe_name(whole)}.pdf"


def report_name(project: Project) -> str:
    """Return the file name that is proposed for the report of a check."""
    from desktop.exchange.writing import safe_name

    return f"{safe_name(text('window.report_name', name=project.name or text('window.unnamed')))}.pdf"
