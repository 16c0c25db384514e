"""Risks of a project."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, SoftDeleted, Uid, Versioned, utcnow, word
from tracker.projects.models import Project

from . import domain
from .domain import Band, RiskStatus


class Risk(Versioned, Uid, SoftDeleted, Base):
    """What could go wrong, or has; with who looks after it and when it is looked at again."""

    __tablename__ = "risk"
    __table_args__ = (
        CheckConstraint("likelihood BETWEEN 1 AND 5", name="likelihood_of_five"),
        CheckConstraint("impact BETWEEN 1 AND 5", name="impact_of_five"),
        CheckConstraint("(status = 'closed') = (closed_on IS NOT NULL)", name="closed_with_date"),
    )
    TOLD_AS: ClassVar = ("risk.",)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    what: Mapped[str]
    owner: Mapped[str] = mapped_column(default="", info={"personal": True})
    response: Mapped[str] = mapped_column(default="")
    likelihood: Mapped[int | None]
    impact: Mapped[int | None]
    status: Mapped[RiskStatus] = mapped_column(word(RiskStatus), default=RiskStatus.OPEN)
    review_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    closing_note: Mapped[str] = mapped_column(default="")
    """How it was closed: what made it go away, or why it is borne."""
    added_at: Mapped[datetime] = mapped_column(default=utcnow)
    looked_at: Mapped[datetime] = mapped_column(default=utcnow)
    """When somebody last judged it."""

    project: Mapped[Project] = relationship()

    @property
    def band(self) -> Band | None:
        """Likelihood and impact together."""
        return domain.band(self.likelihood, self.impact)

    @property
    def is_closed(self) -> bool:
        """Whether nobody has to look at it any more."""
        return self.status is RiskStatus.CLOSED
