"""S: 自评. The formulas are those of ``forms.scoring``."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from forms.checks.facts import Form
from forms.checks.registry import CONFIRM, ERROR, NO_BLANKS, WARNING, Hits, rule
from forms.checks.rows import Row, points_of
from forms.checks.text import is_empty_reason
from forms.reading import plain_number, sq
from forms.scoring import (
    deviation,
    execution_rate,
    execution_score,
    numeric_score,
    preset_for,
    rate_text,
    rounded,
    score_text,
    tier_interval,
    total_score,
    total_text,
)
from forms.values import comparable

FULL = Decimal(100)
_ZERO = Decimal(0)
_LEFTOVERS = ("总计", "合计", "小计")


def _fund(form: Form, column: str) -> str:
    """The place of a column of 年度资金总额."""
    return f"funds[{form.fund_total_at}].{column}"


def _fund_text(form: Form, column: str) -> str:
    funds = form.evaluation.funds
    return funds[form.fund_total_at].get(column, "") if funds else ""


def _fund_points(form: Form) -> Decimal | None:
    return points_of(_fund_text(form, "分值"))


def _rate(form: Form) -> Decimal | None:
    return execution_rate(form.amount(_fund(form, "全年预算数")), form.amount(_fund(form, "全年执行数")))


def _derived_fund_score(form: Form) -> Decimal | None:
    points = _fund_points(form)
    if points is None:
        return None
    budget, spent = form.amount(_fund(form, "全年预算数")), form.amount(_fund(form, "全年执行数"))
    return execution_score(points, budget, spent, form.parameters)


def _fund_score(form: Form) -> Decimal | None:
    """The score of 执行率 as given, else as derived; None where it is no number."""
    text = _fund_text(form, "得分")
    return points_of(text) if sq(text) else _derived_fund_score(form)


def _score_cells(form: Form) -> Iterator[tuple[str, str, str, Decimal | None, Decimal | None]]:
    """Place of points, place of score, text of score, points and score: of 年度资金总额, then of each row."""
    text = _fund_text(form, "得分")
    budget, spent = form.amount(_fund(form, "全年预算数")), form.amount(_fund(form, "全年执行数"))
    # What is left to the program is never wrong; of a budget of 0 nothing can be computed, and the clerk says it.
    score = points_of(text) if sq(text) or (budget == 0 and spent == 0) else _ZERO
    yield _fund(form, "分值"), _fund(form, "得分"), text, _fund_points(form), score
    for at, row in enumerate(form.rows):
        yield f"indicators[{at}].points", f"indicators[{at}].score", row.score, row.points_number, row.score_number


# ---------------------------------------------------------------- points and scores


@rule("S01", ERROR, "评", "分值合计{v}，应为100", "10号 公开代码", report="form")
def points_total(form: Form) -> Hits:
    """All points together are not 100."""
    total = sum((points or _ZERO for _, _, _, points, _ in _score_cells(form)), _ZERO)
    if abs(total - FULL) > form.parameters.points_tolerance:
        yield "total_points", {"v": _plain(total)}


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@rule("S02", CONFIRM, "评", "{l1}{more}分值{v}，原则上为{w}", "10号", report="form")
def points_unusual(form: Form) -> Hits:
    """The points of a level 1 are not those of the edition for a form with these levels 1."""
    preset = preset_for(form.edition, form.levels)
    if preset is None:
        return
    for l1, usual in preset.points.items():
        rows = [(at, row) for at, row in enumerate(form.rows) if row.l1 == l1]
        total = sum((row.points_number or _ZERO for _, row in rows), _ZERO)
        if total != usual:
            yield f"indicators[{rows[0][0]}].points", {"l1": l1, "v": _plain(total), "w": _plain(usual)}


@rule("S03", ERROR, "评", "{place}{v}：得分应在0与分值（{points}）之间", "公开代码")
def score_impossible(form: Form) -> Hits:
    """A score is blank, no number, negative or more than its points."""
    for _, where, text, points, score in _score_cells(form):
        if score is None or (points is not None and score > points):
            words = "未填" if points is None else _plain(points)
            given = text.strip()[:20]
            yield where, {"v": f"“{given}”" if given else "未填写", "points": words}


@rule("S04", ERROR, "评", "{place}须大于0", "公开代码")
def points_missing(form: Form) -> Hits:
    """Points are blank, no number or 0."""
    for where, _, _, points, _ in _score_cells(form):
        if not points:
            yield where, NO_BLANKS


@rule("S05", ERROR, "评", "总分应为{v}，现为“{given}”", "10号")
def total_wrong(form: Form) -> Hits:
    """The total given is not the sum of all scores. A blank one is filled in by the program."""
    given = form.evaluation.total_score.strip()
    total = total_score(_fund_score(form), (row.score_number for row in form.rows))
    if given and total is not None:
        number = points_of(given)
        if number is None or abs(number - total) > form.parameters.total_tolerance:
            yield "total_score", {"v": total_text(total), "given": given[:20]}


# ---------------------------------------------------------------- execution


@rule("S06", ERROR, "评", "执行率应为{v}，现为“{given}”", "执行率")
def rate_wrong(form: Form) -> Hits:
    """The execution rate given is not the computed one."""
    given, rate = sq(_fund_text(form, "执行率")), _rate(form)
    if given and rate is not None:
        number = plain_number(given.removesuffix("%"))
        if number is None or abs(number - rate) > form.parameters.rate_tolerance:
            yield _fund(form, "执行率"), {"v": rate_text(rate), "given": given[:20]}


@rule("S07", ERROR, "评", "预算执行率得分应为{v}，现为“{given}”", "执行率")
def rate_score_wrong(form: Form) -> Hits:
    """The score given for the execution rate is not the computed one."""
    given, score = _fund_text(form, "得分").strip(), _derived_fund_score(form)
    number = points_of(given)
    if number is not None and score is not None and abs(number - score) > form.parameters.rate_score_tolerance:
        yield _fund(form, "得分"), {"v": score_text(score), "given": given[:20]}


@rule("S08", ERROR, "评", "全年预算数为0，全年执行数为{v}，无法计算执行率", "公开代码")
def spent_without_budget(form: Form) -> Hits:
    """Money was spent of a budget of 0."""
    budget, spent = form.amount(_fund(form, "全年预算数")), form.amount(_fund(form, "全年执行数"))
    if budget == 0 and spent:
        yield _fund(form, "全年预算数"), {"v": form.money(spent)}


@rule("S09", CONFIRM, "评", "全年执行数（{a}）超过全年预算数（{b}）", "逻辑")
def spent_too_much(form: Form) -> Hits:
    """More was spent than the budget; of a budget of 0 S08 speaks."""
    budget, spent = form.amount(_fund(form, "全年预算数")), form.amount(_fund(form, "全年执行数"))
    if budget and spent is not None and spent > budget:
        yield _fund(form, "全年执行数"), {"a": form.money(spent), "b": form.money(budget)}


@rule("S10", WARNING, "评", "预算调整{p}%（年初{a}，全年{b}），请在偏差原因中说明", "四川", report="form")
def budget_changed(form: Form) -> Hits:
    """The budget was changed by more than 30 %."""
    initial, adjusted = form.amount(_fund(form, "年初预算数")), form.amount(_fund(form, "全年预算数"))
    if initial and adjusted is not None:
        change = (adjusted - initial) / initial
        if abs(change) > form.parameters.budget_change_ratio:
            words = {"p": f"{change * 100:+.1f}", "a": form.money(initial), "b": form.money(adjusted)}
            yield _fund(form, "全年预算数"), words


@rule(
    "S11", WARNING, "评", "执行率{v}（全年执行数{a}，全年预算数{b}），低于{least}%，请说明原因", "四川", report="form"
)
def rate_low(form: Form) -> Hits:
    """The execution rate is below 90 %."""
    budget, spent = form.amount(_fund(form, "全年预算数")), form.amount(_fund(form, "全年执行数"))
    rate, least = execution_rate(budget, spent), form.parameters.execution_explain_below
    if rate is not None and budget is not None and spent is not None and rate < least:
        words = {"v": rate_text(rate), "a": form.money(spent), "b": form.money(budget), "least": _plain(least)}
        yield _fund(form, "执行率"), words


# ---------------------------------------------------------------- rows


@rule("S12", ERROR, "评", "“{i}”扣分（得{v}分，分值{points}），请填写偏差原因及改进措施", "10号 公开代码", of="row")
def reason_missing(row: Row) -> Hits:
    """A score below the points without a reason."""
    score, points = row.score_number, row.points_number
    if score is not None and points is not None and score < points and is_empty_reason(row.reason):
        yield "reason", {"v": _plain(score), "points": _plain(points)}


def _comparable(row: Row) -> bool:
    return comparable(row.value, row.actual_value, name=row.name, cost_row=row.is_cost)


@rule("S13", CONFIRM, "评", "“{i}”完成值{a}超出指标值{b}达{p}%，请说明原因", "10号 公开代码", of="row")
def far_above_target(row: Row) -> Hits:
    """A target surpassed by 30 % or more without a reason; not for percentages."""
    if row.value.sign not in ("≥", ">", "=") or row.normal.unit == "%" or not is_empty_reason(row.reason):
        return
    target, actual = row.normal.number, row.normal_actual.number
    if not _comparable(row) or not target or actual is None:
        return
    if actual >= row.profile.parameters.over_fulfilment_ratio * target:
        words = {"a": row.actual.strip(), "b": row.target.strip()}
        yield "actual", {**words, "p": _plain(deviation(row.normal, row.normal_actual) or _ZERO)}


@rule("S14", CONFIRM, "评", "“{i}”按比例应得{v}分，现为{given}分", "10号", of="row")
def score_above_formula(row: Row) -> Hits:
    """The target was missed and the score is more than the formula gives."""
    points, score = row.points_number, row.score_number
    if points is None or score is None or not _comparable(row):
        return
    fair = numeric_score(row.normal, row.normal_actual, points, row.profile.parameters)
    if fair is not None and fair < rounded(points) and score > fair + row.profile.parameters.score_tolerance:
        yield "score", {"v": score_text(fair), "given": _plain(score)}


@rule("S15", ERROR, "评", "“{i}”定性档次为“{tier}”，得分区间为{lo}–{hi}，现为{given}", "10号 公开代码", of="row")
def score_outside_tier(row: Row) -> Hits:
    """A tier was chosen, and the score is not one of its interval."""
    points, score = row.points_number, row.score_number
    if not row.tier or points is None or score is None:
        return
    interval = tier_interval(row.tier, points, row.profile.parameters)
    if interval is not None and score not in interval:
        words = {"tier": row.tier, "lo": score_text(interval.low), "hi": score_text(interval.high)}
        yield "score", {**words, "given": _plain(score)}


@rule("S16", CONFIRM, "评", "“{i}”未填写实际完成值", "表式", of="row")
def row_actual_blank(row: Row) -> Hits:
    """实际完成值 is blank."""
    if row.actual_value.kind == "empty":
        yield "actual", NO_BLANKS


@rule("S17", WARNING, "评", "“{i}”{more}的实际完成值应为实际数，不带“{sign}”", "推断", of="row", report="form")
def actual_with_sign(row: Row) -> Hits:
    """实际完成值 begins with a comparison sign."""
    plain = row.plain_actual
    sign = next((sign for sign in (">=", "<=", *"≥≤≧≦⩾⩽=><") if plain.startswith(sign)), "")
    if sign:
        yield "actual", {"sign": sign}


@rule("S18", WARNING, "评", "有{count}条完成值照抄指标值", "10号", of="row", report="form")
def actual_copies_target(row: Row) -> Hits:
    """实际完成值 is the target."""
    if row.plain_actual and row.plain_actual == row.plain_target:
        yield "actual", NO_BLANKS


@rule("S19", WARNING, "评", "各项指标均为满分（{n}项），请复核", "推断", report="form")
def all_full(form: Form) -> Hits:
    """Every score is full, that of the execution rate, too."""
    fund_points, fund_score = _fund_points(form), _fund_score(form)
    if not form.rows or fund_points is None or fund_points != fund_score:
        return
    if all(row.score_number is not None and row.score_number == row.points_number for row in form.rows):
        yield "total_score", {"n": str(len(form.rows) + 1)}


@rule("S20", WARNING, "评", "得分率{a}高于执行率得分率{b}，请复核", "公开代码", report="form")
def scores_above_execution(form: Form) -> Hits:
    """The indicators score better than the money, by more than 5 points of 100."""
    fund_points, fund_score = _fund_points(form), _fund_score(form)
    points = sum((row.points_number or _ZERO for row in form.rows), _ZERO)
    scores = sum((row.score_number or _ZERO for row in form.rows), _ZERO)
    if not points or not fund_points or fund_score is None:
        return
    rows_rate, fund_rate = scores / points, fund_score / fund_points
    if rows_rate - fund_rate > form.parameters.score_rate_gap:
        yield "total_score", {"a": rate_text(rows_rate * 100), "b": rate_text(fund_rate * 100)}


@rule("S22", WARNING, "评", "“{i}”的实际完成值“{v}”含多余文字", "推断", of="row")
def actual_with_leftovers(row: Row) -> Hits:
    """实际完成值 holds 总计, 合计 or 小计."""
    if any(word in row.plain_actual for word in _LEFTOVERS):
        yield "actual", {"v": row.actual.strip()[:20]}
