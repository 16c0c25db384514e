"""Finding organisations, and who is under, above and beside whom on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from tracker.db import db
from tracker.db import search as words
from tracker.safe.dates import name_day, today
from tracker.safe.text import clean

from .domain import (
    ALWAYS,
    FOREVER,
    SEARCH_KIND,
    LinkKind,
    OrganisationKind,
    ServiceKind,
    Span,
    describe,
)
from .models import (
    Organisation,
    OrganisationClosure,
    OrganisationLink,
    OrganisationName,
    OrganisationService,
)

SHOWN = 20
LONGEST_CODE = 20
_ORDER = (
    OrganisationKind.TRUST,
    OrganisationKind.ICB,
    OrganisationKind.PSC,
    OrganisationKind.REGION,
    OrganisationKind.NATIONAL,
    OrganisationKind.PROVIDER,
    OrganisationKind.SITE,
    OrganisationKind.PLACE,
    OrganisationKind.SUB_ICB,
    OrganisationKind.PCN,
    OrganisationKind.PRACTICE,
)
"""In lists of several kinds: those that most projects are at first, the many small ones last."""


def _in_order() -> tuple[ColumnElement[Any], ...]:
    rank = case({kind: number for number, kind in enumerate(_ORDER)}, value=Organisation.kind)
    return rank, Organisation.name.expression, Organisation.id.expression


def by_code(code: str) -> Organisation | None:
    """The organisation with this code, however it is written (` rte `)."""
    return db.session.scalar(select(Organisation).where(Organisation.code == _as_code(code)))


def _as_code(typed: str) -> str:
    # Cleaned: the database driver refuses a text with a NUL in it.
    return clean(typed).strip()[:LONGEST_CODE].upper()


def by_ids(ids: Iterable[int]) -> Sequence[Organisation]:
    """These organisations, in the order of lists."""
    return db.session.scalars(
        select(Organisation).where(Organisation.id.in_(list(ids))).order_by(*_in_order())
    ).all()


def psc_choices(on: date | None = None) -> Sequence[Organisation]:
    """The patient safety collaboratives of a day (today), by name."""
    return db.session.scalars(
        select(Organisation)
        .where(Organisation.kind == OrganisationKind.PSC, _is_open(on or today()))
        .order_by(Organisation.name)
    ).all()


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of a search result: enough to tell two surgeries of one name apart."""

    id: int
    code: str
    name: str
    kind: OrganisationKind
    postcode: str | None
    within: str | None
    """Name of what it is part of."""
    closed_on: date | None
    """Its last day, where that is past."""

    @property
    def about(self) -> str:
        """`GP practice, A81001, TS18 1HU, part of Stockton PCN, closed 30 September 2024`."""
        parts = [self.kind.singular, self.code, self.postcode]
        parts.append(f"part of {self.within}" if self.within else None)
        parts.append(f"closed {name_day(self.closed_on)}" if self.closed_on else None)
        return ", ".join(filter(None, parts))


def search(
    text: str,
    limit: int = SHOWN,
    *,
    kinds: Collection[OrganisationKind] | None = None,
    on: date | None = None,
) -> list[Hit]:
    """Organisations found by code, or by the beginnings of words of their name in any order.

    The one whose code was typed comes first, those closed on the day (today) last.
    """
    day = on or today()
    is_exact = Organisation.code == _as_code(text)
    is_closed = and_(Organisation.valid_to.is_not(None), Organisation.valid_to < day)
    found = select(Organisation).where(Organisation.id.in_(words.matching(SEARCH_KIND, text)))
    if kinds is not None:
        found = found.where(Organisation.kind.in_(list(kinds)))
    rows = db.session.scalars(
        found.order_by(
            case((is_exact, 0), else_=1), case((is_closed, 1), else_=0), *_in_order()
        ).limit(limit)
    ).all()
    return _hits(rows, day)


def hits(ids: Iterable[int], on: date | None = None) -> list[Hit]:
    """These organisations as lines of a search result, in the order of lists."""
    return _hits(by_ids(ids), on or today())


def choices(
    text: str,
    *,
    chosen: int | None = None,
    kinds: Collection[OrganisationKind] | None = None,
    limit: int = SHOWN,
) -> list[Hit]:
    """What a picker lists: the one chosen, then open ones that the text finds."""
    first = hits([chosen]) if chosen is not None else []
    found = search(text, limit, kinds=kinds)
    return first + [hit for hit in found if hit.id != chosen and hit.closed_on is None]


