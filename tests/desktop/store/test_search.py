"""Projects are found by any part of what was typed in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.store import Store, database, pairs, search
from desktop.store.folder import FILE
from forms.documents import Evaluation, Indicator, Project, Section, empty_narrative
from tests.desktop.store.samples import naming, sample


def rich() -> Project:
    project = sample("数字文化馆")
    assert project.declaration is not None
    row = Indicator("产出指标", "数量指标", "演出场次", "≥218场")
    form = project.declaration._replace(annual_goal="全年惠民演出", indicators=(row,))
    narrative = empty_narrative()._replace(sections=(Section("一、项目概述", "老旧设备更新"),))
    return project._replace(
        declaration=form, evaluation=Evaluation("e", 2025, actual="已全部完成"), narrative=narrative
    )


def test_every_part_of_a_project_is_found(store: Store) -> None:
    number, other = store.create_many([rich(), sample("乙")])
    assert not store.index()
    for words in (
        "演",
        "演出",
        "演出场次",
        "218",
        "２１８场",
        "惠民 场次",
        "设备更新",
        "全部完成",
        "新",
        "示例单位 文化",
    ):
        assert store.find(words) == {number}, words
    assert store.find("示例") == {number, other}
    alone = store.create(Project(evaluation=Evaluation("e", 2025, actual="只有自评表")))
    assert not store.index()
    assert store.find("只有自评表") == {alone}
    for words in ("出演", "演出次", "文化 没有", "产出指标"):
        assert store.find(words) == frozenset(), words
    for words in ("", "　", "≥"):
        assert store.find(words) is None, words


def test_of_an_endless_text_the_beginning_is_looked_for(store: Store) -> None:
    name = "演出" * (search.LONGEST // 2)
    number = store.create(sample(name))
    store.index()
    assert store.find(f"{name}没有这几个字" * 100) == {number}
    assert store.find(f"{name[:-1]}没有这几个字") == frozenset()


def test_a_changed_project_is_entered_again_and_a_purged_one_goes(store: Store) -> None:
    number = store.create(sample("甲乙"))
    store.index()
    store.append(number, naming(sample("甲乙"), "丙丁"), 0)
    assert store.find("甲乙") == frozenset()
    store.index()
    assert store.find("丙丁") == {number}
    store.move(number, 0)
    store.index()
    assert (store.find("甲乙"), store.find("丙丁")) == ({number}, frozenset())
    store.purge([number])
    assert store.find("甲乙") == frozenset()


def test_many_are_entered_step_by_step(store: Store) -> None:
    numbers = store.create_many([sample(f"第{n}个") for n in range(7)])
    assert [store.index(3), store.index(3), store.index(3)] == [True, True, False]
    assert store.find("第6个") == {numbers[6]}


def test_an_index_of_dead_entries_is_made_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "DEAD", 3)
    number = store.create(sample("0"))
    store.index()
    for n in range(1, 9):
        store.append(number, naming(sample(str(n - 1)), str(n)), n - 1)
        store.index()
        assert store.find(str(n)) == {number}
        assert store.find(str(n - 1)) == frozenset()
    last = store._db.execute("SELECT max(entry) FROM searched").fetchone()[0]
    assert last < 9


def test_a_damaged_project_keeps_nothing_from_being_entered(folder: Path) -> None:
    with Store.open(folder) as store:
        store.create_many([sample("甲"), sample("乙")])
    db = database.connect(folder / FILE)
    db.execute("UPDATE projects SET snapshot = '{' WHERE id = 1")
    db.conn.commit()
    db.close()
    with Store.open(folder) as store:
        assert not store.index()
        assert (store.find("甲"), store.find("乙")) == (frozenset(), {2})


TEXTS = st.text(alphabet="甲乙丙ab1Ａ≥ \n", max_size=12)


@given(TEXTS, TEXTS)
def test_found_is_what_contains_it(text: str, word: str) -> None:
    """What the index finds is what stands there, width and case aside, within a run of letters and digits."""
    import sqlite3

    db = sqlite3.connect(":memory:")
    db.execute(f"CREATE VIRTUAL TABLE t USING fts5(words, {OPTIONS})")
    db.execute("INSERT INTO t (rowid, words) VALUES (1, ?)", [search.entry(named(text))])
    runs = pairs.runs(word)
    if runs:
        query = " AND ".join(pairs.phrase(run) for run in runs)
        found = bool(db.execute("SELECT rowid FROM t WHERE t MATCH ?", [query]).fetchall())
        assert found == all(any(run in one for one in pairs.runs(text)) for run in runs)
    db.close()


OPTIONS = "content='', columnsize=0, prefix='1', tokenize='unicode61 remove_diacritics 0'"


def named(text: str) -> Project:
    fields: dict[str, Any] = {"项目名称": text}
    project = sample()
    assert project.declaration is not None
    return project._replace(declaration=project.declaration._replace(fields=fields))
