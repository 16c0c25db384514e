"""Adding, linking, merging and splitting organisations; every earlier day keeps its answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import aliased

from tracker import audit
from tracker.db import db, search

from . import changing
from .changing import CannotChange, Changes
from .domain import (
    ALWAYS,
    FOREVER,
    SEARCH_KIND,
    Link,
    LinkKind,
    OrganisationKind,
    ServiceKind,
    Span,
    day_before,
    searchable,
)
from .models import Organisation, OrganisationLink, OrganisationService
from .rebuilding import rebuild_closure

if TYPE_CHECKING:
    from tracker.auth.models import User


def add(
    name: str,
    *,
    code: str,
    kind: OrganisationKind,
    by: User | None,
    part_of: Organisation | None = None,
    supported_by: Sequence[Organisation] = (),
    sector: str | None = None,
    postcode: str | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
    is_demo: bool = False,
) -> Organisation:
    """Add one organisation, under its parent and its PSCs, the lead PSC first.

    Raises `CannotChange` where the code is taken.
    """
    if db.session.scalar(select(Organisation.id).where(Organisation.code == code)) is not None:
        raise CannotChange(f"The code {code} belongs to another organisation")
    organisation = Organisation(
        code=code,
        name=name,
        kind=kind,
        sector=sector,
        postcode=postcode,
        valid_from=valid_from,
        valid_to=valid_to,
        is_demo=is_demo,
    )
    db.session.add(organisation)
    db.session.flush()
    search.index(SEARCH_KIND, organisation.id, searchable(code, name))
    span = organisation.span
    parents = [(part_of, LinkKind.PART_OF, True)] if part_of is not None else []
    parents += [
        (psc, LinkKind.SUPPORTED_BY, number == 0) for number, psc in enumerate(supported_by)
    ]
    db.session.add_all(
        OrganisationLink(
            child_id=organisation.id,
            parent_id=parent.id,
            kind=link_kind,
            is_lead=is_lead,
            valid_from=span.start,
            valid_to=span.end,
        )
        for parent, link_kind, is_lead in parents
    )
    audit.record("organisation.added", of=organisation, by=by, organisation_id=organisation.id)
    db.session.flush()
    rebuild_closure(of=[organisation.id])
    return organisation


def link(
    child: Organisation,
    *,
    parent: Organisation,
    kind: LinkKind,
    by: User | None,
    is_lead: bool = True,
    valid_from: date = ALWAYS,
    valid_to: date = FOREVER,
) -> OrganisationLink:
    """Link a child to a parent from one day to another.

    Raises `CannotChange` where the two are linked so already on one of those days or another
    parent leads then, and `CircularLinks`.
    """
    span = Span(valid_from, valid_to)
    for known in db.session.scalars(
        select(OrganisationLink).where(
            OrganisationLink.child_id == child.id, OrganisationLink.kind == kind
        )
    ):
        if span.meet(Span(known.valid_from, known.valid_to)) is None:
            continue
        if known.parent_id == parent.id:
            raise CannotChange(f"{child.name} and {parent.name} are linked already")
        if is_lead and known.is_lead and kind is not LinkKind.SUCCESSOR_OF:
            raise CannotChange(f"{child.name} has another lead on those days: end that link first")
    made = OrganisationLink(
        child_id=child.id,
        parent_id=parent.id,
        kind=kind,
        is_lead=is_lead,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    db.session.add(made)
    audit.record(
        "organisation.linked",
        of=child,
        by=by,
        organisation_id=child.id,
        detail={"kind": kind.value, "parent": parent.code, "is_lead": is_lead},
    )
    db.session.flush()
    rebuild_closure(of=[child.id])
    return made


def end_link(ending: OrganisationLink, *, last_day: date, by: User | None) -> OrganisationLink:
    """End a link; `last_day` is the last on which it holds. Raises `CannotChange`."""
    if not ending.valid_from <= last_day <= ending.valid_to:
        raise CannotChange("A link can only end on a day on which it holds")
    ending.valid_to = last_day
    audit.record(
        "organisation.unlinked",
        of=ending,
        by=by,
        organisation_id=ending.child_id,
        detail={"kind": ending.kind.value, "last_day": last_day.isoformat()},
    )
    db.session.flush()
    rebuild_closure(of=[ending.child_id])
    return ending


@dataclass(frozen=True, slots=True)
class Moved:
    """What a merge or split did."""

    links: int
    """New links that began."""
    unplaced: list[Organisation]
    """What was part of the old organisation and has been given no new one."""


def merge(
    leaving: Sequence[Organisation], *, into: Organisation, on: date, by: User | None
) -> Moved:
    """From `on`, what was under `leaving` is under `into`; they close the day before.

    Raises `CannotChange`.
    """
    links = links_by_code()
    changes = changing.merge(
        [each.code for each in leaving], into.code, on=on, spans=_spans_by_code(), links=links
    )
    for each in leaving:
        _pass_services_on(each, dict.fromkeys(ServiceKind, into), on)
    return _apply("organisation.merged", changes, links, leaving, [into], on, by)


def split(
    leaving: Organisation,
    *,
    into: Sequence[Organisation],
    going: Mapping[Organisation, Organisation],
    on: date,
    by: User | None,
    services: Mapping[ServiceKind, Organisation] | None = None,
) -> Moved:
    """From `on`, each part of `leaving` is under the organisation `going` names for it.

    Parts that `going` does not name are returned as unplaced, their old link ended. `services`
    says who gives its services on; one that it does not name ends. What stays behind, such as its
    projects, counts in the first of `into`. Raises `CannotChange`.
    """
    links = links_by_code()
    changes = changing.split(
        leaving.code,
        {part.code: successor.code for part, successor in going.items()},
        [each.code for each in into],
        on=on,
        spans=_spans_by_code(),
        links=links,
    )
    _pass_services_on(leaving, services or {}, on)
    return _apply("organisation.split", changes, links, [leaving], into, on, by)


def _apply(
    action: str,
    changes: Changes[str],
    ids: Mapping[Link[str], int],
    leaving: Sequence[Organisation],
    successors: Sequence[Organisation],
    on: date,
    by: User | None,
) -> Moved:
    organisations = write_changes(changes, ids)
    for each in leaving:
        audit.record(
            action,
            of=each,
            by=by,
            organisation_id=each.id,
            detail={
                "on": on.isoformat(),
                "into": [successor.code for successor in successors],
                "unplaced": changes.unplaced,
            },
        )
    rebuild_closure()
    return Moved(len(changes.begins), [organisations[code] for code in changes.unplaced])


def write_changes(changes: Changes[str], ids: Mapping[Link[str], int]) -> dict[str, Organisation]:
    """Close, end and begin what `changes` says; the organisations by code. `ids` of known links.

    The closure is the caller's to rebuild.
    """
    codes = {link.child for link in changes.begins} | {link.parent for link in changes.begins}
    organisations = _by_code(codes | set(changes.closes) | set(changes.unplaced))
    for code, last_day in changes.closes.items():
        organisations[code].valid_to = last_day
    ending = [ids[link] for link in changes.ends]
    rows = {
        row.id: row
        for row in db.session.scalars(
            select(OrganisationLink).where(OrganisationLink.id.in_(ending))
        )
    }
    for link_, last_day in changes.ends.items():
        rows[ids[link_]].valid_to = last_day
    db.session.add_all(
        OrganisationLink(
            child_id=organisations[begun.child].id,
            parent_id=organisations[begun.parent].id,
            kind=begun.kind,
            is_lead=begun.is_lead,
            valid_from=begun.span.start,
            valid_to=begun.span.end,
        )
        for begun in changes.begins
    )
    db.session.flush()
    return organisations


def _pass_services_on(
    leaving: Organisation, services: Mapping[ServiceKind, Organisation], on: date
) -> None:
    receivers = [each.id for each in services.values()]
    given = db.session.scalars(
        select(OrganisationService).where(
            OrganisationService.organisation_id.in_([leaving.id, *receivers]),
            OrganisationService.valid_to >= on,
        )
    ).all()
    held = {(row.organisation_id, row.service) for row in given}
    for row in given:
        if row.organisation_id != leaving.id:
            continue
        if row.valid_from >= on:
            raise CannotChange(f"{leaving.name} begins a service after it would close")
        ends, row.valid_to = row.valid_to, day_before(on)
        receiver = services.get(row.service)
        if receiver is not None and (receiver.id, row.service) not in held:
            held.add((receiver.id, row.service))
            db.session.add(
                OrganisationService(
                    organisation_id=receiver.id, service=row.service, valid_from=on, valid_to=ends
                )
            )


def links_by_code() -> dict[Link[str], int]:
    """Every link, its two organisations by code, and its id."""
    child, parent = aliased(Organisation), aliased(Organisation)
    return {
        Link(
            row.child, row.parent, row.kind, row.is_lead, Span(row.valid_from, row.valid_to)
        ): row.id
        for row in db.session.execute(
            select(
                OrganisationLink.id,
                child.code.label("child"),
                parent.code.label("parent"),
                OrganisationLink.kind,
                OrganisationLink.is_lead,
                OrganisationLink.valid_from,
                OrganisationLink.valid_to,
            )
            .join(child, child.id == OrganisationLink.child_id)
            .join(parent, parent.id == OrganisationLink.parent_id)
            .order_by(OrganisationLink.id)
        )
    }


def _spans_by_code() -> dict[str, Span]:
    return {
        row.code: Span(row.valid_from or ALWAYS, row.valid_to or FOREVER)
        for row in db.session.execute(
            select(Organisation.code, Organisation.valid_from, Organisation.valid_to)
        )
    }


def _by_code(codes: Iterable[str]) -> dict[str, Organisation]:
    found = db.session.scalars(select(Organisation).where(Organisation.code.in_(list(codes))))
    return {each.code: each for each in found}
