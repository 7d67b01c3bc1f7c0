"""What is said of rules besides their messages, read from the data files beside this module.

``sources.toml``: the official documents and practices that rules rest on. ``rules.toml``: what each rule looks for,
in one Chinese sentence.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from forms.evidence import Source


def _plain(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))


def _read() -> Mapping[str, Source]:
    return MappingProxyType({key: Source(**one) for key, one in _plain("sources.toml").items()})


@cache
def descriptions() -> Mapping[str, str]:
    """What each rule looks for, by the name of its switch; read when it is first asked for."""
    return MappingProxyType(_plain("rules.toml"))


SOURCES: Mapping[str, Source] = _read()
"""All sources, by the key that rules name."""


def cited(keys: tuple[str, ...]) -> str:
    """Return what a finding shows of its sources. Raises KeyError for a key that is not in the file."""
    return "；".join(SOURCES[key].shown for key in keys)
