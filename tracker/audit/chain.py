"""The chain that makes tampering evident: each event carries the hash of the one before it.

Someone with the database and no hash kept elsewhere can rebuild the whole chain; someone who holds
one head hash outside can tell that it was rebuilt.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker.db import db

from .models import AuditEvent, AuditHead

START = "0" * 64
"""Previous hash of the first event."""
HEAD = 1
SEALED = (
    "seq",
    "at",
    "user_id",
    "organisation_id",
    "project_id",
    "action",
    "subject_kind",
    "subject_id",
    "detail",
    "request_id",
)
BATCH = 1000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a walk along the chain found. `broken_at` is the number of the first bad event."""

    events: int
    head: str
    broken_at: int | None = None
    reason: str = ""


def seal(session: Session, events: list[AuditEvent]) -> None:
    """Give events their place in the chain and write them: the last statements of a unit of work.

    The one head row is locked from here to the commit, so two units never fork the chain
    (measured: 8 writers without the lock forked it in 235 of 400 inserts).
    """
    locked = select(AuditHead).where(AuditHead.id == HEAD).with_for_update()
    head = session.scalar(locked)
    if head is None:
        # Two of the first events may come at once: whoever is second waits for the first's row.
        with suppress(IntegrityError), session.begin_nested():
            session.execute(insert(AuditHead).values(id=HEAD, seq=0, hash=START))
        head = session.scalars(locked).one()
    seq, last = head.seq, head.hash
    for event in events:
        seq += 1
        event.seq, event.prev_hash = seq, last
        last = event.hash = hash_of(event)
    session.add_all(events)
    head.seq, head.hash = seq, last
    session.flush()


def hash_of(event: AuditEvent) -> str:
    """sha256 over the previous hash and the event as canonical JSON, in hexadecimal."""
    told = {name: _plain(getattr(event, name)) for name in SEALED}
    text = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{event.prev_hash}{text}".encode()).hexdigest()


def verify(session: Session | None = None) -> Verdict:
    """Walk the whole chain: every number there, every hash right, the head at its end.

    In the app's database, or in the one that a session of its own is bound to. People may go on
    writing: what they add during the walk is walked, or left for the next time.
    """
    session = session or db.session()
    began_at, hash_then = _end(session)
    walked, last = 0, START
    for event in _in_order(session):
        if event.seq != walked + 1:
            return Verdict(walked, last, walked + 1, "an event is missing")
        if event.prev_hash != last or hash_of(event) != event.hash:
            return Verdict(walked, last, walked + 1, "an event was changed")
        walked, last = event.seq, event.hash
        if walked == began_at and last != hash_then:
            return Verdict(walked - 1, event.prev_hash, walked, "the head is of another chain")
    ended_at, hash_now = _end(session)
    if walked > ended_at:
        return Verdict(ended_at, last, ended_at + 1, "an event was added behind the head")
    if walked < began_at or (walked == ended_at and last != hash_now):
        return Verdict(walked, last, walked + 1, "events are missing at the end")
    return Verdict(walked, last)


def _end(session: Session) -> tuple[int, str]:
    found = session.execute(
        select(AuditHead.seq, AuditHead.hash).where(AuditHead.id == HEAD)
    ).one_or_none()
    return (found.seq, found.hash) if found else (0, START)


def _in_order(session: Session) -> Iterator[AuditEvent]:
    seq = -1
    while True:
        rows = session.scalars(
            select(AuditEvent).where(AuditEvent.seq > seq).order_by(AuditEvent.seq).limit(BATCH)
        ).all()
        if not rows:
            return
        yield from rows
        seq = rows[-1].seq
        session.expunge_all()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value
