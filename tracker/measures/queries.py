"""Reads of measures: definitions, points as columns, and the charts made of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import func, null, or_, select

from tracker.db import db, is_restorable
from tracker.plugin_api import Measure as MeasureDefinition
from tracker.plugin_api import MeasureKind, Programme
from tracker.plugin_host import current_host
from tracker.programmes.upgrading import newest
from tracker.safe.small_numbers import Hidden, is_count, is_small
from tracker.spc.values import Chart, Series

from . import domain
from .models import Annotation, Baseline, ImportColumns, Measure, Phase, Point, PointKind

if TYPE_CHECKING:
    from tracker.projects.models import Aim, Project


class Figure(NamedTuple):
    """One point as columns: an ORM row costs ten times as much, and charts need thousands."""

    id: int
    period: date
    kind: PointKind
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    is_partial: bool
    note: str
    hidden: Hidden | None = None
    """Why its numbers are kept from this reader; those that are hidden are None here."""


class Seen(NamedTuple):
    """A measure as one reader sees it: small numbers are taken out before anything is made of it.

    Every page, picture and download of a measure is made from this.
    """

    figures: Sequence[Figure]
    phases: Sequence[Phase]
    chart: Chart


COLUMNS = (
    Point.id,
    Point.period,
    Point.kind,
    Point.numerator,
    Point.denominator,
    Point.value,
    Point.is_partial,
    Point.note,
)


def of_projects(project_ids: Collection[int]) -> Sequence[Measure]:
    """The measures of these projects, each project's in order: one statement."""
    if not project_ids:
        return []
    return db.session.scalars(
        select(Measure)
        .where(Measure.project_id.in_(project_ids), Measure.deleted_at.is_(None))
        .order_by(Measure.project_id, Measure.position, Measure.id)
    ).all()


def judged_by(aim: Aim, measures: Sequence[Measure]) -> Measure | None:
    """The measure an aim is judged by: the one chosen, else the first outcome in its unit."""
    unit = domain.one_unit(aim.unit)
    outcomes = [
        m for m in measures if m.kind is MeasureKind.OUTCOME and domain.one_unit(m.unit) == unit
    ]
    chosen = [m for m in measures if m.id == aim.measure_id]
    return next(iter([*chosen, *outcomes]), None)


def next_position(project_id: int) -> int:
    """Where a new measure goes: after all there ever were."""
    last = db.session.scalar(
        select(func.max(Measure.position)).where(Measure.project_id == project_id)
    )
    return (last or 0) + 1


def points(measure: Measure) -> list[Figure]:
    """All points of a measure in the order of their periods, for who may write them."""
    rows = db.session.execute(
        select(*COLUMNS).where(Point.measure_id == measure.id).order_by(Point.period)
    )
    return [Figure(*row) for row in rows]


def figures_of(measure: Measure, periods: Collection[date], *, outside: bool) -> dict[date, Figure]:
    """What some periods of a measure hold, as a reader may see it: one statement."""
    if not periods:
        return {}
    rows = db.session.execute(
        select(*COLUMNS).where(Point.measure_id == measure.id, Point.period.in_(periods))
    )
    figures = shown(measure, (Figure(*row) for row in rows), outside=outside)
    return {figure.period: figure for figure in figures}


def drawn(figures: Iterable[Figure]) -> list[tuple[date, Decimal | None]]:
    """What a chart is made of: a part of a period is held, but never judged."""
    return [(f.period, f.value) for f in figures if not f.is_partial]


def values_of(
    measures: Sequence[Measure], *, outside: bool
) -> dict[int, list[tuple[date, Decimal]]]:
    """The values of these measures, whole periods only, oldest first, as a reader may see them.

    One statement.
    """
    held = _whole_of(measures, with_counts=outside)
    return {
        m.id: [
            (f.period, f.value)
            for f in shown(m, held[m.id], outside=outside)
            if f.value is not None
        ]
        for m in measures
    }


