"""What explains this signal? One form with the tests and events around it, and a reason."""

from __future__ import annotations

from datetime import date

from flask import abort, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.charts.domain import Event, Mark
from tracker.db import unit_of_work
from tracker.drafts.forms import form_page, open_form
from tracker.pages import Option, day, done
from tracker.permissions import Permission, requires
from tracker.projects.models import Project
from tracker.safe.dates import NotADate, parse_day

from . import drawing, explaining, queries
from .blueprint import ONE, bp
from .forms import ExplainForm
from .models import Annotation, Measure, SignalExplanation
from .signals import Found, found_in, overlaps, window

TEST, EVENT = "test", "event"


def _page(measure_id: int, project_id: int) -> str:
    return url_for("measures.show", project_id=project_id, measure_id=measure_id) + "#signals"


@bp.route(f"{ONE}/signals/<rule>/<first>", methods=["GET", "POST"])
@requires(Permission.POINTS_ADD, Measure, key="measure_id")
def explain(measure: Measure, rule: str, first: str) -> ResponseReturnValue:
    """Say what explains a signal: tests and events in its window, and what was found."""
    found = _signal(measure, rule, first)
    days = window(found, measure.cadence)
    marks = drawing.marks_of(measure.project)
    tests = [m for m in marks if m.id and overlaps(m.start, m.end, days)]
    annotations = queries.events(measure)
    lettered = list(zip(drawing.lettered(annotations), annotations, strict=True))
    near = [(e, row) for e, row in lettered if overlaps(e.on, e.end or e.on, days)]
    form = open_form(ExplainForm, f"signal/{measure.id}/{rule}/{found.first}")
    form.causes.options = _options(tests, near)
    if form.accepted():
        chosen = [each.split("-") for each in form.causes.data]

        def write() -> str:
            explaining.explain(
                measure,
                rule=found.rule,
                period=found.first,
                text=form.text.data,
                cycle_ids=[int(number) for kind, number in chosen if kind == TEST],
                annotation_ids=[int(number) for kind, number in chosen if kind == EVENT],
                by=current_user,
            )
            return _page(measure.id, measure.project_id)

        return done(form.create(write), announce="Explanation saved")
    said = explaining.with_explanations(
        [found], explaining.explanations(measure), marks=marks, events=lettered
    )
    return form_page(
        "measures/explain.html",
        form,
        project=measure.project,
        measure=measure,
        signal=said[0],
    )


@bp.post("/projects/<id:project_id>/explanations/<id:explanation_id>/take-back")
@requires(Permission.POINTS_ADD, SignalExplanation)
def take_back_explanation(explanation: SignalExplanation) -> ResponseReturnValue:
    """Take an explanation away, with a way back."""
    back = _page(explanation.measure_id, explanation.project_id)
    undo = url_for(
        ".restore_explanation", project_id=explanation.project_id, deleted_id=explanation.id
    )
    with unit_of_work():
        explaining.take_back(explanation, by=current_user)
    return done(back, announce="Explanation taken back", undo=undo)


@bp.post("/projects/<id:project_id>/explanations/<id:deleted_id>/restore")
@requires(Permission.POINTS_ADD, Project, key="project_id")
def restore_explanation(project: Project, deleted_id: int) -> ResponseReturnValue:
    """Bring an explanation back."""
    with unit_of_work():
        row = explaining.deleted(project.id, deleted_id)
        explaining.restore(row, by=current_user)
        url = _page(row.measure_id, project.id)
    return done(url, announce="Explanation restored")


def _signal(measure: Measure, rule: str, first: str) -> Found:
    """The signal of an address. Aborts with 404 where the figures show none such any more."""
    try:
        at: date = parse_day(first)
    except NotADate:
        abort(404)
    *_, chart = queries.seen(measure, outside=False)
    found = [f for f in found_in(chart, measure.words) if f.is_at(rule, at)]
    if not found:
        abort(404)
    return found[0]


def _options(tests: list[Mark], events: list[tuple[Event, Annotation]]) -> list[Option]:
    def when(start: date, end: date | None) -> str:
        return f"{day(start)} to {day(end)}" if end else day(start)

    return [
        *(
            Option(f"{TEST}-{m.id}", f"Test {m.number}: {m.label}", when(m.start, m.end))
            for m in tests
        ),
        *(
            Option(f"{EVENT}-{row.id}", f"Event {e.letter}: {e.label}", when(e.on, e.end))
            for e, row in events
        ),
    ]
