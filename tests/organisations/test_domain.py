"""The dated closure, and dates in words. Letters stand for organisations."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.organisations.domain import (
    ALWAYS,
    EVER,
    FOREVER,
    CircularLinks,
    Link,
    LinkKind,
    Span,
    Under,
    as_at_words,
    below,
    closure,
    describe,
    merged,
    when,
    without,
)

PART, SUPPORT, SUCCESSOR = LinkKind.PART_OF, LinkKind.SUPPORTED_BY, LinkKind.SUCCESSOR_OF
MARCH = Span(date(2025, 3, 1), date(2025, 3, 31))
FROM_MID_MARCH = Span(date(2025, 3, 15), FOREVER)


def above(rows: list[Under[str]], key: str) -> dict[str, list[tuple[bool, Span]]]:
    """Ancestor to (leads, days), without itself."""
    found: dict[str, list[tuple[bool, Span]]] = {}
    for row in rows:
        if row.descendant == key and row.ancestor != key:
            found.setdefault(row.ancestor, []).append((row.is_lead, row.span))
    return found


def test_everything_is_under_itself_always() -> None:
    assert closure(["a"], []) == [Under("a", "a", True, EVER)]


def test_a_path_holds_on_the_days_that_all_its_links_share() -> None:
    links = [Link("a", "b", PART, span=MARCH), Link("b", "c", PART, span=FROM_MID_MARCH)]

    rows = closure("abc", links)

    both = Span(date(2025, 3, 15), date(2025, 3, 31))
    assert above(rows, "a") == {"b": [(True, MARCH)], "c": [(True, both)]}


def test_links_without_a_day_in_common_make_no_path() -> None:
    april = Span(date(2025, 4, 1), FOREVER)
    rows = closure("abc", [Link("a", "b", PART, span=MARCH), Link("b", "c", PART, span=april)])

    assert "c" not in above(rows, "a")


def test_support_is_the_last_step_of_a_path() -> None:
    """A PSC is part of a region; what it supports is not therefore in that region."""
    links = [
        Link("practice", "icb", PART),
        Link("icb", "psc", SUPPORT),
        Link("psc", "region", PART),
    ]

    rows = closure(["practice", "icb", "psc", "region"], links)

    assert set(above(rows, "practice")) == {"icb", "psc"}


def test_only_the_lead_psc_leads() -> None:
    links = [Link("icb", "p", SUPPORT), Link("icb", "q", SUPPORT, is_lead=False)]

    rows = closure(["icb", "p", "q"], links)

    assert above(rows, "icb") == {"p": [(True, EVER)], "q": [(False, EVER)]}


def test_a_path_leads_only_if_every_step_does() -> None:
    links = [Link("a", "b", PART, is_lead=False), Link("b", "c", PART)]

    assert above(closure("abc", links), "a") == {"b": [(False, EVER)], "c": [(False, EVER)]}


def test_equal_paths_are_one_row_and_the_lead_one_stands() -> None:
    """A practice whose network reaches across a border is in its region twice, and counts once."""
    links = [
        Link("practice", "network", PART, is_lead=False),
        Link("practice", "here", PART),
        Link("network", "there", PART),
        Link("here", "region", PART),
        Link("there", "region", PART),
    ]

    rows = closure(["practice", "network", "here", "there", "region"], links)

    assert above(rows, "practice")["region"] == [(True, EVER)]


def test_moving_within_a_region_leaves_one_span_in_it() -> None:
    first = Span(ALWAYS, date(2026, 3, 31))
    then = Span(date(2026, 4, 1), FOREVER)
    links = [
        Link("trust", "old", PART, span=first),
        Link("trust", "new", PART, span=then),
        Link("old", "region", PART),
        Link("new", "region", PART),
    ]

    rows = above(closure(["trust", "old", "new", "region"], links), "trust")

    assert rows["region"] == [(True, EVER)]
    assert rows["old"] == [(True, first)]


def test_what_closed_is_under_its_successor_from_then_on() -> None:
    then = Span(date(2026, 4, 1), FOREVER)
    links = [
        Link("old", "region", PART, span=Span(ALWAYS, date(2026, 3, 31))),
        Link("new", "icb", PART),
        Link("new", "old", SUCCESSOR, span=then),
    ]

    rows = above(closure(["old", "new", "icb", "region"], links), "old")

    assert rows["new"] == [(True, then)]
    assert rows["icb"] == [(True, then)]


def test_a_circle_is_refused_and_named() -> None:
    links = [Link("a", "b", PART), Link("b", "c", PART), Link("c", "a", PART)]

    with pytest.raises(CircularLinks, match="a → b → c → a"):
        closure("abc", links)


def test_changing_places_on_a_date_is_no_circle() -> None:
    links = [
        Link("a", "b", PART, span=Span(ALWAYS, date(2025, 3, 31))),
        Link("b", "a", PART, span=Span(date(2025, 4, 1), FOREVER)),
    ]

    assert set(above(closure("ab", links), "a")) == {"b"}


def test_below_follows_parts_and_successors_but_not_support() -> None:
    links = [
        Link("a", "b", PART),
        Link("b", "c", PART),
        Link("x", "b", SUPPORT),
        Link("c", "old", SUCCESSOR),
        Link("other", "old2", PART),
    ]

    assert below(["c"], links) == {"a", "b", "c", "old"}


FIRST = date(2020, 1, 1)
days = st.integers(0, 60).map(lambda number: FIRST + timedelta(days=number))
spans = st.tuples(days, days).map(lambda pair: Span(min(pair), max(pair)))


def days_of(found: list[Span]) -> set[date]:
    return {FIRST + timedelta(n) for n in range(61) for s in found if FIRST + timedelta(n) in s}


@given(st.lists(spans, max_size=6), st.lists(spans, max_size=6))
def test_joining_and_taking_away_spans_are_those_of_their_days(
    left: list[Span], right: list[Span]
) -> None:
    joined = merged(left)

    assert days_of(joined) == days_of(left)
    assert all(a.end + timedelta(days=1) < b.start for a, b in pairwise(joined))
    assert days_of(without(left, right)) == days_of(left) - days_of(right)


@given(
    st.lists(
        st.builds(
            lambda child, up, kind, lead, span: Link(child, child + up, kind, lead, span),
            st.integers(0, 5),
            st.integers(1, 3),
            st.sampled_from([PART, SUPPORT]),
            st.booleans(),
            spans,
        ),
        max_size=12,
    ),
    days,
)
def test_for_a_pair_and_a_day_there_is_one_row_as_a_walk_of_that_day_finds(
    links: list[Link[int]], day: date
) -> None:
    def walk(key: int) -> dict[int, bool]:
        found = {key: True}
        steps = [(key, True)]
        while steps:
            at, leads = steps.pop()
            for link in links:
                if link.child == at and day in link.span:
                    found[link.parent] = found.get(link.parent, False) or (leads and link.is_lead)
                    if link.kind is PART:
                        steps.append((link.parent, leads and link.is_lead))
        return found

    keys = range(9)
    rows = [row for row in closure(keys, links) if day in row.span]

    assert len({(row.ancestor, row.descendant) for row in rows}) == len(rows)
    for key in keys:
        assert {r.ancestor: r.is_lead for r in rows if r.descendant == key} == walk(key)


def test_a_span_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="is after"):
        Span(date(2025, 2, 1), date(2025, 1, 1))


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (EVER, ""),
        (Span(ALWAYS, date(2026, 3, 31)), "until 31 March 2026"),
        (Span(date(2026, 4, 1), FOREVER), "since 1 April 2026"),
        (MARCH, "from 1 March 2025 to 31 March 2025"),
    ],
)
def test_days_in_words(span: Span, words: str) -> None:
    assert when(span) == words


def test_a_succession_is_told_from_both_sides() -> None:
    span = Span(date(2026, 4, 1), FOREVER)

    assert describe(SUCCESSOR, span, is_child=True, is_lead=True) == (
        "Took over from",
        "on 1 April 2026",
    )
    assert describe(SUCCESSOR, span, is_child=False, is_lead=True)[0] == "Taken over by"
    assert describe(SUPPORT, EVER, is_child=True, is_lead=False) == ("Also supported by", "")


@pytest.mark.parametrize(
    ("as_at", "words"), [("2025-07", "July 2025"), ("2022-23", "2022-23"), ("", "")]
)
def test_the_date_of_a_list_in_words(as_at: str, words: str) -> None:
    assert as_at_words(as_at) == words
