"""What people do to projects. Every function runs inside a unit of work and records itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import update
from sqlalchemy.orm.attributes import flag_modified

from tracker import audit
from tracker.auth import services as auth
from tracker.db import db, utcnow
from tracker.organisations.models import Organisation
from tracker.permissions import Role
from tracker.programmes import services as programmes

from . import queries
from .domain import AimParts
from .models import Aim, Project, ProjectMember, ProjectSite, Sharing, Status

if TYPE_CHECKING:
    from tracker.auth.models import User

LEAD = "Lead"


def start(
    *,
    title: str,
    organisation: Organisation,
    by: User,
    on: date,
    programme: str | None = None,
    psc: Organisation | None = None,
    problem: str = "",
    sites: Iterable[str] = (),
    sharing: Sharing = Sharing.TEAM,
    is_demo: bool = False,
) -> Project:
    """Start a project; whoever starts it leads it."""
    project = Project(
        title=title,
        problem=problem,
        programme=programme or None,
        organisation=organisation,
        psc=psc,
        sharing=sharing,
        started_on=on,
        is_demo=is_demo,
    )
    db.session.add(project)
    db.session.flush()
    db.session.add(Aim(project_id=project.id))
    db.session.add_all(
        ProjectSite(project_id=project.id, name=name) for name in dict.fromkeys(sites)
    )
    if project.programme:
        programmes.adopt_programme(project.programme, by=by)
    audit.record("project.started", of=project, by=by, organisation_id=organisation.id)
    add_member(project, by=by, on=on, user=by, name=by.name, team_role=LEAD, role=Role.QI_LEAD)
    db.session.flush()
    return project


def change(
    project: Project,
    *,
    by: User,
    title: str,
    problem: str,
    programme: str | None,
    psc: Organisation | None,
    sites: Iterable[str],
) -> Project:
    """Change what the project is called and where it belongs."""
    project.title, project.problem, project.programme = title, problem, programme or None
    project.psc_id = psc.id if psc else None
    told = audit.changes(project)
    if project.programme:
        programmes.adopt_programme(project.programme, by=by)
    held = {site.name: site for site in queries.sites(project)}
    wanted = list(dict.fromkeys(sites))
    if set(wanted) != set(held):
        told["sites"] = [sorted(held), sorted(wanted)]
        flag_modified(project, "title")  # its version guards the sites too
    for name in held.keys() - set(wanted):
        db.session.delete(held[name])
    for name in wanted:
        if name not in held:
            db.session.add(ProjectSite(project_id=project.id, name=name))
    if told:
        audit.record("project.changed", of=project, by=by, detail=told)
        touch(project.id)
    db.session.flush()
    return project


def share(project: Project, sharing: Sharing, *, by: User) -> Project:
    """Let more, or fewer, people read the project."""
    if project.sharing is not sharing:
        project.sharing = sharing
        audit.record("project.shared", of=project, by=by, detail=audit.changes(project))
        db.session.flush()
    return project


def close(project: Project, status: Status, *, on: date, note: str, by: User) -> Project:
    """Finish or stop the project; its record stays as readable as before."""
    project.status, project.closed_on, project.closing_note = status, on, note
    audit.record("project.closed", of=project, by=by, detail=audit.changes(project))
    db.session.flush()
    return project


def reopen(project: Project, reason: str, *, by: User) -> Project:
    """Take a finished or stopped project up again; one that is open stays as it is."""
    if project.is_closed:
        project.status, project.closed_on, project.closing_note = Status.ACTIVE, None, ""
        project.archived_on = None
        told = {**audit.changes(project), "reason": reason}
        audit.record("project.reopened", of=project, by=by, detail=told)
        db.session.flush()
    return project


def archive(project: Project, *, on: date, by: User) -> Project:
    """Leave a closed project out of lists; it stays readable, and search finds it."""
    if project.is_closed and project.archived_on is None:
        project.archived_on = on
        audit.record("project.archived", of=project, by=by)
        db.session.flush()
    return project


def take_out_of_archive(project: Project, *, by: User) -> Project:
    """Show a closed project in lists again."""
    if project.archived_on is not None:
        project.archived_on = None
        audit.record("project.unarchived", of=project, by=by)
        db.session.flush()
    return project


def delete(project: Project, *, by: User) -> None:
    """Delete a project with all that is in it; it can be restored, whole, for 30 days."""
    project.deleted_at, project.deleted_by_id = utcnow(), by.id
    audit.record("project.deleted", of=project, by=by)
    db.session.flush()


def restore(project: Project, *, by: User) -> None:
    """Bring a deleted project back: its parts were never touched."""
    project.deleted_at = project.deleted_by_id = None
    audit.record("project.restored", of=project, by=by)
    db.session.flush()
    touch(project.id)


def set_aim(aim: Aim, parts: AimParts, *, by: User) -> Aim:
    """Write the aim, or change it. Its empty row began with the project."""
    aim.direction, aim.measure, aim.population = parts.direction, parts.measure, parts.population
    aim.place, aim.unit, aim.by = parts.place, parts.unit, parts.by
    aim.baseline, aim.target = parts.baseline, parts.target
    told = audit.changes(aim)
    if told:
        audit.record("aim.set", of=aim, by=by, detail=told)
        touch(aim.project_id)
    db.session.flush()
    return aim


def add_member(
    project: Project,
    *,
    by: User,
    on: date,
    name: str,
    team_role: str,
    user: User | None = None,
    role: Role | None = None,
) -> ProjectMember:
    """Add a person to the team; with an account and a `role`, give access to the project too."""
    member = ProjectMember(
        project_id=project.id,
        user_id=user.id if user else None,
        name=name,
        team_role=team_role,
        joined_on=on,
    )
    db.session.add(member)
    if user is not None and role is not None:
        auth.give_membership(user, role, project_id=project.id, on=on, by=by)
    audit.record("team.joined", of=member, by=by, detail={"team_role": team_role})
    db.session.flush()
    touch(project.id)
    return member


def remove_member(member: ProjectMember, *, by: User, on: date) -> ProjectMember:
    """End a person's place on the team, and the access to the project that went with it.

    `on` is the first day without them. Who has left stays as they are.
    """
    if member.left_on is not None:
        return member
    member.left_on = max(on, member.joined_on)
    if member.user_id is not None:
        auth.end_project_memberships(member.user_id, member.project_id, on=on, by=by)
    audit.record("team.left", of=member, by=by)
    db.session.flush()
    touch(member.project_id)
    return member


def touch(project_id: int) -> None:
    """Move the project to the top of lists. No version: it is not what anybody typed."""
    db.session.execute(
        update(Project)
        .where(Project.id == project_id)
        .values(changed_at=utcnow())
        .execution_options(synchronize_session=False)
    )
