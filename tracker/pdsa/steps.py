"""What a team is asked for about its cycles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tracker.permissions import Permission
from tracker.projects.steps import Pressing, Seen, Step, rule

from .models import PdsaCycle


def _has_ended(cycle: PdsaCycle, today: date) -> bool:
    return cycle.ends_on is not None and cycle.ends_on < today


@rule(Pressing.BEGIN, Permission.PDSA_LOG)
def to_plan_a_first(seen: Seen) -> Iterator[Step]:
    """Nothing has been tried."""
    if not seen.cycles:
        yield Step("Plan a first cycle", "Try one change, small, and learn.", "pdsa.plan")


@rule(Pressing.LEARN, Permission.PDSA_LOG)
def to_write_up(seen: Seen) -> Iterator[Step]:
    """A cycle has ended, and what happened is not written down."""
    for c in seen.cycles:
        if c.ends_on and _has_ended(c, seen.today) and not (c.has_been_done or c.is_decided):
            ended = f"{c.ends_on.day} {c.ends_on:%B}"
            yield Step(
                f"Say what happened in cycle {c.number}",
                f"It ended on {ended} and nothing is written down yet.",
                "pdsa.do",
                {"cycle_id": c.id},
            )


@rule(Pressing.LEARN, Permission.PDSA_LOG)
def to_study(seen: Seen) -> Iterator[Step]:
    """A cycle has been done and not studied. What is written early does not end the doing."""
    for c in seen.cycles:
        is_over = c.ends_on is None or _has_ended(c, seen.today)
        if c.has_been_done and is_over and not (c.has_been_studied or c.is_decided):
            reason = "Set what happened beside what you predicted."
            yield Step(f"Study cycle {c.number}", reason, "pdsa.study", {"cycle_id": c.id})


@rule(Pressing.LEARN, Permission.PDSA_LOG)
def to_decide(seen: Seen) -> Iterator[Step]:
    """A cycle has been studied, and nobody has said what follows from it."""
    for c in seen.cycles:
        if c.has_been_done and c.has_been_studied and not c.is_decided:
            reason = "Adopt, adapt or abandon the change."
            yield Step(f"Decide on cycle {c.number}", reason, "pdsa.act", {"cycle_id": c.id})


RULES = (to_plan_a_first, to_write_up, to_study, to_decide)
