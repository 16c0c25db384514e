"""My work, and the page of a project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.comments import queries as comments
from tracker.drivers import queries as drivers
from tracker.drivers.domain import counted
from tracker.history import queries as history
from tracker.history.domain import sentence as told_as
from tracker.measures import drawing
from tracker.measures import queries as measures
from tracker.measures import upgrading as newer_definitions
from tracker.measures.standing import standing
from tracker.pages import page
from tracker.pdsa import queries as pdsa
from tracker.permissions import Permission, can, requires
from tracker.projects import dates
from tracker.projects import queries as projects
from tracker.projects.access import is_outside, outsiders
from tracker.projects.domain import AimParts, faults, sentence
from tracker.projects.models import Project, Status
from tracker.projects.roles import role_check, wanted_roles
from tracker.projects.steps import Asked, Step
from tracker.safe.dates import today
from tracker.tasks import queries as tasks
from tracker.tasks.domain import by_need, is_overdue

from . import caseload, queries
from .domain import Need, ago, usual_since
from .patch import patch_of
from .sections import sections_of

bp = Blueprint("overview", __name__, template_folder="templates")

TILES = 4
CYCLES = 6
TASKS = 5
CHANGES = 3
COMING = 5
AHEAD = timedelta(days=60)
"""How far one looks ahead on the page of one's own work."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step with the page it is done on."""

    place: int
    step: Step
    project: Project
    url: str


@bp.get("/")
@requires(Permission.SIGNED_IN)
def home() -> ResponseReturnValue:
    """What needs doing now, and what others wrote."""
    day = today()
    own, mine = _mine(day)
    since = usual_since(day)
    outside = outsiders([work.project for work in [*own, *mine]], current_user)
    teams = caseload.teams(
        [work for work in own if not work.project.is_closed],
        current_user,
        since=since,
        today=day,
        outside=outside,
    )
    next_steps = [one for work in mine for one in _next_steps(work.project, work.steps)[:2]]
    ids = [work.project.id for work in [*mine, *own]]
    active = [work.project.id for work in mine if work.project.status is Status.ACTIVE]
    left, _ = by_need(tasks.mine(current_user, day, project_ids=active))
    ahead = dates.coming(active, day, day + AHEAD)
    return page(
        "overview/home.html",
        works=mine,
        outside=outside,
        next_steps=sorted(next_steps, key=lambda one: one.place)[:6],
        comments=comments.latest_for(current_user, ids),
        read_until=comments.read_until(current_user),
        tasks=left[:TASKS],
        tasks_left=len(left),
        is_overdue=lambda task: is_overdue(task, day),
        coming=[(c, url_for(c.endpoint, project_id=c.project_id, **c.at)) for c in ahead[:COMING]],
        titles={w.project.id: w.project.title for w in [*mine, *own]},
        teams=teams[: caseload.AT_HOME],
        all_teams=teams,
        teams_say=caseload.headline(teams) if teams else "",
        since=since,
        patch=patch_of(current_user, day),
        ago=ago,
        today=day,
        stage_of=lambda cycle: cycle.stage(day),
        comment_url=comment_url,
    )


@bp.get("/teams")
@requires(Permission.SIGNED_IN)
def teams() -> ResponseReturnValue:
    """A coach's teams, those that need a call first; filter and day are in the address."""
    day = today()
    asked = request.args
    since = _day(asked.get("since", "")) or usual_since(day)
    need = Need(asked["need"]) if asked.get("need") in set(Need) else None
    own, _ = _mine(day, only_coached=True)
    found = caseload.teams(
        [work for work in own if not work.project.is_closed],
        current_user,
        since=since,
        today=day,
        outside=outsiders([work.project for work in own], current_user),
    )
    return page(
        "overview/teams.html",
        teams=[team for team in found if need in (None, team.need)],
        all_teams=found,
        number=caseload.counted(found),
        needs=tuple(Need),
        need=need,
        since=since,
        says=caseload.headline(found) if found else "",
        ago=ago,
        today=day,
        is_cut=len(own) >= caseload.MOST_TEAMS,
        most=caseload.MOST_TEAMS,
    )


def _mine(
    day: date, *, only_coached: bool = False
) -> tuple[Sequence[queries.Work], Sequence[queries.Work]]:
    """The projects a person coaches, those left alone longest first, and those they work on."""
    ids = projects.found(current_user, projects.Filters(mine=True))
    coached = caseload.coached_by(current_user)
    own = [key for key in reversed(ids) if key in coached][: caseload.MOST_TEAMS]
    mine = [key for key in ids if key not in coached][: 0 if only_coached else projects.PAGE_SIZE]
    works = queries.works(projects.by_ids([*own, *mine]), day, only_shown=coached)
    return (
        [work for work in works if work.project.id in coached],
        [work for work in works if work.project.id not in coached],
    )


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written[:10])
    except ValueError:
        return None


@bp.get("/projects/<id:project_id>")
@requires(Permission.PROJECT_READ, Project)
def project(project: Project) -> ResponseReturnValue:
    """One project on one screen: aim, next step, charts, tests, people."""
    day = today()
    held = measures.of_projects([project.id])
    cycles = pdsa.cycles(project)
    parts = project.aim.parts
    steps = queries.steps_of(project, held, cycles, day)
    members = projects.everybody(project)
    outside = is_outside(project, current_user)
    stands = standing(project.aim, held, outside=outside) if parts else None
    return page(
        "overview/project.html",
        project=project,
        parts=parts,
        sentence=sentence(parts) if parts else "",
        faults=faults(parts or AimParts()),
        next_steps=_next_steps(project, steps),
        measures=held,
        newer=newer_definitions.offers(held),
        tiles=drawing.tiles(held[:TILES], outside=outside),
        aim_bar=drawing.aim_bar(project.aim, stands) if parts else None,
        stands=stands.in_words(project.aim.target) if stands else "",
        drivers=drivers.summary(project.id, cycles),
        ideas_in_words=counted,
        cycles=cycles,
        shown_cycles=cycles[-CYCLES:],
        stage_of=lambda cycle: cycle.stage(day),
        roles=role_check(members, wanted_roles(project), day),
        sites=projects.sites(project),
        comments=comments.in_project(project, limit=4),
        changed=history.latest(project, CHANGES),
        told_as=told_as,
        sections=sections_of(project, held, day, outside=outside),
        comments_open=comments.open_count(project),
        comment_url=comment_url,
    )


def comment_url(project_id: int, kind: str, subject_id: int) -> str:
    """Where a comment is read, beside what it is about."""
    match kind:
        case "pdsa_cycle":
            return url_for("pdsa.show", project_id=project_id, cycle_id=subject_id)
        case "measure":
            return url_for("measures.show", project_id=project_id, measure_id=subject_id)
        case "risk":
            return url_for("risks.show", project_id=project_id, risk_id=subject_id)
        case "aim":
            return url_for("projects.aim", project_id=project_id)
    return url_for("comments.index", project_id=project_id)


def _next_steps(project: Project, steps: Sequence[Asked]) -> list[NextStep]:
    """The steps this person may take, with where."""
    return [
        NextStep(place, step, project, url_for(step.endpoint, project_id=project.id, **step.at))
        for place, needs, step in steps
        if can(current_user, needs, project)
    ]
