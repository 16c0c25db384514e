"""A comment beside a project, its aim, a measure or a cycle."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.auth.models import User
from tracker.db import Base, SoftDeleted, Uid, utcnow
from tracker.projects.models import Aim, Project

subjects: dict[str, type[Base]] = {"project": Project, "aim": Aim}
"""What a comment can stand beside, by table; features above add theirs."""


class Comment(Uid, SoftDeleted, Base):
    """What one person wrote to a team, beside the row that `subject_kind` and `subject_id` name."""

    __tablename__ = "comment"
    __table_args__ = (
        Index("ix_comment_project_id_at", "project_id", "at"),
        Index("ix_comment_subject", "subject_kind", "subject_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    field: Mapped[str] = mapped_column(default="")
    body: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=utcnow)

    by: Mapped[User] = relationship(foreign_keys=[by_id])
    project: Mapped[Project] = relationship()
