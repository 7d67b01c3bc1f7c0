"""Thresholds and word lists of checks and scoring (rules.md 0.2), with their defaults in one place.

An edition overrides them by name in its ``[parameters]``; an old form therefore keeps the figures that were
in force in its year. Points of the level-1 indicators are no parameters: they stand in ``Edition.weights``.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any

from forms.edition import Edition, EditionError

LARGEST = 10**12
"""No parameter is greater than this."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """All parameters. Ratios and shares count from 0 to 1; what ends on percent or names a rate is in %."""

    sum_tolerance: Decimal = Decimal("0.005")
    """元; sums of amounts (M02 M03 M09 N04)."""
    rate_tolerance: Decimal = Decimal("0.01")
    """Percentage points; printed and computed execution rate (S06)."""
    rate_score_tolerance: Decimal = Decimal("0.05")
    """Points; printed and computed score of the execution rate (S07)."""
    score_tolerance: Decimal = Decimal("0.05")
    """Points; typed and computed score of an indicator (S14)."""
    total_tolerance: Decimal = Decimal("0.01")
    """Points; total score (S05)."""
    points_tolerance: Decimal = Decimal("0.001")
    """Points; sum of the points against 100 (S01)."""

    execution_method: str = "ratio"
    """``ratio`` or ``interval`` (rules.md 3.1)."""
    reverse_method: str = "linear"
    """``linear`` or ``quotient``: how a missed ≤ target scores (rules.md 3.2)."""
    satisfaction_tiers: bool = False
    """Whether satisfaction scores by intervals of the actual value (option of rules.md 3.3)."""

    over_fulfilment_ratio: Decimal = Decimal("1.30")
    budget_change_ratio: Decimal = Decimal("0.30")
    execution_explain_below: Decimal = Decimal(90)
    """%; a lower execution rate wants a reason (S11)."""
    score_rate_gap: Decimal = Decimal("0.05")
    tier_bounds: tuple[Decimal, ...] = (Decimal("0.8"), Decimal("0.6"))
    """Shares of the points where 达成 and 部分达成 begin."""
    grade_bounds: tuple[Decimal, ...] = (Decimal(90), Decimal(80), Decimal(60))
    """Total scores where 优, 良 and 中 begin."""

    amount_small: Decimal = Decimal(1000)
    """元 (M10)."""
    goal_min_chars: int = 15
    goal_similarity: Decimal = Decimal("0.9")
    name_max_chars: int = 40
    indicators_min: int = 5
    indicators_max: int = 30
    quantitative_share_min: Decimal = Decimal("0.5")
    satisfaction_low: Decimal = Decimal(80)
    """% (V19)."""
    satisfaction_full: Decimal = Decimal(100)
    """% (V19)."""
    completion_low: Decimal = Decimal(80)
    """% (V21)."""
    cost_coverage_min: Decimal = Decimal("0.5")
    vague_words: tuple[str, ...] = (
        *("完成", "强化", "扶持", "健全", "促进", "加强", "匹配", "有效", "有序", "推进", "提升", "改善", "优化"),
        *("保障", "良好", "显著", "明显", "较好", "提高", "增强", "优", "良", "好", "达标", "通过", "合格", "及时"),
        "满意",
    )
    """Values that cannot be measured, each as a whole value (V12)."""


DEFAULTS = Parameters()

_CHOICES = {"execution_method": ("ratio", "interval"), "reverse_method": ("linear", "quotient")}


def parameters_of(edition: Edition) -> Parameters:
    """Return the defaults with what the edition overrides. Raises EditionError naming edition and key."""
    names = {one.name for one in fields(Parameters)}
    changed: dict[str, Any] = {}
    for key, value in edition.parameters.items():
        where = f"表样“{edition.id}”的parameters"
        if key not in names:
            raise EditionError(f"{where}有不认识的键“{key}”")
        try:
            changed[key] = _read(key, getattr(DEFAULTS, key), value)
        except EditionError as error:
            raise EditionError(f"{where}的键“{key}”{error}") from None
    return replace(DEFAULTS, **changed)


def _read(key: str, default: object, value: object) -> object:
    """Return the value as the type of its default. Raises EditionError saying only what it should be."""
    if isinstance(default, str):
        if value not in _CHOICES[key]:
            raise EditionError(f"应为{'、'.join(_CHOICES[key])}之一")
        return value
    if isinstance(default, bool):
        if not isinstance(value, bool):
            raise EditionError("应为true或false")
        return value
    if isinstance(default, int):
        return _whole(value)
    if isinstance(default, Decimal):
        return _number(value)
    if not isinstance(value, list):
        raise EditionError("应为列表")
    if key == "vague_words":
        return _words(value)
    return _bounds(value, len(getattr(DEFAULTS, key)))


def _number(value: object) -> Decimal:
    # The comparison is false for NaN, too.
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= LARGEST:
        raise EditionError("应为不小于0的数")
    return Decimal(str(value))


def _whole(value: object) -> int:
    number = _number(value)
    if number != int(number):
        raise EditionError("应为整数")
    return int(number)


def _words(values: list[Any]) -> tuple[str, ...]:
    if not all(isinstance(word, str) for word in values):
        raise EditionError("应为文字列表")
    return tuple(values)


def _bounds(values: list[Any], count: int) -> tuple[Decimal, ...]:
    bounds = tuple(_number(value) for value in values)
    if len(bounds) != count or sorted(set(bounds), reverse=True) != list(bounds):
        raise EditionError(f"应为{count}个递减的数")
    return bounds
