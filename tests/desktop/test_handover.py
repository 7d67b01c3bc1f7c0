"""Notes that a second start leaves for the window that is open."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from desktop import handover


def test_nothing_is_open_without_an_inbox(tmp_path: Path) -> None:
    assert not handover.is_open(tmp_path)
    assert not handover.hand_over(tmp_path, [tmp_path / "甲.jibiao"], wait=0)
    assert list(tmp_path.iterdir()) == []


def test_a_note_is_handed_over(tmp_path: Path) -> None:
    handover.open_inbox(tmp_path)
    files = [tmp_path / "我的 表😀.jibiao", tmp_path / "乙.pdf"]
    taken: list[list[Path]] = []

    def window() -> None:
        while not taken:
            taken.extend(handover.take(tmp_path))
            time.sleep(0.01)

    thread = threading.Thread(target=window)
    thread.start()
    assert handover.hand_over(tmp_path, files)
    thread.join()
    assert taken == [files]
    handover.close_inbox(tmp_path)
    assert not handover.is_open(tmp_path)


def test_a_note_that_nobody_takes_is_taken_back(tmp_path: Path) -> None:
    inbox = handover.open_inbox(tmp_path)
    assert inbox is not None
    assert not handover.hand_over(tmp_path, [], wait=0.05)
    assert list(inbox.iterdir()) == []


def test_rubbish_is_thrown_away(tmp_path: Path) -> None:
    inbox = handover.open_inbox(tmp_path)
    assert inbox is not None
    for name, words in {"a": "no json", "b": '{"x": 1}', "c": "[1]", "d": "[" * 1_000_001}.items():
        (inbox / f"{name}.json").write_text(words, encoding="utf-8")
    (inbox / "e.json").write_bytes(b"\xff")
    assert handover.take(tmp_path) == []
    assert list(inbox.iterdir()) == []


def test_an_inbox_left_behind_is_emptied(tmp_path: Path) -> None:
    (tmp_path / handover.INBOX).mkdir()
    (tmp_path / handover.INBOX / "1.json").write_text("[]")
    handover.open_inbox(tmp_path)
    assert handover.take(tmp_path) == []


def test_a_folder_that_takes_no_inbox(tmp_path: Path) -> None:
    (tmp_path / handover.INBOX).touch()
    assert handover.open_inbox(tmp_path) is None
    handover.close_inbox(tmp_path)
