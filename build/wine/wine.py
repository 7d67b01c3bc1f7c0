"""A Windows of our own: a Wine prefix with a scratch home, a clerk's user name and a screen, and programs run in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self

SERVER = Path("/usr/lib/wine/wineserver64")
STUBS = Path(__file__).parent / "stubs"
LOADER = Path("/usr/lib/wine/wine64")
MINGW = "x86_64-w64-mingw32"
USER = "王 会计😀"
"""The clerk's name: Chinese, a space, and a character that the Windows code page 936 does not have."""
SCREEN = "1366x768x24"
DPI = 120
"""125 % of scale."""
GRACE = 5.0
"""Seconds that output may still come after a program's end, from what it left running."""


class ProofError(Exception):
    """A step of the proof failed, in a sentence."""


@dataclass(frozen=True, slots=True)
class Done:
    """How a program ended; None as the code where it had to be stopped."""

    code: int | None
    said: str


class Wine:
    """The prefix below a folder. ``with`` starts screen and prefix, and stops everything in it at the end."""

    def __init__(self, work: Path) -> None:
        self.work = work
        self.prefix = work / "prefix"
        self.profile = self.prefix / "drive_c" / "users" / USER
        self._screen: subprocess.Popen[bytes] | None = None
        home = work / "home"
        home.mkdir(parents=True, exist_ok=True)
        kept = {name: os.environ[name] for name in os.environ if name.startswith(("PIP_", "SSL_")) or name == "PATH"}
        self._environment = {
            **kept,
            "HOME": str(home),
            "USER": USER,
            "LOGNAME": USER,
            "WINEPREFIX": str(self.prefix),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=;winemenubuilder.exe,winedbg.exe=d",
            "LOCPATH": str(work / "locale"),
            "LANG": "zh_CN.UTF-8",
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def __enter__(self) -> Self:
        locale = self.work / "locale" / "zh_CN.UTF-8"
        if not locale.is_dir():
            locale.parent.mkdir(parents=True, exist_ok=True)
            # Its warnings of the locale's own making give the code 1 even where all is well.
            subprocess.run(["localedef", "-i", "zh_CN", "-f", "UTF-8", str(locale)], capture_output=True, check=False)
        if not locale.is_dir():
            raise ProofError("localedef made no zh_CN.UTF-8: Chinese paths would not work")
        self._environment["DISPLAY"] = self._start_screen()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        if self._screen is not None:
            self._screen.terminate()
            self._screen.wait()

    def _start_screen(self) -> str:
        read, write = os.pipe()
        self._screen = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", SCREEN, "-nolisten", "tcp"],
            pass_fds=[write],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(write)
        with os.fdopen(read) as told:
            number = told.readline().strip()
        if not number:
            raise ProofError("Xvfb did not start")
        return f":{number}"

    # ---------------------------------------------------------------- the prefix

    def make(self) -> str:
        """Make the prefix anew, as Windows 10 at 125 % of scale, with the stubs; return what it calls itself."""
        self.stop()
        shutil.rmtree(self.prefix, ignore_errors=True)
        self.run("wineboot", "-i", timeout=180)
        self.run("winecfg", "-v", "win10")
        for name in ("icuuc", "mscms", "bcryptprimitives"):
            self._stub(name)
        self.run("reg", "add", r"HKCU\Software\Wine\DllOverrides", "/v", "mscms", "/d", "native,builtin", "/f")
        self.run(
            "reg", "add", r"HKCU\Control Panel\Desktop", "/v", "LogPixels", "/t", "REG_DWORD", "/d", str(DPI), "/f"
        )
        said = self.run("cmd", "/c", "ver").said.strip()
        if "10." not in said or not self.profile.is_dir():
            raise ProofError(f"the prefix is not as wanted: {said}, {[p.name for p in self.profile.parent.iterdir()]}")
        return said

    def _stub(self, name: str) -> None:
        system = self.prefix / "drive_c" / "windows" / "system32"
        call(
            f"{MINGW}-gcc", "-O2", "-s", "-shared", "-nostdlib", "-w", "-e", "DllMain",
            "-o", system / f"{name}.dll", STUBS / f"{name}.c", "-ladvapi32",
        )  # fmt: skip

    def stop(self) -> None:
        """End everything that runs in the prefix."""
        if self.prefix.is_dir():
            subprocess.run(
                ["/usr/lib/wine/wineserver64", "-k"], env=self._environment, capture_output=True, check=False
            )

    # ---------------------------------------------------------------- running

    def environment(self, *, screen: bool, **more: str) -> dict[str, str]:
        """Return the variables of a program: shown on the screen or nowhere. Wine hands WINEQT_* on as QT_*."""
        qt = {} if screen else {"WINEQT_QPA_PLATFORM": "offscreen", "WINEQT_LOGGING_RULES": "qt.qpa.fonts=false"}
        return {**self._environment, **qt, **more}

    def spawn(
        self, *command: str | Path, screen: bool = False, prefix: tuple[str, ...] = (), **more: str
    ) -> subprocess.Popen[bytes]:
        """Start a program and leave it running."""
        return subprocess.Popen(
            [*prefix, str(LOADER), *map(str, command)],
            env=self.environment(screen=screen, **more),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,  # Python ends at once on Wine 8 where it is a plain file
            stderr=subprocess.STDOUT,
            cwd=self.work,
        )

    def run(
        self,
        *command: str | Path,
        timeout: float = 120,
        screen: bool = False,
        prefix: tuple[str, ...] = (),
        **more: str,
    ) -> Done:
        """Run a program to its end and return its code and what it said; one that hangs is stopped."""
        process = self.spawn(*command, screen=screen, prefix=prefix, **more)
        said: list[bytes] = []
        reader = threading.Thread(target=_read, args=(process.stdout, said), daemon=True)
        reader.start()
        try:
            code: int | None = process.wait(timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            code = None
        reader.join(GRACE)  # services of the prefix may hold the pipe longer than the program
        return Done(code, b"".join(said).decode("utf-8", "replace").replace("\r\n", "\n"))

    def registry(self, key: str, value: str = "") -> str | None:
        """Return a text of the registry; None where it is not there."""
        chosen = ("/v", value) if value else ("/ve",)
        for line in self.run("reg", "query", key, *chosen).said.splitlines():
            _, found, rest = line.partition("REG_SZ")
            if found:
                return rest.strip()
        return None

    def take_picture(self, out: Path) -> None:
        """Write what stands on the screen."""
        subprocess.run(["import", "-window", "root", str(out)], env=self.environment(screen=True), check=True)


def windows_path(path: Path) -> str:
    """Return the path as programs in the prefix see it."""
    return "Z:" + str(path).replace("/", "\\")


def unquoted(word: str) -> list[str]:
    """Return a word in pieces that stand side by side on the command line: NSIS wants its last one without quotes."""
    return word.split(" ")


def call(*command: str | Path, cwd: Path | None = None) -> str:
    """Run a program of this system and return what it said. Raises ProofError where it fails."""
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ProofError(f"{command[0]} ended with {done.returncode}: {(done.stderr or done.stdout).strip()[-1500:]}")
    return done.stdout


def wait_for(condition: object, seconds: float = 20) -> bool:
    """Wait until a callable gives something true."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if callable(condition) and condition():
            return True
        time.sleep(0.2)
    return False


def _read(stream: IO[bytes] | None, into: list[bytes]) -> None:
    while stream is not None and (part := stream.read1(65536)):  # type: ignore[attr-defined]  # a pipe is buffered
        into.append(part)
