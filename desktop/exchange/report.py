"""The report of a check as a file: plain text, or a PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.texts import text
from forms.documents import Package
from forms.edition import Edition

if TYPE_CHECKING:
    from forms.checks import Finding


def report_bytes(
    package: Package,
    editions: Mapping[str, Edition],
    found: Sequence[Finding],
    ending: str,
    switches: Mapping[str, bool] | None = None,
) -> bytes:
    """Return the report of what was found in a package, made now; ``ending``: ``.pdf``, else it is text (UTF-8).

    ``switches`` are those of the check: the report says which rules were off.
    """
    from forms.checks.report import make_report

    now = datetime.now().astimezone()
    made = text("exchange.made", year=now.year, month=now.month, day=now.day, time=f"{now:%H:%M}")
    report = make_report(package, editions, found, switches=switches, made=made)
    if ending.lower() == ".pdf":
        from forms.printing.report import print_report

        return print_report(report)
    # The mark in front lets old editors see that it is UTF-8.
    return report.text.encode("utf-8-sig")