def choosable(
    organisation_id: int, *, kinds: Collection[OrganisationKind] | None = None
) -> Organisation | None:
    """The organisation, if it is open today and of one of the kinds."""
    query = select(Organisation).where(Organisation.id == organisation_id, _is_open(today()))
    if kinds is not None:
        query = query.where(Organisation.kind.in_(list(kinds)))
    return db.session.scalar(query)


@cache
def _parent() -> type[Organisation]:
    """A second name for the table, made once: making it costs more than asking."""
    return aliased(Organisation)


def _hits(rows: Sequence[Organisation], day: date) -> list[Hit]:
    within: dict[int, str] = {}
    if rows:
        parent = _parent()
        # A closed one is told by what it was last part of: later rows replace earlier ones.
        for child_id, name in db.session.execute(
            select(OrganisationLink.child_id, parent.name)
            .join(parent, parent.id == OrganisationLink.parent_id)
            .where(
                OrganisationLink.child_id.in_([row.id for row in rows]),
                OrganisationLink.kind == LinkKind.PART_OF,
                OrganisationLink.is_lead,
                OrganisationLink.valid_from <= day,
            )
            .order_by(OrganisationLink.valid_to)
        ):
            within[child_id] = name
    return [
        Hit(
            id=row.id,
            code=row.code,
            name=row.name,
            kind=row.kind,
            postcode=row.postcode,
            within=within.get(row.id),
            closed_on=row.valid_to if row.valid_to is not None and row.valid_to < day else None,
        )
        for row in rows
    ]


def under(organisation_id: int, on: date | None = None, *, lead_only: bool = False) -> Select[int]:
    """Ids of the organisation and all under it on a day (today), for `Model.x_id.in_(...)`.

    Closed ones that it, or what is under it, took over from are among them: what they left is
    theirs now. Reading follows every path; roll-ups pass `lead_only`: nothing counts twice.
    """
    return _closure(
        select(OrganisationClosure.descendant_id).where(
            OrganisationClosure.ancestor_id == organisation_id
        ),
        on,
        lead_only,
    )


def above(organisation_id: int, on: date | None = None, *, lead_only: bool = False) -> Select[int]:
    """Ids of the organisation, all it is part of on a day (today) and their PSCs."""
    return _closure(
        select(OrganisationClosure.ancestor_id).where(
            OrganisationClosure.descendant_id == organisation_id
        ),
        on,
        lead_only,
    )


def _closure(query: Select[int], on: date | None, lead_only: bool) -> Select[int]:
    day = on or today()
    query = query.where(OrganisationClosure.valid_from <= day, OrganisationClosure.valid_to >= day)
    return query.where(OrganisationClosure.is_lead) if lead_only else query


def lead_psc(organisation_id: int, on: date | None = None) -> Organisation | None:
    """The PSC whose figures an organisation counts in on a day (today); a PSC's own is itself."""
    return db.session.scalar(
        select(Organisation)
        .where(
            Organisation.kind == OrganisationKind.PSC,
            Organisation.id.in_(above(organisation_id, on, lead_only=True)),
        )
        .order_by(Organisation.id)
        .limit(1)
    )


def above_with_lead(
    organisation_id: int, on: date | None = None
) -> tuple[list[Organisation], Organisation | None]:
    """What it is part of and its PSCs on a day (today), without itself; and its `lead_psc`."""
    leads = Organisation.id.in_(above(organisation_id, on, lead_only=True))
    rows = db.session.execute(
        select(Organisation, leads.label("leads"))
        .where(Organisation.id.in_(above(organisation_id, on)))
        .order_by(*_in_order())
    ).all()
    pscs = [row[0] for row in rows if row.leads and row[0].kind is OrganisationKind.PSC]
    return (
        [row[0] for row in rows if row[0].id != organisation_id],
        min(pscs, key=lambda psc: psc.id, default=None),
    )


def organisations_under(
    organisation_id: int,
    on: date | None = None,
    *,
    kind: OrganisationKind | None = None,
    limit: int = 50,
    offset: int = 0,
) -> Sequence[Organisation]:
    """What is open and under it on a day (today), without itself, a page at a time."""
    query = select(Organisation).where(
        Organisation.id.in_(under(organisation_id, on)),
        Organisation.id != organisation_id,
        _is_open(on or today()),
    )
    if kind is not None:
        query = query.where(Organisation.kind == kind)
    return db.session.scalars(query.order_by(*_in_order()).limit(limit).offset(offset)).all()


