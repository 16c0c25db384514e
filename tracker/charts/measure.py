"""The chart of one measure, drawn twice: for a page and for a phone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TypeVar

from markupsafe import Markup

from tracker.charts import svg
from tracker.charts.domain import Drawings, Event, Mark, Words
from tracker.charts.frame import LARGE, SMALL, Dates, EndLabel, Frame, Size
from tracker.charts.icons import COLOURS, hidden_mark, shape
from tracker.charts.lanes import draw_events, draw_tests
from tracker.charts.scale import Box, Clearing, apart
from tracker.charts.signals import Signal, judged, reading, signals
from tracker.charts.svg import Pen, cut, num, width
from tracker.charts.words import centre_name, description, summary
from tracker.safe.small_numbers import SAID, Hidden
from tracker.spc.values import Chart, Part


def measure_chart(
    chart: Chart,
    words: Words,
    *,
    ids: str,
    tests: Sequence[Mark] = (),
    events: Sequence[Event] = (),
    not_yet_from: date | None = None,
    no_eligible: Collection[date] = (),
    phases: Sequence[str] = (),
    explained: Collection[date | float] = (),
) -> Drawings:
    """The chart in 812 x 476 and 340 x 400.

    `ids` starts the element ids and must differ for each chart on a page. `not_yet_from` is the
    first period whose data are not in yet; `no_eligible` periods had nobody to count and no value.
    `phases` names the phases in order. Signals that begin at a period in `explained` keep their
    ring, not their words. Tests and events far outside the data are left to the list below.
    """
    dates = Dates(tests, events, not_yet_from, no_eligible)
    found = signals(chart, words.better)
    title, desc = summary(chart, words), description(chart, words)
    drawn = [
        _Drawing(chart, words, dates, size, found, phases, explained).draw(title, desc, ids)
        for size in (LARGE, SMALL)
    ]
    return Drawings(*drawn)


T = TypeVar("T")


class _Drawing:
    def __init__(
        self,
        chart: Chart,
        words: Words,
        dates: Dates,
        size: Size,
        found: Sequence[Signal],
        phases: Sequence[str],
        explained: Collection[date | float],
    ) -> None:
        self.chart, self.words, self.dates, self.size = chart, words, dates, size
        self.found, self.phases, self.explained = found, phases, explained
        self.ends = _end_labels(chart, words)
        self.frame = Frame(chart, words, dates, self.ends, size)
        self.pen = Pen()
        self.scale = size.scale * min(1, max(0.52, self.frame.step / 10.5))
        self.spots = [
            (i, self.frame.xs[i], self.frame.py(p.y))
            for i, p in enumerate(chart.points)
            if p.y is not None
        ]
        frame = self.frame
        inside = (frame.x0 + 2, frame.top - 14, frame.x1 - 2, frame.bottom - 2)
        self.clearing = Clearing(inside, self._segments())
        self.clearing.levels = [frame.py(end.value) for end in self.ends]

    def draw(self, title: str, desc: str, ids: str) -> Markup:
        size, pen = self.size, self.pen
        pen.rect(0, 0, size.width, size.height, svg.PAPER, "qi-bg")
        self._grid()
        self._lag()
        self._limits()
        self._phases()
        self._target()
        self._starts()
        frame = self.frame
        axis = f"M{num(frame.x0)} {num(frame.bottom)}H{num(frame.x1)}"
        pen.line(axis, svg.RULE)
        self._series()
        self._signals()
        self._end_words()
        self._months()
        self._lanes()
        name = f"{ids}-{'l' if size.is_large else 's'}"
        return pen.picture(size.hook, size.width, size.height, title, ids=name, desc=desc)

    def _segments(self) -> list[Box]:
        """The line through the points, broken where a period is missing."""
        longest = 1.5 * self.frame.time.step
        places = self.frame.time.places
        return [
            (xa, ya, xb, yb)
            for (i, xa, ya), (j, xb, yb) in zip(self.spots, self.spots[1:], strict=False)
            if j == i + 1 and places[j] - places[i] <= longest
        ]

    def _grid(self) -> None:
        frame, pen = self.frame, self.pen
        has_scale = bool(self.spots) or self.chart.target is not None
        for value, label in zip(frame.values, frame.labels, strict=True) if has_scale else ():
            y = frame.py(value)
            pen.line(f"M{num(frame.x0)} {num(y)}H{num(frame.x1)}", svg.GRID, hook="qi-grid")
            pen.text(frame.x0 - 8, y + 5, label, svg.SOFT, anchor="end")
        pen.text(0, 14, cut(self.words.heading, self.size.width), svg.SOFT)
        if not self.spots:
            middle = (frame.x0 + frame.x1) / 2, (frame.top + frame.bottom) / 2
            said = "Too small to show" if self.chart.hidden else "No data yet"
            pen.text(*middle, said, svg.SOFT, anchor="middle", halo=True)

    def _lag(self) -> None:
        frame, pen = self.frame, self.pen
        if frame.lag is None:
            return
        x = frame.inside(frame.lag[0])
        wide = frame.inside(frame.lag[1]) - x
        pen.rect(x, frame.top, wide, frame.bottom - frame.top, svg.LAG, "qi-lag")
        if self.size.is_large and wide >= 40:
            middle, half = x + wide / 2, width("Not yet") / 2
            lows = [frame.py(e.value) for e in self.ends if e.colour == svg.TARGET]
            y = next(
                y
                for y in (frame.bottom - 30, frame.bottom - 80, frame.bottom - 130)
                if not any(y - 14 < low < y + 22 for low in lows)
            )
            pen.text(middle, y, "Not yet", svg.SOFT, anchor="middle")
            pen.text(middle, y + 16, "in", svg.SOFT, anchor="middle")
            self.clearing.taken.append((middle - half, y - 13, middle + half, y + 20))

    def _limits(self) -> None:
        """Each phase's band, limits and centre line; lines step where limits differ by point."""
        frame, points, pen = self.frame, self.chart.points, self.pen
        edges = frame.edges
        for part in self.chart.parts:
            stretch = range(part.first, min(part.last + 1, len(points)))
            lower = _levels(edges, [(i, points[i].lcl) for i in stretch])
            upper = _levels(edges, [(i, points[i].ucl) for i in stretch])
            band = _levels(edges, [(i, _pair(points[i].lcl, points[i].ucl)) for i in stretch])
            for x, until, (low, high) in band:
                top, bottom = frame.py(high), frame.py(low)
                pen.rect(x, top, until - x, bottom - top, svg.BAND, "qi-band")
            dash = "2 4" if part.provisional else "6 4"
            for levels in (lower, upper):
                if levels:
                    pen.line(self._stairs(levels), svg.SOFT, 1.25, dash)
            centre = _levels(edges, [(i, points[i].centre) for i in stretch])
            if centre:
                pen.line(self._stairs(centre), svg.INK, 1.5)

    def _stairs(self, levels: list[tuple[float, float, float]]) -> str:
        path, end, py = "", None, self.frame.py
        for x, until, value in levels:
            y = num(py(value))
            path += f"V{y}H{num(until)}" if x == end else f"M{num(x)} {y}H{num(until)}"
            end = until
        return path

    def _phases(self) -> None:
        parts = self.chart.parts
        if len(parts) < 2:
            return
        frame, pen, edges = self.frame, self.pen, self.frame.edges
        for n, part in enumerate(parts):
            x, until = edges[part.first], edges[min(part.last, len(edges) - 2) + 1]
            if n:
                rule = f"M{num(x)} {num(frame.top - 10)}V{num(frame.bottom)}"
                pen.line(rule, svg.INK)
            indent = 8 if n else 3
            room = until - x - indent - 4 if n + 1 < len(parts) else frame.x1 - x - indent
            names = self._phase_names(n, part)
            name = next((name for name in names if width(name, bold=True) <= room), "")
            if name:
                y = frame.top + 6
                pen.text(x + indent, y, name, svg.INK, bold=True, halo=True)
                self.clearing.taken.append((x, y - 13, x + indent + width(name, bold=True), y + 4))

    def _phase_names(self, n: int, part: Part) -> list[str]:
        """What a phase may be called, the fullest first."""
        plain = [f"Phase {n + 1}", str(n + 1)]
        if not self.size.is_large:
            return plain
        named = self.phases[n] if n < len(self.phases) else ""
        full = f"Phase {n + 1}: {named}" if named else plain[0]
        is_last = n == len(self.chart.parts) - 1
        names = [full]
        if is_last and not named and part.first < len(self.chart.points):
            names = [f"Phase {n + 1}: from {self.words.period(self.chart.points[part.first].x)}"]
        elif not is_last and part.centre is not None:
            mean = f"{centre_name(self.chart)} {self.words.value(part.centre)}"
            names = [f"{full}{',' if named else ':'} {mean}", full]
        return [*names, *plain]

    def _target(self) -> None:
        target = self.chart.target
        if target is None:
            return
        frame, pen, y = self.frame, self.pen, self.frame.py(target)
        pen.line(f"M{num(frame.x0)} {num(y)}H{num(frame.x1)}", svg.TARGET, 2, "9 4")
        if self.size.is_large:
            return
        said = f"Target {self.words.value(target)}"
        wide = width(said, bold=True)
        spots = [
            (x, base)
            for base in (y + 16, y - 7)
            for x in (frame.x0 + 4, frame.x1 - wide - 4, (frame.x0 + frame.x1 - wide) / 2)
            if frame.top < base < frame.bottom - 2
        ]
        boxes = {s: (s[0], s[1] - 12, s[0] + wide, s[1] + 3) for s in spots}
        best = min(spots, key=lambda s: self.clearing.cost(boxes[s]))
        pen.text(*best, said, svg.TARGET, bold=True, halo=True)
        self.clearing.taken.append(boxes[best])

    def _starts(self) -> None:
        frame = self.frame
        for test in self.dates.tests if frame.time.is_dated else ():
            place = frame.time.at(test.start)
            if frame.shows(place):
                path = f"M{num(frame.inside(place))} {num(frame.top + 14)}V{num(frame.bottom)}"
                self.pen.line(path, svg.TEST, 1, "2 4")

    def _series(self) -> None:
        pen, points, scale = self.pen, self.chart.points, self.scale
        path, end = "", None
        for xa, ya, xb, yb in self.clearing.segments:
            if (xa, ya) != end:
                path += f"M{num(xa)} {num(ya)}"
            path += f"L{num(xb)} {num(yb)}"
            end = xb, yb
        if path:
            pen.line(path, svg.COMMON, 1.75)
        frame = self.frame
        if frame.time.is_dated:
            for day in sorted(self.dates.no_eligible):
                if frame.shows(place := frame.time.of(day)):
                    more = f' stroke="{svg.COMMON}" stroke-width="1.5"'
                    x = frame.inside(place)
                    pen.circle(x, frame.bottom, 4.2 * scale, svg.PAPER, "qi-bg qi-ink", more)
                    pen.hover(f"{self._named(day)}: no eligible cases")
        hidden = dict(self.chart.hidden)
        for i, point in enumerate(points):
            if point.x in hidden:
                is_high = hidden[point.x] is Hidden.ALL_BUT_FEW
                y = frame.top if is_high else frame.bottom
                hidden_mark(pen, frame.xs[i], y, scale)
                pen.hover(f"{self._named(point.x)}: {SAID[hidden[point.x]]}")
        for i, x, y in self.spots:
            point = points[i]
            shape(pen, x, y, judged(point, self.words.better)[1], scale)
            if self.size.is_large and point.y is not None:
                said = self.words.value(point.y)
                pen.hover(f"{self._named(point.x)}: {said}. {reading(point, self.words.better)}")

    def _named(self, x: date | float) -> str:
        name = self.words.period(x)
        return name[0].upper() + name[1:]

    def _signals(self) -> None:
        """Rings first, so that no words land on one; then numbers and reasons."""
        placed = []
        at = {i: (x, y) for i, x, y in self.spots}
        for signal in self.found:
            if signal.first in at:
                x, y = at[signal.first]
                y -= 1 if COLOURS[signal.reading] == svg.WORSE else 0
                self.clearing.taken.append((x - 12, y - 12, x + 12, y + 12))
                placed.append((signal, x, y))
        for signal, x, y in placed:
            colour = COLOURS[signal.reading]
            more = f' stroke="{colour}" stroke-width="2"'
            self.pen.circle(x, y, 11, "none", "qi-ink", more)
        for signal, x, y in placed:
            number = str(signal.number)
            told = [number]
            if self.size.is_large and signal.x not in self.explained:
                told.insert(0, f"{number} {signal.reason}")
            self._beside(x, y, told, COLOURS[signal.reading])

    def _beside(self, x: float, y: float, told: list[str], colour: str) -> None:
        clearing = self.clearing
        best: tuple[float, Box, str] | None = None
        for words in told:
            wide = width(words, bold=True)
            for rank, (left, base) in enumerate(_around(x, y, wide)):
                left = clearing.clamp(left, wide)
                box = (left, base - 12, left + wide, base + 4)
                cost = clearing.cost(box) * 10 + rank
                if best is None or cost < best[0]:
                    best = cost, box, words
                if cost < 10:
                    break
            # Words across more than one stretch of the line hide it: the number alone will do.
            if best and best[0] < 20:
                break
        if best is None:
            return
        _, box, words = best
        clearing.taken.append(box)
        middle = (box[0] + box[2]) / 2
        self.pen.text(middle, box[3] - 4, words, colour, anchor="middle", bold=True, halo=True)

    def _end_words(self) -> None:
        if not self.size.is_large:
            return
        frame = self.frame
        ys = apart([frame.py(e.value) for e in self.ends], 17, frame.top, frame.bottom - 4)
        for end, y in zip(self.ends, ys, strict=True):
            self.pen.text(frame.x1 + 6, y + 5, end.words, end.colour, bold=True, size=13)

    def _months(self) -> None:
        frame, pen, points = self.frame, self.pen, self.chart.points
        if not points:
            return
        named = [self.words.tick(p.x) for p in points]
        widest = max(map(width, named)) + (10 if self.size.is_large else 6)
        for i in frame.time.labelled(widest, frame.step / frame.time.step):
            x = frame.xs[i]
            pen.line(f"M{num(x)} {num(frame.bottom)}v5", svg.RULE)
            half = width(named[i]) / 2
            middle = min(max(x, half), self.size.width - half)
            pen.text(middle, frame.bottom + 19, named[i], svg.SOFT, anchor="middle")

    def _lanes(self) -> None:
        frame, dates = self.frame, self.dates
        if not frame.time.is_dated:
            return
        y = frame.bottom + 43
        if dates.tests:
            draw_tests(self.pen, frame, list(dates.tests), y)
            y += 26
        if dates.events:
            draw_events(self.pen, frame, list(dates.events), y)


