"""Points given in the window: always the whole total, locked rows left alone, one edit a step."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from desktop.presenters.weighing import by_preset, evenly, in_proportion, sentence
from forms.documents import Evaluation, Indicator, Project
from forms.edits import Edit
from forms.known_editions import Editions
from forms.scoring import funds_row, read_score
from forms.weights import left_over

EDITION = Editions()["sh-evaluation-2025"]
LEVELS = [(one.name, two.name) for one in EDITION.taxonomy for two in one.l2]
COUNT = ("产出指标", "数量指标")


def evaluation(*points: str, execution: str = "10") -> Evaluation:
    rows = tuple(Indicator(*COUNT, f"a{at}", points=one) for at, one in enumerate(points))
    funds = ({"row": "年度资金总额", "分值": execution},)
    return Evaluation(EDITION.id, 2025, funds=funds, indicators=rows)


def applied(edit: Edit, form: Evaluation) -> Evaluation:
    after = edit.apply(Project(evaluation=form))
    assert edit.inverse().apply(after) == Project(evaluation=form)
    assert after.evaluation is not None
    return after.evaluation


def points_of(form: Evaluation) -> list[str]:
    return [row.points for row in form.indicators]


def test_the_sentence_tells_what_is_left_also_while_typing() -> None:
    form = evaluation("40", "", "x")
    assert sentence(form) == "分值：已分 50 分（含预算执行率 10 分），还可分 50 分"
    assert sentence(form, (1, "５0")) == "分值：合计 100 分（含预算执行率 10 分）"
    assert "多出 10 分" in sentence(form, (1, "60"))


def test_evenly_over_all_or_over_the_rows_chosen() -> None:
    form = evaluation("40", "", "5", "7")
    assert points_of(applied(evenly(form, EDITION, [0], []), form)) == ["23", "23", "22", "22"]
    assert points_of(applied(evenly(form, EDITION, [1, 2], []), form)) == ["40", "22", "21", "7"]
    edit = evenly(form, EDITION, [], [0])
    assert points_of(applied(edit, form)) == ["40", "17", "17", "16"]
    assert edit.name == "平均分配分值"


def test_in_proportion() -> None:
    form = evaluation("10", "20", "15")
    assert points_of(applied(in_proportion(form, EDITION, []), form)) == ["20", "40", "30"]
    assert points_of(applied(in_proportion(form, EDITION, [0]), form)) == ["10", "46", "34"]


def test_a_preset_of_the_edition_with_its_points_of_the_execution_rate() -> None:
    form = evaluation("", "", execution="20")
    preset = next(one for one in EDITION.weights if "成本指标" not in one.points)
    after = applied(by_preset(form, EDITION, preset, []), form)
    assert funds_row(after)["分值"] == "10"
    assert points_of(after) == ["45", "45"]
    assert left_over(after) == 0
    without_funds = Evaluation(EDITION.id, 2025, indicators=form.indicators)
    assert points_of(applied(by_preset(without_funds, EDITION, preset, [0]), without_funds)) == ["", "90"]


def test_a_score_that_follows_the_formula_goes_along() -> None:
    row = Indicator(*COUNT, "a", "≥10(家)", "10家", points="10", score="10")
    form = Evaluation(EDITION.id, 2025, indicators=(row,))
    after = applied(in_proportion(form, EDITION, []), form)
    assert (after.indicators[0].points, after.indicators[0].score) == ("100", "100")


cells = st.sampled_from(["", "0", "5", "10", "12.5", "x", "33"])


@given(
    st.lists(st.tuples(st.sampled_from(LEVELS), cells), min_size=1, max_size=9), st.sets(st.integers(0, 8)), st.data()
)
def test_nothing_is_left_over_and_locked_rows_stay(
    drawn: list[tuple[tuple[str, str], str]], locked: set[int], data: st.DataObject
) -> None:
    rows = tuple(Indicator(*levels, f"a{at}", points=points) for at, (levels, points) in enumerate(drawn))
    form = Evaluation(EDITION.id, 2025, funds=({"row": "年度资金总额", "分值": "10"},), indicators=rows)
    held = {at for at in locked if at < len(rows)}
    kept = sum((read_score(rows[at].points) or Decimal(0) for at in held), Decimal(0))
    edit = data.draw(
        st.sampled_from(
            [
                evenly(form, EDITION, range(len(rows)), held),
                in_proportion(form, EDITION, held),
                *(by_preset(form, EDITION, one, held) for one in EDITION.weights),
            ]
        )
    )
    after = applied(edit, form)
    assert all(after.indicators[at].points == rows[at].points for at in held)
    if kept <= 90 and len(held) < len(rows):
        assert left_over(after) == 0
