"""All licences as a book to read: made from the list that a bundle carries."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from desktop.texts import RESOURCES, text
from desktop.version import version

LICENCES = RESOURCES.parent / "licences"
"""Written when a bundle is made: ``list.json`` and the texts that it names."""


def licence_book(folder: Path = LICENCES) -> str:
    """Return the book as Markdown: the parts of the bundle in a table, notes on some, then the licences themselves."""
    blocks = [f"# {text('licences.title')}", text("licences.own", version=version())]
    listed = folder / "list.json"
    if not listed.is_file():
        return "\n\n".join([*blocks, text("licences.sources")]) + "\n"
    parts: list[dict[str, Any]] = json.loads(listed.read_text(encoding="utf-8"))
    blocks += [text("licences.intro", count=len(parts)), text("licences.lgpl"), _table(parts)]
    notes = [f"**{part['name']}**　{_note(part)}" for part in parts if _note(part)]
    blocks += [f"## {text('licences.notes')}", *notes, f"## {text('licences.texts')}"]
    for name in sorted({name for part in parts for name in part["texts"]}):
        users = "、".join(part["name"] for part in parts if name in part["texts"])
        words = (folder / name).read_text(encoding="utf-8", errors="replace")
        quoted = "\n".join(f"    {line}" for line in words.splitlines())
        blocks += [f"### {Path(name).stem}", text("licences.used_by", names=users), quoted]
    return "\n\n".join(blocks) + "\n"


def _table(parts: list[dict[str, Any]]) -> str:
    heads = text("licences.columns").split("|")
    lines = [f"| {' | '.join(heads)} |", "|" + "---|" * len(heads)]
    for part in parts:
        name = part["name"] + (text("licences.within", name=part["within"]) if "within" in part else "")
        lines.append(f"| {name} | {part['version']} | {part['licence']} | {part['url']} |")
    return "\n".join(lines)


def _note(part: dict[str, Any]) -> str:
    source = text("licences.source", url=part["source"]) if part.get("source") else ""
    return " ".join(one for one in (part.get("note", ""), source) if one)
