"""Figures on their way out of the app: the one place where they are read for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import literal, select

from tracker.db import db
from tracker.downloads import Cell, Sheet
from tracker.programmes.models import StoredDefinition
from tracker.projects.models import Project
from tracker.safe.dates import last_day, name_day, name_period
from tracker.safe.numbers import plain
from tracker.spc.values import Chart

from . import queries
from .figures import amounts
from .models import FormerDefinition, Measure, Phase, Point
from .queries import Figure

HEADINGS = (
    "period",
    "first_day",
    "last_day",
    "kind",
    "numerator",
    "denominator",
    "value",
    "unit",
    "centre_line",
    "lower_limit",
    "upper_limit",
    "special_cause",
    "part_of_period",
    "note",
    "definition",
)
OWN = "own"
"""What stands for a national definition where a team counts in its own way."""
DEFINITION = (
    "measure",
    "kind",
    "unit",
    "better",
    "chart",
    "how_often",
    "numerator",
    "denominator",
    "exclusions",
    "multiplier",
    "target",
    "target_by",
    "data_source",
    "owner",
    "months_late",
    "source_note",
)


@dataclass(frozen=True, slots=True)
class Export:
    """A measure with the figures that may leave, and the chart they make."""

    measure: Measure
    figures: Sequence[Figure]
    chart: Chart
    counted_by: Sequence[tuple[date, str]]
    """National definitions by key and version, each with the first day it no longer holds."""

    def definition(self, period: date) -> str:
        """What a figure was counted by: `opioids/high_dose_count@1`."""
        return next((ref for until, ref in self.counted_by if period < until), OWN)


def exports(measures: Sequence[Measure], *, outside: bool) -> list[Export]:
    """Measures with everything a download shows of their figures: four statements for all.

    `outside` is what `projects.access.is_outside` says of the reader: small numbers are taken out
    before anything is made of them.
    """
    held, phases = _figures(measures), _phases(measures)
    counted_by = _counted_by(measures)
    found = []
    for m in measures:
        figures = queries.shown(m, held[m.id], outside=outside)
        found.append(
            Export(m, figures, queries.chart_of(m, figures, phases[m.id]), counted_by[m.id])
        )
    return found


def _figures(measures: Sequence[Measure]) -> Mapping[int, list[Figure]]:
    """Every point of the measures in the order of their periods."""
    found: dict[int, list[Figure]] = defaultdict(list)
    rows: Iterable[Any] = db.session.execute(
        select(Point.measure_id, *queries.COLUMNS)
        .where(Point.measure_id.in_([m.id for m in measures]))
        .order_by(Point.measure_id, Point.period)
    )
    for measure_id, *columns in rows:
        found[measure_id].append(Figure(*columns))
    return found


def _phases(measures: Sequence[Measure]) -> Mapping[int, list[date]]:
    found: dict[int, list[date]] = defaultdict(list)
    rows = db.session.execute(
        select(Phase.measure_id, Phase.starts_on)
        .where(Phase.measure_id.in_([m.id for m in measures]))
        .order_by(Phase.measure_id, Phase.starts_on)
    )
    for measure_id, starts_on in rows:
        found[measure_id].append(starts_on)
    return found


def _counted_by(measures: Sequence[Measure]) -> Mapping[int, list[tuple[date, str]]]:
    """The versions a measure was counted by before, the earliest first, and the one of today."""
    stored = (StoredDefinition.programme, StoredDefinition.key, StoredDefinition.version)
    ids = [m.id for m in measures]
    rows: list[Any] = [
        *db.session.execute(
            select(FormerDefinition.measure_id, FormerDefinition.until, *stored)
            .join(StoredDefinition, StoredDefinition.id == FormerDefinition.definition_id)
            .where(FormerDefinition.measure_id.in_(ids))
            .order_by(FormerDefinition.until, FormerDefinition.id)
        ),
        *db.session.execute(
            select(Measure.id, literal(None), *stored)
            .join(StoredDefinition, StoredDefinition.id == Measure.definition_id)
            .where(Measure.id.in_(ids))
        ),
    ]
    found: dict[int, list[tuple[date, str]]] = defaultdict(list)
    for measure_id, until, programme, key, version in rows:
        found[measure_id].append((until or date.max, f"{programme}/{key}@{version}"))
    return found


def figures_sheet(export: Export) -> Sheet:
    """Every figure with the lines that hold at it."""
    return Sheet(export.measure.title, HEADINGS, list(_rows(export)))


def whole_sheet(exports: Sequence[Export]) -> Sheet:
    """The figures of several measures one under the other, each row with its measure."""
    return Sheet(
        "Figures",
        ("measure", *HEADINGS),
        [[each.measure.title, *row] for each in exports for row in _rows(each)],
    )


def definitions_sheet(exports: Sequence[Export]) -> Sheet:
    """How each measure is counted."""
    return Sheet("Definitions", DEFINITION, [_definition(each.measure) for each in exports])


def about_sheet(project: Project, what: str, *, by: str, on: date) -> Sheet:
    """Where a workbook came from, for whoever finds it in a year."""
    rows: list[tuple[Cell, Cell]] = [
        ("Project", project.title),
        ("Organisation", project.organisation.name),
        ("What it holds", what),
        ("Downloaded", name_day(on)),
        ("Downloaded by", by),
        ("Made by", "QI Tracker"),
        ("Centre line and limits", "As the chart on the page draws them on that day"),
        ("An empty value", "See kind: not reported, no eligible cases, or suppressed"),
    ]
    if project.is_demo:
        rows.append(("Demonstration", "The figures are made up"))
    return Sheet("Read me", ("About this file", ""), rows)


def _rows(export: Export) -> Iterator[list[Cell]]:
    measure = export.measure
    points = {p.x: p for p in export.chart.points}
    for f in export.figures:
        point = points.get(f.period)
        yield [
            name_period(f.period, measure.cadence),
            f.period,
            last_day(f.period, measure.cadence),
            f.kind.value,
            *(amounts(measure, f, plain) if f.hidden else (f.numerator, f.denominator, f.value)),
            measure.unit,
            *((point.centre, point.lcl, point.ucl) if point else (None, None, None)),
            (point.special_cause or "") if point else "",
            "yes" if f.is_partial else "no",
            f.note,
            export.definition(f.period),
        ]


def _definition(measure: Measure) -> list[Cell]:
    return [
        measure.title,
        measure.kind.value,
        measure.unit,
        measure.better.value,
        measure.chart.value,
        measure.cadence.value,
        measure.numerator,
        measure.denominator,
        measure.exclusions,
        measure.multiplier,
        measure.target,
        measure.target_by,
        measure.data_source,
        measure.owner,
        Decimal(measure.lag_months),
        measure.caption,
    ]
