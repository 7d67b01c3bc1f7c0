"""Edits as plain JSON values, for the journal."""

from __future__ import annotations

from typing import Any

from forms.documents import Path
from forms.edits import Change, Edit, Put, Splice
from forms.place_words import At
from forms.plain import PROJECT, TEXT, Items, Kind, as_object

_JOURNAL = "请从备份恢复。"


def _kind_at(path: Path) -> tuple[Kind, bool]:
    kind: Kind = PROJECT
    absent = False
    for step in path:
        kind, absent = kind.child(step)
    return kind, absent


def edit_to_plain(edit: Edit) -> dict[str, Any]:
    """Return the JSON value of an edit; paths are lists, since a label may hold dots and brackets.

    Raises LookupError where a path leads nowhere.
    """
    return {"name": edit.name, "changes": [_change_to_plain(change) for change in edit.changes]}


def _change_to_plain(change: Change) -> dict[str, Any]:
    kind, _ = _kind_at(change.path)
    if isinstance(change, Put):
        old, new = (None if one is None else kind.write(one) for one in (change.old, change.new))
        return {"put": list(change.path), "old": old, "new": new}
    removed, inserted = kind.write(change.removed), kind.write(change.inserted)
    return {"splice": list(change.path), "at": change.at, "removed": removed, "inserted": inserted}


def edit_from_plain(data: object) -> Edit:
    """Return the edit of a JSON value. Raises PackageError."""
    at = At("修改记录")
    plain = as_object(at, data)
    changes = plain.get("changes")
    if set(plain) != {"name", "changes"} or not isinstance(changes, list):
        raise at.wrong("的内容不全", _JOURNAL)
    name = TEXT.read(at.step("name"), plain["name"])
    return Edit(name, tuple(_change_from_plain(at.step("changes").step(n), one) for n, one in enumerate(changes)))


def _change_from_plain(at: At, data: object) -> Change:
    plain = as_object(at, data)
    keys = set(plain)
    if keys == {"put", "old", "new"}:
        path, kind, absent = _path_from_plain(at, plain["put"])
        values = [
            None if absent and plain[key] is None else kind.read(at.step(key), plain[key]) for key in ("old", "new")
        ]
        return Put(path, *values)
    if keys == {"splice", "at", "removed", "inserted"}:
        path, kind, _ = _path_from_plain(at, plain["splice"])
        start = plain["at"]
        if isinstance(kind, Items) and isinstance(start, int) and not isinstance(start, bool) and start >= 0:
            removed, inserted = (kind.read(at.step(key), plain[key]) for key in ("removed", "inserted"))
            return Splice(path, start, removed, inserted)
    raise at.wrong("无法读取", _JOURNAL)


def _path_from_plain(at: At, data: object) -> tuple[Path, Kind, bool]:
    if isinstance(data, list) and all(isinstance(one, (str, int)) and not isinstance(one, bool) for one in data):
        try:
            return (tuple(data), *_kind_at(tuple(data)))
        except LookupError:
            pass
    raise at.wrong("无法读取", _JOURNAL)
