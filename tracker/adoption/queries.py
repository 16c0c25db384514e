"""Reads of adoption: who is in scope, the levels that stand, the matrix and the roll-ups."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from tracker.db import db
from tracker.organisations import queries as organisations
from tracker.organisations.domain import FOREVER, OrganisationKind
from tracker.organisations.models import Organisation, OrganisationClosure
from tracker.plugin_api import Rubric
from tracker.programmes.models import StoredDefinition

from .domain import Membership, Pair, Quarter, Rated, Side, Tally, over_time, tally
from .models import AdoptionUnit, Rating, TrainingRecord

COLUMNS = (
    Rating.id,
    Rating.organisation_id,
    Rating.element,
    Rating.level,
    Rating.on,
    Rating.side,
)


class Unit(NamedTuple):
    """A unit in scope on the day asked for."""

    id: int
    name: str
    setting: str


def copies(rubric: Rubric) -> list[int]:
    """Ids of the stored copies of a rubric, of every version: old ratings count as they read."""
    return list(
        db.session.scalars(
            select(StoredDefinition.id).where(
                StoredDefinition.kind == Rubric.kind_name,
                StoredDefinition.programme == rubric.programme,
                StoredDefinition.key == rubric.key,
            )
        )
    )


# --- units ---------------------------------------------------------------------------------------


def units(programme: str, on: date, *, under: int | None = None, setting: str = "") -> list[Unit]:
    """Units in which a programme's adoption is followed on a day, by setting and name.

    `under` is the id of an organisation: only what is under it, along lead links.
    """
    query = (
        select(Organisation.id, Organisation.name, AdoptionUnit.setting)
        .join(AdoptionUnit.organisation)
        .where(AdoptionUnit.programme == programme, *_in_scope(on))
        .order_by(AdoptionUnit.setting, Organisation.name, Organisation.id)
    )
    if under is not None:
        query = query.where(Organisation.id.in_(organisations.under(under, on, lead_only=True)))
    if setting:
        query = query.where(AdoptionUnit.setting == setting)
    return [Unit(*row) for row in db.session.execute(query)]


def unit(programme: str, organisation_id: int, on: date) -> AdoptionUnit | None:
    """The row that puts an organisation in scope on a day."""
    return db.session.scalar(
        select(AdoptionUnit).where(
            AdoptionUnit.programme == programme,
            AdoptionUnit.organisation_id == organisation_id,
            *_in_scope(on),
        )
    )


def settings(programme: str, on: date) -> list[str]:
    """The kinds of unit in scope on a day."""
    rows = db.session.scalars(
        select(AdoptionUnit.setting)
        .where(AdoptionUnit.programme == programme, *_in_scope(on))
        .distinct()
        .order_by(AdoptionUnit.setting)
    )
    return [row for row in rows if row]


def _in_scope(on: date) -> tuple[ColumnElement[bool], ...]:
    return (
        AdoptionUnit.starts_on <= on,
        or_(AdoptionUnit.ends_on.is_(None), AdoptionUnit.ends_on >= on),
    )


# --- ratings -------------------------------------------------------------------------------------


def standing(
    definition_ids: Collection[int], on: date, *, among: Select[int] | None = None
) -> dict[Pair, Rated]:
    """The rating that stands for each pair on a day: one statement, one row a pair."""
    rank = (
        func.row_number()
        .over(
            partition_by=(Rating.organisation_id, Rating.element),
            order_by=(
                Rating.on.desc(),
                case((Rating.side == Side.COACH, 0), else_=1),
                Rating.id.desc(),
            ),
        )
        .label("rank")
    )
    query = select(*COLUMNS, rank).where(_of_pairs(definition_ids), Rating.on <= on)
    if among is not None:
        query = query.where(Rating.organisation_id.in_(among))
    ranked = query.subquery()
    rows = db.session.execute(
        select(*(ranked.c[column.key] for column in COLUMNS)).where(ranked.c.rank == 1)
    )
    return {rated.pair: rated for rated in map(_rated, rows)}


def every_rating(definition_ids: Collection[int], until: date) -> list[Rated]:
    """All ratings of pairs up to a day, as columns."""
    rows = db.session.execute(
        select(*COLUMNS)
        .where(_of_pairs(definition_ids), Rating.on <= until)
        .order_by(Rating.on, Rating.id)
    )
    return [_rated(row) for row in rows]


def history(
    definition_ids: Collection[int], organisation_id: int, element: str
) -> Sequence[Rating]:
    """Every rating of one pair, newest first, with who gave it and what it rests on."""
    return db.session.scalars(
        _whole(
            select(Rating).where(
                Rating.definition_id.in_(list(definition_ids)),
                Rating.organisation_id == organisation_id,
                Rating.element == element,
            )
        )
    ).all()


def level_before(rating: Rating) -> str:
    """The level that a new rating follows, by the same side; empty when it is the first."""
    found = db.session.scalar(
        select(Rating.level)
        .where(
            Rating.definition_id == rating.definition_id,
            Rating.organisation_id == rating.organisation_id,
            Rating.element == rating.element,
            Rating.side == rating.side,
            Rating.on <= rating.on,
            # At an organisation the project is evidence; without one it is what is rated.
            true() if rating.organisation_id else Rating.project_id == rating.project_id,
        )
        .order_by(Rating.on.desc(), Rating.id.desc())
        .limit(1)
    )
    return found or ""


def of_project(project_id: int, definition_ids: Collection[int]) -> Sequence[Rating]:
    """Every rating of a project against a rubric, newest first."""
    return db.session.scalars(
        _whole(
            select(Rating).where(
                Rating.definition_id.in_(list(definition_ids)),
                Rating.project_id == project_id,
                Rating.organisation_id.is_(None),
            )
        )
    ).all()


def _whole(query: Select[Rating]) -> Select[Rating]:
    return query.options(joinedload(Rating.by), selectinload(Rating.evidence)).order_by(
        Rating.on.desc(), Rating.id.desc()
    )


def _rated(row: Any) -> Rated:
    return Rated(*row)


def _of_pairs(definition_ids: Collection[int]) -> ColumnElement[bool]:
    return and_(Rating.definition_id.in_(list(definition_ids)), Rating.organisation_id.is_not(None))


# --- the matrix ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """One unit of the matrix: its cells in the order of the elements."""

    unit: Unit
    cells: tuple[Rated | None, ...]
    before: tuple[Rated | None, ...]
    """The same cells a quarter earlier."""
    tally: Tally


@dataclass(frozen=True, slots=True)
class Matrix:
    """Elements by units at the end of a quarter, with the roll-ups of rows, columns and all."""

    quarter: Quarter
    elements: tuple[str, ...]
    rows: tuple[Row, ...]
    by_element: Mapping[str, Tally]
    by_setting: Mapping[str, Tally]
    total: Tally
    before: Tally
    """The total a quarter earlier, of the units in scope now."""


def matrix(
    rubric: Rubric,
    elements: Sequence[str],
    quarter: Quarter,
    on: date,
    *,
    under: int | None = None,
    setting: str = "",
) -> Matrix:
    """The matrix on a day of a quarter: four statements, whatever its size.

    Rows come lowest score first within their setting.
    """
    ids = copies(rubric)
    there = units(rubric.programme, on, under=under, setting=setting)
    now = standing(ids, on)
    earlier = standing(ids, quarter.before.end)
    counting = {stage.key for stage in rubric.stages if stage.counts}

    def of(pairs: list[Pair], held: Mapping[Pair, Rated] = now) -> Tally:
        return tally(pairs, held, counting)

    rows = []
    for one in there:
        pairs = [Pair(one.id, element) for element in elements]
        rows.append(
            Row(
                one,
                tuple(now.get(pair) for pair in pairs),
                tuple(earlier.get(pair) for pair in pairs),
                of(pairs),
            )
        )
    rows.sort(key=lambda row: (row.unit.setting, _percent(row.tally), row.unit.name))
    every = [Pair(one.id, element) for one in there for element in elements]
    by_setting: dict[str, list[Pair]] = {}
    for one in there:
        by_setting.setdefault(one.setting, []).extend(Pair(one.id, e) for e in elements)
    return Matrix(
        quarter=quarter,
        elements=tuple(elements),
        rows=tuple(rows),
        by_element={e: of([Pair(one.id, e) for one in there]) for e in elements},
        by_setting={name: of(pairs) for name, pairs in by_setting.items()},
        total=of(every),
        before=of(every, earlier),
    )


def _percent(tally: Tally) -> int:
    return 101 if tally.percent is None else tally.percent


# --- roll-ups over time --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Group:
    """An organisation whose units are counted together: a PSC or an ICB."""

    id: int
    name: str


def by_group(
    rubric: Rubric,
    elements: Sequence[str],
    quarters: Sequence[Quarter],
    *,
    kind: OrganisationKind = OrganisationKind.PSC,
) -> dict[Group, list[Tally]]:
    """Tallies a quarter for each PSC (or ICB), from pairs: three statements."""
    return over_time(
        every_rating(copies(rubric), quarters[-1].end),
        _memberships(rubric.programme, kind),
        elements,
        quarters,
        {stage.key for stage in rubric.stages if stage.counts},
    )


def added_up(tallies: Collection[Sequence[Tally]], number: int) -> list[Tally]:
    """The tallies of all groups in one: pairs added to pairs."""
    totals = [Tally() for _ in range(number)]
    for of_group in tallies:
        for total, one in zip(totals, of_group, strict=True):
            total.counting += one.counting
            total.by_level += one.by_level
            total.unrated += one.unrated
            total.left_out += one.left_out
    return totals


def _memberships(programme: str, kind: OrganisationKind) -> list[Membership[Group]]:
    rows = db.session.execute(
        select(
            AdoptionUnit.organisation_id,
            AdoptionUnit.starts_on,
            AdoptionUnit.ends_on,
            OrganisationClosure.valid_from,
            OrganisationClosure.valid_to,
            Organisation.id,
            Organisation.name,
        )
        .join(
            OrganisationClosure,
            and_(
                OrganisationClosure.descendant_id == AdoptionUnit.organisation_id,
                OrganisationClosure.is_lead,
            ),
        )
        .join(Organisation, Organisation.id == OrganisationClosure.ancestor_id)
        .where(AdoptionUnit.programme == programme, Organisation.kind == kind)
        .order_by(Organisation.name, AdoptionUnit.organisation_id)
    )
    return [
        Membership(unit, Group(id_, name), max(starts_on, start), min(ends_on or FOREVER, end))
        for unit, starts_on, ends_on, start, end, id_, name in rows
    ]


# --- training ------------------------------------------------------------------------------------


def training(programme: str, organisation_id: int, element: str = "") -> Sequence[TrainingRecord]:
    """Training given at a place for a programme (and an element), newest first."""
    query = select(TrainingRecord).where(
        TrainingRecord.programme == programme,
        TrainingRecord.organisation_id == organisation_id,
        TrainingRecord.deleted_at.is_(None),
    )
    if element:
        # Training without an element is for all of them.
        query = query.where(TrainingRecord.element.in_(["", element]))
    return db.session.scalars(
        query.order_by(TrainingRecord.on.desc(), TrainingRecord.id.desc())
    ).all()
