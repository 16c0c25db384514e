"""Ramps of tests on a line of months, and charts below them on the same months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from tracker.charts import svg
from tracker.charts.domain import Drawings, Words, next_day
from tracker.charts.scale import tick_words, ticks
from tracker.charts.svg import Pen, cut, num, width
from tracker.safe.dates import MONTHS
from tracker.spc.values import Chart


@dataclass(frozen=True, slots=True)
class Bar:
    """One test. Without an end it still runs."""

    number: int
    label: str
    start: date
    end: date | None
    decision: str = ""
    is_planned: bool = False


@dataclass(frozen=True, slots=True)
class Lane:
    """The tests of one idea."""

    title: str
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class Panel:
    """The chart of one measure."""

    words: Words
    chart: Chart


@dataclass(frozen=True, slots=True)
class _Size:
    """One of the two drawings. Narrow, names stand above what they name."""

    width: float
    left: float
    right: float
    lane: float
    panel: float
    hook: str

    @property
    def names_above(self) -> bool:
        return self.left < 100


_LARGE = _Size(1110, 220, 12, 44, 150, "qi-spc qi-spc--large")
_SMALL = _Size(340, 44, 6, 56, 150, "qi-spc qi-spc--small")
_HIGH = 22
_AHEAD = timedelta(days=183)
"""A plan further ahead would press all else together: it is left to the words."""
_HEAD = 30


class _Months:
    """Where a day lies in px."""

    def __init__(self, days: Sequence[date], size: _Size) -> None:
        first, last = min(days), max(days)
        self.first = first.replace(day=1)
        self.number = max((last.year - first.year) * 12 + last.month - first.month + 1, 3)
        self.left = size.left
        self.each = (size.width - size.left - size.right) / self.number

    def at(self, day: date) -> float:
        months = (day.year - self.first.year) * 12 + day.month - self.first.month
        return self.left + (months + (day.day - 1) / 31) * self.each


def ramp_timeline(
    lanes: Sequence[Lane], panels: Sequence[Panel], *, on: date, ids: str
) -> Drawings:
    """All ramps over the charts, in two sizes. The page says in words what is drawn."""
    days = [p.x for panel in panels for p in panel.chart.points if isinstance(p.x, date)]
    days += [bar.start for lane in lanes for bar in lane.bars if not bar.is_planned]
    days += [bar.end or on for lane in lanes for bar in lane.bars if not bar.is_planned]
    latest = max(days, default=on) + _AHEAD
    lanes = [Lane(lane.title, [b for b in lane.bars if b.start <= latest]) for lane in lanes]
    days += [bar.end or bar.start for lane in lanes for bar in lane.bars] or [on]
    title = f"{sum(len(lane.bars) for lane in lanes)} tests on a line of months"
    return Drawings(
        *(
            _draw(size, _Months(days, size), lanes, panels, on, title, f"{ids}-{name}")
            for size, name in ((_LARGE, "l"), (_SMALL, "s"))
        )
    )


def _draw(
    size: _Size,
    months: _Months,
    lanes: Sequence[Lane],
    panels: Sequence[Panel],
    on: date,
    title: str,
    ids: str,
) -> Markup:
    pen = Pen()
    heights = [size.lane * _rows(lane, months, size) for lane in lanes]
    high = _HEAD + sum(heights) + len(panels) * size.panel + 8
    _months(pen, size, months, high)
    y = float(_HEAD)
    for lane, tall in zip(lanes, heights, strict=True):
        _lane(pen, size, months, lane, y, on)
        y += tall
    for panel in panels:
        _panel(pen, size, months, panel, y)
        y += size.panel
    at = months.at(on)
    if size.left < at < size.width - size.right:
        pen.line(f"M{num(at)} {_HEAD}V{num(high - 8)}", svg.INK, 1.5, "4 3")
        pen.text(at, high - 10, "Today", svg.INK, anchor="end", size=12, halo=True)
    said = "; ".join(
        f"{lane.title}: " + ", ".join(f"test {bar.number}" for bar in lane.bars) for lane in lanes
    )
    return pen.picture(size.hook, size.width, high, title, ids=ids, desc=said)


def _months(pen: Pen, size: _Size, months: _Months, high: float) -> None:
    every = 1 if months.each >= 30 else 3 if months.each >= 11 else 12
    for number in range(months.number):
        index = months.first.month - 1 + number
        x = months.left + number * months.each
        if number % 2:
            pen.rect(x, _HEAD - 4, months.each, high - _HEAD - 4, "#f3f7fb", "qi-band")
        if every == 1 or index % every == 0:
            words = MONTHS[index % 12][:3] if every < 12 else ""
            pen.text(x + 2, 24, words, svg.SOFT, size=12)
        if index % 12 == 0 or number == 0:
            year = str(months.first.year + index // 12)
            if number or (12 - index) * months.each > width(year, 12, bold=True) + 6:
                pen.text(x + 2, 11, year, svg.INK, bold=True, size=12)


def _spans(lane: Lane, months: _Months, size: _Size) -> list[tuple[Bar, float, float, int]]:
    """Bars with the px they begin and end at, and the row where they stand clear of others."""
    placed: list[tuple[Bar, float, float, int]] = []
    ends: list[float] = []
    for bar in sorted(lane.bars, key=lambda b: (b.start, b.number)):
        x0 = months.at(bar.start)
        x1 = max(months.at(next_day(bar.end)) if bar.end else x0 + 40, x0 + _HIGH)
        room = x1 + 4
        if bar.decision and not size.names_above and not _fits(bar, x0, x1):
            room += width(bar.decision, 12, bold=True) + 4
        row = next((i for i, end in enumerate(ends) if end <= x0), len(ends))
        ends[row : row + 1] = [room]
        placed.append((bar, x0, x1, row))
    return placed


def _rows(lane: Lane, months: _Months, size: _Size) -> int:
    return 1 + max((row for *_, row in _spans(lane, months, size)), default=0)


def _lane(pen: Pen, size: _Size, months: _Months, lane: Lane, y: float, on: date) -> None:
    pen.line(f"M0 {num(y)}H{num(size.width)}", svg.GRID, hook="qi-grid")
    if size.names_above:
        pen.text(0, y + 15, cut(lane.title, size.width, 13, bold=True), svg.INK, bold=True, size=13)
    else:
        for i, line in enumerate(svg.wrap(lane.title, size.left - 16, 14, bold=True)[:2]):
            pen.text(0, y + 20 + i * 18, line, svg.INK, bold=True)
    for bar, x0, x1, row in _spans(lane, months, size):
        top = y + row * size.lane + (22 if size.names_above else 11)
        wide = min(x1, size.width) - x0
        if bar.is_planned:
            more = f' rx="11" stroke="{svg.TEST}" stroke-width="2" stroke-dasharray="4 3"'
            pen.rect(x0, top, wide, _HIGH, svg.PAPER, "qi-bg", more)
        else:
            pen.rect(x0, top, wide, _HIGH, svg.TEST, "qi-mark", ' rx="11"')
        pen.hover(f"Test {bar.number}: {bar.label}")
        ink = svg.TEST if bar.is_planned else svg.PAPER
        hook = "" if bar.is_planned else "qi-mark-n"
        pen.text(x0 + 11, top + 16, str(bar.number), ink, anchor="middle", bold=True, hook=hook)
        _decision(pen, size, bar, x0, x1, top, ink, hook)


def _fits(bar: Bar, x0: float, x1: float) -> bool:
    return x1 - x0 >= width(bar.decision, 12, bold=True) + 30


def _decision(
    pen: Pen, size: _Size, bar: Bar, x0: float, x1: float, top: float, ink: str, hook: str
) -> None:
    """The decision on the bar where it fits, else behind it."""
    if not bar.decision or size.names_above:
        return
    room = width(bar.decision, 12, bold=True)
    if _fits(bar, x0, x1):
        pen.text(x0 + 24, top + 15, bar.decision, ink, bold=True, size=12, hook=hook)
    elif x1 + room + 4 < size.width:
        pen.text(x1 + 4, top + 15, bar.decision, svg.TEST, bold=True, size=12, halo=True)


def _panel(pen: Pen, size: _Size, months: _Months, panel: Panel, y: float) -> None:
    chart, words = panel.chart, panel.words
    pen.line(f"M0 {num(y)}H{num(size.width)}", svg.GRID, hook="qi-grid")
    if size.names_above:
        pen.text(
            0, y + 15, cut(words.title, size.width, 13, bold=True), svg.INK, bold=True, size=13
        )
    else:
        for i, line in enumerate(svg.wrap(words.title, size.left - 70, 14, bold=True)[:4]):
            pen.text(0, y + 24 + i * 18, line, svg.INK, bold=True)
    seen = [(p.x, p.y) for p in chart.points if p.y is not None and isinstance(p.x, date)]
    if not seen:
        return
    levels = [value for _, value in seen]
    levels += [part.centre for part in chart.parts if part.centre is not None]
    levels += [chart.target] if chart.target is not None else []
    scale = ticks(min(levels), max(levels), 3)
    top, foot = y + (30 if size.names_above else 16), y + size.panel - 16

    def at(value: float) -> float:
        return foot - (value - scale[0]) / ((scale[-1] - scale[0]) or 1) * (foot - top)

    for value, name in zip(scale, tick_words(scale, words), strict=True):
        pen.line(f"M{num(size.left)} {num(at(value))}H{num(size.width)}", svg.GRID, hook="qi-grid")
        pen.text(size.left - 6, at(value) + 4, name, svg.SOFT, anchor="end", size=12)
    middle = months.each / 2
    for part in chart.parts:
        days = [p.x for p in chart.points[part.first : part.last + 1] if isinstance(p.x, date)]
        if part.centre is not None and days:
            first, last = months.at(days[0]), months.at(days[-1]) + months.each
            pen.line(f"M{num(first)} {num(at(part.centre))}H{num(last)}", svg.INK, 1.5)
    if chart.target is not None:
        across = f"M{num(size.left)} {num(at(chart.target))}H{num(size.width)}"
        pen.line(across, svg.TARGET, 2, "8 4")
    path = "L".join(f"{num(months.at(x) + middle)} {num(at(value))}" for x, value in seen)
    pen.line(f"M{path}", svg.COMMON, 2)
    for x, value in seen:
        pen.circle(months.at(x) + middle, at(value), 4, svg.COMMON)
        pen.hover(f"{words.period(x)}: {words.value(value)}")
