"""The digest of what is painted on a page: equal where a page looks the same, whatever stands on other pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.documents import Project
from forms.printing import Printed
from forms.printing.fonts import shipped
from forms.printing.linebreak import Text, prepared
from tests.forms.printing.samples import FILLED, declaration, narrative, printed, rows

PROJECT = Project(narrative(300), declaration(indicators=rows(40)))


def with_goal(goal: str) -> Printed:
    form = PROJECT.declaration
    assert form is not None
    return printed(PROJECT._replace(declaration=form._replace(annual_goal=goal)))


def test_the_same_project_looks_the_same():
    one, other = printed(PROJECT), printed(PROJECT)
    assert one.looks == other.looks
    assert len(one.looks) == one.pages == len(set(one.looks)) > 2


def test_only_the_page_that_changed_looks_another_way():
    # The new characters take numbers in the fonts that belonged to characters of later pages.
    one, other = with_goal("完成全部任务。"), with_goal("龘靐齉齾麤麤。")
    page = next(place.page for place in one.places if place.path == "declaration.annual_goal")
    changed = [n for n, (a, b) in enumerate(zip(one.looks, other.looks, strict=True)) if a != b]
    assert changed == [page]


def test_characters_of_equal_numbers_look_different():
    form = declaration()
    one, other = (printed(form._replace(overall_goal=goal)) for goal in ("㐀㐁", "㐂㐃"))
    assert one.looks != other.looks


def test_who_only_prints_gets_the_same_file_without_looks():
    plain = printed(PROJECT, looks=False)
    assert plain.looks == ()
    assert plain.pdf == printed(PROJECT).pdf


@pytest.mark.parametrize(
    "options", [{"draft": True}, {"sign_off": True}, {"footer": True}, {"landscape_evaluation": True}], ids=str
)
def test_options_show(options: dict[str, bool]):
    from tests.forms.printing.samples import evaluation

    project = Project(evaluation=evaluation())
    assert printed(project, **options).looks != printed(project).looks


def test_forms_of_different_size_or_rules_differ():
    assert printed(declaration()).looks != printed(declaration(FILLED)).looks


@given(st.text("汉字，。（）abc 12%—…\n", max_size=60), st.lists(st.floats(1, 40), min_size=1, max_size=60))
def test_a_text_that_is_kept_breaks_as_a_new_one(text: str, widths: list[float]):
    measure = shipped().measure("table")
    kept = prepared(text, measure)
    assert prepared(text, measure) is kept
    for width in (*widths, *widths):
        for balanced in (False, True):
            lines, fresh = (one.lines(width, balanced=balanced) for one in (kept, Text(text, measure)))
            assert [(a.start, a.end, a.last) for a in lines] == [(b.start, b.end, b.last) for b in fresh]


def test_a_very_long_text_is_not_kept():
    text, measure = "长" * 5000, shipped().measure("table")
    assert prepared(text, measure) is not prepared(text, measure)
