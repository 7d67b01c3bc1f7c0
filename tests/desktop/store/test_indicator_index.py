"""The index of indicators: what is found, how it follows the projects, and that damage only costs time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.store.indicator_index import FILE, OWN, SHIPPED, Found, IndicatorIndex, Kind, Origin, Use
from desktop.store.initials import MOST_READINGS, initials

COUNT = "数量指标"
TEXTS = st.text(st.sampled_from("财务审批长率满意度abX１ 　。\n\ud800𠮷"), max_size=12)


def name(text: str, value: str = "", l2: str = COUNT, work: str = "") -> Use:
    return Use(Kind.NAME, text, l2, work, value)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[IndicatorIndex]:
    one = IndicatorIndex(tmp_path)
    yield one
    one.close()


def texts(found: list[Found]) -> set[str]:
    return {one.text for one in found}


@pytest.mark.parametrize(
    "words",
    [
        "财",
        "批",
        "务审",
        "财务审批",
        "及时率",
        "财务 及时",
        "cwsp",
        "CWSP",
        "wsp",
        "c",
        "２０25",
        "2025",
        "app 率",
    ],
)
def test_any_part_of_a_name_and_its_initials_find_it(index: IndicatorIndex, words: str) -> None:
    index.put(1, "", [name("财务审批（APP）2025及时率"), name("培训人次")])
    assert texts(index.find(Kind.NAME, words, COUNT, ())) == {"财务审批（APP）2025及时率"}


@pytest.mark.parametrize("words", ["财批", "sc", "w", "xyz", "财务 培训"])
def test_what_does_not_stand_in_a_name_does_not_find_it(index: IndicatorIndex, words: str) -> None:
    index.put(1, "", [name("财务审批及时率"), name("培训人次")])
    assert index.find(Kind.NAME, words, COUNT, ()) == []


def test_without_words_the_usual_names_of_a_kind_of_work_come(index: IndicatorIndex) -> None:
    index.put(1, "", [name("甲", work="会议"), name("乙", work="会议", l2="质量指标"), name("丙", work="物业")])
    index.put(2, "", [Use(Kind.REASON, "原因", COUNT, "会议")])
    assert texts(index.find(Kind.NAME, "", COUNT, ["会议"])) == {"甲"}
    assert texts(index.find(Kind.REASON, " ", COUNT, ["会议"])) == {"原因"}


def test_names_of_other_levels_come_only_where_there_are_few(index: IndicatorIndex) -> None:
    index.put(1, "", [name("培训满意度", l2="满意度"), *(name(f"培训{n}") for n in range(9))])
    assert "培训满意度" not in texts(index.find(Kind.NAME, "培训", COUNT, ()))
    assert "培训满意度" in texts(index.find(Kind.NAME, "培训", "质量指标", ()))


def test_more_words_of_a_name_find_it(index: IndicatorIndex) -> None:
    index.put(SHIPPED, "1", [name("安全测评成本")], aliases={"安全测评成本": "等保 密评", "没有的": "等保"})
    assert texts(index.find(Kind.NAME, "等保", COUNT, ())) == {"安全测评成本"}
    index.put(SHIPPED, "2", [name("安全测评成本")], aliases={"安全测评成本": "密评"})
    assert index.find(Kind.NAME, "等保", COUNT, ()) == []
    assert texts(index.find(Kind.NAME, "密评", COUNT, ())) == {"安全测评成本"}


def test_values_are_counted_with_their_latest_year_and_origin(index: IndicatorIndex) -> None:
    index.put(1, "", [name("人次", "≥3"), name("人次", "≥3")], 2023)
    index.put(2, "", [name("人次", "≥3")], 2025)
    index.put(OWN, "", [name("人次", "≥9")])
    assert sorted((one.value, one.origin, one.year, one.times) for one in index.values("人次")) == [
        ("≥3", Origin.PAST, 2025, 3),
        ("≥9", Origin.OWN, 0, 1),
    ]
    assert index.values("别的") == []


def test_a_project_that_changes_takes_back_what_it_said(index: IndicatorIndex) -> None:
    index.put(1, "a", [name("甲"), name("乙", "≥1")], 2025)
    index.put(2, "a", [name("乙", "≥1")], 2024)
    index.put(1, "b", [name("甲"), name("丙")], 2025)
    assert index.entered() == {1: "b", 2: "a"}
    assert [one.times for one in index.values("乙")] == [1]
    index.drop([2])
    assert index.values("乙") == []
    assert index.find(Kind.NAME, "乙", COUNT, ()) == []
    assert index.entered() == {1: "b"}


def test_the_index_is_kept_and_goes_on_from_there(tmp_path: Path) -> None:
    first = IndicatorIndex(tmp_path)
    first.put(1, "a", [name("甲"), name("乙")], 2025)
    first.close()
    again = IndicatorIndex(tmp_path)
    assert again.entered() == {1: "a"}
    again.put(1, "b", [name("甲"), name("甲")], 2025)
    assert [one.times for one in again.values("甲")] == [2]
    assert again.find(Kind.NAME, "乙", COUNT, ()) == []
    again.close()


def spoil_text(path: Path) -> None:
    path.write_bytes(b"not a database" * 100)


def spoil_pages(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[4096:] = b"\xff" * (len(raw) - 4096)
    path.write_bytes(raw)


def spoil_version(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version=99")
    db.close()


def spoil_end(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("DELETE FROM facts")
    db.commit()
    db.close()


def spoil_tables(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("DROP TABLE places")
    db.commit()
    db.close()


@pytest.mark.parametrize("spoil", [spoil_text, spoil_pages, spoil_version, spoil_end, spoil_tables])
def test_a_damaged_index_is_made_anew(tmp_path: Path, spoil: object) -> None:
    index = IndicatorIndex(tmp_path)
    index.put(1, "a", [name(f"甲{n}") for n in range(200)])
    index.close()
    assert callable(spoil)
    spoil(tmp_path / FILE)
    index = IndicatorIndex(tmp_path)
    index.find(Kind.NAME, "甲", COUNT, ())
    index.put(2, "b", [name("乙")])
    index.put(2, "b", [name("乙")])  # where the first found the damage
    assert 1 not in index.entered()
    assert texts(index.find(Kind.NAME, "乙", COUNT, ())) == {"乙"}
    index.close()
    again = IndicatorIndex(tmp_path)
    assert again.entered() == {2: "b"}
    again.close()


def test_where_no_file_can_be_the_index_lives_in_memory(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    index = IndicatorIndex(tmp_path)
    index.put(1, "a", [name("甲")])
    assert texts(index.find(Kind.NAME, "甲", COUNT, ())) == {"甲"}
    index._db.execute("DROP TABLE places")
    assert index.find(Kind.NAME, "甲", COUNT, ()) == []
    assert index.entered() == {}
    index.close()
    assert (tmp_path / FILE).is_dir()


def test_a_file_that_was_left_open_is_made_anew(tmp_path: Path) -> None:
    killed = IndicatorIndex(tmp_path)
    killed.put(1, "a", [name("甲")])
    other = IndicatorIndex(tmp_path)
    assert other.entered() == {}
    other.close()
    killed._db.close()


def test_many_projects_are_entered_together(index: IndicatorIndex) -> None:
    with index.together():
        for n in range(1, 9):
            index.put(n, "a", [name("甲", f"≥{n}")])
    assert len(index.values("甲")) == 8


def test_closing_a_damaged_file_is_no_trouble(tmp_path: Path) -> None:
    index = IndicatorIndex(tmp_path)
    index._db.close()
    index.close()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(st.integers(1, 3), st.lists(st.tuples(TEXTS, st.sampled_from(["", "≥1"])), max_size=4)), max_size=8
    ),
    words=TEXTS,
)
def test_whatever_the_steps_the_index_holds_what_the_projects_say_last(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, list[tuple[str, str]]]], words: str
) -> None:
    index = IndicatorIndex(tmp_path_factory.mktemp("index"))
    last: dict[int, list[tuple[str, str]]] = {}
    for number, rows in steps:
        index.put(number, "", [name(text, value) for text, value in rows])
        last[number] = rows
    index.find(Kind.NAME, words, COUNT, ())  # whatever is typed, nothing goes wrong
    for text in {text for rows in last.values() for text, _ in rows}:
        plain = text.replace("\ud800", "?")
        said = sum(row[0].replace("\ud800", "?") == plain for rows in last.values() for row in rows)
        assert sum(one.times for one in index.values(plain)) == said
    kept = index._db.execute("SELECT count(*) FROM phrases").fetchone()[0]
    assert kept == len({row[0].replace("\ud800", "?") for rows in last.values() for row in rows})
    index._db.execute("INSERT INTO found (found) VALUES ('integrity-check')")
    index.close()


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("财务审批", "cwsp"),
        ("长期", "cq zq"),
        ("APP２次", "app2c"),
        ("（）、", ""),
        ("", ""),
        ("𠮷\ud800", ""),
    ],
)
def test_initials(text: str, letters: str) -> None:
    assert initials(text) == letters


def test_a_name_of_many_readings_is_entered_in_a_few_of_them() -> None:
    assert len(initials("长" * 40).split()) == MOST_READINGS
