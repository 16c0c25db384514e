"""What a team does with its stakeholder map. Every function runs inside a unit of work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from tracker import audit
from tracker.db import db, utcnow
from tracker.plugin_api import StakeholderRole, StakeholderSuggestion
from tracker.programmes import services as programmes
from tracker.projects.models import Aim
from tracker.projects.services import touch

from . import queries
from .domain import Details, Kind, Quadrant, Stance, Way, folded, reach_of
from .models import Stakeholder, StakeholderContact, StakeholderLink, StakeholderStance

if TYPE_CHECKING:
    from tracker.auth.models import User
    from tracker.projects.models import Project


def add(
    project: Project,
    details: Details,
    *,
    on: date,
    by: User,
    definition_id: int | None = None,
) -> Stakeholder:
    """Put a person or a group on the map."""
    row = Stakeholder(project_id=project.id, definition_id=definition_id)
    _write(row, details)
    db.session.add(row)
    db.session.flush()
    audit.record("stakeholder.added", of=row, by=by)
    if row.now is not None or row.needed is not None:
        _keep_stance(row, on=on, by=by)
    return _changed(row)


def change(row: Stakeholder, details: Details, *, on: date, by: User) -> Stakeholder:
    """Change what is written about somebody; where they stand is kept as of `on`."""
    stood = (row.now, row.needed)
    _write(row, details)
    return _told(row, stood, on=on, by=by)


def set_standing(
    row: Stakeholder,
    *,
    now: Stance | None,
    needed: Stance | None,
    action: str,
    next_contact_on: date | None,
    on: date,
    by: User,
) -> Stakeholder:
    """Change what moves from week to week: the stance, the action and the next contact."""
    stood = (row.now, row.needed)
    row.now, row.needed = now, needed
    row.action, row.next_contact_on = action, next_contact_on
    return _told(row, stood, on=on, by=by)


def move(row: Stakeholder, to: Quadrant, *, by: User) -> Stakeholder:
    """Put somebody in another quarter of the grid."""
    row.influence, row.interest = to.influence, to.interest
    told = audit.changes(row)
    if told:
        audit.record("stakeholder.moved", of=row, by=by, detail=told)
    return _changed(row)


def remove(row: Stakeholder, *, by: User) -> None:
    """Take somebody off the map; they can come back, with all that was kept, for 30 days."""
    if row.deleted_at is None:
        row.deleted_at, row.deleted_by_id = utcnow(), by.id
        audit.record("stakeholder.removed", of=row, by=by)
        _changed(row)


def restore(row: Stakeholder, *, by: User) -> Stakeholder:
    """Put somebody back on the map."""
    row.deleted_at = row.deleted_by_id = None
    audit.record("stakeholder.restored", of=row, by=by)
    return _changed(row)


def log_contact(
    row: Stakeholder,
    *,
    on: date,
    who: str,
    way: Way,
    outcome: str,
    now: Stance | None,
    next_contact_on: date | None,
    by: User,
) -> StakeholderContact:
    """Write down that somebody was spoken to, where they stand since, and when it is next.

    Without a stance they stand where they stood; without a day one that lies ahead stays.
    """
    contact = StakeholderContact(
        project_id=row.project_id,
        stakeholder_id=row.id,
        on=on,
        who=who,
        way=way,
        outcome=outcome,
        by_id=by.id,
    )
    db.session.add(contact)
    db.session.flush()
    audit.record("stakeholder.contacted", of=contact, by=by, detail={"way": way.label})
    stood = (row.now, row.needed)
    row.now = now or row.now
    if next_contact_on is not None or (row.next_contact_on or on) <= on:
        row.next_contact_on = next_contact_on
    _told(row, stood, on=on, by=by)
    return contact


def take_over(
    project: Project, suggestions: Iterable[StakeholderSuggestion], *, on: date, by: User
) -> int:
    """Put a programme's suggestions on the map; returns how many were not on it already."""
    _lock(project.id)
    there = {folded(row.name) for row in queries.stakeholders(project.id)}
    added = 0
    for one in suggestions:
        if folded(one.title) in there or queries.was_taken_over(project.id, one):
            continue
        there.add(folded(one.title))
        stored = programmes.adopt(one, by=by)
        details = Details(
            name=one.title,
            kind=Kind.GROUP,
            organisation=one.group,
            influence=reach_of(one.influence),
            interest=reach_of(one.interest),
            lived_experience=one.role is StakeholderRole.LIVED_EXPERIENCE,
            notes=one.note,
        )
        add(project, details, on=on, by=by, definition_id=stored.id)
        added += 1
    return added


