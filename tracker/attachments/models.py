"""Documents and links of a project."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.auth.models import User
from tracker.blobs.models import Blob
from tracker.db import Base, SoftDeleted, Uid, Versioned, utcnow, word
from tracker.projects.models import Project

from .domain import PaperKind


class Attachment(Versioned, Uid, SoftDeleted, Base):
    """A document, whose files are its versions; or a link, with `url` and no version."""

    __tablename__ = "attachment"
    TOLD_AS: ClassVar = ("attachment.",)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[PaperKind] = mapped_column(word(PaperKind))
    title: Mapped[str]
    url: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    added_at: Mapped[datetime] = mapped_column(default=utcnow)
    changed_at: Mapped[datetime] = mapped_column(default=utcnow)

    project: Mapped[Project] = relationship()
    by: Mapped[User] = relationship(foreign_keys=[by_id])
    files: Mapped[list[AttachmentFile]] = relationship(order_by="AttachmentFile.number.desc()")
    """The newest first."""

    @property
    def is_link(self) -> bool:
        """Whether it stands somewhere else on the web."""
        return bool(self.url)


class AttachmentFile(Base):
    """One version of a document. Rows are added, never edited."""

    __tablename__ = "attachment_file"
    __table_args__ = (UniqueConstraint("attachment_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id", ondelete="CASCADE"))
    number: Mapped[int]
    blob_id: Mapped[int] = mapped_column(ForeignKey("blob.id"), index=True)
    ending: Mapped[str]
    """What it was found to be, of `blobs.papers.TYPES`: decides as what it is handed out."""
    name: Mapped[str]
    """What the person's own file was called."""
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=utcnow)

    blob: Mapped[Blob] = relationship()
    by: Mapped[User] = relationship()
