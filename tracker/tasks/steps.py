"""What a team is asked for about its tasks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Select

from tracker.pdsa.models import PdsaCycle
from tracker.permissions import Permission
from tracker.projects.steps import Pressing, Seen, Step, facts, rule
from tracker.safe.dates import name_day

from .models import Task


def _overdue(today: date) -> Select[Any]:
    return (
        facts(Task.project_id, row_id=Task.id, text=Task.what, note=Task.who, on=Task.due_on)
        .outerjoin(PdsaCycle, PdsaCycle.id == Task.cycle_id)
        .where(
            Task.deleted_at.is_(None),
            Task.done_on.is_(None),
            Task.due_on < today,
            PdsaCycle.deleted_at.is_(None),
            PdsaCycle.decision.is_(None),
        )
    )


@rule(Pressing.LATE, Permission.PDSA_LOG, facts=_overdue)
def to_catch_up(seen: Seen) -> Iterator[Step]:
    """Tasks are overdue: one step, which names the one that has waited longest."""
    if not seen.facts:
        return
    first, number = seen.facts[0], len(seen.facts)
    who = f", {first.note}," if first.note else ""
    due = name_day(first.on) if first.on else ""
    yield Step(
        "Finish or move an overdue task" if number == 1 else f"Look at {number} overdue tasks",
        f"“{first.text}”{who} was due on {due}.",
        "tasks.index",
    )


RULES = (to_catch_up,)
