"""定稿 without a window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from desktop.presenters.final_copy import NotFinalError
from desktop.presenters.freezing import (
    SHOWN,
    cells_of,
    frozen_name,
    lines_of,
    offer,
    project_in,
    read_day,
    ready,
    standing_line,
    state_words,
)
from desktop.store import Stamp, Store
from desktop.texts import RESOURCES
from forms.check_code import check_code
from forms.documents import Project
from forms.edits import set_text
from forms.known_editions import Editions
from forms.package import read_package

EDITIONS = Editions()
GOOD = read_package(RESOURCES / "samples" / "produce-testing-2026.json", EDITIONS).projects[0]
NAME = "declaration.fields.项目名称"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    moments = iter(datetime(2025, 3, day, 9, 30) for day in range(1, 28))  # noqa: DTZ001 - the store's times have no zone
    with Store.open(tmp_path, clock=lambda: next(moments)) as opened:
        yield opened


def renamed(name: str) -> Project:
    return set_text(GOOD, NAME, name, "").apply(GOOD)


def freeze(store: Store, number: int, project: Project) -> None:
    found = ready(project, EDITIONS, None, "")
    store.freeze(number, project, found.code, found.frozen)


def test_what_is_got_ready_is_what_was_asked_for(store: Store) -> None:
    number = store.create(GOOD)
    first = offer(GOOD, [], None, EDITIONS)
    assert "定为第1稿" in first.sentence
    freeze(store, number, GOOD)
    copies = store.final_copies(number)
    former = store.frozen(copies[0].id).package
    assert project_in(former, EDITIONS) == GOOD
    assert offer(GOOD, copies, former, EDITIONS).same
    second = offer(renamed("新名"), copies, former, EDITIONS)
    assert "改动了 1 处" in second.sentence
    assert ready(renamed("新名"), EDITIONS, former, "").frozen.differences == (second.lines[0].removeprefix("· "),)
    # The edition is not at hand any more: nothing can be compared, and freezing goes on.
    assert "定为第2稿" in offer(renamed("新名"), copies, former, {}).sentence
    assert ready(renamed("新名"), EDITIONS, b"{}", "").frozen.differences == ()


def test_what_stands_against_it_is_raised() -> None:
    with pytest.raises(NotFinalError):
        ready(set_text(GOOD, "declaration.funds.年度资金申请总额", "1", "").apply(GOOD), EDITIONS, None, "")


def test_how_data_stand_to_their_copies_in_words(store: Store) -> None:
    number, code = store.create(GOOD), check_code(GOOD)
    assert standing_line([], code) == ""
    freeze(store, number, GOOD)
    assert standing_line(store.final_copies(), code) == "第1稿 已定稿"
    assert standing_line(store.final_copies(), check_code(renamed("新"))) == "第1稿定稿之后有改动"
    store.stamp(store.final_copies()[0].id, Stamp(date(2025, 3, 5), ""))
    (copy,) = store.final_copies()
    assert standing_line([copy], code) == "第1稿 已盖章（2025年3月5日）"
    assert state_words(copy) == "已盖章（2025年3月5日）"
    assert cells_of(copy, gone=True)[0].endswith("（项目已彻底删除）")
    assert frozen_name(replace(copy, name="")) == "未命名项目 第1稿"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2025-03-05", date(2025, 3, 5)),
        (" ２０２５年3月5日", date(2025, 3, 5)),
        ("2025.3.5", date(2025, 3, 5)),
        ("2025-02-30", None),
        ("昨天", None),
    ],
)
def test_days_as_they_are_typed(typed: str, day: date | None) -> None:
    assert read_day(typed) == day


def test_of_many_differences_the_rest_is_counted() -> None:
    assert lines_of(["甲"] * (SHOWN + 2))[SHOWN:] == ["……另有 2 处"]
    assert lines_of(["甲"]) == ["· 甲"]
