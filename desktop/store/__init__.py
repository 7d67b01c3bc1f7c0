"""The clerk's work on disk: the only user of SQLite."""
