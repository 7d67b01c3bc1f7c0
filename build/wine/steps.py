"""The steps of the proof: each passes, fails, or could not be tried; the table at the end says which and how long."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wine import Done, ProofError, Wine, windows_path

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]


class NotTriedError(Exception):
    """A step cannot be tried here; the sentence says what is missing."""


@dataclass(slots=True)
class Row:
    """A line of the table."""

    name: str
    outcome: str
    """``ok``, ``FAILED`` or ``not tried``."""
    seconds: float
    detail: str


@dataclass(slots=True)
class Proof:
    """What the steps share."""

    wine: Wine
    work: Path
    rows: list[Row] = field(default_factory=list)

    @property
    def python(self) -> Path:
        """The folder of the Windows CPython."""
        return self.work / "python"

    @property
    def bundle(self) -> Path:
        """The bundle that is proved."""
        return self.work / "dist" / "jibiao"

    @property
    def old_bundle(self) -> Path:
        """A bundle of an older version."""
        return self.work / "dist-old" / "jibiao"

    @property
    def out(self) -> Path:
        """Where installers and other results go."""
        return self.work / "out"

    @property
    def installed(self) -> Path:
        """Where the installer puts the program."""
        return self.wine.profile / "AppData" / "Local" / "Programs" / "jibiao"

    @property
    def data(self) -> Path:
        """The clerk's data folder."""
        return self.wine.profile / "AppData" / "Local" / "jibiao"

    def step(self, name: str, work: Callable[[Proof], str]) -> bool:
        """Do a step and note how it went."""
        print(f"… {name}", flush=True)
        start = time.monotonic()
        try:
            outcome, detail = "ok", work(self)
        except NotTriedError as error:
            outcome, detail = "not tried", str(error)
        except Exception as error:  # noqa: BLE001 - whatever goes wrong is a step that failed
            outcome, detail = "FAILED", f"{type(error).__name__}: {error}"
        row = Row(name, outcome, time.monotonic() - start, detail)
        self.rows.append(row)
        print(f"  {outcome} {row.seconds:.0f} s  {detail}", flush=True)
        return outcome == "ok"

    def table(self) -> str:
        """Return the table of all steps."""
        lines = [f"{'step':<58} {'outcome':<9} {'s':>5}  detail"]
        lines += [
            f"{row.name:<58} {row.outcome:<9} {row.seconds:5.0f}  {row.detail.partition(chr(10))[0][:150]}"
            for row in self.rows
        ]
        counts = {one: sum(row.outcome == one for row in self.rows) for one in ("ok", "FAILED", "not tried")}
        total = sum(row.seconds for row in self.rows)
        summary = ", ".join(f"{count} {one}" for one, count in counts.items())
        return "\n".join([*lines, f"{summary}; {total:.0f} s"])

    # ---------------------------------------------------------------- the program

    def run(self, program: Path, *words: str | Path, **more: Any) -> Done:
        """Run a frozen program; paths among the words are given as Windows has them."""
        plain = [windows_path(word) if isinstance(word, Path) else word for word in words]
        return self.wine.run(program / "jibiao.exe", *plain, **more)

    def selftest(self, program: Path, *words: str | Path, name: str = "selftest", **more: Any) -> dict[str, Any]:
        """Let a program test itself and return the report, with its exit code as ``code``."""
        report = self.out / f"{name}.json"
        report.parent.mkdir(parents=True, exist_ok=True)
        report.unlink(missing_ok=True)
        done = self.run(program, "selftest", *words, "--report", report, timeout=240, **more)
        if not report.is_file():
            raise ProofError(f"no report was written; code {done.code}: {done.said[-800:]}")
        return {**json.loads(report.read_text(encoding="utf-8")), "code": done.code, "said": done.said}

    def good_selftest(self, program: Path, *words: str | Path, **more: Any) -> dict[str, Any]:
        """Like ``selftest``, and raise where anything failed."""
        report = self.selftest(program, *words, **more)
        bad = [step for step in report["steps"] if not step["ok"]]
        if bad or report["code"] or not report["ok"]:
            told = [(one["step"], one["detail"][-600:]) for one in bad]
            raise ProofError(f"code {report['code']}, {told}, {report['said'][-300:]}")
        return report

    def projects(self, program: Path, *words: str | Path) -> list[dict[str, Any]]:
        """Return the projects that a program lists."""
        done = self.run(program, *words, "list", "--json")
        if done.code:
            raise ProofError(f"list ended with {done.code}: {done.said[-500:]}")
        rows: list[dict[str, Any]] = json.loads(done.said[done.said.index("{") : done.said.rindex("}") + 1])["projects"]
        return rows


def require(condition: object, what: str) -> None:
    """Raise ProofError where something is not as it should be."""
    if not condition:
        raise ProofError(what)


def failed(report: dict[str, Any]) -> set[str]:
    """Return the steps of a self-test that failed."""
    return {step["step"] for step in report["steps"] if not step["ok"]}


def linked_copy(source: Path, to: Path) -> Path:
    """Copy a folder by hard links: quick, and removing files from it leaves the source as it is."""
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(source, to, copy_function=os.link)
    return to


def listing(folder: Path) -> set[str]:
    """Return all files below a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@contextmanager
def mounted(place: Path, *options: str) -> Iterator[Path]:
    """Mount something on a folder for a while. Raises NotTriedError where that is not allowed."""
    place.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(["mount", *options, str(place)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotTriedError(f"needs root for mount: {done.stderr.strip()[:100]}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], capture_output=True, check=False)


def all_of(steps: Sequence[tuple[str, Callable[[Proof], str]]], proof: Proof) -> bool:
    """Do steps that need one another; after one that failed the rest is not tried."""
    for at, (name, work) in enumerate(steps):
        if not proof.step(name, work):
            for rest, _ in steps[at + 1 :]:
                proof.rows.append(Row(rest, "not tried", 0, f"needs «{name}»"))
            return False
    return True
