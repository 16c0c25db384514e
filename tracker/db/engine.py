"""What each database engine needs to be told, SQLite most of all."""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy import Connection, Engine, event

from .base import db

LONGEST_WAIT = 15
"""Seconds that a request waits for a lock."""
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    f"busy_timeout={LONGEST_WAIT * 1000}",
    "trusted_schema=OFF",
)


def init_db(app: Flask, url: str) -> None:
    """Bind the database at `url` to the app."""
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", {})
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)


def prepare(engine: Engine) -> None:
    """Give an engine its listeners."""
    if engine.dialect.name != "sqlite":
        _prepare_server(engine)
        return

    # The driver must not begin for us: it begins late, and then a reader that turns writer fails.
    @event.listens_for(engine, "connect")
    def _connect(connection: Any, record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        how = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {how}")


def _prepare_server(engine: Engine) -> None:
    """Wait for a lock, and for a server, as long as SQLite waits; by itself PostgreSQL never ends.

    The person gets an answer and their text back while they are still there.
    """

    @event.listens_for(engine, "do_connect")
    def _do_connect(dialect: Any, record: Any, arguments: Any, words: dict[str, Any]) -> None:
        words.setdefault("connect_timeout", LONGEST_WAIT)

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, record: Any) -> None:
        # In a transaction of its own a later rollback would take it back.
        connection.autocommit = True
        connection.execute(f"SET lock_timeout = '{LONGEST_WAIT}s'")
        connection.autocommit = False
