"""Pages that explain a chart: phases, named baselines, and events."""

from __future__ import annotations

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.db import unit_of_work
from tracker.drafts.forms import form_page, open_form
from tracker.pages import done
from tracker.permissions import Permission, requires
from tracker.projects.models import Project

from . import queries, services
from .blueprint import ONE, bp
from .forms import BaselineForm, ChangeEventForm, NewEventForm, PhaseForm, event_of
from .models import Annotation, Measure


def _chart(measure: Measure) -> str:
    return url_for("measures.show", project_id=measure.project_id, measure_id=measure.id)


@bp.route(f"{ONE}/phases", methods=["GET", "POST"])
@requires(Permission.MEASURE_EDIT, Measure)
def phases(measure: Measure) -> ResponseReturnValue:
    """The phases of the chart, and a form for one more."""
    form = open_form(
        PhaseForm,
        f"phase/{measure.id}",
        initial=lambda: {"version": services.figures(measure).version},
        record=services.figures(measure),
    )
    if form.accepted() and form.save(
        lambda: services.set_phase(
            measure,
            starts_on=form.starts_on.filled,
            name=form.name.data,
            reason=form.reason.data,
            by=current_user,
        )
    ):
        return done(_chart(measure), announce="Phase saved")
    return form_page(
        "measures/phases.html",
        form,
        project=measure.project,
        measure=measure,
        phases=queries.phases(measure),
    )


@bp.post(f"{ONE}/phases/remove")
@requires(Permission.MEASURE_EDIT, Measure)
def remove_phase(measure: Measure) -> ResponseReturnValue:
    """Take a phase away."""
    with unit_of_work():
        found = [p for p in queries.phases(measure) if str(p.id) == request.form.get("id")]
        for phase in found:
            services.remove_phase(measure, phase, by=current_user)
    if not found:
        abort(404)
    return done(
        url_for(".phases", project_id=measure.project_id, measure_id=measure.id),
        announce="Phase removed",
    )


@bp.route(f"{ONE}/baselines", methods=["GET", "POST"])
@requires(Permission.MEASURE_EDIT, Measure)
def baselines(measure: Measure) -> ResponseReturnValue:
    """The named baselines, and a form for one more."""
    form = open_form(
        BaselineForm,
        f"baseline/{measure.id}",
        initial=lambda: {"version": services.figures(measure).version},
        record=services.figures(measure),
    )
    if form.accepted():
        try:
            saved = form.save(
                lambda: services.set_baseline(
                    measure,
                    name=form.name.data,
                    first_on=form.first_on.filled,
                    last_on=form.last_on.filled,
                    figure=form.figure.data,
                    holds_lines=form.holds_lines.data,
                    by=current_user,
                )
            )
        except services.CannotHold as error:
            form.refuse("holds_lines", str(error))
        else:
            if saved:
                return done(_chart(measure), announce="Baseline saved")
    return form_page(
        "measures/baselines.html",
        form,
        project=measure.project,
        measure=measure,
        baselines=queries.baselines(measure),
    )


@bp.post(f"{ONE}/baselines/remove")
@requires(Permission.MEASURE_EDIT, Measure)
def remove_baseline(measure: Measure) -> ResponseReturnValue:
    """Take a named baseline away."""
    with unit_of_work():
        found = [b for b in queries.baselines(measure) if str(b.id) == request.form.get("id")]
        for baseline in found:
            services.remove_baseline(measure, baseline, by=current_user)
    if not found:
        abort(404)
    return done(
        url_for(".baselines", project_id=measure.project_id, measure_id=measure.id),
        announce="Baseline removed",
    )


@bp.route(f"{ONE}/events/new", methods=["GET", "POST"])
@requires(Permission.POINTS_ADD, Measure)
def add_event(measure: Measure) -> ResponseReturnValue:
    """Put an event on the chart."""
    form = open_form(NewEventForm, f"event/new/{measure.id}", initial=lambda: {"on_all": "one"})
    if form.accepted():

        def write() -> str:
            services.annotate(measure.project, by=current_user, **form.values(measure))
            return f"{_chart(measure)}#events"

        return done(form.create(write), announce="Event added")
    return form_page(
        "measures/event.html", form, project=measure.project, measure=measure, annotation=None
    )


@bp.route(f"{ONE}/events/<id:event_id>", methods=["GET", "POST"])
@requires(Permission.POINTS_ADD, Measure, key="measure_id")
def edit_event(measure: Measure, event_id: int) -> ResponseReturnValue:
    """Change an event; reached from the chart of a measure, whose it may become."""
    annotation = _event(measure, event_id)
    form = open_form(
        ChangeEventForm,
        f"event/{annotation.id}",
        initial=lambda: event_of(annotation),
        record=annotation,
    )
    if form.accepted() and form.save(
        lambda: services.change_annotation(annotation, by=current_user, **form.values(measure))
    ):
        return done(f"{_chart(measure)}#events", announce="Event changed")
    return form_page(
        "measures/event.html",
        form,
        project=measure.project,
        measure=measure,
        annotation=annotation,
    )


@bp.post(f"{ONE}/events/<id:event_id>/delete")
@requires(Permission.POINTS_ADD, Measure, key="measure_id")
def delete_event(measure: Measure, event_id: int) -> ResponseReturnValue:
    """Take an event off the charts, with a way back."""
    annotation = _event(measure, event_id)
    with unit_of_work():
        services.delete_annotation(annotation, by=current_user)
    return done(
        _chart(measure),
        announce="Event deleted",
        undo=url_for(".restore_event", project_id=measure.project_id, deleted_id=event_id),
    )


@bp.post("/projects/<id:project_id>/events/<id:deleted_id>/restore")
@requires(Permission.POINTS_ADD, Project, key="project_id")
def restore_event(project: Project, deleted_id: int) -> ResponseReturnValue:
    """Bring an event back."""
    with unit_of_work():
        annotation = queries.deleted_annotation(project.id, deleted_id)
        services.restore_annotation(annotation, by=current_user)
    return done(
        url_for(".index", project_id=project.id), announce="The event is on the chart again"
    )


def _event(measure: Measure, event_id: int) -> Annotation:
    """An event that the chart of a measure shows. Aborts with 404 for any other."""
    found = [a for a in queries.events(measure) if a.id == event_id]
    if not found:
        abort(404)
    return found[0]
