"""Pages of measures: the list, taking or writing one, and the page of one with its chart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.charts.icons import hidden_icon, point_icon, target_icon
from tracker.charts.words import KINDS as CHART_NAMES
from tracker.charts.words import alternative, finding, met_lately, verdicts
from tracker.db import unit_of_work
from tracker.drafts.forms import form_page, open_form
from tracker.pages import done, page
from tracker.permissions import Permission, requires
from tracker.plugin_api import Definition
from tracker.plugin_api import Measure as MeasureDefinition
from tracker.plugin_host import current_host
from tracker.programmes.overriding import reading_of
from tracker.programmes.queries import definition_of
from tracker.programmes.reading import NATIONAL
from tracker.programmes.upgrading import standing_of
from tracker.projects.access import is_outside
from tracker.projects.models import Project
from tracker.safe.dates import today
from tracker.spc.values import Chart, Variation

from . import drawing, explaining, queries, services, upgrading
from .blueprint import BASE, ONE, bp
from .figures import TOO_SMALL, lines
from .forms import (
    ChangeOwnForm,
    ChangeTakenForm,
    ChooseForm,
    NewForm,
    counting_of,
    keeping_of,
    offer,
)
from .models import Measure
from .services import HasFigures
from .signals import found_in

FIRST_LINES = 12


def address(measure: Measure) -> str:
    """Where a measure is read."""
    return url_for("measures.show", project_id=measure.project_id, measure_id=measure.id)


@bp.get(BASE)
@requires(Permission.PROJECT_READ, Project)
def index(project: Project) -> ResponseReturnValue:
    """All measures of a project."""
    held = queries.of_projects([project.id])
    outside = is_outside(project, current_user)
    return page(
        "measures/index.html",
        project=project,
        tiles=drawing.tiles(held, outside=outside),
        newer=upgrading.offers(held),
    )


@bp.route(f"{BASE}/choose", methods=["GET", "POST"])
@requires(Permission.MEASURE_EDIT, Project)
def choose(project: Project) -> ResponseReturnValue:
    """Take a measure from the programme, or go on to write one."""
    offered = queries.offered(project)
    form = open_form(ChooseForm, f"measure/choose/{project.id}")
    offer(
        form,
        [
            (m.ref, read.title(m), read.text(m, m.numerator))
            for programme, measures in offered.items()
            for read in [reading_of(project.organisation_id, programme.key, today())]
            for m in measures
        ],
    )
    if form.accepted():
        definition = current_host().get(MeasureDefinition, form.definition.filled)
        if definition is None:
            form.refuse("definition", "This measure is no longer offered")
        else:
            taken = definition

            def write() -> str:
                measure = services.add_from_definition(project, taken, by=current_user)
                return url_for(
                    "measures.enter", project_id=measure.project_id, measure_id=measure.id
                )

            return done(form.create(write), announce="Measure added. Now its figures")
    return form_page("measures/choose.html", form, project=project, offered=offered)


@bp.route(f"{BASE}/new", methods=["GET", "POST"])
@requires(Permission.MEASURE_EDIT, Project)
def new(project: Project) -> ResponseReturnValue:
    """Write a measure of one's own."""
    form = open_form(
        NewForm,
        f"measure/new/{project.id}",
        initial=lambda: {"cadence": "monthly", "chart": "xmr", "lag_months": 0},
    )
    if form.accepted():

        def write() -> str:
            measure = services.add_local(
                project, form.counting, by=current_user, keeping=form.keeping
            )
            return url_for("measures.enter", project_id=project.id, measure_id=measure.id)

        return done(form.create(write), announce="Measure added. Now its figures")
    return form_page("measures/new.html", form, project=project)


@dataclass(frozen=True, slots=True)
class Said:
    """What the chart says, as the page shows it."""

    finding: str
    verdicts: list[tuple[Any, str, str]]
    met: str
    chart_name: str
    stand_in: str
    alternative: str
    """The picture in words, for where a downloaded one is put."""


@bp.get(ONE)
@requires(Permission.PROJECT_READ, Measure)
def show(measure: Measure) -> ResponseReturnValue:
    """One measure: what its chart says, the chart, the figures, how it is counted."""
    project, day = measure.project, today()
    outside = is_outside(project, current_user)
    figures, phases, chart = queries.seen(measure, outside=outside)
    named = [(p.starts_on, p.name) for p in phases]
    annotations = queries.events(measure)
    events = drawing.lettered(annotations)
    marks = drawing.marks_of(project)
    lettered = list(zip(events, annotations, strict=True))
    signals = explaining.with_explanations(
        found_in(chart, measure.words),
        explaining.explanations(measure),
        marks=marks,
        events=lettered,
    )
    formers = upgrading.formers(measure)
    told = lines(
        measure,
        chart,
        figures,
        on=day,
        marks=marks,
        events=events,
        phases=named,
        versions=[(one.until, one.version) for one in formers],
        signals=[
            (s.found.first, "Signal explained" if s.explained else "Signal not explained yet")
            for s in signals
        ],
    )
    shown = told if request.args.get("figures") == "all" else told[:FIRST_LINES]
    has_values = bool(chart.hidden) or any(p.y is not None for p in chart.points)
    baselines = queries.baselines(measure)
    definition = _definition(measure)
    return page(
        "measures/show.html",
        project=project,
        measure=measure,
        said=_said(measure, chart),
        chart=chart,
        drawings=drawing.whole_chart(
            measure,
            chart,
            figures,
            phases=drawing.phase_names(chart, named),
            marks=marks,
            events=events,
            on=day,
            explained=[s.found.first for s in signals if s.explained],
        )
        if has_values
        else None,
        span=_span(measure, chart),
        key=_key(measure, chart),
        marks=marks,
        events=lettered,
        signals=signals,
        lines=shown,
        lines_count=len(told),
        has_expected=any(line.expected for line in shown),
        phases=phases,
        baselines=baselines,
        held_at=next((b for b in baselines if measure.holds_lines(b)), None),
        held_count=sum(point.baseline for point in chart.points),
        kept_back={
            b.id for b in baselines if outside and queries.hides_baseline(measure, b, figures)
        },
        has_hidden=any(f.hidden for f in figures),
        definition=definition,
        standing=standing_of(definition) if definition else None,
        formers=formers,
        may_go_back=upgrading.undoable(measure) is not None if formers else False,
        read=reading_of(project.organisation_id, definition.programme, day)
        if definition and definition.parameters
        else NATIONAL,
        late=[line.name for line in told if line.reading == "Late"],
    )


