"""The test page of a printer: what is measured on it is as long as it says."""

from __future__ import annotations

import re
from io import BytesIO

import pdfplumber
import pytest
from pdfplumber.page import Page

from forms.printing.layout import MM
from forms.printing.trial_page import print_trial_page


@pytest.fixture(scope="module")
def page() -> Page:
    with pdfplumber.open(BytesIO(print_trial_page())) as document:
        (only,) = document.pages
        return only


def mm(points: float) -> float:
    return round(points / MM, 2)


def test_it_is_one_page_a4_and_always_the_same(page: Page) -> None:
    assert (mm(page.width), mm(page.height)) == (210, 297)
    assert print_trial_page() == print_trial_page()


def test_the_frames_are_as_far_from_the_edge_as_they_say(page: Page) -> None:
    found = {(mm(one["x0"]), mm(one["top"]), mm(one["width"]), mm(one["height"])) for one in page.rects}
    assert found == {(at, at, 210 - 2 * at, 297 - 2 * at) for at in (0, 5, 10)}


def test_the_control_lengths_are_100_mm(page: Page) -> None:
    lengths = [mm(max(one["width"], one["height"])) for one in page.lines if round(one["linewidth"], 2) == 0.8]
    across = {mm(one["x0"]) for one in page.lines if mm(one["top"]) == 60 and round(one["linewidth"], 2) == 0.25}
    down = {mm(one["top"]) for one in page.lines if mm(one["x0"]) == 30 and round(one["linewidth"], 2) == 0.25}
    assert lengths.count(100) == 2
    assert set(range(30, 131)) <= across  # a tick a millimetre
    assert set(range(60, 161)) <= down


def test_the_table_gives_the_percentage_that_makes_a_length_right(page: Page) -> None:
    rows = [
        (float(one), float(other))
        for one, other in re.findall(r"(\d+\.\d) (\d+\.\d)$", page.extract_text(), re.MULTILINE)
    ]
    assert [measured for measured, _ in rows] == [98.0, 98.5, 99.0, 99.5, 100.5, 101.0, 101.5, 102.0]
    assert all(measured * percent / 100 == pytest.approx(100, abs=0.06) for measured, percent in rows)
