"""The history is sealed: what was written cannot be changed, and a change would show."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tracker import audit
from tracker.audit import chain
from tracker.audit.models import AuditEvent, AuditHead
from tracker.db import db, unit_of_work
from tracker.testing import factories
from tracker.testing.databases import Databases


def write(count: int) -> None:
    for number in range(count):
        with unit_of_work():
            audit.record("test.done", by=None, detail={"number": number, "word": "naïve"})


def tamper(statement: str) -> None:
    """Change the table as somebody with the database could: without the triggers."""
    sqlite = db.engine.dialect.name == "sqlite"
    with db.engine.begin() as connection:
        if sqlite:
            connection.execute(text("DROP TRIGGER IF EXISTS audit_event_no_update"))
            connection.execute(text("DROP TRIGGER IF EXISTS audit_event_no_delete"))
        else:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text(statement))


def test_every_event_carries_the_hash_of_the_one_before(app: Flask) -> None:
    write(3)
    events = db.session.scalars(select(AuditEvent).order_by(AuditEvent.seq)).all()
    assert [e.seq for e in events] == [1, 2, 3]
    assert [e.prev_hash for e in events] == [chain.START, events[0].hash, events[1].hash]
    head = db.session.get_one(AuditHead, chain.HEAD)
    assert (head.seq, head.hash) == (3, events[2].hash)


def test_the_chain_of_real_work_verifies(app: Flask) -> None:
    factories.cycle()
    found = chain.verify()
    assert found.broken_at is None
    assert found.events > 3


def test_nothing_written_verifies_as_empty(app: Flask) -> None:
    assert chain.verify() == chain.Verdict(0, chain.START)


def test_a_refused_unit_of_work_leaves_no_event(app: Flask) -> None:
    def refused() -> None:
        with unit_of_work():
            audit.record("test.done", by=None)
            raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        refused()
    write(1)
    assert chain.verify().events == 1


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_event SET action = 'x'", "DELETE FROM audit_event"]
)
def test_the_database_refuses_to_change_history(app: Flask, statement: str) -> None:
    write(1)
    with pytest.raises(DBAPIError, match="never changed"), db.engine.begin() as connection:
        connection.execute(text(statement))
    assert chain.verify().events == 1


@pytest.mark.parametrize(
    ("statement", "broken_at", "reason"),
    [
        ("UPDATE audit_event SET action = 'x' WHERE seq = 2", 2, "an event was changed"),
        ("UPDATE audit_event SET user_id = 7 WHERE seq = 3", 3, "an event was changed"),
        ("DELETE FROM audit_event WHERE seq = 2", 2, "an event is missing"),
        ("DELETE FROM audit_event WHERE seq = 4", 4, "events are missing at the end"),
    ],
)
def test_tampering_shows(app: Flask, statement: str, broken_at: int, reason: str) -> None:
    write(4)
    tamper(statement)
    found = chain.verify()
    assert (found.broken_at, found.reason) == (broken_at, reason)


def test_a_walk_while_people_write_finds_nothing_broken(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(3)
    walk = chain._in_order

    def and_then_somebody_writes(session: Session) -> Iterator[AuditEvent]:
        yield from walk(session)
        # What another process commits between the last event that was read and the head.
        session.rollback()
        write(2)

    monkeypatch.setattr(chain, "_in_order", and_then_somebody_writes)
    found = chain.verify()
    assert (found.events, found.broken_at) == (3, None)
    monkeypatch.undo()
    assert chain.verify().events == 5


def test_an_event_beyond_the_head_shows(app: Flask) -> None:
    write(3)
    tamper("UPDATE audit_head SET seq = 2")
    assert chain.verify().reason == "the head is of another chain"
    db.session.rollback()
    tamper("UPDATE audit_head SET hash = (SELECT hash FROM audit_event WHERE seq = 2)")
    found = chain.verify()
    assert (found.broken_at, found.reason) == (3, "an event was added behind the head")


def test_a_session_of_its_own_walks_another_database(app: Flask, database: Databases) -> None:
    write(3)
    engine = create_engine(database.spare())
    try:
        with Session(engine) as session:
            assert chain.verify(session) == chain.Verdict(0, chain.START)
    finally:
        engine.dispose()


def test_the_first_events_of_several_people_make_one_chain(app: Flask) -> None:
    ready = threading.Barrier(4)

    def begin() -> None:
        with app.app_context(), unit_of_work():
            if db.engine.dialect.name == "postgresql":
                ready.wait(10)
            audit.record("test.done", by=None)

    db.session.rollback()
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(begin) for _ in range(4)]:
            done.result()
    assert chain.verify().events == 4
