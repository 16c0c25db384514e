"""What a team is asked for about its stakeholders."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Select

from tracker.permissions import Permission
from tracker.projects.steps import Pressing, Seen, Step, facts, rule
from tracker.safe.dates import name_day

from .domain import counted, listed
from .models import Stakeholder


def _overdue(today: date) -> Select[Any]:
    s = Stakeholder
    return facts(s.project_id, row_id=s.id, text=s.name, on=s.next_contact_on).where(
        s.deleted_at.is_(None), s.next_contact_on < today
    )


@rule(Pressing.KEEP, Permission.PDSA_LOG, facts=_overdue)
def to_speak_with(seen: Seen) -> Iterator[Step]:
    """The day on which somebody was to be spoken to has passed; one step for all of them."""
    if not seen.facts:
        return
    first = seen.facts[0]
    if len(seen.facts) == 1 and first.on is not None:
        yield Step(
            f"Speak with {first.text}",
            f"It was due on {name_day(first.on)}. Write down what came of it.",
            "stakeholders.show",
            {"stakeholder_id": first.id},
        )
    else:
        yield Step(
            f"Speak with {counted(len(seen.facts))} stakeholders",
            f"It was due with {listed([fact.text for fact in seen.facts])}.",
            "stakeholders.index",
        )


RULES = (to_speak_with,)
