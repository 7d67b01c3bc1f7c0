"""Text for full-text search in pairs of characters, as Chinese has no spaces between words.

``绩效目标`` is entered as 绩效 效目 目标 标, so that any part of it, also a single character, is found at once.
"""

from __future__ import annotations

import re
import unicodedata

TOKENIZER = "prefix='1', tokenize='unicode61 remove_diacritics 0'"
"""What an FTS5 table needs to be entered and asked so."""

_RUN = re.compile(r"[^\W_]+")


def runs(text: str) -> list[str]:
    """Return the runs of letters, characters and digits of a text; width and case make no difference."""
    return _RUN.findall(unicodedata.normalize("NFKC", text).lower())


def pairs(run: str) -> list[str]:
    """Return a run as it is entered."""
    return [run[n : n + 2] for n in range(len(run))]


def phrase(run: str) -> str:
    """Return what finds a run, in the words of FTS5."""
    return f'"{run}"*' if len(run) == 1 else f'"{" ".join(pairs(run)[:-1])}"'
