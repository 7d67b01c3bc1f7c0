"""The exchange file (``*.json``), and the plain JSON values of projects.

What comes from outside is hostile: a file is read whole or refused whole, with the file, the place and the remedy
named in one Chinese sentence. ``write_package`` never writes what ``parse_package`` would refuse.

Decisions: CR LF inside a text is read as LF; every other control character but tab and LF is refused. The keys of
a file stand in the order of the published ones, unknown keys after them as they came.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from forms.documents import UNFIT, Package, Project, Step
from forms.edition import Edition
from forms.place_words import ADVICE, WORDS, At, PackageError, shown
from forms.plain import PACKAGE, PROJECT, as_object

__all__ = [
    "PackageError",
    "parse_package",
    "project_from_plain",
    "project_to_plain",
    "read_package",
    "write_package",
]

FORMAT = "jibiao-package"
VERSION = 1
MAX_BYTES = 20_000_000
MAX_DEPTH = 32
MAX_PROJECTS = 2_000
MAX_INDICATORS = 5_000
"""Rows of one form."""
MAX_TEXT = 200_000
"""Characters of one text."""
MAX_DIGITS = 15
"""Digits of a whole number: what every JSON reader keeps exactly."""

# ---------------------------------------------------------------- projects and packages


def project_to_plain(project: Project) -> dict[str, Any]:
    """Return the JSON value of a project, as it stands in a package."""
    return PROJECT.write(project)


def project_from_plain(data: object, where: str, editions: Mapping[str, Edition] | None = None) -> Project:
    """Return the project of a JSON value; ``where`` begins the sentence of an error (文件“x.json”).

    No limits of size apply: what the database holds must stay readable. With ``editions`` each form must be of a
    known one of its kind. Raises PackageError.
    """
    at = At(where)
    project: Project = PROJECT.read(at, data)
    if editions is not None:
        _check_forms(at, project, editions)
    return project


def _check_forms(at: At, project: Project, editions: Mapping[str, Edition]) -> None:
    for kind, form in project.forms:
        edition = editions.get(form.edition)
        if edition is None or edition.kind != kind:
            what = "本程序没有" if edition is None else f"不是{WORDS[kind]}的表样"
            known = "、".join(sorted(one.id for one in editions.values() if one.kind == kind))
            advice = f"可用的有：{known}。请改用其中之一，或先装入该表样文件。"
            raise at.step(kind).step("edition").wrong(f"“{shown(form.edition)}”{what}", advice)


def parse_package(data: bytes, source: str, editions: Mapping[str, Edition]) -> Package:
    """Read a package from bytes; ``source`` is the file name for messages.

    Raises PackageError where anything at all is wrong; nothing is taken in by halves.
    """
    at = At(f"文件“{shown(source, 255)}”")
    top = as_object(at, _fit(at, _decode(at, data)))
    if top.get("format") != FORMAT:
        raise at.wrong("不是绩表的数据文件（缺少“format”或其值不对）", "请选择由绩表导出的文件。")
    version = top.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise at.wrong("缺少版本号“version”，或版本号不是正整数")
    if version > VERSION:
        raise at.wrong("由更新版本的绩表保存", "请先升级本程序。")
    projects = top.get("projects")
    if isinstance(projects, list) and len(projects) > MAX_PROJECTS:
        raise at.wrong(f"有{len(projects)}个项目，超过{MAX_PROJECTS}个", "请分成几个文件再导入。")
    package: Package = PACKAGE.read(at, {key: one for key, one in top.items() if key not in ("format", "version")})
    for n, project in enumerate(package.projects):
        here = at.step("projects").step(n)
        _check_forms(here, project, editions)
        _check_sizes(here, project)
    return package


def _check_sizes(at: At, project: Project) -> None:
    for kind, form in project.forms:
        if len(form.indicators) > MAX_INDICATORS:
            what = f"有{len(form.indicators)}行，超过{MAX_INDICATORS}行"
            raise at.step(kind).step("indicators").wrong(what, "请删减或拆分后再导入。")


def read_package(path: FilePath, editions: Mapping[str, Edition]) -> Package:
    """Read a package file. Raises PackageError, or OSError where the file cannot be read."""
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    return parse_package(data, path.name, editions)


def write_package(package: Package, *, compact: bool = False) -> bytes:
    """Return the bytes of a package file: the same package always gives the same bytes.

    ``compact``: for programs alone, in a fraction of the time, all in one line.
    Raises PackageError where the package is larger than ``parse_package`` would read back.
    """
    at = At("要导出的内容")
    plain = {"format": FORMAT, "version": VERSION, **PACKAGE.write(package)}
    if len(package.projects) > MAX_PROJECTS:
        raise at.wrong(f"有{len(package.projects)}个项目，超过{MAX_PROJECTS}个", "请分几次导出。")
    for n, project in enumerate(package.projects):
        _check_sizes(at.step("projects").step(n), project)
    text = json.dumps(_fit(at, plain), ensure_ascii=False, indent=None if compact else 1, allow_nan=False)
    data = f"{text}\n".encode()
    if len(data) > MAX_BYTES:
        raise at.wrong("超过20 MB", "请分几次导出。")
    return data


# ---------------------------------------------------------------- bytes to JSON

# A text (also one that never ends, so that no input makes the scan start over) or a bracket.
_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[\]{}]', re.DOTALL)


class _Wrong(NamedTuple):
    """Stands in the decoded file for what must be refused, until its place is known."""

    what: str


def _decode(at: At, data: bytes) -> object:
    if len(data) > MAX_BYTES:
        raise at.wrong("超过20 MB", "请分成几个文件再导入。")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise at.wrong("不是UTF-8编码", "请用绩表重新导出，或另存为UTF-8编码。") from error
    depth = 0
    for token in _TOKEN.finditer(text):
        mark = token[0]
        depth += (mark in "[{") - (mark in "]}")
        if depth > MAX_DEPTH:
            raise at.wrong(f"嵌套超过{MAX_DEPTH}层", "请选择由绩表导出的文件。")
    try:
        return json.loads(
            text,
            object_pairs_hook=_pairs,
            parse_int=_whole,
            parse_float=_broken,
            parse_constant=_constant,
        )
    except json.JSONDecodeError as error:
        what = f"第{error.lineno}行第{error.colno}列起不是有效的JSON"
        raise at.wrong(what, "文件可能不完整，请重新获取或重新导出。") from error


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any] | _Wrong:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    count = Counter(key for key, _ in pairs)
    return _Wrong(f"中的键“{shown(count.most_common(1)[0][0])}”重复")


def _whole(digits: str) -> int | _Wrong:
    return int(digits) if len(digits.lstrip("-")) <= MAX_DIGITS else _Wrong(f"是超过{MAX_DIGITS}位的整数")


def _broken(digits: str) -> float | _Wrong:
    number = float(digits)
    return number if math.isfinite(number) else _Wrong("是过大的数")


def _constant(name: str) -> _Wrong:
    return _Wrong(f"不是有效的数（{name}）")


class _UnfitError(Exception):
    """What must be refused; its path is gathered on the way out, since most files hold nothing of the kind."""

    def __init__(self, what: str, advice: str = ADVICE) -> None:
        super().__init__(what)
        self.what, self.advice = what, advice
        self.steps: list[Step] = []


def _fit(at: At, value: object) -> Any:
    """Return the JSON value with LF for CR LF. Raises PackageError for what no file may hold."""
    try:
        return _fitted(value)
    except _UnfitError as unfit:
        raise At(at.where, (*at.path, *reversed(unfit.steps))).wrong(unfit.what, unfit.advice) from None


def _fitted(value: object) -> Any:
    if isinstance(value, str):
        return _fitted_text(value)
    if isinstance(value, list):
        return [one for _, one in _fitted_items(enumerate(value))]
    if isinstance(value, dict):
        if not _is_key("".join(value)):
            for key in value:
                if not _is_key(key):
                    raise _UnfitError(f"的键“{shown(key)}”过长或含有不能使用的字符")
        return dict(value) if _are_fit(value.values()) else dict(_fitted_items(value.items()))
    if isinstance(value, _Wrong):
        raise _UnfitError(value.what)
    return value


def _is_key(key: str) -> bool:
    return not (len(key) > MAX_TEXT or UNFIT.search(key) or "\n" in key or "\t" in key)


def _are_fit(values: Iterable[Any]) -> bool:
    """Whether they are texts that stay as they are; one look at them all, as there are thousands of rows."""
    try:
        text = "".join(values)
    except TypeError:
        return False
    return len(text) <= MAX_TEXT and UNFIT.search(text) is None


def _fitted_items(items: Iterable[tuple[Any, Any]]) -> Iterator[tuple[Any, Any]]:
    step: Any = None
    try:
        for step, one in items:
            yield step, _fitted(one)
    except _UnfitError as unfit:
        unfit.steps.append(step)
        raise


def _fitted_text(value: str) -> str:
    text = value.replace("\r\n", "\n")
    if len(text) > MAX_TEXT:
        raise _UnfitError(f"有{len(text)}字，超过{MAX_TEXT}字", "请删减后再试。")
    unfit = UNFIT.search(text)
    if unfit is not None:
        raise _UnfitError(f"含有不能使用的控制字符（U+{ord(unfit[0]):04X}）", "请删去该字符后再试。")
    return text
