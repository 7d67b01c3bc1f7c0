"""Strict reading of a TOML file: every key must be asked for, and an unknown or missing one is named."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from forms.documents import UNFIT
from forms.edition import EditionError

MAX_BYTES = 1_000_000


class Table:
    """A TOML table; ``close`` refuses the keys that nobody took. All methods raise EditionError."""

    def __init__(self, where: str, data: object) -> None:
        if not isinstance(data, dict):
            raise EditionError(f"{where}应为表（table）")
        self.where, self.left = where, dict(data)

    def wrong(self, key: str, what: str) -> EditionError:
        """Return the error about a key."""
        return EditionError(f"{self.where}的键“{key}”{what}")

    def take(self, key: str, kind: type | tuple[type, ...], default: Any = ...) -> Any:
        """Return the value of a key; without a default the key must be there."""
        if key not in self.left:
            if default is ...:
                raise EditionError(f"{self.where}缺少键“{key}”")
            return default
        value = self.left.pop(key)
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.wrong(key, "类型不对")
        if isinstance(value, str):
            self._check(key, value)
        return value

    def _check(self, key: str, text: str) -> None:
        if UNFIT.search(text):
            raise self.wrong(key, "含有控制字符")

    def filled(self, key: str) -> str:
        """Return a text that is not blank."""
        text: str = self.take(key, str)
        if not text.strip():
            raise self.wrong(key, "不能为空")
        return text

    def whole(self, key: str, least: int, most: int, default: Any = ...) -> int:
        """Return a whole number within bounds."""
        number: int = self.take(key, int, default)
        if not least <= number <= most:
            raise self.wrong(key, f"应为{least}至{most}的整数")
        return number

    def one_of(self, key: str, allowed: tuple[str, ...], default: Any = ...) -> Any:
        """Return one of the allowed words."""
        value = self.take(key, str, default)
        if value not in allowed:
            raise self.wrong(key, f"应为{'、'.join(filter(None, allowed))}之一")
        return value

    def strings(self, key: str, default: Any = ...) -> tuple[str, ...]:
        """Return a list of texts."""
        values = self.take(key, list, default)
        for value in values:
            if not isinstance(value, str):
                raise self.wrong(key, "应为文字列表")
            self._check(key, value)
        return tuple(values)

    def with_blanks(self, key: str, *allowed: str) -> str:
        """Return a text in which no braces stand but those of the blanks that are filled in."""
        rest = text = str(self.take(key, str))
        for blank in allowed:
            rest = rest.replace(blank, "")
        if "{" in rest or "}" in rest:
            raise self.wrong(key, f"中的花括号只能用于{'、'.join(allowed)}")
        return text

    def refuse_twice(self, key: str, names: list[str]) -> None:
        """Refuse a name that stands twice in what was read of a key."""
        for name in names:
            if names.count(name) > 1:
                raise self.wrong(key, f"中“{name}”重复")

    def tables(self, key: str, default: Any = ...) -> list[Table]:
        """Return a list of tables."""
        return [Table(f"{self.where}的{key}第{n}项", one) for n, one in enumerate(self.take(key, list, default), 1)]

    def table(self, key: str) -> Table:
        """Return a table."""
        return Table(f"{self.where}的{key}", self.take(key, dict))

    def close(self) -> None:
        """Refuse what is left over."""
        if self.left:
            raise EditionError(f"{self.where}有不认识的键“{next(iter(self.left))}”")


def read_toml(path: Path, where: str) -> Table:
    """Read a file; ``where`` names it in messages. Raises EditionError."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise EditionError(f"{where}无法读取，请检查该文件是否还在、能否打开") from error
    if len(raw) > MAX_BYTES:
        raise EditionError(f"{where}超过{MAX_BYTES // 1_000_000} MB")
    try:
        # An editor on Windows may have put a BOM before a copy that a person changed.
        return Table(where, tomllib.loads(raw.decode("utf-8-sig")))
    except UnicodeDecodeError as error:
        raise EditionError(f"{where}不是UTF-8编码") from error
    except (ValueError, RecursionError) as error:
        place = re.search(r"line (\d+), column (\d+)", str(error))
        begin = f"第{place[1]}行第{place[2]}列起" if place else ""
        raise EditionError(f"{where}{begin}不是有效的TOML") from error
