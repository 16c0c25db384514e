"""What a team does with its documents and links. Every function runs inside a unit of work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from tracker import audit
from tracker.blobs import services as blobs
from tracker.blobs.papers import TYPES, Paper
from tracker.db import db, utcnow
from tracker.projects.services import touch

from . import queries
from .domain import MOST_IN_A_PROJECT, PaperKind, size_in_words
from .models import Attachment, AttachmentFile

if TYPE_CHECKING:
    from tracker.auth.models import User
    from tracker.projects.models import Project


class Full(RuntimeError):
    """The files of the project take all the room there is. The message is for the person."""


def add_file(
    project: Project, paper: Paper, *, title: str, kind: PaperKind, by: User
) -> Attachment:
    """Put a document with the project. Raises Full."""
    attachment = Attachment(project_id=project.id, title=title, kind=kind, by_id=by.id)
    db.session.add(attachment)
    db.session.flush()
    kept = _keep(attachment, paper, by)
    audit.record("attachment.added", of=attachment, by=by, detail={"title": title, **_told(kept)})
    return _touched(attachment)


def add_link(project: Project, url: str, *, title: str, kind: PaperKind, by: User) -> Attachment:
    """Put a link with the project, to an address that was checked."""
    attachment = Attachment(project_id=project.id, title=title, kind=kind, url=url, by_id=by.id)
    db.session.add(attachment)
    audit.record("attachment.added", of=attachment, by=by, detail={"title": title, "link": url})
    return _touched(attachment)


def replace(attachment: Attachment, paper: Paper, *, by: User) -> AttachmentFile:
    """Put a newer version in front of those that are there, which stay. Raises Full."""
    attachment.changed_at = utcnow()
    kept = _keep(attachment, paper, by)
    audit.record(
        "attachment.replaced",
        of=attachment,
        by=by,
        detail={"title": attachment.title, "version": kept.number, **_told(kept)},
    )
    _touched(attachment)
    return kept


def change(
    attachment: Attachment, *, title: str, kind: PaperKind, url: str | None = None, by: User
) -> Attachment:
    """Call it otherwise; of a link also where it leads."""
    attachment.title, attachment.kind = title, kind
    if url is not None:
        attachment.url = url
    if told := audit.changes(attachment):
        attachment.changed_at = utcnow()
        audit.record("attachment.changed", of=attachment, by=by, detail=told)
    return _touched(attachment)


def delete(attachment: Attachment, *, by: User) -> None:
    """Take a document or link away with all its versions; it can come back for 30 days."""
    attachment.deleted_at, attachment.deleted_by_id = utcnow(), by.id
    audit.record("attachment.deleted", of=attachment, by=by, detail={"title": attachment.title})
    _touched(attachment)


def restore(attachment: Attachment, *, by: User) -> Attachment:
    """Put a document or link back."""
    attachment.deleted_at = attachment.deleted_by_id = None
    audit.record("attachment.restored", of=attachment, by=by, detail={"title": attachment.title})
    return _touched(attachment)


def _keep(attachment: Attachment, paper: Paper, by: User) -> AttachmentFile:
    used = queries.bytes_used(attachment.project_id)
    if used + len(paper.data) > MOST_IN_A_PROJECT:
        raise Full(
            f"The project's files take {size_in_words(used)} of "
            f"{size_in_words(MOST_IN_A_PROJECT)}. Link to this one where it is kept instead"
        )
    last = db.session.scalar(
        select(func.max(AttachmentFile.number)).where(AttachmentFile.attachment_id == attachment.id)
    )
    kept = AttachmentFile(
        project_id=attachment.project_id,
        attachment_id=attachment.id,
        number=(last or 0) + 1,
        blob_id=blobs.keep(paper.data, TYPES[paper.ending]).id,
        ending=paper.ending,
        name=paper.name,
        by_id=by.id,
    )
    db.session.add(kept)
    db.session.flush()
    return kept


def _told(kept: AttachmentFile) -> dict[str, str]:
    return {"file": kept.name, "kind": kept.ending, "size": size_in_words(kept.blob.size)}


def _touched(attachment: Attachment) -> Attachment:
    db.session.flush()
    touch(attachment.project_id)
    return attachment
