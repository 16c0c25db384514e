"""The calibration history: every number that was predicted, beside what was seen."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tracker.measures import queries as measures
from tracker.projects.models import Project

from . import queries
from .domain import Calibration, calibration, signed
from .models import PdsaCycle
from .study import Studied, studied_all


@dataclass(frozen=True, slots=True)
class Predicted:
    """One numeric prediction: of which project and cycle, and what became of it."""

    project: Project
    cycle: PdsaCycle
    studied: Studied

    @property
    def error(self) -> str:
        """Seen less predicted, with its sign and unit; empty while nothing is in."""
        score = self.studied.score
        return signed(score.error, score.unit) if score else ""


@dataclass(frozen=True, slots=True)
class History:
    """Every numeric prediction of one or more projects, the newest first."""

    rows: Sequence[Predicted]

    @property
    def calibration(self) -> Calibration:
        """How many were met, and by how much they were out."""
        return calibration([row.studied.score for row in self.rows if row.studied.score])

    @property
    def waiting(self) -> int:
        """How many have no figure yet, or none this reader may see."""
        return sum(row.studied.score is None for row in self.rows)

    @property
    def by_project(self) -> list[tuple[Project, Calibration]]:
        """The same for each project that has one, by title."""
        projects = {row.project.id: row.project for row in self.rows}
        return [
            (each, History([r for r in self.rows if r.project.id == each.id]).calibration)
            for each in sorted(projects.values(), key=lambda p: p.title.casefold())
        ]


def history(projects: Sequence[Project], *, outside: Collection[int]) -> History:
    """Numeric predictions of these projects: five statements at most, however many there are.

    `outside` are the ids of the projects that the reader looks at from outside.
    """
    by_id = {project.id: project for project in projects}
    cycles = queries.with_numbers(by_id)
    held = measures.of_projects({cycle.project_id for cycle in cycles})
    found = []
    for is_outside in (False, True):
        here = [c for c in cycles if (c.project_id in outside) is is_outside]
        if not here:
            continue
        scored = studied_all(here, held, outside=is_outside)
        found += [
            Predicted(by_id[c.project_id], c, each)
            for c in here
            for each in scored[c.id]
            if each.measure is not None and each.prediction.value is not None
        ]
    return History(sorted(found, key=_newest, reverse=True))


def _newest(row: Predicted) -> tuple[object, ...]:
    prediction = row.studied.prediction
    return (prediction.period, row.project.id, row.cycle.number, prediction.position)
