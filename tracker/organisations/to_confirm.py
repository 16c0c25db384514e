"""What is for a person to confirm after organisations end: parts to place, questions to settle."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from tracker.db import db
from tracker.db import search as words
from tracker.safe.dates import today

from .domain import SEARCH_KIND, LinkKind, OrganisationKind, QuestionAbout
from .models import (
    Organisation,
    OrganisationClosure,
    OrganisationLink,
    OrganisationPlacement,
    OrganisationQuestion,
)

KINDS = (OrganisationKind.SUB_ICB, OrganisationKind.PCN, OrganisationKind.PRACTICE)
"""Largest first: to place one is to place all that is part of it."""
MOST_PLACEMENTS = 20


@dataclass(frozen=True, slots=True)
class Waiting:
    """A part of a split organisation that nobody has placed."""

    id: int
    code: str
    name: str
    kind: OrganisationKind
    postcode: str | None
    within: str
    """What it is part of still: its network, its location."""
    parts: int
    """How many are part of it and would go with it."""


@dataclass(frozen=True, slots=True)
class Left:
    """A split organisation and how many of its parts wait, by kind."""

    organisation: Organisation
    counts: dict[OrganisationKind, int]

    @property
    def number(self) -> int:
        """How many wait in all."""
        return sum(self.counts.values())


def split_organisations(within: Collection[int] | None = None) -> Sequence[Organisation]:
    """Ended organisations that several took over from; `within` names those of a patch."""
    query = select(Organisation).where(
        Organisation.id.in_(_split()), Organisation.valid_to < today()
    )
    if within is not None:
        query = query.where(in_patch(Organisation, within))
    return db.session.scalars(query.order_by(Organisation.name)).all()


def in_patch(of: type[Organisation], holders: Collection[int]) -> ColumnElement[bool]:
    """Condition on `of`, or a second name for it: it, or what was above it on its last day or is
    today, is one of `holders`."""
    day = today()
    first, last = OrganisationClosure.valid_from, OrganisationClosure.valid_to
    return (
        select(OrganisationClosure.id)
        .where(
            OrganisationClosure.descendant_id == of.id,
            OrganisationClosure.ancestor_id.in_(holders),
            or_(
                and_(first <= day, last >= day),
                and_(first <= of.valid_to, last >= of.valid_to),
            ),
        )
        .correlate(of)
        .exists()
    )


def successors_of(left: Organisation) -> Sequence[Organisation]:
    """Who took over from it, the one that counts what it left first."""
    return db.session.scalars(
        select(Organisation)
        .join(OrganisationLink, OrganisationLink.child_id == Organisation.id)
        .where(
            OrganisationLink.parent_id == left.id,
            OrganisationLink.kind == LinkKind.SUCCESSOR_OF,
        )
        .order_by(OrganisationLink.is_lead.desc(), Organisation.name)
    ).all()


def counts() -> dict[int, dict[OrganisationKind, int]]:
    """How many wait by split organisation and kind: one statement for all of them."""
    rows = db.session.execute(
        _waiting(today())
        .with_only_columns(
            OrganisationClosure.ancestor_id, Organisation.kind, func.count().label("number")
        )
        .group_by(OrganisationClosure.ancestor_id, Organisation.kind)
    )
    found: dict[int, dict[OrganisationKind, int]] = {}
    for row in rows:
        found.setdefault(row.ancestor_id, {})[row.kind] = row.number
    return {
        left: {kind: by_kind[kind] for kind in KINDS if kind in by_kind}
        for left, by_kind in found.items()
    }


def overview(within: Collection[int] | None = None) -> list[Left]:
    """Every split organisation with what waits of it."""
    counted = counts()
    return [Left(each, counted.get(each.id, {})) for each in split_organisations(within)]


def waiting_ids(left: Organisation, *, among: Collection[int], on: date) -> set[int]:
    """Those of `among` that wait under a split organisation."""
    return set(
        db.session.scalars(
            _waiting(on)
            .with_only_columns(Organisation.id)
            .where(OrganisationClosure.ancestor_id == left.id, Organisation.id.in_(among))
        )
    )


def waiting(
    left: Organisation,
    *,
    kind: OrganisationKind | None = None,
    within: int | None = None,
    text: str = "",
    limit: int = 50,
    offset: int = 0,
) -> list[Waiting]:
    """What waits, largest first and by name, a page at a time, in three statements at most."""
    rows = db.session.scalars(
        _narrowed(left, kind, within, text)
        .order_by(_rank(), Organisation.name, Organisation.id)
        .limit(limit)
        .offset(offset)
    ).all()
    ids = [row.id for row in rows]
    parents = _parents(ids)
    parts = _parts(ids)
    return [
        Waiting(
            row.id,
            row.code,
            row.name,
            row.kind,
            row.postcode,
            parents.get(row.id, ""),
            parts.get(row.id, 0),
        )
        for row in rows
    ]


def number_waiting(
    left: Organisation,
    *,
    kind: OrganisationKind | None = None,
    within: int | None = None,
    text: str = "",
) -> int:
    """How many the same question finds."""
    narrowed = _narrowed(left, kind, within, text).with_only_columns(func.count())
    return db.session.scalars(narrowed).one()


def placements(left: Organisation) -> Sequence[OrganisationPlacement]:
    """What was placed and stands, newest first."""
    return db.session.scalars(
        select(OrganisationPlacement)
        .where(OrganisationPlacement.left_id == left.id, OrganisationPlacement.undone_at.is_(None))
        .options(joinedload(OrganisationPlacement.into))
        .order_by(OrganisationPlacement.id.desc())
        .limit(MOST_PLACEMENTS)
    ).all()


def placement(left: Organisation, placement_id: int) -> OrganisationPlacement | None:
    """One placement of a split organisation."""
    return db.session.scalar(
        select(OrganisationPlacement).where(
            OrganisationPlacement.id == placement_id, OrganisationPlacement.left_id == left.id
        )
    )


def questions(within: Collection[int] | None = None) -> Sequence[OrganisationQuestion]:
    """What nobody has settled, with its organisation."""
    query = (
        select(OrganisationQuestion)
        .join(OrganisationQuestion.organisation)
        .options(contains_eager(OrganisationQuestion.organisation))
        .where(OrganisationQuestion.settled_at.is_(None))
    )
    if within is not None:
        query = query.where(in_patch(Organisation, within))
    return db.session.scalars(query.order_by(OrganisationQuestion.about, Organisation.name)).all()


def questions_of(organisation: Organisation) -> Sequence[OrganisationQuestion]:
    """What nobody has settled about one organisation."""
    return db.session.scalars(
        select(OrganisationQuestion).where(
            OrganisationQuestion.organisation_id == organisation.id,
            OrganisationQuestion.settled_at.is_(None),
        )
    ).all()


def contenders(
    question: OrganisationQuestion,
) -> list[tuple[Organisation, OrganisationLink]]:
    """Those of whom one leads, with the links that say so, the one that leads now first."""
    about, identity = question.about, question.organisation_id
    link = OrganisationLink
    if about is QuestionAbout.LEAD_PSC:
        other, mine = (
            link.parent_id,
            and_(
                link.child_id == identity,
                link.kind == LinkKind.SUPPORTED_BY,
                link.valid_to >= today(),
            ),
        )
    elif about is QuestionAbout.LEAD_SUCCESSOR:
        other, mine = (
            link.child_id,
            and_(link.parent_id == identity, link.kind == LinkKind.SUCCESSOR_OF),
        )
    else:
        return []
    rows = db.session.execute(
        select(Organisation, link)
        .join(link, other == Organisation.id)
        .where(mine)
        .order_by(link.is_lead.desc(), Organisation.name)
    )
    return [(row[0], row[1]) for row in rows]


def ended_with_one_successor(
    within: Collection[int] | None = None,
) -> list[tuple[Organisation, Organisation]]:
    """Ended organisations that exactly one took over from, with that one."""
    old, new = aliased(Organisation), aliased(Organisation)
    other = aliased(OrganisationLink)
    more = (
        select(other.id)
        .where(
            other.parent_id == OrganisationLink.parent_id,
            other.kind == LinkKind.SUCCESSOR_OF,
            other.id != OrganisationLink.id,
        )
        .exists()
    )
    query = (
        select(old, new)
        .join(OrganisationLink, OrganisationLink.parent_id == old.id)
        .join(new, new.id == OrganisationLink.child_id)
        .where(OrganisationLink.kind == LinkKind.SUCCESSOR_OF, ~more, old.valid_to < today())
    )
    if within is not None:
        query = query.where(in_patch(old, within))
    return [(row[0], row[1]) for row in db.session.execute(query.order_by(old.name))]


def _narrowed(
    left: Organisation, kind: OrganisationKind | None, within: int | None, text: str
) -> Select[Organisation]:
    query = _waiting(today()).where(OrganisationClosure.ancestor_id == left.id)
    if kind is not None:
        query = query.where(Organisation.kind == kind)
    if text:
        query = query.where(Organisation.id.in_(words.matching(SEARCH_KIND, text)))
    if within is not None:
        day = today()
        part = aliased(OrganisationClosure)
        query = query.where(
            select(part.id)
            .where(
                part.descendant_id == Organisation.id,
                part.ancestor_id == within,
                part.valid_from <= day,
                part.valid_to >= day,
            )
            .exists()
        )
    return query


def _waiting(day: date) -> Select[Organisation]:
    """What was under a split organisation on its last day and counts in no board on `day`."""
    left, above, board = aliased(Organisation), aliased(OrganisationClosure), aliased(Organisation)
    placed = (
        select(above.id)
        .join(board, board.id == above.ancestor_id)
        .where(
            above.descendant_id == Organisation.id,
            above.is_lead,
            above.valid_from <= day,
            above.valid_to >= day,
            board.kind == OrganisationKind.ICB,
        )
        .exists()
    )
    return (
        select(Organisation)
        .join(OrganisationClosure, OrganisationClosure.descendant_id == Organisation.id)
        .join(left, left.id == OrganisationClosure.ancestor_id)
        .where(
            OrganisationClosure.ancestor_id.in_(_split()),
            OrganisationClosure.is_lead,
            OrganisationClosure.valid_from <= left.valid_to,
            OrganisationClosure.valid_to >= left.valid_to,
            Organisation.kind.in_(KINDS),
            func.coalesce(Organisation.valid_to, day) >= day,
            left.valid_to < day,
            ~placed,
        )
    )


def _split() -> Select[int]:
    """Ids of organisations that several took over from."""
    return (
        select(OrganisationLink.parent_id)
        .where(OrganisationLink.kind == LinkKind.SUCCESSOR_OF)
        .group_by(OrganisationLink.parent_id)
        .having(func.count() > 1)
    )


def _rank() -> ColumnElement[int]:
    return case({kind: number for number, kind in enumerate(KINDS)}, value=Organisation.kind)


def _parents(ids: Collection[int]) -> dict[int, str]:
    day = today()
    parent = aliased(Organisation)
    rows = db.session.execute(
        select(OrganisationLink.child_id, parent.name)
        .join(parent, parent.id == OrganisationLink.parent_id)
        .where(
            OrganisationLink.child_id.in_(ids),
            OrganisationLink.kind == LinkKind.PART_OF,
            OrganisationLink.is_lead,
            OrganisationLink.valid_from <= day,
            OrganisationLink.valid_to >= day,
        )
    )
    return {row.child_id: row.name for row in rows}


def _parts(ids: Collection[int]) -> dict[int, int]:
    day = today()
    rows = db.session.execute(
        select(OrganisationClosure.ancestor_id, func.count().label("number"))
        .where(
            OrganisationClosure.ancestor_id.in_(ids),
            OrganisationClosure.descendant_id != OrganisationClosure.ancestor_id,
            OrganisationClosure.is_lead,
            OrganisationClosure.valid_from <= day,
            OrganisationClosure.valid_to >= day,
        )
        .group_by(OrganisationClosure.ancestor_id)
    )
    return {row.ancestor_id: row.number for row in rows}
