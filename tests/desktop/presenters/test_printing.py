"""What is printed, on which printer, and where a page comes to lie; what is kept and what is said."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.presenters.printing import (
    FEWEST_DOTS,
    MOST_DOTS,
    Area,
    Content,
    Device,
    PrinterFacts,
    advice,
    chosen_pages,
    content_from,
    device_from,
    device_key,
    dots,
    is_page_choice,
    is_same_paper,
    placed,
    to_keep,
)
from forms.documents import Project
from forms.printing.options import FaceFile
from tests.forms.checks.bases import BASES

A4 = (595.276, 841.89)
PAPER = (210.0, 297.0)
REACH = Area(4, 5, 202, 286)


def rounded(area: Area) -> tuple[float, ...]:
    return tuple(round(one, 2) for one in area)


def test_actual_size_is_the_paper_itself() -> None:
    assert rounded(placed(A4, PAPER, REACH, Device())) == (0, 0, 210, 297)
    moved = placed(A4, PAPER, REACH, Device(right=2, down=-1.5))
    assert rounded(moved) == (2, -1.5, 210, 297)


def test_by_per_cent_about_the_middle() -> None:
    small = placed(A4, PAPER, REACH, Device(scaling="percent", percent=90))
    assert rounded(small) == (10.5, 14.85, 189, 267.3)
    assert rounded(placed(A4, PAPER, REACH, Device(percent=90))) == (0, 0, 210, 297)


def test_fitted_into_what_the_printer_reaches() -> None:
    fitted = placed(A4, PAPER, REACH, Device(scaling="fit"))
    assert round(fitted.width / fitted.height, 4) == round(210 / 297, 4)
    assert round(fitted.width, 2) == 202
    assert round(fitted.y - REACH.y, 4) == round((REACH.height - fitted.height) / 2, 4)


def test_other_paper_is_fitted_whatever_is_chosen() -> None:
    letter, reach = (215.9, 279.4), Area(6, 6, 203.9, 267.4)
    for scaling in ("actual", "fit", "percent"):
        area = placed(A4, letter, reach, Device(scaling=scaling, percent=110))  # type: ignore[arg-type]
        assert reach.x <= area.x + 0.001
        assert area.x + area.width <= reach.x + reach.width + 0.001
        assert area.y + area.height <= reach.y + reach.height + 0.001
    large = placed(A4, (297, 420), Area(5, 5, 287, 410), Device())
    assert rounded(large)[2:] == (210, 297)  # never larger than it is


@given(st.integers(min_value=-5, max_value=4_800))
def test_dots_are_those_of_the_printer_or_a_whole_part(resolution: int) -> None:
    found, known = dots(resolution), max(resolution, 1)
    assert found >= FEWEST_DOTS or known > MOST_DOTS
    assert found <= max(MOST_DOTS, 2 * FEWEST_DOTS)
    assert found % known == 0 or abs(known / found - round(known / found)) < 0.02


def test_dots_of_usual_printers() -> None:
    assert [dots(one) for one in (72, 203, 300, 600, 1200, 2400)] == [360, 406, 300, 600, 600, 600]


def test_what_is_said_of_a_printer() -> None:
    fine = PrinterFacts("p", 600)
    assert advice(Device(duplex="long_side"), fine) == []
    assert advice(Device(), PrinterFacts("p", papers=((297.0, 210.0),))) == []
    poor = PrinterFacts("p", 203, ("as_set", "one_sided"), ((215.9, 279.4), (148.0, 210.0)))
    said = advice(Device(duplex="long_side", scaling="percent", percent=101.5), poor)
    words = ("没有报告能双面打印", "没有A4纸", "只有每英寸 203 点", "将按 101.5% 打印")
    assert all(word in one for word, one in zip(words, said, strict=True))
    assert "215.9×279.4" in said[1]
    assert advice(Device(duplex="one_sided"), PrinterFacts("p")) == []


def test_choices_are_kept_and_read_back() -> None:
    device = Device("HP", "lower", "short_side", "percent", 98.5, -1.0, 2.5, 7)
    kept = json.loads(json.dumps(to_keep(device)))
    assert device_from(kept) == Device("HP", "lower", "short_side", "percent", 98.5, -1.0, 2.5)
    content = Content(True, True, "draft", True, True, "official", True)
    kept = json.loads(json.dumps(to_keep(content)))
    assert content_from(kept) == Content(True, False, "plain", True, True, "official", True)


@given(
    st.dictionaries(
        st.sampled_from([*Device.__dataclass_fields__, *Content.__dataclass_fields__]),
        st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text(), max_size=2),
    )
    | st.text()
    | st.none()
)
def test_what_somebody_spoilt_counts_as_far_as_it_goes(kept: Any) -> None:
    device, content = device_from(kept), content_from(kept)
    assert device.duplex in ("as_set", "one_sided", "long_side", "short_side")
    assert 80 <= device.percent <= 120
    assert -15 <= device.right <= 15
    assert 1 <= device.copies <= 99
    assert content.standing in ("plain", "draft", "final")
    assert content.numbers in ("dash", "of", "official", "none")


def test_each_edition_has_its_printer() -> None:
    assert device_key([BASES["申2025"]()]) == "print.device.sh-songjiang-declaration-2025"
    assert device_key([Project(BASES["申2025"]().narrative)]) == "print.device.narrative"
    assert device_key([]) == "print.device.narrative"


@pytest.mark.parametrize(("public", "footer"), [(True, False), (False, True)])
def test_options_of_the_typesetting(public: bool, footer: bool) -> None:
    faces = {"table": FaceFile("simsun.ttc")}
    options = Content(standing="draft", public=public, installed_faces=True, numbers="of").options(faces)  # type: ignore[arg-type]
    assert (options.footer, options.draft, options.numbers, options.faces) == (footer, True, "of", faces)
    assert Content().options(faces).faces == {}  # type: ignore[arg-type]


def test_the_same_paper() -> None:
    assert is_same_paper((210, 297), (209.9, 297.1))
    assert not is_same_paper((210, 297), (297, 210))
    assert not is_same_paper((210, 297), (215.9, 279.4))


@pytest.mark.parametrize(
    ("wanted", "pages"),
    [
        ("all", [0, 1, 2, 3, 4]),
        ("odd", [0, 2, 4]),
        ("even", [1, 3]),
        ("1-3,5", [0, 1, 2, 4]),
        ("５、２页；３", [1, 2, 4]),
        ("4至9", [3, 4]),
        ("0", []),
        ("7", []),
        ("3-1", []),
    ],
)
def test_which_pages(wanted: str, pages: list[int]) -> None:
    assert chosen_pages(wanted, 5) == pages
    assert is_page_choice(wanted)


@pytest.mark.parametrize("wanted", ["", "第一页", "1-", "a", "1..3", "-2", "12345", "1,,3"])
def test_pages_that_nobody_understands_are_told(wanted: str) -> None:
    assert not is_page_choice(wanted)
    assert "看不懂要印哪些页" in advice(Device(pages=wanted), PrinterFacts("p"))[0]
