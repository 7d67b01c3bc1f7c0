"""汇总 of many projects and the working of one, as tables (forms.md 12, rules.md 3.8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from forms.documents import Declaration, Evaluation, Project
from forms.edition import Amounts, Edition
from forms.money import amount_in, budget_of, format_amount
from forms.parameters import parameters_of
from forms.scoring import derived, execution_rate, funds_row, grade, rate_text, read_score, score_text, total_score
from forms.tables import Bar, Chart, Column, Table
from forms.working import EXECUTION, working

YUAN = Amounts("元", 1)
_UNSPENT = Decimal("0.2")
"""A project that leaves more of its budget than this is pointed out (yellow lamp)."""
_NONE = "—"


def declared_table(
    projects: Sequence[Project], editions: Mapping[str, Edition], title: str = "项目绩效目标汇总表"
) -> Table:
    """Return the list of all declarations with their sums; projects without one are left out.

    Raises KeyError where a form is of no edition known.
    """
    forms = [one.declaration for one in projects if one.declaration is not None]
    amounts = [budget_of(one, editions[one.edition]) for one in forms]
    counts = [len(one.indicators) for one in forms]
    rows = tuple(
        (
            str(number),
            form.fields.get("项目名称", ""),
            form.fields.get("项目性质", ""),
            form.fields.get("项目类别", ""),
            _money(amount),
            str(count),
        )
        for number, (form, amount, count) in enumerate(zip(forms, amounts, counts, strict=True), 1)
    )
    columns = (
        Column("序号", 1, "center"),
        Column("项目名称", 6),
        Column("项目性质", 3.4, "center"),
        Column("项目类别", 2.4, "center"),
        Column("年度资金申请总额（元）", 3, "right"),
        Column("三级指标数", 1.4, "center"),
    )
    totals = ("合计", f"{len(forms)}个项目", "", "", _money(_sum(amounts)), str(sum(counts)))
    return Table(title, _whose(forms), columns, rows, totals)


def evaluated_table(
    projects: Sequence[Project], editions: Mapping[str, Edition], title: str = "项目支出绩效自评汇总表"
) -> Table:
    """Return the list of all evaluations with budget, execution, score and grade; others are left out.

    Raises KeyError where a form is of no edition known.
    """
    forms = [one.evaluation for one in projects if one.evaluation is not None]
    figures = [
        [amount_in(funds_row(one).get(key, ""), editions[one.edition].amounts) for key in _FIGURES] for one in forms
    ]
    scores = [_total(one, editions[one.edition]) for one in forms]
    rows = tuple(
        (
            str(number),
            form.fields.get("项目名称", ""),
            *(_money(one) for one in amounts),
            _rate(amounts[1], amounts[2]),
            _NONE if score is None else f"{score:.2f}",
            _NONE if score is None else grade(score, parameters_of(editions[form.edition])),
        )
        for number, (form, amounts, score) in enumerate(zip(forms, figures, scores, strict=True), 1)
    )
    columns = (
        Column("序号", 1, "center"),
        Column("项目名称", 5),
        *(Column(f"{key}（元）", 2.7, "right") for key in _FIGURES),
        Column("执行率", 1.7, "center"),
        Column("自评得分", 2.1, "center"),
        Column("等级", 1, "center"),
    )
    sums = [_sum([one[at] for one in figures]) for at in range(len(_FIGURES))]
    known = [score for score in scores if score is not None]
    mean = f"平均{sum(known) / len(known):.2f}" if known else ""
    totals = ("合计", f"{len(forms)}个项目", *map(_money, sums), _rate(sums[1], sums[2]), mean, "")
    notes = tuple(_lamps(forms, figures, editions))
    return Table(title, _whose(forms), columns, rows, totals, notes, landscape=True)


_FIGURES = ("年初预算数", "全年预算数", "全年执行数")


def working_table(evaluation: Evaluation, edition: Edition) -> Table:
    """Return how each score of an evaluation comes about, as an annex to the form."""
    columns = (
        Column("指标", 4),
        Column("指标值", 2.4, "center"),
        Column("实际完成值", 2.4, "center"),
        Column("分值", 1, "center"),
        Column("计算过程", 7),
        Column("计算得分", 1.4, "center"),
        Column("自评得分", 1.4, "center"),
        Column("相差", 1.2, "center"),
    )
    rows = tuple(
        (
            one.name,
            one.target,
            one.actual,
            one.points,
            one.formula,
            _score(one.proposed),
            _score(one.given),
            "" if one.difference is None else f"{one.difference:+f}",
        )
        for one in working(evaluation, edition)
    )
    subtitle = f"{evaluation.fields.get('项目名称', '')}，{evaluation.year}年度"
    notes = ("计算得分保留两位小数，四舍五入；定性指标、期限指标由填报单位按完成情况打分。",)
    return Table("绩效自评得分计算表", subtitle, columns, rows, notes=notes, landscape=True)


def scores_chart(evaluation: Evaluation, edition: Edition) -> Chart:
    """Return how much of its points each group of indicators got, the execution rate first."""
    execution = derived(evaluation, edition).execution_score
    groups = {EXECUTION: [(read_score(funds_row(evaluation).get("分值", "")), read_score(execution or ""))]}
    for one in evaluation.indicators:
        groups.setdefault(one.l1, []).append((read_score(one.points), read_score(one.score)))
    bars = []
    for name, pairs in groups.items():
        points = sum((points or Decimal(0) for points, _ in pairs), Decimal(0))
        score = sum((score or Decimal(0) for _, score in pairs), Decimal(0))
        bars.append(Bar(name, float(score / points) if points else 0.0, f"{score:.2f} / {score_text(points)}"))
    subtitle = f"{evaluation.fields.get('项目名称', '')}，{evaluation.year}年度"
    return Chart("各类指标得分情况", subtitle, tuple(bars))


def execution_chart(projects: Sequence[Project], editions: Mapping[str, Edition]) -> Chart:
    """Return the execution rate of each project that has an evaluation."""
    forms = [one.evaluation for one in projects if one.evaluation is not None]
    bars = []
    for form in forms:
        row, amounts = funds_row(form), editions[form.edition].amounts
        budget, spent = amount_in(row.get("全年预算数", ""), amounts), amount_in(row.get("全年执行数", ""), amounts)
        rate = execution_rate(budget, spent)
        bars.append(Bar(form.fields.get("项目名称", ""), float(rate or 0) / 100, _rate(budget, spent)))
    return Chart("各项目预算执行率", _whose(forms), tuple(bars))


# ---------------------------------------------------------------- pieces


def _whose(forms: Sequence[Declaration | Evaluation]) -> str:
    """The unit, or how many there are, and the year, if there is one only."""
    units = dict.fromkeys(one.fields.get("实施单位", "") for one in forms)
    years = sorted({one.year for one in forms})
    unit = next(iter(units), "") if len(units) == 1 else f"{len(units)}个单位" if units else ""
    year = f"{years[0]}年度" if len(years) == 1 else f"{years[0]}—{years[-1]}年度" if years else ""
    return "，".join(part for part in (unit, year) if part)


def _lamps(
    forms: Sequence[Evaluation], figures: Sequence[Sequence[Decimal | None]], editions: Mapping[str, Edition]
) -> list[str]:
    """What a reader of the summary should look at: information, no findings (rules.md 3.8)."""
    high = [at for at, form in enumerate(forms, 1) if _outruns(form, editions[form.edition])]
    left = [
        at
        for at, (_, budget, spent) in enumerate(figures, 1)
        if budget and spent is not None and (budget - spent) / budget > _UNSPENT
    ]
    said = (("指标得分率比预算执行得分率高5个百分点以上", high), ("预算结余超过20%", left))
    return [f"请关注：第{'、'.join(map(str, at))}项{what}。" for what, at in said if at]


def _outruns(form: Evaluation, edition: Edition) -> bool:
    """Whether the indicators score higher than the money was spent (S20, red lamp)."""
    points = [read_score(one.points) for one in form.indicators]
    scores = [read_score(one.score) for one in form.indicators]
    whole, got = total_score(Decimal(0), points), total_score(Decimal(0), scores)
    fund_points, fund_score = read_score(funds_row(form).get("分值", "")), derived(form, edition).execution_score
    if not whole or got is None or not fund_points or fund_score is None:
        return False
    return got / whole - Decimal(fund_score) / fund_points > parameters_of(edition).score_rate_gap


def _total(form: Evaluation, edition: Edition) -> Decimal | None:
    shown = derived(form, edition).total_score
    return read_score(form.total_score) if shown is None else Decimal(shown)


def _rate(budget: Decimal | None, spent: Decimal | None) -> str:
    rate = execution_rate(budget, spent)
    return _NONE if rate is None else rate_text(rate)


def _score(score: Decimal | None) -> str:
    return _NONE if score is None else f"{score:.2f}"


def _money(amount: Decimal | None) -> str:
    return format_amount(amount, YUAN)


def _sum(amounts: Sequence[Decimal | None]) -> Decimal:
    return sum((one for one in amounts if one is not None), Decimal(0))