def _whole_of(measures: Sequence[Measure], *, with_counts: bool) -> dict[int, list[Figure]]:
    """The whole periods of measures, oldest first: one statement. Counts cost as much again."""
    held: dict[int, list[Figure]] = defaultdict(list)
    numbers = (Point.numerator, Point.denominator) if with_counts else (null(), null())
    rows = db.session.execute(
        select(Point.measure_id, Point.period, *numbers, Point.value)
        .where(Point.measure_id.in_([m.id for m in measures]), Point.is_partial.is_(False))
        .order_by(Point.measure_id, Point.period)
    )
    for measure_id, period, over, under, value in rows:
        figure = Figure(0, period, PointKind.VALUE, over, under, value, False, "")
        held[measure_id].append(figure)
    return held


def series(measure: Measure) -> Series:
    """The values of a measure as its chart takes them, on the drawn scale."""
    values = drawn(points(measure))
    return Series(
        x=tuple(period for period, _ in values),
        y=tuple(None if value is None else float(value) for _, value in values),
    )


def phase_starts(measure: Measure) -> list[date]:
    """When its limits are calculated anew."""
    return list(
        db.session.scalars(
            select(Phase.starts_on).where(Phase.measure_id == measure.id).order_by(Phase.starts_on)
        )
    )


def seen(measure: Measure, *, outside: bool) -> Seen:
    """A measure with its phases, its figures and their chart, as it may be shown: two statements.

    `outside` is what `projects.access.is_outside` says of the reader.
    """
    figures, starts = shown(measure, points(measure), outside=outside), phases(measure)
    return Seen(figures, starts, chart_of(measure, figures, [p.starts_on for p in starts]))


def shown(measure: Measure, figures: Iterable[Figure], *, outside: bool) -> list[Figure]:
    """Figures as a reader may see them: outside, those that are too small have no numbers."""
    if not outside:
        return list(figures)
    return [_without_numbers(f, why) if (why := _hides(measure, f)) else f for f in figures]


def chart_of(measure: Measure, figures: Iterable[Figure], phases: Iterable[date]) -> Chart:
    """The chart of figures as a reader may see them."""
    held = list(figures)
    hidden = tuple((f.period, f.hidden) for f in held if f.hidden and not f.is_partial)
    chart = domain.analyse(measure.shape, drawn(held), phases)
    return replace(chart, hidden=hidden) if hidden else chart


def _hides(measure: Measure, figure: Figure) -> Hidden | None:
    counts = measure.has_denominator or is_count(measure.unit)
    if counts and figure.is_partial:
        return Hidden.PART
    counted = domain.Counted(measure.unit, measure.numerator, measure.denominator)
    return domain.hides(counted, figure.numerator, figure.denominator, figure.value)


def _without_numbers(figure: Figure, why: Hidden) -> Figure:
    keeps = why is not Hidden.FEW_TO_COUNT
    return figure._replace(
        numerator=None,
        denominator=figure.denominator if keeps else None,
        value=None,
        hidden=why,
    )


def charts_of(measures: Sequence[Measure], *, outside: bool) -> dict[int, Chart]:
    """The charts of any number of measures, by id: two statements, one when none has a phase.

    `outside` is what `projects.access.is_outside` says of the reader of their project.
    """
    filled = [m for m in measures if m.points_count]
    held = _whole_of(filled, with_counts=outside) if filled else defaultdict(list)
    phases: dict[int, list[date]] = defaultdict(list)
    phased = [m.id for m in measures if m.chart_state.get("phases", 1) > 1]
    if phased:
        for measure_id, starts_on in db.session.execute(
            select(Phase.measure_id, Phase.starts_on).where(Phase.measure_id.in_(phased))
        ):
            phases[measure_id].append(starts_on)
    return {
        m.id: chart_of(m, shown(m, held[m.id], outside=outside), phases[m.id]) for m in measures
    }


