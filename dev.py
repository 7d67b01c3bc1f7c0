#!/usr/bin/env python3
"""Set up and run, test, measure or bundle the program. Needs nothing but Python 3.11–3.13 itself.

    python3 dev.py run [ARGUMENTS]     set up; open the window with the sample projects (without a display: print them)
    python3 dev.py test [ARGUMENTS]    set up; pass the tests and the coverage gate
    python3 dev.py lint                set up; style, types, architecture
    python3 dev.py bench [ARGUMENTS]   set up; print the benchmarks' ratios
    python3 dev.py bundle              set up; freeze the program into dist/ and let it test itself
    python3 dev.py bundle --wine       prove the Windows program on Linux, from freezing to removing (build/RELEASE.md)

Set-up makes .venv beside this file and installs exactly what build/requirements*.txt pin by hash. On Debian and
its kin it also installs the system libraries that Qt needs, as root or through sudo, or says the line to type.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
BUILD = ROOT / "build"

# Of each group one package must be there: Debian 13 renamed some.
SYSTEM = (
    ("python3-venv",),
    ("libegl1",),
    ("libgl1",),
    ("libdbus-1-3",),
    ("libfontconfig1",),
    ("libglib2.0-0t64", "libglib2.0-0"),
    ("libgssapi-krb5-2",),
    ("libxkbcommon0",),
    ("libxkbcommon-x11-0",),
    ("libxcb-cursor0",),
    ("libxcb-icccm4",),
    ("libxcb-image0",),
    ("libxcb-keysyms1",),
    ("libxcb-randr0",),
    ("libxcb-render-util0",),
    ("libxcb-shape0",),
    ("libxcb-sync1",),
    ("libxcb-xfixes0",),
    ("libxcb-xinerama0",),
    ("libxcb-xkb1",),
)
FOR_BUNDLE = (("binutils",),)
"""Beside SYSTEM, what the bundle's tool needs."""
ROOM = 2 * 1024**3
"""Bytes, some ten times what the files of the tests take."""
MEASURED = ("tests/forms", "tests/desktop/store")
"""The tests of what the coverage gate is about. Measured, a test takes twice as long: the others are not."""


def fail(*lines: str) -> None:
    """End with a sentence."""
    print("\n".join(lines), file=sys.stderr)
    raise SystemExit(1)


def call(*command: str | Path, **more: object) -> None:
    """Run a command in the checkout and end with its exit code where it fails."""
    done = subprocess.run([str(part) for part in command], cwd=ROOT, check=False, **more)  # type: ignore[call-overload]
    if done.returncode:
        raise SystemExit(done.returncode)


def missing_system_packages(wanted: tuple[tuple[str, ...], ...]) -> list[str]:
    """Packages that dpkg does not know as installed, under the name that apt has."""
    missing = []
    for names in wanted:
        known = subprocess.run(
            ["dpkg-query", "-W", "-f", "${db:Status-Abbrev} ", *names], capture_output=True, text=True, check=False
        )
        if "ii" not in known.stdout.split():
            missing.append(names)
    if not missing:
        return []
    return [
        next((name for name in names if _apt_has(name)), names[-1]) if len(names) > 1 else names[0] for names in missing
    ]


def _apt_has(name: str) -> bool:
    shown = subprocess.run(["apt-cache", "show", "--no-all-versions", name], capture_output=True, check=False)
    return shown.returncode == 0


