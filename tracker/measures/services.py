"""What people do with measures. Every function runs inside a unit of work and records itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import fields as fields_of
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tracker import audit
from tracker.db import db, utcnow
from tracker.plugin_api import Cadence, Direction, MeasureKind
from tracker.plugin_api import Chart as ChartKind
from tracker.plugin_api import Measure as MeasureDefinition
from tracker.programmes import services as programmes
from tracker.programmes.overriding import reading_of
from tracker.projects.services import touch
from tracker.safe.dates import first_day, last_day, name_period, today
from tracker.spc.checks import FEWEST_FIXED

from . import domain, queries
from .models import Annotation, AnnotationKind, Baseline, Measure, Phase
from .recording import Counts as Counts
from .recording import Figures as Figures
from .recording import Row as Row
from .recording import add_points as add_points
from .recording import figures as figures
from .recording import lock, redraw, step
from .recording import remember_columns as remember_columns

if TYPE_CHECKING:
    from tracker.auth.models import User
    from tracker.projects.models import Aim, Project

LONGEST_TITLE = 200


class HasFigures(ValueError):
    """How figures are counted cannot change under figures that are held."""


class CannotHold(ValueError):
    """A chart's lines cannot be held at this baseline; says why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Counting:
    """An operational definition of a team's own, in full."""

    title: str
    kind: MeasureKind
    unit: str
    better: Direction
    chart: ChartKind
    cadence: Cadence
    numerator: str
    denominator: str = ""
    exclusions: str = ""
    multiplier: Decimal = Decimal(1)
    lag_months: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Keeping:
    """What a team says about a measure whoever defined it."""

    data_source: str = ""
    owner: str = ""
    caption: str = ""
    target: Decimal | None = None
    target_by: date | None = None
    collected_until: date | None = None


NOTHING = Keeping()


def add_from_definition(
    project: Project, definition: MeasureDefinition, *, by: User, keeping: Keeping = NOTHING
) -> Measure:
    """Take a programme's measure into a project; its definition is copied and stays as it is.

    Limits in it are those in force at the project's organisation today. What the programme knows to
    show on every chart of it, and on which day, is marked on this one.
    """
    copy = programmes.adopt(definition, by=by)
    own = _values(keeping)
    own["data_source"] = keeping.data_source or definition.data_source
    if keeping.target is None:
        own["target"] = definition.target
    read = reading_of(project.organisation_id, definition.programme, today())
    measure = Measure(
        definition_id=copy.id,
        title=read.text(definition, definition.title),
        kind=definition.kind,
        unit=definition.unit,
        better=definition.better,
        chart=definition.chart,
        cadence=definition.cadence,
        numerator=read.text(definition, definition.numerator),
        denominator=read.text(definition, definition.denominator or ""),
        exclusions="\n".join(read.text(definition, one) for one in definition.exclusions),
        multiplier=definition.multiplier,
        lag_months=definition.lag_months,
        **own,
    )
    _add(project, measure, by=by, detail={"definition": copy.ident})
    for event in definition.known_events:
        if event.starts:
            annotate(
                project,
                kind=AnnotationKind(event.kind),
                starts_on=event.starts,
                ends_on=event.ends,
                text=event.text,
                by=by,
                measure=measure,
            )
    return measure


def add_local(
    project: Project, counting: Counting, *, by: User, keeping: Keeping = NOTHING
) -> Measure:
    """Add a measure of the team's own."""
    measure = Measure(**_values(counting), **_values(keeping))
    return _add(project, measure, by=by, detail={"title": measure.title})


def change(
    measure: Measure, keeping: Keeping, *, by: User, counting: Counting | None = None
) -> Measure:
    """Change what the team says about a measure, and with `counting` how its own one is counted.

    Raises HasFigures for a change of what the figures held would then no longer be: how often,
    out of what, times what. Raises ValueError for another definition of a programme's measure.
    """
    lock(measure)
    wanted = _values(keeping)
    if counting is not None:
        if measure.definition_id is not None:
            raise ValueError("the definition is the programme's")
        wanted |= _values(counting)
        if queries.points(measure) and _recounts(measure, counting):
            raise HasFigures("how it is counted is fixed once there are figures")
    for name, value in wanted.items():
        setattr(measure, name, value)
    told = audit.changes(measure)
    if told:
        audit.record("measure.changed", of=measure, by=by, detail=told)
        db.session.flush()
        redraw(measure)
        touch(measure.project_id)
    return measure


