"""Reads of copies: where a project came from, what was made of it, what can be taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker.auth.models import User
from tracker.db import db
from tracker.organisations import queries as organisations
from tracker.organisations.models import Organisation
from tracker.pdsa import queries as pdsa
from tracker.pdsa.domain import Decision
from tracker.permissions import Permission, can, visible
from tracker.projects.models import Project

from .domain import Part, Pitfall
from .models import ProjectCopy

if TYPE_CHECKING:
    from datetime import date

MOST_COPIES = 50


@dataclass(frozen=True, slots=True)
class Made:
    """A project that was begun from a plan, and when."""

    project: Project
    copy: ProjectCopy


def origin_of(project: Project) -> ProjectCopy | None:
    """The row that says where a project's plan was copied from."""
    return db.session.scalar(
        select(ProjectCopy)
        .where(ProjectCopy.project_id == project.id)
        .options(joinedload(ProjectCopy.by).load_only(User.name))
    )


def readable(project_id: int | None, user: User) -> Project | None:
    """A project, if this person may read it."""
    if project_id is None:
        return None
    return db.session.scalar(visible(Project, user).where(Project.id == project_id))


def copies_of(project: Project, user: User) -> Sequence[Made]:
    """What others began from this plan, as far as this person may read it, newest first."""
    rows = db.session.execute(
        visible(Project, user)
        .join(ProjectCopy, ProjectCopy.project_id == Project.id)
        .where(ProjectCopy.origin_id == project.id)
        .add_columns(ProjectCopy)
        .order_by(ProjectCopy.id.desc())
        .limit(MOST_COPIES)
    )
    return [Made(one, copy) for one, copy in rows]


def places(user: User) -> Sequence[Organisation]:
    """Organisations where this person may start a project, of those they have a role on."""
    own = organisations.by_ids(
        [m.organisation_id for m in user.active_memberships() if m.organisation_id]
    )
    return [place for place in own if can(user, Permission.PROJECT_START, place)]


def parts_for(origin: Project, user: User) -> list[Part]:
    """What this person may take: what a team writes about people is not for everybody."""
    hidden = set() if can(user, Permission.STAKEHOLDERS_READ, origin) else {Part.STAKEHOLDERS}
    return [part for part in Part if part not in hidden]


def pitfalls_of(origin: Project) -> list[Pitfall]:
    """What did not work there: how it ended, and what was abandoned with the reason."""
    found = [Pitfall("How the project ended", origin.closing_note)] if origin.closing_note else []
    for cycle in pdsa.of_projects([origin.id]):
        if cycle.decision is Decision.ABANDON:
            why = cycle.next_change or cycle.learned or "They did not say why."
            found.append(Pitfall(cycle.change_idea or cycle.title, why))
    return found


def lead_psc(organisation: Organisation, on: date) -> Organisation | None:
    """The PSC that a new project there belongs to."""
    return organisations.lead_psc(organisation.id, on)
