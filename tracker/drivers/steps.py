"""What a team is asked for about its driver diagram."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Select, select

from tracker.permissions import Permission
from tracker.projects.steps import Pressing, Seen, Step, facts, rule

from .gaps import GapKind
from .models import ChangeIdea, Driver, DriverLink


def _loose_ideas(today: date) -> Select[Any]:
    """Ideas that hang under no driver, where there is a driver to hang them under."""
    there = Driver.deleted_at.is_(None)
    is_placed = (
        select(DriverLink.id)
        .join(Driver, Driver.id == DriverLink.parent_id)
        .where(DriverLink.idea_id == ChangeIdea.id, there)
        .correlate(ChangeIdea)
        .exists()
    )
    has_drivers = (
        select(Driver.id)
        .where(Driver.project_id == ChangeIdea.project_id, there)
        .correlate(ChangeIdea)
        .exists()
    )
    return facts(ChangeIdea.project_id, row_id=ChangeIdea.id, text=ChangeIdea.text).where(
        ChangeIdea.deleted_at.is_(None), ~is_placed, has_drivers
    )


@rule(Pressing.TIDY, Permission.PDSA_LOG, facts=_loose_ideas)
def to_place_ideas(seen: Seen) -> Iterator[Step]:
    """Ideas of the diagram hang under no driver."""
    if seen.facts:
        yield Step(
            "Say what each change idea works on",
            f"{GapKind.IDEA_WITHOUT_DRIVER.says(len(seen.facts))}: “{seen.facts[0].text}”"
            f"{'.' if len(seen.facts) == 1 else ' and others.'}",
            "drivers.index",
        )


RULES = (to_place_ideas,)
