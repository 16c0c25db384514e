"""A long story is cut in words, and what matters most stays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tracker.drivers.domain import Branch, IdeaStatus, Level, Node
from tracker.pdsa.domain import Decision
from tracker.storyboard.domain import (
    A3,
    A4,
    Tried,
    cut,
    learned,
    lines_of,
    onward,
    ramps,
    short,
    tree,
)

DAY = date(2026, 1, 5)


def box(key: str, level: Level, *children: Branch) -> Branch:
    return Branch(Node(key, level, f"Box {key}"), children)


def large() -> list[Branch]:
    """7 primary drivers, 21 secondary ones, 63 ideas."""
    return [
        box(
            f"p{a}",
            Level.PRIMARY,
            *(
                box(
                    f"s{a}{b}",
                    Level.SECONDARY,
                    *(box(f"i{a}{b}{c}", Level.IDEA) for c in range(3)),
                )
                for b in range(3)
            ),
        )
        for a in range(7)
    ]


def cycle(number: int, idea: str, decision: Decision | None = Decision.ADAPT, **more: str) -> Tried:
    return Tried(
        number,
        f"Test {number}",
        idea,
        "One shift",
        DAY + timedelta(days=number),
        decision,
        "Decided" if decision else "Do",
        more.get("learned", ""),
        more.get("next_change", ""),
    )


def test_the_rest_of_a_list_is_counted() -> None:
    assert cut("abcde", 3).words == "and 2 more"
    assert cut("abc", 3).words == ""
    assert not cut("", 3)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("short enough", "short enough"),
        ("a line\nand  another", "a line and another"),
        ("x" * 50, "x" * 39 + "…"),
        (
            "one two three four five six seven eight nine",
            "one two three four five six seven eight…",
        ),
    ],
)
def test_a_text_ends_between_words(text: str, said: str) -> None:
    assert short(text, 40) == said
    assert len(short(text, 40)) <= 40


def test_a_small_diagram_is_shown_whole() -> None:
    small = [box("p", Level.PRIMARY, box("s", Level.SECONDARY, box("i", Level.IDEA)))]
    found = tree(small, {"i": IdeaStatus.TESTING}, lines=10)
    assert lines_of(found) == 3
    idea = found.shown[0].under.shown[0].under.shown[0]
    assert (idea.text, idea.status) == ("Box i", IdeaStatus.TESTING)


def test_of_a_large_diagram_drivers_stay_and_ideas_are_counted() -> None:
    found = tree(large(), {}, lines=A3.tree)
    assert lines_of(found) <= A3.tree
    assert len(found.shown) == 7
    assert [len(t.under.shown) for t in found.shown] == [3] * 7, "secondary drivers are named"
    assert all(s.under.more == 3 for t in found.shown for s in t.under.shown)
    smaller = tree(large(), {}, lines=A4.tree)
    assert lines_of(smaller) <= A4.tree
    assert len(smaller.shown) == 7
    tiny = tree(large(), {}, lines=5)
    assert lines_of(tiny) <= 5
    assert len(tiny.shown) + tiny.more == 7


def test_an_idea_that_was_decided_comes_before_one_that_was_not() -> None:
    ideas = [box(f"i{n}", Level.IDEA) for n in range(20)]
    one = [box("p", Level.PRIMARY, *ideas)]
    found = tree(one, {"i19": IdeaStatus.ADOPTED, "i7": IdeaStatus.TESTING}, lines=6)
    assert [t.text for t in found.shown[0].under.shown][:2] == ["Box i19", "Box i7"]
    assert found.shown[0].under.more == 20 - len(found.shown[0].under.shown)


def test_the_last_steps_of_a_long_ramp_are_shown() -> None:
    one = [cycle(n, "Trolley") for n in range(1, 41)]
    (ramp,) = ramps(one, lines=8).shown
    assert [s.number for s in ramp.steps] == [35, 36, 37, 38, 39, 40]
    assert ramp.earlier == 34


def test_the_idea_that_was_tried_last_comes_first_and_the_others_are_counted() -> None:
    many = [cycle(n, f"Idea {n % 13}") for n in range(40)]
    found = ramps(many, lines=A4.ramps)
    assert sum(r.lines for r in found.shown) + 1 <= A4.ramps
    assert found.shown[0].idea == "Idea 0", "cycle 39 tested it"
    assert found.more == 13 - len(found.shown)


def test_what_comes_next_is_what_goes_on_and_what_was_asked_for_last() -> None:
    cycles = [
        cycle(1, "Trolley", next_change="Move it to the left"),
        cycle(2, "Trolley", next_change="Write a policy", learned="It fits"),
        cycle(3, "Leaflet", None),
        cycle(4, "Card", Decision.ABANDON, learned="Nobody reads it"),
    ]
    assert [c.number for c in onward(cycles, most=5).shown] == [3, 2]
    assert [c.number for c in learned(cycles, most=1).shown] == [4]
    assert learned(cycles, most=1).more == 1
