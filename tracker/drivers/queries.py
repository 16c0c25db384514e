"""Reads of driver diagrams: the whole board of a project, and its versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from tracker.db import db, is_restorable
from tracker.measures import queries as measures
from tracker.measures.models import Measure
from tracker.pdsa.domain import Decision
from tracker.pdsa.models import PdsaCycle

from . import domain, gaps
from .domain import (
    AIM,
    Diagram,
    IdeaStatus,
    Level,
    Node,
)
from .gaps import (
    Gap,
    GapKind,
)
from .models import ChangeIdea, Driver, DriverLink, DriverMeasure, DriverVersion

if TYPE_CHECKING:
    from tracker.projects.models import Project


class Cycle(NamedTuple):
    """What a diagram shows of a cycle."""

    id: int
    number: int
    title: str
    idea_id: int | None
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class Board:
    """A project's diagram with the rows it is made of. Keys are the `uid` of each."""

    diagram: Diagram
    rows: Mapping[str, Driver | ChangeIdea]
    measures: Mapping[str, Measure]
    cycles: Sequence[Cycle]
    statuses: Mapping[str, IdeaStatus] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Nobody has put anything on it."""
        return not self.diagram.nodes

    @property
    def loose_cycles(self) -> list[Cycle]:
        """Cycles that test no idea of the diagram."""
        held = {row.id for row in self.rows.values() if isinstance(row, ChangeIdea)}
        return [cycle for cycle in self.cycles if cycle.idea_id not in held]

    @property
    def gaps(self) -> list[Gap]:
        """The loose ends; of a cycle its id stands for a key."""
        loose = [str(cycle.id) for cycle in self.loose_cycles]
        return gaps.gaps(self.diagram, self.statuses, loose)

    @property
    def counts(self) -> dict[IdeaStatus, int]:
        """How many ideas stand where, without the empty ones."""
        counted = dict.fromkeys(IdeaStatus, 0)
        for status in self.statuses.values():
            counted[status] += 1
        return {status: count for status, count in counted.items() if count}

    @property
    def tested(self) -> set[str]:
        """Keys of ideas that have a cycle."""
        with_cycle = {cycle.idea_id for cycle in self.cycles}
        return {
            key
            for key, row in self.rows.items()
            if isinstance(row, ChangeIdea) and row.id in with_cycle
        }


def board(project_id: int) -> Board:
    """The whole diagram of a project: six statements."""
    drivers = db.session.scalars(
        select(Driver)
        .where(Driver.project_id == project_id, Driver.deleted_at.is_(None))
        .order_by(Driver.id)
    ).all()
    ideas = db.session.scalars(
        select(ChangeIdea)
        .where(ChangeIdea.project_id == project_id, ChangeIdea.deleted_at.is_(None))
        .order_by(ChangeIdea.id)
    ).all()
    by_key = {m.uid.hex: m for m in measures.of_projects([project_id])}
    hung = _hung(project_id, by_key)
    both: list[Driver | ChangeIdea] = [*drivers, *ideas]
    rows = {row.uid.hex: row for row in both}
    nodes = {
        key: Node(key, row.level, row.text, row.note, tuple(hung.get(_place(row), ())))
        for key, row in rows.items()
    }
    links = _links(project_id, drivers, ideas)
    found = _cycles(project_id)
    return Board(
        Diagram(nodes, links, tuple(hung.get((None, None), ()))),
        rows,
        by_key,
        found,
        _statuses(ideas, found),
    )


@dataclass(frozen=True, slots=True)
class Summary:
    """How a diagram stands, for a line on the project's page."""

    primary: int
    counts: Mapping[IdeaStatus, int]
    gaps: Sequence[Gap]

    @property
    def ideas(self) -> int:
        """How many ideas there are."""
        return sum(self.counts.values())


def summary(project_id: int, cycles: Sequence[PdsaCycle]) -> Summary:
    """The counts of a diagram and its most pressing loose ends: two statements."""
    primary = db.session.scalar(
        select(func.count(Driver.id)).where(
            Driver.project_id == project_id,
            Driver.deleted_at.is_(None),
            Driver.level == Level.PRIMARY,
        )
    )
    is_placed = (
        select(DriverLink.id)
        .join(Driver, Driver.id == DriverLink.parent_id)
        .where(DriverLink.idea_id == ChangeIdea.id, Driver.deleted_at.is_(None))
        .correlate(ChangeIdea)
        .exists()
    )
    ideas = db.session.execute(
        select(ChangeIdea.id, is_placed).where(
            ChangeIdea.project_id == project_id, ChangeIdea.deleted_at.is_(None)
        )
    ).all()
    decisions: dict[int | None, list[Decision | None]] = {}
    for cycle in cycles:
        decisions.setdefault(cycle.change_idea_id, []).append(cycle.decision)
    counts = Counter(domain.status_of(decisions.get(idea_id, ())) for idea_id, _ in ideas)
    held = {idea_id for idea_id, _ in ideas}
    loose = {
        GapKind.IDEA_WITHOUT_DRIVER: [str(idea_id) for idea_id, placed in ideas if not placed],
        GapKind.CYCLE_WITHOUT_IDEA: [str(c.id) for c in cycles if c.change_idea_id not in held],
    }
    gaps = [Gap(kind, tuple(keys)) for kind, keys in loose.items() if keys]
    return Summary(primary or 0, counts, gaps)


Place = tuple[int | None, int | None]
"""What a measure hangs on: id of a driver, or of an idea; the aim with neither."""


def _place(row: Driver | ChangeIdea) -> Place:
    return (row.id, None) if isinstance(row, Driver) else (None, row.id)


