"""Reads of the stakeholder map."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from tracker.db import db, is_restorable
from tracker.plugin_api import StakeholderSuggestion, TeamRole
from tracker.programmes.contents import contents_of
from tracker.programmes.models import StoredDefinition
from tracker.projects import queries as projects
from tracker.projects.models import Project, Status
from tracker.projects.roles import role_check, wanted_roles

from .domain import Entry, Stood, Vacancy, folded, vacant_entry, widest_gap_first
from .models import Stakeholder, StakeholderContact, StakeholderLink, StakeholderStance

if TYPE_CHECKING:
    from tracker.projects.roles import Member, RoleStanding

KEY_ROLES = ("lead", "executive sponsor")
"""Without these a project is not under way: they are missed although nobody ever played them."""


def stakeholders(project_id: int) -> Sequence[Stakeholder]:
    """Everybody on a project's map, by name."""
    rows = db.session.scalars(
        select(Stakeholder).where(
            Stakeholder.project_id == project_id, Stakeholder.deleted_at.is_(None)
        )
    )
    return sorted(rows, key=lambda row: (row.name.casefold(), row.id))


def stakeholder(project_id: int, stakeholder_id: int) -> Stakeholder | None:
    """One on the map; None when there is none, or it was removed."""
    return db.session.scalar(
        select(Stakeholder).where(
            Stakeholder.project_id == project_id,
            Stakeholder.id == stakeholder_id,
            Stakeholder.deleted_at.is_(None),
        )
    )


def removed_stakeholder(project_id: int, stakeholder_id: int) -> Stakeholder:
    """One that was removed and can come back. Raises 404."""
    row: Stakeholder = db.one_or_404(
        select(Stakeholder).where(
            Stakeholder.project_id == project_id,
            Stakeholder.id == stakeholder_id,
            is_restorable(Stakeholder),
        )
    )
    return row


def entries(project: Project, today: date) -> list[Entry]:
    """The map of a project, widest gap first, with the roles that nobody plays: two statements."""
    members = projects.everybody(project)
    rows = stakeholders(project.id)
    is_open = project.status is Status.ACTIVE
    found = [
        entry(row, vacancy_of(row.team_role, project, members, today) if is_open else None)
        for row in rows
    ]
    on_map = {folded(row.team_role) for row in rows}
    found += [
        vacant_entry(vacancy)
        for vacancy in vacancies(project, members, today)
        if folded(vacancy.role) not in on_map
    ]
    return widest_gap_first(found)


def entry(row: Stakeholder, vacancy: Vacancy | None = None) -> Entry:
    """A row as the map shows it."""
    return Entry(
        id=row.id,
        name=row.name,
        kind=row.kind,
        organisation=row.organisation,
        role=row.role,
        group=row.group,
        influence=row.influence,
        interest=row.interest,
        now=row.now,
        needed=row.needed,
        action=row.action,
        owner=row.owner,
        next_contact_on=row.next_contact_on,
        rhythm=row.rhythm,
        lived_experience=row.lived_experience,
        vacancy=vacancy,
    )


def vacancies(project: Project, members: Iterable[Member], today: date) -> list[Vacancy]:
    """The roles of a project that fell vacant, or that none can be without; none once it ended.

    `members` are all who are or ever were on the team.
    """
    if project.status is not Status.ACTIVE:
        return []
    check = role_check(members, wanted_roles(project), today)
    return [
        _vacancy(one, project.started_on)
        for one in check.vacant
        if one.vacant_since is not None or one.role.title.casefold() in KEY_ROLES
    ]


def vacancy_of(
    role: str, project: Project, members: Iterable[Member], today: date
) -> Vacancy | None:
    """Since when nobody plays a part on the team; None while somebody does."""
    if not role:
        return None
    check = role_check(members, [TeamRole(key="role", title=role)], today)
    return next((_vacancy(one, project.started_on) for one in check.vacant), None)


def _vacancy(standing: RoleStanding, began: date) -> Vacancy:
    return Vacancy(standing.role.title, standing.vacant_since or began, standing.last_held_by)


