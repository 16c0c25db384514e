"""What a person decides about their feed and their weekly message. Inside a unit of work."""

from __future__ import annotations

import secrets
from datetime import date
from typing import TYPE_CHECKING

from tracker import audit
from tracker.auth.domain import fingerprint
from tracker.db import db, utcnow

from .models import CalendarFeed, WeeklyMessage

if TYPE_CHECKING:
    from tracker.auth.models import User


def make_feed(user: User) -> str:
    """Give a person a new calendar address, and close the one before. The secret is not kept."""
    secret = secrets.token_urlsafe(32)
    feed = db.session.get(CalendarFeed, user.key)
    if feed is None:
        feed = CalendarFeed(user_id=user.key)
        db.session.add(feed)
    feed.token_hash, feed.made_at = fingerprint(secret), utcnow()
    audit.record("calendar.made", of=user, by=user)
    db.session.flush()
    return secret


def end_feed(user: User) -> None:
    """Close a person's calendar address."""
    feed = db.session.get(CalendarFeed, user.key)
    if feed is not None:
        db.session.delete(feed)
        audit.record("calendar.ended", of=user, by=user)
        db.session.flush()


def stop_messages(user: User) -> None:
    """Send the weekly message to this person no more. They need not have signed in."""
    row = _row(user.key)
    if row.stopped_at is None:
        row.stopped_at = utcnow()
        audit.record("weekly_message.stopped", of=user, by=user)
    db.session.flush()


def start_messages(user: User) -> None:
    """Send the weekly message again."""
    row = _row(user.key)
    if row.stopped_at is not None:
        row.stopped_at = None
        audit.record("weekly_message.started", of=user, by=user)
    db.session.flush()


def claim(user_id: int, week: date) -> bool:
    """Take a person's message of a week, which is written in the same unit of work.

    False when it was written before, by this round or another, or they have stopped it.
    """
    row = _row(user_id)
    if row.stopped_at is not None or (row.last_week is not None and row.last_week >= week):
        return False
    row.last_week = week
    db.session.flush()
    return True


def _row(user_id: int) -> WeeklyMessage:
    row = db.session.get(WeeklyMessage, user_id, with_for_update=True)
    if row is None:
        row = WeeklyMessage(user_id=user_id)
        db.session.add(row)
        db.session.flush()
    return row
