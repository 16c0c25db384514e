"""Reads of the history that rooms below the features need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from tracker.db import Base, db

from .models import AuditEvent


@dataclass(frozen=True, slots=True)
class Change:
    """The last thing done to a row: when, and by whom; no name when nobody signed in did it."""

    at: datetime
    user_id: int | None
    name: str | None


def last_change(row: Any) -> Change | None:
    """Who changed a row last. A row with `TOLD_AS` names the actions that count, by beginning."""
    people = Base.metadata.tables["user"]  # by name: the room of accounts stands above this one
    project = getattr(row, "project_id", row.id if row.__tablename__ == "project" else None)
    query = (
        select(AuditEvent.at, AuditEvent.user_id, people.c.name)
        .outerjoin(people, people.c.id == AuditEvent.user_id)
        .where(AuditEvent.subject_kind == row.__tablename__, AuditEvent.subject_id == row.id)
        .order_by(AuditEvent.id.desc())
        .limit(1)
    )
    if project is not None:
        query = query.where(AuditEvent.project_id == project)
    if actions := getattr(row, "TOLD_AS", ()):
        query = query.where(or_(*(AuditEvent.action.startswith(each) for each in actions)))
    found = db.session.execute(query).one_or_none()
    return Change(*found) if found is not None else None
