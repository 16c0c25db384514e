"""What people do about adoption: rate, record training, say who is in scope, mark phases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from tracker import audit
from tracker.db import db, utcnow
from tracker.organisations.domain import day_before
from tracker.organisations.models import Organisation
from tracker.plugin_api import Pathway, PhaseStatus, Rubric, StageChanged
from tracker.plugin_host.events import tell
from tracker.programmes import services as programmes
from tracker.projects import services as projects
from tracker.projects.models import Project

from . import queries
from .domain import NOT_APPLICABLE, EvidenceKind, Side
from .models import AdoptionUnit, PhaseMark, Rating, RatingEvidence, TrainingRecord

if TYPE_CHECKING:
    from tracker.auth.models import User


class NoSuchLevel(ValueError):
    """The rubric has no such level."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing a rating rests on. `text` is the title of the row as it is now, or the words."""

    kind: EvidenceKind
    text: str
    cycle_id: int | None = None
    measure_id: int | None = None
    training_record_id: int | None = None
    published_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a person says when they rate."""

    level: str
    on: date
    side: Side
    note: str = ""
    reason: str = ""
    unmet: Sequence[str] = ()
    proposed: Decimal | None = None
    evidence: Sequence[Evidence] = ()


def rate_project(project: Project, rubric: Rubric, said: Judgement, *, by: User) -> Rating:
    """Rate a project against a rubric. Raises NoSuchLevel."""
    return _rate(rubric, said, by=by, project=project)


def rate(
    organisation: Organisation,
    rubric: Rubric,
    said: Judgement,
    *,
    by: User,
    element: str = "",
    project: Project | None = None,
) -> Rating:
    """Rate an element at an organisation, or the organisation itself. Raises NoSuchLevel."""
    return _rate(rubric, said, by=by, organisation=organisation, element=element, project=project)


def rate_row(
    organisation: Organisation, rubric: Rubric, said: Mapping[str, Judgement], *, by: User
) -> list[Rating]:
    """Rate several elements of one unit at once, all or none. Raises NoSuchLevel."""
    return [
        rate(organisation, rubric, each, by=by, element=element) for element, each in said.items()
    ]


def _rate(
    rubric: Rubric,
    said: Judgement,
    *,
    by: User,
    organisation: Organisation | None = None,
    element: str = "",
    project: Project | None = None,
) -> Rating:
    if said.level != NOT_APPLICABLE and said.level not in {stage.key for stage in rubric.stages}:
        raise NoSuchLevel(f"{rubric.title} has no level {said.level!r}")
    rating = Rating(
        definition_id=programmes.adopt(rubric, by=by).id,
        project_id=project.id if project else None,
        organisation_id=organisation.id if organisation else None,
        element=element,
        level=said.level,
        on=said.on,
        side=said.side,
        note=said.note,
        reason=said.reason,
        unmet=list(said.unmet),
        proposed=said.proposed,
        by_id=by.id,
    )
    rating.evidence = [
        RatingEvidence(
            kind=one.kind,
            cycle_id=one.cycle_id,
            measure_id=one.measure_id,
            training_record_id=one.training_record_id,
            published_id=one.published_id,
            text=one.text,
        )
        for one in said.evidence
    ]
    before = queries.level_before(rating)
    db.session.add(rating)
    db.session.flush()
    detail = {"rubric": rubric.ref, "level": said.level, "side": said.side.value}
    if element:
        detail["element"] = element
    audit.record(
        "rating.given",
        of=rating,
        by=by,
        organisation_id=organisation.id if organisation else None,
        detail=detail,
    )
    if said.level != before:
        changed = StageChanged(
            at=utcnow(),
            by_id=by.id,
            rubric=rubric.ref,
            level=said.level,
            side=said.side.value,
            before=before,
            element=element,
            project_id=rating.project_id,
            organisation_id=rating.organisation_id,
        )
        tell(changed)
    if project is not None:
        projects.touch(project.id)
    return rating


def record_training(
    organisation: Organisation,
    *,
    programme: str,
    given_by: str,
    what: str,
    on: date,
    people: int,
    role: str,
    by: User,
    element: str = "",
    project: Project | None = None,
) -> TrainingRecord:
    """Record training at a place: without an element it is for all of the programme."""
    record = TrainingRecord(
        programme=programme,
        element=element,
        organisation_id=organisation.id,
        project_id=project.id if project else None,
        given_by=given_by,
        what=what,
        on=on,
        people=people,
        role=role,
        by_id=by.id,
    )
    db.session.add(record)
    db.session.flush()
    audit.record(
        "training.recorded",
        of=record,
        by=by,
        organisation_id=organisation.id,
        detail={"programme": programme, "on": on.isoformat(), "people": people},
    )
    return record


def take_back_training(record: TrainingRecord, *, by: User) -> TrainingRecord:
    """Take a training record back; ratings that rest on it keep its words."""
    record.deleted_at, record.deleted_by_id = utcnow(), by.id
    audit.record("training.taken_back", of=record, by=by, organisation_id=record.organisation_id)
    db.session.flush()
    return record


def restore_training(record: TrainingRecord, *, by: User) -> TrainingRecord:
    """Put a training record back that was taken back in the last 30 days."""
    record.deleted_at, record.deleted_by_id = None, None
    audit.record("training.restored", of=record, by=by, organisation_id=record.organisation_id)
    db.session.flush()
    return record


def include(
    programme: str,
    organisations: Iterable[Organisation],
    *,
    on: date,
    by: User | None,
    setting: str = "",
) -> int:
    """Follow a programme's adoption in these organisations from a day; how many are new."""
    there = queries.followed(programme, on)
    fresh = [one for one in organisations if one.id not in there]
    db.session.add_all(
        AdoptionUnit(
            programme=programme,
            organisation_id=one.id,
            setting=setting,
            starts_on=on,
            by_id=by.id if by else None,
        )
        for one in fresh
    )
    if fresh:
        audit.record(
            "adoption.units_added",
            by=by,
            organisation_id=fresh[0].id if len(fresh) == 1 else None,
            detail={"programme": programme, "units": len(fresh), "from": on.isoformat()},
        )
        db.session.flush()
    return len(fresh)


