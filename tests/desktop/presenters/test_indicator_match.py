"""Which row was which."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.presenters.indicator_match import match_rows
from forms.documents import Indicator

A, B, C, D = (Indicator("产出指标", "数量指标", name, "1") for name in "abcd")


def copies(*rows: Indicator) -> tuple[Indicator, ...]:
    """Equal rows that are other objects, as a journal read back gives them."""
    return tuple(row._replace() for row in rows)


def test_rows_that_stay_come_and_go() -> None:
    assert match_rows((A, B, C), (A, C)) == [0, 2]
    assert match_rows((A, C), (A, B, C)) == [0, None, 1]
    assert match_rows((A, B, C), copies(C, A, B)) == [2, 0, 1]


def test_a_changed_row_is_the_row_it_was() -> None:
    assert match_rows((A, B, C), (A, B._replace(target="2"), C)) == [0, 1, 2]
    assert match_rows((A, B, C), (B._replace(target="2"), A, C)) == [1, 0, 2], "moved and changed: known by its name"
    assert match_rows((A, B, C), (A, B._replace(l2="质量指标"), C)) == [0, 1, 2]
    assert match_rows((A, B), (A._replace(l3="x"), B._replace(l3="y"))) == [0, 1]


def test_rows_without_a_name_are_not_taken_for_one_another() -> None:
    blank = Indicator("产出指标", "数量指标")
    assert match_rows((blank, A), (A, blank._replace(target="3"), B)) == [1, None, None]


def test_of_equal_rows_the_same_object_is_meant() -> None:
    other = A._replace()
    assert match_rows((A,), (other, A)) == [None, 0]


rows = st.lists(
    st.sampled_from([A, B, C, D, *copies(A, B, C, D), A._replace(target="2"), Indicator("", "")]), max_size=8
)


@given(rows, rows)
def test_no_old_row_is_named_twice(old: list[Indicator], new: list[Indicator]) -> None:
    found = [was for was in match_rows(tuple(old), tuple(new)) if was is not None]
    assert len(found) == len(set(found))
    assert all(0 <= was < len(old) for was in found)
    assert match_rows(tuple(old), tuple(old)) == list(range(len(old)))
