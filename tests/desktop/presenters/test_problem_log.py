"""What is noted of errors says where and of what kind, and nothing of what the clerk wrote."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.location import LOG
from desktop.presenters import problem_log
from desktop.presenters.problem_log import described, note, read_log, report, without_data

SECRETS = ("市文化局", "张三丰", "1,515,000.00", "/home/clerk/data", "C:\\Users\\clerk", "'secret word'")


@given(st.lists(st.sampled_from(SECRETS), min_size=1, max_size=4), st.sampled_from([" ", ": ", "；"]))
def test_no_data_are_left_in_a_message(secrets: list[str], between: str) -> None:
    left = without_data(f"row {between.join(secrets)} of 3")
    assert left.startswith("row ")
    for secret in SECRETS:
        assert secret not in left
    assert "clerk" not in left


def test_an_error_is_noted_by_kind_and_place(tmp_path: Path) -> None:
    try:
        without_data(None)  # type: ignore[arg-type]
    except TypeError as error:
        words = described(error, error.__traceback__)
    assert "desktop/presenters/problem_log.py:" in words
    assert "TypeError: " in words
    assert str(Path.home()) not in words
    path = note(tmp_path, words)
    assert words in read_log(tmp_path)
    assert path == tmp_path / LOG
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600


def test_a_log_that_has_grown_begins_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(problem_log, "MAX_LOG_BYTES", 100)
    for n in range(9):
        note(tmp_path, f"error {n} " + "x" * 40)
    assert (tmp_path / LOG).stat().st_size < 250
    assert "error 8" in read_log(tmp_path)
    assert "error 0" not in read_log(tmp_path)


def test_a_report_holds_counts_and_no_names(tmp_path: Path) -> None:
    assert read_log(tmp_path) == ""
    words = report(tmp_path, "0.1.0", [("项目", 12)], ["项目“市文化局”的数据已损坏"])
    assert "项目：12" in words
    assert "损坏：1 处" in words
    assert "市文化局" not in words
    assert os.fspath(tmp_path) not in words


def test_a_log_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    note(tmp_path / "nowhere", "x")
    assert read_log(tmp_path / "nowhere") == ""
