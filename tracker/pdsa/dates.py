"""The day on which a cycle ends."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, Text, cast

from tracker.projects.dates import Day, facts

from .models import PdsaCycle


def _ends() -> Select[Any]:
    c = PdsaCycle
    return facts(
        c.project_id, row_id=c.id, text=c.title, note=cast(c.number, Text), on=c.ends_on
    ).where(c.deleted_at.is_(None), c.decision.is_(None))


DATES = (Day("cycle", _ends, lambda f: f"Cycle {f.note} ends: {f.text}", "pdsa.show", "cycle_id"),)
