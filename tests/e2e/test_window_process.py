"""The window as a process of its own."""

from __future__ import annotations

import os
import shutil
import signal
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
        if (tmp_path / "inbox").exists() or process.poll() is not None:
            break
        time.sleep(0.05)
    yield process
    process.kill()
    process.communicate()


def start(folder: Path, *words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*WINDOW, str(folder), *map(str, words)],
        cwd=ROOT,
        env=ENVIRONMENT,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_second_window_hands_its_files_over(open_window: subprocess.Popen[bytes], tmp_path: Path) -> None:
    assert open_window.poll() is None
    assert start(tmp_path, "list").stderr.endswith("共 0 个项目\n")
    file = tmp_path / "我的 表😀.jibiao"
    shutil.copy(min((ROOT / "resources" / "samples").glob("*.json")), file)
    second = start(tmp_path, "open", file)
    assert (second.returncode, second.stderr) == (0, "绩表已经打开，已切换到该窗口。\n")
    for _ in range(100):
        if not start(tmp_path, "list").stderr.endswith("共 0 个项目\n"):
            break
        time.sleep(0.1)
    else:
        pytest.fail("the open window did not read the file in")
    assert open_window.poll() is None


def test_second_window_ends_with_a_sentence_where_the_first_does_not_answer(
    open_window: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    open_window.send_signal(signal.SIGSTOP)
    second = start(tmp_path)
    open_window.send_signal(signal.SIGCONT)
    assert second.returncode == 3, second.stderr
    assert "已经打开" in second.stderr
    assert "Traceback" not in second.stderr
    assert open_window.poll() is None


def test_data_survive_a_killed_window(open_window: subprocess.Popen[bytes], tmp_path: Path) -> None:
    open_window.kill()
    open_window.wait()
    listed = subprocess.run(
        [*WINDOW, str(tmp_path), "list"], cwd=ROOT, env=ENVIRONMENT, capture_output=True, timeout=60, check=False
    )
    assert listed.returncode == 0


def test_what_will_be_wanted_soon_is_loaded_aside(tmp_path: Path) -> None:
    script = """if True:
        import sys, threading
        from pathlib import Path
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication
        from desktop import app
        from desktop.ui.soon import SOON

        class Watch:
            def find_spec(self, name, path=None, target=None):
                if name in SOON:
                    assert threading.current_thread() is not threading.main_thread(), name

        def look():
            if sys.modules.keys() > set(SOON):
                QApplication.closeAllWindows()

        sys.meta_path.insert(0, Watch())
        app.application()
        timer = QTimer()
        timer.timeout.connect(look)
        timer.start(20)
        print(app.run(Path(sys.argv[1])))
    """
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("0\n", "")
