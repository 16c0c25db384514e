"""Reads of what is kept beside ratings: training that was given, and marks of phases."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker.db import db, is_restorable

from .models import PhaseMark, TrainingRecord


def training(programme: str, organisation_id: int, element: str = "") -> Sequence[TrainingRecord]:
    """Training given at a place for a programme (and an element), newest first."""
    query = select(TrainingRecord).where(
        TrainingRecord.programme == programme,
        TrainingRecord.organisation_id == organisation_id,
        TrainingRecord.deleted_at.is_(None),
    )
    if element:
        # Training without an element is for all of them.
        query = query.where(TrainingRecord.element.in_(["", element]))
    return db.session.scalars(
        query.order_by(TrainingRecord.on.desc(), TrainingRecord.id.desc())
    ).all()


def training_taken_back(programme: str, organisation_id: int) -> Sequence[TrainingRecord]:
    """Records that were taken back at a place and can still be put back, the last one first."""
    return db.session.scalars(
        select(TrainingRecord)
        .where(
            TrainingRecord.programme == programme,
            TrainingRecord.organisation_id == organisation_id,
            is_restorable(TrainingRecord),
        )
        .order_by(TrainingRecord.deleted_at.desc(), TrainingRecord.id.desc())
    ).all()


def phases_now(
    definition_ids: Collection[int], on: date, *, organisation_id: int | None = None
) -> dict[tuple[int, str], PhaseMark]:
    """The mark that holds for each phase at each organisation on a day: the last one made."""
    query = select(PhaseMark).where(
        PhaseMark.definition_id.in_(list(definition_ids)), PhaseMark.on <= on
    )
    if organisation_id is not None:
        query = query.where(PhaseMark.organisation_id == organisation_id)
    rows = db.session.scalars(query.order_by(PhaseMark.on, PhaseMark.id))
    return {(row.organisation_id, row.phase): row for row in rows}


def phase_history(definition_ids: Collection[int], organisation_id: int) -> Sequence[PhaseMark]:
    """Every mark of a pathway at an organisation, newest first, with who made it."""
    return db.session.scalars(
        select(PhaseMark)
        .where(
            PhaseMark.definition_id.in_(list(definition_ids)),
            PhaseMark.organisation_id == organisation_id,
        )
        .options(joinedload(PhaseMark.by))
        .order_by(PhaseMark.on.desc(), PhaseMark.id.desc())
    ).all()
