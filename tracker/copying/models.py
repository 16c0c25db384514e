"""Where a project's plan was copied from."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.auth.models import User
from tracker.db import Base, utcnow
from tracker.projects.models import Project


class ProjectCopy(Base):
    """A project was begun from another's plan. The row stays when the origin is removed."""

    __tablename__ = "project_copy"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), unique=True
    )
    origin_id: Mapped[int | None] = mapped_column(
        ForeignKey("project.id", ondelete="SET NULL"), index=True
    )
    parts: Mapped[list[Any]] = mapped_column(JSON)
    """Which were taken."""
    pitfalls: Mapped[list[Any]] = mapped_column(JSON)
    """What did not work there, and why, as it stood on that day."""
    at: Mapped[datetime] = mapped_column(default=utcnow)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)

    by: Mapped[User | None] = relationship()
    project: Mapped[Project] = relationship(foreign_keys=[project_id])
