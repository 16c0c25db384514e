"""Rounds of answers. A round is added and never edited, so that two can be compared."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.auth.models import User
from tracker.db import Base, SoftDeleted, Uid, utcnow, word
from tracker.projects.models import Project

from . import domain
from .domain import Said, Sheet


class Round(Uid, SoftDeleted, Base):
    """What a team said to all questions of a sheet on one day."""

    __tablename__ = "sustaining_round"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    sheet: Mapped[Sheet] = mapped_column(word(Sheet))
    on: Mapped[date]
    note: Mapped[str] = mapped_column(default="")
    """Who was there, and what was said of the whole."""
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=utcnow)

    project: Mapped[Project] = relationship()
    by: Mapped[User] = relationship(foreign_keys=[by_id])
    answers: Mapped[list[Answer]] = relationship(order_by="Answer.id")

    @property
    def said(self) -> Said:
        """The answers as the comparison takes them."""
        return Said(self.on, {a.key: domain.Answer(a.key, a.level, a.note) for a in self.answers})


class Answer(Base):
    """What was said to one question; with an empty `level` only a note."""

    __tablename__ = "sustaining_answer"
    __table_args__ = (UniqueConstraint("round_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    round_id: Mapped[int] = mapped_column(ForeignKey("sustaining_round.id", ondelete="CASCADE"))
    key: Mapped[str]
    level: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
