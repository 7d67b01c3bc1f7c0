"""The official documents and practices that rules rest on: ``sources.toml``, read strictly."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Source:
    """A document or practice. ``verified`` says what of it was compared with an original; blank: nothing."""

    shown: str
    title: str
    number: str
    date: str
    mark: str
    verified: str


def _read() -> Mapping[str, Source]:
    text = (Path(__file__).parent / "sources.toml").read_text(encoding="utf-8")
    return MappingProxyType({key: Source(**one) for key, one in tomllib.loads(text).items()})


SOURCES: Mapping[str, Source] = _read()
"""All sources, by the key that rules name."""


def cited(keys: tuple[str, ...]) -> str:
    """Return what a finding shows of its sources. Raises KeyError for a key that is not in the file."""
    return "；".join(SOURCES[key].shown for key in keys)
