"""The lanes below the months: PDSA tests as pills, events as boxed letters."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.charts import svg
from tracker.charts.domain import Event, Mark, next_day
from tracker.charts.frame import Frame
from tracker.charts.svg import Pen, num, width

_HIGH = 18
_GAP = 2
_FAR = 24
"""A mark pushed further than this from its date would say a wrong date: it joins its neighbour."""


@dataclass(slots=True)
class _Cluster:
    """Marks drawn as one: `x` is the middle of its label, `end` the px where the pill ends."""

    names: list[str]
    hovers: list[str]
    wanted: float
    end: float
    x: float = 0.0

    @property
    def label(self) -> str:
        if len(self.names) == 1:
            return self.names[0]
        return f"{self.names[0]}–{self.names[-1]}" if self._in_a_row() else f"{len(self.names)}×"

    @property
    def least(self) -> float:
        return max(float(_HIGH), width(self.label, 13, bold=True) + 8)

    def _in_a_row(self) -> bool:
        codes = [int(n) if n.isdigit() else ord(n[-1]) for n in self.names]
        return codes == list(range(codes[0], codes[0] + len(codes)))


def draw_tests(pen: Pen, frame: Frame, tests: list[Mark], y: float) -> None:
    """The lane of tests with its middle at y; a pill reaches from start to end."""
    clusters = []
    for test in sorted(tests, key=lambda t: (t.start, t.number)):
        start = frame.time.at(test.start)
        if frame.shows(start):
            end = frame.inside(frame.time.at(next_day(test.end))) if test.end else frame.x1
            name = f"Test {test.number}: {test.label}"
            clusters.append(_Cluster([str(test.number)], [name], frame.inside(start), end))
    _lane(pen, frame, "Tests", y)
    clusters = _spread(clusters, frame)
    for i, it in enumerate(clusters):
        left = it.x - it.least / 2
        limit = clusters[i + 1].x - clusters[i + 1].least / 2 - _GAP if i + 1 < len(clusters) else 0
        right = min(it.end, limit) if limit else it.end
        wide = min(max(it.least, right - left), frame.size.width - left)
        pen.rect(left, y - 9, wide, _HIGH, svg.TEST, "qi-mark", ' rx="9"')
        pen.hover("; ".join(it.hovers))
        pen.text(
            it.x, y + 5, it.label, svg.PAPER, anchor="middle", bold=True, size=13, hook="qi-mark-n"
        )


def draw_events(pen: Pen, frame: Frame, events: list[Event], y: float) -> None:
    """The lane of events with its middle at y; a line shows how long one lasted."""
    clusters = []
    for event in sorted(events, key=lambda e: (e.on, e.letter)):
        at = frame.time.at(event.on)
        if frame.shows(at):
            x = frame.inside(at)
            end = frame.inside(frame.time.at(next_day(event.end))) if event.end else x
            name = f"Event {event.letter}: {event.label}"
            clusters.append(_Cluster([event.letter], [name], x, end))
    _lane(pen, frame, "Events", y)
    for it in _spread(clusters, frame):
        half = it.least / 2
        if it.end > it.x + half:
            pen.line(f"M{num(it.x)} {num(y)}H{num(it.end)}", svg.INK, 1.5)
        more = f' stroke="{svg.INK}" stroke-width="1.5"'
        pen.rect(it.x - half, y - 9, it.least, _HIGH, svg.PAPER, "qi-bg qi-ink", more)
        pen.hover("; ".join(it.hovers))
        pen.text(it.x, y + 5, it.label, svg.INK, anchor="middle", bold=True, size=13)


def _lane(pen: Pen, frame: Frame, name: str, y: float) -> None:
    pen.line(f"M{num(frame.x0)} {num(y)}H{num(frame.x1)}", svg.GRID, hook="qi-grid")
    pen.text(frame.x0 - 8, y + 5, name, svg.SOFT, anchor="end")


def _spread(clusters: list[_Cluster], frame: Frame) -> list[_Cluster]:
    """Push marks apart; join those that would land too far from their dates."""
    while True:
        at = frame.x0 - 12
        for it in clusters:
            it.x = max(it.wanted, at + it.least / 2)
            at = it.x + it.least / 2 + _GAP
        at = min(frame.x1 + 12, frame.size.width)
        for it in reversed(clusters):
            it.x = min(it.x, at - it.least / 2)
            at = it.x - it.least / 2 - _GAP
        far = [abs(it.x - it.wanted) for it in clusters]
        worst = max(range(len(far)), key=far.__getitem__, default=0)
        if len(clusters) < 2 or far[worst] <= _FAR:
            return clusters
        nearest = min(
            range(len(clusters) - 1),
            key=lambda i: (abs(i + 0.5 - worst) > 1, clusters[i + 1].wanted - clusters[i].wanted),
        )
        one, two = clusters[nearest : nearest + 2]
        clusters[nearest : nearest + 2] = [
            _Cluster(
                one.names + two.names,
                one.hovers + two.hovers,
                (one.wanted * len(one.names) + two.wanted * len(two.names))
                / (len(one.names) + len(two.names)),
                max(one.end, two.end),
            )
        ]