def set_target(
    measure: Measure, target: Decimal | None, *, by: User, target_by: date | None = None
) -> Measure:
    """Say what the measure should reach, and by when; None takes the target away."""
    measure.target, measure.target_by = target, target_by
    told = audit.changes(measure)
    if told:
        audit.record("measure.target_set", of=measure, by=by, detail=told)
        db.session.flush()
        redraw(measure)
        touch(measure.project_id)
    return measure


def delete(measure: Measure, *, by: User) -> None:
    """Delete a measure; it can be restored for 30 days, its figures with it."""
    measure.deleted_at, measure.deleted_by_id = utcnow(), by.id
    audit.record("measure.deleted", of=measure, by=by)
    db.session.flush()
    touch(measure.project_id)


def restore(measure: Measure, *, by: User) -> None:
    """Bring a deleted measure back."""
    measure.deleted_at = measure.deleted_by_id = None
    audit.record("measure.restored", of=measure, by=by)
    db.session.flush()
    touch(measure.project_id)


def judge_aim_by(measure: Measure, *, by: User) -> Aim:
    """Judge the project's aim by this measure: its bar, its progress score, the lists."""
    aim = measure.project.aim
    if aim.measure_id != measure.id:
        aim.measure_id = measure.id
        audit.record("aim.judged_by", of=aim, by=by, detail={"measure": measure.title})
        db.session.flush()
        touch(measure.project_id)
    return aim


def set_phase(measure: Measure, *, starts_on: date, reason: str, by: User, name: str = "") -> Phase:
    """Calculate limits anew from the period of this day; on the same day again it is rewritten."""
    lock(measure)
    starts_on = first_day(starts_on, measure.cadence)
    phase = next((p for p in queries.phases(measure) if p.starts_on == starts_on), None)
    if phase is None:
        phase = Phase(project_id=measure.project_id, measure_id=measure.id, starts_on=starts_on)
        db.session.add(phase)
    phase.name, phase.reason = name, reason
    db.session.flush()
    audit.record(
        "phase.set",
        of=measure,
        by=by,
        detail={"starts_on": starts_on.isoformat(), "name": name, "reason": reason},
    )
    step(measure)
    return phase


def remove_phase(measure: Measure, phase: Phase, *, by: User) -> None:
    """Calculate limits no longer anew from the start of a phase."""
    lock(measure)
    audit.record(
        "phase.removed",
        of=measure,
        by=by,
        detail={"starts_on": phase.starts_on.isoformat(), "reason": phase.reason},
    )
    db.session.delete(phase)
    db.session.flush()
    step(measure)


def set_baseline(
    measure: Measure,
    *,
    name: str,
    first_on: date,
    last_on: date,
    by: User,
    figure: Decimal | None = None,
    holds_lines: bool = False,
) -> Baseline:
    """Name a period that claims of improvement are measured from; the same name again moves it.

    Without a `figure` it is the centre line of the periods that begin in it; None where none has
    a value. With `holds_lines` it alone makes the lines of the chart: raises CannotHold where it
    does not begin with the figures, or has too few of them.
    """
    lock(measure)
    first_on = first_day(first_on, measure.cadence)
    last_on = last_day(first_day(last_on, measure.cadence), measure.cadence)
    if last_on < first_on:
        raise ValueError("a baseline ends on or after the day it begins")
    drawn = queries.drawn(queries.points(measure))
    if figure is None:
        inside = [
            value for period, value in drawn if value is not None and first_on <= period <= last_on
        ]
        figure = domain.centre_figure(measure.chart, inside)
    if holds_lines:
        _must_hold(measure, [period for period, _ in drawn], first_on, last_on)
    baseline = next((b for b in queries.baselines(measure) if b.name == name), None)
    if holds_lines:
        measure.lines_until = last_on
    elif baseline is not None and measure.holds_lines(baseline):
        measure.lines_until = None
    if baseline is None:
        baseline = Baseline(project_id=measure.project_id, measure_id=measure.id, name=name)
        db.session.add(baseline)
    baseline.first_on, baseline.last_on, baseline.figure = first_on, last_on, figure
    told = {name: value for name, (_, value) in audit.changes(baseline).items()}
    held = {"holds_lines": True} if holds_lines else {}
    audit.record("baseline.set", of=measure, by=by, detail=told | {"name": name} | held)
    db.session.flush()
    step(measure)
    return baseline


