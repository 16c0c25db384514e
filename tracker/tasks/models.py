"""Who does what, where and when: one table, whether a task is of a cycle's plan or of none."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.auth.models import User
from tracker.db import Base, SoftDeleted, Uid, Versioned
from tracker.projects.models import Project

if TYPE_CHECKING:
    from tracker.pdsa.models import PdsaCycle


class Task(Versioned, Uid, SoftDeleted, Base):
    """Something to do. `who` is a name; where it is that of one on the team with an account,
    `user_id` is whose list of tasks it is on."""

    __tablename__ = "task"
    __table_args__ = (
        CheckConstraint("done_by_id IS NULL OR done_on IS NOT NULL", name="done_by_somebody"),
    )
    TOLD: ClassVar = ("what", "who", "where", "due_on", "done_on")
    """What the plan of a cycle tells of it."""
    TOLD_AS: ClassVar = ("task.",)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    cycle_id: Mapped[int | None] = mapped_column(
        ForeignKey("pdsa_cycle.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int] = mapped_column(default=0)
    """Its place in the plan of its cycle."""
    what: Mapped[str]
    who: Mapped[str] = mapped_column(default="", info={"personal": True})
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    where: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)

    project: Mapped[Project] = relationship()
    cycle: Mapped[PdsaCycle | None] = relationship(back_populates="tasks")
    done_by: Mapped[User | None] = relationship(foreign_keys=[done_by_id])

    @property
    def is_done(self) -> bool:
        """Whether somebody has ticked it off."""
        return self.done_on is not None

    @property
    def is_past(self) -> bool:
        """Done, or of a cycle that has been decided on: nobody waits for it any more."""
        return self.is_done or (self.cycle is not None and self.cycle.is_decided)
