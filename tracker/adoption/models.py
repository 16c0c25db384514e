"""Ratings against a programme's rubrics, what they rest on, and the units they are of."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.auth.models import User
from tracker.db import Base, SoftDeleted, Uid, utcnow, word
from tracker.organisations.models import Organisation
from tracker.plugin_api import PhaseStatus
from tracker.projects.models import Project

from .domain import EvidenceKind, Side


class AdoptionUnit(Base):
    """An organisation, site, ICB or place in which a programme's adoption is followed, dated.

    The units in scope on a day are the denominator of every roll-up on that day. Rows end; they
    are not edited or removed.
    """

    __tablename__ = "adoption_unit"
    __table_args__ = (
        UniqueConstraint("programme", "organisation_id", "starts_on"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme: Mapped[str]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    setting: Mapped[str] = mapped_column(default="")
    """Kind of unit, as rows of the matrix are grouped: "Neonatal intensive care unit"."""
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    """The last day."""
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)

    organisation: Mapped[Organisation] = relationship()


class Rating(Uid, Base):
    """A level, on a day, by the team or by its coach. Rows are added, never edited.

    Of a project when it has no organisation; else of an element at an organisation (or of the
    organisation itself, with no element), with the project whose evidence it rests on, if any.
    `definition_id` is the stored copy of the rubric: past ratings keep its labels.
    """

    __tablename__ = "rating"
    __table_args__ = (
        CheckConstraint("project_id IS NOT NULL OR organisation_id IS NOT NULL", name="of_what"),
        Index("ix_rating_pair", "definition_id", "organisation_id", "element", "on"),
        Index("ix_rating_project", "project_id", "definition_id", "on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    definition_id: Mapped[int] = mapped_column(ForeignKey("definition.id"))
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    element: Mapped[str] = mapped_column(default="")
    level: Mapped[str]
    """Key of a stage of the rubric, or `not_applicable`."""
    on: Mapped[date]
    side: Mapped[Side] = mapped_column(word(Side))
    note: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    """Why it fell, why it differs from what the data support, or why evidence is lacking."""
    unmet: Mapped[list[str]] = mapped_column(JSON, default=list)
    """What the level asks for and was not there when it was given."""
    proposed: Mapped[Decimal | None]
    """The score that the data supported when it was given."""
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=utcnow)

    by: Mapped[User | None] = relationship()
    project: Mapped[Project | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    evidence: Mapped[list[RatingEvidence]] = relationship(order_by="RatingEvidence.id")


class RatingEvidence(Base):
    """One thing a rating rests on: a row of the project, or words."""

    __tablename__ = "rating_evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    rating_id: Mapped[int] = mapped_column(ForeignKey("rating.id", ondelete="CASCADE"), index=True)
    kind: Mapped[EvidenceKind] = mapped_column(word(EvidenceKind))
    cycle_id: Mapped[int | None] = mapped_column(
        ForeignKey("pdsa_cycle.id", ondelete="SET NULL"), index=True
    )
    measure_id: Mapped[int | None] = mapped_column(
        ForeignKey("measure.id", ondelete="SET NULL"), index=True
    )
    training_record_id: Mapped[int | None] = mapped_column(
        ForeignKey("training_record.id", ondelete="SET NULL"), index=True
    )
    published_id: Mapped[int | None] = mapped_column(
        ForeignKey("case_study_version.id", ondelete="SET NULL"), index=True
    )
    text: Mapped[str] = mapped_column(default="")
    """Title of the row as it was, or the note, or what the document is and where it lies."""


class TrainingRecord(Uid, SoftDeleted, Base):
    """Training that was given at a place: who gave it, what, when, to how many of which role."""

    __tablename__ = "training_record"
    __table_args__ = (
        CheckConstraint("people >= 1", name="somebody"),
        Index("ix_training_record_place", "programme", "organisation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme: Mapped[str]
    element: Mapped[str] = mapped_column(default="")
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    project_id: Mapped[int | None] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    given_by: Mapped[str]
    what: Mapped[str]
    on: Mapped[date]
    people: Mapped[int]
    role: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=utcnow)

    organisation: Mapped[Organisation] = relationship()


class PhaseMark(Base):
    """How a phase of a pathway stands at an organisation. Rows are added; the last one holds."""

    __tablename__ = "phase_mark"
    __table_args__ = (
        CheckConstraint(
            "ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name="ends_after"
        ),
        Index("ix_phase_mark_place", "definition_id", "organisation_id", "phase"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    definition_id: Mapped[int] = mapped_column(ForeignKey("definition.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    project_id: Mapped[int | None] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    phase: Mapped[str]
    path: Mapped[str] = mapped_column(default="")
    status: Mapped[PhaseStatus] = mapped_column(word(PhaseStatus))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    on: Mapped[date]
    note: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=utcnow)

    by: Mapped[User | None] = relationship()
