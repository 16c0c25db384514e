"""The day on which a risk is looked at again."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select

from tracker.projects.dates import Day, facts

from .domain import RiskStatus
from .models import Risk


def _reviews() -> Select[Any]:
    return facts(Risk.project_id, row_id=Risk.id, text=Risk.what, on=Risk.review_on).where(
        Risk.deleted_at.is_(None), Risk.status != RiskStatus.CLOSED
    )


DATES = (
    Day("risk", _reviews, lambda f: f"Look at a risk again: {f.text}", "risks.show", "risk_id"),
)
