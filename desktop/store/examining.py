"""Whether all that is stored is what was written: thorough, slow, for when nobody waits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlite_utils import Database

from desktop.store.database import check_whole
from desktop.store.errors import Kind, StoreError, trouble
from desktop.store.sums import sum_of


def damages(db: Database, path: Path) -> Iterator[str]:
    """Give a sentence for the file where it is damaged, for each project, final copy and booklet that is."""
    try:
        check_whole(db, path, thoroughly=True)
    except StoreError as error:
        yield error.sentence
    bad = {
        row["id"]: row["name"]
        for row in db.execute("SELECT id, name, snapshot_seq, head, snapshot, sum FROM projects")
        if sum_of(row["id"], row["snapshot_seq"], row["head"], sum_of(row["snapshot"])) != row["sum"]
    }
    for row in db.execute(
        "SELECT project_id, edit, edits.sum, projects.name FROM edits JOIN projects ON projects.id = project_id"
    ):
        if row["project_id"] not in bad and sum_of(row["edit"]) != row["sum"]:
            bad[row["project_id"]] = row["name"]
    for name in bad.values():
        yield trouble(Kind.DAMAGED_PROJECT, name=name).sentence
    for row in db.execute("SELECT id, package, pdf, report, differences, sum FROM final_copies"):
        if sum_of(row["package"], row["pdf"], row["report"], row["differences"]) != row["sum"]:
            yield trouble(Kind.DAMAGED_COPY, id=row["id"]).sentence
    for row in db.execute("SELECT code, projects, package, sum FROM booklets"):
        if sum_of(row["projects"], row["package"]) != row["sum"]:
            yield trouble(Kind.DAMAGED_BOOKLET, code=row["code"]).sentence
