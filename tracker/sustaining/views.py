"""Enablers and sustainability: what was said first beside what was said last, and a new round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup

from tracker.charts.svg import join
from tracker.db import unit_of_work
from tracker.drafts.forms import form_page, open_form
from tracker.pages import day, done, page
from tracker.permissions import Permission, requires
from tracker.projects.models import Project

from . import queries, services
from .domain import ASKED, Line, Sheet, compared, counted, moved_in_words
from .drawing import bars
from .forms import RoundForm, blank
from .models import Round

bp = Blueprint("sustaining", __name__, template_folder="templates")

BASE = "/projects/<id:project_id>/sustaining"


@dataclass(frozen=True, slots=True)
class Compared:
    """A sheet as its part of the page shows it."""

    sheet: Sheet
    rounds: Sequence[Round]
    lines: Sequence[Line]
    counted: str
    moved: str
    drawing: Markup | None

    @property
    def later(self) -> Round:
        """What was said last."""
        return self.rounds[0]

    @property
    def earlier(self) -> Round | None:
        """What was said first, when that is another round."""
        return self.rounds[-1] if len(self.rounds) > 1 else None


def home(project_id: int, sheet: Sheet | None = None) -> str:
    """Where it is read."""
    return url_for("sustaining.show", project_id=project_id) + (f"#{sheet}" if sheet else "")


@bp.get(BASE)
@requires(Permission.PROJECT_READ, Project)
def show(project: Project) -> ResponseReturnValue:
    """The first round beside the latest, question by question."""
    found = queries.rounds(project)
    return page(
        "sustaining/show.html",
        project=project,
        sheets=[(s, _compared(s, [r for r in found if r.sheet is s])) for s in Sheet],
    )


def _compared(sheet: Sheet, rounds: Sequence[Round]) -> Compared | None:
    if not rounds:
        return None
    earlier = rounds[-1] if len(rounds) > 1 else None
    lines = compared(sheet, rounds[0].said, earlier.said if earlier else None)
    drawing = None
    if sheet is Sheet.SUSTAINABILITY:
        days = (day(earlier.on) if earlier else "", day(rounds[0].on))
        drawing = join(bars(lines, *days, wide=True), bars(lines, *days, wide=False))
    return Compared(sheet, rounds, lines, counted(sheet, lines), moved_in_words(lines), drawing)


@bp.route(f"{BASE}/enablers/new", methods=["GET", "POST"])
@requires(Permission.PDSA_LOG, Project)
def enablers(project: Project) -> ResponseReturnValue:
    """Answer the key enablers once more."""
    return _answer(project, Sheet.ENABLERS)


@bp.route(f"{BASE}/sustainability/new", methods=["GET", "POST"])
@requires(Permission.PDSA_LOG, Project)
def sustainability(project: Project) -> ResponseReturnValue:
    """Say once more how firmly each factor is in place."""
    return _answer(project, Sheet.SUSTAINABILITY)


@bp.post(f"{BASE}/rounds/<id:round_id>/delete")
@requires(Permission.PDSA_LOG, Round)
def delete(round_: Round) -> ResponseReturnValue:
    """Take a round away that should not be there, with a way back."""
    url = home(round_.project_id, round_.sheet)
    undo = url_for(".restore", project_id=round_.project_id, round_id=round_.id)
    with unit_of_work():
        services.delete(round_, by=current_user)
    return done(url, announce="Round deleted", undo=undo)


@bp.post(f"{BASE}/rounds/<id:round_id>/restore")
@requires(Permission.PDSA_LOG, Project, key="project_id")
def restore(project: Project, round_id: int) -> ResponseReturnValue:
    """Put a round back."""
    with unit_of_work():
        sheet = services.restore(queries.deleted(project.id, round_id), by=current_user).sheet
    return done(home(project.id, sheet), announce="The round is back")


def _answer(project: Project, sheet: Sheet) -> ResponseReturnValue:
    """All questions of a sheet; what was noted last time stands there to go on from."""
    form = open_form(
        RoundForm,
        f"sustaining/{project.id}/{sheet}",
        initial=lambda: blank(
            sheet, [a for r in queries.rounds(project, sheet)[:1] for a in r.said.answers.values()]
        ),
    )
    form.offer(sheet)
    if form.accepted():

        def write() -> str:
            services.add_round(
                project,
                sheet,
                form.said,
                on=form.on.filled,
                note=form.note.data,
                by=current_user,
            )
            return home(project.id, sheet)

        return done(form.create(write), announce="Answers saved")
    return form_page(
        "sustaining/add.html",
        form,
        project=project,
        sheet=sheet,
        groups={asked.key: asked.group for asked in ASKED[sheet]},
    )
