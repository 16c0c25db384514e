"""Reads of documents and links."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.auth.models import User
from tracker.blobs.models import Blob
from tracker.db import db, is_restorable

from .models import Attachment, AttachmentFile

if TYPE_CHECKING:
    from tracker.projects.models import Project


def attachments(project: Project) -> Sequence[Attachment]:
    """All of a project with who added what, by title: two statements, and no bytes."""
    files = selectinload(Attachment.files)
    return db.session.scalars(
        select(Attachment)
        .where(Attachment.project_id == project.id, Attachment.deleted_at.is_(None))
        .options(
            joinedload(Attachment.by).load_only(User.name),
            files.joinedload(AttachmentFile.blob).load_only(Blob.size),
            files.joinedload(AttachmentFile.by).load_only(User.name),
        )
        .order_by(func.lower(Attachment.title), Attachment.id)
    ).all()


def file(attachment: Attachment, number: int) -> AttachmentFile | None:
    """One version of a document."""
    return db.session.scalar(
        select(AttachmentFile)
        .where(AttachmentFile.attachment_id == attachment.id, AttachmentFile.number == number)
        .options(joinedload(AttachmentFile.blob).undefer(Blob.data))
    )


def bytes_used(project_id: int) -> int:
    """How much the files of a project take, older versions and deleted ones among them."""
    return (
        db.session.scalar(
            select(func.sum(Blob.size))
            .join(AttachmentFile, AttachmentFile.blob_id == Blob.id)
            .where(AttachmentFile.project_id == project_id)
        )
        or 0
    )


def deleted(project_id: int, attachment_id: int) -> Attachment:
    """A deleted document or link of a project. Aborts with 404 when there is none."""
    found: Attachment = db.one_or_404(
        select(Attachment).where(
            Attachment.id == attachment_id,
            Attachment.project_id == project_id,
            is_restorable(Attachment),
        )
    )
    return found
