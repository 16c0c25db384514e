"""Removing for good what was deleted more than 30 days ago. Runs inside a unit of work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Text, cast, delete, select, update

from tracker import audit
from tracker.adoption.models import TrainingRecord
from tracker.attachments.models import Attachment, AttachmentFile
from tracker.auth.models import Membership
from tracker.blobs.models import Blob
from tracker.case_studies.models import CaseStudy, Picture, Published
from tracker.charter.models import EqualityGroup, Involvement
from tracker.comments.models import Comment
from tracker.db import RESTORABLE_FOR, SoftDeleted, db, indexing, search
from tracker.drivers.models import ChangeIdea, Driver
from tracker.measures.models import Annotation, Measure, SignalExplanation
from tracker.pdsa.models import CycleNote, PdsaCycle, Prediction
from tracker.projects.models import Aim, Project
from tracker.risks.models import Risk
from tracker.stakeholders.models import Stakeholder, StakeholderLink
from tracker.sustaining.models import Round
from tracker.tasks.models import Task

KINDS: tuple[tuple[type[SoftDeleted], str], ...] = (
    (Project, "project"),
    (PdsaCycle, "pdsa"),
    (CycleNote, "note"),
    (Task, "task"),
    (Measure, "measure"),
    (Driver, "driver"),
    (ChangeIdea, "idea"),
    (Risk, "risk"),
    (Attachment, "attachment"),
    (Stakeholder, "stakeholder"),
    (StakeholderLink, "stakeholder_link"),
    (Round, "sustaining"),
    (Annotation, "annotation"),
    (SignalExplanation, "signal"),
    (EqualityGroup, "equality"),
    (Involvement, "involvement"),
    (Comment, "comment"),
    (TrainingRecord, "training"),
    (CaseStudy, "case_study"),
)
"""The order matters: a project takes its parts with it, and a measure its events."""


def purge(now: datetime) -> dict[str, int]:
    """Remove what can no longer be restored, with all that belongs to it; kind to how many.

    The history keeps that each was there, and that it was removed; no text of it remains.
    """
    counts: dict[str, int] = {}
    for model, word in KINDS:
        rows = _too_old(model, now)
        ids = [row.id for row in rows]
        if ids:
            _let_go(model, ids)
            _remove(model, ids)
        for row in rows:
            audit.record(f"{word}.purged", of=row, by=None)
        counts[word] = len(ids)
    db.session.flush()
    _remove_bytes(now)
    indexing.tidy()
    return counts


def _remove_bytes(now: datetime) -> None:
    """Remove the bytes of uploads that nothing holds any more: no draft, document or publication.

    What was published names its pictures by their hash. What came in the last days is left: it may
    be on its way.
    """
    loose = db.session.execute(
        select(Blob.id, Blob.sha256).where(
            Blob.created_at < now - RESTORABLE_FOR,
            ~select(Picture.id).where(Picture.blob_id == Blob.id).exists(),
            ~select(AttachmentFile.id).where(AttachmentFile.blob_id == Blob.id).exists(),
        )
    ).all()
    for blob_id, sha256 in loose:
        shown = select(Published.id).where(cast(Published.body, Text).contains(sha256)).limit(1)
        if db.session.scalar(shown) is None:
            _remove(Blob, [blob_id])


def _too_old(model: type[SoftDeleted], now: datetime) -> Sequence[Any]:
    return db.session.scalars(
        select(model).where(model.deleted_at.is_not(None), model.deleted_at < now - RESTORABLE_FOR)
    ).all()


def _let_go(model: type[SoftDeleted], ids: list[int]) -> None:
    """Loosen what points at these rows and stays, or would not go with them."""
    if model is Project:
        _run(delete(Membership).where(Membership.project_id.in_(ids)))
        search.forget_projects(ids)
        return
    if model is PdsaCycle:
        # What was tested after it stays, and no longer says after what.
        _run(update(PdsaCycle).where(PdsaCycle.parent_id.in_(ids)).values(parent_id=None))
    if model is Measure:
        _run(update(Aim).where(Aim.measure_id.in_(ids)).values(measure_id=None))
        _in_words(ids)
    kind = model.__tablename__  # type: ignore[attr-defined]
    _run(delete(Comment).where(Comment.subject_kind == kind, Comment.subject_id.in_(ids)))


def _in_words(measure_ids: list[int]) -> None:
    """A prediction for a measure that goes becomes one in words: what was expected stays."""
    rows = db.session.execute(
        select(Prediction, Measure.title)
        .join(Measure, Measure.id == Prediction.measure_id)
        .where(Prediction.measure_id.in_(measure_ids))
    ).all()
    for prediction, title in rows:
        expected = f"{title}: {audit.plain(prediction.value)} ({prediction.period})"
        text = f"{prediction.text} {expected}".strip()
        _run(
            update(Prediction)
            .where(Prediction.id == prediction.id)
            .values(text=text, measure_id=None, value=None, period=None)
        )


def _remove(model: type[Any], ids: list[int]) -> None:
    _run(delete(model).where(model.id.in_(ids)))


def _run(statement: Any) -> None:
    db.session.execute(statement, execution_options={"synchronize_session": False})
