"""Running text: 22 lines a page, indents, justified lines, no orphans."""

from __future__ import annotations

import pytest

from forms.documents import Narrative, Section
from forms.printing.draw import Sheet
from forms.printing.embed import Typesetter
from forms.printing.fonts import shipped
from forms.printing.layout import MM
from forms.printing.narrative import Flow, typeset


def flow_of(*sections: tuple[str, str]) -> list[Sheet]:
    made = tuple(Section(title, text) for title, text in sections)
    return typeset(Narrative(made), Typesetter(shipped()), None)


def lines_of(sheet: Sheet) -> list[tuple[float, float]]:
    """x and y of each text object, from the top."""
    found = []
    for row in sheet.code.splitlines():
        numbers = row.split(" Tm ")[0].split()[-2:]
        found.append((float(numbers[0]), sheet.height - float(numbers[1])))
    return found


def test_the_first_line_is_indented_by_two_characters():
    sheet = flow_of(("一、项目概述", "字" * 60))[0]
    _, heading, first, second, third = lines_of(sheet)
    assert heading[0] == first[0] == pytest.approx(28 * MM + 32, abs=0.01)
    assert second[0] == third[0] == pytest.approx(28 * MM, abs=0.01)
    assert second[1] - first[1] == pytest.approx(225 / 22 * MM, abs=0.01)


def test_a_word_that_only_fits_without_the_indent_gets_none():
    sheet = flow_of(("一、项目概述", "W" * 26))[0]
    assert len(lines_of(sheet)) == 3
    assert lines_of(sheet)[-1][0] == pytest.approx(28 * MM, abs=0.01)


@pytest.mark.parametrize("length", range(440, 660, 14))
def test_no_line_of_a_paragraph_stands_alone(length: int):
    sheets = flow_of(("一、项目概述", "字" * length), ("二、立项依据", "依" * 100))
    counts = []
    for sheet in sheets:
        counts.append(len(sheet.code.splitlines()))
        assert counts[-1] <= 22
    paragraph = [spot for sheet in sheets for spot in sheet.places if spot.path == "narrative.sections[0].text"]
    for spot in paragraph:
        assert spot.height > 1.5 * 225 / 22 * MM
    last = [spot for sheet in sheets for spot in sheet.places if spot.path == "narrative.sections[1].text"]
    assert all(spot.height > 1.5 * 225 / 22 * MM for spot in last)


def test_a_heading_goes_with_its_text_and_an_empty_section_has_its_heading_only():
    for length in range(400, 640, 28):
        sheets = flow_of(("一、项目概述", "字" * length), ("二、立项依据", "依" * 20), ("七、绩效目标", ""))
        for sheet in sheets:
            if any(spot.path.startswith("narrative.sections[1]") for spot in sheet.places):
                before = sheet.code.splitlines()
                assert len(before) >= 2


def test_blank_lines_and_blanks_around_paragraphs_are_not_set():
    sheet = flow_of(("", "　　甲\n\n  \n乙\n"))[0]
    assert len(sheet.code.splitlines()) == 3
    assert sheet.places[0].height == pytest.approx(2 * 225 / 22 * MM)


def test_a_title_of_any_length():
    flow = Flow(Typesetter(shipped()))
    flow.title("题" * 500)
    assert len(flow.sheets) > 1
    short = Flow(Typesetter(shipped()))
    short.title(
        "上海市某某区某某科创走廊创新研究中心2025年申报表", words=("上海市某某区某某科创走廊创新研究中心", "申报表")
    )
    assert len(short.sheets[0].code.splitlines()) == 2
    odd = Flow(Typesetter(shipped()))
    odd.title("甲" * 30, words=("甲" * 30,))
    assert len(odd.sheets[0].code.splitlines()) == 2


@pytest.mark.parametrize("lines", range(15, 60))
def test_the_last_page_is_not_left_with_a_line_or_two(lines: int):
    sheets = flow_of(("一、项目概述", "\n".join(["甲乙丙。"] * lines)))
    counts = [len(sheet.code.splitlines()) for sheet in sheets]
    assert sum(counts) == lines + 2  # with the title and the heading
    assert len(sheets) == 1 or counts[-1] >= 5
    assert all(count >= 22 - 4 for count in counts[1:-1])
    assert len(sheets) == -(-(lines + 3) // 22)  # no page more; below the title a line is blank


def test_what_is_taken_along_never_makes_a_page_more():
    for length in range(0, 1200, 28):  # headings with three lines that stay together are more than what is lacking
        sections = [("一、项目概述", "字" * length), *((f"{n}、", "字" * 80) for n in range(5))]
        plain = Flow(Typesetter(shipped()))
        plain.title("项目经费情况说明")
        for title, text in sections:
            plain.section(title, text, None)
        assert len(flow_of(*sections)) == len(plain.sheets)
