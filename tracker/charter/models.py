"""What was decided on a charter, the groups of an equality assessment, and who co-produced."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.auth.models import User
from tracker.db import Base, SoftDeleted, Uid, Versioned, utcnow, word
from tracker.projects.models import Project

from .domain import About, Copy, Verdict, from_json


class Decision(Base):
    """Who approved a charter, or sent it back, or signed an assessment off, as it then stood.

    Rows are added, never edited. They are not sealed like the history: a project that is removed
    for good takes them along, and an erased name goes from the copy.
    """

    __tablename__ = "charter_decision"
    __table_args__ = (
        Index("ix_charter_decision_project_id_about", "project_id", "about"),
        CheckConstraint("verdict = 'approved' OR reason <> ''", name="refused_with_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    about: Mapped[About] = mapped_column(word(About))
    verdict: Mapped[Verdict] = mapped_column(word(Verdict))
    reason: Mapped[str] = mapped_column(default="")
    """Why it was sent back, or what was said on approving it."""
    review_on: Mapped[date | None]
    """By when an assessment is to be looked at again."""
    body: Mapped[list[Any]] = mapped_column(JSON)
    """All that was decided on, word for word: see `domain.as_json`."""
    fingerprint: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    by_as: Mapped[str] = mapped_column(default="")
    """As what they decided: `Executive sponsor`."""
    at: Mapped[datetime] = mapped_column(default=utcnow)

    by: Mapped[User] = relationship()

    @property
    def copy(self) -> Copy:
        """What was decided on."""
        return from_json(self.body)


class EqualityGroup(Versioned, Uid, SoftDeleted, Base):
    """A group of people that the assessment considers: one row each."""

    __tablename__ = "equality_group"
    TOLD_AS: ClassVar = ("equality.",)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str]
    evidence: Mapped[str] = mapped_column(default="")
    impact: Mapped[str] = mapped_column(default="")
    mitigation: Mapped[str] = mapped_column(default="")
    stratum: Mapped[str] = mapped_column(default="")
    """How the charts should be split to see this group: `Deprivation quintile`."""
    measures: Mapped[list[int]] = mapped_column(JSON, default=list)
    """Ids of the measures that show the split."""

    project: Mapped[Project] = relationship()


class Involvement(Versioned, Uid, SoftDeleted, Base):
    """Somebody who is cared for, or speaks for those who are, had a part in the work."""

    __tablename__ = "involvement"
    TOLD_AS: ClassVar = ("involvement.",)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    who: Mapped[str]
    """What they are to the project, never a patient's name."""
    cycles: Mapped[list[int]] = mapped_column(JSON, default=list)
    """Ids of the cycles they had a part in."""
    part: Mapped[str] = mapped_column(default="")
    """What they did."""
    changed: Mapped[str] = mapped_column(default="")
    """What is different because of it."""

    project: Mapped[Project] = relationship()
