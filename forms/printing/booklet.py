"""A whole package on paper: front page, then project by project narrative and forms; page numbers and bookmarks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from forms.check_code import booklet_code, check_code
from forms.package import write_package
from forms.place_words import WORDS
from forms.printing import sheets
from forms.printing.draw import Sheet
from forms.printing.embed import Typesetter, attach
from forms.printing.fonts import faces_of
from forms.printing.footer import number_page, sign_page
from forms.printing.options import Place, PrintCancelled, Printed
from forms.printing.pdf import Paper
from forms.printing.public import printed_only

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from forms.documents import Package, Project
    from forms.edition import Edition
    from forms.printing.options import PrintOptions

_TITLE_WORDS: Final = (
    "财政支出",
    "项目",
    "绩效目标",
    "申报表",
    "填报表",
    "自评表",
    "汇总表",
    "年度",
    "中心",
    "委员会",
    "办公室",
)


class _Leaf:
    """A sheet, the form of a project that it belongs to, and the bookmarks that lead to it (level and title)."""

    def __init__(self, sheet: Sheet, project: int | None = None, kind: str = "") -> None:
        self.sheet, self.project, self.kind = sheet, project, kind
        self.marks: list[tuple[int, str]] = []


def print_package(package: Package, editions: Mapping[str, Edition], options: PrintOptions,
                  progress: Callable[[int, int], bool] | None = None) -> Printed:  # fmt: skip
    """Print a package: see ``forms.printing.print_package``."""
    binder = _Binder(package, editions, options)
    binder.front()
    for n, project in enumerate(package.projects):
        binder.project(n, project)
        if progress is not None and not progress(n + 1, len(package.projects)):
            raise PrintCancelled
    return binder.bind()


class _Binder:
    def __init__(self, package: Package, editions: Mapping[str, Edition], options: PrintOptions) -> None:
        self.package, self.editions, self.options = package, editions, options
        self.typesetter = Typesetter(faces_of(options.faces), looks=options.looks)
        self.leaves: list[_Leaf] = []
        bound = options.booklet or package.booklet is not None or len(package.projects) > 1
        self.bound = bound

    def front(self) -> None:
        """Title and statement, as the package has them; a booklet without them gets those of the pattern."""
        given = self.package.booklet
        if given is None and not self.options.booklet:
            return
        from forms.printing import narrative, statement  # most prints do without

        if given is not None:
            title, text = given.title, given.statement
        else:
            title, text = statement.title(self.package), statement.statement(self.package, self.editions)
        flow = narrative.Flow(self.typesetter)
        if title.strip():
            units = {project.unit for project in self.package.projects if project.unit}
            flow.title(title, before=4, words=(*sorted(units), *_TITLE_WORDS))
        if text.strip():
            flow.section(statement.HEADING, text, "booklet.statement")
        self._finish(flow.sheets)
        self.leaves += [_Leaf(sheet) for sheet in flow.sheets]
        if self.leaves:
            self.leaves[0].marks.append((0, title.strip() or statement.HEADING))

    def project(self, n: int, project: Project) -> None:
        """The narrative and the forms of a project, each from a new page."""
        number = n + 1 if self.bound else None
        start = len(self.leaves)
        if project.narrative is not None and not self.options.forms_only:
            from forms.printing import narrative

            self._add(n, WORDS["narrative"], narrative.typeset(project.narrative, self.typesetter, number))
        for kind, form in project.forms:
            edition = self.editions[form.edition]
            landscape = kind == "evaluation" and self.options.landscape_evaluation
            set_up = sheets.typeset(
                form,
                edition,
                self.typesetter,
                number=number if edition.title_numbered else None,
                landscape=landscape,
                sign_off=self.options.sign_off,
            )
            self._add(n, edition.title, set_up, kind)
        if len(self.leaves) > start:
            self.leaves[start].marks.insert(0, (0, f"{n + 1} {project.name}".strip()))

    def _add(self, n: int, title: str, found: list[Sheet], kind: str = "") -> None:
        self._finish(found)
        leaves = [_Leaf(sheet, n, kind) for sheet in found]
        leaves[0].marks.append((1, title))
        self.leaves += leaves

    def _finish(self, found: list[Sheet]) -> None:
        """Mark a draft, and pack what stands on the sheets: only their foot is still to come."""
        for sheet in found:
            if self.options.draft:
                sheet.draft_mark()
            sheet.pack()

    # ------------------------------------------------------------ the file

    def bind(self) -> Printed:
        """Number the pages and write the PDF."""
        paper = Paper(*self._about())
        total = len(self.leaves)
        places = []
        if total > 1:
            for n, leaf in enumerate(self.leaves, 1):
                number_page(leaf.sheet, n, total, self.options.numbers)
        if self.options.footer:
            self._sign()
        for n, leaf in enumerate(self.leaves):
            sheet = leaf.sheet
            paper.page(sheet)
            if total > 1:
                for level, title in leaf.marks:
                    paper.bookmark(level, title)
            project = leaf.project if leaf.project is not None else -1
            within = f"{leaf.kind}." if leaf.kind else ""
            places += [Place(n, *spot[:4], project, within + spot.path) for spot in sheet.places]
        if self.bound:
            paper.show_outline()
        self.typesetter.embed(paper.doc)
        attach(paper.doc, write_package(self._attached()))
        looks = tuple(leaf.sheet.look for leaf in self.leaves) if self.options.looks else ()
        return Printed(paper.save(), total, tuple(places), looks)

    def _sign(self) -> None:
        """Put the check codes on the pages: that of the booklet, or those of the projects, which then count alone."""
        numbers = self.options.numbers
        whole = self.options.booklet or self.package.booklet is not None
        groups: dict[int | None, list[int]] = {}
        for n, leaf in enumerate(self.leaves):
            groups.setdefault(None if whole else leaf.project, []).append(n)
        for project, pages in groups.items():
            code = booklet_code(self.package) if project is None else check_code(self.package.projects[project])
            for number, n in enumerate(pages, 1):
                # An official page number stands at the outer side, the code at the inner one.
                left = numbers == "official" and n % 2 == 0
                sign_page(self.leaves[n].sheet, code, number, len(pages), left=left, barcode=self.options.barcode)

    def _attached(self) -> Package:
        if not self.options.printed_only:
            return self.package
        return printed_only(self.package, self.editions, narratives=not self.options.forms_only)

    def _about(self) -> tuple[str, str]:
        """Title and author, as viewers show them."""
        first = next(iter(self.package.projects), None)
        title = self.package.booklet.title if self.package.booklet else ""
        if not title and first is not None:
            forms = first.forms
            name = self.editions[forms[0][1].edition].title if forms else WORDS["narrative"]
            title = f"{first.name} {name}".strip()
        return title, first.unit if first is not None else ""
