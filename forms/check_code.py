"""校验码: a short code of what a project says, printed on its paper, to tell whether paper and data belong together.

Twelve characters of Crockford's base 32 in three groups, ``7K3M-Q2XD-9F4T``: 55 bits of a SHA-256 sum and a last
character by which a mistyped code is known. It is made from the forms and the narrative, as the clerk typed them. What
is never printed (confirmations, 定性档次, keys of other programs), the order of keys, and whether a blank is absent or
empty make no difference; so the same data has the same code on any machine, and after any export and import. It guards
against mixed-up and outdated paper. It is no signature: it proves nothing against one who forges on purpose.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from forms.documents import parts_of

if TYPE_CHECKING:
    from forms.documents import Package, Project

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH: Final = 12
_GROUP: Final = 4
UNPRINTED: Final = frozenset(("extra", "confirmations", "tier"))
"""Parts of documents that no form prints."""
_ALIKE: Final = str.maketrans("OIL", "011")
_LABEL: Final = r"^\s*校验码\s*[:：]?"
_BETWEEN: Final = r"[\s\-_.·\u2010-\u2015\u2212]"


def check_code(project: Project) -> str:
    """Return the code of a project, the same whichever of its pages are printed and how."""
    return _code("project", _said(project))


def booklet_code(package: Package) -> str:
    """Return the code of a bound set: title, statement, and the projects in their order."""
    return _code("booklet", _said(package))


def normal_code(typed: str) -> str | None:
    """Return a code as it is printed from what a person or a scanner typed; None where that is no code.

    Case, blanks, hyphens and full-width letters make no difference, O and 0 are the same, and so are I, L and 1. One
    wrong character, or two that changed places, are always noticed.
    """
    text = unicodedata.normalize("NFKC", re.sub(_LABEL, "", typed))
    text = re.sub(_BETWEEN, "", text).upper().translate(_ALIKE)
    digits = [_ALPHABET.find(char) for char in text]
    if len(digits) != _LENGTH or min(digits) < 0 or _sum(digits):
        return None
    return _grouped(digits)


def _said(value: object) -> object:
    """What a document says, as plain JSON values without blanks and without what is never printed."""
    found: object = value
    parts = parts_of(value)
    if parts:
        found = {name: getattr(value, name) for name in parts if name not in UNPRINTED}
    if isinstance(found, Mapping):
        said = {key: _said(one) for key, one in found.items()}
        return {key: one for key, one in said.items() if one not in (None, "", [], {})}
    if isinstance(found, tuple):
        return [_said(one) for one in found]
    return found


def _code(kind: str, said: object) -> str:
    text = json.dumps([kind, said], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    number = int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest(), "big")
    digits = [number >> 5 * n & 31 for n in range(_LENGTH - 1)]
    return _grouped([*digits, _doubled(_sum(digits))])


def _grouped(digits: list[int]) -> str:
    text = "".join(_ALPHABET[digit] for digit in digits)
    return "-".join(text[n : n + _GROUP] for n in range(0, _LENGTH, _GROUP))


def _sum(digits: list[int]) -> int:
    """The digits as a polynomial at the element 2 of the field of 32 elements: 0 for a whole code."""
    total = 0
    for digit in digits:
        total = _doubled(total) ^ digit
    return total


def _doubled(element: int) -> int:
    return element << 1 ^ (0b100101 if element & 16 else 0)
