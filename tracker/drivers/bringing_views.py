"""Pages that bring a whole diagram in: the places to copy from, and the text to check."""

from __future__ import annotations

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.db import unit_of_work
from tracker.pages import done, page
from tracker.permissions import Permission, requires
from tracker.programmes import services as programmes
from tracker.projects.models import Project

from . import bringing, queries, services, sources
from .blueprint import BASE, bp, home
from .domain import (
    Diagram,
    folded,
)
from .forms import OutlineForm
from .outline import NotAnOutline, as_text, noted, read
from .queries import Board
from .services import CannotDo
from .versions import (
    Change,
    brought_in,
    compare,
)


@bp.get(f"{BASE}/start")
@requires(Permission.PDSA_LOG, Project)
def start(project: Project) -> ResponseReturnValue:
    """Where drivers and ideas can be copied from."""
    text = request.args.get("q", "")[:200]
    held = sources.held_texts(project.id)
    return page(
        "drivers/start.html",
        project=project,
        templates=sources.templates(project),
        ideas=[each for each in sources.ideas(project) if folded(each.title) not in held],
        projects=sources.projects_with_diagrams(project, current_user, text),
        text=text,
        home=home(project.id),
    )


@bp.post(f"{BASE}/ideas/adopt")
@requires(Permission.PDSA_LOG, Project)
def adopt_idea(project: Project) -> ResponseReturnValue:
    """Copy one change idea of the programme; it waits to be placed."""
    key = request.form.get("key", "")
    back = url_for(".start", project_id=project.id)
    idea = next((each for each in sources.ideas(project) if each.key == key), None)
    if idea is None:
        return done(back, announce="That idea is no longer offered")
    try:
        with unit_of_work():
            stored = programmes.adopt(idea, by=current_user)
            row = services.add_idea(
                project,
                idea.title,
                note=idea.summary,
                definition_id=stored.id,
                by=current_user,
            )
            url = url_for(".edit_idea", project_id=project.id, idea_id=row.id)
    except CannotDo as error:
        return done(back, announce=str(error))
    return done(f"{url}#parents", announce=f"“{idea.title}” added. Now say what it serves")


@bp.route(f"{BASE}/text", methods=["GET", "POST"])
@requires(Permission.PROJECT_EDIT, Project)
def text(project: Project) -> ResponseReturnValue:
    """The diagram as indented text: to write it, to paste it, to see what it will change."""
    named = request.args.get("from", "")
    source = sources.find(project, named, current_user) if named else None
    board = queries.board(project.id)
    form = OutlineForm()
    if board.is_empty:
        form.replacing.data, form.replacing.raw_data = "no", ["no"]
    changes: list[Change] | None = None
    faults: list[str] = []
    status = 200
    if not form.is_submitted():
        form.text.data = as_text(source.diagram if source else board.diagram).rstrip("\n")
        form.replacing.data = "no" if source else "yes"
    elif not form.validate():
        status = 422
    else:
        try:
            incoming = read(form.text.data)
        except NotAnOutline as error:
            faults, status = error.faults, 422
            form.refuse("text", faults[0])
        else:
            if source is not None:
                incoming = noted(incoming, source.diagram)
            replacing = form.replacing.data == "yes"
            as_seen = form.seen.data == _seen(project)
            if request.form.get("do") == "save" and as_seen:
                why = f"Copied from {source.title}" if source else "Brought in as text"
                with unit_of_work():
                    count = bringing.bring_in(
                        project,
                        incoming,
                        replacing=replacing,
                        why=why,
                        by=current_user,
                        definitions=source.definitions if source else None,
                    )
                said = f"{count} change{'' if count == 1 else 's'} made" if count else "No change"
                return done(home(project.id), announce=said)
            status = 409 if request.form.get("do") == "save" else 200
            changes = _changes(board, incoming, replacing=replacing)
    form.seen.data = _seen(project)
    return page(
        "drivers/text.html",
        status=status,
        project=project,
        form=form,
        source=source,
        changes=changes,
        faults=faults,
        is_empty=board.is_empty,
        moved_on=status == 409,
        home=home(project.id),
    )


def _seen(project: Project) -> str:
    version = queries.latest_version(project.id)
    return f"{version.number} {version.at.isoformat()}" if version else "0"


def _changes(board: Board, incoming: Diagram, *, replacing: bool) -> list[Change]:
    result = brought_in(board.diagram, incoming, replacing=replacing, keep=board.tested)
    return compare(board.diagram, result)
