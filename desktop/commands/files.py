"""print, check and export: what goes out of packages, PDFs and the database."""

from __future__ import annotations

import json
import re
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from desktop.commands.common import CommandError, Exit, editions_of, folder_of, load_projects, package_of, say
from desktop.exchange.exporting import ENDINGS, export_bytes
from desktop.exchange.writing import numbered_name, write_file
from desktop.texts import text
from forms.documents import Confirmation, Package
from forms.known_editions import Editions

if TYPE_CHECKING:
    from forms.checks import Finding
    from forms.printing import FaceFile, PrintOptions, Role


_TOLD = 50
"""After so many projects a long print says how far it is."""


def check(arguments: Namespace) -> Exit:
    """``check FILE… | --project ID [--json] [--report FILE]``: findings, as sentences or as JSON; the report.

    Projects of the database are checked by the rules chosen in its window; ``--rules-on`` and ``--rules-off`` add to
    that, or to the default.
    """
    from forms.checks import RULES, Severity

    ending = "" if arguments.report is None else Path(arguments.report).suffix.lower()
    if arguments.report is not None and ending not in (".txt", ".pdf"):
        raise CommandError(Exit.INPUT, text("cli.report_ending", ending=ending or text("cli.none")))
    for rules in (arguments.rules_on, arguments.rules_off):
        behind = [one for one in rules if one not in RULES and Path(one).suffix]  # ``--rules-off V12 FILE``
        arguments.files += map(Path, behind)
        rules[:] = [one for one in rules if one not in behind]
    editions = editions_of(arguments)
    package = package_of(arguments, editions)
    switches = _switches(arguments)
    found = _findings(package, editions, switches)
    if arguments.report is not None:
        _report(package, editions, found, Path(arguments.report), switches)
    if arguments.json:
        print(json.dumps({"findings": [finding_as_json(one, package) for one in found]}, ensure_ascii=False, indent=1))
    else:
        _print(found, package)
    return Exit.FINDINGS if any(one.severity == Severity.ERROR for one in found) else Exit.DONE


def _print(found: list[Finding], package: Package) -> None:
    from forms.checks import Severity

    counts = dict.fromkeys(Severity, 0)
    confirmed = 0
    for one in found:
        known = _confirmation(one, package)
        mark, message = text(f"cli.severity_{one.severity}"), one.message
        if known is None:
            counts[one.severity] += 1
        else:
            confirmed += 1
            mark = text("cli.confirmed_mark")
            message = text("cli.confirmed_note", sentence=message, note=known.note) if known.note else message
        print(text("cli.finding", mark=mark, id=one.id, project=_name(one, package), message=message))
    say(
        text(
            "cli.checked",
            projects=len(package.projects),
            errors=counts[Severity.ERROR],
            confirms=counts[Severity.CONFIRM],
            warnings=counts[Severity.WARNING],
        )
    )
    if confirmed:
        say(text("cli.checked_confirmed", count=confirmed))


def _confirmation(finding: Finding, package: Package) -> Confirmation | None:
    from forms.checks.confirmations import is_confirmed

    mine = 0 <= finding.project < len(package.projects)
    return is_confirmed(package.projects[finding.project], finding) if mine else None


def _switches(arguments: Namespace) -> dict[str, bool]:
    from desktop.presenters.rule_book import SETTING, read_switches
    from forms.checks import RULES, Severity

    kept: dict[str, bool] = {}
    if arguments.project:
        from desktop.store import Store

        with Store.open(folder_of(arguments), exclusive=False) as store:
            kept = read_switches(store.setting(SETTING))
    for wanted, is_on in ((arguments.rules_on, True), (arguments.rules_off, False)):
        for one in wanted:
            if one not in RULES:
                raise CommandError(Exit.INPUT, text("cli.no_such_rule", id=one))
            if not is_on and RULES[one].severity is Severity.ERROR:
                raise CommandError(Exit.INPUT, text("cli.rule_fixed", id=one))
            kept[one] = is_on
    return read_switches(kept)


def _report(
    package: Package, editions: Editions, found: list[Finding], out: Path, switches: Mapping[str, bool]
) -> None:
    from desktop.exchange.report import report_bytes

    write_file(out, report_bytes(package, editions, found, out.suffix, switches))
    say(text("cli.reported", file=out))


def finding_as_json(finding: Finding, package: Package) -> dict[str, Any]:
    """Return a finding by the contract; from ``project`` (counted from 1) on the keys are added."""
    known = _confirmation(finding, package)
    return {
        "id": finding.id,
        "severity": str(finding.severity),
        "form": finding.form,
        "where": _as_in_the_file(finding.where, finding),
        "message": finding.message,
        "source": finding.source,
        "project": finding.project + 1,
        "name": _name(finding, package),
        "confirmed": known is not None,
        "note": known.note if known is not None else "",
        "places": [_as_in_the_file(place, finding) for place in finding.places],
    }


def _as_in_the_file(place: str, finding: Finding) -> str:
    """Return a place as the package file names it: the 指标值 of a declaration is its ``value``."""
    if finding.form != "declaration":
        return place
    return re.sub(r"(\bindicators\[\d+\]\.)(mid_)?target$", r"\1\2value", place)


def _name(finding: Finding, package: Package) -> str:
    """Return 项目名称 of a finding's project; that of the whole set has no project."""
    if 0 <= finding.project < len(package.projects):
        return package.projects[finding.project].name or text("cli.unnamed")
    return text("cli.whole_set")


