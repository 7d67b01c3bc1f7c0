"""The rows as a tree, and operations that neither lose nor double a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.documents import Declaration, Indicator, Project
from forms.edits import Edit, StaleEditError
from forms.indicators import (
    CellKey,
    Levels,
    assign,
    branches,
    change_cell,
    change_rows,
    delete,
    duplicate,
    insert,
    insert_after,
    insert_under,
    is_sorted,
    move,
    place_for,
    put_at,
    put_copies,
    put_rows,
    sort_rows,
    split_target,
)
from forms.known_editions import Editions

EDITION = Editions()["sh-songjiang-declaration-2025"]
LEVELS = [(one.name, two.name) for one in EDITION.taxonomy for two in one.l2]
COST = ("成本指标", "经济成本指标")
COUNT, QUALITY, TIME = (("产出指标", name) for name in ("数量指标", "质量指标", "时效指标"))
SOCIAL = ("效益指标", "社会效益指标")


def rows_of(*levels: tuple[str, str]) -> tuple[Indicator, ...]:
    """Rows named a, b, c … of the given levels."""
    return tuple(Indicator(l1, l2, chr(ord("a") + at)) for at, (l1, l2) in enumerate(levels))


def project(rows: tuple[Indicator, ...]) -> Project:
    return Project(declaration=Declaration(EDITION.id, 2025, indicators=rows))


def done(edit: Edit, rows: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
    """The rows after an edit, which must be taken back exactly by its inverse."""
    before = project(rows)
    after = edit.apply(before)
    assert edit.inverse().apply(after) == before
    assert edit.is_empty == (after == before)
    assert after.declaration is not None
    return after.declaration.indicators


def spelled(rows: tuple[Indicator, ...]) -> str:
    """``数ab 质c``: the second levels as they would be printed, with the names of their rows."""
    return " ".join(
        twig.name[0] + "".join(row.l3 for row in rows[twig.start : twig.stop])
        for branch in branches(rows)
        for twig in branch.twigs
    )


class TestTree:
    def test_neighbours_of_equal_levels_are_merged_as_on_paper(self) -> None:
        rows = rows_of(COST, COUNT, COUNT, TIME, COUNT, SOCIAL)
        assert [(b.name, b.start, b.stop, [t.name for t in b.twigs]) for b in branches(rows)] == [
            ("成本指标", 0, 1, ["经济成本指标"]),
            ("产出指标", 1, 5, ["数量指标", "时效指标", "数量指标"]),
            ("效益指标", 5, 6, ["社会效益指标"]),
        ]

    def test_no_rows_no_tree(self) -> None:
        assert branches(()) == ()

    def test_equal_level2_under_another_level1_is_not_merged(self) -> None:
        assert len(branches(rows_of(("成本指标", "成本指标"), ("产出指标", "成本指标")))) == 2


class TestPlace:
    @pytest.mark.parametrize(
        ("rows", "levels", "place"),
        [
            ((), COUNT, 0),
            ((COUNT, COUNT, TIME), COUNT, 2),
            ((COUNT, TIME, COUNT, SOCIAL), COUNT, 3),  # torn apart: behind the last one
            ((COUNT, TIME), QUALITY, 1),
            ((QUALITY, TIME), COUNT, 0),
            ((COST, COUNT), TIME, 2),
            ((COST, SOCIAL), COUNT, 1),
            ((SOCIAL,), COST, 0),
            ((COST, COUNT, SOCIAL), ("产出指标", "其他指标"), 2),
            ((COST, COUNT), ("其他指标", "其他指标"), 2),
            ((("其他指标", "甲"), SOCIAL), ("其他指标", "乙"), 1),
        ],
    )
    def test_where_a_new_row_belongs(self, rows: Sequence[Levels], levels: Levels, place: int) -> None:
        assert place_for(rows_of(*rows), EDITION, levels) == place


class TestOperations:
    def test_all_rows_are_put_in_place_of_others(self) -> None:
        rows = (Indicator(*COUNT, "a"), Indicator(*COUNT, "b"))
        edit = put_rows("declaration", "粘贴", rows, (rows[0], Indicator(*COUNT, "c")))
        assert edit.name == "粘贴"
        project = Project(declaration=Declaration(EDITION.id, 2025, indicators=rows))
        changed = edit.apply(project)
        assert changed.declaration is not None
        assert [row.l3 for row in changed.declaration.indicators] == ["a", "c"]
        assert edit.inverse().apply(changed) == project

    ROWS = rows_of(COST, COUNT, COUNT, QUALITY, SOCIAL)

    def test_insert_under_an_absent_level(self) -> None:
        edit = insert_under("declaration", self.ROWS, EDITION, TIME, [Indicator("", "", "x"), Indicator("", "", "y")])
        assert edit.name == "增加 2 条指标"
        assert spelled(done(edit, self.ROWS)) == "经a 数bc 质d 时xy 社e"

    def test_insert_a_blank_row_by_default(self) -> None:
        new = done(insert_under("declaration", self.ROWS, EDITION, COUNT), self.ROWS)
        assert new[3] == Indicator(*COUNT)

    def test_insert_after_a_row(self) -> None:
        edit = insert_after("declaration", self.ROWS, 1)
        assert edit.name == "增加 1 条指标"
        assert done(edit, self.ROWS)[2] == Indicator(*COUNT)

    def test_insert_given_rows(self) -> None:
        edit = insert("declaration", self.ROWS, 5, rows_of(TIME))
        assert edit.name == "增加指标“a”"
        assert len(done(edit, self.ROWS)) == 6

    def test_delete(self) -> None:
        edit = delete("declaration", self.ROWS, {0, 3, 4})
        assert edit.name == "删除 3 条指标"
        assert spelled(done(edit, self.ROWS)) == "数bc"

    def test_a_long_name_is_cut_in_the_name_of_the_edit(self) -> None:
        rows = (Indicator(*COUNT, "很长的名称" * 10),)
        assert delete("declaration", rows, [0]).name == f"删除指标“{'很长的名称' * 4}…”"

    def test_duplicate_keeps_second_levels_together(self) -> None:
        edit = duplicate("declaration", self.ROWS, [1, 2, 3])
        assert edit.name == "复制 3 条指标"
        assert spelled(done(edit, self.ROWS)) == "经a 数bcbc 质dd 社e"

    def test_duplicate_apart_and_at_the_end(self) -> None:
        assert spelled(done(duplicate("declaration", self.ROWS, [1, 4]), self.ROWS)) == "经a 数bbc 质d 社ee"

    def test_a_copy_leaves_unknown_keys_behind(self) -> None:
        rows = (Indicator(*COUNT, "a", extra={"id": "7"}),)
        assert [row.extra for row in done(duplicate("declaration", rows, [0]), rows)] == [{"id": "7"}, {}]

    @pytest.mark.parametrize(
        ("chosen", "step", "result"),
        [
            ([2], -1, "经a 数cb 质d 社e"),
            ([1], 1, "经a 数cb 质d 社e"),
            ([1], -1, "经ab 数c 质d 社e"),  # over the top of its second level
            ([3], 1, "经a 数bc 社de"),
            ([1, 2], 1, "经a 质bcd 社e"),
            ([1, 2], -1, "经abc 质d 社e"),
            ([0], -1, "经a 数bc 质d 社e"),
            ([0, 1], -1, "经a 数bc 质d 社e"),
            ([3, 4], 1, "经a 数bc 质d 社e"),
            ([0, 2], -1, "经a 数cb 质d 社e"),
        ],
    )
    def test_move(self, chosen: list[int], step: Literal[-1, 1], result: str) -> None:
        assert spelled(done(move("declaration", self.ROWS, chosen, step), self.ROWS)) == result

    def test_moves_are_named(self) -> None:
        assert move("declaration", self.ROWS, [1], -1).name == "上移指标“b”"
        assert move("declaration", self.ROWS, [1, 2], 1).name == "下移 2 条指标"

    def test_assign_keeps_the_order_and_leaves_those_already_there(self) -> None:
        edit = assign("declaration", self.ROWS, EDITION, [0, 1, 3], QUALITY)
        assert edit.name == "移动 3 条指标"
        assert spelled(done(edit, self.ROWS)) == "数c 质dab 社e"
        assert assign("declaration", self.ROWS, EDITION, [3], QUALITY).is_empty

    @pytest.mark.parametrize(("key", "label"), [("l3", "名称"), ("target", "指标值"), ("reason", "偏差原因")])
    def test_change_a_cell_to_the_character(self, key: CellKey, label: str) -> None:
        edit = change_cell("declaration", self.ROWS, 1, key, " ≥ 8５％\n")
        assert edit.name == f"修改指标“b”的{label}"
        assert getattr(done(edit, self.ROWS)[1], key) == " ≥ 8５％\n"

    def test_split_a_value_into_rows(self) -> None:
        rows = (Indicator(*COUNT, "a", "≥35家，≥3场", extra={"id": "7"}), Indicator(*COUNT, "b"))
        edit = split_target("declaration", rows, 0, ["≥35家", "≥3场"])
        assert edit.name == "把指标“a”拆成 2 行"
        assert [(row.l3, row.target, row.extra) for row in done(edit, rows)] == [
            ("a", "≥35家", {"id": "7"}),
            ("a", "≥3场", {}),
            ("b", "", {}),
        ]
        assert done(split_target("declaration", rows, 1, ["≥3场"]), rows)[1].target == "≥3场"

    def test_a_row_without_a_name_is_not_quoted(self) -> None:
        assert change_cell("declaration", (Indicator(*COUNT),), 0, "target", "1").name == "修改指标的指标值"

    def test_an_edit_for_other_rows_is_refused(self) -> None:
        with pytest.raises(StaleEditError):
            delete("declaration", self.ROWS, [1]).apply(project(self.ROWS[2:]))

    def test_sort_brings_order_and_keeps_strangers(self) -> None:
        rows = rows_of(SOCIAL, ("怪指标", "x"), TIME, COUNT, ("产出指标", "其他指标"), COUNT, ("怪指标", "x"), COST)
        edit = sort_rows("declaration", rows, EDITION)
        assert edit.name == "按表式重排指标"
        assert spelled(done(edit, rows)) == "经h 数df 时c 其e 社a xbg"

    def test_an_edit_covers_no_more_than_what_differs(self) -> None:
        (change,) = delete("declaration", self.ROWS, [2]).changes
        assert (change.at, change.removed, change.inserted) == (2, (self.ROWS[2],), ())


# ---------------------------------------------------------------- nothing is lost, nothing doubled

level_pairs = st.sampled_from([*LEVELS[:5], ("产出指标", "其他指标"), ("怪指标", "数量指标")])
some_rows = st.lists(
    st.builds(lambda pair, name: Indicator(*pair, name), level_pairs, st.sampled_from("abc")), max_size=9
)


def bag(rows: Iterable[Indicator], *, levels: bool = True) -> Counter:
    return Counter((row.l1, row.l2, row.l3) if levels else row.l3 for row in rows)


@given(st.data(), some_rows)
def test_operations_keep_the_rows(data: st.DataObject, drawn: list[Indicator]) -> None:
    rows = tuple(drawn)
    chosen = data.draw(st.sets(st.integers(0, len(rows) - 1)) if rows else st.just(set()))
    levels = data.draw(level_pairs)
    picked = [rows[at] for at in chosen]

    assert bag(done(delete("declaration", rows, chosen), rows)) == bag(rows) - bag(picked)
    assert bag(done(duplicate("declaration", rows, chosen), rows)) == bag(rows) + bag(picked)
    for step in (-1, 1):
        assert bag(done(move("declaration", rows, chosen, step), rows), levels=False) == bag(rows, levels=False)
    there = [row._replace(l1=levels[0], l2=levels[1]) for row in picked]
    assert bag(done(assign("declaration", rows, EDITION, chosen, levels), rows)) == bag(rows) - bag(picked) + bag(there)
    new = done(insert_under("declaration", rows, EDITION, levels), rows)
    assert bag(new) == bag(rows) + bag([Indicator(*levels)])
    ordered = done(sort_rows("declaration", rows, EDITION), rows)
    assert bag(ordered) == bag(rows)
    assert sort_rows("declaration", ordered, EDITION).is_empty


@given(some_rows)
def test_sorted_rows_stand_in_the_order_of_the_edition(drawn: list[Indicator]) -> None:
    rows = tuple(drawn)
    ordered = done(sort_rows("declaration", rows, EDITION), rows)
    known = [place for row in ordered if (place := EDITION.order_of(row.l1, row.l2))]
    assert known == sorted(known)
    twigs = [(branch.name, twig.name) for branch in branches(ordered) for twig in branch.twigs]
    assert len(twigs) == len(set(twigs))


@given(some_rows, st.sampled_from(LEVELS))
def test_ordered_rows_stay_ordered_by_an_insertion(drawn: list[Indicator], levels: tuple[str, str]) -> None:
    rows = tuple(row for row in drawn if EDITION.order_of(row.l1, row.l2))
    rows = done(sort_rows("declaration", rows, EDITION), rows)
    new = done(insert_under("declaration", rows, EDITION, levels), rows)
    assert sort_rows("declaration", new, EDITION).is_empty


class TestPutAt:
    def test_rows_go_before_a_row_and_take_its_levels(self) -> None:
        rows = rows_of(COUNT, COUNT, QUALITY, TIME)
        assert spelled(done(put_at("declaration", rows, [0, 3], QUALITY, 2), rows)) == "数b 质adc"
        assert spelled(done(put_at("declaration", rows, [0], COUNT, 2), rows)) == "数ba 质c 时d"
        assert spelled(done(put_at("declaration", rows, [1], TIME, 4), rows)) == "数a 质c 时db"
        assert put_at("declaration", rows, [1], COUNT, 1).is_empty

    def test_copies_go_before_a_row_without_the_identifiers_of_other_programs(self) -> None:
        rows = tuple(row._replace(extra={"id": row.l3}) for row in rows_of(COUNT, COUNT, QUALITY, TIME))
        after = done(put_copies("declaration", rows, [0, 3], QUALITY, 2), rows)
        assert spelled(after) == "数ab 质adc 时d"
        assert [row.extra.get("id") for row in after] == ["a", "b", None, None, "c", "d"]

    @given(st.lists(st.sampled_from(LEVELS), min_size=1, max_size=8), st.data())
    def test_none_is_lost_or_doubled(self, drawn: list[Levels], data: st.DataObject) -> None:
        rows = rows_of(*drawn)
        chosen = data.draw(st.sets(st.integers(0, len(rows) - 1), min_size=1))
        at = data.draw(st.integers(0, len(rows)))
        levels = data.draw(st.sampled_from(LEVELS))
        after = done(put_at("declaration", rows, chosen, levels, at), rows)
        assert sorted(row.l3 for row in after) == sorted(row.l3 for row in rows)
        kept = [row.l3 for n, row in enumerate(rows) if n not in chosen]
        assert [row.l3 for row in after if row.l3 in kept] == kept


class TestSorted:
    @given(st.lists(st.sampled_from([*LEVELS, ("怪指标", "甲"), ("产出指标", "乙")]), max_size=8))
    def test_what_is_sorted_need_not_be_sorted(self, drawn: list[Levels]) -> None:
        rows = rows_of(*drawn)
        assert is_sorted(EDITION, branches(rows)) == sort_rows("declaration", rows, EDITION).is_empty
        after = done(sort_rows("declaration", rows, EDITION), rows)
        assert is_sorted(EDITION, branches(after))


def test_rows_are_changed_at_once_by_any_name() -> None:
    rows = rows_of(*[COUNT] * 40)
    new = {at: rows[at]._replace(target="1") for at in (0, 20, 39)}
    edit = change_rows("declaration", rows, new, "替换")
    assert edit.name == "替换"
    assert [change.at for change in edit.changes] == [39, 20, 0], "what stays is not spoken of"
    assert [row.target for row in done(edit, rows)].count("1") == 3
    many = {at: row._replace(target="1") for at, row in enumerate(rows) if at % 2}
    assert len(change_rows("declaration", rows, many, "替换").changes) == 1, "many stretches become one"
    assert done(put_rows("declaration", "留下", rows, rows[:3]), rows) == rows[:3]