@bp.route(f"{ONE}/edit", methods=["GET", "POST"])
@requires(Permission.MEASURE_EDIT, Measure)
def edit(measure: Measure) -> ResponseReturnValue:
    """Change the definition of one's own measure; target, source and owner of any."""
    if measure.definition_id is not None:
        return _edit_taken(measure)

    def initial() -> Mapping[str, Any]:
        return counting_of(measure)

    form = open_form(ChangeOwnForm, f"measure/{measure.id}", initial=initial, record=measure)
    if form.accepted():
        try:
            saved = form.save(
                lambda: services.change(
                    measure, form.keeping, by=current_user, counting=form.counting
                )
            )
        except HasFigures:
            form.refuse(
                "number",
                "How often, out of what and times what are fixed once there are figures. "
                "Add another measure for the new way of counting",
            )
        else:
            if saved:
                return done(address(measure), announce="Measure changed")
    return form_page("measures/edit.html", form, project=measure.project, measure=measure)


def _edit_taken(measure: Measure) -> ResponseReturnValue:
    form = open_form(
        ChangeTakenForm,
        f"measure/{measure.id}",
        initial=lambda: keeping_of(measure),
        record=measure,
    )
    if form.accepted() and form.save(
        lambda: services.change(measure, form.keeping, by=current_user)
    ):
        return done(address(measure), announce="Measure changed")
    return form_page("measures/edit.html", form, project=measure.project, measure=measure)


@bp.post(f"{ONE}/judge-aim")
@requires(Permission.MEASURE_EDIT, Measure)
def judge_aim(measure: Measure) -> ResponseReturnValue:
    """Judge the project's aim by this measure."""
    with unit_of_work():
        services.judge_aim_by(measure, by=current_user)
    return done(address(measure), announce="The aim is judged by this measure")


@bp.post(f"{ONE}/delete")
@requires(Permission.MEASURE_EDIT, Measure)
def delete(measure: Measure) -> ResponseReturnValue:
    """Delete a measure, with a way back."""
    with unit_of_work():
        services.delete(measure, by=current_user)
    return done(
        url_for(".index", project_id=measure.project_id),
        announce="Measure deleted",
        undo=url_for(".restore", project_id=measure.project_id, deleted_id=measure.id),
    )


@bp.post(f"{BASE}/<id:deleted_id>/restore")
@requires(Permission.MEASURE_EDIT, Project, key="project_id")
def restore(project: Project, deleted_id: int) -> ResponseReturnValue:
    """Bring a deleted measure back."""
    with unit_of_work():
        measure = queries.deleted(project.id, deleted_id)
        services.restore(measure, by=current_user)
    return done(address(measure), announce="Measure restored")


def _said(measure: Measure, chart: Chart) -> Said:
    words = measure.words
    stand_in = ""
    name = CHART_NAMES[measure.chart.value]
    if not measure.shape.is_built:
        stand_in = f"{name}s are not drawn yet: this run chart stands in for it."
    has_values = any(p.y is not None for p in chart.points)
    return Said(
        finding=finding(chart, words),
        verdicts=[
            (v.icon() if measure.shape.is_built else "", v.heading, v.reason)
            for v in verdicts(chart, words)
        ]
        if has_values
        else [],
        met=met_lately(chart, words) if chart.kind == "run" else "",
        chart_name=CHART_NAMES[chart.kind],
        stand_in=stand_in,
        alternative=alternative(chart, words),
    )


def _span(measure: Measure, chart: Chart) -> str:
    """First to last period, in words."""
    if not chart.points:
        return ""
    first, last = (measure.words.period(chart.points[at].x) for at in (0, -1))
    return first if first == last else f"{first} to {last}"


def _key(measure: Measure, chart: Chart) -> list[tuple[Any, str]]:
    """The shapes that this chart uses, with their meaning."""
    if chart.kind == "run":
        shapes = [(Variation.COMMON_CAUSE, "Value")]
    elif measure.better.value == "neither":
        shapes = [
            (Variation.COMMON_CAUSE, "Expected variation"),
            (Variation.NEUTRAL_HIGH, "Higher or lower than expected"),
        ]
    else:
        shapes = [
            (Variation.COMMON_CAUSE, "Expected variation"),
            (Variation.IMPROVEMENT, "Improvement"),
            (Variation.CONCERN, "Concern"),
        ]
    key: list[tuple[Any, str]] = [(point_icon(shape), words) for shape, words in shapes]
    if chart.hidden:
        key.append((hidden_icon(), TOO_SMALL))
    if chart.kind != "run":
        key.append((None, "Expected range"))
    if chart.target is not None:
        key.append((target_icon(), "Target"))
    return key


def _definition(measure: Measure) -> Definition | None:
    """The stored copy the measure was taken from, with its source."""
    return definition_of(measure.definition_id) if measure.definition_id else None
