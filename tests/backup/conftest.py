"""A database of one's own to back up, destroy and put back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

import psycopg
import pytest
from flask import Flask
from sqlalchemy import make_url

from tracker.config import Settings
from tracker.db import db
from tracker.testing.databases import (
    SQLITE,
    Databases,
    PostgresDatabases,
    make_test_app,
    test_settings,
)

ONE_AT_A_TIME = Lock()


class Place:
    """A migrated database and apps on it, whose connections are closed again."""

    def __init__(self, databases: Databases, url: str) -> None:
        self.databases, self.url = databases, url
        self.settings: Settings = test_settings(url)
        self.is_sqlite = databases.kind == SQLITE
        self._app: Flask | None = None
        self._in_use = 0

    @contextmanager
    def app(self) -> Iterator[Flask]:
        """The app with its context open; no connection is left when the last block ends."""
        # Python 3.11 fails now and then when two threads parse at once, as routes are compiled.
        with ONE_AT_A_TIME:
            self._app = self._app or make_test_app(self.url)
            self._in_use += 1
        with self._app.app_context():
            try:
                yield self._app
            finally:
                db.session.remove()
                with ONE_AT_A_TIME:
                    self._in_use -= 1
                    if not self._in_use:
                        db.engine.dispose()

    @property
    def name(self) -> str:
        """What the engine calls the database: for SQLite the path of its file."""
        return make_url(self.url).database or ""

    @property
    def file(self) -> Path:
        """The SQLite file."""
        return Path(self.name)

    def destroy(self) -> None:
        """Lose the database, as a failed disk would."""
        if self.is_sqlite:
            for path in self.file.parent.glob(f"{self.file.name}*"):
                path.unlink()
        else:
            with self.server("postgres") as connection:
                connection.execute(f'DROP DATABASE "{self.name}"')

    def server(self, name: str) -> psycopg.Connection:
        """A connection to another database of the PostgreSQL server."""
        assert isinstance(self.databases, PostgresDatabases)
        return self.databases.server.connect(name)

    def beside(self) -> set[str]:
        """Names of the databases that are kept beside this one."""
        if self.is_sqlite:
            found = {path.name for path in self.file.parent.glob(f"{self.file.name}*")}
            return found - {self.file.name}
        with self.server("postgres") as connection:
            rows = connection.execute("SELECT datname FROM pg_database").fetchall()
        return {row[0] for row in rows if row[0].startswith(f"{self.name}_")}


@pytest.fixture
def place(database: Databases) -> Place:
    """A migrated, empty database that the other tests do not use."""
    return Place(database, database.spare())
