"""A migrated, empty database for each test, made once and then only emptied."""

from __future__ import annotations

import shutil
from abc import ABC, abstractmethod
from collections.abc import Callable
from itertools import count
from typing import Any

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from psycopg import sql

from tracker import create_app
from tracker.config import Settings
from tracker.db import db

from .client import TrackerClient
from .machine import scratch
from .postgres import PostgresServer

SQLITE = "sqlite"
POSTGRESQL = "postgresql"
KINDS = (SQLITE, POSTGRESQL)

Prepare = Callable[[Flask], None]


def test_settings(database_url: str, **changes: Any) -> Settings:
    """Settings of an app under test: plain http, no CSRF tokens, plugin faults raise."""
    flask = {"WTF_CSRF_ENABLED": False, **changes.pop("flask", {})}
    return Settings(
        **{
            "database_url": database_url,
            "secret_key": "only-for-tests-" * 3,
            "dev": True,
            "strict_plugins": True,
            "testing": True,
            "flask": flask,
            **changes,
        }
    )


test_settings.__test__ = False  # type: ignore[attr-defined]


class _Compiled(BytecodeCache):
    """Templates compiled once for all apps of a test process; a changed source is another key."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        code = self._code.get((bucket.key, bucket.checksum))
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


_compiled = _Compiled()


def make_test_app(database_url: str, **changes: Any) -> Flask:
    """An app under test, with `changes` to its settings."""
    app = create_app(test_settings(database_url, **changes))
    app.test_client_class = TrackerClient
    app.jinja_env.bytecode_cache = _compiled
    return app


def make_schema(database_url: str) -> None:
    """Bring an empty database to the newest revision, as `tracker migrate` does."""
    from tracker.db.migrations import upgrade

    upgrade(create_app(test_settings(database_url)))


class Databases(ABC):
    """The databases of one engine, for one test process."""

    kind: str

    def __init__(self) -> None:
        self._spares = count(1)
        self._has_spares = False
        self._kept: dict[object, Flask] = {}

    @property
    def app(self) -> Flask:
        """The app that all tests of this process share, bound to `url`.

        Shared because templates and statements are compiled once an app. It keeps no state: what
        a test needs to change goes into an app of its own.
        """
        return self.keep()

    def keep(self, prepare: Prepare | None = None, **changes: Any) -> Flask:
        """The app with these settings, and prepared like this, that tests of this process share."""
        key = (prepare, repr(sorted(changes.items())))
        if key not in self._kept:
            app = make_test_app(self.url, **changes)
            if prepare is not None:
                prepare(app)
            self._kept[key] = app
        return self._kept[key]

    def let_all_go(self) -> None:
        """Close the connections that the kept apps keep for later."""
        for app in self._kept.values():
            self.let_go(app)

    @property
    @abstractmethod
    def url(self) -> str:
        """The database every test gets."""

    @abstractmethod
    def empty(self) -> None:
        """Bring the database at `url` back to what the migrations made; no spare is left."""

    def let_go(self, app: Flask) -> None:
        """Close the connections that an app keeps for later."""
        with app.app_context():
            engines = list(db.engines.values())
        for engine in engines:
            engine.dispose()

    @abstractmethod
    def spare(self, *, migrated: bool = True) -> str:
        """URL of a further database; without `migrated` it holds nothing at all."""

    @abstractmethod
    def close(self) -> None:
        """Let go of what the databases need."""


class SqliteDatabases(Databases):
    """Files: a test begins with a copy of the template."""

    kind = SQLITE

    def __init__(self) -> None:
        super().__init__()
        self._folder = folder = scratch("sqlite")
        self._template = folder / "template.db"
        make_schema(f"sqlite:///{self._template}")
        self._path = folder / "test.db"
        shutil.copyfile(self._template, self._path)

    @property
    def url(self) -> str:
        return f"sqlite:///{self._path}"

    def empty(self) -> None:
        self.let_all_go()
        # A new file, never the old one overwritten: a forgotten connection must not see it change.
        for suffix in ("", "-wal", "-shm"):
            self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(self._template, self._path)
        if self._has_spares:
            for path in self._folder.glob("spare*"):
                path.unlink()
            self._has_spares = False

    def spare(self, *, migrated: bool = True) -> str:
        self._has_spares = True
        path = self._folder / f"spare{next(self._spares)}.db"
        if migrated:
            shutil.copyfile(self._template, path)
        return f"sqlite:///{path}"

    def close(self) -> None:
        self.let_all_go()
        shutil.rmtree(self._folder, ignore_errors=True)


class PostgresDatabases(Databases):
    """One database of a server of our own: what a test wrote is taken out after it."""

    kind = POSTGRESQL
    TEMPLATE = "migrated"
    NAME = "test"

    def __init__(self) -> None:
        super().__init__()
        self.server = PostgresServer()
        try:
            self.server.start()
            self.server.create(self.TEMPLATE)
            make_schema(self.server.url(self.TEMPLATE))
            self.server.create(self.NAME, like=self.TEMPLATE)
            self._keeper = self.server.connect(self.NAME)
            # The audit trail's triggers refuse deletes, and foreign keys the order of ours.
            self._keeper.execute("SET session_replication_role = replica")
            tables = [
                row[0]
                for row in self._keeper.execute(
                    "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
                    " AND tablename NOT LIKE 'alembic_version%'"
                )
            ]
            self._any_rows = sql.SQL(" UNION ALL ").join(
                sql.SQL("SELECT {} WHERE EXISTS (SELECT 1 FROM {})").format(
                    sql.Literal(table), sql.Identifier(table)
                )
                for table in tables
            )
        except BaseException:
            self.server.stop()
            raise

    @property
    def url(self) -> str:
        return self.server.url(self.NAME)

    def empty(self) -> None:
        used = [row[0] for row in self._keeper.execute(self._any_rows)]
        if used:
            self._keeper.execute(
                sql.SQL("; ").join(
                    sql.SQL("DELETE FROM {}").format(sql.Identifier(table)) for table in used
                )
            )
        if self._has_spares:
            self.server.drop(called="spare")
            self._has_spares = False

    def spare(self, *, migrated: bool = True) -> str:
        self._has_spares = True
        name = f"spare{next(self._spares)}"
        self.server.create(name, like=self.TEMPLATE if migrated else None)
        return self.server.url(name)

    def close(self) -> None:
        self.let_all_go()
        self._keeper.close()
        self.server.stop()
