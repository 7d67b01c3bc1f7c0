from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.documents import Evaluation, Indicator
from forms.known_editions import Editions
from forms.weights import left_over, proposed, rebalanced, shared, spread, sums

EDITIONS = Editions()
SH_2022, SH_2025 = EDITIONS["sh-evaluation-2022"], EDITIONS["sh-evaluation-2025"]


def rows(*names: str) -> tuple[Indicator, ...]:
    return tuple(Indicator(name, "数量指标", f"第{n}项") for n, name in enumerate(names))


def numbers(found: tuple[Decimal, ...]) -> list[str]:
    return [f"{one.normalize():f}" for one in found]


@pytest.mark.parametrize(
    ("total", "count", "points"),
    [
        ("50", 3, ["17", "17", "16"]),
        ("10", 4, ["3", "3", "2", "2"]),
        ("30", 1, ["30"]),
        ("10", 12, ["0.9"] * 4 + ["0.8"] * 8),
        ("12.5", 2, ["6.3", "6.2"]),
        ("0", 2, ["0", "0"]),
        ("10", 0, []),
    ],
)
def test_points_are_spread_evenly(total: str, count: int, points: list[str]) -> None:
    assert numbers(spread(Decimal(total), count)) == points


def test_shares_keep_their_proportions_and_nobody_goes_empty() -> None:
    assert numbers(shared(Decimal(40), [Decimal(1), Decimal(2), Decimal(1)])) == ["10", "20", "10"]
    assert numbers(shared(Decimal(10), [Decimal(98), Decimal(1), Decimal(1)])) == ["8", "1", "1"]
    assert numbers(shared(Decimal(10), [Decimal(0), Decimal(0)])) == ["5", "5"]


def test_what_is_locked_stays_and_the_others_share_what_is_left() -> None:
    points = [Decimal(10), Decimal(20), Decimal(10)]
    assert numbers(rebalanced(points, Decimal(50), [True, False, False])) == ["10", "27", "13"]
    assert numbers(rebalanced(points, Decimal(5), [True, False, False])) == ["10", "0", "0"]


@pytest.mark.parametrize(
    ("names", "points"),
    [
        (["产出指标"] * 3 + ["效益指标"] * 2 + ["满意度指标"], ["17", "17", "16", "15", "15", "10"]),
        (["产出指标", "效益指标"], ["50", "40"]),
        (["产出指标"], ["90"]),
        (["产出指标", "其他指标"], ["45", "45"]),
    ],
)
def test_the_preset_of_the_edition_is_spread_within_each_level(names: list[str], points: list[str]) -> None:
    assert numbers(proposed(rows(*names), SH_2022)) == points


def test_with_costs_the_later_preset_applies() -> None:
    names = ["成本指标", "成本指标", "产出指标", "效益指标", "满意度指标"]
    assert numbers(proposed(rows(*names), SH_2025)) == ["10", "10", "40", "20", "10"]


def test_without_a_preset_all_share() -> None:
    bare = SH_2022._replace(weights=())
    assert numbers(proposed(rows("产出指标", "效益指标", "效益指标"), bare)) == ["34", "33", "33"]


def test_points_left_and_sums_of_levels() -> None:
    given_rows = tuple(
        one._replace(points=points)
        for one, points in zip(rows("产出指标", "产出指标", "效益指标"), ("20", "30", "不详"), strict=True)
    )
    evaluation = Evaluation(SH_2022.id, 2023, {}, ({"row": "年度资金总额", "分值": "10"},), indicators=given_rows)
    assert left_over(evaluation) == 40
    assert sums(given_rows) == (("产出指标", Decimal(50)), ("效益指标", Decimal(0)))


TOTALS = st.one_of(st.integers(0, 200).map(Decimal), st.decimals(0, 200, places=2))
SHARES = st.lists(st.decimals(0, 1000, places=2), min_size=1, max_size=60)


@given(TOTALS, SHARES)
def test_the_total_is_always_kept_and_shares_are_in_order(total: Decimal, shares: list[Decimal]) -> None:
    points = shared(total, shares)
    assert sum(points) == total
    assert all(one >= 0 for one in points)
    if total * 100 >= len(shares):
        assert all(one > 0 for one in points)
    if total == int(total) >= len(shares):
        assert all(one == int(one) for one in points)
    ranked = sorted(zip(shares, points, strict=True))
    assert all(a[1] <= b[1] + 1 for a, b in pairwise(ranked))


@given(st.lists(st.sampled_from(["成本指标", "产出指标", "效益指标", "满意度指标", "别的"]), min_size=1, max_size=40))
def test_proposals_come_to_the_full_points(names: list[str]) -> None:
    for edition in (SH_2022, SH_2025):
        preset_execution = edition.weights[0].execution
        points = proposed(rows(*names), edition)
        assert sum(points) + preset_execution == 100
        assert all(one > 0 for one in points)


@given(st.lists(st.tuples(st.integers(0, 50), st.booleans()), min_size=1, max_size=30), st.integers(0, 100))
def test_locked_rows_never_change(given_rows: list[tuple[int, bool]], total: int) -> None:
    points, locked = [Decimal(one) for one, _ in given_rows], [one for _, one in given_rows]
    after = rebalanced(points, Decimal(total), locked)
    assert all(a == b for a, b, is_fixed in zip(points, after, locked, strict=True) if is_fixed)
    fixed = sum(one for one, is_fixed in zip(points, locked, strict=True) if is_fixed)
    if not all(locked) and total >= fixed:
        assert sum(after) == total
