"""Placing what a split organisation left under a successor, and settling what the lists leave open.

A sub-ICB location is placed with all that is part of it; a network or a practice can be placed by
itself where it goes elsewhere. Every press is one placement, which can be taken back.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from tracker import audit
from tracker.db import db, utcnow
from tracker.safe.dates import name_day

from . import to_confirm
from .changing import CannotChange
from .domain import FOREVER, LinkKind, OrganisationKind, QuestionAbout, day_before
from .models import (
    Organisation,
    OrganisationLink,
    OrganisationPlacement,
    OrganisationQuestion,
)
from .rebuilding import rebuild_closure

if TYPE_CHECKING:
    from tracker.auth.models import User


def place(
    chosen: Collection[int], *, left: Organisation, into: Organisation, on: date, by: User | None
) -> OrganisationPlacement:
    """From `on`, these parts of the split `left` are under `into`, with all that is part of them.

    Whatever is under another that was chosen goes with that one. Raises `CannotChange`.
    """
    if left.valid_to is None or on <= left.valid_to:
        raise CannotChange(f"Choose a day after {left.name} ended")
    if into.id not in {each.id for each in to_confirm.successors_of(left)}:
        raise CannotChange(f"{into.name} does not take over from {left.name}")
    waiting = to_confirm.waiting_ids(left, among=chosen, on=on)
    if set(chosen) - waiting:
        raise CannotChange("Some of these have been placed since: look at the list again")
    if not chosen:
        raise CannotChange("Choose at least one to place")
    standing = _standing(chosen, on)
    moving = _tops(chosen, standing)
    _refuse_later_links(standing, moving, on)
    placement = OrganisationPlacement(
        left_id=left.id,
        into_id=into.id,
        starts_on=on,
        number=len(moving),
        by_id=by.id if by is not None else None,
    )
    db.session.add(placement)
    db.session.flush()
    for link in standing:
        if link.child_id in moving and link.is_lead:
            link.valid_to, link.ended_placement_id = day_before(on), placement.id
    networks = _networks({link.parent_id for link in standing})
    for link in standing:
        # A practice stays in its network, and counts where it is placed.
        if link.child_id in moving and link.is_lead and link.parent_id in networks:
            db.session.add(_begun(link.child_id, link.parent_id, placement, is_lead=False))
    db.session.add_all(_begun(child, into.id, placement) for child in sorted(moving))
    audit.record(
        "organisation.placed",
        of=placement,
        by=by,
        organisation_id=left.id,
        detail={"into": into.code, "on": on.isoformat(), "organisations": _codes(moving)},
    )
    db.session.flush()
    rebuild_closure(of=moving)
    return placement


def undo(placement: OrganisationPlacement, *, by: User | None) -> None:
    """Take a placement back: what it placed waits again, and its old links hold as before.

    Raises `CannotChange` where a later placement has moved some of it on.
    """
    if placement.undone_at is not None:
        return
    begun = db.session.scalars(
        select(OrganisationLink).where(OrganisationLink.placement_id == placement.id)
    ).all()
    if any(link.valid_to != FOREVER for link in begun):
        raise CannotChange("Some of these have been moved on since: take that back first")
    children = {link.child_id for link in begun}
    db.session.execute(
        delete(OrganisationLink).where(OrganisationLink.placement_id == placement.id)
    )
    db.session.execute(
        update(OrganisationLink)
        .where(OrganisationLink.ended_placement_id == placement.id)
        .values(valid_to=FOREVER, ended_placement_id=None)
    )
    placement.undone_at = utcnow()
    placement.undone_by_id = by.id if by is not None else None
    audit.record(
        "organisation.placement_undone",
        of=placement,
        by=by,
        organisation_id=placement.left_id,
        detail={"organisations": _codes(children)},
    )
    db.session.flush()
    rebuild_closure(of=children)


def settle(
    question: OrganisationQuestion, *, by: User | None, lead: Organisation | None = None
) -> None:
    """Say that a question is settled; `lead` is who leads from then, for those that ask who.

    Which of several leads is said of the whole time that they are linked: until a person decided
    it was a guess. Raises `CannotChange`.
    """
    if question.settled_at is not None:
        return
    if question.about is not QuestionAbout.SOURCES:
        links = to_confirm.contenders(question)
        if lead is None or lead.id not in {one.id for one, _ in links}:
            raise CannotChange("Choose one of those named")
        for one, link in links:
            link.is_lead = one.id == lead.id
    question.settled_at = utcnow()
    question.settled_by_id = by.id if by is not None else None
    audit.record(
        "organisation.question_settled",
        of=question,
        by=by,
        organisation_id=question.organisation_id,
        detail={"about": question.about.value, "lead": lead.code if lead is not None else None},
    )
    db.session.flush()
    if lead is not None:
        rebuild_closure()


def _standing(chosen: Collection[int], on: date) -> Sequence[OrganisationLink]:
    """The links up that hold on the day or begin after it."""
    return db.session.scalars(
        select(OrganisationLink)
        .where(
            OrganisationLink.child_id.in_(chosen),
            OrganisationLink.kind == LinkKind.PART_OF,
            OrganisationLink.valid_to >= on,
        )
        .order_by(OrganisationLink.id)
    ).all()


def _tops(chosen: Collection[int], standing: Sequence[OrganisationLink]) -> set[int]:
    """The chosen that are not part of another chosen one."""
    parents = {link.child_id: link.parent_id for link in standing if link.is_lead}
    tops = set()
    for each in chosen:
        above = parents.get(each)
        while above is not None and above not in chosen:
            above = parents.get(above)
        if above is None:
            tops.add(each)
    return tops


def _refuse_later_links(
    standing: Sequence[OrganisationLink], moving: Collection[int], on: date
) -> None:
    for link in standing:
        if link.child_id in moving and link.valid_from >= on:
            raise CannotChange(f"One of these is linked from {name_day(link.valid_from)} already")


def _begun(
    child: int, parent: int, placement: OrganisationPlacement, *, is_lead: bool = True
) -> OrganisationLink:
    return OrganisationLink(
        child_id=child,
        parent_id=parent,
        kind=LinkKind.PART_OF,
        is_lead=is_lead,
        valid_from=placement.starts_on,
        placement_id=placement.id,
    )


def _networks(ids: Collection[int]) -> set[int]:
    return set(
        db.session.scalars(
            select(Organisation.id).where(
                Organisation.id.in_(ids), Organisation.kind == OrganisationKind.PCN
            )
        )
    )


def _codes(ids: Collection[int]) -> list[str]:
    return list(
        db.session.scalars(
            select(Organisation.code).where(Organisation.id.in_(ids)).order_by(Organisation.code)
        )
    )
