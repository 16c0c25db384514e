"""A project's cycles as its ramp page shows them, and what they say of how the team tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tracker.drivers import queries as drivers
from tracker.drivers.domain import IdeaStatus
from tracker.drivers.models import ChangeIdea
from tracker.measures.models import Measure
from tracker.projects.domain import amount
from tracker.safe.dates import MONTHS

from . import fidelity, queries
from .domain import Calibration, Stage, calibration
from .fidelity import CycleFacts, Summary
from .models import PdsaCycle
from .ramps import OnRamp, Rung, Shrink, rungs, shrinks
from .study import Studied, studied_all

if TYPE_CHECKING:
    from tracker.projects.models import Project

MOST_LINES = 2
"""Predictions on a card; the cycle's own page has them all."""
LONGEST = 60
TAGS = {
    IdeaStatus.PROPOSED: "",
    IdeaStatus.TESTING: "qi-tag--try",
    IdeaStatus.ADOPTED: "qi-tag--go",
    IdeaStatus.ADAPTED: "qi-tag--wait",
    IdeaStatus.ABANDONED: "qi-tag--plain",
}
STATES = {
    Stage.PLAN: "Planned",
    Stage.DO: "Testing now",
    Stage.STUDY: "Study now",
    Stage.ACT: "Decide now",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One prediction on a card, and whether it was met."""

    words: str
    result: str = ""
    was_met: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A cycle on its ramp. `state` is what waits to be done; empty when it is decided."""

    cycle: PdsaCycle
    rung: Rung
    when: str
    lines: Sequence[Line]
    more: int
    state: str
    is_planned: bool

    @property
    def scale(self) -> str:
        """How big the test is, in the team's words or in ours."""
        size = self.cycle.grown
        return self.cycle.scale or (size.label if size else "Scale not said")


@dataclass(frozen=True, slots=True)
class Ramp:
    """The cycles on one change idea; `idea` is None for those that test none of the diagram."""

    idea: ChangeIdea | None
    status: IdeaStatus | None
    under: Sequence[str]
    cards: Sequence[Card]
    shrinks: Sequence[Shrink]

    @property
    def title(self) -> str:
        """What the ramp is about."""
        return self.idea.text if self.idea else "On no change idea yet"

    @property
    def tag(self) -> str:
        """The look of the idea's status."""
        return TAGS[self.status] if self.status else ""


@dataclass(frozen=True, slots=True)
class Shown:
    """All that the page of ramps shows."""

    ramps: Sequence[Ramp]
    untested: Sequence[ChangeIdea]
    predicted: Calibration
    features: Sequence[Summary]
    by_number: Mapping[int, PdsaCycle]
    measures: Sequence[Measure]

    @property
    def words(self) -> str:
        """`8 cycles on 4 ideas. Numbers predicted so far: 2 of 5 met, mean error +0.3 points.`"""
        on = sum(1 for ramp in self.ramps if ramp.idea)
        cycles = len(self.by_number)
        said = f"{cycles} cycle{'' if cycles == 1 else 's'}"
        if on:
            said += f" on {on} idea{'' if on == 1 else 's'}"
        if self.predicted.words:
            said += f". Numbers predicted so far: {self.predicted.words}"
        return said + "."


def ramps_of(project: Project, *, outside: bool, on: date) -> Shown:
    """The ramps of a project: nine statements however many cycles there are."""
    board = drivers.board(project.id)
    held = list(board.measures.values())
    cycles = queries.cycles_with_predictions(project)
    found = studied_all(cycles, held, outside=outside)
    by_id = {cycle.id: cycle for cycle in cycles}
    of_idea: dict[int | None, list[PdsaCycle]] = {}
    ideas = {row.id: key for key, row in board.rows.items() if isinstance(row, ChangeIdea)}
    for cycle in cycles:
        of_idea.setdefault(
            cycle.change_idea_id if cycle.change_idea_id in ideas else None, []
        ).append(cycle)
    ramps = []
    for idea_id in sorted(of_idea, key=lambda i: (i is None, i and of_idea[i][0].number)):
        key = ideas[idea_id] if idea_id is not None else ""
        row = board.rows.get(key)
        ramps.append(
            Ramp(
                row if isinstance(row, ChangeIdea) else None,
                board.statuses.get(key),
                [node.text for node in board.diagram.above(key)],
                *_cards(of_idea[idea_id], by_id, found, project, on),
            )
        )
    untested = [
        row for row in board.rows.values() if isinstance(row, ChangeIdea) and row.id not in of_idea
    ]
    scores = [s.score for each in found.values() for s in each if s.score]
    facts = facts_of(cycles, held)
    return Shown(
        ramps,
        untested,
        calibration(scores),
        fidelity.summaries([facts[c.id] for c in cycles]) if cycles else [],
        {c.number: c for c in cycles},
        held,
    )


def facts_of(cycles: Sequence[PdsaCycle], held: Sequence[Measure]) -> dict[int, CycleFacts]:
    """What the five questions need to know of a project's cycles, by id; without a statement."""
    by_id = {cycle.id: cycle for cycle in cycles}
    measures = {m.id: m for m in held}
    after: dict[int, list[int]] = {}
    for cycle in cycles:
        if cycle.parent_id is not None:
            after.setdefault(cycle.parent_id, []).append(cycle.number)
    facts = {}
    for cycle in cycles:
        before = by_id.get(cycle.parent_id or 0)
        named = [measures[p.measure_id] for p in cycle.predictions if p.measure_id in measures]
        facts[cycle.id] = CycleFacts(
            number=cycle.number,
            starts_on=cycle.starts_on,
            theory=cycle.theory,
            predictions=[p.made_on for p in cycle.predictions],
            scale=cycle.scale,
            size=cycle.grown,
            size_before=before.grown if before else None,
            follows=before.number if before else None,
            followed_by=after.get(cycle.id, ()),
            measures=[(m.title, m.points_count) for m in dict.fromkeys(named)],
            is_decided=cycle.is_decided,
        )
    return facts


def _cards(
    cycles: Sequence[PdsaCycle],
    by_id: Mapping[int, PdsaCycle],
    found: Mapping[int, Sequence[Studied]],
    project: Project,
    on: date,
) -> tuple[list[Card], list[Shrink]]:
    here = {cycle.id for cycle in cycles}
    tested = [
        OnRamp(
            c.number,
            c.grown,
            c.decision,
            by_id[c.parent_id].number if c.parent_id in here and c.parent_id else None,
        )
        for c in cycles
    ]
    cards = []
    for cycle, rung in zip(cycles, rungs(tested), strict=True):
        lines = [_line(s, project) for s in found[cycle.id]]
        stage = cycle.stage(on)
        cards.append(
            Card(
                cycle,
                rung,
                short_month(cycle.starts_on),
                lines[:MOST_LINES],
                max(0, len(lines) - MOST_LINES),
                STATES.get(stage, ""),
                stage is Stage.PLAN,
            )
        )
    return cards, shrinks(tested)


def short_month(day: date) -> str:
    """`Apr 2022`."""
    return f"{MONTHS[day.month - 1][:3]} {day.year}"


def _line(studied: Studied, project: Project) -> Line:
    prediction, measure = studied.prediction, studied.measure
    if measure is None or prediction.value is None:
        words = ": ".join(filter(None, (prediction.text, prediction.result)))
        if len(words) > LONGEST:
            words = words[:LONGEST].rstrip() + "…"
        result = "" if studied.was_met is None else "Met" if studied.was_met else "Missed"
        return Line(words, result, bool(studied.was_met))
    said = f"redicted {amount(prediction.value, measure.unit)}"
    said = f"P{said}" if measure.id == project.aim.measure_id else f"{measure.title}: p{said}"
    if studied.is_hidden:
        return Line(f"{said}; the figure is too small to show")
    if studied.score is None or studied.observed is None:
        return Line(said)
    seen = measure.words.value(float(studied.observed))
    result = studied.score.words.removesuffix(" points")
    return Line(f"{said}, saw {seen}", result[:1].upper() + result[1:], studied.score.was_met)
