"""What the program's knowledge rests on, and where it was seen."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

EVIDENCE: Mapping[str, str] = MappingProxyType(
    {
        "样张": "见于已公开的表",
        "公开网页": "见于公开网页",
        "公开代码": "见于别处公开的程序",
        "推断": "本程序的判断",
        "记忆": "未见原文",
    }
)
"""Where something was seen, the surest first: the word of the data files, and what it says."""


class Source(NamedTuple):
    """A document or practice. ``verified`` says what of it was compared with an original; blank: nothing."""

    shown: str
    title: str
    number: str
    date: str
    mark: str
    """A key of ``EVIDENCE``."""
    verified: str

    @property
    def standing(self) -> str:
        """How far it may be relied on, in words: 未见原文；标题见于公开网页；条文未核对."""
        return f"{EVIDENCE[self.mark]}；{self.verified or '待核对'}"
