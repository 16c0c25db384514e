"""What waits in the outbox."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app
from sqlalchemy import func, select

from tracker.config import Settings
from tracker.db import db, utcnow

from .models import OutgoingMail


def has_server() -> bool:
    """Messages reach people by themselves."""
    settings: Settings = current_app.extensions["tracker_settings"]
    return settings.smtp is not None


def next_due() -> int | None:
    """The message that has been due longest."""
    now = utcnow()
    return db.session.scalar(
        select(OutgoingMail.id)
        .where(OutgoingMail.due_at <= now, OutgoingMail.useless_at > now)
        .order_by(OutgoingMail.due_at, OutgoingMail.id)
        .limit(1)
    )


def is_any_useless() -> bool:
    """Some message is too late to be of use."""
    return (
        db.session.scalar(
            select(OutgoingMail.id).where(OutgoingMail.useless_at <= utcnow()).limit(1)
        )
        is not None
    )


def waiting(longer_than: timedelta = timedelta(0)) -> int:
    """How many messages have waited so long."""
    found = db.session.scalar(
        select(func.count())
        .select_from(OutgoingMail)
        .where(OutgoingMail.created_at <= utcnow() - longer_than)
    )
    return found or 0


def faults() -> list[tuple[str, int]]:
    """The kinds of fault that messages wait because of, and how many do."""
    rows = db.session.execute(
        select(OutgoingMail.last_fault, func.count())
        .where(OutgoingMail.last_fault != "")
        .group_by(OutgoingMail.last_fault)
        .order_by(OutgoingMail.last_fault)
    )
    return [(fault, number) for fault, number in rows]
