"""Text on its way into a record, and the keys that keep a double press from saving twice."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base, utcnow


class Draft(Base):
    """What a person has typed into a form and not saved yet. It dies at save."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("user_id", "form_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    form_key: Mapped[str]
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Field name to the list of texts posted for it."""
    updated_at: Mapped[datetime] = mapped_column(default=utcnow, index=True)


class IdempotencyKey(Base):
    """A create that has happened: the same form sent again leads to `url`."""

    __tablename__ = "idempotency_key"
    __table_args__ = (UniqueConstraint("user_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    key: Mapped[str]
    url: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=utcnow, index=True)
