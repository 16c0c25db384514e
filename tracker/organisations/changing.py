"""Merging and splitting organisations on a date, as changes to dated links. Pure."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from tracker.safe.dates import name_day

from .domain import FOREVER, Link, LinkKind, Span, day_before

K = TypeVar("K", bound=Hashable)

UPWARD = (LinkKind.PART_OF, LinkKind.SUPPORTED_BY)


class CannotChange(ValueError):
    """The merge or split cannot be on that date. The message says why, fit for a page."""


@dataclass(frozen=True, slots=True)
class Changes(Generic[K]):
    """What to do, so that every earlier day answers as it did: things end, others begin.

    `unplaced` are organisations whose link ends with no new one: for a person to place.
    """

    closes: dict[K, date] = field(default_factory=dict)
    """Organisation to its last day."""
    ends: dict[Link[K], date] = field(default_factory=dict)
    """Link to its last day."""
    begins: list[Link[K]] = field(default_factory=list)
    unplaced: list[K] = field(default_factory=list)


def merge(
    leaving: Sequence[K],
    successor: K,
    *,
    on: date,
    spans: Mapping[K, Span],
    links: Iterable[Link[K]],
) -> Changes[K]:
    """All of `leaving` become `successor` on a day: what was under them is under it from then.

    Where the successor has no parent of its own that day it takes theirs, the first named in
    front: its region is theirs, and of two lead PSCs the first stays the lead.
    Raises `CannotChange`.
    """
    if not leaving:
        raise CannotChange("Choose at least one organisation to merge")
    everything = list(links)
    changes: Changes[K] = Changes()
    for key in leaving:
        _close(changes, key, [successor], on, spans, everything)
    for link in everything:
        if link.parent in leaving and link.kind in UPWARD and _goes_on(link, on):
            # Two leaving organisations may hold each other's parts; they close, not move.
            if link.child in leaving:
                continue
            _begin(changes, _moved(link, successor, on), on, everything)
    _inherit(changes, leaving, successor, on, everything)
    return changes


def split(
    leaving: K,
    going: Mapping[K, K],
    successors: Sequence[K],
    *,
    on: date,
    spans: Mapping[K, Span],
    links: Iterable[Link[K]],
) -> Changes[K]:
    """`leaving` becomes several on a day; `going` says which successor each of its parts joins.

    A part that `going` does not name keeps its old link, ended, and is in `unplaced`. What stays
    with `leaving` itself counts in the first successor.
    Raises `CannotChange`.
    """
    if not successors:
        raise CannotChange("Choose at least one organisation to take over")
    everything = list(links)
    changes: Changes[K] = Changes()
    _close(changes, leaving, successors, on, spans, everything)
    current = [
        link
        for link in everything
        if link.parent == leaving and link.kind in UPWARD and _goes_on(link, on)
    ]
    strangers = set(going) - {link.child for link in current}
    if strangers:
        raise CannotChange(f"Not part of what is being split: {_named(strangers)}")
    wrong = set(going.values()) - set(successors)
    if wrong:
        raise CannotChange(f"Not among the organisations that take over: {_named(wrong)}")
    for link in current:
        if link.child in going:
            _begin(changes, _moved(link, going[link.child], on), on, everything)
        elif link.child not in changes.unplaced:
            changes.unplaced.append(link.child)
    for successor in successors:
        _inherit(changes, [leaving], successor, on, everything)
    return changes


def _close(
    changes: Changes[K],
    key: K,
    successors: Sequence[K],
    on: date,
    spans: Mapping[K, Span],
    links: Sequence[Link[K]],
) -> None:
    last = day_before(on)
    if key in successors:
        raise CannotChange("An organisation cannot take over from itself")
    if on not in spans[key] or last not in spans[key]:
        raise CannotChange(f"{key} is not open on the day before and on {name_day(on)}")
    for successor in successors:
        if on not in spans[successor]:
            raise CannotChange(f"{successor} is not open on {name_day(on)}")
    changes.closes[key] = last
    for link in links:
        if key not in (link.child, link.parent) or link.kind not in UPWARD:
            continue
        if link.span.start >= on:
            raise CannotChange(
                f"{key} has a link that begins on {name_day(link.span.start)}, after it would close"
            )
        if link.span.end >= on:
            changes.ends[link] = last
    changes.begins.extend(
        Link(successor, key, LinkKind.SUCCESSOR_OF, number == 0, Span(on, FOREVER))
        for number, successor in enumerate(successors)
    )


def _goes_on(link: Link[K], on: date) -> bool:
    return link.span.start < on <= link.span.end


def _moved(link: Link[K], parent: K, on: date) -> Link[K]:
    return Link(link.child, parent, link.kind, link.is_lead, Span(on, link.span.end))


def _begin(changes: Changes[K], link: Link[K], on: date, links: Sequence[Link[K]]) -> None:
    """Add a link unless the same two are linked that way already; of the two, a lead stands."""
    if link.child == link.parent:
        return
    same = (link.child, link.parent, link.kind)
    for number, known in enumerate(changes.begins):
        if (known.child, known.parent, known.kind) == same:
            if link.is_lead:
                changes.begins[number] = link
            return
    for known in links:
        if (known.child, known.parent, known.kind) != same or known in changes.ends:
            continue
        if on in known.span:
            if known.is_lead or not link.is_lead:
                return
            if known.span.start == on:
                raise CannotChange(f"{link.child} is linked to {link.parent} from that very day")
            changes.ends[known] = day_before(on)
    changes.begins.append(link)


def _inherit(
    changes: Changes[K], leaving: Sequence[K], successor: K, on: date, links: Sequence[Link[K]]
) -> None:
    """Give a successor with no parents of its own those of what it takes over from."""
    for kind in UPWARD:
        own = any(
            link.child == successor and link.kind is kind and link.span.end >= on
            for link in [*links, *changes.begins]
        )
        if own:
            continue
        theirs = [
            link
            for key in leaving
            for link in sorted(links, key=lambda known: not known.is_lead)
            if link.child == key and link.kind is kind and _goes_on(link, on)
        ]
        led = False
        for link in theirs:
            if link.parent in leaving:
                continue
            is_lead = link.is_lead and not led
            led = led or is_lead
            # A region both share comes once; a second lead PSC still supports, without leading.
            inherited = Link(successor, link.parent, kind, is_lead, Span(on, link.span.end))
            _begin(changes, inherited, on, links)


def _named(keys: Iterable[K]) -> str:
    return ", ".join(sorted(map(str, keys)))
