"""Scales: round values for an axis, places in time, words that keep clear of each other."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from tracker.charts.domain import Cadence, Form, Words, short
from tracker.safe.small_numbers import Hidden
from tracker.spc.values import Chart

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in px."""

_MONTHS = {Cadence.MONTH: 1, Cadence.QUARTER: 3, Cadence.YEAR: 12}
_EVERY = {
    Cadence.DAY: (1, 2, 7, 14, 28),
    Cadence.WEEK: (1, 2, 4, 8, 13, 26, 52),
    Cadence.MONTH: (1, 2, 3, 6, 12, 24, 60, 120),
    Cadence.QUARTER: (1, 2, 4, 8, 16, 40),
    Cadence.YEAR: (1, 2, 5, 10, 20, 50),
    Cadence.ORDER: (1, 2, 5, 10, 20, 50, 100),
}


def ticks(low: float, high: float, about: int, top: float = math.inf) -> list[float]:
    """Round values, evenly spaced, from at or below `low` to at or above `high` (`top` at most)."""
    least = max(abs(low), abs(high)) * 1e-9
    if high - low <= least:
        pad = max(abs(high) * 0.1, least) or 1.0
        low, high = (low - pad, high + pad) if high else (0.0, 1.0)
        high = max(low + pad / 2, min(high, top))
    rough = max((high - low) / about, least)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next((k * power for k in (1, 2, 2.5, 5, 10) if k * power >= rough * 0.999), 10 * power)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [k * step for k in range(first, last + 1) if k * step <= top + step * 1e-9]


def tick_words(values: Sequence[float], words: Words) -> list[str]:
    """The values of an axis in words, all with the same decimals; millions in short."""
    if max(map(abs, values)) >= 1e6:
        return [short(v) + words.sign for v in values]
    step = values[1] - values[0] if len(values) > 1 else 1.0
    places = 0
    while places < 6 and abs(round(step, places) - step) > step * 1e-6:
        places += 1
    return [f"{v:,.{places}f}".replace("-", "−") + words.sign for v in values]


def ends_of_hidden(chart: Chart, words: Words) -> list[float]:
    """Ends the axis has to have where hidden figures are marked: at its foot, or at its top."""
    kinds = {why for _, why in chart.hidden}
    ends = [0.0] if kinds - {Hidden.ALL_BUT_FEW} else []
    return [*ends, 100.0] if Hidden.ALL_BUT_FEW in kinds and words.form is Form.PERCENT else ends


class Timeline:
    """Places along the axis, in steps of one period, counted from the first point.

    A point stands in the middle of its period, so a day lies up to half a step before or after it,
    and a phase begins half a step before its first point.
    """

    __slots__ = ("_anchor", "_cadence", "places", "step")

    def __init__(self, xs: Sequence[date | float], cadence: Cadence, anchor: date | None) -> None:
        first = xs[0] if xs else anchor
        self._anchor = first if isinstance(first, date) else None
        self._cadence = cadence
        if self._anchor is None or cadence is Cadence.ORDER:
            self._anchor = None
            self.places = [float(i) for i in range(len(xs))]
        else:
            self.places = [self.of(x) for x in xs if isinstance(x, date)]
        gaps = sorted(b - a for a, b in zip(self.places, self.places[1:], strict=False))
        self.step = gaps[len(gaps) // 2] if gaps and gaps[len(gaps) // 2] > 0 else 1.0

    @property
    def is_dated(self) -> bool:
        """Whether days have a place on it."""
        return self._anchor is not None

    def of(self, day: date) -> float:
        """Place of the point whose period begins on a day."""
        anchor = self._anchor
        if anchor is None:
            return 0.0
        months = _MONTHS.get(self._cadence)
        if months:
            return ((day.year - anchor.year) * 12 + day.month - anchor.month) / months
        days = day.toordinal() - anchor.toordinal()
        return days / 7 if self._cadence is Cadence.WEEK else float(days)

    def at(self, day: date) -> float:
        """Place of a day itself."""
        months = _MONTHS.get(self._cadence)
        if months:
            return self.of(day) + (day.day - 1) / 31 / months - 0.5
        return self.of(day) - (0.5 if self._cadence is Cadence.WEEK else 0)

    def labelled(self, widest: float, px: float) -> list[int]:
        """Which points get words under the axis: every so many, and always the first and the last.

        `widest` is the room one label needs, `px` the px of one step.
        """
        places = self.places
        if not places:
            return []
        needed = widest / px if px else math.inf
        every = next((k for k in _EVERY[self._cadence] if k >= needed), math.ceil(needed))
        chosen, last = [0], len(places) - 1
        for i, place in enumerate(places[1:], 1):
            whole = abs(place / every - round(place / every)) < 0.01 / every
            if place - places[chosen[-1]] >= needed and (whole or self.step > every):
                chosen.append(i)
        while len(chosen) > 1 and chosen[-1] != last:
            if places[last] - places[chosen[-1]] >= needed:
                break
            chosen.pop()
        if chosen[-1] != last and places[last] - places[chosen[-1]] >= needed:
            chosen.append(last)
        return chosen


def apart(ys: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """The same places in the same order, pushed to lie `gap` apart inside a range."""
    order = sorted(range(len(ys)), key=ys.__getitem__)
    out = list(ys)
    at = low - gap
    for i in order:
        at = out[i] = max(out[i], at + gap)
    at = high + gap
    for i in reversed(order):
        at = out[i] = min(out[i], at - gap)
    return out


class Clearing:
    """Finds a place for words: clear of the series, of other words, inside the plot."""

    __slots__ = ("bounds", "levels", "segments", "starts", "taken")

    def __init__(self, bounds: Box, segments: list[Box]) -> None:
        """`segments` are lines from left to right: x, y, x, y."""
        self.bounds = bounds
        self.segments = segments
        self.starts = [s[0] for s in segments]
        self.taken: list[Box] = []
        self.levels: list[float] = []

    def cost(self, box: Box) -> float:
        """0 for a clear place; 1 for each stretch of the series through it, less for a level line;
        100 for words or rings in the way.
        """
        x0, y0, x1, y1 = box
        total = sum(0.35 for y in self.levels if y0 < y < y1)
        for a, b, c, d in self.taken:
            if a < x1 and c > x0 and b < y1 and d > y0:
                total += 100
        left, top, right, bottom = self.bounds
        if x0 < left or x1 > right or y0 < top or y1 > bottom:
            total += 1000
        for xa, ya, xb, yb in self.segments[max(bisect_left(self.starts, x0) - 1, 0) :]:
            if xa > x1:
                break
            if xb < x0:
                continue
            if xb > xa:
                slope = (yb - ya) / (xb - xa)
                ya, yb = ya + slope * (max(xa, x0) - xa), ya + slope * (min(xb, x1) - xa)
            if min(ya, yb) < y1 and max(ya, yb) > y0:
                total += 1
        return total

    def clamp(self, x: float, width: float) -> float:
        """A left edge moved so that words of this width stay inside."""
        return min(max(x, self.bounds[0]), self.bounds[2] - width)