def _hung(project_id: int, by_key: Mapping[str, Measure]) -> dict[Place, list[str]]:
    keys = {m.id: key for key, m in by_key.items()}
    found: dict[Place, list[str]] = {}
    for measure_id, driver_id, idea_id in db.session.execute(
        select(DriverMeasure.measure_id, DriverMeasure.driver_id, DriverMeasure.idea_id)
        .where(DriverMeasure.project_id == project_id)
        .order_by(DriverMeasure.id)
    ):
        if measure_id in keys:
            found.setdefault((driver_id, idea_id), []).append(keys[measure_id])
    return found


def _links(
    project_id: int, drivers: Sequence[Driver], ideas: Sequence[ChangeIdea]
) -> dict[str, tuple[str, ...]]:
    """Children by parent, the aim's first and then level by level."""
    of_drivers = {d.id: d.uid.hex for d in drivers}
    of_ideas = {i.id: i.uid.hex for i in ideas}
    under: dict[str, list[str]] = {}
    for link in links_of(project_id):
        parent = AIM if link.parent_id is None else of_drivers.get(link.parent_id)
        child = (
            of_ideas.get(link.idea_id)
            if link.idea_id is not None
            else of_drivers.get(link.child_id or 0)
        )
        if parent is not None and child is not None:
            under.setdefault(parent, []).append(child)
    order = [AIM]
    for level in domain.DRIVERS:
        here = [d.uid.hex for d in drivers if d.level is level]
        reached = [key for parent in order for key in under.get(parent, ()) if key in here]
        order += dict.fromkeys([*reached, *here])
    return {parent: tuple(under[parent]) for parent in order if parent in under}


def links_of(project_id: int) -> Sequence[Any]:
    """What hangs under what, in order; what was removed among it."""
    return db.session.execute(
        select(DriverLink.id, DriverLink.parent_id, DriverLink.child_id, DriverLink.idea_id)
        .where(DriverLink.project_id == project_id)
        .order_by(DriverLink.position, DriverLink.id)
    ).all()


def _cycles(project_id: int) -> list[Cycle]:
    rows = db.session.execute(
        select(
            PdsaCycle.id,
            PdsaCycle.number,
            PdsaCycle.title,
            PdsaCycle.change_idea_id,
            PdsaCycle.decision,
        )
        .where(PdsaCycle.project_id == project_id, PdsaCycle.deleted_at.is_(None))
        .order_by(PdsaCycle.number)
    )
    return [Cycle(*row) for row in rows]


def _statuses(ideas: Sequence[ChangeIdea], cycles: Sequence[Cycle]) -> dict[str, IdeaStatus]:
    decisions: dict[int | None, list[Decision | None]] = {}
    for cycle in cycles:
        decisions.setdefault(cycle.idea_id, []).append(cycle.decision)
    return {i.uid.hex: domain.status_of(decisions.get(i.id, ())) for i in ideas}


def ideas(project_id: int) -> Sequence[ChangeIdea]:
    """The ideas of a project by their words, to choose from."""
    return db.session.scalars(
        select(ChangeIdea)
        .where(ChangeIdea.project_id == project_id, ChangeIdea.deleted_at.is_(None))
        .order_by(func.lower(ChangeIdea.text), ChangeIdea.id)
    ).all()


def driver(project_id: int, driver_id: int, *, level: Level | None = None) -> Driver | None:
    """A driver of a project, removed or not; None when there never was one."""
    query = select(Driver).where(Driver.id == driver_id, Driver.project_id == project_id)
    if level is not None:
        query = query.where(Driver.level == level)
    return db.session.scalar(query)


def idea(project_id: int, idea_id: int) -> ChangeIdea | None:
    """An idea of a project, removed or not; None when there never was one."""
    return db.session.scalar(
        select(ChangeIdea).where(ChangeIdea.id == idea_id, ChangeIdea.project_id == project_id)
    )


def removed_driver(project_id: int, driver_id: int) -> Driver:
    """A driver that was removed and can come back. Aborts with 404 when there is none."""
    found: Driver = db.one_or_404(
        select(Driver).where(
            Driver.id == driver_id, Driver.project_id == project_id, is_restorable(Driver)
        )
    )
    return found


def removed_idea(project_id: int, idea_id: int) -> ChangeIdea:
    """An idea that was removed and can come back. Aborts with 404 when there is none."""
    found: ChangeIdea = db.one_or_404(
        select(ChangeIdea).where(
            ChangeIdea.id == idea_id,
            ChangeIdea.project_id == project_id,
            is_restorable(ChangeIdea),
        )
    )
    return found


def cycles_of(idea: ChangeIdea) -> Sequence[PdsaCycle]:
    """The cycles that test an idea, in order."""
    return db.session.scalars(
        select(PdsaCycle)
        .where(PdsaCycle.change_idea_id == idea.id, PdsaCycle.deleted_at.is_(None))
        .order_by(PdsaCycle.number)
    ).all()


def latest_version(project_id: int) -> DriverVersion | None:
    """The diagram as it was last left, with who left it."""
    return db.session.scalar(
        select(DriverVersion)
        .where(DriverVersion.project_id == project_id)
        .options(joinedload(DriverVersion.by))
        .order_by(DriverVersion.number.desc())
        .limit(1)
    )


def versions(project: Project) -> Sequence[DriverVersion]:
    """All versions of a diagram, the newest first."""
    return db.session.scalars(
        select(DriverVersion)
        .where(DriverVersion.project_id == project.id)
        .options(joinedload(DriverVersion.by))
        .order_by(DriverVersion.number.desc())
    ).all()


def version(project_id: int, number: int) -> DriverVersion | None:
    """One version by its number."""
    return db.session.scalar(
        select(DriverVersion).where(
            DriverVersion.project_id == project_id, DriverVersion.number == number
        )
    )
