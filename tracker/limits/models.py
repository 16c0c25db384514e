"""What has been tried lately."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base, utcnow


class Attempt(Base):
    """One try that counts against a limit. Who tried is stored as a hash only."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_kind_subject_hash_at", "kind", "subject_hash", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject_hash: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=utcnow, index=True)
