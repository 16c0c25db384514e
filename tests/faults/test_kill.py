"""`kill -9` in the middle of saves and imports: nothing acknowledged is lost, imports are whole."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask

from tracker.audit import chain
from tracker.db import db
from tracker.testing.databases import SQLITE, Databases, PostgresDatabases

from .people import Person, Work, someone
from .serving import Server

PEOPLE = 4
KILLS = 3
LEAST = 12
"""Answers between two kills, so that each comes in the middle of work."""


@pytest.mark.heavy
@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_what_was_acknowledged_survives_kill_9(
    database: Databases, app: Flask, tmp_path: Path
) -> None:
    people = [someone() for _ in range(PEOPLE)]
    with Server(database.url, tmp_path / "log") as server:
        for kill in range(KILLS):
            work = Work(server.port, people)
            before = acknowledged(people)
            work.start()
            wait_for(people, before + LEAST)
            # A little later each time, to come at different steps of a save.
            time.sleep(0.013 * kill)
            server.kill()
            work.stop()
            wait_for_server(database)
            server.start()
            for person in people:
                person.check()
            assert chain.verify().broken_at is None
            db.session.rollback()
            if database.kind == SQLITE:
                assert_sound(Path(database.url.removeprefix("sqlite:///")))
    assert all(person.acknowledged for person in people)
    assert any(person.brought for person in people)
    assert any(person.planned for person in people)


def acknowledged(people: list[Person]) -> int:
    return sum(person.acknowledged for person in people)


def wait_for(people: list[Person], count: int) -> None:
    until = time.monotonic() + 20
    while acknowledged(people) < count:
        assert time.monotonic() < until, "people are not getting on with their work"
        time.sleep(0.005)


def wait_for_server(database: Databases) -> None:
    """PostgreSQL ends what it was asked for before it sees that nobody waits for it."""
    if not isinstance(database, PostgresDatabases):
        return
    until = time.monotonic() + 10
    with database.server.connect("postgres") as admin:
        while admin.execute(
            "SELECT 1 FROM pg_stat_activity WHERE datname = %s AND state <> 'idle'",
            [database.NAME],
        ).fetchall():
            assert time.monotonic() < until, "a statement of the dead does not end"
            time.sleep(0.01)


def assert_sound(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
