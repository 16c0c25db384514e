"""PDSA cycles, and what the team predicted."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, and_
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.orm.attributes import flag_modified

from tracker.auth.models import User
from tracker.db import Base, SoftDeleted, Uid, Versioned, utcnow, word
from tracker.projects.models import Project
from tracker.tasks.models import Task

from .domain import CycleKind, Decision, DoneAsPlanned, Size, Stage, likely_size, stage


class PdsaCycle(Versioned, Uid, SoftDeleted, Base):
    """One test of change: plan, do, study, act. `parent_id` makes the ramp."""

    __tablename__ = "pdsa_cycle"
    __table_args__ = (
        UniqueConstraint("project_id", "number"),
        CheckConstraint("(decision IS NULL) = (decided_on IS NULL)", name="decided_with_date"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    number: Mapped[int]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("pdsa_cycle.id"), index=True)

    title: Mapped[str]
    change_idea: Mapped[str] = mapped_column(default="")
    """The idea in the words of the day it was planned; they stay when it is called otherwise."""
    change_idea_id: Mapped[int | None] = mapped_column(
        ForeignKey("change_idea.id", ondelete="SET NULL"), index=True
    )
    kind: Mapped[CycleKind] = mapped_column(word(CycleKind), default=CycleKind.TEST)
    objective: Mapped[str] = mapped_column(default="")
    questions: Mapped[str] = mapped_column(default="")
    theory: Mapped[str] = mapped_column(default="")
    scale: Mapped[str] = mapped_column(default="")
    size: Mapped[Size | None] = mapped_column(word(Size))
    data_plan: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    done_as_planned: Mapped[DoneAsPlanned | None] = mapped_column(word(DoneAsPlanned))
    observations: Mapped[str] = mapped_column(default="")
    problems: Mapped[str] = mapped_column(default="")

    learned: Mapped[str] = mapped_column(default="")

    decision: Mapped[Decision | None] = mapped_column(word(Decision))
    decided_on: Mapped[date | None]
    next_change: Mapped[str] = mapped_column(default="")
    """What changes next: the reason to adapt, or how an adopted change will be kept going."""

    project: Mapped[Project] = relationship()
    predictions: Mapped[list[Prediction]] = relationship(
        back_populates="cycle", order_by="Prediction.position"
    )
    tasks: Mapped[list[Task]] = relationship(
        primaryjoin=lambda: and_(PdsaCycle.id == Task.cycle_id, Task.deleted_at.is_(None)),
        back_populates="cycle",
        order_by=lambda: (Task.position, Task.id),
    )
    parent: Mapped[PdsaCycle | None] = relationship(remote_side="PdsaCycle.id")

    def changed(self) -> None:
        """Raise the version although only predictions or tasks changed: it guards them too."""
        flag_modified(self, "title")

    @property
    def grown(self) -> Size | None:
        """How big the test is: as chosen, or as its words say."""
        return self.size or likely_size(self.scale)

    @property
    def has_been_done(self) -> bool:
        """Whether anybody has written down what happened."""
        return self.done_as_planned is not None

    @property
    def has_been_studied(self) -> bool:
        """Whether the team has said what it learned."""
        return bool(self.learned)

    @property
    def is_decided(self) -> bool:
        """Whether the change has been adopted, adapted or abandoned."""
        return self.decision is not None

    def stage(self, today: date) -> Stage:
        """Where the cycle stands today."""
        return stage(
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            has_been_done=self.has_been_done,
            has_been_studied=self.has_been_studied,
            is_decided=self.is_decided,
            today=today,
        )


class Prediction(Base):
    """What the team expects: words alone, or a measure, a value and the period it is for.

    Guarded by the cycle's version. A numeric one is scored from the point of that period; one in
    words is judged by the team (`was_met`).
    """

    __tablename__ = "prediction"
    TOLD: ClassVar = ("text", "measure_id", "value", "period")
    __table_args__ = (
        UniqueConstraint("cycle_id", "position"),
        CheckConstraint("(measure_id IS NULL) = (value IS NULL)", name="value_with_measure"),
        CheckConstraint("(measure_id IS NULL) = (period IS NULL)", name="period_with_measure"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    cycle_id: Mapped[int] = mapped_column(
        ForeignKey("pdsa_cycle.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    text: Mapped[str] = mapped_column(default="")
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measure.id"), index=True)
    value: Mapped[Decimal | None]
    period: Mapped[date | None]
    made_on: Mapped[date | None]
    """The day it was first said, or last said otherwise; None when nobody kept it."""
    result: Mapped[str] = mapped_column(default="")
    was_met: Mapped[bool | None]

    cycle: Mapped[PdsaCycle] = relationship(back_populates="predictions")


class CycleNote(SoftDeleted, Base):
    """What somebody saw while a test ran. Others add theirs beside it, never over it."""

    __tablename__ = "cycle_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    cycle_id: Mapped[int] = mapped_column(
        ForeignKey("pdsa_cycle.id", ondelete="CASCADE"), index=True
    )
    happened_on: Mapped[date]
    """The day it happened."""
    what: Mapped[str]
    surprise: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(default=utcnow)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)

    project: Mapped[Project] = relationship()
    cycle: Mapped[PdsaCycle] = relationship()
    by: Mapped[User | None] = relationship(foreign_keys=[by_id])
