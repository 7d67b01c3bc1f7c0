"""What is kept, and given back: projects, their history, settings."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.store import Kind, ProjectRow, Step, Store, StoreError, journal
from forms.documents import Declaration, Evaluation, Project, empty_narrative
from forms.edits import StaleEditError
from forms.known_editions import SHIPPED, Editions
from tests.desktop.store.samples import Clock, named, naming, sample


def kind_of(error: pytest.ExceptionInfo[StoreError]) -> Kind:
    assert str(error.value) == error.value.sentence
    assert "{" not in error.value.sentence
    return error.value.kind


def test_a_project_comes_back_as_it_was(store: Store, folder: Path, clock: Clock) -> None:
    project = sample("乙\x00\ud800𠮷")
    number = store.create(project)
    assert store.load(number).project == project
    store.close()
    with Store.open(folder, clock=clock) as again:
        stored = again.load(number)
        assert (stored.id, stored.project, stored.head) == (number, project, 0)
        assert stored.undo_name is stored.redo_name is None
        assert again.projects()[0].name == "乙\x00?𠮷"  # a list may show what UTF-8 can hold


def test_the_row_of_a_declaration(store: Store) -> None:
    number = store.create(sample())
    assert store.projects() == [
        ProjectRow(
            id=number,
            unit="示例单位",
            year=2025,
            name="甲",
            kind="declaration",
            declaration_edition="sh-declaration-2025",
            amount=Decimal("1000.00"),
            changed_at=datetime.fromisoformat("2025-03-01T09:01:00"),
        )
    ]


def test_a_row_is_renewed_as_the_list_will_have_it(store: Store, clock: Clock) -> None:
    number = store.create(sample())
    (row,) = store.projects()
    edit = naming(sample(), "乙")
    project = edit.apply(sample())
    store.append(number, edit, 0)
    (listed,) = store.projects()
    assert row.renewed(project, listed.changed_at, Editions()) == listed
    earlier = datetime.fromisoformat("2024-01-01T00:00:00")
    assert row.renewed(project, earlier, Editions()).changed_at == row.changed_at  # a clock that was set back


def test_the_rows_of_other_projects(store: Store) -> None:
    evaluation = Evaluation("sh-evaluation-2025", 2025, {"项目名称": "评"}, ({"全年预算数": "80"}, {"全年预算数": "1"}))
    declaration = Declaration("sh-declaration-2025", 2025, {"项目名称": "申"}, {"年度资金申请总额": "不详"})
    projects = [
        Project(narrative=empty_narrative()),
        Project(evaluation=evaluation),
        Project(declaration=declaration, evaluation=evaluation),
        Project(evaluation=evaluation._replace(funds=())),
    ]
    store.create_many(projects)
    rows = sorted(store.projects(), key=lambda row: row.id)
    assert [row.kind for row in rows] == ["narrative", "evaluation", "both", "evaluation"]
    assert [row.name for row in rows] == ["", "评", "申", "评"]
    assert [row.year for row in rows] == [None, 2025, 2025, 2025]
    assert [row.amount for row in rows] == [None, 80, 80, None]
    assert rows[2].declaration_edition == "sh-declaration-2025"


def test_the_list_by_year_and_unit(store: Store) -> None:
    store.create_many(sample(f"{unit}{year}", unit, year) for unit in ("乙单位", "甲单位") for year in (2024, 2025))
    assert [row.name for row in store.projects()] == ["乙单位2025", "乙单位2024", "甲单位2025", "甲单位2024"]
    assert [row.name for row in store.projects(year=2024)] == ["乙单位2024", "甲单位2024"]
    assert [row.name for row in store.projects(unit="甲单位")] == ["甲单位2025", "甲单位2024"]
    assert [row.name for row in store.projects(2025, "甲单位")] == ["甲单位2025"]


def test_the_same_project_twice_is_two(store: Store) -> None:
    first, second = store.create_many([sample(), sample()])
    assert first != second


def test_of_many_projects_all_come_in_or_none(store: Store) -> None:
    with pytest.raises(AttributeError):
        store.create_many([sample(), None])  # type: ignore[list-item]  # on purpose
    assert store.projects() == []
    assert store.create_many([]) == []


def test_an_edit_changes_document_and_row(store: Store) -> None:
    number = store.create(sample())
    assert store.append(number, naming(sample(), "乙"), 0) == 1
    stored = store.load(number)
    assert stored.project == sample("乙")
    assert (stored.head, stored.undo_name, stored.redo_name) == (1, "改名为乙", None)
    row = store.projects()[0]
    assert (row.name, row.changed_at.minute) == ("乙", 2)


def test_undo_and_redo_move_the_head(store: Store) -> None:
    number = store.create(sample())
    for head, edit in enumerate(named(3)):
        store.append(number, edit, head)
    store.move(number, 1)
    stored = store.load(number)
    assert (stored.project, stored.undo_name, stored.redo_name) == (sample("1"), "改名为1", "改名为2")
    store.move(number, 3)
    assert store.load(number).project == sample("3")
    store.move(number, 0)
    stored = store.load(number)
    assert (stored.project, stored.undo_name, stored.redo_name) == (sample(), None, "改名为1")
    assert store.step(number, 2) == named(2)[1]
    assert store.step(number, 4) is None


def test_an_edit_drops_what_was_undone(store: Store) -> None:
    number = store.create(sample())
    for head, edit in enumerate(named(3)):
        store.append(number, edit, head)
    store.move(number, 1)
    assert store.append(number, naming(sample("1"), "乙"), 1) == 2
    assert store.history(number) == [
        Step(1, "改名为1", datetime.fromisoformat("2025-03-01T09:02:00")),
        Step(2, "改名为乙", datetime.fromisoformat("2025-03-01T09:06:00")),
    ]
    with pytest.raises(StoreError) as error:
        store.move(number, 3)
    assert kind_of(error) == Kind.CONFLICT
    assert store.load(number).project == sample("乙")


def test_typing_that_goes_on_replaces_the_last_step(store: Store) -> None:
    number = store.create(sample())
    store.append(number, naming(sample(), "乙"), 0)
    assert store.append(number, naming(sample(), "乙丙"), 1, merge=True) == 1
    assert store.load(number).project == sample("乙丙")
    assert [step.name for step in store.history(number)] == ["改名为乙丙"]
    store.move(number, 0)
    assert store.load(number).project == sample()
    with pytest.raises(StoreError) as error:
        store.append(number, naming(sample(), "丁"), 0, merge=True)  # there is no step to replace
    assert kind_of(error) == Kind.CONFLICT


def test_a_snapshot_of_a_replaced_or_dropped_step_is_made_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "SNAPSHOT_EVERY", 3)
    number = store.create(sample())
    for head, edit in enumerate(named(3)):
        store.append(number, edit, head)
    store.append(number, naming(sample("2"), "乙"), 3, merge=True)
    store.move(number, 1)
    store.append(number, naming(sample("1"), "丙"), 1)
    with store.twin() as other:
        assert other.load(number).project == sample("丙")


def test_long_histories_are_short_to_open_and_bounded(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "KEPT", 120)
    number = store.create(sample())
    for head, edit in enumerate(named(300)):
        store.append(number, edit, head)
    assert [step.seq for step in store.history(number)] == list(range(181, 301))
    store.move(number, 180)
    with store.twin() as other:
        assert other.load(number).project == sample("180")
        assert other.load(number).undo_name is None
    with pytest.raises(StoreError) as error:
        store.move(number, 179)
    assert kind_of(error) == Kind.CONFLICT


def test_at_least_five_hundred_steps_can_be_undone() -> None:
    assert journal.KEPT >= 500
    assert journal.SNAPSHOT_EVERY < journal.KEPT


def test_an_edit_upon_another_head_is_refused(store: Store) -> None:
    number = store.create(sample())
    with pytest.raises(StoreError) as error:
        store.append(number, naming(sample(), "乙"), 1)
    assert kind_of(error) == Kind.CONFLICT
    assert "甲" in str(error.value)


def test_an_edit_that_does_not_fit_changes_nothing(store: Store) -> None:
    number = store.create(sample())
    with pytest.raises(StaleEditError):
        store.append(number, naming(sample("丙"), "乙"), 0)
    assert store.load(number).head == 0
    assert store.append(number, naming(sample(), "乙"), 0) == 1


def test_a_project_that_is_not_there(store: Store) -> None:
    for act in (lambda: store.load(7), lambda: store.move(7, 0), lambda: store.append(7, named(1)[0], 0)):
        with pytest.raises(StoreError) as error:
            act()
        assert kind_of(error) == Kind.NO_PROJECT
        assert "7" in str(error.value)
    assert store.step(7, 1) is None
    assert store.history(7) == []


def test_another_connection_is_noticed(store: Store) -> None:
    number = store.create(sample())
    with store.twin() as other:
        other.append(number, naming(sample(), "乙"), 0)
        assert store.load(number).project == sample("乙")
        other.move(number, 0)
        other.append(number, naming(sample(), "丙"), 0)
        assert store.load(number).project == sample("丙")
        with pytest.raises(StoreError):
            store.append(number, naming(sample("丙"), "丁"), 0)
        assert store.append(number, naming(sample("丙"), "丁"), 1) == 2


def test_the_recycle_bin(store: Store) -> None:
    first, second = store.create_many([sample("甲"), sample("乙")])
    store.recycle([first])
    assert [row.id for row in store.projects()] == [second]
    recycled = store.projects(recycled=True)
    assert [row.id for row in recycled] == [first]
    store.recycle([first, 99])
    assert store.projects(recycled=True) == recycled  # recycled once
    assert store.load(first).project == sample("甲")
    store.restore([first])
    assert [row.id for row in store.projects()] == [first, second]
    assert store.projects(recycled=True) == []


def test_purged_is_gone_for_good_and_its_number_too(store: Store) -> None:
    number = store.create(sample())
    store.append(number, naming(sample(), "乙"), 0)
    store.set_view(number, {"tab": 2})
    store.purge([number])
    assert store.projects() == store.projects(recycled=True) == store.history(number) == []
    assert store.view(number) == {}
    assert store.create(sample()) > number


def test_settings_and_views(store: Store, folder: Path) -> None:
    number = store.create(sample())
    assert store.setting("字号") is None
    assert store.setting("字号", 12) == 12
    store.set_setting("字号", {"面板": [1, 2.5, "大", None]})
    store.set_setting("字号", {"面板": [2]})
    store.set_view(number, {"tab": "资金", "zoom": 1.25})
    store.set_view(99, {"tab": 1})
    store.close()
    with Store.open(folder) as again:
        assert again.setting("字号", 12) == {"面板": [2]}
        assert again.view(number) == {"tab": "资金", "zoom": 1.25}
        assert again.view(99) == {}


def test_the_real_clock_is_local_and_to_the_second(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.create(sample())
        made = store.projects()[0].changed_at
        assert made.tzinfo is None
        assert made.microsecond == 0
        assert store.now() >= made


def test_amounts_are_listed_in_yuan_whatever_the_edition(tmp_path: Path) -> None:
    """The words of an edition, also of one that a person put into the data folder, say what is listed."""
    text = (SHIPPED / "cn-declaration-2015.toml").read_text(encoding="utf-8")
    own = (
        text.replace("cn-declaration-2015", "own")
        .replace("年度资金总额", "今年要的钱")
        .replace("主管部门及代码", "上级")
    )
    own = own.replace('"今年要的钱" = "今年要的钱"', '"年度资金总额" = "今年要的钱"')
    folder = tmp_path / "own"
    (folder / "editions").mkdir(parents=True)
    (folder / "editions" / "own.toml").write_text(own, encoding="utf-8")
    with Store.open(folder) as store:
        for edition, key in (("own", "今年要的钱"), ("cn-declaration-2015", "年度资金总额"), ("gone", "年度资金总额")):
            fields = {"项目名称": edition, "上级": "某局", "主管部门及代码": "某局"}
            store.create(Project(declaration=Declaration(edition, 2025, fields, {key: "12.5"})))
        spent = ({"row": "年度资金总额", "全年预算数": "3"},)
        store.create(Project(evaluation=Evaluation("cn-evaluation-2020", 2025, {"项目名称": "自评"}, spent)))
        assert {row.name: row.amount for row in store.projects()} == {
            "own": Decimal(125_000),
            "cn-declaration-2015": Decimal(125_000),
            "gone": None,
            "自评": Decimal(30_000),
        }
        departments = store._db.execute("SELECT name, department FROM projects").fetchall()
        assert dict(map(tuple, departments)) == {
            **dict.fromkeys(("own", "cn-declaration-2015"), "某局"),
            **dict.fromkeys(("gone", "自评"), ""),
        }


def test_the_state_of_a_project_tells_of_every_change(store: Store) -> None:
    first, second = store.create_many([sample(), sample("乙")])
    before = store.states()
    assert set(before) == {first, second}
    store.append(first, naming(sample(), "丙"), 0)
    after = store.states()
    assert after[first] != before[first]
    assert after[second] == before[second]
    store.recycle([second])
    assert set(store.states()) == {first}


def test_many_projects_are_given_without_those_that_cannot_be_read(store: Store) -> None:
    first, second = store.create_many([sample(), sample("乙")])
    store._db.execute("UPDATE projects SET snapshot = 'x' WHERE id = ?", [second])
    store._db.commit()
    store._journal.forget()
    assert store.load_many([first, second, 99]) == {first: sample()}
