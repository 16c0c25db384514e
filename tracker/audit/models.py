"""The append-only record of who did what. No foreign keys: history outlives its subject."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base


class AuditEvent(Base):
    """One thing a person did, and its place in the chain."""

    __tablename__ = "audit_event"
    __table_args__ = (Index("ix_audit_event_project_id_id", "project_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, unique=True)
    at: Mapped[datetime]
    user_id: Mapped[int | None] = mapped_column(index=True)
    organisation_id: Mapped[int | None]
    project_id: Mapped[int | None]
    action: Mapped[str]
    subject_kind: Mapped[str] = mapped_column(default="")
    subject_id: Mapped[int | None]
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    request_id: Mapped[str] = mapped_column(default="")
    prev_hash: Mapped[str]
    hash: Mapped[str]


class AuditHead(Base):
    """The end of the chain: one row, taken last in a unit of work."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[str]
