"""Beginning a project from another's plan. Runs inside a unit of work."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select, update

from tracker import audit
from tracker.db import Base, db
from tracker.drivers import bringing
from tracker.drivers import queries as drivers
from tracker.drivers.domain import folded
from tracker.measures import queries as measures
from tracker.measures.models import Measure
from tracker.pdsa import queries as pdsa
from tracker.pdsa.domain import Decision
from tracker.pdsa.models import PdsaCycle, Prediction
from tracker.stakeholders.models import Stakeholder

from . import queries
from .domain import Part
from .models import ProjectCopy

if TYPE_CHECKING:
    from tracker.auth.models import User
    from tracker.projects.models import Project

COUNTING = (
    *("definition_id", "position", "title", "kind", "unit", "better", "chart", "cadence"),
    *("numerator", "denominator", "exclusions", "multiplier", "lag_months"),
)
PLAN = (
    *("title", "change_idea", "kind", "objective", "questions", "theory", "scale", "data_plan"),
)
ROLES = ("definition_id", "kind", "team_role", "group", "rhythm")


def copy_plan(
    origin: Project, project: Project, parts: Collection[Part], *, on: date, by: User
) -> ProjectCopy:
    """Take these parts of a plan into a new project, read in as many statements however large.

    Nothing that was measured, found out or said of a person comes along.
    """
    for part, take in TAKES.items():
        if part in parts:
            take(origin, project, on, by)
    pitfalls = queries.pitfalls_of(origin) if Part.PITFALLS in parts else []
    row = ProjectCopy(
        project_id=project.id,
        origin_id=origin.id,
        parts=[part.value for part in Part if part in parts],
        pitfalls=[{"what": one.what, "why": one.why} for one in pitfalls],
        by_id=by.id,
    )
    db.session.add(row)
    audit.record(
        "project.copied",
        of=project,
        by=by,
        detail={"from": origin.title, "parts": [part.label for part in Part if part in parts]},
    )
    db.session.flush()
    return row


def _drivers(origin: Project, project: Project, on: date, by: User) -> None:
    diagram = drivers.board(origin.id).diagram
    bringing.bring_in(project, diagram, replacing=True, why=f"Copied from {origin.title}", by=by)


def _measures(origin: Project, project: Project, on: date, by: User) -> None:
    for held in measures.of_projects([origin.id]):
        row = Measure(project_id=project.id, **_values(held, COUNTING))
        db.session.add(row)
        audit.record("measure.added", of=row, by=by, detail={"title": row.title})
    db.session.flush()


def _cycles(origin: Project, project: Project, on: date, by: User) -> None:
    """Those that were not abandoned, in order; each goes on from the same one as there."""
    ideas = {folded(idea.text): idea.id for idea in drivers.ideas(project.id)}
    kept = [c for c in pdsa.of_projects([origin.id]) if c.decision is not Decision.ABANDON]
    expected = _expected([cycle.id for cycle in kept])
    made: dict[int, PdsaCycle] = {}
    for number, cycle in enumerate(kept, start=1):
        row = PdsaCycle(
            project_id=project.id,
            number=number,
            starts_on=on,
            change_idea_id=ideas.get(folded(cycle.change_idea)),
            **_values(cycle, PLAN),
        )
        row.predictions = [
            Prediction(project_id=project.id, position=position, text=text)
            for position, text in enumerate(expected.get(cycle.id, ()), start=1)
        ]
        made[cycle.id] = row
        audit.record("pdsa.planned", of=row, by=by, detail={"number": number})
    db.session.add_all(made.values())
    db.session.flush()
    table = Base.metadata.tables[PdsaCycle.__tablename__]
    after = [
        {"row": made[cycle.id].id, "after": made[cycle.parent_id].id}
        for cycle in kept
        if cycle.parent_id in made
    ]
    if after:
        # Past the model: a row at a time it would be as many statements as there are cycles.
        follows = update(table).where(PdsaCycle.id == bindparam("row"))
        db.session.execute(follows.values(parent_id=bindparam("after")), after)


def _expected(cycle_ids: Sequence[int]) -> dict[int, list[str]]:
    """What was expected in words, by cycle; a number was expected of their figures."""
    found: dict[int, list[str]] = {}
    rows = db.session.execute(
        select(Prediction.cycle_id, Prediction.text)
        .where(Prediction.cycle_id.in_(cycle_ids), Prediction.text != "")
        .order_by(Prediction.cycle_id, Prediction.position)
    )
    for cycle_id, text in rows:
        found.setdefault(cycle_id, []).append(text)
    return found


def _stakeholders(origin: Project, project: Project, on: date, by: User) -> None:
    """Roles alone, each once: the name of a role stands where that of a person will."""
    held = db.session.scalars(
        select(Stakeholder)
        .where(Stakeholder.project_id == origin.id, Stakeholder.deleted_at.is_(None))
        .order_by(Stakeholder.id)
    )
    named: set[str] = set()
    for one in held:
        called = one.team_role or (one.group.label if one.group else "")
        if called and called not in named:
            named.add(called)
            row = Stakeholder(project_id=project.id, name=called, **_values(one, ROLES))
            db.session.add(row)
            audit.record("stakeholder.added", of=row, by=by)
    db.session.flush()


def _values(row: Any, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


TAKES: dict[Part, Callable[[Project, Project, date, User], None]] = {
    Part.DRIVERS: _drivers,
    Part.MEASURES: _measures,
    Part.CYCLES: _cycles,
    Part.STAKEHOLDERS: _stakeholders,
}
"""In the order in which they are taken: a cycle finds its change idea."""
