"""Where things go on a measure's chart: margins, the two scales, the lanes below."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from tracker.charts.domain import Event, Form, Mark, Words
from tracker.charts.scale import Timeline, ends_of_hidden, tick_words, ticks
from tracker.charts.svg import width
from tracker.spc.values import Chart


@dataclass(frozen=True, slots=True)
class Size:
    """One of the two drawings."""

    is_large: bool
    width: float
    height: float
    left: float
    right: float
    top: float
    ticks: int
    scale: float
    hook: str


LARGE = Size(True, 812, 476, 54, 94, 30, 7, 1.0, "qi-spc qi-spc--large")
SMALL = Size(False, 340, 400, 46, 6, 26, 6, 0.84, "qi-spc qi-spc--small")

_LANE = 26
_EDGE = 10
"""px between the ends of the axis and the first and the last point."""
_FEWEST_STEPS = 6
"""A chart that has just begun keeps room for what is to come."""
_BEYOND = 0.2
"""Tests and events outside the data stretch the axis by this share at most."""


@dataclass(frozen=True, slots=True)
class EndLabel:
    """Words at the right end of a line of the latest phase."""

    value: float
    words: str
    colour: str


@dataclass(frozen=True, slots=True)
class Dates:
    """What has a date besides the points."""

    tests: Sequence[Mark] = ()
    events: Sequence[Event] = ()
    not_yet_from: date | None = None
    no_eligible: Collection[date] = ()


class Frame:
    """Scales and margins of one drawing of one chart.

    `x0`, `x1`: ends of the plot; `top`, `bottom`: its edges; `xs`: px of each point;
    `edges`: px of the boundaries around them, one more than there are points;
    `values`, `labels`: the ticks of the value axis.
    """

    def __init__(
        self, chart: Chart, words: Words, dates: Dates, ends: Sequence[EndLabel], size: Size
    ) -> None:
        self.size = size
        lanes = 0
        anchor = dates.not_yet_from
        self.time = Timeline([p.x for p in chart.points], words.cadence, anchor)
        if self.time.is_dated:
            lanes = bool(dates.tests) + bool(dates.events)
        self.top = size.top
        self.bottom = size.height - 38 - _LANE * lanes
        self._values(chart, words)
        self.labels = tick_words(self.values, words)
        widest = max((width(label) for label in self.labels), default=0)
        named = width("Events") + 9 if lanes else 0
        self.x0 = max(size.left, widest + 10, named)
        right = size.right
        if size.is_large:
            right = max(right, max((width(e.words, 13, bold=True) for e in ends), default=0) + 8)
        self.x1 = size.width - right
        self._times(dates)

    def _values(self, chart: Chart, words: Words) -> None:
        target = chart.target
        data = [p.y for p in chart.points if p.y is not None]
        lines = [v for p in chart.points for v in (p.centre, p.lcl, p.ucl) if v is not None]
        every = [*data, *lines] if target is None else [*data, *lines, target]
        every += ends_of_hidden(chart, words) if every else []
        if not every:
            self.values: list[float] = [0.0, 1.0]
            self.low, self.high = 0.0, 1.0
            return
        low, high = min(every), max(every)
        # Room below and above, so that nothing but nought and all lies on the edge of the plot.
        room = (high - low) * 0.04
        low -= room if low > room or low < 0 else 0
        whole = words.form is Form.PERCENT and high <= 100
        top = high if whole and high == 100 else high + room
        self.values = ticks(low, top, self.size.ticks - 1, 100 if whole else math.inf)
        self.low, self.high = self.values[0], max(self.values[-1], high)
        # Names of phases stand at the top of the plot; lift the scale so that nothing runs through.
        if len(chart.parts) > 1:
            free = 26 / (self.bottom - self.top)
            if (self.high - high) / (self.high - self.low) < free:
                self.high = self.low + (high - self.low) / (1 - free)

    def _times(self, dates: Dates) -> None:
        time, places = self.time, self.time.places
        a, b = (places[0], places[-1]) if places else (0.0, 0.0)
        b = max(b, a + _FEWEST_STEPS * time.step) if places else float(_FEWEST_STEPS)
        room = (b - a) * _BEYOND
        edge = float(_EDGE)
        self.lag: tuple[float, float] | None = None
        if time.is_dated:
            marks = [*(t.start for t in dates.tests), *(e.on for e in dates.events)]
            marks += [t.end for t in dates.tests if t.end]
            days = [time.at(day) for day in marks]
            rest = [time.of(day) for day in dates.no_eligible]
            low, high = min([*days, *rest, a]), max([*days, *rest, b])
            a, b = max(low, a - room), min(high, b + room)
            if dates.not_yet_from and places:
                start = time.of(dates.not_yet_from) - 0.5 * time.step
                wanted = (b - a) * (0.07 if self.size.is_large else 0.09)
                end = start + max(2 * time.step, wanted)
                self.lag = start, end
                if end >= b:
                    b, edge = end, 0.0
        self._from = a
        self._px = (self.x1 - self.x0 - _EDGE - edge) / (b - a)
        self.step = self._px * time.step
        self.xs = [self.px(place) for place in places]
        self.edges = self._edges()

    def px(self, place: float) -> float:
        """px from the left of a place on the time line."""
        return self.x0 + _EDGE + (place - self._from) * self._px

    def inside(self, place: float) -> float:
        """The same, held inside the plot."""
        return min(max(self.px(place), self.x0), self.x1)

    def shows(self, place: float) -> bool:
        """Whether a place lies on the drawn axis."""
        return self.x0 - 1 <= self.px(place) <= self.x1 + 1

    def py(self, value: float) -> float:
        """px from the top of a value."""
        share = (value - self.low) / (self.high - self.low)
        return self.bottom - share * (self.bottom - self.top)

    def _edges(self) -> list[float]:
        places, half = self.time.places, self.time.step / 2
        if not places:
            return []
        between = [(p + q) / 2 for p, q in pairwise(places)]
        return [self.inside(p) for p in (places[0] - half, *between, places[-1] + half)]