def leave_out(unit: AdoptionUnit, *, on: date, by: User) -> AdoptionUnit:
    """Stop following adoption in a unit: `on` is the first day without it.

    What was rated there before still counts in the quarters before.
    """
    if unit.starts_on >= on:
        db.session.delete(unit)
    else:
        unit.ends_on = day_before(on)
    audit.record(
        "adoption.unit_left_out",
        of=unit,
        by=by,
        organisation_id=unit.organisation_id,
        detail={"programme": unit.programme, "from": on.isoformat()},
    )
    db.session.flush()
    return unit


def mark_phase(
    organisation: Organisation,
    pathway: Pathway,
    phase: str,
    status: PhaseStatus,
    *,
    on: date,
    by: User,
    path: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    note: str = "",
    project: Project | None = None,
) -> PhaseMark:
    """Say how a phase of a pathway stands at an organisation. Raises NoSuchLevel."""
    if phase not in {one.key for one in pathway.phases}:
        raise NoSuchLevel(f"{pathway.title} has no phase {phase!r}")
    mark = PhaseMark(
        definition_id=programmes.adopt(pathway, by=by).id,
        organisation_id=organisation.id,
        project_id=project.id if project else None,
        phase=phase,
        path=path,
        status=status,
        starts_on=starts_on,
        ends_on=ends_on,
        on=on,
        note=note,
        by_id=by.id,
    )
    db.session.add(mark)
    db.session.flush()
    audit.record(
        "phase.marked",
        of=mark,
        by=by,
        organisation_id=organisation.id,
        detail={"pathway": pathway.ref, "phase": phase, "status": status.value},
    )
    return mark
