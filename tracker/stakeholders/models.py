"""Stakeholders, how their stance changed, when they were spoken to, and what flows between them."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.auth.models import User
from tracker.db import Base, SoftDeleted, Uid, Versioned, word
from tracker.projects.models import Project

from .domain import Group, Kind, Reach, Stance, Way

PERSONAL: dict[str, Any] = {"personal": True}


class Stakeholder(Versioned, Uid, SoftDeleted, Base):
    """A person or a group that matters to a project. What names or judges one is personal."""

    __tablename__ = "stakeholder"
    TOLD_AS: ClassVar = ("stakeholder.changed", "stakeholder.added", "stakeholder.moved")

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    definition_id: Mapped[int | None] = mapped_column(ForeignKey("definition.id"), index=True)
    """The programme's suggestion that it was copied from."""
    kind: Mapped[Kind] = mapped_column(word(Kind))
    name: Mapped[str] = mapped_column(info=PERSONAL)
    organisation: Mapped[str] = mapped_column(default="")
    role: Mapped[str] = mapped_column(default="", info=PERSONAL)
    team_role: Mapped[str] = mapped_column(default="")
    """The part on the team that they play, if any: the map says since when nobody does."""
    group: Mapped[Group | None] = mapped_column(word(Group))
    influence: Mapped[Reach | None] = mapped_column(word(Reach))
    interest: Mapped[Reach | None] = mapped_column(word(Reach))
    now: Mapped[Stance | None] = mapped_column(word(Stance))
    needed: Mapped[Stance | None] = mapped_column(word(Stance))
    action: Mapped[str] = mapped_column(default="", info=PERSONAL)
    owner: Mapped[str] = mapped_column(default="", info=PERSONAL)
    next_contact_on: Mapped[date | None]
    rhythm: Mapped[str] = mapped_column(default="")
    """How often they are spoken to, in words: `Monthly`."""
    lived_experience: Mapped[bool] = mapped_column(default=False)
    notes: Mapped[str] = mapped_column(default="", info=PERSONAL)

    project: Mapped[Project] = relationship()


class StakeholderStance(Base):
    """Where somebody stood, and was needed, from a day on. Rows are added and never changed."""

    __tablename__ = "stakeholder_stance"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    stakeholder_id: Mapped[int] = mapped_column(
        ForeignKey("stakeholder.id", ondelete="CASCADE"), index=True
    )
    on: Mapped[date]
    now: Mapped[Stance | None] = mapped_column(word(Stance))
    needed: Mapped[Stance | None] = mapped_column(word(Stance))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)

    stakeholder: Mapped[Stakeholder] = relationship()
    by: Mapped[User | None] = relationship()


class StakeholderContact(Base):
    """Somebody was spoken to. Rows are added and never changed: what was wrong is said again."""

    __tablename__ = "stakeholder_contact"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    stakeholder_id: Mapped[int] = mapped_column(
        ForeignKey("stakeholder.id", ondelete="CASCADE"), index=True
    )
    on: Mapped[date]
    who: Mapped[str] = mapped_column(info=PERSONAL)
    """Who of the team spoke to them."""
    way: Mapped[Way] = mapped_column(word(Way))
    outcome: Mapped[str] = mapped_column(info=PERSONAL)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)

    stakeholder: Mapped[Stakeholder] = relationship()


class StakeholderLink(Versioned, Uid, SoftDeleted, Base):
    """Something flows from one to another: each a stakeholder on the map, or a service by name."""

    __tablename__ = "stakeholder_link"
    __table_args__ = (
        CheckConstraint("(source_id IS NULL) = (source_name <> '')", name="from_one"),
        CheckConstraint("(target_id IS NULL) = (target_name <> '')", name="to_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    source_id: Mapped[int | None] = mapped_column(
        ForeignKey("stakeholder.id", ondelete="CASCADE"), index=True
    )
    source_name: Mapped[str] = mapped_column(default="", info=PERSONAL)
    target_id: Mapped[int | None] = mapped_column(
        ForeignKey("stakeholder.id", ondelete="CASCADE"), index=True
    )
    target_name: Mapped[str] = mapped_column(default="", info=PERSONAL)
    flows: Mapped[str] = mapped_column(info=PERSONAL)
    """What goes from the one to the other: referrals, figures, advice."""

    project: Mapped[Project] = relationship()
    source: Mapped[Stakeholder | None] = relationship(foreign_keys=[source_id])
    target: Mapped[Stakeholder | None] = relationship(foreign_keys=[target_id])

    @property
    def source_called(self) -> str:
        return self.source.name if self.source is not None else self.source_name

    @property
    def target_called(self) -> str:
        return self.target.name if self.target is not None else self.target_name