def observed(
    pairs: Collection[tuple[int, date]], *, outside: bool
) -> dict[tuple[int, date], Decimal | Hidden]:
    """What was observed in these periods of these measures, exactly: one statement.

    Periods without a value, or of which only a part is in, are left out. Outside, a value that is
    too small to show is why it is hidden.
    """
    if not pairs:
        return {}
    rows = db.session.execute(
        select(
            Point.measure_id,
            Point.period,
            Point.value,
            Point.numerator,
            Point.denominator,
            Measure.multiplier,
            Measure.unit,
            Measure.numerator.label("over"),
            Measure.denominator.label("under"),
        )
        .join(Measure, Measure.id == Point.measure_id)
        .where(
            Point.measure_id.in_({measure_id for measure_id, _ in pairs}),
            Point.period.in_({period for _, period in pairs}),
            Point.value.is_not(None),
            Point.is_partial.is_(False),
        )
    )
    wanted = set(pairs)
    found: dict[tuple[int, date], Decimal | Hidden] = {}
    for row in rows:
        if (row.measure_id, row.period) not in wanted:
            continue
        value: Decimal | Hidden = row.value
        if row.numerator is not None and row.denominator:
            value = domain.ratio(row.numerator, row.denominator, row.multiplier)
        why = None
        if outside:
            counted = domain.Counted(row.unit, row.over, row.under)
            why = domain.hides(counted, row.numerator, row.denominator, row.value)
        found[row.measure_id, row.period] = why or value
    return found


def phases(measure: Measure) -> Sequence[Phase]:
    """The phases of a measure in order, each with its reason."""
    return db.session.scalars(
        select(Phase).where(Phase.measure_id == measure.id).order_by(Phase.starts_on)
    ).all()


def baselines(measure: Measure) -> Sequence[Baseline]:
    """The named baselines of a measure in order."""
    return db.session.scalars(
        select(Baseline)
        .where(Baseline.measure_id == measure.id)
        .order_by(Baseline.first_on, Baseline.id)
    ).all()


def hides_baseline(measure: Measure, baseline: Baseline, figures: Iterable[Figure]) -> bool:
    """Whether a reader of these figures, small numbers taken out, may not see a baseline's.

    With the others of its period it would give a hidden one away.
    """
    hidden = [f.period for f in figures if f.hidden]
    if any(baseline.first_on <= period <= baseline.last_on for period in hidden):
        return True
    is_single = not measure.has_denominator and is_count(measure.unit)
    return is_single and is_small(baseline.figure)


def events(measure: Measure) -> Sequence[Annotation]:
    """What is written on the chart of a measure: its own events and those of the project."""
    return db.session.scalars(
        select(Annotation)
        .where(
            Annotation.project_id == measure.project_id,
            or_(Annotation.measure_id == measure.id, Annotation.measure_id.is_(None)),
            Annotation.deleted_at.is_(None),
        )
        .order_by(Annotation.starts_on, Annotation.id)
    ).all()


def import_columns(measure: Measure) -> Mapping[str, Any] | None:
    """How the columns of the last import were read; None before the first."""
    return db.session.scalar(
        select(ImportColumns.body).where(ImportColumns.measure_id == measure.id)
    )


def offered(project: Project) -> Mapping[Programme, list[MeasureDefinition]]:
    """Definitions a project can take a measure from: its programme's, then those for anybody."""
    host = current_host()
    programmes = [p for p in host.of(Programme) if p.key == project.programme or p.on_by_default]
    programmes.sort(key=lambda p: (p.key != project.programme, p.title.casefold()))
    every = newest(host.of(MeasureDefinition))
    return {p: own for p in programmes if (own := [m for m in every if m.programme == p.key])}


def adopted(project_id: int) -> set[int]:
    """Ids of the stored definitions that measures of a project are taken from."""
    rows = db.session.scalars(
        select(Measure.definition_id).where(
            Measure.project_id == project_id,
            Measure.deleted_at.is_(None),
            Measure.definition_id.is_not(None),
        )
    )
    return {row for row in rows if row is not None}


def deleted(project_id: int, measure_id: int) -> Measure:
    """A deleted measure of a project. Aborts with 404 when there is none."""
    found: Measure = db.one_or_404(
        select(Measure).where(
            Measure.id == measure_id,
            Measure.project_id == project_id,
            is_restorable(Measure),
        )
    )
    return found


def deleted_annotation(project_id: int, annotation_id: int) -> Annotation:
    """A deleted event of a project. Aborts with 404 when there is none."""
    found: Annotation = db.one_or_404(
        select(Annotation).where(
            Annotation.id == annotation_id,
            Annotation.project_id == project_id,
            is_restorable(Annotation),
        )
    )
    return found
