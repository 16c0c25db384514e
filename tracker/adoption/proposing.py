"""The score that a project's own data support: its aim's measure, its cycles and the thinking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.charts.signals import judged
from tracker.measures import queries as measures
from tracker.measures.models import Measure, PointKind
from tracker.pdsa import queries as pdsa
from tracker.plugin_api import Direction as Better
from tracker.projects.models import Aim, Project
from tracker.spc.values import Chart, Direction, Variation

from .progress import Figure, Proposal, pooled, propose

HIDDEN = "counts of 1 to 4 are hidden from you; the team and its coach see what the data support"
SIDES = {Direction.INCREASE: 1, Direction.DECREASE: -1}


@dataclass(frozen=True, slots=True)
class Supported:
    """What the data support, and which measure says so."""

    proposal: Proposal
    measure: Measure | None


def supported(project: Project, on: date, *, outside: bool) -> Supported:
    """The score on a day, from figures as the reader may see them."""
    held = measures.of_projects([project.id])
    measure = measures.judged_by(project.aim, held)
    has_tested = any(cycle.observations or cycle.decision for cycle in pdsa.cycles(project))
    if measure is None:
        return Supported(_propose(None, (), has_tested, on, bool(held), has_signal=False), None)
    figures, _, chart = measures.seen(measure, outside=outside)
    if any(f.hidden for f in figures):
        return Supported(Proposal(None, HIDDEN), measure)
    known = [
        Figure(
            f.period,
            f.numerator,
            f.denominator,
            f.value,
            is_known=f.kind is not PointKind.NOT_REPORTED and not f.is_partial,
        )
        for f in figures
    ]
    has_data = any(f.is_known for f in known)
    signal = has_signal(chart, measure.words.better)
    return Supported(
        _propose(measure, known, has_tested, on, has_data, has_signal=signal, aim=project.aim),
        measure,
    )


def has_signal(chart: Chart, better: Direction) -> bool:
    """A signal in the wanted direction since the lines were last calculated anew.

    A run has no direction of its own: its last point says on which side it lies.
    """
    if not chart.parts:
        return False
    part = chart.parts[-1]
    points = chart.points[part.first : part.last + 1]
    if any(judged(point, better)[1] is Variation.IMPROVEMENT for point in points):
        return True
    sides = [point.side for point in points if point.side]
    return bool(part.runs_signal and sides and sides[-1] == SIDES.get(better))


def _propose(
    measure: Measure | None,
    known: Sequence[Figure],
    has_tested: bool,
    on: date,
    has_data: bool,
    *,
    has_signal: bool,
    aim: Aim | None = None,
) -> Proposal:
    target = None
    if measure is not None:
        target = aim.target if aim is not None and aim.target is not None else measure.target
    return propose(
        pooled(known, measure.cadence, measure.multiplier) if measure else [],
        target=target,
        better=measure.better if measure else Better.NEITHER,
        has_signal=has_signal,
        has_tested=has_tested,
        has_data=has_data,
        today=on,
    )
