"""Drivers, change ideas, what hangs under what, and the versions of a diagram."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.orm.attributes import flag_modified

from tracker.auth.models import User
from tracker.db import Base, SoftDeleted, Uid, Versioned, utcnow, word
from tracker.projects.models import Project

from .domain import Level


class Driver(Versioned, Uid, SoftDeleted, Base):
    """What the aim depends on: a primary or secondary driver, or a change concept.

    `version` guards its words, where it hangs and its measures.
    """

    __tablename__ = "driver"
    __table_args__ = (CheckConstraint("level <> 'idea'", name="is_no_idea"),)
    TOLD_AS: ClassVar = ("driver.changed", "driver.added")

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    definition_id: Mapped[int | None] = mapped_column(ForeignKey("definition.id"), index=True)
    """The programme's diagram that it was copied from."""
    level: Mapped[Level] = mapped_column(word(Level))
    text: Mapped[str]
    note: Mapped[str] = mapped_column(default="")

    project: Mapped[Project] = relationship()

    def changed(self) -> None:
        """Raise the version although only its places or measures changed."""
        flag_modified(self, "text")


class ChangeIdea(Versioned, Uid, SoftDeleted, Base):
    """A change that a team may test. Where it stands is said by its cycles and kept nowhere."""

    __tablename__ = "change_idea"
    TOLD_AS: ClassVar = ("idea.changed", "idea.added")
    level: ClassVar = Level.IDEA

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    definition_id: Mapped[int | None] = mapped_column(ForeignKey("definition.id"), index=True)
    """The programme's change idea that it was copied from."""
    text: Mapped[str]
    note: Mapped[str] = mapped_column(default="")

    project: Mapped[Project] = relationship()

    def changed(self) -> None:
        """Raise the version although only its places or measures changed."""
        flag_modified(self, "text")


class DriverLink(Base):
    """A driver or an idea hangs under a driver; without a parent it hangs under the aim.

    The links of what was removed stay, so that it comes back to where it was.
    """

    __tablename__ = "driver_link"
    __table_args__ = (
        UniqueConstraint("parent_id", "child_id"),
        UniqueConstraint("parent_id", "idea_id"),
        CheckConstraint("(child_id IS NULL) <> (idea_id IS NULL)", name="of_one"),
        CheckConstraint("parent_id IS NOT NULL OR idea_id IS NULL", name="ideas_under_drivers"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("driver.id", ondelete="CASCADE"))
    child_id: Mapped[int | None] = mapped_column(
        ForeignKey("driver.id", ondelete="CASCADE"), index=True
    )
    idea_id: Mapped[int | None] = mapped_column(
        ForeignKey("change_idea.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]


class DriverMeasure(Base):
    """A measure hangs on a driver, on an idea or, with neither, on the aim."""

    __tablename__ = "driver_measure"
    __table_args__ = (
        UniqueConstraint("measure_id", "driver_id"),
        UniqueConstraint("measure_id", "idea_id"),
        CheckConstraint("driver_id IS NULL OR idea_id IS NULL", name="on_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id", ondelete="CASCADE"))
    driver_id: Mapped[int | None] = mapped_column(
        ForeignKey("driver.id", ondelete="CASCADE"), index=True
    )
    idea_id: Mapped[int | None] = mapped_column(
        ForeignKey("change_idea.id", ondelete="CASCADE"), index=True
    )


class DriverVersion(Base):
    """The whole diagram after one person's sitting. The last one is the diagram as it stands."""

    __tablename__ = "driver_version"
    __table_args__ = (UniqueConstraint("project_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(default=utcnow)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    why: Mapped[str] = mapped_column(default="")
    """What made it, when that was more than editing: `Version 3 restored`."""
    body: Mapped[dict[str, Any]] = mapped_column(JSON)

    by: Mapped[User | None] = relationship()
