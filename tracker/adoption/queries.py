"""Reads of adoption: who is in scope, and the levels that stand."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from tracker.db import db
from tracker.organisations import queries as organisations
from tracker.organisations.domain import OrganisationKind, ServiceKind
from tracker.organisations.models import (
    Organisation,
    OrganisationClosure,
    OrganisationService,
)
from tracker.plugin_api import Pathway, Rubric
from tracker.programmes.models import StoredDefinition
from tracker.safe.numbers import plain

from .domain import Pair, Rated, Side
from .models import AdoptionUnit, Rating

COLUMNS = (
    Rating.id,
    Rating.organisation_id,
    Rating.element,
    Rating.level,
    Rating.on,
    Rating.side,
)


NEWEST = (
    Rating.on.desc(),
    case((Rating.side == Side.COACH, 0), else_=1),
    Rating.id.desc(),
)
"""The one that stands first, as `Rated.rank` has it."""


class Unit(NamedTuple):
    """A unit in scope on the day asked for."""

    id: int
    name: str
    setting: str


def copies(definition: Rubric | Pathway) -> list[int]:
    """Ids of the stored copies of a rubric or pathway, of every version: old rows still count."""
    return list(
        db.session.scalars(
            select(StoredDefinition.id).where(
                StoredDefinition.kind == definition.kind_name,
                StoredDefinition.programme == definition.programme,
                StoredDefinition.key == definition.key,
            )
        )
    )


# --- units ---------------------------------------------------------------------------------------


def units(
    programme: str,
    on: date,
    *,
    kinds: Collection[OrganisationKind] | None = None,
    under: int | None = None,
    setting: str = "",
) -> list[Unit]:
    """Units in which a programme's adoption is followed on a day, by setting and name.

    `kinds` are those that a rubric rates. `under` is the id of an organisation: only what is under
    it, along lead links.
    """
    query = (
        select(Organisation.id, Organisation.name, AdoptionUnit.setting)
        .join(AdoptionUnit.organisation)
        .where(AdoptionUnit.programme == programme, *_in_scope(on))
        .order_by(AdoptionUnit.setting, Organisation.name, Organisation.id)
    )
    if kinds is not None:
        query = query.where(Organisation.kind.in_(list(kinds)))
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


def units_of(programme: str, on: date) -> Sequence[AdoptionUnit]:
    """The rows that put organisations in scope on a day, with them, by setting and name."""
    return db.session.scalars(
        select(AdoptionUnit)
        .join(AdoptionUnit.organisation)
        .where(AdoptionUnit.programme == programme, *_in_scope(on))
        .options(contains_eager(AdoptionUnit.organisation))
        .order_by(AdoptionUnit.setting, Organisation.name, Organisation.id)
    ).all()


def with_service(organisation_id: int, service: ServiceKind, on: date) -> Sequence[Organisation]:
    """Open organisations under one, itself included, that give a service on a day."""
    return db.session.scalars(
        select(Organisation)
        .join(OrganisationService, OrganisationService.organisation_id == Organisation.id)
        .where(
            Organisation.id.in_(organisations.under(organisation_id, on)),
            OrganisationService.service == service,
            OrganisationService.valid_from <= on,
            OrganisationService.valid_to >= on,
            or_(Organisation.valid_to.is_(None), Organisation.valid_to >= on),
        )
        .order_by(Organisation.name, Organisation.id)
    ).all()


def programmes_at(organisation_id: int, on: date) -> list[str]:
    """Keys of the programmes whose adoption is followed in an organisation on a day."""
    return list(
        db.session.scalars(
            select(AdoptionUnit.programme)
            .where(AdoptionUnit.organisation_id == organisation_id, *_in_scope(on))
            .order_by(AdoptionUnit.programme)
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


def collaboratives(programme: str, on: date) -> list[tuple[int, str]]:
    """The PSCs in whose figures units in scope on a day count: id and name, by name."""
    rows = db.session.execute(
        select(Organisation.id, Organisation.name)
        .join(OrganisationClosure, OrganisationClosure.ancestor_id == Organisation.id)
        .join(AdoptionUnit, AdoptionUnit.organisation_id == OrganisationClosure.descendant_id)
        .where(
            Organisation.kind == OrganisationKind.PSC,
            OrganisationClosure.is_lead,
            OrganisationClosure.valid_from <= on,
            OrganisationClosure.valid_to >= on,
            AdoptionUnit.programme == programme,
            *_in_scope(on),
        )
        .distinct()
        .order_by(Organisation.name)
    )
    return [(id_, name) for id_, name in rows]


def followed(programme: str, on: date) -> set[int]:
    """Ids of the organisations that are in scope on a day, or will be later."""
    return set(
        db.session.scalars(
            select(AdoptionUnit.organisation_id).where(
                AdoptionUnit.programme == programme,
                or_(AdoptionUnit.ends_on.is_(None), AdoptionUnit.ends_on >= on),
            )
        )
    )


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
            order_by=NEWEST,
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


def steps(definition_ids: Collection[int], until: date) -> list[tuple[int, str, str, date]]:
    """All ratings of pairs up to a day as steps, in the order in which they come to stand.

    As plain columns and in the order of the database: a nation has ten thousand, and making each
    a value of its own takes longer than all else.
    """
    table = Rating.__table__.c  # past the ORM, which takes as long again
    rows = db.session.execute(
        select(table.organisation_id, table.element, table.level, table.on)
        .where(_of_pairs(definition_ids), table.on <= until)
        .order_by(table.on, case((table.side == Side.COACH, 1), else_=0), table.id)
    )
    return [(unit or 0, element, level, on) for unit, element, level, on in rows]


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


def of_unit(definition_ids: Collection[int], organisation_id: int) -> list[Rated]:
    """All ratings of one unit against a rubric, as columns, oldest first."""
    rows = db.session.execute(
        select(*COLUMNS)
        .where(_of_pairs(definition_ids), Rating.organisation_id == organisation_id)
        .order_by(Rating.on, Rating.id)
    )
    return [_rated(row) for row in rows]


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


class Score(NamedTuple):
    """What was claimed for a project last, and what its data supported then."""

    project_id: int
    level: str
    proposed: Decimal | None
    on: date

    @property
    def differs(self) -> bool:
        """The data supported another score."""
        return self.proposed is not None and plain(self.proposed) != _number(self.level)


def _number(level: str) -> str:
    try:
        return plain(Decimal(level.replace("_", ".")))
    except InvalidOperation:
        return level


def scores_of(project_ids: Collection[int]) -> dict[int, Score]:
    """The score that stands for each of these projects: one statement."""
    if not project_ids:
        return {}
    rank = func.row_number().over(partition_by=Rating.project_id, order_by=NEWEST).label("rank")
    ranked = (
        select(Rating.project_id, Rating.level, Rating.proposed, Rating.on, rank)
        .where(Rating.project_id.in_(project_ids), Rating.organisation_id.is_(None))
        .subquery()
    )
    columns = (ranked.c.project_id, ranked.c.level, ranked.c.proposed, ranked.c.on)
    rows = db.session.execute(select(*columns).where(ranked.c.rank == 1))
    return {row.project_id: Score(*row) for row in rows}


def unit_counts(on: date, *, under: Collection[int] | None = None) -> dict[str, int]:
    """Units whose adoption is followed on a day, by programme; under these places, or anywhere."""
    query = select(AdoptionUnit.programme, func.count()).where(*_in_scope(on))
    if under is not None:
        below = select(OrganisationClosure.descendant_id).where(
            OrganisationClosure.ancestor_id.in_(under),
            OrganisationClosure.valid_from <= on,
            OrganisationClosure.valid_to >= on,
        )
        query = query.where(AdoptionUnit.organisation_id.in_(below))
    rows = db.session.execute(query.group_by(AdoptionUnit.programme))
    return {row[0]: row[1] for row in rows}


def _whole(query: Select[Rating]) -> Select[Rating]:
    return query.options(joinedload(Rating.by), selectinload(Rating.evidence)).order_by(
        Rating.on.desc(), Rating.id.desc()
    )


def _rated(row: Any) -> Rated:
    return Rated(*row)


def _of_pairs(definition_ids: Collection[int]) -> ColumnElement[bool]:
    return and_(Rating.definition_id.in_(list(definition_ids)), Rating.organisation_id.is_not(None))