def install_system_packages(wanted: tuple[tuple[str, ...], ...] = SYSTEM) -> None:
    """Install what Qt needs of the system, on systems with apt; elsewhere trust the system."""
    if not sys.platform.startswith("linux") or not shutil.which("apt-get") or not shutil.which("dpkg-query"):
        return
    if not missing_system_packages(wanted):
        return
    prefix = [] if os.geteuid() == 0 else ["sudo"]
    line = f"{' '.join(prefix)} apt-get install -y --no-install-recommends".strip()
    if prefix and not shutil.which("sudo"):
        fail(
            "These system packages are missing; as root type:",
            f"apt-get update && {line} {' '.join(missing_system_packages(wanted))}",
        )
    call(*prefix, "apt-get", "update", "-qq")
    packages = missing_system_packages(wanted)  # again: only after the update does apt know the names
    print(f"installing: {' '.join(packages)}", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    call(
        *prefix,
        "apt-get",
        "install",
        "-y",
        "-qq",
        "--no-install-recommends",
        *packages,
        env=quiet,
        stdout=subprocess.DEVNULL,
    )


def set_up(requirements: str) -> None:
    """Make .venv hold exactly what the requirements file pins; quick where it already does."""
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        fail("Python 3.11, 3.12 or 3.13 is needed, this is " + sys.version.split()[0])
    install_system_packages()
    wanted = (BUILD / requirements).read_bytes()
    stamp, mark = VENV / "installed.txt", hashlib.sha256(wanted).hexdigest() + f" {sys.version_info[:2]}"
    done = stamp.read_text().splitlines() if stamp.exists() else []
    if mark in done and PYTHON.exists():
        return
    if not PYTHON.exists():
        call(sys.executable, "-m", "venv", VENV)
    print("installing the pinned Python packages …", flush=True)
    call(
        PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes",
        "-r", BUILD / requirements,
    )  # fmt: skip
    stamp.write_text("\n".join([*done, mark]) + "\n")


def run(arguments: list[str]) -> None:
    """Set up and run the program; without arguments the window with the sample projects."""
    set_up("requirements.txt")
    call(PYTHON, "-m", "desktop", *(arguments or ["demo"]))


def call_tests(*command: str) -> None:
    """Run tests with their files in memory, where Linux has room for that: a disk has every commit wait."""
    memory, environment = Path("/dev/shm"), dict(os.environ)  # noqa: S108 - names in it are made as in any such folder
    if memory.is_dir() and shutil.disk_usage(memory).free > ROOM:
        environment.setdefault("TMPDIR", str(memory))
    call(PYTHON, "-m", *command, env=environment)


def test(arguments: list[str]) -> None:
    """Set up and run the tests; all of them pass through the coverage gate."""
    set_up("requirements-dev.txt")
    set_up("requirements-build.txt")  # what is said of the bundle's parts is read off them
    if arguments:
        call_tests("pytest", *arguments)
        return
    for old in ROOT.glob(".coverage*"):
        old.unlink()
    call_tests("coverage", "run", "-m", "pytest", "-n", "2", *MEASURED)
    call(PYTHON, "-m", "coverage", "combine", "-q")
    call(PYTHON, "-m", "coverage", "report")
    call_tests("pytest", "-n", "2", *(f"--ignore={folder}" for folder in MEASURED))


def lint(_arguments: list[str]) -> None:
    """Set up and check style, types and the import rules."""
    set_up("requirements-dev.txt")
    call(PYTHON, "-m", "ruff", "check", ".")
    call(PYTHON, "-m", "ruff", "format", "--check", ".")
    call(PYTHON, "-m", "mypy")
    call(PYTHON, "-m", "pytest", "-q", "tests/architecture")


def bench(arguments: list[str]) -> None:
    """Set up and run the benchmarks, all or those named."""
    set_up("requirements-dev.txt")
    call(PYTHON, "-m", "tests.benchmarks", *arguments)


def bundle(arguments: list[str]) -> None:
    """Set up, freeze the program into dist/jibiao and let the frozen program test itself."""
    if "--wine" in arguments:
        call(sys.executable, BUILD / "wine", *[word for word in arguments if word != "--wine"])
        return
    install_system_packages((*SYSTEM, *FOR_BUNDLE))
    set_up("requirements.txt")
    set_up("requirements-build.txt")
    call(
        PYTHON, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN",
        "--workpath", ".work", "--distpath", "dist", BUILD / "app.spec",
    )  # fmt: skip
    frozen = ROOT / "dist" / "jibiao"
    call(PYTHON, BUILD / "licences.py", frozen)
    program = frozen / ("jibiao.exe" if os.name == "nt" else "jibiao")
    report = ROOT / ".work" / "selftest.json"
    call(program, "selftest", "--window", "--report", report, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    size = sum(path.stat().st_size for path in frozen.rglob("*") if path.is_file() and not path.is_symlink())
    print(f"dist/jibiao: {size / 1e6:.0f} MB; its self-test passed ({report.relative_to(ROOT)})")


def main() -> None:
    """Do what the first argument names."""
    commands = {"run": run, "test": test, "lint": lint, "bench": bench, "bundle": bundle}
    if len(sys.argv) < 2 or sys.argv[1] not in commands:
        fail((__doc__ or "").strip())
    commands[sys.argv[1]](sys.argv[2:])


if __name__ == "__main__":
    main()
