from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal

import pytest

from forms.edition import Edition, EditionError
from forms.known_editions import Editions
from forms.parameters import DEFAULTS, Parameters, parameters_of

EDITION = Editions()["sh-evaluation-2022"]


def edition(**parameters: object) -> Edition:
    return EDITION._replace(parameters=parameters)


def test_an_edition_that_names_nothing_keeps_the_defaults():
    assert parameters_of(edition()) == DEFAULTS == Parameters()


@pytest.mark.parametrize("one", Editions().values(), ids=lambda one: one.id)
def test_parameters_of_shipped_editions_can_be_read(one: Edition):
    assert isinstance(parameters_of(one), Parameters)


def test_defaults_have_every_parameter_of_the_rules():
    listed = """sum_tolerance rate_tolerance rate_score_tolerance score_tolerance execution_method reverse_method
        over_fulfilment_ratio budget_change_ratio execution_explain_below score_rate_gap tier_bounds grade_bounds
        amount_small goal_min_chars goal_similarity name_max_chars indicators_min indicators_max
        quantitative_share_min satisfaction_low satisfaction_full completion_low cost_coverage_min vague_words"""
    assert set(listed.split()) <= {one.name for one in fields(Parameters)}
    assert len(DEFAULTS.vague_words) == len(set(DEFAULTS.vague_words)) == 28


def test_what_an_edition_names_is_overridden_exactly():
    found = parameters_of(
        edition(
            over_fulfilment_ratio=1.2,
            goal_min_chars=20,
            reverse_method="quotient",
            satisfaction_tiers=True,
            grade_bounds=[80, 70, 60],
            tier_bounds=[0.8, 0.5],
            vague_words=["完成"],
        )
    )
    assert found == replace(
        DEFAULTS,
        over_fulfilment_ratio=Decimal("1.2"),
        goal_min_chars=20,
        reverse_method="quotient",
        satisfaction_tiers=True,
        grade_bounds=(Decimal(80), Decimal(70), Decimal(60)),
        tier_bounds=(Decimal("0.8"), Decimal("0.5")),
        vague_words=("完成",),
    )


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("goal_min_char", 20, "不认识"),
        ("goal_min_chars", 20.5, "应为整数"),
        ("goal_min_chars", "20", "应为不小于0的数"),
        ("amount_small", -1, "应为不小于0的数"),
        ("amount_small", float("nan"), "应为不小于0的数"),
        ("amount_small", float("inf"), "应为不小于0的数"),
        pytest.param("amount_small", 10**5000, "应为不小于0的数", id="huge"),
        ("amount_small", True, "应为不小于0的数"),
        ("execution_method", "guess", "应为ratio、interval之一"),
        ("reverse_method", ["linear"], "应为linear、quotient之一"),
        ("satisfaction_tiers", 1, "应为true或false"),
        ("tier_bounds", 0.8, "应为列表"),
        ("tier_bounds", [0.6, 0.8], "应为2个递减的数"),
        ("grade_bounds", [90, 80], "应为3个递减的数"),
        ("vague_words", ["完成", 1], "应为文字列表"),
    ],
)
def test_a_wrong_parameter_is_refused_with_edition_and_key(key: str, value: object, said: str):
    with pytest.raises(EditionError, match=f"sh-evaluation-2022.*{key}.*{said}|sh-evaluation-2022.*{said}.*{key}"):
        parameters_of(edition(**{key: value}))
