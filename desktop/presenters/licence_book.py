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
    """Return the book as Markdown: the parts of the bundle in a table, where their texts are, notes on some."""
    blocks = [f"# {text('licences.title')}", text("licences.own", version=version())]
    listed = folder / "list.json"
    if not listed.is_file():
        return "\n\n".join([*blocks, text("licences.sources")]) + "\n"
    parts: list[dict[str, Any]] = json.loads(listed.read_text(encoding="utf-8"))
    blocks += [text("licences.lgpl"), text("licences.intro", count=len(parts), folder=folder), _table(parts)]
    notes = [f"**{part['name']}**　{_note(part)}" for part in parts if _note(part)]
    return "\n\n".join([*blocks, f"## {text('licences.notes')}", *notes]) + "\n"


def _table(parts: list[dict[str, Any]]) -> str:
    heads = text("licences.columns").split("|")
    lines = [f"| {' | '.join(heads)} |", "|" + "---|" * len(heads)]
    for part in parts:
        name = part["name"] + (text("licences.within", name=part["within"]) if "within" in part else "")
        texts = text("licences.and").join(part["texts"])
        lines.append(f"| {name} | {part['version']} | {part['licence']} | {texts} | {part['url']} |")
    return "\n".join(lines)


def _note(part: dict[str, Any]) -> str:
    source = text("licences.source", url=part["source"]) if part.get("source") else ""
    return " ".join(one for one in (part.get("note", ""), source) if one)
