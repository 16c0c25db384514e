"""Messages that wait to be delivered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base, Uid, utcnow


class OutgoingMail(Uid, Base):
    """A message on its way out; delivered or out of date, its row is gone.

    `body` holds a mark where its secret stands. Without a recipient nothing is sent.
    """

    __tablename__ = "outgoing_mail"
    __table_args__ = (CheckConstraint("(seed IS NULL) = (seed_check IS NULL)", name="checked"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    recipient: Mapped[str | None]
    subject: Mapped[str]
    body: Mapped[str]
    seed: Mapped[str | None]
    seed_check: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    due_at: Mapped[datetime] = mapped_column(default=utcnow, index=True)
    """When it is tried next; moved ahead by whoever takes it."""
    useless_at: Mapped[datetime]
    """Nobody is helped by it later than this: its link has run out."""
    tries: Mapped[int] = mapped_column(default=0)
    last_fault: Mapped[str] = mapped_column(default="")
    """Kind of the last fault; never what the server said, which may quote the message."""
