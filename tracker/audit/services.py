"""Recording what was done, as the last statements of the unit of work that did it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import g, has_request_context
from sqlalchemy import event, inspect
from sqlalchemy.orm import Mapper, Session

from tracker.db import Base, before_commit, db, utcnow

from . import chain
from .models import AuditEvent

if TYPE_CHECKING:
    from tracker.auth.models import User

PENDING = "audit"
LONGEST_TEXT = 200
UNTOLD = frozenset({"version", "changed_at", "password_hash", "data_version"})
"""Columns whose change says nothing to a reader, or must not be told."""

PERSONAL = "personal"
"""In the `info` of a column that names a person: the history holds it as a hash only."""


@dataclass(slots=True)
class _Pending:
    event: AuditEvent
    subject: Base | None


def record(
    action: str,
    *,
    by: User | None,
    of: Base | None = None,
    project_id: int | None = None,
    organisation_id: int | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Note that `by` did `action` to `of`; written when the unit of work commits.

    `action` is `noun.verb` in the past tense (`pdsa.decided`). `project_id` is taken from `of`
    when it has one. `detail` is JSON: use `changes(of)` before the flush for an edit.
    """
    if project_id is None and of is not None:
        project_id = getattr(of, "project_id", None)
    row = AuditEvent(
        at=utcnow(),
        user_id=by.key if by is not None else None,
        organisation_id=organisation_id,
        project_id=project_id,
        action=action,
        subject_kind=of.__tablename__ if of is not None else "",
        detail=detail or {},
        request_id=g.get("request_id", "") if has_request_context() else "",
    )
    db.session.info.setdefault(PENDING, []).append(_Pending(row, of))


def changes(row: Base) -> dict[str, list[Any]]:
    """Changed columns of a row not flushed yet: name to [old, new]; long text as its hash."""
    state = inspect(row)
    told: dict[str, list[Any]] = {}
    for column in state.mapper.column_attrs:
        if column.key in UNTOLD:
            continue
        history = state.attrs[column.key].history
        if history.has_changes():
            old = history.deleted[0] if history.deleted else None
            new = history.added[0] if history.added else None
            if old != new:
                is_personal = bool(column.columns[0].info.get(PERSONAL))
                told[column.key] = [
                    hashed(value) if is_personal and isinstance(value, str) else plain(value)
                    for value in (old, new)
                ]
    return told


@event.listens_for(Base, "before_mapper_configured", propagate=True)
def _old_values_are_known(mapper: Mapper[Any], cls: type) -> None:
    # A unit of work begins by forgetting what it had read. Without this a value that is set
    # before it is read again would have changed from nothing.
    for column in mapper.column_attrs:
        column.active_history = True


def plain(value: Any) -> Any:
    """A value as the history holds it: JSON, long text as its hash."""
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        return hashed(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, UUID):
        return str(value)
    return value


def hashed(text: str) -> str:
    """Long text and what names a person: the history shows that it changed, and never what."""
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def _write(session: Session) -> None:
    pending: list[_Pending] = session.info.pop(PENDING, [])
    for each in pending:
        subject = each.subject
        if subject is not None:
            each.event.subject_id = getattr(subject, "id", None)
            if each.event.project_id is None and subject.__tablename__ == "project":
                each.event.project_id = each.event.subject_id
    if pending:
        chain.seal(session, [each.event for each in pending])


before_commit.append(_write)
