"""The storyboard on a page of its own, and as PDF on A4 and A3."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.charts.svg import for_paper
from tracker.documents import CannotSet, pdf
from tracker.downloads import attachment, noted
from tracker.pages import done, notice, page
from tracker.permissions import Permission, requires
from tracker.projects.access import is_outside
from tracker.projects.models import Project
from tracker.safe.dates import today

from .domain import A3, A4, Room
from .telling import story

bp = Blueprint("storyboard", __name__, template_folder="templates")

BASE = "/projects/<id:project_id>/storyboard"
PDF = "application/pdf"
STYLE = Path(__file__).parent / "print" / "storyboard.css"


@bp.get(BASE)
@requires(Permission.PROJECT_READ, Project)
def show(project: Project) -> ResponseReturnValue:
    """The whole project in short; what is missing says so and leads to where it is added."""
    return page(
        "storyboard/show.html",
        project=project,
        story=story(project, A3, outside=is_outside(project, current_user), day=today()),
    )


@bp.get(f"{BASE}/a4.pdf")
@requires(Permission.DATA_EXPORT, Project)
def a4(project: Project) -> ResponseReturnValue:
    """A sheet of A4 on its side, which lies in a hand."""
    return _paper(project, A4, "A4", (11, 9.5, 8.5, 7.5, 7))


@bp.get(f"{BASE}/a3.pdf")
@requires(Permission.DATA_EXPORT, Project)
def a3(project: Project) -> ResponseReturnValue:
    """A sheet of A3 on its side, which hangs on a wall."""
    return _paper(project, A3, "A3", (15, 13, 11.5, 10, 9, 8))


def _paper(
    project: Project, room: Room, sheet: str, letters: Sequence[float]
) -> ResponseReturnValue:
    """One sheet, in letters as large as the story allows: sizes in points, tried in turn."""
    told = story(project, room, outside=is_outside(project, current_user), day=today())
    html = render_template("storyboard/paper.html", story=told, sheet=sheet, drawn=for_paper)
    sizes = [f"@page {{ size: {sheet} landscape; }} html {{ font-size: {n}pt; }}" for n in letters]
    try:
        body = pdf(html, STYLE.read_text("utf-8"), on_one_page=sizes)
    except CannotSet as error:
        notice(str(error), kind="information")
        return done(url_for(".show", project_id=project.id))
    answer = attachment(body, PDF, f"{project.title} storyboard {sheet}", "pdf")
    return noted(answer, {"what": "storyboard", "as": f"{sheet} pdf"}, project.id)