def add_link(
    project: Project, *, source: str, target: str, flows: str, by: User
) -> StakeholderLink:
    """Say that something flows from one to another; each is named, on the map or not.

    Said twice it is there once.
    """
    _lock(project.id)
    for held in queries.links(project.id):
        said = (held.source_called, held.target_called, held.flows)
        if tuple(map(folded, said)) == tuple(map(folded, (source, target, flows))):
            return held
    link = StakeholderLink(project_id=project.id, flows=flows)
    _join(link, source, target)
    db.session.add(link)
    db.session.flush()
    audit.record("stakeholder_link.added", of=link, by=by)
    touch(project.id)
    return link


def change_link(
    link: StakeholderLink, *, source: str, target: str, flows: str, by: User
) -> StakeholderLink:
    """Change what flows, or between whom."""
    link.flows = flows
    _join(link, source, target)
    told = audit.changes(link)
    if told:
        audit.record("stakeholder_link.changed", of=link, by=by, detail=told)
        touch(link.project_id)
    db.session.flush()
    return link


def remove_link(link: StakeholderLink, *, by: User) -> None:
    """Take a flow off the system map; it can come back for 30 days."""
    if link.deleted_at is None:
        link.deleted_at, link.deleted_by_id = utcnow(), by.id
        audit.record("stakeholder_link.removed", of=link, by=by)
        db.session.flush()
        touch(link.project_id)


def restore_link(link: StakeholderLink, *, by: User) -> None:
    """Put a flow back on the system map."""
    link.deleted_at = link.deleted_by_id = None
    audit.record("stakeholder_link.restored", of=link, by=by)
    db.session.flush()
    touch(link.project_id)


# --- parts ---------------------------------------------------------------------------------------


def _write(row: Stakeholder, details: Details) -> None:
    for field in fields(details):
        setattr(row, field.name, getattr(details, field.name))


def _told(
    row: Stakeholder, stood: tuple[Stance | None, Stance | None], *, on: date, by: User
) -> Stakeholder:
    """Record what changed, and keep where they stand now when that is other than it was."""
    told = audit.changes(row)
    if told:
        audit.record("stakeholder.changed", of=row, by=by, detail=told)
    if (row.now, row.needed) != stood:
        _keep_stance(row, on=on, by=by)
    return _changed(row)


def _keep_stance(row: Stakeholder, *, on: date, by: User) -> None:
    """Keep where they stand, as of a day that is not before what was kept last."""
    last = db.session.scalar(
        select(func.max(StakeholderStance.on)).where(StakeholderStance.stakeholder_id == row.id)
    )
    db.session.add(
        StakeholderStance(
            project_id=row.project_id,
            stakeholder_id=row.id,
            on=max(on, last or on),
            now=row.now,
            needed=row.needed,
            by_id=by.id,
        )
    )


def _join(link: StakeholderLink, source: str, target: str) -> None:
    """Tie both ends to who is on the map under that name; else the name is that of a service."""
    on_map = {folded(row.name): row for row in queries.stakeholders(link.project_id)}
    for end, name in (("source", source), ("target", target)):
        row = on_map.get(folded(name))
        setattr(link, f"{end}_id", row.id if row is not None else None)
        setattr(link, f"{end}_name", "" if row is not None else name)


def _lock(project_id: int) -> None:
    """One at a time on a map, so that nothing is taken over twice. SQLite has the lock already."""
    db.session.execute(select(Aim.id).where(Aim.project_id == project_id).with_for_update())


def _changed(row: Stakeholder) -> Stakeholder:
    db.session.flush()
    touch(row.project_id)
    return row
