"""Ramps on a line of months, with the charts of the main measures under them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tracker.charts.domain import Drawings
from tracker.charts.ramps import Bar, Lane, Panel, ramp_timeline
from tracker.measures import queries as measures
from tracker.measures.models import Measure
from tracker.plugin_api import MeasureKind

from .showing import Shown

if TYPE_CHECKING:
    from tracker.projects.models import Project

MOST_PANELS = 3


@dataclass(frozen=True, slots=True)
class Drawn:
    """The picture, and the measures on it in the order in which they are drawn."""

    picture: Drawings
    measures: Sequence[Measure]


def drawn(project: Project, shown: Shown, *, outside: bool, on: date) -> Drawn | None:
    """All ramps at once over the charts they should move; None without a cycle. Two statements."""
    if not shown.by_number:
        return None
    chosen = main_measures(project, shown.measures)
    charts = measures.charts_of(chosen, outside=outside)
    lanes = [
        Lane(
            ramp.title,
            [
                Bar(
                    card.cycle.number,
                    card.cycle.title,
                    card.cycle.starts_on,
                    card.cycle.ends_on,
                    card.cycle.decision.label if card.cycle.decision else "",
                    is_planned=card.is_planned,
                )
                for card in ramp.cards
            ],
        )
        for ramp in shown.ramps
    ]
    panels = [Panel(m.words, charts[m.id]) for m in chosen]
    return Drawn(ramp_timeline(lanes, panels, on=on, ids=f"ramps-{project.id}"), chosen)


def main_measures(project: Project, held: Sequence[Measure]) -> list[Measure]:
    """The measure of the aim, then outcomes, then the others, of those that have figures."""
    filled = [m for m in held if m.points_count]
    return sorted(
        filled,
        key=lambda m: (m.id != project.aim.measure_id, m.kind is not MeasureKind.OUTCOME),
    )[:MOST_PANELS]
