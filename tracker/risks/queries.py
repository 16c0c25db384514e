"""Reads of a risk log."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select

from tracker.db import db, is_restorable

from .domain import RiskStatus
from .models import Risk

if TYPE_CHECKING:
    from tracker.projects.models import Project


def risks(project: Project) -> Sequence[Risk]:
    """All risks of a project, as they were added."""
    return db.session.scalars(
        select(Risk)
        .where(Risk.project_id == project.id, Risk.deleted_at.is_(None))
        .order_by(Risk.id)
    ).all()


def to_review(project_ids: Collection[int]) -> Sequence[Risk]:
    """Risks of these projects that are not closed and have a day of review, the earliest first."""
    return db.session.scalars(
        select(Risk)
        .where(
            Risk.project_id.in_(project_ids),
            Risk.deleted_at.is_(None),
            Risk.status != RiskStatus.CLOSED,
            Risk.review_on.is_not(None),
        )
        .order_by(Risk.review_on, Risk.id)
    ).all()


def deleted(project_id: int, risk_id: int) -> Risk:
    """A deleted risk of a project. Aborts with 404 when there is none."""
    risk: Risk = db.one_or_404(
        select(Risk).where(Risk.id == risk_id, Risk.project_id == project_id, is_restorable(Risk))
    )
    return risk
