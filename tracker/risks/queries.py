"""Reads of a risk log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select

from tracker.db import db, is_restorable

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


def deleted(project_id: int, risk_id: int) -> Risk:
    """A deleted risk of a project. Aborts with 404 when there is none."""
    risk: Risk = db.one_or_404(
        select(Risk).where(Risk.id == risk_id, Risk.project_id == project_id, is_restorable(Risk))
    )
    return risk
