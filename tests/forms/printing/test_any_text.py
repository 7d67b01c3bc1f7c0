"""Whatever characters a form holds: each is drawn once, in its order, inside its cell, and printing ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from forms.documents import Indicator, Narrative, Section
from forms.printing import narrative, sheets
from forms.printing.draw import Sheet
from forms.printing.embed import Typesetter
from forms.printing.fonts import shipped
from tests.forms.printing.samples import EDITIONS, EVALUATED, SHANGHAI, declaration, evaluation
from tests.forms.printing.test_linebreak import TEXTS

_RUN = re.compile(r"/(F\d+) ([\d.]+) Tf 1 0 0 1 (-?[\d.]+) ([\d.]+) Tm (\[[^\]]*\]) TJ")
_PART = re.compile(r"<([0-9A-F]*)>|(-?[\d.e+-]+)")
ANY = st.one_of(TEXTS, st.text(st.characters(), max_size=40), TEXTS.map(lambda text: text * 6))


class Drawn(NamedTuple):
    """A run of characters on a page: where it begins and ends, its baseline from the top, its size."""

    text: str
    x0: float
    x1: float
    y: float
    size: float


def drawn(sheet: Sheet) -> Iterator[Drawn]:
    """What the operators of a page draw, read back."""
    fonts = {subset.name: subset for subset in sheet.typesetter._subsets.values()}
    for name, size, x, y, parts in _RUN.findall(sheet.code):
        chars, widths = [char for char, _ in fonts[name]._codes], fonts[name]._widths
        text, width = "", 0.0
        for codes, move in _PART.findall(parts):
            numbers = [int(codes[n : n + 4], 16) - 1 for n in range(0, len(codes), 4)]
            text += "".join(chars[n] for n in numbers)
            width += sum(widths[n] for n in numbers) - (float(move) if move else 0.0)
        # A mark at the end of a line may hang out of it with the half that is blank.
        yield Drawn(text, float(x), float(x) + width / 1000 * float(size), sheet.height - float(y), float(size))


def solid(text: str) -> str:
    return "".join(text.split())


def check_places(found: list[Sheet]) -> None:
    """Every run on the pages lies in the cell that it begins in."""
    for sheet in found:
        for run in drawn(sheet):
            for spot in sheet.places:
                middle = (run.x0 + min(run.x1, run.x0 + run.size)) / 2
                inside = (
                    spot.x <= middle <= spot.x + spot.width and spot.y < run.y - run.size / 3 < spot.y + spot.height
                )
                if inside and len(run.text.strip()) > 1:
                    assert run.x0 > spot.x - run.size / 2, run
                    assert run.x1 < spot.x + spot.width + run.size / 2, run


@settings(max_examples=60)
@given(st.tuples(*[ANY] * 5), st.sampled_from([SHANGHAI, EVALUATED]))
def test_any_texts_in_a_form(texts: tuple[str, ...], edition: str):
    name, goal, first, second, third = texts
    rows = (
        Indicator("产出指标", "数量指标", first, second, third, reason=goal),
        Indicator("效益指标", name, "名称", "完成"),
    )
    fields = {"项目名称": name}
    changes: dict[str, Any] = {"fields": fields, "indicators": rows}
    if edition == SHANGHAI:
        form: Any = declaration(edition, annual_goal=goal, overall_goal=third, **changes)
        wanted = [name, goal, third, first, second]
    else:
        form = evaluation(edition, expected=goal, actual=third, **changes)
        wanted = [name, goal, third, first, second, third, goal]
    found = sheets.typeset(form, EDITIONS[edition], Typesetter(shipped()))
    whole = solid("".join(run.text for sheet in found for run in drawn(sheet)))
    if len(found) == 1:
        for text in wanted:
            assert solid(text) in whole
    else:  # cells run on side by side, and labels are printed again
        assert not Counter(solid("".join(wanted))) - Counter(whole)
    check_places(found)


@settings(max_examples=60)
@given(st.lists(ANY, min_size=1, max_size=3))
def test_any_texts_in_a_narrative(texts: list[str]):
    sections = tuple(Section(f"{n}、标题", text) for n, text in enumerate(texts))
    found = narrative.typeset(Narrative(sections), Typesetter(shipped()), 7)
    whole = solid("".join(run.text for sheet in found for run in drawn(sheet)))
    assert whole == solid(narrative.HEADING + "7" + "".join(one.title + one.text for one in sections))
    for sheet in found:
        for run in drawn(sheet):
            assert len(run.text) == 1 or run.x1 < sheet.width - sheet.margins.right + run.size / 2
