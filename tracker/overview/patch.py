"""What somebody who looks after many projects sees: programmes, late figures, reviews."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.orm import joinedload, load_only, raiseload

from tracker.adoption import queries as adoption
from tracker.case_studies.domain import CaseStudyStatus
from tracker.case_studies.models import CaseStudy
from tracker.db import db
from tracker.measures.models import Measure
from tracker.permissions import Role, visible
from tracker.programmes import queries as programmes
from tracker.projects.models import Project, Status

if TYPE_CHECKING:
    from tracker.auth.models import User

MOST_MEASURES = 3000
"""Looked at for late figures; a patch has some hundreds."""
MOST_REVIEWS = 5
MANAGING = (Role.PSC_MANAGER, Role.ORGANISATION_ADMINISTRATOR, Role.NATIONAL_VIEWER)


@dataclass(frozen=True, slots=True)
class Row:
    """A programme in the patch. `late` is None where nobody counts it, as for the nation."""

    key: str
    title: str
    is_on: bool
    active: int
    ended: int
    units: int
    late: int | None


@dataclass(frozen=True, slots=True)
class Patch:
    """All of the panel."""

    title: str
    rows: Sequence[Row]
    reviews: Sequence[CaseStudy]
    reviews_count: int

    @property
    def headline(self) -> str:
        """The patch in a sentence."""
        active = sum(row.active for row in self.rows)
        text = f"{active:,} project{'' if active == 1 else 's'} under way."
        late = sum(row.late or 0 for row in self.rows)
        if late:
            text += f" {late} {'waits' if late == 1 else 'wait'} for figures that are late."
        return text


def patch_of(user: User, today: date) -> Patch | None:
    """What a person looks after; None where no role of theirs is about that."""
    held = [m for m in user.active_memberships() if m.role in MANAGING and m.organisation_id]
    if not held:
        return None
    is_national = any(m.role is Role.NATIONAL_VIEWER for m in held)
    held_as = [(m.role, m.organisation_id) for m in held if m.organisation_id]
    pscs = [place for role, place in held_as if role is Role.PSC_MANAGER]
    own = [place for role, place in held_as if role is Role.ORGANISATION_ADMINISTRATOR]
    mine = (
        true() if is_national else or_(Project.psc_id.in_(pscs), Project.organisation_id.in_(own))
    )
    counts = _counts(user, mine)
    places = [place for _, place in held_as]
    on = dict(programmes.on_at(places, today))
    units = adoption.unit_counts(today, under=None if is_national else [*pscs, *own])
    late = None if is_national else _late(user, mine, today)
    titles = programmes.titles()
    keys = {key for key, _ in counts} | on.keys()
    rows = [
        Row(
            key=key or "",
            title=(on.get(key) or titles.get(key, key)) if key else "Of no programme",
            is_on=key in on,
            active=counts.get((key, True), 0),
            ended=counts.get((key, False), 0),
            units=units.get(key or "", 0),
            late=None if late is None else late[key],
        )
        for key in keys
    ]
    reviews, number = _reviews(user, mine) if not is_national else ((), 0)
    return Patch(
        title="The nation" if is_national else "What you look after",
        rows=sorted(rows, key=lambda row: (not row.key, row.title.casefold())),
        reviews=reviews,
        reviews_count=number,
    )


def _counts(user: User, mine: ColumnElement[bool]) -> Mapping[tuple[str | None, bool], int]:
    is_active = Project.status == Status.ACTIVE
    rows = db.session.execute(
        visible(Project, user)
        .options()
        .with_only_columns(Project.programme, is_active, func.count())
        .where(mine)
        .group_by(Project.programme, is_active)
    )
    return {(key, bool(active)): number for key, active, number in rows}


def _late(user: User, mine: ColumnElement[bool], today: date) -> Counter[str | None]:
    """By programme, projects under way with figures that should be in by now."""
    rows = db.session.execute(
        visible(Project, user)
        .join(Measure, Measure.project_id == Project.id)
        .where(
            mine,
            Project.status == Status.ACTIVE,
            Measure.deleted_at.is_(None),
            Measure.latest_period.is_not(None),
        )
        .with_only_columns(Project.programme, Measure)
        .options(
            load_only(
                Measure.project_id,
                Measure.latest_period,
                Measure.cadence,
                Measure.lag_months,
                Measure.collected_until,
            ),
            raiseload("*"),
        )
        .limit(MOST_MEASURES)
    )
    late = {(m.project_id, key) for key, m in rows if m.late_period(today) is not None}
    return Counter(key for _, key in late)


def _reviews(user: User, mine: ColumnElement[bool]) -> tuple[Sequence[CaseStudy], int]:
    """Case studies that wait for a reviewer, the oldest first, and how many there are."""
    waiting = (
        visible(Project, user)
        .join(CaseStudy, CaseStudy.project_id == Project.id)
        .where(mine, CaseStudy.status == CaseStudyStatus.IN_REVIEW)
        .with_only_columns(CaseStudy.id)
    )
    rows = db.session.scalars(
        select(CaseStudy)
        .where(CaseStudy.id.in_(waiting))
        .options(joinedload(CaseStudy.project).load_only(Project.title), raiseload("*"))
        .order_by(CaseStudy.changed_at)
        .limit(100)
    ).all()
    return rows[:MOST_REVIEWS], len(rows)
