"""Whole files: order, numbers, bookmarks, places, drafts, and the same bytes for the same data."""

from __future__ import annotations

import re
import subprocess
import sys
from io import BytesIO
from itertools import pairwise, zip_longest
from pathlib import Path

import pdfplumber
import pypdf
import pypdfium2
import pytest

from forms.check_code import booklet_code, check_code
from forms.documents import Booklet, Narrative, Package, Project, Section
from forms.printing import PrintCancelled, Printed, PrintOptions, print_package
from forms.printing.layout import MM
from tests.forms.printing.samples import (
    EDITIONS,
    FILLED,
    SHANGHAI,
    declaration,
    evaluation,
    narrative,
    package,
    printed,
    prose,
    rows,
)

PROJECT = Project(narrative(60), declaration())
SET = Package((PROJECT, Project(narrative(200), declaration(FILLED))), Booklet("某某单位2025年申报表", prose(100)))


def pages_of(one: Printed) -> list[str]:
    return ["".join(page.extract_text().split()) for page in pypdf.PdfReader(BytesIO(one.pdf)).pages]


def bound(one: Package = SET, **options: object) -> Printed:
    return print_package(one, EDITIONS, PrintOptions(booklet=True, **options))


def test_order_of_a_booklet_and_running_numbers():
    found = pages_of(bound())
    assert found[0].startswith("某某单位2025年申报表绩效目标设置情况")
    starts = [text for text in found if text.startswith(("项目经费情况说明", "财政项目支出"))]
    heads = [re.match(r"(项目经费情况说明|财政项目支出绩效目标..表)(\d?)", text).group() for text in starts]
    assert heads == [
        "项目经费情况说明1",
        "财政项目支出绩效目标申报表1",
        "项目经费情况说明2",
        "财政项目支出绩效目标填报表2",
    ]
    assert [text[-3:] for text in found] == [f"-{n + 1}-" for n in range(len(found))]


def test_a_form_alone_carries_neither_number_nor_page_number():
    one = printed(declaration())
    assert one.pages == 1
    assert pages_of(one)[0].startswith("财政项目支出绩效目标申报表（2025年度）")
    assert not pages_of(one)[0].endswith("-1-")


def test_an_edition_without_numbers_has_none_in_a_set():
    found = pages_of(printed(declaration(SHANGHAI), declaration(SHANGHAI)))
    assert all(text.startswith("财政项目支出绩效目标申报表(2025年度)") for text in found)


def test_forms_only():
    found = printed(PROJECT, forms_only=True)
    assert found.pages == 1
    assert {place.path.split(".")[0] for place in found.places} == {"declaration"}


@pytest.mark.parametrize(
    ("style", "first", "second"),
    [("dash", "-1-", "-2-"), ("of", "1/2", "2/2"), ("official", "—1—", "—2—"), ("none", "", "")],
)
def test_styles_of_page_numbers(style: str, first: str, second: str):
    one = printed(PROJECT, numbers=style)
    texts = pages_of(one)
    assert one.pages == 2
    assert texts[0].endswith(first)
    assert texts[1].endswith(second)
    if style == "none":
        assert not re.search(r"\d\W?$", texts[0])


def test_official_numbers_stand_outside():
    def last(page: pypdf.PageObject) -> float:
        found: list[float] = []
        page.extract_text(
            visitor_text=lambda text, _cm, tm, _font, _size: found.append(tm[4]) if text.strip() else None
        )
        return found[-1]

    reader = pypdf.PdfReader(BytesIO(printed(PROJECT, numbers="official").pdf))
    assert last(reader.pages[0]) > 400
    assert last(reader.pages[1]) < 120


def test_the_foot_carries_the_check_code_and_counts_the_pages():
    found = pages_of(printed(PROJECT, footer=True))
    for number, text in enumerate(found, 1):
        assert text.endswith(f"-{number}-校验码{check_code(PROJECT)}第{number}页/共2页")
    assert pages_of(printed(declaration(), footer=True))[0].endswith("第1页/共1页")
    assert "校验码" not in "".join(pages_of(printed(PROJECT)))


def test_each_project_has_its_code_and_a_booklet_its_own():
    several = pages_of(print_package(package(PROJECT, declaration(FILLED)), EDITIONS, PrintOptions(footer=True)))
    codes = [check_code(PROJECT), check_code(package(declaration(FILLED)).projects[0])]
    assert [text[-len("校验码0000-0000-0000第1页/共1页") :] for text in several] == [
        f"校验码{codes[0]}第1页/共2页",
        f"校验码{codes[0]}第2页/共2页",
        f"校验码{codes[1]}第1页/共1页",
    ]
    found = pages_of(bound(footer=True))
    assert all(text.endswith(f"校验码{booklet_code(SET)}第{n}页/共{len(found)}页") for n, text in enumerate(found, 1))


