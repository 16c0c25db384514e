"""Organisations, the dated links between them, and the closure that answers "who is under"."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base, Uid, Versioned, word

ALWAYS = date(1, 1, 1)
"""Stands for "since before records began" where a column needs a value to compare."""
FOREVER = date(9999, 12, 31)


class OrganisationKind(StrEnum):
    """What an organisation is; the codes say nothing about it."""

    NATIONAL = "national"
    REGION = "region"
    ICB = "icb"
    SUB_ICB = "sub_icb"
    PSC = "psc"
    TRUST = "trust"
    PCN = "pcn"
    PRACTICE = "practice"
    PROVIDER = "provider"
    SITE = "site"
    PLACE = "place"


class LinkKind(StrEnum):
    """`child` is part of, is supported by, or is the successor of `parent`."""

    PART_OF = "part_of"
    SUPPORTED_BY = "supported_by"
    SUCCESSOR_OF = "successor_of"


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
    is_lead: Mapped[bool] = mapped_column(default=False)
    """Of several PSCs that support an ICB, the one whose figures it counts in."""
    valid_from: Mapped[date] = mapped_column(default=ALWAYS)
    valid_to: Mapped[date] = mapped_column(default=FOREVER)


class OrganisationClosure(Base):
    """`descendant` is under `ancestor` from `valid_from` to `valid_to`, itself included.

    A row is one path of `part_of` links, with at most one `supported_by` as its last step; its
    dates are the intersection of the links'. Rebuilt from the links, never edited.
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
    """True for `part_of` paths and for the lead PSC: the paths that roll-ups follow."""
    valid_from: Mapped[date]
    valid_to: Mapped[date]


class OrganisationService(Base):
    """A dated service of an organisation: a maternity provider is a trust with this row."""

    __tablename__ = "organisation_service"
    __table_args__ = (UniqueConstraint("organisation_id", "service", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    service: Mapped[str]
    valid_from: Mapped[date] = mapped_column(default=ALWAYS)
    valid_to: Mapped[date] = mapped_column(default=FOREVER)
