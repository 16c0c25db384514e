"""Keeping the stored closure true to the links."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import bindparam, delete, insert, select

from tracker.db import db

from .domain import Link, Span, below, closure
from .models import Organisation, OrganisationClosure, OrganisationLink

MOST_NAMED = 2000
"""Above this many descendants the whole closure is compared: one statement cannot name more."""

_rows = OrganisationClosure.metadata.tables[OrganisationClosure.__tablename__]
_COLUMNS = (
    _rows.c.ancestor_id,
    _rows.c.descendant_id,
    _rows.c.is_lead,
    _rows.c.valid_from,
    _rows.c.valid_to,
)
_NAMES = tuple(column.name for column in _COLUMNS)


def rebuild_closure(of: Collection[int] | None = None) -> int:
    """Bring the closure to what the links say; how many of its rows came or went.

    `of` names the organisations whose links changed: they and all that is part of them are looked
    at, otherwise everything. Raises `CircularLinks`.
    """
    links = [
        Link(row.child_id, row.parent_id, row.kind, row.is_lead, Span(row.valid_from, row.valid_to))
        for row in db.session.execute(
            select(
                OrganisationLink.child_id,
                OrganisationLink.parent_id,
                OrganisationLink.kind,
                OrganisationLink.is_lead,
                OrganisationLink.valid_from,
                OrganisationLink.valid_to,
            )
        )
    ]
    touched = None if of is None else below(of, links)
    if touched is None or len(touched) > MOST_NAMED:
        touched = None
        keys: Collection[int] = db.session.scalars(select(Organisation.id)).all()
    else:
        keys = touched
    stored = select(_rows.c.id, *_COLUMNS)
    if touched is not None:
        stored = stored.where(_rows.c.descendant_id.in_(touched))
    leaving = {tuple(row[1:]): row.id for row in db.session.execute(stored)}
    coming = []
    for under in closure(keys, links):
        row = (
            under.ancestor,
            under.descendant,
            under.is_lead,
            under.span.start,
            under.span.end,
        )
        if leaving.pop(row, None) is None:
            coming.append(dict(zip(_NAMES, row, strict=True)))
    if leaving:
        db.session.execute(
            delete(_rows).where(_rows.c.id == bindparam("gone")),
            [{"gone": row_id} for row_id in leaving.values()],
        )
    if coming:
        db.session.execute(insert(_rows), coming)
    return len(coming) + len(leaving)
