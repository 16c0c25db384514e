"""What people say explains a signal: kept with who said it and when."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from tracker import audit
from tracker.charts.domain import Event, Mark
from tracker.db import db, is_restorable, utcnow
from tracker.projects.services import touch

from .models import Annotation, Measure, SignalCause, SignalExplanation
from .signals import Found

if TYPE_CHECKING:
    from tracker.auth.models import User


@dataclass(frozen=True, slots=True)
class Explained:
    """One explanation as a page shows it: the causes in words, and what was found."""

    row: SignalExplanation
    causes: Sequence[tuple[str, str]]
    """Words and address; the address is empty for an event of this page."""

    @property
    def words(self) -> str:
        """`Test 1: Trolley at one birth, test 2: Trolley on every shift. What was found`."""
        named = ", ".join(words for words, _ in self.causes)
        return ". ".join(filter(None, (named, self.row.text.rstrip("."))))


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal with what has been said about it."""

    found: Found
    explained: Sequence[Explained]


def explanations(measure: Measure) -> Sequence[SignalExplanation]:
    """What was said of the signals of a measure, the earliest first: two statements."""
    return db.session.scalars(
        select(SignalExplanation)
        .where(SignalExplanation.measure_id == measure.id, SignalExplanation.deleted_at.is_(None))
        .options(joinedload(SignalExplanation.by), selectinload(SignalExplanation.causes))
        .order_by(SignalExplanation.id)
    ).all()


def with_explanations(
    found: Sequence[Found],
    said: Sequence[SignalExplanation],
    *,
    marks: Sequence[Mark],
    events: Sequence[tuple[Event, Annotation]],
) -> list[Signal]:
    """Each signal with its explanations; those of a signal that is gone are left out."""
    tests = {mark.id: mark for mark in marks}
    by_event = {row.id: event for event, row in events}
    return [
        Signal(
            signal,
            [
                Explained(row, _named(row, tests, by_event))
                for row in said
                if signal.is_at(row.rule, row.period)
            ],
        )
        for signal in found
    ]


def _named(
    row: SignalExplanation, tests: Mapping[int, Mark], events: Mapping[int, Event]
) -> list[tuple[str, str]]:
    """The causes that are still there, tests first."""
    named = [
        (f"test {mark.number}, {mark.label}", mark.url)
        for cause in row.causes
        if cause.cycle_id and (mark := tests.get(cause.cycle_id))
    ]
    named += [
        (f"event {event.letter}, {event.label}", "")
        for cause in row.causes
        if cause.annotation_id and (event := events.get(cause.annotation_id))
    ]
    return named


def explain(
    measure: Measure,
    *,
    rule: str,
    period: date,
    text: str,
    cycle_ids: Collection[int],
    annotation_ids: Collection[int],
    by: User,
) -> SignalExplanation:
    """Keep what explains a signal; what others said of it stays beside it."""
    row = SignalExplanation(
        project_id=measure.project_id,
        measure_id=measure.id,
        rule=rule,
        period=period,
        text=text,
        by_id=by.id,
        causes=[
            *(SignalCause(project_id=measure.project_id, cycle_id=each) for each in cycle_ids),
            *(
                SignalCause(project_id=measure.project_id, annotation_id=each)
                for each in annotation_ids
            ),
        ],
    )
    db.session.add(row)
    db.session.flush()
    audit.record("signal.explained", of=row, by=by, detail={"measure": measure.title})
    touch(measure.project_id)
    return row


def take_back(row: SignalExplanation, *, by: User) -> None:
    """Take an explanation away; it can be brought back for 30 days."""
    row.deleted_at, row.deleted_by_id = utcnow(), by.id
    audit.record("signal.taken_back", of=row, by=by)
    db.session.flush()
    touch(row.project_id)


def restore(row: SignalExplanation, *, by: User) -> None:
    """Bring an explanation back."""
    row.deleted_at = row.deleted_by_id = None
    audit.record("signal.restored", of=row, by=by)
    db.session.flush()
    touch(row.project_id)


def deleted(project_id: int, explanation_id: int) -> SignalExplanation:
    """An explanation that was taken back. Aborts with 404 when there is none."""
    row: SignalExplanation = db.one_or_404(
        select(SignalExplanation).where(
            SignalExplanation.id == explanation_id,
            SignalExplanation.project_id == project_id,
            is_restorable(SignalExplanation),
        )
    )
    return row


def of_cycle(cycle_id: int) -> Sequence[SignalExplanation]:
    """The signals that a test is said to explain, with their measure: one statement."""
    return db.session.scalars(
        select(SignalExplanation)
        .join(SignalCause, SignalCause.explanation_id == SignalExplanation.id)
        .join(Measure, Measure.id == SignalExplanation.measure_id)
        .where(
            SignalCause.cycle_id == cycle_id,
            SignalExplanation.deleted_at.is_(None),
            Measure.deleted_at.is_(None),
        )
        .options(joinedload(SignalExplanation.measure))
        .order_by(SignalExplanation.period)
    ).all()
