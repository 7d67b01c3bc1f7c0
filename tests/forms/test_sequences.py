"""What two states of a sequence have in common."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from forms.sequences import common_ends, differences, equal_ends, longest_rising


class Item:
    """Equal to every other item: only the object counts."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Item)

    def __hash__(self) -> int:
        return 0


ITEMS = [Item() for _ in range(12)]
sequences = st.lists(st.sampled_from(ITEMS), max_size=10)


def test_the_ends_do_not_overlap() -> None:
    a, b = ITEMS[:2]
    assert common_ends([a, b], [a, b]) == (2, 0)
    assert common_ends([a, a], [a, a, a]) == (2, 0)
    assert common_ends([a, b], [b]) == (0, 1)
    assert common_ends([], [a]) == (0, 0)


def test_the_very_same_is_more_than_equal() -> None:
    a, b = ITEMS[:2]
    assert common_ends([a, a, b], [a, b, b]) == (1, 1)
    assert equal_ends([a, a, b], [a, b, b]) == (3, 0)
    assert equal_ends([1, 2, 3], [1, 3]) == (1, 1)


@given(st.lists(st.integers(0, 2), max_size=8), st.lists(st.integers(0, 2), max_size=8))
def test_equal_ends_are_as_long_as_can_be(old: list[int], new: list[int]) -> None:
    head, tail = equal_ends(old, new)
    assert old[:head] == new[:head]
    assert old[len(old) - tail :] == new[len(new) - tail :]
    left, right = old[head : len(old) - tail], new[head : len(new) - tail]
    assert not (left and right) or (left[0] != right[0] and left[-1] != right[-1])


@given(sequences, sequences, st.integers(1, 4))
def test_the_differences_make_one_of_the_other(old: list[Item], new: list[Item], most: int) -> None:
    made = list(old)
    stretches = differences(old, new, most=most)
    for a, b, c, d in reversed(stretches):
        made[a:b] = new[c:d]
    assert [id(one) for one in made] == [id(one) for one in new]
    assert len(stretches) <= most
    assert all(a < b or c < d for a, b, c, d in stretches)


def test_what_moved_far_is_taken_out_and_put_in() -> None:
    assert differences(ITEMS, [*ITEMS[1:], ITEMS[0]], most=4) == [(0, 1, 0, 0), (12, 12, 11, 12)]
    assert differences(ITEMS, [*ITEMS[1:], ITEMS[0]], most=1) == [(0, 12, 0, 12)]


@given(st.permutations(range(8)))
def test_a_longest_rising_selection(numbers: list[int]) -> None:
    kept = longest_rising(numbers)
    picked = [number for number in numbers if number in kept]
    assert picked == sorted(picked)
    best = [1] * len(numbers)
    for at, number in enumerate(numbers):
        best[at] = 1 + max((best[k] for k in range(at) if numbers[k] < number), default=0)
    assert len(picked) == max(best)


def test_nothing_rises_from_nothing() -> None:
    assert longest_rising([]) == set()
