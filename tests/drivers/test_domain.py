"""What hangs where, what is missing, where an idea stands, and what changed."""

from __future__ import annotations

import json

import pytest

from tracker.drivers.domain import (
    Diagram,
    IdeaStatus,
    arrange,
    status_of,
)
from tracker.drivers.gaps import (
    GapKind,
    gaps,
)
from tracker.drivers.outline import read
from tracker.drivers.versions import (
    as_json,
    brought_in,
    compare,
    from_json,
)
from tracker.pdsa.domain import Decision


def held(text: str) -> Diagram:
    """A diagram of a project: its keys are its own."""
    body = json.dumps(as_json(read(text))).replace("line-", "row-")
    return from_json(json.loads(body))


BEFORE = held(
    """Team
    Policy
        - Card
    Skills
Kit
    Room
        - Card
        - Trolley
"""
)
A, B, X = Decision.ADOPT, Decision.ADAPT, Decision.ABANDON


@pytest.mark.parametrize(
    ("decisions", "stands"),
    [
        ([], IdeaStatus.PROPOSED),
        ([None], IdeaStatus.TESTING),
        ([B], IdeaStatus.ADAPTED),
        ([B, None], IdeaStatus.TESTING),
        ([B, A], IdeaStatus.ADOPTED),
        ([A, X], IdeaStatus.ABANDONED),
        ([None, A], IdeaStatus.TESTING),
    ],
)
def test_an_idea_stands_where_its_cycles_say(
    decisions: list[Decision | None], stands: IdeaStatus
) -> None:
    assert status_of(decisions) is stands


def test_a_box_under_two_is_drawn_once_and_named_under_the_other() -> None:
    drawn = [b for one in arrange(BEFORE).placed for b in one.walk()]
    cards = [b for b in drawn if b.node.text == "Card"]
    assert len(cards) == 1
    assert cards[0].also == ("Room",)


def test_loose_ends_are_named_the_most_pressing_first() -> None:
    diagram = read("Team\n  Policy\n    - Card\n  Skills\nNot placed yet:\n  - Passport\n")
    found = gaps(diagram, {}, ["7"])
    assert [(g.kind, g.says) for g in found] == [
        (GapKind.IDEA_WITHOUT_DRIVER, "1 idea has no driver"),
        (GapKind.DRIVER_WITHOUT_IDEA, "1 driver has no idea"),
        (GapKind.CYCLE_WITHOUT_IDEA, "1 cycle has no change idea"),
        (GapKind.IDEA_WITHOUT_MEASURE, "2 ideas have no measure"),
    ]
    assert diagram.nodes[found[1].keys[0]].text == "Skills"


def test_an_idea_is_measured_by_what_measures_its_driver_and_an_abandoned_one_need_not_be() -> None:
    diagram = from_json(
        {
            "nodes": [
                {"key": "p", "level": "primary", "text": "P", "note": "", "measures": ["m"]},
                {"key": "i", "level": "idea", "text": "I", "note": "", "measures": []},
                {"key": "j", "level": "idea", "text": "J", "note": "", "measures": []},
            ],
            "links": {"": ["p"], "p": ["i"]},
            "measures": [],
        }
    )
    kinds = [g.kind for g in gaps(diagram, {"j": IdeaStatus.ABANDONED})]
    assert kinds == [GapKind.IDEA_WITHOUT_DRIVER]


def test_a_version_is_read_as_it_was_kept() -> None:
    assert from_json(as_json(BEFORE)) == BEFORE


def test_adding_keeps_what_is_there_and_lets_the_same_words_be_the_same_box() -> None:
    incoming = read("team\n  Policy\n    - Leaflet\nData\n  - card\n")
    after = brought_in(BEFORE, incoming, replacing=False)
    said = [(c.verb, c.text, c.detail) for c in compare(BEFORE, after)]
    assert said == [
        ("added", "Leaflet", "under “Policy”"),
        ("added", "Data", "under the aim"),
        ("moved", "Card", "under “Policy” and “Room”; now under “Policy” and “Room” and “Data”"),
    ]


def test_replacing_removes_the_rest_but_what_has_cycles() -> None:
    incoming = read("Kit\n  Room\n    - Trolley\n")
    (card,) = [key for key, n in BEFORE.nodes.items() if n.text == "Card"]
    after = brought_in(BEFORE, incoming, replacing=True, keep={card})
    assert {n.text for n in after.nodes.values()} == {"Kit", "Room", "Trolley", "Card"}
    assert [b.node.text for b in arrange(after).unplaced] == ["Card"]
    assert {c.text for c in compare(BEFORE, after) if c.verb == "removed"} == {
        "Team",
        "Policy",
        "Skills",
    }


def test_bringing_in_what_is_there_changes_nothing() -> None:
    for replacing in (True, False):
        assert not compare(BEFORE, brought_in(BEFORE, BEFORE, replacing=replacing))


def test_another_order_is_told() -> None:
    after = brought_in(BEFORE, read("Kit\nTeam\n  Skills\n  Policy\n"), replacing=True)
    moved = [(c.text, c.detail) for c in compare(BEFORE, after) if c.verb == "moved"]
    assert ("Aim", "has another order under it") in moved
    assert ("Team", "has another order under it") in moved
