"""What a team is asked for about its risks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Select

from tracker.permissions import Permission
from tracker.projects.steps import Pressing, Seen, Step, facts, rule
from tracker.safe.dates import name_day

from .domain import RiskStatus
from .models import Risk

LONGEST = 80


def _overdue(today: date) -> Select[Any]:
    return facts(Risk.project_id, row_id=Risk.id, text=Risk.what, on=Risk.review_on).where(
        Risk.deleted_at.is_(None), Risk.status != RiskStatus.CLOSED, Risk.review_on < today
    )


@rule(Pressing.KEEP, Permission.PDSA_LOG, facts=_overdue)
def to_look_at(seen: Seen) -> Iterator[Step]:
    """The day on which a risk was to be looked at has passed; one step for all of them."""
    if not seen.facts:
        return
    first = seen.facts[0]
    if len(seen.facts) > 1:
        yield Step(
            f"Look at {len(seen.facts)} risks again",
            f"Their reviews are overdue: “{_short(first.text)}” first.",
            "risks.index",
        )
    elif first.on is not None:
        yield Step(
            "Look at a risk again",
            f"The review of “{_short(first.text)}” was due on {name_day(first.on)}.",
            "risks.edit",
            {"risk_id": first.id},
        )


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


RULES = (to_look_at,)
