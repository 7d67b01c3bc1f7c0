"""The shape of the database, step by step. A step that was released is never changed again."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

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
