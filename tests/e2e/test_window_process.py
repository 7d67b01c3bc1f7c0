"""The window as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.process
ROOT = Path(__file__).parents[2]
WINDOW = [sys.executable, "-m", "desktop", "--data-dir"]
ENVIRONMENT = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}


@pytest.fixture
def open_window(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A window on ``tmp_path``, standing with its data open."""
    process = subprocess.Popen([*WINDOW, str(tmp_path)], cwd=ROOT, env=ENVIRONMENT, stderr=subprocess.PIPE)
    for _ in range(600):
        if (tmp_path / "jibiao.db").exists() or process.poll() is not None:
            break
        time.sleep(0.05)
    time.sleep(1)
    yield process
    process.kill()
    process.communicate()


def test_second_window_ends_with_a_sentence(open_window: subprocess.Popen[bytes], tmp_path: Path) -> None:
    assert open_window.poll() is None
    second = subprocess.run(
        [*WINDOW, str(tmp_path)], cwd=ROOT, env=ENVIRONMENT, capture_output=True, timeout=60, check=False
    )
    said = second.stderr.decode("utf-8")
    assert second.returncode == 3, said
    assert "已经打开" in said
    assert "Traceback" not in said
    assert open_window.poll() is None


def test_data_survive_a_killed_window(open_window: subprocess.Popen[bytes], tmp_path: Path) -> None:
    open_window.kill()
    open_window.wait()
    listed = subprocess.run(
        [*WINDOW, str(tmp_path), "list"], cwd=ROOT, env=ENVIRONMENT, capture_output=True, timeout=60, check=False
    )
    assert listed.returncode == 0
