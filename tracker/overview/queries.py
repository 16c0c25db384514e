"""The facts that say what to do next, for one project or for all of a person's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from tracker.measures import queries as measures
from tracker.measures.models import Measure
from tracker.pdsa import queries as pdsa
from tracker.pdsa.models import PdsaCycle
from tracker.projects import steps
from tracker.projects.models import Project, Status
from tracker.projects.steps import Asked

R = TypeVar("R", Measure, PdsaCycle)


@dataclass(frozen=True, slots=True)
class Work:
    """A project with what a list of one's own work shows beside it."""

    project: Project
    measures: Sequence[Measure]
    cycles: Sequence[PdsaCycle]
    steps: Sequence[Asked]

    @property
    def main_measure(self) -> Measure | None:
        """The measure the aim is judged by: chosen, or the first."""
        chosen = [m for m in self.measures if m.id == self.project.aim.measure_id]
        return next(iter([*chosen, *self.measures]), None)

    @property
    def open_cycle(self) -> PdsaCycle | None:
        """The latest cycle without a decision."""
        return next((c for c in reversed(self.cycles) if not c.is_decided), None)


def works(
    projects: Sequence[Project], today: date, *, only_shown: Collection[int] = ()
) -> list[Work]:
    """All of a person's projects with their next steps: three statements however many they are.

    Nothing is asked of those that are `only_shown`, as to their coach.
    """
    ids = [p.id for p in projects]
    of_measures: Mapping[int, list[Measure]] = _grouped(measures.of_projects(ids))
    of_cycles: Mapping[int, list[PdsaCycle]] = _grouped(pdsa.of_projects(ids))
    facts = steps.facts_of(
        [p.id for p in projects if p.status is Status.ACTIVE and p.id not in only_shown], today
    )
    return [
        Work(p, of_measures.get(p.id, []), of_cycles.get(p.id, []), [])
        if p.id in only_shown
        else _work(p, of_measures.get(p.id, []), of_cycles.get(p.id, []), facts, today)
        for p in projects
    ]


def steps_of(
    project: Project, held: Sequence[Measure], cycles: Sequence[PdsaCycle], today: date
) -> Sequence[Asked]:
    """What a team should do now: one statement."""
    facts = steps.facts_of([project.id], today) if project.status is Status.ACTIVE else {}
    return _work(project, held, cycles, facts, today).steps


def _work(
    project: Project,
    held: Sequence[Measure],
    cycles: Sequence[PdsaCycle],
    facts: steps.Facts,
    today: date,
) -> Work:
    """Nothing is asked of a project that has ended."""
    is_active = project.status is Status.ACTIVE
    asked = steps.steps_of(project, held, cycles, facts, today) if is_active else []
    return Work(project, held, cycles, asked)


def _grouped(rows: Sequence[R]) -> dict[int, list[R]]:
    grouped: dict[int, list[R]] = defaultdict(list)
    for row in rows:
        grouped[row.project_id].append(row)
    return grouped
