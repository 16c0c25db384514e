"""A team's improvement project, its aim statement and its people."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, MappedColumn, mapped_column, relationship

from tracker.auth.models import User
from tracker.db import Base, SoftDeleted, Uid, Versioned, utcnow, word
from tracker.organisations.models import Organisation

from .domain import AimDirection, AimParts


class Status(StrEnum):
    """Where the project as a whole stands."""

    ACTIVE = "active"
    FINISHED = "finished"
    STOPPED = "stopped"


class Sharing(StrEnum):
    """Who may read the project; each step adds people to the one before."""

    TEAM = "team"
    ORGANISATION = "organisation"
    NETWORK = "network"
    NATIONAL = "national"


def charter_text() -> MappedColumn[str]:
    """A text of the charter: read where the charter is shown, and by no list."""
    return mapped_column(default="", deferred=True, deferred_group="charter")


class Project(Versioned, Uid, SoftDeleted, Base):
    """One team's improvement work. The PSC is stored: an organisation's PSC may change later."""

    __tablename__ = "project"
    __table_args__ = (
        CheckConstraint("(status = 'active') = (closed_on IS NULL)", name="closed_with_date"),
        Index("ix_project_organisation_id_changed_at", "organisation_id", "changed_at"),
        Index("ix_project_changed_at_id", "changed_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    problem: Mapped[str] = mapped_column(default="")
    background: Mapped[str] = charter_text()
    scope_in: Mapped[str] = charter_text()
    scope_out: Mapped[str] = charter_text()
    reports_to: Mapped[str] = charter_text()
    """Where the project reports, and how often: its governance."""
    programme: Mapped[str | None] = mapped_column(index=True)
    """Key of the national programme it belongs to; None when it belongs to none."""
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    psc_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    status: Mapped[Status] = mapped_column(word(Status), default=Status.ACTIVE)
    sharing: Mapped[Sharing] = mapped_column(word(Sharing), default=Sharing.TEAM)
    is_demo: Mapped[bool] = mapped_column(default=False)
    started_on: Mapped[date]
    closed_on: Mapped[date | None]
    closing_note: Mapped[str] = mapped_column(default="")
    archived_on: Mapped[date | None]
    """Since when the closed project is left out of lists; search still finds it."""
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    changed_at: Mapped[datetime] = mapped_column(default=utcnow)
    """Last time anybody on the team changed anything in it: the order of every list."""

    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id])
    psc: Mapped[Organisation | None] = relationship(foreign_keys=[psc_id])
    aim: Mapped[Aim] = relationship(back_populates="project")

    @property
    def is_closed(self) -> bool:
        """Whether it was finished or stopped: nothing in it changes until it is opened again."""
        return self.status is not Status.ACTIVE


class Aim(Versioned, Uid, Base):
    """The aim statement as its parts; the sentence is composed from them, never parsed.

    `baseline` and `target` are in `unit`. One row a project.
    """

    __tablename__ = "aim"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), unique=True
    )
    direction: Mapped[AimDirection | None] = mapped_column(word(AimDirection))
    measure: Mapped[str] = mapped_column(default="")
    population: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    unit: Mapped[str] = mapped_column(default="%")
    baseline: Mapped[Decimal | None]
    target: Mapped[Decimal | None]
    by: Mapped[date | None]
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measure.id"), index=True)
    """The project's measure that the aim is judged by, once it has been chosen."""

    project: Mapped[Project] = relationship(back_populates="aim")

    @property
    def parts(self) -> AimParts | None:
        """What has been written; None while nothing has."""
        parts = AimParts(
            self.direction,
            self.measure,
            self.population,
            self.place,
            self.unit,
            self.baseline,
            self.target,
            self.by,
        )
        return None if parts == AimParts(unit=self.unit) else parts


class ProjectMember(Versioned, Uid, Base):
    """A person on the team and the part they play in it. Access is a membership, not this row."""

    __tablename__ = "project_member"
    __table_args__ = (
        CheckConstraint("left_on IS NULL OR left_on >= joined_on", name="leaves_after"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    name: Mapped[str] = mapped_column(info={"personal": True})
    """Kept beside the account: a Patient Safety Partner may have none."""
    team_role: Mapped[str]
    joined_on: Mapped[date]
    left_on: Mapped[date | None]
    """The first day without them."""

    user: Mapped[User | None] = relationship()
    project: Mapped[Project] = relationship()


class ProjectSite(Base):
    """A place where the work happens: an organisation's name for it, or an organisation."""

    __tablename__ = "project_site"
    __table_args__ = (UniqueConstraint("project_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str]