def has_under(organisation_id: int, on: date | None = None) -> bool:
    """Whether anything open is under it on a day (today)."""
    return bool(counts_under(organisation_id, on))


def counts_under(organisation_id: int, on: date | None = None) -> dict[OrganisationKind, int]:
    """How many open ones of each kind are under it on a day (today), without itself."""
    counted: dict[OrganisationKind, int] = {
        row.kind: row.number
        for row in db.session.execute(
            select(Organisation.kind, func.count().label("number"))
            .where(
                Organisation.id.in_(under(organisation_id, on)),
                Organisation.id != organisation_id,
                _is_open(on or today()),
            )
            .group_by(Organisation.kind)
        )
    }
    return {kind: counted[kind] for kind in _ORDER if kind in counted}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an organisation's history: what, which other organisation, and when."""

    what: str
    other_id: int
    other_name: str
    when: str


def history(organisation_id: int) -> list[Line]:
    """Its links in words, newest first: what it was part of, who supported it, who took over."""
    other = aliased(Organisation)
    is_child = OrganisationLink.child_id == organisation_id
    rows = db.session.execute(
        select(OrganisationLink, other.id, other.name)
        .join(
            other,
            other.id
            == case((is_child, OrganisationLink.parent_id), else_=OrganisationLink.child_id),
        )
        .where(
            or_(
                is_child,
                and_(
                    OrganisationLink.parent_id == organisation_id,
                    OrganisationLink.kind == LinkKind.SUCCESSOR_OF,
                ),
            )
        )
        .order_by(OrganisationLink.valid_to.desc(), OrganisationLink.valid_from.desc(), other.name)
    )
    lines = []
    for link, other_id, name in rows:
        what, when = describe(
            link.kind,
            Span(link.valid_from, link.valid_to),
            is_child=link.child_id == organisation_id,
            is_lead=link.is_lead,
        )
        lines.append(Line(what, other_id, name, when))
    return lines


def services_of(organisation_id: int) -> list[tuple[ServiceKind, Span]]:
    """The services it gives or gave, and when."""
    return [
        (row.service, Span(row.valid_from, row.valid_to))
        for row in db.session.scalars(
            select(OrganisationService)
            .where(OrganisationService.organisation_id == organisation_id)
            .order_by(OrganisationService.service, OrganisationService.valid_from)
        )
    ]


def successors(organisation_id: int, on: date | None = None) -> Sequence[Organisation]:
    """Who took over from it by a day (today), directly."""
    return db.session.scalars(
        select(Organisation)
        .join(OrganisationLink, OrganisationLink.child_id == Organisation.id)
        .where(
            OrganisationLink.parent_id == organisation_id,
            OrganisationLink.kind == LinkKind.SUCCESSOR_OF,
            OrganisationLink.valid_from <= (on or today()),
        )
        .order_by(Organisation.name)
    ).all()


def taken_over_by(organisation: Organisation) -> Sequence[Organisation] | None:
    """Who took over from one that has ended; None, without asking, for one that is open."""
    day = today()
    if organisation.valid_to is None or organisation.valid_to >= day:
        return None
    return successors(organisation.id, day)


def former_names(organisation_id: int) -> list[tuple[str, date]]:
    """The names it had, with the last day of each, newest first."""
    rows = db.session.execute(
        select(OrganisationName.name, OrganisationName.valid_to)
        .where(OrganisationName.organisation_id == organisation_id)
        .order_by(OrganisationName.valid_to.desc())
    )
    return [(row.name, row.valid_to) for row in rows]


def unplaced(on: date | None = None) -> Sequence[Organisation]:
    """Open organisations that were part of something and no longer are: for a person to place."""
    day = on or today()
    ended = select(OrganisationLink.child_id).where(
        OrganisationLink.kind == LinkKind.PART_OF, OrganisationLink.valid_to < day
    )
    standing = select(OrganisationLink.child_id).where(
        OrganisationLink.kind == LinkKind.PART_OF, OrganisationLink.valid_to >= day
    )
    return db.session.scalars(
        select(Organisation)
        .where(Organisation.id.in_(ended), Organisation.id.not_in(standing), _is_open(day))
        .order_by(*_in_order())
    ).all()


def _is_open(day: date) -> ColumnElement[bool]:
    return and_(
        func.coalesce(Organisation.valid_from, ALWAYS) <= day,
        func.coalesce(Organisation.valid_to, FOREVER) >= day,
    )
