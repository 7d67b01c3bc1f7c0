"""reportlab, as it is imported: with little else, alike on every computer, and nobody else misses anything."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from forms.printing import lean

ROOT = Path(__file__).parents[3]


def test_a_module_that_is_put_off_is_loaded_when_asked():
    for name in ("tool", "tool"):  # again does no harm
        lean._put_off("json", name)
    from json import tool

    assert tool.main.__module__ == "json.tool"
    lean._put_off("json", "none")


def test_a_module_that_stands_for_nothing_gives_way_to_the_true_one():
    assert not lean._stand_in("json", "loads")
    assert json.loads("1") == 1
    assert lean._stand_in("no_such_module", "no_name")
    assert sys.modules.pop("no_such_module").no_name is None


def run(script: str, **more: str) -> str:
    """What a new process says, in which ``more`` stands in the environment."""
    words = [sys.executable, "-c", script]
    made = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True, env={**os.environ, **more})
    return made.stdout


@pytest.mark.process
def test_printing_needs_no_pictures_and_leaves_them_usable():
    run(
        "import sys; from forms.printing.pdf import Paper; Paper('甲').save(); "
        "assert not {'PIL.TiffTags', 'reportlab.pdfbase._fontdata'} & sys.modules.keys(); "
        "from reportlab.lib import utils; assert utils.rl_safe_eval is None, 'nothing is evaluated'; "
        "from PIL import Image; assert Image.new('L', (2, 3)).size == (2, 3); import PIL.ImageDraw; "
        "import ast, glob, pickle, platform; assert ast.parse and glob.glob and pickle.dumps and platform.machine"
    )


@pytest.mark.process
def test_what_is_left_out_of_reportlab_is_missed_by_no_other_thread():
    script = """if True:
        import threading
        done = threading.Event()
        other = threading.Thread(target=done.wait)
        other.start()
        from forms.printing.pdf import Paper
        done.set()
        other.join()
        import pickle
        from reportlab.lib import utils
        assert utils.pickle is pickle and pickle.dumps and Paper('甲').save()
    """
    run(script)


SAVED = "import sys; from forms.printing.pdf import Paper; sys.stdout.write(Paper('甲').save().hex())"


@pytest.mark.process
def test_no_file_or_setting_of_a_computer_changes_what_is_printed(tmp_path: Path):
    for name in (".reportlab_mods", ".reportlab_settings", "reportlab_mods.py", "reportlab_settings.py"):
        (tmp_path / name).write_text("print('run')\nuseA85 = 1\npdfComments = 1\n", encoding="utf-8")
    changed = {"RL_defaultPageSize": "none", "RL_useA85": "1", "RL_pdfComments": "1", "RL_pdfMultiLine": "1"}
    homes = {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path), "PYTHONPATH": str(tmp_path)}
    assert run(SAVED, **changed, **homes) == run(SAVED) != ""
