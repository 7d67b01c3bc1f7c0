from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.documents import Evaluation, Indicator
from forms.edition import Edition
from forms.known_editions import Editions
from forms.scoring import TIERS, propose
from forms.working import working

EDITION = Editions()["sh-evaluation-2022"]


def row(target: str, actual: str, points: str = "10", **more: Any) -> Indicator:
    return Indicator(
        "产出指标", more.pop("l2", "数量指标"), "名称", target=target, actual=actual, points=points, **more
    )


def evaluation(
    *rows: Indicator, budget: str = "250,000.00", spent: str = "215,457.60", points: str = "10"
) -> Evaluation:
    funds = {"row": "年度资金总额", "全年预算数": budget, "全年执行数": spent, "分值": points}
    return Evaluation(EDITION.id, 2023, funds=(funds,), indicators=rows, total_points="100")


def with_parameters(**parameters: object) -> Edition:
    return EDITION._replace(parameters=parameters)


def formula(one: Indicator, edition: Edition = EDITION) -> str:
    return working(evaluation(one), edition)[1].formula


@pytest.mark.parametrize(
    ("one", "shown"),
    [
        (row("≥10场", "8场"), "完成值 8 ÷ 指标值 10 × 分值 10 = 8.00"),
        (row("=100%", "98.5%", "15"), "完成值 98.5 ÷ 指标值 100 × 分值 15 = 14.78"),
        (row("≥85%", "96.4%"), "完成值 96.4%，达到指标值 ≥85%，得满分 10.00"),
        (row("≤30天", "36天", "5"), "（1 －（完成值 36 － 指标值 30）÷ 指标值 30）× 分值 5 = 4.00"),
        (row("≤8万元", "17万元", "5"), "完成值 170,000元，未达到指标值 ≤80,000元，得 0.00"),
        (row("=0起", "1起"), "完成值 1起，未达到指标值 =0起，得 0.00"),
        (row("≥3次", "0次"), "完成值 0次，未达到指标值 ≥3次，得 0.00"),
        (row("<=2季度", "3季度"), "季度为完成期限，请按完成情况打分"),
        (row("2023年12月31日前", "2023-12-20"), "完成日期 2023-12-20，不晚于期限 2023-12-31，得满分 10.00"),
        (row("2023年6月底前", "2023-12-20"), "完成日期 2023-12-20，晚于期限 2023-06-30，请按完成情况打分"),
        (row("完成", "完成", "20", tier=TIERS[1]), f"定性指标，{TIERS[1]}：12 ≤ 得分 < 16"),
        (row("完成", "完成", "20", tier=TIERS[0]), f"定性指标，{TIERS[0]}：16 ≤ 得分 ≤ 20，建议 20.00"),
        (row("完成", "完成", tier="优秀"), "档次“优秀”不是规定的三档之一，请重新选择"),
        (row("完成", "已完成"), "定性指标，请按完成情况选择档次并打分"),
        (row("≥10场", ""), "实际完成值填写后计算"),
        (row("≥10场", "8场", ""), "分值填写后计算"),
    ],
)
def test_a_row_shows_its_formula(one: Indicator, shown: str) -> None:
    assert formula(one) == shown


def test_the_options_of_an_edition_show_in_the_formula() -> None:
    assert formula(row("≤30天", "36天", "5"), with_parameters(reverse_method="quotient")) == (
        "指标值 30 ÷ 完成值 36 × 分值 5 = 4.17"
    )
    satisfied = row("≥90%", "83%", l2="服务对象满意度指标")
    assert (
        formula(satisfied, with_parameters(satisfaction_tiers=True)) == "完成值 83%，按满意度所在区间，分值 10 得 8.00"
    )


def test_the_deviation_stands_beside_numbers_only() -> None:
    lines = working(
        evaluation(row("≥10场", "8场"), row("≥10场", "12场"), row("≥10场", "10场"), row("完成", "完成")), EDITION
    )
    assert [one.deviation for one in lines[1:5]] == ["-20.00%", "+20.00%", "0.00%", ""]


