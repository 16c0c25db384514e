"""The only way to write: one transaction that owns the write lock from its first statement."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import event
from sqlalchemy.orm import Session, scoped_session

from .base import Versioned, db

OPEN = "unit_of_work"
AFTER = "after_commit"

after_begin: list[Callable[[], None]] = []
"""Called as the first thing inside a unit of work, when nobody else can write on SQLite."""

before_commit: list[Callable[[Session], None]] = []
"""Called with the session as the last thing a unit of work does before it commits."""


class FlushOutsideUnitOfWork(RuntimeError):
    """Something changed a row outside `unit_of_work`: a fault of ours, never of the person."""


class StaleRecord(Exception):
    """The row changed after the form was drawn. Carries the row as it stands now."""

    def __init__(self, record: Versioned) -> None:
        super().__init__(f"{type(record).__name__} is now version {record.version}")
        self.record = record


@contextmanager
def unit_of_work() -> Iterator[scoped_session[FlaskSession]]:
    """One transaction: commits when the block ends, rolls back whatever it raises.

    On SQLite it takes the write lock at once (`BEGIN IMMEDIATE`): a read snapshot that turns
    writer fails or loses updates. Do slow work before it, and re-read inside it whatever the
    decision depends on: it starts by dropping the snapshot of the request so far. What a view's
    `requires` decided is asked again here by itself.
    """
    session = db.session
    if session.info.get(OPEN):
        raise RuntimeError("a unit of work is open already")
    session.rollback()
    session.info.clear()
    session.info[OPEN] = True
    after: list[Callable[[], None]] = []
    session.info[AFTER] = after
    try:
        session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
        for opening in after_begin:
            opening()
        yield session
        session.flush()
        for closing in before_commit:
            closing(session())
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.clear()
    for do in after:
        do()


def after_commit(do: Callable[[], None]) -> None:
    """Inside a unit of work: call `do` once everything is saved, and not when it is undone."""
    db.session.info[AFTER].append(do)


def expect_version(record: Versioned, version: int) -> None:
    """Inside a unit of work: raise StaleRecord unless the form saw the row as it is now."""
    if record.version != version:
        raise StaleRecord(record)


@event.listens_for(Session, "before_flush")
def _only_inside(session: Session, context: Any, instances: Any) -> None:
    changed = session.new or session.deleted or any(map(session.is_modified, session.dirty))
    if changed and not session.info.get(OPEN):
        raise FlushOutsideUnitOfWork("write inside `with unit_of_work():`")
