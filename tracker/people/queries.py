"""Who has which role on an organisation, and what somebody may do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from tracker.auth import queries as accounts
from tracker.auth.models import Membership, OneTimeLink, User
from tracker.db import db, utcnow
from tracker.organisations.models import Organisation
from tracker.permissions.access import roles_on
from tracker.permissions.reach import fits, reach_of
from tracker.permissions.verbs import Role
from tracker.projects.models import Project

MOST = 500


@dataclass(frozen=True, slots=True)
class Held:
    """A role as the page of its organisation lists it."""

    membership: Membership
    where: str
    """Title of the project it is on; empty for the organisation itself."""
    may_end: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A person and their roles here."""

    user: User
    roles: list[Held]


def people_of(organisation: Organisation, *, by: User, on: date) -> list[Line]:
    """Who has a role on the organisation or on its projects, by name: one statement."""
    rows = _memberships(organisation).where(
        Membership.starts_on <= on, or_(Membership.ends_on.is_(None), Membership.ends_on >= on)
    )
    reach = reach_on(organisation, by=by)
    lines: dict[int, Line] = {}
    for membership in db.session.scalars(rows.limit(MOST)).unique():
        line = lines.setdefault(membership.user_id, Line(membership.user, []))
        line.roles.append(_held(membership, reach))
    return list(lines.values())


def person_of(organisation: Organisation, user_id: int, *, by: User, on: date) -> Line | None:
    """A person who has, or had, a role here; with the roles they have today."""
    rows = list(
        db.session.scalars(_memberships(organisation).where(Membership.user_id == user_id)).unique()
    )
    if not rows:
        return None
    reach = reach_on(organisation, by=by)
    return Line(rows[0].user, [_held(row, reach) for row in rows if row.is_active(on)])


def reach_on(organisation: Organisation, *, by: User) -> frozenset[Role]:
    """The roles that somebody may give and end on an organisation, as they stand now."""
    return reach_of(roles_on(by, organisation)) if by.is_active else frozenset()


def givable(organisation: Organisation, *, by: User) -> list[Role]:
    """The roles that somebody may give on an organisation, the smallest first."""
    reach = reach_on(organisation, by=by)
    return [role for role in Role if role in reach and fits(role, organisation.kind)]


def may_disable(user: User, *, by: User, on: date) -> bool:
    """All that the account may do, now or later, lies within the reach of `by`.

    Nobody disables themselves, and who was erased is no account any more.
    """
    if user.id == by.id or user.is_erased:
        return False
    return all(_is_in_reach(held, by) for held in user.memberships_from(on))


def has_open_invitation(user: User) -> bool:
    """A link of theirs can still be used."""
    return (
        db.session.scalar(
            select(OneTimeLink.id)
            .where(
                OneTimeLink.user_id == user.id,
                accounts.sets_a_password(),
                OneTimeLink.used_at.is_(None),
                OneTimeLink.expires_at > utcnow(),
            )
            .limit(1)
        )
        is not None
    )


def place_of(membership: Membership) -> Organisation | None:
    """The organisation a role is on, or its project's; None for a role everywhere."""
    if membership.project is not None:
        return membership.project.organisation
    return membership.organisation


def _is_in_reach(membership: Membership, by: User) -> bool:
    place = place_of(membership)
    if place is None:
        return Role.SYSTEM_ADMINISTRATOR in {m.role for m in by.active_memberships()}
    return membership.role in reach_on(place, by=by)


def _held(membership: Membership, reach: frozenset[Role]) -> Held:
    project = membership.project
    # Access to a project is its team's to end.
    may_end = project is None and membership.role in reach
    return Held(membership, project.title if project is not None else "", may_end)


def _memberships(organisation: Organisation) -> Select[Membership]:
    return (
        select(Membership)
        .join(Membership.user)
        .outerjoin(Membership.project)
        .options(
            contains_eager(Membership.user),
            contains_eager(Membership.project),
            joinedload(Membership.organisation),
        )
        .where(
            or_(
                Membership.organisation_id == organisation.id,
                Project.organisation_id == organisation.id,
            )
        )
        .order_by(User.name, User.id, Membership.project_id.is_not(None), Membership.id)
    )
