"""Reads of projects: lists, the people on a team, and the facts a page is drawn from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select, union
from sqlalchemy.orm import aliased, joinedload, raiseload

from tracker.auth.models import Membership
from tracker.db import db
from tracker.db.search import entries_matching, matching
from tracker.organisations.models import Organisation
from tracker.permissions import visible

from .access import may_read
from .models import Aim, Project, ProjectMember, ProjectSite, Status

if TYPE_CHECKING:
    from tracker.auth.models import User

PAGE_SIZE = 25
COUNT_UP_TO = 200
"""A list says "more than 200" rather than count the country."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of projects is narrowed to; empty values narrow nothing."""

    text: str = ""
    programme: str = ""
    status: Status | None = None
    psc_id: int | None = None
    mine: bool = False
    archived: bool | None = False
    """Archived projects: left out, or nothing but them; None has both."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list. `count` stops at `COUNT_UP_TO` + 1."""

    projects: Sequence[Project]
    number: int
    count: int

    @property
    def pages(self) -> int:
        return max(1, -(-min(self.count, COUNT_UP_TO) // PAGE_SIZE))

    @property
    def is_cut(self) -> bool:
        """There are more than the list shows."""
        return self.count > COUNT_UP_TO

    @property
    def counted(self) -> str:
        """The count in words."""
        if self.is_cut:
            return f"More than {COUNT_UP_TO} projects"
        return "1 project" if self.count == 1 else f"{self.count or 'No'} projects"


def project_page(user: User, filters: Filters, number: int = 1) -> Page:
    """One page of the projects a person may see, the latest changed first: two statements.

    The first finds which, so far as the list counts; the second reads those of the page.
    """
    ids = found(user, filters)
    number = max(1, min(number, COUNT_UP_TO // PAGE_SIZE))
    shown = ids[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    return Page(by_ids(shown), number, len(ids))


def by_ids(ids: Sequence[int]) -> Sequence[Project]:
    """These projects in this order, with what a list shows: one statement.

    Not for ids that a person sends: whoever calls it has asked what they may read.
    """
    if not ids:
        return ()
    rows = db.session.scalars(_with_what_a_list_shows(), {"ids": ids})
    by_id = {project.id: project for project in rows}
    return [by_id[key] for key in ids if key in by_id]


def found(user: User, filters: Filters) -> Sequence[int]:
    """Ids of the projects of a list, the latest changed first, so far as it counts.

    Where words find more than that, it is those begun last that are found: in that order no more
    matches are read, while a usual word is in thousands of projects.
    """
    query = (
        visible(Project, user)
        .with_only_columns(Project.id, Project.changed_at)
        .where(*_narrowed(user, replace(filters, text="")))
        .limit(COUNT_UP_TO + 1)
    )
    if not filters.text:
        query = query.order_by(Project.changed_at.desc(), Project.id.desc())
        return [row.id for row in db.session.execute(query)]
    entries = entries_matching("project", filters.text)
    query = query.join(entries, entries.c.object_id == Project.id).order_by(entries.c.id.desc())
    rows = db.session.execute(query).all()
    return [row.id for row in sorted(rows, key=lambda row: (row.changed_at, row.id), reverse=True)]


def listed(user: User, filters: Filters) -> Sequence[Any]:
    """Every project of the list with what a download of it shows, in its order: one statement."""
    psc = aliased(Organisation)
    return db.session.execute(
        visible(Project, user)
        .join(Organisation, Organisation.id == Project.organisation_id)
        .outerjoin(psc, psc.id == Project.psc_id)
        .join(Aim, Aim.project_id == Project.id)
        .where(*_narrowed(user, filters))
        .order_by(Project.changed_at.desc(), Project.id.desc())
        .with_only_columns(
            Project.title,
            Project.programme,
            Organisation.name.label("organisation"),
            Organisation.code.label("organisation_code"),
            psc.name.label("psc"),
            Project.status,
            Project.sharing,
            Project.started_on,
            Project.closed_on,
            Project.changed_at,
            Project.is_demo,
            *_AIM,
        )
    ).all()


_AIM = (
    Aim.direction,
    Aim.measure,
    Aim.population,
    Aim.place,
    Aim.unit,
    Aim.baseline,
    Aim.target,
    Aim.by,
)
"""The parts of an aim, in the order in which `AimParts` takes them."""


@cache
def _with_what_a_list_shows() -> Select[Project]:
    """Projects by `ids`. Made once: putting the statement together took as long as sending it."""
    return (
        select(Project)
        .where(Project.id.in_(bindparam("ids", expanding=True)))
        .options(
            joinedload(Project.organisation).load_only(Organisation.name, Organisation.code),
            joinedload(Project.aim),
            raiseload("*"),
        )
    )


def _narrowed(user: User, filters: Filters) -> list[ColumnElement[bool]]:
    narrowed: list[ColumnElement[bool]] = []
    if filters.text:
        narrowed.append(Project.id.in_(matching("project", filters.text)))
    if filters.programme:
        narrowed.append(Project.programme == filters.programme)
    if filters.status:
        narrowed.append(Project.status == filters.status)
    if filters.archived is not None:
        is_archived = Project.archived_on.is_not(None)
        narrowed.append(is_archived if filters.archived else ~is_archived)
    if filters.psc_id:
        narrowed.append(Project.psc_id == filters.psc_id)
    if filters.mine:
        narrowed.append(_is_mine(user))
    return narrowed


def _is_mine(user: User) -> ColumnElement[bool]:
    """Projects with this person on the team or as their coach."""
    roles = [m.id for m in user.active_memberships() if m.project_id is not None]
    # One list, not two joined by "or": that would look at every project of the country.
    return Project.id.in_(
        union(
            select(ProjectMember.project_id).where(
                ProjectMember.user_id == user.id, ProjectMember.left_on.is_(None)
            ),
            select(Membership.project_id).where(Membership.id.in_(roles)),
        )
    )


def my_projects(user: User) -> Sequence[Project]:
    """The projects a person works on or coaches, the latest changed first; at most a page."""
    return project_page(user, Filters(mine=True)).projects


MOST_ORGANISATIONS = 50
"""Named on the page of a programme, those with the most projects first."""


def by_organisation(user: User, programme: str) -> list[tuple[str, int]]:
    """Organisations with projects of a programme that this person may read, and how many each."""
    number = func.count(Project.id)
    rows = db.session.execute(
        select(Organisation.name, number)
        .join(Project, Project.organisation_id == Organisation.id)
        .where(Project.programme == programme, may_read(user))
        .group_by(Organisation.id, Organisation.name)
        .order_by(number.desc(), Organisation.name)
        .limit(MOST_ORGANISATIONS)
    )
    return [(name, count) for name, count in rows]


def team(project: Project, today: date) -> Sequence[ProjectMember]:
    """The people on the team today, in the order they joined."""
    return db.session.scalars(
        select(ProjectMember)
        .where(
            ProjectMember.project_id == project.id,
            or_(ProjectMember.left_on.is_(None), ProjectMember.left_on > today),
        )
        .order_by(ProjectMember.joined_on, ProjectMember.id)
    ).all()


def accounts_by_name(project_id: int, names: Collection[str]) -> dict[str, int]:
    """Ids of the accounts of those on the team today who are called so, by the name as given.

    A name that nobody has, or more than one, is left out.
    """
    asked = {name.strip().lower() for name in names if name}
    if not asked:
        return {}
    name = func.lower(ProjectMember.name)
    rows = db.session.execute(
        select(name, func.min(ProjectMember.user_id))
        .where(
            ProjectMember.project_id == project_id,
            ProjectMember.user_id.is_not(None),
            ProjectMember.left_on.is_(None),
            name.in_(asked),
        )
        .group_by(name)
        .having(func.count(ProjectMember.user_id.distinct()) == 1)
    )
    found: dict[str, int] = {row[0]: row[1] for row in rows}
    return {each: found[key] for each in names if (key := each.strip().lower()) in found}


def everybody(project: Project) -> Sequence[ProjectMember]:
    """All who are or ever were on the team, in the order they joined."""
    return db.session.scalars(
        select(ProjectMember)
        .where(ProjectMember.project_id == project.id)
        .order_by(ProjectMember.joined_on, ProjectMember.id)
    ).all()


def sites(project: Project) -> Sequence[ProjectSite]:
    """Where the work happens."""
    return db.session.scalars(
        select(ProjectSite).where(ProjectSite.project_id == project.id).order_by(ProjectSite.name)
    ).all()
