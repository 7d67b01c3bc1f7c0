"""The shape of the database, step by step. A step that was released is never changed again."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from desktop.store.sums import sum_of

APPLICATION_ID = 0x6A696269
"""``jibi``: tells our databases from those of other programs."""

SCHEMA = Migrations("jibiao")


@SCHEMA(name="m001_projects")
def _projects(db: Database) -> None:
    # AUTOINCREMENT: the number of a purged project never comes to mean another one.
    db.execute("""
        CREATE TABLE projects (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            uuid TEXT NOT NULL UNIQUE,
            unit TEXT NOT NULL,
            year INTEGER,
            name TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('declaration', 'evaluation', 'both', 'narrative')),
            department TEXT NOT NULL,
            declaration_edition TEXT,
            evaluation_edition TEXT,
            amount TEXT,
            created_at TEXT NOT NULL,
            changed_at TEXT NOT NULL,
            recycled_at TEXT,
            snapshot TEXT NOT NULL,
            snapshot_seq INTEGER NOT NULL,
            head INTEGER NOT NULL
        ) STRICT
    """)
    db.execute("""
        CREATE TABLE edits (
            project_id INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
            seq INTEGER NOT NULL,
            name TEXT NOT NULL,
            edit TEXT NOT NULL,
            at TEXT NOT NULL,
            PRIMARY KEY (project_id, seq)
        ) STRICT, WITHOUT ROWID
    """)
    db.execute("""
        CREATE TABLE views (
            project_id INTEGER PRIMARY KEY REFERENCES projects (id) ON DELETE CASCADE,
            state TEXT NOT NULL
        ) STRICT
    """)
    db.execute("CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT")


@SCHEMA(name="m002_final_copies_and_search")
def _final_copies_and_search(db: Database) -> None:
    # What SQLite cannot know: whether the bytes of a row are still those that were written.
    db.conn.create_function("sum_of", -1, sum_of, deterministic=True)
    db.execute("ALTER TABLE projects ADD COLUMN sum INTEGER")
    db.execute("UPDATE projects SET sum = sum_of(id, snapshot_seq, head, sum_of(snapshot))")
    db.execute("ALTER TABLE edits ADD COLUMN sum INTEGER")
    db.execute("UPDATE edits SET sum = sum_of(edit)")
    # No reference to projects: a final copy outlives a project that is purged.
    db.execute("""
        CREATE TABLE final_copies (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            project_id INTEGER NOT NULL,
            project_uuid TEXT NOT NULL,
            number INTEGER NOT NULL,
            made_at TEXT NOT NULL,
            unit TEXT NOT NULL,
            year INTEGER,
            name TEXT NOT NULL,
            code TEXT NOT NULL,
            package BLOB NOT NULL,
            pdf BLOB NOT NULL,
            report TEXT NOT NULL,
            differences TEXT NOT NULL,
            sum INTEGER NOT NULL,
            UNIQUE (project_uuid, number)
        ) STRICT
    """)
    db.execute("CREATE INDEX final_copies_by_code ON final_copies (code)")
    db.execute("""
        CREATE TABLE stamps (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            copy_id INTEGER NOT NULL REFERENCES final_copies (id),
            stamped_on TEXT NOT NULL,
            note TEXT NOT NULL,
            at TEXT NOT NULL
        ) STRICT
    """)
    db.execute("CREATE INDEX stamps_of_copy ON stamps (copy_id)")
    for table, taken in (
        ("final_copies", "id = NEW.id OR (project_uuid = NEW.project_uuid AND number = NEW.number)"),
        ("stamps", "id = NEW.id"),
    ):
        for act in ("UPDATE", "DELETE"):
            db.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table}"
                " BEGIN SELECT RAISE(ABORT, 'frozen'); END"
            )
        # INSERT OR REPLACE deletes without asking the trigger of deletions.
        found = f"SELECT 1 FROM {table} WHERE {taken}"  # noqa: S608 - names and conditions are ours
        db.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}"
            f" WHEN EXISTS ({found}) BEGIN SELECT RAISE(ABORT, 'frozen'); END"
        )
    # Everything that the list of projects shows, without the pages of the snapshots between.
    db.execute("""
        CREATE INDEX projects_listed ON projects (
            recycled_at, unit, year DESC, id, name, kind, department, declaration_edition, evaluation_edition, amount,
            created_at, changed_at
        )
    """)
    # Which entry of the search index is a project's; without a row it is to be entered (again).
    db.execute("""
        CREATE TABLE searched (
            entry INTEGER PRIMARY KEY AUTOINCREMENT,
            project_id INTEGER NOT NULL UNIQUE REFERENCES projects (id) ON DELETE CASCADE
        ) STRICT
    """)
    # No copy of the texts, and entries that no project has any more stay until the index is made anew.
    db.execute(
        "CREATE VIRTUAL TABLE search_index USING fts5(words, content='', columnsize=0, prefix='1',"
        " tokenize='unicode61 remove_diacritics 0')"
    )


@SCHEMA(name="m003_booklets")
def _booklets(db: Database) -> None:
    # What stood in a bound booklet whose check code is on paper. As final copies they outlive their projects.
    db.execute("""
        CREATE TABLE booklets (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            code TEXT NOT NULL UNIQUE,
            made_at TEXT NOT NULL,
            projects TEXT NOT NULL,
            package BLOB NOT NULL,
            sum INTEGER NOT NULL
        ) STRICT
    """)
    for act, when in (
        ("update", "BEFORE UPDATE ON booklets"),
        ("delete", "BEFORE DELETE ON booklets"),
        (
            "replace",
            "BEFORE INSERT ON booklets WHEN EXISTS (SELECT 1 FROM booklets WHERE id = NEW.id OR code = NEW.code)",
        ),
    ):
        db.execute(f"CREATE TRIGGER booklets_no_{act} {when} BEGIN SELECT RAISE(ABORT, 'frozen'); END")
