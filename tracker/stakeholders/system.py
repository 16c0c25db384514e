"""The system map: who stands where on the circle, and which lines join them. Pure.

The same flows always make the same picture: whoever is named first stands at the top, the others
follow clockwise. A line has the number of its row in the table, which says what flows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin

from tracker.charts.svg import wrap

from .domain import folded

WIDE, LINE, PAD = 150.0, 18.0, 8.0
"""Of a box: its width, a line of its words, and the room around them."""
MOST_LINES = 3
SIZE = 14
ROUND = 12
"""So many boxes stand on the smallest circle."""
ACROSS, UP = 420.0, 270.0
"""Half its width and half its height."""
ASIDE = 9.0
"""How far a line that has one coming back moves to its side."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Something that goes from one to another, by the names they are called."""

    source: str
    target: str
    flows: str


@dataclass(frozen=True, slots=True)
class Box:
    """One on the circle: its corner, its size and its words in lines."""

    name: str
    x: float
    y: float
    h: float
    lines: Sequence[str]

    @property
    def centre(self) -> tuple[float, float]:
        return self.x + WIDE / 2, self.y + self.h / 2


@dataclass(frozen=True, slots=True)
class Arrow:
    """A line from box to box, and where its number stands."""

    number: int
    x1: float
    y1: float
    x2: float
    y2: float
    at: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything in its place."""

    width: float
    height: float
    boxes: Sequence[Box]
    arrows: Sequence[Arrow]


def lay_out(flows: Sequence[Flow]) -> Layout:
    """The circle of all that the flows name."""
    names: dict[str, str] = {}
    for flow in flows:
        for name in (flow.source, flow.target):
            names.setdefault(folded(name), name)
    grown = max(1.0, len(names) / ROUND)
    across, up = ACROSS * grown, UP * grown
    if len(names) <= 2:
        up = 60.0
    boxes = {
        key: _box(name, number / len(names), across, up)
        for number, (key, name) in enumerate(names.items())
    }
    pairs = {(folded(f.source), folded(f.target)) for f in flows}
    arrows: list[Arrow] = []
    for number, flow in enumerate(flows, start=1):
        source, target = folded(flow.source), folded(flow.target)
        if source == target:
            continue
        aside = ASIDE if (target, source) in pairs else 0.0
        arrows.append(_arrow(number, boxes[source], boxes[target], aside, arrows))
    return Layout(2 * across + WIDE + 4, 2 * up + _high(MOST_LINES) + 4, [*boxes.values()], arrows)


def _high(lines: int) -> float:
    return lines * LINE + 2 * PAD


def _box(name: str, turn: float, across: float, up: float) -> Box:
    lines = wrap(name, WIDE - 2 * PAD, SIZE)
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], lines[MOST_LINES - 1].rstrip("…")[:14].rstrip() + "…"]
    high = _high(len(lines))
    angle = 2 * pi * turn - pi / 2
    x = across * (1 + cos(angle)) + 2
    y = up * (1 + sin(angle)) + (_high(MOST_LINES) - high) / 2 + 2
    return Box(name, x, y, high, lines)


def _arrow(number: int, source: Box, target: Box, aside: float, others: Sequence[Arrow]) -> Arrow:
    (x1, y1), (x2, y2) = source.centre, target.centre
    length = hypot(x2 - x1, y2 - y1) or 1.0
    dx, dy = (x2 - x1) / length, (y2 - y1) / length
    start, end = _edge(source, dx, dy), _edge(target, dx, dy)
    x1, y1 = x1 + dx * start - dy * aside, y1 + dy * start + dx * aside
    x2, y2 = x2 - dx * end - dy * aside, y2 - dy * end + dx * aside
    places = [(x1 + (x2 - x1) * t, y1 + (y2 - y1) * t) for t in (0.4, 0.3, 0.5, 0.22, 0.6, 0.7)]

    def room(place: tuple[float, float]) -> float:
        return min((hypot(place[0] - o.at[0], place[1] - o.at[1]) for o in others), default=99.0)

    at = next((place for place in places if room(place) > 24), max(places, key=room))
    return Arrow(number, x1, y1, x2, y2, at)


def _edge(box: Box, dx: float, dy: float) -> float:
    """How far it is from the middle of a box to its edge, in a direction."""
    sideways = (WIDE / 2) / abs(dx) if dx else float("inf")
    upwards = (box.h / 2) / abs(dy) if dy else float("inf")
    return min(sideways, upwards) + 2
