"""Measures, their points and what is written on their charts."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.auth.models import User
from tracker.charts.domain import Words
from tracker.db import Base, SoftDeleted, Uid, Versioned, utcnow, word
from tracker.plugin_api import Cadence, Direction, MeasureKind
from tracker.plugin_api import Chart as ChartKind
from tracker.projects.domain import late_period
from tracker.projects.models import Project
from tracker.safe.dates import name_period

from . import domain
from .importing import PointKind as PointKind


class Measure(Versioned, Uid, SoftDeleted, Base):
    """A project's measure: the operational definition in full, and where its chart stands now.

    `definition_id` points at the stored copy of a programme's definition; None for a local one.
    `data_version` rises with every change of points, phases or baseline, and guards them.
    The `latest_*` and `chart_*` columns are recomputed in the unit of work that changes the data.
    """

    __tablename__ = "measure"
    TOLD_AS: ClassVar = ("measure.",)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    definition_id: Mapped[int | None] = mapped_column(ForeignKey("definition.id"), index=True)
    position: Mapped[int] = mapped_column(default=1)
    title: Mapped[str]
    kind: Mapped[MeasureKind] = mapped_column(word(MeasureKind))
    unit: Mapped[str]
    better: Mapped[Direction] = mapped_column(word(Direction))
    chart: Mapped[ChartKind] = mapped_column(word(ChartKind))
    cadence: Mapped[Cadence] = mapped_column(word(Cadence))
    numerator: Mapped[str]
    denominator: Mapped[str] = mapped_column(default="")
    exclusions: Mapped[str] = mapped_column(default="")
    data_source: Mapped[str] = mapped_column(default="")
    owner: Mapped[str] = mapped_column(default="")
    caption: Mapped[str] = mapped_column(default="")
    """Where a real series came from, or that its figures are made up; printed under the chart."""
    lag_months: Mapped[int] = mapped_column(default=0)
    collected_until: Mapped[date | None]
    """Last period the team collects: nothing is late after it. None while it goes on."""
    multiplier: Mapped[Decimal] = mapped_column(default=Decimal(1))
    """Numerator over denominator times this is the value: 100 for a percentage."""
    target: Mapped[Decimal | None]
    target_by: Mapped[date | None]
    lines_until: Mapped[date | None]
    """Last day of the baseline that the chart's lines are held at; None: all figures make them."""
    data_version: Mapped[int] = mapped_column(default=0)

    points_count: Mapped[int] = mapped_column(default=0)
    latest_period: Mapped[date | None]
    latest_value: Mapped[Decimal | None]
    latest_numerator: Mapped[Decimal | None]
    latest_denominator: Mapped[Decimal | None]
    chart_state: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """Variation, assurance, runs signal and centre of the latest phase, for lists."""

    project: Mapped[Project] = relationship()
    baselines: Mapped[list[Baseline]] = relationship(order_by="Baseline.first_on")
    phases: Mapped[list[Phase]] = relationship(order_by="Phase.starts_on")

    @property
    def has_denominator(self) -> bool:
        """Whether a point is a numerator out of a denominator."""
        return bool(self.denominator)

    @property
    def is_share(self) -> bool:
        """Whether the numerator is part of the denominator, as in a percentage."""
        return self.has_denominator and self.unit.strip().casefold() in domain.PERCENT

    @property
    def words(self) -> Words:
        """How to speak of the measure."""
        return domain.words_of(
            title=self.title,
            unit=self.unit,
            has_denominator=self.has_denominator,
            cadence=self.cadence,
            better=self.better,
        )

    @property
    def shape(self) -> domain.Shape:
        """What an analysis needs to know of it besides its points."""
        return domain.Shape(self.chart, self.better, self.target, self.lines_until)

    def holds_lines(self, baseline: Baseline) -> bool:
        """Whether the chart's lines are worked out from this baseline alone."""
        return self.lines_until == baseline.last_on

    @property
    def period_name(self) -> str:
        """The latest period in words; empty without data."""
        return name_period(self.latest_period, self.cadence) if self.latest_period else ""

    def late_period(self, today: date) -> date | None:
        """First period that should be in by now and is not; None when the data are up to date."""
        return self.late_after(self.latest_period, today)

    def late_after(self, period: date | None, today: date) -> date | None:
        """The period after this one, if it should be in by now."""
        months = domain.MONTHS.get(self.cadence)
        if period is None or months is None:
            return None
        if self.collected_until is not None and period >= self.collected_until:
            return None
        return late_period(period, months=months, lag_months=self.lag_months, today=today)


