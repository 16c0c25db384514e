"""The chain that makes tampering evident: each event carries the hash of the one before it.

Someone with the database and no hash kept elsewhere can rebuild the whole chain; someone who holds
one head hash outside can tell that it was rebuilt.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
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
    head = session.scalar(select(AuditHead).where(AuditHead.id == HEAD).with_for_update())
    if head is None:
        head = AuditHead(id=HEAD, seq=0, hash=START)
        session.add(head)
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


def verify() -> Verdict:
    """Walk the whole chain: every number there, every hash right, the head at its end."""
    expected, last = 1, START
    for event in _in_order():
        if event.seq != expected:
            return Verdict(expected - 1, last, expected, "an event is missing")
        if event.prev_hash != last or hash_of(event) != event.hash:
            return Verdict(expected - 1, last, expected, "an event was changed")
        last, expected = event.hash, expected + 1
    head = db.session.get(AuditHead, HEAD)
    at = (head.seq, head.hash) if head else (0, START)
    if at != (expected - 1, last):
        return Verdict(expected - 1, last, expected, "events are missing at the end")
    return Verdict(expected - 1, last)


def _in_order() -> Iterator[AuditEvent]:
    seq = -1
    while True:
        rows = db.session.scalars(
            select(AuditEvent).where(AuditEvent.seq > seq).order_by(AuditEvent.seq).limit(BATCH)
        ).all()
        if not rows:
            return
        yield from rows
        seq = rows[-1].seq
        db.session.expunge_all()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value
