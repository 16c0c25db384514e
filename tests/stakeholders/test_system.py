"""The picture of the system map: boxes apart, the same each time, every flow in it."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from tracker.stakeholders.drawing import system
from tracker.stakeholders.system import WIDE, Box, Flow, Layout, lay_out

LONG = "Neonatal operational delivery network of the county number"


def ring(number: int) -> list[Flow]:
    return [Flow(f"{LONG} {n}", f"{LONG} {(n + 1) % number}", "Figures") for n in range(number)]


def overlap(one: Box, other: Box) -> bool:
    return abs(one.x - other.x) < WIDE and (one.y < other.y + other.h and other.y < one.y + one.h)


def is_inside(layout: Layout, box: Box) -> bool:
    return (
        box.x >= 0
        and box.y >= 0
        and box.x + WIDE <= layout.width
        and box.y + box.h <= layout.height
    )


@pytest.mark.parametrize("number", [2, 3, 5, 8, 12, 13, 20, 30])
def test_no_two_boxes_overlap_and_none_leaves_the_picture(number: int) -> None:
    layout = lay_out(ring(number))
    assert len(layout.boxes) == number
    assert not [pair for pair in combinations(layout.boxes, 2) if overlap(*pair)]
    assert all(is_inside(layout, box) for box in layout.boxes)


def test_numbers_on_lines_stand_apart_among_twelve_who_all_exchange() -> None:
    star = [Flow("Labour ward", f"Team {n}", "Babies") for n in range(11)]
    back = [Flow(f"Team {n}", "Labour ward", "Advice") for n in range(11)]
    arrows = lay_out([*star, *back]).arrows
    places = [arrow.at for arrow in arrows]
    assert len(set(places)) == len(arrows) == 22
    near = [
        (a, b)
        for a, b in combinations(places, 2)
        if abs(a[0] - b[0]) < 11 and abs(a[1] - b[1]) < 11
    ]
    assert not near


def test_the_same_flows_make_the_same_picture_and_it_is_told_in_words() -> None:
    flows = [Flow("Labour ward", "Unit <2>", "Babies"), Flow("unit <2>", "Labour  ward", "Advice")]
    drawn = system(flows)
    assert drawn == system(flows)
    assert len(lay_out(flows).boxes) == 2
    assert "1: Labour ward to Unit &lt;2&gt;, Babies" in drawn
    assert "<title" in drawn
    assert not re.search(r"\sstyle=", drawn)
