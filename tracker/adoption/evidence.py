"""What a rating can rest on at a unit, and what is counted of it."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from tracker.case_studies.models import Published
from tracker.db import db
from tracker.measures.models import Measure
from tracker.organisations import queries as organisations
from tracker.organisations.models import Organisation
from tracker.pages import day
from tracker.pdsa.models import PdsaCycle
from tracker.permissions import visible
from tracker.plugin_api import Proof
from tracker.projects.access import PROVIDERS
from tracker.projects.models import Project

from . import records
from .domain import EvidenceKind
from .models import Rating, TrainingRecord
from .services import Evidence

if TYPE_CHECKING:
    from tracker.auth.models import User

MOST = 20
"""Of each kind, the newest first: enough for a quarter."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What a person may tick."""

    cycles: Sequence[PdsaCycle]
    charts: Sequence[Measure]
    training: Sequence[TrainingRecord]
    case_studies: Sequence[Published]


def offered(programme: str, unit: Organisation, element: str, *, by: User) -> Offered:
    """Cycles, charts and case studies of projects at a unit that a person may see, and training.

    A project at the trust of a site, or at a site of a trust, counts as there.
    """
    providers = select(Organisation.id).where(
        Organisation.id.in_(organisations.above(unit.id)), Organisation.kind.in_(PROVIDERS)
    )

    def there(column: InstrumentedAttribute[int]) -> ColumnElement[bool]:
        return or_(column.in_(organisations.under(unit.id)), column.in_(providers))

    here = (Project.programme == programme, there(Project.organisation_id))
    return Offered(
        cycles=db.session.scalars(
            visible(PdsaCycle, by)
            .where(*here)
            .order_by(PdsaCycle.starts_on.desc(), PdsaCycle.id.desc())
            .limit(MOST)
        ).all(),
        charts=db.session.scalars(
            visible(Measure, by)
            .where(*here)
            .order_by(Measure.project_id, Measure.position, Measure.id)
            .limit(MOST)
        ).all(),
        training=records.training(programme, unit.id, element)[:MOST],
        case_studies=db.session.scalars(
            visible(Published, by)
            .where(
                Published.programme == programme,
                there(Published.organisation_id),
                Published.is_superseded.is_(False),
                Published.withdrawn_at.is_(None),
            )
            .order_by(Published.published_at.desc(), Published.id.desc())
            .limit(MOST)
        ).all(),
    )


@dataclass(frozen=True, slots=True)
class Linked:
    """What a person linked, and what it proves."""

    rows: list[Evidence]
    shown: Counter[Proof]


def linked(
    found: Offered,
    *,
    cycles: Collection[int] = (),
    charts: Collection[int] = (),
    training: Collection[int] = (),
    case_studies: Collection[int] = (),
    used_on: date | None = None,
    document: str = "",
    note: str = "",
) -> Linked:
    """The rows that were ticked and the words that were typed, counted by proof."""
    rows: list[Evidence] = []
    shown: Counter[Proof] = Counter()
    for cycle in found.cycles:
        if cycle.id in cycles:
            rows.append(Evidence(EvidenceKind.CYCLE, cycle.title, cycle_id=cycle.id))
            shown[Proof.CYCLE] += 1
            shown[Proof.CLOSED_CYCLE] += cycle.decision is not None
    for chart in found.charts:
        if chart.id in charts:
            rows.append(Evidence(EvidenceKind.CHART, chart.title, measure_id=chart.id))
            shown[Proof.CHART] += 1
            shown[Proof.MEASURE] += chart.points_count > 0
            shown[Proof.POINTS] += chart.points_count
    for record in found.training:
        if record.id in training:
            said = training_words(record)
            rows.append(Evidence(EvidenceKind.TRAINING, said, training_record_id=record.id))
            shown[Proof.TRAINING] += 1
    for one in found.case_studies:
        if one.id in case_studies:
            rows.append(Evidence(EvidenceKind.CASE_STUDY, one.title, published_id=one.id))
            shown[Proof.CASE_STUDY] += 1
    if used_on is not None:
        rows.append(Evidence(EvidenceKind.USE, day(used_on)))
        shown[Proof.USE] += 1
    if document:
        rows.append(Evidence(EvidenceKind.DOCUMENT, document))
        shown[Proof.DOCUMENT] += 1
    if note:
        shown[Proof.NOTE] += 1
    return Linked(rows, shown)


def training_words(record: TrainingRecord) -> str:
    """`Simulation of deferred clamping, 3 May 2026: 12 midwives, by the practice educator`."""
    return f"{record.what}, {day(record.on)}: {record.people} × {record.role}, by {record.given_by}"


@dataclass(frozen=True, slots=True)
class Readable:
    """Which linked rows a reader may open: by id, with their project or their address."""

    cycles: dict[int, int]
    measures: dict[int, int]
    case_studies: dict[int, uuid.UUID]


def readable(ratings: Iterable[Rating], by: User) -> Readable:
    """Of what ratings rest on, that which a person may see: three statements at most."""
    rows = [row for rating in ratings for row in rating.evidence]
    cycles = {row.cycle_id for row in rows} - {None}
    measures = {row.measure_id for row in rows} - {None}
    published = {row.published_id for row in rows} - {None}
    seen_cycles = (
        db.session.scalars(visible(PdsaCycle, by).where(PdsaCycle.id.in_(cycles))) if cycles else ()
    )
    seen_measures = (
        db.session.scalars(visible(Measure, by).where(Measure.id.in_(measures))) if measures else ()
    )
    seen_published = (
        db.session.scalars(visible(Published, by).where(Published.id.in_(published)))
        if published
        else ()
    )
    return Readable(
        {row.id: row.project_id for row in seen_cycles},
        {row.id: row.project_id for row in seen_measures},
        {row.id: row.uid for row in seen_published},
    )