@pytest.mark.parametrize("numbers", ["dash", "of", "official", "none"])
def test_the_foot_is_small_and_grey_and_stands_clear_of_the_number(numbers: str):
    with pdfplumber.open(BytesIO(printed(PROJECT, footer=True, numbers=numbers).pdf)) as pdf:
        for page in pdf.pages:
            words = page.extract_words(keep_blank_chars=True, extra_attrs=["size", "non_stroking_color"])
            code = next(word for word in words if word["text"].startswith("校验码"))
            assert code["size"] == 8
            assert code["non_stroking_color"] == (0.45,)
            assert 10 * MM < page.height - code["bottom"] < 13 * MM
            assert 20 * MM - 1 < code["x0"] < code["x1"] < page.width - 20 * MM + 1
            for word in words:
                if word is not code and abs(word["bottom"] - code["bottom"]) < 10:
                    assert word["x1"] < code["x0"] - 20 or word["x0"] > code["x1"] + 20


def test_bookmarks_lead_to_projects_narratives_and_forms():
    reader = pypdf.PdfReader(BytesIO(bound().pdf))
    front, first, inside, second, _ = reader.outline
    assert front["/Title"] == "某某单位2025年申报表"
    assert (first["/Title"], second["/Title"]) == ("1 测试项目", "2 测试项目")
    assert [mark["/Title"] for mark in inside] == ["项目经费情况说明", "财政项目支出绩效目标申报表"]
    assert [reader.get_destination_page_number(mark) for mark in (first, *inside)] == [1, 1, 2]
    assert pypdf.PdfReader(BytesIO(printed(declaration()).pdf)).outline == []


def test_what_a_booklet_lacks_is_made_after_the_pattern():
    found = pages_of(bound(SET._replace(booklet=None)))
    assert found[0].startswith("某某中心2025年财政支出项目绩效目标申报表绩效目标设置情况按照本市")
    assert pages_of(bound(package(evaluation(), evaluation())))[0].startswith("财政项目支出绩效自评表")
    alone = Package(SET.projects, Booklet("", "说明。"))
    assert pages_of(bound(alone))[0].startswith("绩效目标设置情况说明。")
    assert pages_of(bound(Package(SET.projects, Booklet("题名", ""))))[0] == "题名-1-"
    blank = Package((Project(),), Booklet("", ""))
    assert bound(blank).pages == 0
    assert bound(package()).pages == 0


def test_what_a_file_says_of_itself():
    meta = pypdf.PdfReader(BytesIO(bound().pdf)).metadata
    assert (meta.title, meta.author) == ("某某单位2025年申报表", "某某中心")
    assert pypdf.PdfReader(BytesIO(printed(declaration()).pdf)).metadata.title == "测试项目 财政项目支出绩效目标申报表"
    only = printed(Project(Narrative((Section("一、项目概述", "说明。"),))))
    assert pypdf.PdfReader(BytesIO(only.pdf)).metadata.title == "项目经费情况说明"


def test_the_same_data_give_the_same_bytes_in_another_process_too():
    script = (
        "import sys, hashlib; from tests.forms.printing.test_booklet import *; "
        "print(hashlib.sha256(bound(draft=True).pdf).hexdigest())"
    )
    call = [sys.executable, "-c", script]
    root = Path(__file__).parents[3]
    here, there = (subprocess.run(call, cwd=root, capture_output=True, text=True, check=True).stdout for _ in range(2))
    assert here == there
    assert bound().pdf == bound().pdf


def test_places_cover_every_value_and_lie_on_their_pages():
    one = bound(SET._replace(projects=(*SET.projects, Project(evaluation=evaluation()))))
    paths = {(place.project, place.path) for place in one.places}
    assert (-1, "booklet.statement") in paths
    assert (0, "narrative.sections[0].text") in paths
    assert (1, "declaration.fields.项目类别") in paths
    assert {(2, f"evaluation.funds[0].{key}") for key in ("全年执行数", "得分")} <= paths
    assert {(2, f"evaluation.indicators[{n}].target") for n in range(7)} <= paths
    for place in one.places:
        assert 0 <= place.page < one.pages
        assert 0 < place.x < place.x + place.width < 596
        assert 0 < place.y < place.y + place.height < 842


def test_a_place_is_where_the_text_is():
    one = printed(declaration(fields={"主管部门": "某某主管部门名称"}))
    place = next(place for place in one.places if place.path == "declaration.fields.主管部门")
    document = pypdfium2.PdfDocument(one.pdf)
    page = document[0]
    box = (place.x, 841.89 - place.y - place.height, place.x + place.width, 841.89 - place.y)
    assert page.get_textpage().get_text_bounded(*box).strip() == "某某主管部门名称"
    document.close()


def test_blank_lines_in_a_goal_stay():
    tight, loose = (printed(declaration(annual_goal=f"甲{gap}乙")) for gap in ("\n", "\n\n\n"))
    heights = [next(p.height for p in one.places if p.path == "declaration.annual_goal") for one in (tight, loose)]
    assert heights[1] > heights[0] + 20


def test_a_text_that_runs_on_has_a_place_on_each_page():
    one = printed(Project(narrative(3000), declaration(annual_goal=prose(4000))))
    for path in ("narrative.sections[0].text", "declaration.annual_goal"):
        found = [place.page for place in one.places if place.path == path]
        assert len(found) > 1
        assert found == list(range(found[0], found[0] + len(found)))


