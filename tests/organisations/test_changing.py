"""Merging and splitting as pure operations. Letters stand for organisations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from tracker.organisations.changing import CannotChange, Changes, merge, split
from tracker.organisations.domain import (
    ALWAYS,
    EVER,
    FOREVER,
    Link,
    LinkKind,
    Span,
    closure,
)

PART, SUPPORT, SUCCESSOR = LinkKind.PART_OF, LinkKind.SUPPORTED_BY, LinkKind.SUCCESSOR_OF
ON = date(2026, 4, 1)
BEFORE = date(2026, 3, 31)
NEW = Span(ON, FOREVER)

SPANS = dict.fromkeys(["region", "p", "q", "a", "b", "new", "new2", "t", "u", "v"], EVER)
LINKS: list[Link[str]] = [
    Link("a", "region", PART),
    Link("b", "region", PART),
    Link("a", "p", SUPPORT),
    Link("b", "q", SUPPORT),
    Link("b", "p", SUPPORT, is_lead=False),
    Link("t", "a", PART),
    Link("u", "a", PART),
    Link("v", "b", PART),
]


def after(links: Sequence[Link[str]], changes: Changes[str]) -> list[Link[str]]:
    """The links once the changes are made."""
    kept = [
        Link(link.child, link.parent, link.kind, link.is_lead, Span(link.span.start, ends))
        for link in links
        for ends in [changes.ends.get(link, link.span.end)]
    ]
    return kept + changes.begins


def answers(links: Sequence[Link[str]], day: date) -> set[tuple[str, str, bool]]:
    """Every (ancestor, descendant, leads) of a day."""
    rows = closure(SPANS, links)
    return {(row.ancestor, row.descendant, row.is_lead) for row in rows if day in row.span}


def test_merging_moves_every_part_and_closes_what_leaves() -> None:
    changes = merge(["a", "b"], "new", on=ON, spans=SPANS, links=LINKS)

    then = answers(after(LINKS, changes), ON)
    assert changes.closes == {"a": BEFORE, "b": BEFORE}
    assert {d for a, d, _ in then if a == "new"} == {"new", "a", "b", "t", "u", "v"}
    assert {d for a, d, _ in then if a == "a"} == {"a"}
    assert not changes.unplaced


def test_every_day_before_a_merge_answers_as_it_did() -> None:
    changes = merge(["a", "b"], "new", on=ON, spans=SPANS, links=LINKS)

    for day in (ALWAYS, date(2020, 2, 29), BEFORE):
        assert answers(after(LINKS, changes), day) == answers(LINKS, day)


def test_a_successor_without_parents_takes_over_theirs_and_the_first_psc_leads() -> None:
    changes = merge(["b", "a"], "new", on=ON, spans=SPANS, links=LINKS)

    own = {
        (link.parent, link.is_lead)
        for link in changes.begins
        if link.child == "new" and link.kind is not SUCCESSOR
    }
    assert own == {("region", True), ("q", True), ("p", False)}
    assert all(link.span == NEW for link in changes.begins)


def test_a_successor_that_has_parents_keeps_them() -> None:
    links = [*LINKS, Link("new", "q", SUPPORT), Link("new", "region", PART)]

    changes = merge(["a"], "new", on=ON, spans=SPANS, links=links)

    assert not [x for x in changes.begins if x.child == "new" and x.kind is not SUCCESSOR]


def test_a_part_that_both_shared_is_linked_once_and_keeps_its_lead() -> None:
    """Two PSCs become one: an ICB that one led and the other helped is led by the new one."""
    changes = merge(["p", "q"], "new", on=ON, spans=SPANS, links=LINKS)

    support = {(x.child, x.is_lead) for x in changes.begins if x.kind is SUPPORT}
    assert support == {("a", True), ("b", True)}


def test_one_that_takes_over_from_its_partner_leads_where_the_partner_led() -> None:
    changes = merge(["q"], "p", on=ON, spans=SPANS, links=LINKS)

    then = answers(after(LINKS, changes), ON)
    assert ("p", "b", True) in then
    assert ("p", "b", False) in answers(after(LINKS, changes), BEFORE)


def test_a_link_that_ended_before_stays_as_it_was() -> None:
    ended = Link("new2", "a", PART, span=Span(ALWAYS, date(2020, 12, 31)))

    changes = merge(["a"], "new", on=ON, spans=SPANS, links=[*LINKS, ended])

    assert ended not in changes.ends
    assert not [link for link in changes.begins if link.child == "new2"]


def test_a_link_that_will_end_ends_on_its_day_under_the_successor_too() -> None:
    until = date(2026, 12, 31)
    links = [link for link in LINKS if link.child != "t"]
    links.append(Link("t", "a", PART, span=Span(ALWAYS, until)))

    changes = merge(["a"], "new", on=ON, spans=SPANS, links=links)

    assert Link("t", "new", PART, True, Span(ON, until)) in changes.begins


@pytest.mark.parametrize(
    ("leaving", "successor", "says"),
    [
        ([], "new", "at least one"),
        (["a"], "a", "from itself"),
        (["closed"], "new", "closed is not open"),
        (["a"], "later", "later is not open on 1 April 2026"),
        (["opens"], "new", "opens is not open on the day before"),
    ],
)
def test_what_cannot_merge_is_refused(leaving: list[str], successor: str, says: str) -> None:
    spans = {
        **SPANS,
        "closed": Span(ALWAYS, date(2020, 1, 1)),
        "later": Span(ON + timedelta(days=1), FOREVER),
        "opens": NEW,
    }

    with pytest.raises(CannotChange, match=says):
        merge(leaving, successor, on=ON, spans=spans, links=LINKS)


def test_a_link_that_would_begin_after_the_end_is_refused() -> None:
    links = [*LINKS, Link("new2", "a", PART, span=Span(date(2027, 1, 1), FOREVER))]

    with pytest.raises(CannotChange, match="begins on 1 January 2027"):
        merge(["a"], "new", on=ON, spans=SPANS, links=links)


def test_splitting_sends_each_part_where_it_is_told_and_lists_the_rest() -> None:
    changes = split("a", {"t": "new"}, ["new", "new2"], on=ON, spans=SPANS, links=LINKS)

    then = answers(after(LINKS, changes), ON)
    assert ("new", "t", True) in then
    assert changes.unplaced == ["u"]
    assert {a for a, d, _ in then if d == "u"} == {"u"}
    assert answers(after(LINKS, changes), BEFORE) == answers(LINKS, BEFORE)


def test_what_stays_with_a_split_organisation_counts_in_the_first_successor() -> None:
    changes = split("a", {}, ["new", "new2"], on=ON, spans=SPANS, links=LINKS)

    then = {(anc, lead) for anc, d, lead in answers(after(LINKS, changes), ON) if d == "a"}
    assert then == {
        ("a", True),
        ("new", True),
        ("new2", False),
        ("region", True),
        ("p", True),
    }


@pytest.mark.parametrize(
    ("going", "into", "says"),
    [
        ({}, [], "at least one"),
        ({"v": "new"}, ["new"], "Not part of what is being split: v"),
        ({"t": "b"}, ["new"], "Not among the organisations that take over: b"),
    ],
)
def test_what_cannot_split_is_refused(going: dict[str, str], into: list[str], says: str) -> None:
    with pytest.raises(CannotChange, match=says):
        split("a", going, into, on=ON, spans=SPANS, links=LINKS)
