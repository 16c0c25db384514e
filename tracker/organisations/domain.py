"""Dated links between organisations, and the closure that answers "everything under"."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Generic, TypeVar

from tracker.safe.dates import name_day, name_period

ALWAYS = date(1, 1, 1)
"""Stands for "since before records began" where a column needs a value to compare."""
FOREVER = date(9999, 12, 31)
SEARCH_KIND = "organisation"
"""What organisations are called in the search index."""


class OrganisationKind(StrEnum):
    """What an organisation is; the codes say nothing about it. Widest first."""

    NATIONAL = "national"
    REGION = "region"
    ICB = "icb"
    SUB_ICB = "sub_icb"
    PSC = "psc"
    TRUST = "trust"
    PCN = "pcn"
    PRACTICE = "practice"
    PROVIDER = "provider"
    SITE = "site"
    PLACE = "place"

    @property
    def singular(self) -> str:
        """One of them, as a person reads it."""
        return _TITLES[self][0]

    @property
    def plural(self) -> str:
        """Several of them, as a person reads it."""
        return _TITLES[self][1]


_TITLES = {
    OrganisationKind.NATIONAL: ("National body", "National bodies"),
    OrganisationKind.REGION: ("NHS England region", "NHS England regions"),
    OrganisationKind.ICB: ("Integrated care board", "Integrated care boards"),
    OrganisationKind.SUB_ICB: ("Sub-ICB location", "Sub-ICB locations"),
    OrganisationKind.PSC: ("Patient safety collaborative", "Patient safety collaboratives"),
    OrganisationKind.TRUST: ("NHS trust", "NHS trusts"),
    OrganisationKind.PCN: ("Primary care network", "Primary care networks"),
    OrganisationKind.PRACTICE: ("GP practice", "GP practices"),
    OrganisationKind.PROVIDER: ("Other provider", "Other providers"),
    OrganisationKind.SITE: ("Site", "Sites"),
    OrganisationKind.PLACE: ("Place", "Places"),
}


class LinkKind(StrEnum):
    """`child` is part of, is supported by, or is the successor of `parent`."""

    PART_OF = "part_of"
    SUPPORTED_BY = "supported_by"
    SUCCESSOR_OF = "successor_of"


class QuestionAbout(StrEnum):
    """What a list left open about an organisation."""

    LEAD_PSC = "lead_psc"
    LEAD_SUCCESSOR = "lead_successor"
    SOURCES = "sources"

    @property
    def asks(self) -> str:
        """The question, as a person reads it."""
        return {
            "lead_psc": "Which patient safety collaborative leads?",
            "lead_successor": "Where does what it left behind count?",
            "sources": "Which list is right?",
        }[self.value]


class ServiceKind(StrEnum):
    """A service that some organisations give and national lists count."""

    MATERNITY = "maternity"
    PERINATAL = "perinatal"

    @property
    def singular(self) -> str:
        """As a person reads it."""
        return {"maternity": "Maternity", "perinatal": "Perinatal unit"}[self.value]


def searchable(code: str, name: str) -> str:
    """The text an organisation is found by."""
    return f"{code} {name}"


class CircularLinks(ValueError):
    """An organisation would be part of itself. The message names the circle."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Days from `start` to `end`, both included."""

    start: date = ALWAYS
    end: date = FOREVER

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise ValueError(f"{self.start} is after {self.end}")

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def nearest(self, day: date) -> date:
        """The day itself, or the first or last one where it is outside."""
        return min(max(day, self.start), self.end)

    def meet(self, other: Span) -> Span | None:
        """The days in both; None when there are none."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Span(start, end) if start <= end else None


K = TypeVar("K", bound=Hashable)

EVER = Span()


@dataclass(frozen=True, slots=True)
class Link(Generic[K]):
    """`child` is linked to `parent` for the days of `span`; keys are ids, or codes before a load.

    `is_lead` marks, among several parents of one kind, the one whose figures the child counts in;
    among several successors, the one that what was left behind counts in.
    """

    child: K
    parent: K
    kind: LinkKind
    is_lead: bool = True
    span: Span = EVER

    @property
    def ends(self) -> tuple[K, K]:
        """The lower and the upper of the two. What was taken over is under its successor."""
        if self.kind is LinkKind.SUCCESSOR_OF:
            return self.parent, self.child
        return self.child, self.parent


@dataclass(frozen=True, slots=True)
class Under(Generic[K]):
    """`descendant` is under `ancestor` for the days of `span`; roll-ups follow `is_lead` only."""

    ancestor: K
    descendant: K
    is_lead: bool
    span: Span


def day_before(day: date) -> date:
    """The last day of what ends when something else begins on `day`."""
    return day - timedelta(days=1)


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same days in as few spans as possible, in order."""
    joined: list[Span] = []
    for span in sorted(spans):
        last = joined[-1] if joined else None
        if last is not None and (last.end == FOREVER or span.start <= last.end + timedelta(days=1)):
            joined[-1] = Span(last.start, max(last.end, span.end))
        else:
            joined.append(span)
    return joined