def test_progress_and_calling_off():
    seen: list[tuple[int, int]] = []

    def note(done: int, total: int) -> bool:
        seen.append((done, total))
        return done < 2

    four = package(*[declaration()] * 4)
    with pytest.raises(PrintCancelled):
        print_package(four, EDITIONS, PrintOptions(), note)
    assert seen == [(1, 4), (2, 4)]
    assert print_package(four, EDITIONS, None, lambda _done, _total: True).pages == 4
    with pytest.raises(KeyError):
        printed(declaration()._replace(edition="none"))


def test_a_draft_is_marked_below_the_text_and_reads_the_same():
    plain, draft = printed(declaration()), printed(declaration(), draft=True)
    assert pages_of(plain) == pages_of(draft)

    def ink(one: Printed) -> tuple[int, int]:
        document = pypdfium2.PdfDocument(one.pdf)
        histogram = document[0].render(scale=1).to_pil().convert("L").histogram()
        document.close()
        return sum(histogram[:100]), sum(histogram[225:240])

    (black, pale), (draft_black, draft_pale) = ink(plain), ink(draft)
    assert draft_pale > pale + 5000
    assert draft_black >= black


def test_the_sign_off_line_stands_below_the_form():
    text = pages_of(printed(declaration(), sign_off=True))[0]
    assert text.endswith("填报人：联系电话：财务负责人：单位负责人：（单位盖章）填报日期：年月日")


def test_evaluations_may_lie_across():
    one = printed(Project(declaration=declaration(), evaluation=evaluation()), landscape_evaluation=True)
    upright, across = (page.mediabox for page in pypdf.PdfReader(BytesIO(one.pdf)).pages)
    assert upright.width < upright.height
    assert across.width > across.height


def test_type_is_as_large_as_the_pages_allow():
    def sizes(one: Printed) -> set[str]:
        content = pypdf.PdfReader(BytesIO(one.pdf)).pages[0].get_contents().get_data().decode("latin-1")
        return set(re.findall(r"/F\d+ ([\d.]+) Tf", content)) - {"18", "12"}

    assert sizes(printed(declaration(indicators=rows(3)))) == {"10.5"}
    assert sizes(printed(declaration(indicators=rows(26, 25)))) < {"10", "9.5", "9", "8.5", "8"}
    assert sizes(printed(evaluation(amount="9" * 20))) == {"8.5"}
    words = {"target": "W" * 14, "actual": "W" * 14, "reason": "W" * 14}
    assert sizes(printed(evaluation(indicators=rows(3, **words)))) == {"10.5"}
    forms = [printed(declaration(indicators=rows(n, 30))) for n in range(18, 34)]
    assert {"8.5"} in [sizes(one) for one in forms] or {"8"} in [sizes(one) for one in forms]


def test_official_numbers_stand_seven_millimetres_below_the_text():
    with pdfplumber.open(BytesIO(printed(PROJECT, numbers="official").pdf)) as pdf:
        for page, foot in zip(pdf.pages, (35, 20), strict=True):
            dash = next(char for char in reversed(page.chars) if char["text"] == "—")
            assert dash["matrix"][5] + 0.38 * 14 == pytest.approx((foot - 7) * MM, abs=0.1)


def test_the_check_code_is_printed_as_bars_too():
    found, plain = printed(PROJECT, footer=True, barcode=True), printed(PROJECT, footer=True)
    with pdfplumber.open(BytesIO(found.pdf)) as pdf:
        sheets = [(page.height, [one for one in page.rects if one["fill"]]) for page in pdf.pages]
    for height, bars in sheets:
        assert read_bars(bars) == check_code(PROJECT).replace("-", "")
        assert all(height - one["bottom"] > 14 for one in bars)  # where printers still print
    assert pages_of(found) == pages_of(plain)
    assert printed(PROJECT, barcode=True).pdf == printed(PROJECT).pdf


def read_bars(bars: list[dict[str, float]]) -> str:
    """Read Code 128 back from its bars: widths of bars and gaps in turn, six a character, as its standard has them."""
    from reportlab.graphics.barcode.code128 import _patterns

    values = {widths: value for value, widths in _patterns.items()}
    edges = sorted((one["x0"], one["x1"]) for one in bars)
    module = min(b - a for a, b in edges)
    runs = [b - a for a, b in edges]
    gaps = [b[0] - a[1] for a, b in pairwise(edges)]
    widths = [round(one / module) for pair in zip_longest(runs, gaps) for one in pair if one is not None]
    letters = "".join(chr(ord("A" if n % 2 == 0 else "a") + width - 1) for n, width in enumerate(widths))
    found = [values[letters[n : n + 6]] for n in range(0, len(letters) - 7, 6)]
    start, *data, check = found
    assert check == (start + sum(n * one for n, one in enumerate(data, 1))) % 103
    text, digits = "", start == 105
    for one in data:
        if one in (99, 100):
            digits = one == 99
        else:
            text += f"{one:02d}" if digits else chr(one + 32)
    return text
