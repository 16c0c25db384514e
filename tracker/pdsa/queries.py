"""Reads of PDSA cycles."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.db import db, is_restorable

from .models import CycleNote, PdsaCycle, Prediction

if TYPE_CHECKING:
    from tracker.projects.models import Project


def cycles(project: Project) -> Sequence[PdsaCycle]:
    """All cycles of a project, in order."""
    return of_projects([project.id])


def cycles_with_predictions(project: Project) -> Sequence[PdsaCycle]:
    """All cycles of a project with what was predicted: two statements."""
    return db.session.scalars(
        select(PdsaCycle)
        .where(PdsaCycle.project_id == project.id, PdsaCycle.deleted_at.is_(None))
        .options(selectinload(PdsaCycle.predictions))
        .order_by(PdsaCycle.number)
    ).all()


def with_numbers(project_ids: Collection[int]) -> Sequence[PdsaCycle]:
    """Cycles of these projects that predict a number, and their predictions: two statements."""
    if not project_ids:
        return []
    has_number = (
        select(Prediction.id)
        .where(Prediction.cycle_id == PdsaCycle.id, Prediction.value.is_not(None))
        .exists()
    )
    return db.session.scalars(
        select(PdsaCycle)
        .where(
            PdsaCycle.project_id.in_(project_ids),
            PdsaCycle.deleted_at.is_(None),
            has_number,
        )
        .options(selectinload(PdsaCycle.predictions))
        .order_by(PdsaCycle.project_id, PdsaCycle.number)
    ).all()


def notes(cycle: PdsaCycle) -> Sequence[CycleNote]:
    """What was logged while a cycle ran, the earliest first, with who wrote it."""
    return db.session.scalars(
        select(CycleNote)
        .where(CycleNote.cycle_id == cycle.id, CycleNote.deleted_at.is_(None))
        .options(joinedload(CycleNote.by))
        .order_by(CycleNote.happened_on, CycleNote.id)
    ).all()


def deleted_note(project_id: int, note_id: int) -> CycleNote:
    """A note that was taken away. Aborts with 404 when there is none."""
    note: CycleNote = db.one_or_404(
        select(CycleNote).where(
            CycleNote.id == note_id,
            CycleNote.project_id == project_id,
            is_restorable(CycleNote),
        )
    )
    return note


def of_projects(project_ids: Collection[int]) -> Sequence[PdsaCycle]:
    """All cycles of these projects, each project's in order."""
    return db.session.scalars(
        select(PdsaCycle)
        .where(PdsaCycle.project_id.in_(project_ids), PdsaCycle.deleted_at.is_(None))
        .order_by(PdsaCycle.project_id, PdsaCycle.number)
    ).all()


def next_number(project_id: int) -> int:
    """Number of the next cycle; numbers of deleted cycles are not used again."""
    last = db.session.scalar(
        select(func.max(PdsaCycle.number)).where(PdsaCycle.project_id == project_id)
    )
    return (last or 0) + 1


def following(cycle: PdsaCycle) -> Sequence[PdsaCycle]:
    """The cycles that were planned from this one."""
    return db.session.scalars(
        select(PdsaCycle)
        .where(PdsaCycle.parent_id == cycle.id, PdsaCycle.deleted_at.is_(None))
        .order_by(PdsaCycle.number)
    ).all()


def deleted(project_id: int, cycle_id: int) -> PdsaCycle:
    """A deleted cycle of a project. Aborts with 404 when there is none."""
    cycle: PdsaCycle = db.one_or_404(
        select(PdsaCycle).where(
            PdsaCycle.id == cycle_id,
            PdsaCycle.project_id == project_id,
            is_restorable(PdsaCycle),
        )
    )
    return cycle
