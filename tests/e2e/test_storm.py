"""A short form of the crash storm; the long one is ``python -m tests.benchmarks.storm``."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from tests.benchmarks import storm

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(sys.platform == "win32", reason="processes are killed so on POSIX systems only"),
]


def test_nothing_that_was_shown_as_saved_is_gone_after_a_kill(tmp_path: Path) -> None:
    came = storm.main(10, random.randrange(1_000_000), tmp_path)  # noqa: S311 - any moment will do
    assert (came.losses, came.half) == ([], [])
    assert came.rounds == 10
    assert came.acknowledged
