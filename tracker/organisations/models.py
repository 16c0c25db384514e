"""Organisations, their dated links, and the dated closure that answers "everything under"."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, Uid, Versioned, utcnow, word

from .domain import (
    ALWAYS,
    FOREVER,
    LinkKind,
    OrganisationKind,
    QuestionAbout,
    ServiceKind,
    Span,
)

__all__ = [
    "ALWAYS",
    "FOREVER",
    "LinkKind",
    "Organisation",
    "OrganisationClosure",
    "OrganisationKind",
    "OrganisationLink",
    "OrganisationName",
    "OrganisationPlacement",
    "OrganisationQuestion",
    "OrganisationService",
    "QuestionAbout",
    "ServiceKind",
]


class Organisation(Versioned, Uid, Base):
    """A region, ICB, trust, PSC, practice … `valid_to` is the last day it exists."""

    __tablename__ = "organisation"
    __table_args__ = (
        CheckConstraint(
            "valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to", name="ends_after"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[OrganisationKind] = mapped_column(word(OrganisationKind), index=True)
    sector: Mapped[str | None]
    postcode: Mapped[str | None]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    as_at: Mapped[str] = mapped_column(default="")
    """The month of the list it was read from, `2025-07`; empty for one a person added."""
    is_demo: Mapped[bool] = mapped_column(default=False)

    @property
    def span(self) -> Span:
        """The days it exists."""
        return Span(self.valid_from or ALWAYS, self.valid_to or FOREVER)

    def is_open(self, on: date) -> bool:
        """Whether it exists on a day."""
        return on in self.span


class OrganisationLink(Base):
    """A dated link. Links end; they are not edited or removed, but for a placement taken back."""

    __tablename__ = "organisation_link"
    __table_args__ = (
        UniqueConstraint("child_id", "parent_id", "kind", "valid_from"),
        CheckConstraint("child_id <> parent_id", name="not_itself"),
        CheckConstraint("valid_from <= valid_to", name="ends_after"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    child_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    parent_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[LinkKind] = mapped_column(word(LinkKind))
    is_lead: Mapped[bool] = mapped_column(default=True)
    """False for a further parent of the same kind: the child's figures count in the lead only."""
    valid_from: Mapped[date] = mapped_column(default=ALWAYS)
    valid_to: Mapped[date] = mapped_column(default=FOREVER)
    placement_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation_placement.id"), index=True
    )
    """The placement that it began with."""
    ended_placement_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation_placement.id"), index=True
    )
    """The placement that ended it; until then nothing had."""


class OrganisationClosure(Base):
    """`descendant` is under `ancestor` from `valid_from` to `valid_to`, itself included.

    For a pair and a day there is one row at most. Rebuilt from the links by
    `services.rebuild_closure`, never edited; `domain.closure` says which paths count.
    """

    __tablename__ = "organisation_closure"
    __table_args__ = (
        Index("ix_organisation_closure_down", "ancestor_id", "descendant_id", "valid_from"),
        Index("ix_organisation_closure_up", "descendant_id", "ancestor_id", "valid_from"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ancestor_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    descendant_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    is_lead: Mapped[bool]
    """Every link on the path leads: the paths that roll-ups follow."""
    valid_from: Mapped[date]
    valid_to: Mapped[date]


class OrganisationService(Base):
    """A dated service of an organisation: a maternity provider is a trust with this row."""

    __tablename__ = "organisation_service"
    __table_args__ = (UniqueConstraint("organisation_id", "service", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    service: Mapped[ServiceKind] = mapped_column(word(ServiceKind))
    valid_from: Mapped[date] = mapped_column(default=ALWAYS)
    valid_to: Mapped[date] = mapped_column(default=FOREVER)


class OrganisationName(Base):
    """A name that an organisation had; `valid_to` is the last day it had it."""

    __tablename__ = "organisation_name"
    __table_args__ = (UniqueConstraint("organisation_id", "valid_to"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str]
    valid_to: Mapped[date]


class OrganisationQuestion(Base):
    """What the lists leave open about an organisation: shown until a person settles it."""

    __tablename__ = "organisation_question"
    __table_args__ = (UniqueConstraint("organisation_id", "about"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    about: Mapped[QuestionAbout] = mapped_column(word(QuestionAbout))
    text: Mapped[str]
    """What the sources say, and what holds until somebody decides."""
    asked_at: Mapped[datetime] = mapped_column(default=utcnow)
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)

    organisation: Mapped[Organisation] = relationship()


class OrganisationPlacement(Base):
    """A person said, in one press, which successor some parts of a split organisation are under.

    Its links carry its id, so that one press takes it back.
    """

    __tablename__ = "organisation_placement"

    id: Mapped[int] = mapped_column(primary_key=True)
    left_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    """The organisation that was split."""
    into_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    starts_on: Mapped[date]
    number: Mapped[int]
    """How many were chosen; what is under them follows."""
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=utcnow)
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)

    into: Mapped[Organisation] = relationship(foreign_keys=[into_id])