def _end_labels(chart: Chart, words: Words) -> list[EndLabel]:
    found = []
    last = chart.points[-1] if chart.points else None
    if last is not None:
        for name, value, colour in (
            ("Upper", last.ucl, svg.SOFT),
            (centre_name(chart).capitalize(), last.centre, svg.INK),
            ("Lower", last.lcl, svg.SOFT),
        ):
            if value is not None:
                found.append(EndLabel(value, f"{name} {words.value(value)}", colour))
    if chart.target is not None:
        found.append(EndLabel(chart.target, f"Target {words.value(chart.target)}", svg.TARGET))
    return found


def _levels(edges: list[float], values: list[tuple[int, T | None]]) -> list[tuple[float, float, T]]:
    """Stretches of equal value: from px, to px, value; None leaves a gap."""
    found: list[tuple[float, float, T]] = []
    for i, value in values:
        if value is None:
            continue
        x, until = edges[i], edges[i + 1]
        if found and found[-1][1] == x and found[-1][2] == value:
            found[-1] = (found[-1][0], until, value)
        else:
            found.append((x, until, value))
    return found


def _pair(low: float | None, high: float | None) -> tuple[float, float] | None:
    return None if low is None or high is None else (low, high)


def _around(x: float, y: float, wide: float) -> list[tuple[float, float]]:
    """Left edge and base line of places for words by a ring, the best first."""
    middle = x - wide / 2
    return [
        (middle, y - 17),
        (x - 18 - wide, y + 5),
        (x + 18, y + 5),
        (middle, y + 27),
        (x + 10, y - 17),
        (x - 10 - wide, y - 17),
        (x + 10, y + 27),
        (x - 10 - wide, y + 27),
        (middle, y - 34),
        (middle, y + 44),
    ]
