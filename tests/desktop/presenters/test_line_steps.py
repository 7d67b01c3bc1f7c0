"""From one list of lines to another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.presenters.line_steps import MOST_STEPS, Came, Gone, Moved, line_steps

LINES = st.lists(st.integers(-30, 30), unique=True, max_size=40)


@given(LINES, LINES)
def test_the_steps_lead_from_one_list_to_the_other(now: list[int], wanted: list[int]) -> None:
    lines = list(now)
    for step in line_steps(now, wanted) or []:
        step.apply(lines)
    assert lines == wanted


@given(LINES, st.randoms())
def test_what_stays_is_never_taken_out(now: list[int], chance: object) -> None:
    wanted = list(now)
    chance.shuffle(wanted)  # type: ignore[attr-defined]  # hypothesis gives a Random
    assert all(isinstance(step, Moved) for step in line_steps(now, wanted) or [])


def test_neighbours_go_come_and_move_together() -> None:
    assert line_steps([1, 2, 3, 4, 5], [1, 5]) == [Gone(1, 3)]
    assert line_steps([1, 5], [1, 2, 3, 4, 5]) == [Came(1, (2, 3, 4))]
    assert line_steps([1, 2, 3, 4, 5], [3, 4, 5, 1, 2]) == [Moved(0, 1, 5)]


def test_too_much_change_is_another_list() -> None:
    now = list(range(1, 4 * MOST_STEPS))
    assert line_steps(now, now[::2]) is None
    assert line_steps(now, []) == [Gone(0, len(now) - 1)]
