from __future__ import annotations

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.reading import MAX_DIGITS, plain_number, sq


@given(st.text(max_size=50))
def test_sq_is_nfkc_without_white_space(text: str):
    assert sq(text) == "".join(unicodedata.normalize("NFKC", text).split())


def test_sq_of_a_long_text_is_the_same_as_of_its_parts():
    text = "１２ ①（é̄）\n" * 1000
    assert sq(text) == "".join(unicodedata.normalize("NFKC", text).split())


def test_sq_copes_with_a_hostile_run_of_combining_marks():
    hostile = "\u0301\u0316" * 100_000
    assert sorted(sq(hostile)) == sorted(hostile)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("１２３．５", "123.5"),
        ("12。5", "12.5"),
        ("1，000", "1000"),
        (" 1,000.50 ", "1000.50"),
        ("0", "0"),
        ("9" * MAX_DIGITS, "9" * MAX_DIGITS),
    ],
)
def test_number_fields_understand_what_is_typed(text: str, number: str):
    assert plain_number(text) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    ["", "　", "-5", "+5", "1e5", "NaN", "Infinity", "1_000", "1.2.3", "1,00", "5.", ".5", "٣", "—", "9" * 41],
)
def test_what_is_no_number_is_none(text: str):
    assert plain_number(text) is None
