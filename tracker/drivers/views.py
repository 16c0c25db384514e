"""Pages of the driver diagram: the tree, and its boxes one by one."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from flask import Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_htmx import make_response as htmx_response
from flask_login import current_user

from tracker.db import db, unit_of_work
from tracker.drafts.forms import form_page, open_form
from tracker.pages import done, notice, page, wants_fragment
from tracker.permissions import Permission, requires
from tracker.projects.access import is_outside
from tracker.projects.domain import sentence
from tracker.projects.models import Project
from tracker.safe.dates import today
from tracker.safe.numbers import parse_id

from . import queries, services
from .blueprint import BASE, bp, home
from .domain import Level
from .forms import AddForm, AimMeasuresForm, DriverForm, IdeaForm, measure_options, values_of
from .models import ChangeIdea, Driver
from .services import CannotDo, Row
from .showing import TAGS, Box, Shown, show

STEPS = {"up": -1, "down": 1}


def name_of(row: Row) -> str:
    """What a box is called on the page."""
    return f"{'i' if isinstance(row, ChangeIdea) else 'd'}{row.id}"


@bp.get(BASE)
@requires(Permission.PROJECT_READ, Project)
def index(project: Project) -> ResponseReturnValue:
    """The diagram: a tree on a desktop, an outline on a phone."""
    return page("drivers/index.html", **_context(project))


def _context(project: Project) -> dict[str, Any]:
    parts = project.aim.parts
    return {
        "project": project,
        "aim": sentence(parts) if parts else "",
        "shown": show(
            project,
            queries.board(project.id),
            outside=is_outside(project, current_user),
        ),
        "version": queries.latest_version(project.id),
        "tags": TAGS,
        "Level": Level,
        "opened": "",
    }


# --- drivers -------------------------------------------------------------------------------------


@bp.route(f"{BASE}/new", methods=["GET", "POST"])
@requires(Permission.PROJECT_EDIT, Project)
def add(project: Project) -> ResponseReturnValue:
    """Add a primary driver."""
    return _add(
        project,
        Level.PRIMARY,
        None,
        lambda text, _: services.add_driver(project, Level.PRIMARY, text, by=current_user),
    )


@bp.route(f"{BASE}/<id:driver_id>/new", methods=["GET", "POST"])
@requires(Permission.PROJECT_EDIT, Driver)
def add_under(parent: Driver) -> ResponseReturnValue:
    """Add a secondary driver under a primary one, or a change concept under a secondary one."""
    level = parent.level.below
    if level is None:
        abort(404)
    return _add(
        parent.project,
        level,
        parent,
        lambda text, under: services.add_driver(
            under.project, level, text, under=under, by=current_user
        ),
    )


@bp.route(f"{BASE}/<id:driver_id>/ideas/new", methods=["GET", "POST"])
@requires(Permission.PDSA_LOG, Driver)
def add_idea_under(parent: Driver) -> ResponseReturnValue:
    """Add a change idea under a driver."""
    return _add(
        parent.project,
        Level.IDEA,
        parent,
        lambda text, under: services.add_idea(under.project, text, under=[under], by=current_user),
    )


def _add(
    project: Project, level: Level, parent: Driver | None, write: Callable[[str, Any], Row]
) -> ResponseReturnValue:
    """Ask for the words of one more box; htmx puts the branch with it in place of the old one."""
    form = AddForm()
    name = f"d{parent.id}" if parent else "aim"
    form.text.id = form.text.label.field_id = f"text-{name}"
    form.text.label.text = f"{level.label}"
    if form.validate_on_submit():
        text = form.text.data
        try:
            with unit_of_work():
                row = write(text, parent)
                name, project_id = name_of(row), row.project_id
        except CannotDo as error:
            form.refuse("text", str(error))
        else:
            return _answer(project_id, name, f"Added “{text}”", focus=f"m-{name}")
    response = page(
        "drivers/add.html",
        partial="drivers/_add.html",
        status=422 if form.is_submitted() else 200,
        project=project,
        level=level,
        parent=parent,
        form=form,
        name=name,
        home=home(project.id, name),
    )
    if wants_fragment():
        response.headers["HX-Retarget"] = f"#add-{name}"
        response.headers["HX-Reswap"] = "innerHTML"
        response.headers["HX-Trigger-After-Settle"] = json.dumps({"qi:focus": form.text.id})
    return response


@bp.post(f"{BASE}/<id:driver_id>/do")
@requires(Permission.PROJECT_EDIT, Project, key="project_id")
def act(project: Project, driver_id: int) -> ResponseReturnValue:
    """Move a driver up or down, or take it off the diagram."""
    return _act(project, lambda: queries.driver(project.id, driver_id), "drivers.restore")


@bp.route(f"{BASE}/<id:driver_id>/edit", methods=["GET", "POST"])
@requires(Permission.PROJECT_EDIT, Driver)
def edit(driver: Driver) -> ResponseReturnValue:
    """Change the words of a driver, what it serves and what measures it."""
    return _edit(driver, DriverForm)


@bp.post(f"{BASE}/<id:driver_id>/restore")
@requires(Permission.PROJECT_EDIT, Project, key="project_id")
def restore(project: Project, driver_id: int) -> ResponseReturnValue:
    """Put a driver back where it was."""
    return _restore(project.id, lambda: queries.removed_driver(project.id, driver_id))


@bp.route(f"{BASE}/aim", methods=["GET", "POST"])
@requires(Permission.PROJECT_EDIT, Project)
def aim_measures(project: Project) -> ResponseReturnValue:
    """Say which measures belong to the aim."""
    aim = project.aim
    board = queries.board(project.id)
    form = open_form(
        AimMeasuresForm,
        f"drivers/{project.id}/aim",
        initial=lambda: {
            "measures": [board.measures[m].id for m in board.diagram.measures],
            "version": aim.version,
        },
        record=aim,
    )
    form.measures.options = measure_options(list(board.measures.values()))
    if form.accepted() and form.save(
        lambda: services.set_aim_measures(project, form.measures.data, by=current_user)
    ):
        return done(home(project.id), announce="Measures of the aim saved")
    return form_page("drivers/aim_measures.html", form, project=project)


# --- ideas ---------------------------------------------------------------------------------------


@bp.get(f"{BASE}/ideas/<id:idea_id>")
@requires(Permission.PROJECT_READ, ChangeIdea)
def idea(idea: ChangeIdea) -> ResponseReturnValue:
    """A change idea with the cycles that test it."""
    project = idea.project
    board = queries.board(project.id)
    day = today()
    return page(
        "drivers/idea.html",
        project=project,
        idea=idea,
        parents=board.diagram.above(idea.uid.hex),
        stands=board.statuses[idea.uid.hex],
        box=show(project, board, outside=is_outside(project, current_user)).find(name_of(idea)),
        cycles=queries.cycles_of(idea),
        stage_of=lambda cycle: cycle.stage(day),
        tags=TAGS,
        home=home(project.id, name_of(idea)),
    )


@bp.post(f"{BASE}/ideas/<id:idea_id>/do")
@requires(Permission.PDSA_LOG, Project, key="project_id")
def act_on_idea(project: Project, idea_id: int) -> ResponseReturnValue:
    """Move an idea up or down, or take it off the diagram."""
    return _act(project, lambda: queries.idea(project.id, idea_id), "drivers.restore_idea")


@bp.route(f"{BASE}/ideas/<id:idea_id>/edit", methods=["GET", "POST"])
@requires(Permission.PDSA_LOG, ChangeIdea)
def edit_idea(idea: ChangeIdea) -> ResponseReturnValue:
    """Change the words of an idea, the drivers it serves and what measures it."""
    return _edit(idea, IdeaForm)


@bp.post(f"{BASE}/ideas/<id:idea_id>/restore")
@requires(Permission.PDSA_LOG, Project, key="project_id")
def restore_idea(project: Project, idea_id: int) -> ResponseReturnValue:
    """Put an idea back where it was."""
    return _restore(project.id, lambda: queries.removed_idea(project.id, idea_id))


# --- parts ---------------------------------------------------------------------------------------


def _edit(row: Row, form_class: type[DriverForm | IdeaForm]) -> ResponseReturnValue:
    project = row.project
    name = name_of(row)
    form = open_form(
        form_class,
        f"drivers/{name}",
        initial=lambda: values_of(row, queries.board(row.project_id)),
        record=row,
    )
    form.offer(queries.board(project.id), row, row.level)
    if form.accepted():
        parents = None if row.level is Level.PRIMARY else form.parents.data

        def write() -> None:
            services.change(
                row,
                text=form.text.data,
                note=form.note.data,
                parents=parents,
                measures=form.measures.data,
                by=current_user,
            )

        try:
            if form.save(write):
                return done(home(row.project_id, name), announce=f"“{form.text.data}” saved")
        except CannotDo as error:
            form.refuse(None, str(error))
    return form_page("drivers/edit.html", form, project=project, row=row, level=row.level)


def _act(project: Project, find: Callable[[], Row | None], restoring: str) -> ResponseReturnValue:
    """Carry a command out, or say why it is not done."""
    doing = request.form.get("do", "")
    under = parse_id(request.form.get("under", ""))
    if doing not in (*STEPS, "remove"):
        abort(400)
    undo = None
    try:
        with unit_of_work():
            row = find()
            if row is None:
                abort(404)
            name, text, project_id = name_of(row), row.text, row.project_id
            if doing == "remove":
                services.remove(row, by=current_user)
                key = "idea_id" if isinstance(row, ChangeIdea) else "driver_id"
                undo = url_for(restoring, project_id=project_id, **{key: row.id})  # type: ignore[arg-type]
            else:
                services.move(row, STEPS[doing], under_id=under, by=current_user)
    except CannotDo as error:
        return _refused(project.id, str(error))
    if doing == "remove":
        return _answer(project_id, f"d{under}" if under else "aim", f"“{text}” removed", undo=undo)
    said = f"“{text}” moved {doing}"
    return _answer(project_id, name, said, focus=f"{doing}-{name}", opened=name)


def _answer(
    project_id: int,
    name: str,
    said: str,
    *,
    focus: str = "",
    undo: str | None = None,
    opened: str = "",
) -> ResponseReturnValue:
    """The diagram after a command: the page at the box, or for htmx what has changed of it."""
    if not wants_fragment():
        return done(home(project_id, name), announce=said, undo=undo)
    project = db.session.get_one(Project, project_id)
    context = _context(project) | {"opened": opened}
    # What was under a box that went may be drawn anywhere now.
    swapped = "" if undo else _smallest(context["shown"], name)
    response = done(
        home(project_id, name),
        partial="drivers/_swapped.html",
        announce=said,
        undo=undo,
        focus=focus or f"m-{name}",
        **context,
        branch=context["shown"].find(swapped) if swapped else None,
    )
    response.headers["HX-Retarget"] = f"#b-{swapped}" if swapped else "#tree"
    response.headers["HX-Reswap"] = "outerHTML"
    return response


def _smallest(shown: Shown, name: str) -> str:
    """The branch that holds all that adding or moving a box changed; empty for the whole tree.

    A box that hangs under several may be drawn elsewhere now.
    """
    box = shown.find(name)
    above = shown.find(f"d{box.under}") if box is not None and box.under else None
    return "" if above is None or _is_shared(above) else above.name


def _is_shared(box: Box) -> bool:
    return bool(box.also) or any(_is_shared(child) for child in box.children)


def _refused(project_id: int, why: str) -> ResponseReturnValue:
    """Nothing was done: the diagram as it is now, with the reason."""
    if not wants_fragment():
        notice(why, kind="information")
        return done(home(project_id))
    project = db.session.get_one(Project, project_id)
    body = render_template("drivers/_swapped.html", branch=None, why=why, **_context(project))
    response: Response = htmx_response(
        body,
        retarget="#tree",
        reswap="outerHTML",
        trigger_after_settle={"qi:announce": why},
    )
    response.status_code = 409
    return response


def _restore(project_id: int, find: Callable[[], Row]) -> ResponseReturnValue:
    try:
        with unit_of_work():
            row = services.restore(find(), by=current_user)
            name, text = name_of(row), row.text
    except CannotDo as error:
        return _refused(project_id, str(error))
    return done(home(project_id, name), announce=f"“{text}” is back")
