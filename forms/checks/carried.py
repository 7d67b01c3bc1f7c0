"""K01: what a form holds from another year is to be looked at before the form is final (待核对)."""

from __future__ import annotations

from forms.checks.facts import Form, Told
from forms.checks.registry import CONFIRM, Hits, rule
from forms.checks.text import cut
from forms.cycle.carried import still_carried

ID = "K01"


@rule(ID, CONFIRM, "申", "{what}从{from_year}年带入，请核对", "本软件")
def to_be_confirmed(form: Form) -> Hits:
    """A place of the declaration is as it came from another year."""
    found, year = still_carried(form.project)
    for path in found:
        kind, _, where = path.partition(".")
        if kind == "declaration":
            if where.startswith("indicators["):
                row = form.document.indicators[int(where[len("indicators[") : -1])]
                where, what = f"{where}.l3", f"指标“{cut(row.name) or '（未命名）'}”"
            else:
                what = form.words(where)
            yield where, {"what": what, "from_year": str(year)}


@rule(ID, CONFIRM, "说", "{place}从{from_year}年带入，请核对", "本软件", of="narrative", part="narrative")
def told_to_be_confirmed(told: Told) -> Hits:
    """A section of the narrative is as it came from another year."""
    if told.form is None:
        return
    found, year = still_carried(told.form.project)
    for path in found:
        if path.startswith("narrative."):
            yield path.removesuffix(".text"), {"from_year": str(year)}
