"""Finding projects by any words in them: an index of pairs of characters (``pairs.py``).

The index follows the journal lazily: a changed project is entered again by ``index``, not while it is saved.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlite_utils import Database

from desktop.store.errors import StoreError
from desktop.store.journal import Journal
from desktop.store.pairs import pairs, phrase, runs
from forms.documents import Project

LONGEST = 100
"""Characters of what is looked for that count: a text of thousands, pasted by mistake, would take long to look for."""
DEAD = 1000
"""So many entries of no project any more, beyond as many as there are projects, and the index is made anew."""


class Search:
    """Reads and writes the index over one connection; inside a transaction of the caller's."""

    def __init__(self, db: Database, journal: Journal) -> None:
        self._db = db
        self._journal = journal

    def find(self, words: str) -> frozenset[int] | None:
        """Return the numbers of the projects that contain all words; None where there are no words to look for.

        A project that ``index`` has not entered yet is not found.
        """
        query = " AND ".join(phrase(run) for run in runs(words[:LONGEST]))
        if not query:
            return None
        rows = self._db.execute(
            "SELECT project_id FROM search_index JOIN searched ON entry = search_index.rowid"
            " WHERE search_index MATCH ?",
            [query],
        ).fetchall()
        return frozenset(row[0] for row in rows)

    def index(self, count: int) -> bool:
        """Enter at most ``count`` projects that are not in the index; return whether more are left."""
        made, live = self._db.execute(
            "SELECT (SELECT seq FROM sqlite_sequence WHERE name = 'searched'), count(*) FROM searched"
        ).fetchone()
        if (made or 0) - live > live + DEAD:
            self._db.execute("INSERT INTO search_index (search_index) VALUES ('delete-all')")
            self._db.execute("DELETE FROM searched")
            self._db.execute("DELETE FROM sqlite_sequence WHERE name = 'searched'")
        rows = self._db.execute(
            "SELECT id FROM projects WHERE id NOT IN (SELECT project_id FROM searched) LIMIT ?", [count]
        ).fetchall()
        for row in rows:
            try:
                words = entry(self._journal.read(row["id"]).project)
            except StoreError:  # a damaged project is told when it is opened
                words = ""
            made = self._db.execute("INSERT INTO searched (project_id) VALUES (?)", [row["id"]])
            self._db.execute("INSERT INTO search_index (rowid, words) VALUES (?, ?)", [made.lastrowid, words])
        return len(rows) == count


def entry(project: Project) -> str:
    """Return what the index holds of a project: everything typed, in pairs of characters."""
    return " ".join(pair for text in _texts(project) for run in runs(text) for pair in pairs(run))


def _texts(project: Project) -> Iterator[str]:
    for _, form in project.forms:
        yield from form.fields.values()
        for row in form.indicators:
            yield from (row.l3, row.target, row.mid_l3, row.mid_target, row.actual, row.reason)
    if project.declaration is not None:
        yield from (project.declaration.overall_goal, project.declaration.annual_goal)
    if project.evaluation is not None:
        yield from (project.evaluation.expected, project.evaluation.actual)
    if project.narrative is not None:
        yield from (section.text for section in project.narrative.sections)
