"""From a declaration to its evaluation (forms.md 19): what is known is carried over, what was done is left blank."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from desktop.texts import text
from forms.blank import blank_project
from forms.documents import Declaration, Evaluation, Indicator, Project
from forms.edition import Edition
from forms.edits import Edit, Put

_INITIAL = {
    "年度资金总额": "年度资金申请总额",
    "其中：当年财政拨款": "当年财政拨款",
    "上年结转资金": "上年结转资金",
    "其他资金": "年度其他资金",
}


def evaluation_edit(project: Project, editions: Mapping[str, Edition]) -> tuple[Edit | None, str]:
    """Return the edit that adds the evaluation, or None and the sentence that says why there can be none."""
    declaration = project.declaration
    if declaration is None:
        return None, text("window.evaluate_no_declaration")
    if project.evaluation is not None:
        return None, text("window.evaluate_already")
    known = editions.get(declaration.edition)
    edition = None if known is None else editions.get(known.evaluation_edition or "")
    if edition is None:
        return None, text("window.evaluate_no_edition")
    made = _evaluation(declaration, edition)
    return Edit(text("window.evaluate_step"), (Put(("evaluation",), None, made),)), ""


def _evaluation(declaration: Declaration, edition: Edition) -> Evaluation:
    blank = blank_project(edition, declaration.year, "").evaluation
    if blank is None:
        raise ValueError(f"{edition.id} is no edition of evaluations")
    fields = {key: declaration.fields.get(key, "") for key in blank.fields}
    funds = tuple(_funds_row(row, declaration) for row in blank.funds)
    indicators = tuple(Indicator(one.l1, one.l2, one.l3, one.target) for one in declaration.indicators)
    return replace(
        blank, fields=fields, funds=funds, expected=declaration.annual_goal, indicators=indicators, total_points="100"
    )


def _funds_row(row: Mapping[str, str], declaration: Declaration) -> dict[str, str]:
    amount = declaration.funds.get(_INITIAL.get(row.get("row", ""), ""), "")
    return {**row, "年初预算数": amount, "全年预算数": amount}