class Baseline(Base):
    """A named period that a claim of improvement is measured from; a measure may have several."""

    __tablename__ = "baseline"
    __table_args__ = (
        UniqueConstraint("measure_id", "name"),
        CheckConstraint("first_on <= last_on", name="ends_after"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    measure_id: Mapped[int] = mapped_column(
        ForeignKey("measure.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str]
    first_on: Mapped[date]
    last_on: Mapped[date]
    figure: Mapped[Decimal | None]


class Phase(Base):
    """Limits are calculated anew from `starts_on`, for the reason given."""

    __tablename__ = "phase"
    __table_args__ = (UniqueConstraint("measure_id", "starts_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    measure_id: Mapped[int] = mapped_column(
        ForeignKey("measure.id", ondelete="CASCADE"), index=True
    )
    starts_on: Mapped[date]
    name: Mapped[str] = mapped_column(default="")
    reason: Mapped[str]


class FormerDefinition(Base):
    """The national definition that a measure had before it took up a newer version of it.

    Points before `until` were counted by it, and keep its label.
    """

    __tablename__ = "former_definition"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    measure_id: Mapped[int] = mapped_column(
        ForeignKey("measure.id", ondelete="CASCADE"), index=True
    )
    definition_id: Mapped[int] = mapped_column(ForeignKey("definition.id"), index=True)
    until: Mapped[date]
    """First day of the first period that the newer version counts."""
    undo: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """What it replaced, and the `data_version` after it: the way back until that moves."""
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=utcnow)


class Point(Base):
    """What is known of one period, named by its first day; guarded by `Measure.data_version`."""

    __tablename__ = "point"
    __table_args__ = (
        UniqueConstraint("measure_id", "period"),
        CheckConstraint("(kind = 'value') = (value IS NOT NULL)", name="value_when_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id", ondelete="CASCADE"))
    period: Mapped[date]
    kind: Mapped[PointKind] = mapped_column(word(PointKind), default=PointKind.VALUE)
    numerator: Mapped[Decimal | None]
    denominator: Mapped[Decimal | None]
    value: Mapped[Decimal | None]
    is_partial: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(default="")


class ImportColumns(Base):
    """How the columns of a measure's last import were read: proposed for the next."""

    __tablename__ = "import_columns"

    measure_id: Mapped[int] = mapped_column(
        ForeignKey("measure.id", ondelete="CASCADE"), primary_key=True
    )
    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Heading to what it is for, heading to the rows kept by it, how numbers were written."""


class PointChange(Base):
    """The predecessor of a replaced or removed point."""

    __tablename__ = "point_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    measure_id: Mapped[int] = mapped_column(
        ForeignKey("measure.id", ondelete="CASCADE"), index=True
    )
    period: Mapped[date]
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The replaced row: kind, numerator, denominator, value as text."""
    data_version: Mapped[int]
    at: Mapped[datetime] = mapped_column(default=utcnow)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)


class AnnotationKind(StrEnum):
    """What a note on a chart is about."""

    INTERVENTION = "intervention"
    CALENDAR = "calendar"
    DATA_QUALITY = "data_quality"
    POLICY = "policy"


class Annotation(Versioned, Uid, SoftDeleted, Base):
    """An event that the charts of a project show: on one measure, or on all when it names none."""

    __tablename__ = "annotation"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    measure_id: Mapped[int | None] = mapped_column(
        ForeignKey("measure.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[AnnotationKind] = mapped_column(word(AnnotationKind))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    text: Mapped[str]

    project: Mapped[Project] = relationship()


class SignalExplanation(SoftDeleted, Base):
    """What somebody says explains a signal: the one of this rule that holds in this period."""

    __tablename__ = "signal_explanation"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    measure_id: Mapped[int] = mapped_column(
        ForeignKey("measure.id", ondelete="CASCADE"), index=True
    )
    rule: Mapped[str]
    period: Mapped[date]
    text: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=utcnow)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)

    project: Mapped[Project] = relationship()
    measure: Mapped[Measure] = relationship()
    by: Mapped[User | None] = relationship(foreign_keys=[by_id])
    causes: Mapped[list[SignalCause]] = relationship(order_by="SignalCause.id")


class SignalCause(Base):
    """A test or an event that is named as the cause."""

    __tablename__ = "signal_cause"
    __table_args__ = (
        CheckConstraint("(cycle_id IS NULL) <> (annotation_id IS NULL)", name="one_cause"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    explanation_id: Mapped[int] = mapped_column(
        ForeignKey("signal_explanation.id", ondelete="CASCADE"), index=True
    )
    cycle_id: Mapped[int | None] = mapped_column(
        ForeignKey("pdsa_cycle.id", ondelete="CASCADE"), index=True
    )
    annotation_id: Mapped[int | None] = mapped_column(
        ForeignKey("annotation.id", ondelete="CASCADE"), index=True
    )
