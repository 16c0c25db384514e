"""Loading the published lists: what is new is added, what has ended stays ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Row, bindparam, insert, select, update

from tracker import audit
from tracker.db import Base, db, search

from .domain import ALWAYS, FOREVER, SEARCH_KIND, LinkKind, OrganisationKind, Span, searchable
from .lists import Listed, Listing
from .models import Organisation, OrganisationLink, OrganisationService
from .rebuilding import rebuild_closure

if TYPE_CHECKING:
    from tracker.auth.models import User

_FIELDS = ("name", "kind", "sector", "postcode", "valid_from", "valid_to", "as_at")


@dataclass(slots=True)
class Count:
    """Rows of one sort: how many the load added, changed and left as they were."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass(slots=True)
class Loaded:
    """What a load did; `counts` by kind of organisation, then `links` and `services`."""

    counts: dict[str, Count] = field(default_factory=dict)

    def of(self, sort: str) -> Count:
        """The count of one sort, begun at nothing."""
        return self.counts.setdefault(sort, Count())

    def lines(self) -> list[tuple[str, Count]]:
        """The counts with their names in words."""
        titles = {kind.value: kind.plural for kind in OrganisationKind}
        return [(titles.get(sort, sort.capitalize()), count) for sort, count in self.counts.items()]

    @property
    def is_nothing_new(self) -> bool:
        """Everything was there already."""
        return not any(count.added or count.changed for count in self.counts.values())


def load(listing: Listing, *, by: User | None = None) -> Loaded:
    """Bring the database to what the lists say; the same lists again change nothing.

    Nothing is removed. An organisation, link or service that has ended since stays ended, and a
    row that came from a later list keeps what that said. Raises `CircularLinks`.
    """
    loaded = Loaded()
    ids = _organisations(listing, loaded)
    dated = loaded.is_nothing_new
    _links(listing, ids, loaded.of("links"))
    _services(listing, ids, loaded.of("services"))
    if not (dated and loaded.is_nothing_new):
        rebuild_closure()
        audit.record(
            "organisations.loaded",
            by=by,
            detail={
                sort: [count.added, count.changed, count.unchanged]
                for sort, count in loaded.counts.items()
            },
        )
    return loaded


def _organisations(listing: Listing, loaded: Loaded) -> dict[str, int]:
    known = {
        row.code: row
        for row in db.session.execute(
            select(
                Organisation.id,
                Organisation.code,
                Organisation.version,
                *(getattr(Organisation, name) for name in _FIELDS),
            )
        )
    }
    adding: list[dict[str, Any]] = []
    changing: list[dict[str, Any]] = []
    touched: list[Listed] = []
    for listed in listing.organisations.values():
        count = loaded.of(listed.kind.value)
        row = known.get(listed.code)
        values = _values(listed, row)
        if row is None:
            count.added += 1
            adding.append({"code": listed.code, **values})
        elif row.as_at > listed.as_at or all(getattr(row, name) == values[name] for name in values):
            count.unchanged += 1
            continue
        else:
            count.changed += 1
            changing.append({"row_id": row.id, "version": row.version + 1, **values})
        touched.append(listed)
    if adding:
        db.session.execute(insert(Organisation), adding)
    if changing:
        table = Organisation.metadata.tables[Organisation.__tablename__]
        db.session.execute(update(table).where(table.c.id == bindparam("row_id")), changing)
    ids = {
        code: key for key, code in db.session.execute(select(Organisation.id, Organisation.code))
    }
    search.index_many(
        SEARCH_KIND, {ids[each.code]: searchable(each.code, each.name) for each in touched}
    )
    return ids


def _values(listed: Listed, row: Row[Any] | None) -> dict[str, Any]:
    ends = None if listed.span.end == FOREVER else listed.span.end
    return {
        "name": listed.name,
        "kind": listed.kind,
        "sector": listed.sector,
        "postcode": listed.postcode,
        "valid_from": None if listed.span.start == ALWAYS else listed.span.start,
        "valid_to": row.valid_to if row is not None and ends is None else ends,
        "as_at": listed.as_at,
    }


def _links(listing: Listing, ids: Mapping[str, int], count: Count) -> None:
    known: dict[tuple[int, int, LinkKind], list[OrganisationLink]] = {}
    for row in db.session.scalars(select(OrganisationLink)):
        known.setdefault((row.child_id, row.parent_id, row.kind), []).append(row)
    adding = []
    for link in listing.links:
        key = (ids[link.child], ids[link.parent], link.kind)
        stored = _on_the_same_days(known.get(key, ()), link.span)
        if stored is None:
            count.added += 1
            adding.append(
                {
                    "child_id": key[0],
                    "parent_id": key[1],
                    "kind": link.kind,
                    "is_lead": link.is_lead,
                    "valid_from": link.span.start,
                    "valid_to": link.span.end,
                }
            )
        elif stored.valid_to < link.span.end or (
            stored.valid_to == link.span.end and stored.is_lead is link.is_lead
        ):
            count.unchanged += 1
        else:
            stored.valid_to, stored.is_lead = link.span.end, link.is_lead
            count.changed += 1
    _insert(OrganisationLink, adding)


def _services(listing: Listing, ids: Mapping[str, int], count: Count) -> None:
    known: dict[tuple[int, str], list[OrganisationService]] = {}
    for row in db.session.scalars(select(OrganisationService)):
        known.setdefault((row.organisation_id, row.service), []).append(row)
    adding = []
    for listed in listing.services:
        key = (ids[listed.code], listed.service)
        stored = _on_the_same_days(known.get(key, ()), listed.span)
        if stored is None:
            count.added += 1
            adding.append(
                {
                    "organisation_id": key[0],
                    "service": listed.service,
                    "valid_from": listed.span.start,
                    "valid_to": listed.span.end,
                }
            )
        elif stored.valid_to <= listed.span.end:
            count.unchanged += 1
        else:
            stored.valid_to = listed.span.end
            count.changed += 1
    _insert(OrganisationService, adding)


Dated = TypeVar("Dated", OrganisationLink, OrganisationService)


def _on_the_same_days(rows: Iterable[Dated], span: Span) -> Dated | None:
    # A list knows when something is, not when it began: days in common make it the same.
    return next((row for row in rows if span.meet(Span(row.valid_from, row.valid_to))), None)


def _insert(model: type[Base], rows: list[dict[str, Any]]) -> None:
    if rows:
        db.session.execute(insert(model), rows)
    db.session.flush()