def _must_hold(measure: Measure, periods: Sequence[date], first_on: date, last_on: date) -> None:
    inside = [period for period in periods if period <= last_on]
    if not inside or inside[0] < first_on:
        begins = name_period(periods[0], measure.cadence) if periods else "the first figure"
        raise CannotHold(f"Lines are held from the first figure on: begin with {begins}")
    if measure.chart is ChartKind.XMR and len(inside) < FEWEST_FIXED:
        raise CannotHold(
            f"An XmR chart needs {FEWEST_FIXED} points to hold its lines; this baseline has "
            f"{len(inside)}. A run chart does with fewer"
        )


def remove_baseline(measure: Measure, baseline: Baseline, *, by: User) -> None:
    """Take a named baseline away."""
    lock(measure)
    if measure.holds_lines(baseline):
        measure.lines_until = None
    audit.record("baseline.removed", of=measure, by=by, detail={"name": baseline.name})
    db.session.delete(baseline)
    db.session.flush()
    step(measure)


def annotate(
    project: Project,
    *,
    kind: AnnotationKind,
    starts_on: date,
    text: str,
    by: User,
    ends_on: date | None = None,
    measure: Measure | None = None,
) -> Annotation:
    """Write an event on the chart of one measure, or of all measures of a project."""
    annotation = Annotation(
        project_id=project.id,
        measure_id=measure.id if measure else None,
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
        text=text,
    )
    db.session.add(annotation)
    audit.record("annotation.added", of=annotation, by=by, detail={"kind": kind.value})
    db.session.flush()
    touch(project.id)
    return annotation


def change_annotation(
    annotation: Annotation,
    *,
    kind: AnnotationKind,
    starts_on: date,
    text: str,
    by: User,
    ends_on: date | None = None,
    measure: Measure | None = None,
) -> Annotation:
    """Change an event on a chart."""
    annotation.kind, annotation.starts_on, annotation.ends_on = kind, starts_on, ends_on
    annotation.text, annotation.measure_id = text, measure.id if measure else None
    told = audit.changes(annotation)
    if told:
        audit.record("annotation.changed", of=annotation, by=by, detail=told)
        db.session.flush()
        touch(annotation.project_id)
    return annotation


def delete_annotation(annotation: Annotation, *, by: User) -> None:
    """Take an event off the charts; it can be brought back."""
    annotation.deleted_at, annotation.deleted_by_id = utcnow(), by.id
    audit.record("annotation.deleted", of=annotation, by=by)
    db.session.flush()
    touch(annotation.project_id)


def restore_annotation(annotation: Annotation, *, by: User) -> None:
    """Bring an event back."""
    annotation.deleted_at = annotation.deleted_by_id = None
    audit.record("annotation.restored", of=annotation, by=by)
    db.session.flush()
    touch(annotation.project_id)


def _add(project: Project, measure: Measure, *, by: User, detail: dict[str, Any]) -> Measure:
    measure.project_id = project.id
    measure.title = measure.title[:LONGEST_TITLE]
    measure.position = queries.next_position(project.id)
    db.session.add(measure)
    audit.record("measure.added", of=measure, by=by, detail=detail)
    db.session.flush()
    touch(project.id)
    return measure


def _values(given: Counting | Keeping) -> dict[str, Any]:
    return {field.name: getattr(given, field.name) for field in fields_of(given)}


def _recounts(measure: Measure, counting: Counting) -> bool:
    return (
        counting.cadence is not measure.cadence
        or bool(counting.denominator) != measure.has_denominator
        or counting.multiplier != measure.multiplier
    )
