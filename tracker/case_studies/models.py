"""Case studies on their way, and the frozen copies that others read."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.auth.models import User
from tracker.blobs.models import Blob
from tracker.db import Base, SoftDeleted, Uid, Versioned, utcnow, word
from tracker.organisations.models import Organisation
from tracker.projects.models import Project

from .domain import CaseStudyStatus, Intervention, Outcome, Readers, ReviewDecision, Setting


class CaseStudy(Versioned, Uid, SoftDeleted, Base):
    """A team's case study in a form of its programme. `answers` are Markdown by heading key.

    `definition_id` is the stored copy of the form: a draft keeps the headings it was begun in.
    """

    __tablename__ = "case_study"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    definition_id: Mapped[int] = mapped_column(ForeignKey("definition.id"), index=True)
    title: Mapped[str]
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    drafted: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """What was written under each heading from the project, to tell it from a person's words."""
    measures: Mapped[list[int]] = mapped_column(JSON, default=list)
    """Ids of the measures whose charts stand in it."""
    authors: Mapped[str] = mapped_column(default="", info={"personal": True})
    """One a line, in the order in which they are named: a name, a comma, what they are."""
    setting: Mapped[Setting | None] = mapped_column(word(Setting))
    intervention: Mapped[Intervention | None] = mapped_column(word(Intervention))
    outcome: Mapped[Outcome | None] = mapped_column(word(Outcome))
    did_not_work: Mapped[str] = mapped_column(default="")
    key_learning: Mapped[str] = mapped_column(default="")
    """One line, for lists and the quarterly report."""
    period_from: Mapped[date | None]
    period_to: Mapped[date | None]
    readers: Mapped[Readers] = mapped_column(word(Readers), default=Readers.ORGANISATION)
    status: Mapped[CaseStudyStatus] = mapped_column(
        word(CaseStudyStatus), default=CaseStudyStatus.DRAFT
    )
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    """Who sent it for review last: nobody reviews what they sent."""
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    changed_at: Mapped[datetime] = mapped_column(default=utcnow)

    project: Mapped[Project] = relationship()
    pictures: Mapped[list[Picture]] = relationship(order_by="Picture.id")


class Review(Base):
    """What a coach or PSC manager said of a draft. Rows are added, never edited."""

    __tablename__ = "case_study_review"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    case_study_id: Mapped[int] = mapped_column(
        ForeignKey("case_study.id", ondelete="CASCADE"), index=True
    )
    decision: Mapped[ReviewDecision] = mapped_column(word(ReviewDecision))
    note: Mapped[str] = mapped_column(default="")
    notes: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """Beside headings: heading key to what was said of it."""
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=utcnow)

    by: Mapped[User] = relationship()


class Consent(Base):
    """Somebody agreed that these readers may read it. Rows are added, never edited."""

    __tablename__ = "case_study_consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    case_study_id: Mapped[int] = mapped_column(
        ForeignKey("case_study.id", ondelete="CASCADE"), index=True
    )
    who: Mapped[str] = mapped_column(info={"personal": True})
    role: Mapped[str]
    """As what they agreed: sponsor, Patient Safety Partner, Caldicott Guardian."""
    readers: Mapped[Readers] = mapped_column(word(Readers))
    on: Mapped[date]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=utcnow)


class Picture(Base):
    """A picture of a draft, under one of its headings."""

    __tablename__ = "case_study_picture"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    case_study_id: Mapped[int] = mapped_column(
        ForeignKey("case_study.id", ondelete="CASCADE"), index=True
    )
    blob_id: Mapped[int] = mapped_column(ForeignKey("blob.id"), index=True)
    heading: Mapped[str] = mapped_column(default="")
    alt: Mapped[str]
    caption: Mapped[str] = mapped_column(default="")

    blob: Mapped[Blob] = relationship()
    case_study: Mapped[CaseStudy] = relationship(back_populates="pictures")
    project: Mapped[Project] = relationship()


class Published(Uid, Base):
    """What was published: a frozen copy with an address of its own. Its body never changes.

    `body` holds all that a reader sees: headings with their words, charts as drawn with their
    tables, pictures by the hash of their bytes, authors, names of places, and the citation. It
    stays when its project is removed for good.
    """

    __tablename__ = "case_study_version"
    __table_args__ = (
        UniqueConstraint("case_study_id", "number"),
        CheckConstraint(
            "withdrawn_at IS NULL OR withdrawn_reason <> ''", name="withdrawn_with_reason"
        ),
        Index("ix_case_study_version_published_at_id", "published_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int | None] = mapped_column(
        ForeignKey("project.id", ondelete="SET NULL"), index=True
    )
    case_study_id: Mapped[int | None] = mapped_column(
        ForeignKey("case_study.id", ondelete="SET NULL")
    )
    number: Mapped[int]
    programme: Mapped[str | None] = mapped_column(index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    psc_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    title: Mapped[str]
    key_learning: Mapped[str] = mapped_column(default="")
    did_not_work: Mapped[str] = mapped_column(default="")
    """Its first words without marks, for cards; empty when it does not say."""
    setting: Mapped[Setting | None] = mapped_column(word(Setting))
    intervention: Mapped[Intervention | None] = mapped_column(word(Intervention))
    outcome: Mapped[Outcome | None] = mapped_column(word(Outcome))
    readers: Mapped[Readers] = mapped_column(word(Readers))
    body: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)
    cleared: Mapped[list[Any]] = mapped_column(JSON, default=list, deferred=True)
    """What was caught before publishing, and why a person said it is right. Not for readers."""
    published_at: Mapped[datetime] = mapped_column(default=utcnow)
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str] = mapped_column(default="")
    is_superseded: Mapped[bool] = mapped_column(default=False)
    """A later version of the same case study is there."""
    is_demo: Mapped[bool] = mapped_column(default=False)

    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id])
    psc: Mapped[Organisation | None] = relationship(foreign_keys=[psc_id])


class PublicReading(Base):
    """An organisation said whether its case studies may be public. Rows are added, never edited."""

    __tablename__ = "public_reading"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    is_allowed: Mapped[bool]
    from_date: Mapped[date]
    reason: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=utcnow)

    by: Mapped[User | None] = relationship()
