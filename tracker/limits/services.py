"""Counting tries, and saying how long to wait."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import and_, delete, or_, select

from tracker.config import Settings
from tracker.db import db, utcnow

from .domain import Limit, longest_wait, pseudonym
from .models import Attempt

Counted = tuple[Limit, str]
"""A limit, and whom it is counted against."""


def wait(*counted: Counted) -> timedelta | None:
    """How long until the next try within all of these limits; None: now."""
    now = utcnow()
    return longest_wait([_has_room_at(limit, subject, now) for limit, subject in counted], now)


def count(*counted: Counted) -> None:
    """Count a try against each of these limits; tries too old to matter are forgotten."""
    now = utcnow()
    db.session.execute(
        delete(Attempt)
        .where(
            or_(
                *(
                    and_(Attempt.kind == limit.kind, Attempt.at <= now - limit.within)
                    for limit, _ in counted
                )
            )
        )
        .execution_options(synchronize_session=False)
    )
    db.session.add_all(
        Attempt(kind=limit.kind, subject_hash=_stands_for(limit, subject), at=now)
        for limit, subject in counted
    )
    db.session.flush()


def prune(before: datetime) -> None:
    """Forget tries before a moment: longer ago than any limit looks back."""
    db.session.execute(
        delete(Attempt).where(Attempt.at < before).execution_options(synchronize_session=False)
    )


def _has_room_at(limit: Limit, subject: str, now: datetime) -> datetime | None:
    """When the try that filled the limit is old enough; None while it is not full."""
    filled = db.session.scalar(
        select(Attempt.at)
        .where(
            Attempt.kind == limit.kind,
            Attempt.subject_hash == _stands_for(limit, subject),
            Attempt.at > now - limit.within,
        )
        .order_by(Attempt.at.desc())
        .offset(limit.most - 1)
        .limit(1)
    )
    return None if filled is None else filled + limit.within


def _stands_for(limit: Limit, subject: str) -> str:
    settings: Settings = current_app.extensions["tracker_settings"]
    return pseudonym(limit.kind, subject, key=settings.secret_key.encode())
