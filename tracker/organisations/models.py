"""Organisations, their dated links, and the dated closure that answers "everything under"."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base, Uid, Versioned, word

from .domain import ALWAYS, FOREVER, LinkKind, OrganisationKind, ServiceKind, Span

__all__ = [
    "ALWAYS",
    "FOREVER",
    "LinkKind",
    "Organisation",
    "OrganisationClosure",
    "OrganisationKind",
    "OrganisationLink",
    "OrganisationService",
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
    """A dated link. Links end; they are not edited or removed."""

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
