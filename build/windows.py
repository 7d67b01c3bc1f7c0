r"""The release road, on Windows: from a clean clone to installer, portable zip and checksums in dist/.

    py -3.12 build\windows.py            make and check everything; needs NSIS
    py -3.12 build\windows.py --try      then also install it, let it test itself, and remove it again

What a person does, line by line, and what only a person can see: RELEASE.md. It takes the same recipe, the same pinned
packages, the same installer script and the same checks as the proof under Wine.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(1, str(Path(__file__).resolve().parents[1]))  # dev.py is there

import deliver

import dev

BUILD = Path(__file__).resolve().parent
ROOT = BUILD.parent
DIST = ROOT / "dist"
BUNDLE = DIST / "jibiao"
INSTALLED = Path(os.environ.get("LOCALAPPDATA", "")) / "Programs" / "jibiao"
LIMIT_OF_INSTALLER = 45_000_000


def main() -> None:
    """Do everything; end with a sentence where something fails."""
    if sys.platform != "win32" or sys.version_info[:2] != (3, 12):
        dev.fail("This needs Windows and Python 3.12 (64 bits). On Linux: python3 dev.py bundle --wine")
    if deliver.find_makensis() is None:
        dev.fail("NSIS 3 is missing: install it from https://nsis.sourceforge.io/ and run this again.")
    dev.bundle([])  # freezes, compares the licences, and lets the frozen program test itself
    dev.call(dev.PYTHON, BUILD / "check_windows.py", BUNDLE)
    name = f"jibiao-{deliver.version()}"
    made = [
        deliver.make_installer(BUNDLE, DIST / f"{name}-setup.exe", deliver.version()),
        deliver.make_portable(BUNDLE, DIST / f"{name}-portable.zip"),
    ]
    if made[0].stat().st_size > LIMIT_OF_INSTALLER:
        dev.fail(f"The installer has {made[0].stat().st_size / 1e6:.1f} MB, more than {LIMIT_OF_INSTALLER / 1e6:.0f}.")
    sums = deliver.write_sums(made, DIST)
    if "--try" in sys.argv[1:]:
        try_out(made[0])
    for path in made:
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1e6:.1f} MB")
    print(sums.read_text(encoding="utf-8"), end="")


def try_out(installer: Path) -> None:
    """Install without showing anything, let the installed program test itself, remove it. The clerk's data stay."""
    if INSTALLED.exists():
        dev.fail(f"{INSTALLED} is there already: this would replace and remove it. Uninstall it first.")
    dev.call(installer, "/S")
    report = ROOT / ".work" / "installed.json"
    dev.call(INSTALLED / "jibiao.exe", "selftest", "--window", "--report", report)
    if not json.loads(report.read_text(encoding="utf-8"))["ok"]:
        dev.fail(f"The installed program's self-test failed: {report}")
    command = 'reg query "HKCU\\Software\\Classes\\jibiao.package\\shell\\open\\command" /ve'
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    if "jibiao.exe" not in said:
        dev.fail("The file ending .jibiao was not registered.")
    dev.call(INSTALLED / "uninstall.exe", "/S")
    for _ in range(120):  # it goes on from a copy of itself
        if not INSTALLED.exists():
            break
        time.sleep(0.5)
    else:
        dev.fail(f"{INSTALLED} is left after uninstalling.")
    print("installed, tested, uninstalled")


if __name__ == "__main__":
    main()