def without(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """The days of `spans` that are in none of `taken`."""
    left = list(spans)
    for hole in taken:
        rest: list[Span] = []
        for span in left:
            if span.meet(hole) is None:
                rest.append(span)
                continue
            if span.start < hole.start:
                rest.append(Span(span.start, day_before(hole.start)))
            if span.end > hole.end:
                rest.append(Span(hole.end + timedelta(days=1), span.end))
        left = rest
    return left


def closure(keys: Iterable[K], links: Iterable[Link[K]]) -> list[Under[K]]:
    """Who is above each of `keys`, and when.

    A path is `part_of` links, or the step from what closed to what took over, with at most one
    `supported_by` as its last step; it holds on the days that all its links share. Equal paths
    become one: for a pair and a day there is at most one row, a lead path before any other.
    Everything is under itself always: people keep what is theirs when an organisation closes.
    Raises `CircularLinks` where some day would find an organisation above itself.
    """
    upward: dict[K, list[Link[K]]] = {}
    for link in links:
        upward.setdefault(link.ends[0], []).append(link)
    rows: list[Under[K]] = []
    for key in keys:
        lead: dict[K, list[Span]] = {key: [EVER]}
        other: dict[K, list[Span]] = {}
        for ancestor, is_lead, span in _paths(key, upward):
            (lead if is_lead else other).setdefault(ancestor, []).append(span)
        for ancestor in {**lead, **other}:
            leading = merged(lead.get(ancestor, ()))
            rest = without(merged(other.get(ancestor, ())), leading)
            rows += [Under(ancestor, key, True, span) for span in leading]
            rows += [Under(ancestor, key, False, span) for span in rest]
    return rows


def _paths(key: K, upward: Mapping[K, list[Link[K]]]) -> Iterator[tuple[K, bool, Span]]:
    waiting: list[tuple[tuple[K, ...], bool, Span]] = [((key,), True, EVER)]
    while waiting:
        way, is_lead, span = waiting.pop()
        for link in upward.get(way[-1], ()):
            within = span.meet(link.span)
            if within is None:
                continue
            upper = link.ends[1]
            if upper in way:
                circle = " → ".join(map(str, (*way[way.index(upper) :], upper)))
                raise CircularLinks(f"These would be part of one another: {circle}")
            leads = is_lead and link.is_lead
            yield upper, leads, within
            if link.kind is not LinkKind.SUPPORTED_BY:
                waiting.append(((*way, upper), leads, within))


def below(keys: Iterable[K], links: Iterable[Link[K]]) -> set[K]:
    """These and all that were ever under them, through any number of links."""
    children: dict[K, list[K]] = {}
    for link in links:
        if link.kind is not LinkKind.SUPPORTED_BY:
            lower, upper = link.ends
            children.setdefault(upper, []).append(lower)
    found = set(keys)
    waiting = list(found)
    while waiting:
        for child in children.get(waiting.pop(), ()):
            if child not in found:
                found.add(child)
                waiting.append(child)
    return found


def when(span: Span) -> str:
    """The days in words: `since 1 April 2026`, `until 31 March 2026`; empty for always."""
    if span.start == ALWAYS:
        return "" if span.end == FOREVER else f"until {name_day(span.end)}"
    if span.end == FOREVER:
        return f"since {name_day(span.start)}"
    return f"from {name_day(span.start)} to {name_day(span.end)}"


def describe(kind: LinkKind, span: Span, *, is_child: bool, is_lead: bool) -> tuple[str, str]:
    """A link as one of its two organisations tells it: (`Part of`, `since 1 April 2026`)."""
    if kind is LinkKind.SUCCESSOR_OF:
        return ("Took over from" if is_child else "Taken over by"), f"on {name_day(span.start)}"
    if kind is LinkKind.PART_OF:
        return ("Part of" if is_lead else "Also part of"), when(span)
    return ("Supported by" if is_lead else "Also supported by"), when(span)


def as_at_words(as_at: str) -> str:
    """The date of a list in words: `2025-07` is July 2025, a year such as `2022-23` stays."""
    try:
        first = date.fromisoformat(f"{as_at}-01")
    except ValueError:
        return as_at
    return name_period(first, "monthly")
