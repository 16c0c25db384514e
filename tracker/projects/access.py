"""Who may read a project: the sharing ladder, as one condition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, contains_eager, joinedload

from tracker.db import Base, db, is_restorable
from tracker.organisations.domain import OrganisationKind
from tracker.organisations.models import Organisation, OrganisationClosure
from tracker.permissions import Permission, Scope, register, roles_on
from tracker.permissions.verbs import GRANTS
from tracker.programmes.queries import programmes_on
from tracker.safe.dates import today

from .models import Project, ProjectMember, Sharing, Status

if TYPE_CHECKING:
    from tracker.auth.models import User

PROVIDERS = (
    OrganisationKind.TRUST,
    OrganisationKind.PROVIDER,
    OrganisationKind.PRACTICE,
    OrganisationKind.SITE,
)
"""Kinds of organisation that care for people: all of one provider is one house."""


def may_read(user: User) -> ColumnElement[bool]:
    """Projects this person may read."""
    return and_(Project.deleted_at.is_(None), _shared_with(user))


def may_have_read(user: User) -> ColumnElement[bool]:
    """Deleted projects that this person might read, and that can be restored."""
    return and_(is_restorable(Project), _shared_with(user))


def _shared_with(user: User) -> ColumnElement[bool]:
    """Projects within a person's reach, as the sharing of each decides.

    Team: its members and their coach. Organisation: also people of the owning organisation, of
    organisations above it and of its PSC. Network: also organisations with the same programme
    switched on. National: everyone signed in. Source: architecture, "sharing of a project".
    """
    steps = ladder(
        user,
        project_id=Project.id,
        organisation_id=Project.organisation_id,
        psc_id=Project.psc_id,
        programme=Project.programme,
    )
    return or_(
        Project.sharing == Sharing.NATIONAL,
        steps[Sharing.TEAM],
        and_(
            Project.sharing.in_([Sharing.ORGANISATION, Sharing.NETWORK]),
            steps[Sharing.ORGANISATION],
        ),
        and_(Project.sharing == Sharing.NETWORK, steps[Sharing.NETWORK]),
    )


def ladder(
    user: User,
    *,
    project_id: InstrumentedAttribute[Any],
    organisation_id: InstrumentedAttribute[Any],
    psc_id: InstrumentedAttribute[Any],
    programme: InstrumentedAttribute[Any],
) -> Mapping[Sharing, ColumnElement[bool]]:
    """Whom each step of sharing adds, of rows with these columns; see `_shared_with`."""
    memberships = user.active_memberships()
    own = [m.project_id for m in memberships if m.project_id is not None]
    organisations = [m.organisation_id for m in memberships if m.organisation_id is not None]
    steps: dict[Sharing, ColumnElement[bool]] = {
        Sharing.TEAM: project_id.in_(own) if own else false(),
        Sharing.ORGANISATION: false(),
        Sharing.NETWORK: false(),
        Sharing.NATIONAL: true(),
    }
    if organisations:
        on = today()
        # Asked of each row: as `organisation_id IN (...)` both engines would first gather all that
        # is under these organisations, which for the national body is the country.
        is_under = (
            select(OrganisationClosure.id)
            .where(
                OrganisationClosure.descendant_id == organisation_id,
                OrganisationClosure.ancestor_id.in_(organisations),
                OrganisationClosure.valid_from <= on,
                OrganisationClosure.valid_to >= on,
            )
            .correlate(organisation_id.class_)
            .exists()
        )
        steps[Sharing.ORGANISATION] = or_(is_under, psc_id.in_(organisations))
        if programmes := programmes_on(organisations, on=on):
            steps[Sharing.NETWORK] = programme.in_(programmes)
    return steps


def outsiders(projects: Sequence[Project], user: User) -> set[int]:
    """Ids of those projects that this person reads from outside: small numbers are hidden.

    Inside are those with a role on the project, on its organisation or on a provider that it is
    part of, and whoever may enter its figures. An ICB, a PSC or the nation looks from outside.
    One statement at most.
    """
    memberships = user.active_memberships()
    own = {m.organisation_id for m in memberships if m.organisation_id is not None}
    joined = {m.project_id for m in memberships if m.project_id is not None}
    left = {
        p.id: p.organisation_id
        for p in projects
        if p.id not in joined and p.organisation_id not in own and not _enters_figures(user, p)
    }
    if left and own:
        on = today()
        under = set(
            db.session.scalars(
                select(OrganisationClosure.descendant_id)
                .join(Organisation, Organisation.id == OrganisationClosure.ancestor_id)
                .where(
                    OrganisationClosure.ancestor_id.in_(own),
                    OrganisationClosure.descendant_id.in_(set(left.values())),
                    OrganisationClosure.valid_from <= on,
                    OrganisationClosure.valid_to >= on,
                    Organisation.kind.in_(PROVIDERS),
                )
            )
        )
        left = {project_id: at for project_id, at in left.items() if at not in under}
    return set(left)


def _enters_figures(user: User, project: Project) -> bool:
    """Whether their role is to enter figures, also while the project is closed to it."""
    return any(Permission.POINTS_ADD in GRANTS[role] for role in roles_on(user, project))


def is_outside(project: Project, user: User) -> bool:
    """Whether this person reads a project from outside: see `outsiders`."""
    return bool(outsiders([project], user))


def project_scope(project: Project) -> Scope:
    """Roles on a project come from it, from its organisation and from its PSC."""
    own = {project.organisation_id, project.psc_id} - {None}
    places = frozenset(i for i in own if i is not None)
    return Scope(project.id, places, is_closed=project.status is not Status.ACTIVE)


def register_rules() -> None:
    """Tell the permissions room about projects."""

    def with_head(query: Select[Any]) -> Select[Any]:
        return query.options(
            joinedload(Project.organisation), joinedload(Project.psc), joinedload(Project.aim)
        )

    register(Project, may_read, scope=project_scope, query=with_head, deleted=may_have_read)
    register_part(ProjectMember, ProjectMember.project)


def register_part(model: type[Base], project: InstrumentedAttribute[Project]) -> None:
    """Rows of a feature that belong to a project are seen by whoever sees the project.

    `project` is the model's relationship; the row and its project load in one statement, with what
    every page's head shows.
    """
    deleted = getattr(model, "deleted_at", None)

    def condition(user: User) -> ColumnElement[bool]:
        readable = may_read(user)
        return readable if deleted is None else and_(readable, deleted.is_(None))

    def joined(query: Select[Any]) -> Select[Any]:
        load = contains_eager(project)
        return query.join(project).options(
            load.joinedload(Project.organisation),
            load.joinedload(Project.psc),
            load.joinedload(Project.aim),
        )

    register(model, condition, scope=lambda row: project_scope(row.project), query=joined)
