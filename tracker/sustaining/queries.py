"""Reads of rounds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from tracker.auth.models import User
from tracker.db import db, is_restorable

from .domain import Sheet
from .models import Round

if TYPE_CHECKING:
    from tracker.projects.models import Project


def rounds(project: Project, sheet: Sheet | None = None) -> Sequence[Round]:
    """The rounds of a project with their answers, the latest first: two statements."""
    query = (
        select(Round)
        .where(Round.project_id == project.id, Round.deleted_at.is_(None))
        .options(joinedload(Round.by).load_only(User.name), selectinload(Round.answers))
        .order_by(Round.on.desc(), Round.id.desc())
    )
    if sheet is not None:
        query = query.where(Round.sheet == sheet)
    return db.session.scalars(query).all()


def deleted(project_id: int, round_id: int) -> Round:
    """A deleted round of a project. Aborts with 404 when there is none."""
    found: Round = db.one_or_404(
        select(Round).where(
            Round.id == round_id, Round.project_id == project_id, is_restorable(Round)
        )
    )
    return found
