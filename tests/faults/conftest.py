"""A database that fails on purpose, behind the app as it is."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from tracker.db import db
from tracker.pdsa.models import PdsaCycle
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.databases import SQLITE, Databases, PostgresDatabases
from tracker.testing.plugin import MakeApp

SAME = {"Sec-Fetch-Site": "same-origin"}
HOLDER = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.readline()
held.execute("ROLLBACK")
"""
WAIT_MS = 300
"""How long the app waits for a lock in these tests, in place of 15 seconds."""

Hold = Callable[[], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class Save:
    """A form that somebody fills in: what happened in a cycle."""

    client: TrackerClient
    path: str
    cycle_id: int
    version: int

    def send(self, observations: str, **headers: str) -> Any:
        """Send it, as the page does."""
        form = {
            "version": str(self.version),
            "done_as_planned": "partly",
            "observations": observations,
            "problems": "",
        }
        return self.client.post(self.path, data=form, headers={**SAME, **headers})

    def stored(self) -> str:
        """What the database holds."""
        db.session.rollback()
        return db.session.get_one(PdsaCycle, self.cycle_id).observations


@contextmanager
def connecting(app: Flask, statement: str) -> Iterator[None]:
    """Run a statement on every connection the app opens from now on, and on none it had."""
    with app.app_context():
        engine = db.engine
    engine.dispose()

    def on_connect(connection: Any, record: Any) -> None:
        before = getattr(connection, "autocommit", None)
        if before is False:
            connection.autocommit = True
        connection.execute(statement)
        if before is False:
            connection.autocommit = False

    event.listen(engine, "connect", on_connect)
    try:
        yield
    finally:
        event.remove(engine, "connect", on_connect)
        engine.dispose()


@pytest.fixture
def impatient(make_app: MakeApp, database: Databases) -> Iterator[Flask]:
    """An app of its own that waits for locks for a moment only."""
    app = make_app()
    sqlite = database.kind == SQLITE
    short = f"PRAGMA busy_timeout={WAIT_MS}" if sqlite else f"SET lock_timeout = '{WAIT_MS}ms'"
    with connecting(app, short):
        yield app


@pytest.fixture
def save(app: Flask, impatient: Flask) -> Save:
    """The form of a cycle, open in a browser that is signed in to the impatient app."""
    project = factories.project()
    cycle = factories.cycle(project)
    lead = factories.member(project)
    client = TrackerClient(impatient, impatient.response_class, use_cookies=True)
    client.sign_in(lead)
    made = Save(client, f"/projects/{project.id}/cycles/{cycle.id}/do", cycle.id, cycle.version)
    db.session.rollback()
    return made


@pytest.fixture
def hold(database: Databases) -> Hold:
    """`with hold():` another process has the lock that every save needs."""

    @contextmanager
    def on_sqlite() -> Iterator[None]:
        path = database.url.removeprefix("sqlite:///")
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", HOLDER, path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        with process:
            assert process.stdout is not None
            assert process.stdout.readline() == "held\n"
            try:
                yield
            finally:
                assert process.stdin is not None
                process.stdin.write("\n")

    @contextmanager
    def on_postgresql() -> Iterator[None]:
        assert isinstance(database, PostgresDatabases)
        with database.server.connect(database.NAME) as other, other.transaction():
            other.execute("SELECT * FROM audit_head FOR UPDATE")
            yield

    return on_sqlite if database.kind == SQLITE else on_postgresql


@pytest.fixture
def file(database: Databases) -> Path:
    """The SQLite file."""
    return Path(database.url.removeprefix("sqlite:///"))
