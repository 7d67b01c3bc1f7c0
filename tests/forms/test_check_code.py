"""The short code on the paper: the same for the same data, another for any other, and safe against slips."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from forms.check_code import booklet_code, check_code, normal_code
from forms.documents import Booklet, Confirmation, Declaration, Indicator, Narrative, Package, Project, Section
from forms.known_editions import Editions
from forms.package import parse_package, write_package
from tests.strategies import packages, projects

EDITIONS = Editions()
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODES = projects().map(check_code)
ONE = Project(
    Narrative((Section("一、项目概述", "概述"), Section("二、立项依据"))),
    Declaration("sh-declaration-2025", 2025, {"项目名称": "甲", "主管部门": "乙"}, indicators=(Indicator("产", "数"),)),
)


def test_codes_stay_what_they_are():
    """Paper is kept for years: a code once printed must be found again by every later version."""
    assert check_code(ONE) == "W1RN-607R-2KBT"
    assert booklet_code(Package((ONE,), Booklet("册", "说明"))) == "GYP5-QSNH-M4MY"


@given(packages())
def test_a_package_that_went_through_a_file_has_the_same_codes(package: Package):
    read = parse_package(write_package(package), "a.json", EDITIONS)
    assert booklet_code(read) == booklet_code(package)
    assert [check_code(one) for one in read.projects] == [check_code(one) for one in package.projects]


@given(CODES)
def test_a_code_is_three_groups_and_its_own_normal_form(code: str):
    assert re.fullmatch(rf"([{ALPHABET}]{{4}}-){{2}}[{ALPHABET}]{{4}}", code)
    assert normal_code(code) == code


@given(CODES, st.randoms(use_true_random=False))
def test_what_a_person_or_a_scanner_types_is_understood(code: str, rng: random.Random):
    swaps = {"0": "0Oo０", "1": "1IilL１", "-": ["", " ", "—", "-", "－", "·", "\u3000"]}
    wide = {char: chr(ord(char) + 0xFEE0) for char in ALPHABET}
    typed = "".join(rng.choice([*swaps.get(char, [char, char.lower()]), wide.get(char, char)]) for char in code)
    assert normal_code(f"  {typed}\r\n") == code
    assert normal_code(f"校验码：{typed}") == normal_code(f"校验码 {typed}") == code


@given(CODES, st.integers(0, 11), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(code: str, at: int, char: str):
    plain = code.replace("-", "")
    assume(plain[at] != char)
    assert normal_code(plain[:at] + char + plain[at + 1 :]) is None


@given(CODES, st.integers(0, 11), st.integers(0, 11))
def test_two_characters_that_changed_places_are_noticed(code: str, a: int, b: int):
    chars = list(code.replace("-", ""))
    assume(chars[a] != chars[b])
    chars[a], chars[b] = chars[b], chars[a]
    assert normal_code("".join(chars)) is None


@pytest.mark.parametrize("typed", ["", "7K3M", "UUUU-UUUU-UUUU", "7K3M-Q2XD-9F4T-0", "校验码", "项目名称", "０" * 11])
def test_what_is_no_code_is_none(typed: str):
    assert normal_code(typed) is None


@given(st.text())
def test_any_text_is_judged(typed: str):
    found = normal_code(typed)
    assert found is None or normal_code(found) == found


def test_what_is_never_printed_makes_no_difference():
    form = ONE.declaration
    assert form is not None
    same = [
        ONE._replace(confirmations=(Confirmation("I05", "declaration", "缺少成本指标"),), extra={"id": "x"}),
        ONE._replace(declaration=form._replace(extra={"app": 1})),
        ONE._replace(declaration=form._replace(fields={"主管部门": "乙", "项目名称": "甲", "项目性质": ""})),
        ONE._replace(declaration=form._replace(indicators=(form.indicators[0]._replace(tier="达成年度指标"),))),
    ]
    assert {check_code(one) for one in same} == {check_code(ONE)}


def test_whatever_is_printed_makes_a_difference():
    form = ONE.declaration
    assert form is not None
    other = [
        ONE,
        ONE._replace(narrative=None),
        ONE._replace(declaration=form._replace(year=2026)),
        ONE._replace(declaration=form._replace(fields={"项目名称": "甲 ", "主管部门": "乙"})),
        ONE._replace(declaration=form._replace(fields={"项目名称": "乙", "主管部门": "甲"})),
        ONE._replace(declaration=form._replace(overall_goal="目标")),
        ONE._replace(declaration=form._replace(annual_goal="目标")),
        ONE._replace(declaration=form._replace(indicators=form.indicators * 2)),
        ONE._replace(declaration=form._replace(indicators=(Indicator("产", "", "数"),))),
    ]
    assert len({check_code(one) for one in other}) == len(other)
    codes = {booklet_code(Package((ONE, one))) for one in other}
    assert len(codes | {booklet_code(Package((one, ONE))) for one in other}) == 2 * len(other) - 1
    assert booklet_code(Package((ONE,), Booklet("册"))) != booklet_code(Package((ONE,))) != check_code(ONE)
