"""A comment beside a project, its aim, a measure or a cycle."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.auth.models import User
from tracker.db import Base, SoftDeleted, Uid, utcnow
from tracker.projects.models import Aim, Project

subjects: dict[str, type[Base]] = {"project": Project, "aim": Aim}
"""What a comment can stand beside, by table; features above add theirs."""

Fields = Sequence[tuple[str, str]]
"""What of a row can be commented on, in the order it is read: a name that stays, and its words."""

fields_of: dict[str, Callable[[Any], Fields]] = {
    "project": lambda project: (
        ("title", "Title"),
        ("problem", "Problem"),
        ("background", "Background"),
        ("scope", "Scope"),
        ("reports_to", "Governance"),
        ("programme", "Programme"),
        ("sites", "Sites"),
        ("team", "Team"),
        ("sharing", "Who can read it"),
        ("closing_note", "How it ended"),
    ),
    "aim": lambda aim: (
        ("measure", "What"),
        ("population", "For whom"),
        ("place", "Where"),
        ("baseline", "Baseline"),
        ("target", "Target"),
        ("by", "By when"),
    ),
}
"""The fields of each kind of row; features above add theirs."""


class Comment(Uid, SoftDeleted, Base):
    """What one person wrote to a team, beside the row that `subject_kind` and `subject_id` name."""

    __tablename__ = "comment"
    __table_args__ = (
        Index("ix_comment_project_id_at", "project_id", "at"),
        Index("ix_comment_subject", "subject_kind", "subject_id"),
        CheckConstraint(
            "(resolved_at IS NULL) = (resolved_by_id IS NULL)", name="resolved_by_somebody"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    field: Mapped[str] = mapped_column(default="")
    body: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    role: Mapped[str] = mapped_column(default="")
    """What the writer was to the project on that day, in words."""
    at: Mapped[datetime] = mapped_column(default=utcnow)
    resolved_at: Mapped[datetime | None]
    resolved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)

    by: Mapped[User] = relationship(foreign_keys=[by_id])
    resolved_by: Mapped[User | None] = relationship(foreign_keys=[resolved_by_id])
    project: Mapped[Project] = relationship()


class CommentReader(Base):
    """Up to when somebody has read what others wrote to their projects."""

    __tablename__ = "comment_reader"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    read_at: Mapped[datetime]
