"""The tab of a project: its progress score, the levels at its unit, and its pathways."""

from __future__ import annotations

from decimal import Decimal

from flask import Blueprint, abort, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.drafts.forms import form_page, open_form
from tracker.pages import day, done, number, page
from tracker.permissions import Permission, can, requires, roles_on
from tracker.plugin_api import Rubric
from tracker.programmes.contents import contents_of
from tracker.projects.access import is_outside
from tracker.projects.models import Project
from tracker.safe.dates import today

from . import queries, services, upgrading
from .blueprint import Place
from .domain import is_fall
from .forms import ClaimForm, level_options
from .pairs import Story, concerns, standings_of, story_of
from .progress import PLANNING, Proposal
from .proposing import supported
from .rating import rate_page, sides_of
from .services import Judgement
from .showing import Levels
from .wording import capital, how_long

bp = Blueprint("progress", __name__, template_folder="templates")

AT = "/projects/<id:project_id>/adoption"
reads = requires(Permission.PROJECT_READ, Project)
rates = requires(Permission.ADOPTION_RATE, Project, key="project_id")


@bp.get(AT)
@reads
def show(project: Project) -> ResponseReturnValue:
    """How far the project has come, and the levels at its unit."""
    now, place = today(), _place(project)
    score = place.score if place else None
    unit = project.organisation
    scope = queries.unit(place.key, unit.id, now) if place else None
    tables = []
    if place and scope:
        every = [(rubric, standings_of(place, unit, rubric, now)) for rubric in place.rubrics]
        tables = [(rubric, rows) for rubric, rows in every if concerns(rubric, unit, rows)]
    return page(
        "adoption/project.html",
        project=project,
        place=place,
        score=score,
        levels=Levels(score.stages) if score else None,
        story=_told(project, score) if score else None,
        earlier=upgrading.of_project(score, project.id) if score else None,
        supported=supported(project, now, outside=is_outside(project, current_user)),
        unit=unit,
        tables=tables,
        courses=[(one, _told(project, one), Levels(one.stages)) for one in place.courses]
        if place
        else [],
        how_long=lambda start: how_long(start, now),
        may_rate=can(current_user, Permission.ADOPTION_RATE, project),
        is_inside=bool(roles_on(current_user, project)),
    )


@bp.route(f"{AT}/claim", methods=["GET", "POST"])
@rates
def claim(project: Project) -> ResponseReturnValue:
    """Claim a score; one that the data do not support wants a reason."""
    place = _place(project)
    score = place.score if place else None
    home = url_for(".show", project_id=project.id)
    if score is None:
        return done(home, announce="This programme has no progress score")
    ratings = queries.of_project(project.id, queries.copies(score))
    earlier = upgrading.of_project(score, project.id)
    starts = earlier.proposed.key if earlier and earlier.proposed else None
    form = open_form(
        ClaimForm,
        f"progress/{project.id}",
        initial=lambda: {"on": today(), "level": starts},
    )
    form.level.options = level_options(score, not_applicable=False)
    form.offer_sides(sides_of(project))
    shown = supported(project, today(), outside=is_outside(project, current_user))
    if form.accepted():
        held = supported(
            project, form.on.filled, outside=is_outside(project, current_user)
        ).proposal
        side = form.as_side
        before = next((one.level for one in ratings if one.side is side), None)
        scores = {stage.key: stage.score for stage in score.stages}
        asked = _why(form, score, held, scores[form.level.filled], before)
        if not asked or form.reason.data:

            def write() -> str:
                services.rate_project(
                    project,
                    score,
                    Judgement(
                        level=form.level.filled,
                        on=form.on.filled,
                        side=side,
                        note=form.note.data,
                        reason=form.reason.data,
                        proposed=held.score,
                    ),
                    by=current_user,
                )
                return home

            return done(form.create(write), announce="The score is saved")
        form.refuse("reason", f"Say why. {'. '.join(asked)}")
    return form_page(
        "adoption/claim.html",
        form,
        project=project,
        score=score,
        earlier=earlier,
        supported=shown,
    )


@bp.route(f"{AT}/rate/<rubric>/<element>", methods=["GET", "POST"])
@bp.route(f"{AT}/rate/<rubric>", methods=["GET", "POST"])
@rates
def rate(project: Project, rubric: str, element: str = "") -> ResponseReturnValue:
    """Rate an element at the project's unit, or the project as a whole, by a role on it."""
    place = _place(project)
    if place is None:
        abort(404)
    return rate_page(
        place,
        project.organisation,
        place.of_project(rubric),
        element,
        of=project,
        home=url_for(".show", project_id=project.id),
        project=project,
    )


def _place(project: Project) -> Place | None:
    contents = contents_of(project.programme) if project.programme else None
    return Place(contents) if contents else None


def _told(project: Project, rubric: Rubric) -> Story:
    """What was said of the project by a rubric."""
    return story_of(rubric, queries.of_project(project.id, queries.copies(rubric)), today())


def _why(
    form: ClaimForm, score: Rubric, held: Proposal, claimed: Decimal, before: str | None
) -> list[str]:
    """What a reason is asked for, in sentences without their stop."""
    found = []
    earliest = held.earliest(claimed)
    if held.score is not None and claimed != held.score:
        found.append(f"The data support {number(held.score)}: {held.because}")
    elif held.score is None and claimed >= PLANNING:
        found.append(capital(held.because))
    if earliest is not None and earliest > form.on.filled:
        found.append(f"{number(claimed)} can be claimed from {day(earliest)}")
    if is_fall(score.stages, before, form.level.filled):
        found.append(f"It falls from {Levels(score.stages).named(before or '').score}")
    return found
