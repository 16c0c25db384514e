"""A person's calendar feed, and up to which week they have had the weekly message."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.auth.models import User
from tracker.db import Base, utcnow


class CalendarFeed(Base):
    """The address of a person's calendar: one a person, and only its hash is kept."""

    __tablename__ = "calendar_feed"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime] = mapped_column(default=utcnow)

    user: Mapped[User] = relationship()


class WeeklyMessage(Base):
    """Whether somebody wants the weekly message, and which was their last."""

    __tablename__ = "weekly_message"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    stopped_at: Mapped[datetime | None]
    last_week: Mapped[date | None]
    """Monday of the week of the last message that was written."""