def _findings(
    package: Package,
    editions: Editions,
    switches: Mapping[str, bool] | None = None,
    faces: Mapping[Role, FaceFile] = MappingProxyType({}),
) -> list[Finding]:
    from forms.checks import check_package
    from forms.printing import glyph_check

    return check_package(package, editions, switches=switches, has_glyph=glyph_check(faces))


def print_forms(arguments: Namespace) -> Exit:
    """``print FILE… | --project ID … --out FILE.pdf|DIR/``: the official forms as PDF."""
    from forms.printing import PrintOptions, print_package

    if not arguments.out:
        raise CommandError(Exit.INPUT, text("cli.no_out"))
    editions = editions_of(arguments)
    package = package_of(arguments, editions)
    if not package.projects:
        raise CommandError(Exit.FINDINGS, text("cli.nothing_to_print"))
    faces = _installed() if arguments.installed_faces else {}
    if arguments.final:
        errors = [one for one in _findings(package, editions, faces=faces) if one.severity == "error"]
        for one in errors:
            say(text("cli.not_final", id=one.id, project=_name(one, package), message=one.message))
        if errors:
            return Exit.FINDINGS
    chosen = PrintOptions(
        forms_only=arguments.forms_only,
        booklet=arguments.booklet,
        draft=arguments.draft,
        sign_off=arguments.sign_off,
        numbers=arguments.numbers,
        landscape_evaluation=arguments.landscape,
        footer=True,
        barcode=arguments.barcode,
        looks=False,
        faces=faces,
    )
    options = chosen.for_public() if arguments.public else chosen
    _tell_missing(package, editions, faces)
    out: str = arguments.out
    if out.endswith(("/", "\\")) or Path(out).is_dir():
        _into_folder(package, editions, options, Path(out))
    else:
        printed = print_package(package, editions, options, _tell_progress)
        if not printed.pages:
            raise CommandError(Exit.FINDINGS, text("cli.nothing_to_print"))
        write_file(Path(out), printed.pdf)
        say(text("cli.printed", file=out, pages=printed.pages))
        if arguments.project and arguments.booklet and not arguments.public:
            from desktop.commands.finals import bind

            bind(folder_of(arguments), arguments.project, package)
    if arguments.final and arguments.project:
        from desktop.commands.finals import freeze

        freeze(folder_of(arguments), arguments.project, package.projects, editions, sign_off=arguments.sign_off)
    return Exit.DONE


def _tell_missing(package: Package, editions: Editions, faces: Mapping[Role, FaceFile]) -> None:
    """Say which characters no face has, and where: the mark 〓 is printed for them."""
    from forms.printing import missing_glyphs

    if missing_glyphs(package, editions, faces):
        for one in _findings(package, editions, faces=faces):
            if one.id == "P01":
                say(text("cli.glyph_missing", project=_name(one, package), message=one.message))


def _into_folder(package: Package, editions: Editions, options: PrintOptions, folder: Path) -> None:
    """Write one PDF a project, numbered in their order; one of which nothing is printed is told and left out."""
    from forms.printing import print_package

    _make_folder(folder)
    written = 0
    for number, project in enumerate(package.projects, 1):
        path = folder / f"{numbered_name(number, len(package.projects), project.name)}.pdf"
        printed = print_package(Package((project,)), editions, options)
        if printed.pages:
            write_file(path, printed.pdf)
            written += 1
            say(text("cli.written", file=path))
        else:
            say(text("cli.nothing_of_project", number=number, project=project.name or text("cli.unnamed")))
    if not written:
        raise CommandError(Exit.FINDINGS, text("cli.nothing_to_print"))


def _tell_progress(done: int, total: int) -> bool:
    """Say how far a long print is; it is called off with Ctrl+C, and nothing is written then."""
    if done % _TOLD == 0 and done < total:
        say(text("cli.progress", done=done, total=total))
    return True


def _installed() -> dict[Role, FaceFile]:
    """The best installed face of each role; said, so that one knows what the paper was set in."""
    from desktop.installed_faces import installed_faces

    found = {role: faces[0] for role, faces in installed_faces().items()}
    names = "、".join(dict.fromkeys(one.name for one in found.values()))
    say(text("cli.installed_faces", names=names or text("cli.none")))
    return {role: one.file for role, one in found.items()}


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(Exit.ENVIRONMENT, text("cli.no_output_folder", folder=folder)) from error


def export(arguments: Namespace) -> Exit:
    """``export --project ID … | --all --out FILE``: a package, a PDF or a workbook, by the ending."""
    if bool(arguments.project) == arguments.all:
        raise CommandError(Exit.INPUT, text("cli.project_or_all"))
    out = Path(arguments.out)
    ending = out.suffix.lower()
    if ending not in ENDINGS:
        raise CommandError(Exit.INPUT, text("cli.unknown_ending", ending=ending or text("cli.none")))
    ids = arguments.project
    if arguments.all:
        from desktop.store import Store

        with Store.open(folder_of(arguments), exclusive=False) as store:
            ids = [row.id for row in store.projects()]
    if not ids:
        raise CommandError(Exit.FINDINGS, text("cli.no_projects"))
    projects = load_projects(folder_of(arguments), ids)
    try:
        data = export_bytes(projects, editions_of(arguments), ending)
    except ValueError as error:  # the sentence of what cannot be written
        raise CommandError(Exit.INPUT, str(error)) from error
    write_file(out, data)
    say(text("cli.exported", count=len(projects), file=out))
    return Exit.DONE
