"""Reads of the history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import ColumnElement, extract, func, not_, or_, select

from tracker.audit.models import AuditEvent
from tracker.auth.models import User
from tracker.db import db
from tracker.projects.models import Project

from .domain import KINDS, QUIET

PAGE_SIZE = 50

Told = Sequence[tuple[AuditEvent, str | None]]
"""Events with the name of who did each."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a history is narrowed to; empty values narrow nothing."""

    kind: str = ""
    by: int | None = None


def events(
    project: Project,
    filters: Filters | None = None,
    *,
    before: int | None = None,
    until: date | None = None,
) -> Told:
    """Events of a project, newest first, with the name of who did it: one statement.

    `before` is the number of the last event of the page before, `until` the month to begin with.
    One more than a page tells whether another page follows.
    """
    query = (
        select(AuditEvent, User.name)
        .outerjoin(User, User.id == AuditEvent.user_id)
        .where(*_narrowed(project, filters or Filters()))
        .order_by(AuditEvent.id.desc())
        .limit(PAGE_SIZE + 1)
    )
    if before is not None:
        query = query.where(AuditEvent.id < before)
    if until is not None:
        after = date(until.year + until.month // 12, until.month % 12 + 1, 1)
        query = query.where(AuditEvent.at < datetime.combine(after, time(), UTC))
    return [(event, name) for event, name in db.session.execute(query).all()]


def latest(project: Project, number: int) -> Told:
    """The last changes of a project: one statement."""
    rows = db.session.execute(
        select(AuditEvent, User.name)
        .outerjoin(User, User.id == AuditEvent.user_id)
        .where(AuditEvent.project_id == project.id, AuditEvent.action.not_in(QUIET))
        .order_by(AuditEvent.id.desc())
        .limit(number)
    )
    return [(event, name) for event, name in rows]


def months(project: Project, filters: Filters) -> list[tuple[date, int]]:
    """The months in which something happened, the latest first, and how much."""
    year, month = extract("year", AuditEvent.at), extract("month", AuditEvent.at)
    rows = db.session.execute(
        select(year, month, func.count())
        .where(*_narrowed(project, filters))
        .group_by(year, month)
        .order_by(year.desc(), month.desc())
    )
    return [(date(int(y), int(m), 1), number) for y, m, number in rows]


def people(project: Project) -> Sequence[tuple[int, str]]:
    """Who did anything in a project, by name."""
    rows = db.session.execute(
        select(User.id, User.name)
        .where(User.id.in_(select(AuditEvent.user_id).where(AuditEvent.project_id == project.id)))
        .order_by(User.name, User.id)
    )
    return [(number, name) for number, name in rows]


def _narrowed(project: Project, filters: Filters) -> list[ColumnElement[bool]]:
    narrowed: list[ColumnElement[bool]] = [AuditEvent.project_id == project.id]
    if filters.by is not None:
        narrowed.append(AuditEvent.user_id == filters.by)
    if filters.kind in KINDS:
        begins = KINDS[filters.kind][1]
        of_kind = _begins_with(begins or [b for _, each in KINDS.values() for b in each])
        narrowed.append(of_kind if begins else not_(of_kind))
    return narrowed


def _begins_with(begins: Sequence[str]) -> ColumnElement[bool]:
    return or_(*(AuditEvent.action.startswith(each, autoescape=True) for each in begins))