@pytest.mark.parametrize(
    ("budget", "spent", "points", "shown"),
    [
        (
            "250,000.00",
            "215,457.60",
            "10",
            (
                "全年执行数 215,457.60 ÷ 全年预算数 250,000.00 × 100% = 86.18%；"
                "全年执行数 215,457.60 ÷ 全年预算数 250,000.00 × 分值 10 = 8.62"
            ),
        ),
        (
            "100",
            "120",
            "10",
            "全年执行数 120.00 ÷ 全年预算数 100.00 × 100% = 120.00%；执行率超过 100%，得满分 10.00",
        ),
        ("100", "-120", "10", "全年预算数、全年执行数填写后计算"),
        ("100", "20", "", "全年执行数 20.00 ÷ 全年预算数 100.00 × 100% = 20.00%"),
        ("0", "0", "10", "全年预算数为 0，不计算执行率，得分由填报人确定"),
        ("", "0", "10", "全年预算数、全年执行数填写后计算"),
    ],
)
def test_the_execution_rate_shows_its_formula(budget: str, spent: str, points: str, shown: str) -> None:
    assert working(evaluation(budget=budget, spent=spent, points=points), EDITION)[0].formula == shown


def test_the_execution_rate_by_intervals() -> None:
    line = working(evaluation(), with_parameters(execution_method="interval"))[0]
    assert line.formula.endswith("按执行率所在区间，分值 10 得 7.00")
    assert line.proposed == line.given == Decimal(7)


def test_without_funds_there_is_no_rate() -> None:
    line = working(evaluation()._replace(funds=()), EDITION)[0]
    assert line.path == "evaluation.funds[0].得分"
    assert line.proposed is line.given is None


def test_the_total_adds_up_and_is_graded() -> None:
    lines = working(evaluation(row("≥10场", "8场", score="8"), row("完成", "完成", "80", score="80")), EDITION)
    assert lines[-1].formula == "预算执行率得分 8.62 ＋ 指标得分合计 88.00 = 96.62，等级：优"
    assert lines[-1].proposed == Decimal("96.62")


def test_a_score_that_is_missing_stands_in_the_way_of_the_total() -> None:
    lines = working(evaluation(row("≥10场", "8场"), row("≥10场", "8场", score="8")), EDITION)
    assert lines[-1].formula == "还有 1 项得分未填写或不是数字"
    assert lines[-1].proposed is None


def test_a_score_apart_from_the_formula_shows_by_how_much() -> None:
    lines = working(
        evaluation(row("≥10场", "8场", score="9"), row("≥10场", "8场", score="8"), row("完成", "完成")), EDITION
    )
    assert [one.difference for one in lines[1:4]] == [Decimal(1), None, None]


VALUES = st.one_of(
    st.text(max_size=12),
    st.builds(
        lambda sign, number, unit: f"{sign}{number}{unit}",
        st.sampled_from(["", "≥", "≤", "=", ">", "<", ">="]),
        st.one_of(st.integers(0, 10**6).map(str), st.decimals(0, 10**6, places=2).map(str)),
        st.sampled_from(["", "%", "场", "(家)", "万元", "季度", "天"]),
    ),
)


@given(
    st.builds(row, VALUES, VALUES, st.sampled_from(["", "0", "5", "12.5"]), tier=st.sampled_from(["", *TIERS, "别的"])),
    st.sampled_from(["linear", "quotient"]),
    st.booleans(),
)
def test_every_row_has_a_formula_and_what_it_gives_is_what_is_proposed(
    one: Indicator, method: str, tiers: bool
) -> None:
    edition = with_parameters(reverse_method=method, satisfaction_tiers=tiers)
    line = working(evaluation(one), edition)[1]
    assert line.formula
    assert line.proposed == propose(one, edition)
    if line.proposed is not None:
        assert f"{line.proposed:.2f}" in line.formula