def stances(project_id: int, stakeholder_id: int | None = None) -> list[Stood]:
    """How those on the map, or one of them, came to stand where they do, the earliest first."""
    query = (
        select(StakeholderStance)
        .join(StakeholderStance.stakeholder)
        .where(StakeholderStance.project_id == project_id, Stakeholder.deleted_at.is_(None))
        .options(contains_eager(StakeholderStance.stakeholder), joinedload(StakeholderStance.by))
        .order_by(StakeholderStance.on, StakeholderStance.id)
    )
    if stakeholder_id is not None:
        query = query.where(StakeholderStance.stakeholder_id == stakeholder_id)
    return [
        Stood(
            row.on,
            row.now,
            row.needed,
            row.stakeholder_id,
            row.stakeholder.name,
            row.by.name if row.by is not None else "",
        )
        for row in db.session.scalars(query)
    ]


def contacts(stakeholder: Stakeholder) -> Sequence[StakeholderContact]:
    """When one was spoken to, the latest first."""
    return db.session.scalars(
        select(StakeholderContact)
        .where(StakeholderContact.stakeholder_id == stakeholder.id)
        .order_by(StakeholderContact.on.desc(), StakeholderContact.id.desc())
    ).all()


def all_contacts(project_id: int) -> Sequence[StakeholderContact]:
    """Every contact of a project, the latest first: one statement."""
    return db.session.scalars(
        select(StakeholderContact)
        .join(StakeholderContact.stakeholder)
        .where(StakeholderContact.project_id == project_id, Stakeholder.deleted_at.is_(None))
        .options(contains_eager(StakeholderContact.stakeholder))
        .order_by(StakeholderContact.on.desc(), StakeholderContact.id.desc())
    ).all()


def links(project_id: int) -> Sequence[StakeholderLink]:
    """What flows between whom, in the order in which it was written: one statement.

    What leads to or from a stakeholder who was removed waits with them.
    """
    source, target = aliased(Stakeholder), aliased(Stakeholder)
    return db.session.scalars(
        select(StakeholderLink)
        .outerjoin(StakeholderLink.source.of_type(source))
        .outerjoin(StakeholderLink.target.of_type(target))
        .where(
            StakeholderLink.project_id == project_id,
            StakeholderLink.deleted_at.is_(None),
            source.deleted_at.is_(None),
            target.deleted_at.is_(None),
        )
        .options(
            contains_eager(StakeholderLink.source.of_type(source)),
            contains_eager(StakeholderLink.target.of_type(target)),
        )
        .order_by(StakeholderLink.id)
    ).all()


def removed_link(project_id: int, link_id: int) -> StakeholderLink:
    """A flow that was removed and can come back. Raises 404."""
    row: StakeholderLink = db.one_or_404(
        select(StakeholderLink).where(
            StakeholderLink.project_id == project_id,
            StakeholderLink.id == link_id,
            is_restorable(StakeholderLink),
        )
    )
    return row


def suggested(project: Project) -> list[StakeholderSuggestion]:
    """Whom the project's programme suggests, in its order."""
    contents = contents_of(project.programme) if project.programme else None
    return contents.of(StakeholderSuggestion) if contents else []


def suggestions(project: Project) -> list[StakeholderSuggestion]:
    """Those of them that the map has not.

    Who was taken over and has another name by now is not suggested again.
    """
    names = {folded(row.name) for row in stakeholders(project.id)}
    taken = _taken_over(project.id)
    return [
        one for one in suggested(project) if one.key not in taken and folded(one.title) not in names
    ]


def was_taken_over(project_id: int, suggestion: StakeholderSuggestion) -> bool:
    """A suggestion, of whatever version, is on the map."""
    return suggestion.key in _taken_over(project_id)


def _taken_over(project_id: int) -> set[str]:
    """Keys of the suggestions that are on the map."""
    return set(
        db.session.scalars(
            select(StoredDefinition.key)
            .join(Stakeholder, Stakeholder.definition_id == StoredDefinition.id)
            .where(Stakeholder.project_id == project_id, Stakeholder.deleted_at.is_(None))
        )
    )
