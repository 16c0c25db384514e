"""Signals of a chart, numbered as every face of it numbers them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.spc.values import Chart, Direction, Point, Variation

# Labels of the rules (reference package), and how we say them beside a point.
_REASONS = {
    "Above UCL": "Above upper limit",
    "Below LCL": "Below lower limit",
    "7 Point Trend (Increasing)": "Seven in a row rising",
    "7 Point Trend (Decreasing)": "Seven in a row falling",
    "2 in 3 Above CL": "Two of three near upper limit",
    "2 in 3 Below CL": "Two of three near lower limit",
    "7 Points Above CL": "Seven in a row above the mean",
    "7 Points Below CL": "Seven in a row below the mean",
}
_WHAT = {
    Variation.IMPROVEMENT: "Improvement",
    Variation.CONCERN: "Concern",
    Variation.NEUTRAL_HIGH: "Higher",
    Variation.NEUTRAL_LOW: "Lower",
}


@dataclass(frozen=True, slots=True)
class Signal:
    """Neighbouring points flagged by the same rule; `first` and `last` index the chart's points."""

    number: int
    first: int
    last: int
    x: date | float
    reading: Variation
    reason: str


def reason(label: str) -> str:
    """A rule's label in plain words.

    >>> reason("2 in 3 Below CL")
    'Two of three near lower limit'
    """
    return _REASONS.get(label, label)


def kind(up: bool, better: Direction) -> Variation:
    """What a special cause in one direction means."""
    if better is Direction.NEUTRAL:
        return Variation.NEUTRAL_HIGH if up else Variation.NEUTRAL_LOW
    good = up is (better is Direction.INCREASE)
    return Variation.IMPROVEMENT if good else Variation.CONCERN


def judged(point: Point, better: Direction) -> tuple[str | None, Variation]:
    """The rule that fired at a point, and how it reads.

    XmR says both. Other charts have one rule a point, outside the limits, and leave its meaning to
    the measure's direction.
    """
    if point.special_cause is None and point.outside and point.y is not None:
        up = point.ucl is not None and point.y > point.ucl
        return "Above UCL" if up else "Below LCL", kind(up, better)
    return point.special_cause, point.reading


def reading(point: Point, better: Direction = Direction.NEUTRAL) -> str:
    """How one point reads, for the table: `Expected`, `Concern: above upper limit`, `No data`."""
    if point.y is None:
        return "No data"
    label, how = judged(point, better)
    what = _WHAT.get(how)
    if what is None or label is None:
        return "Expected"
    why = reason(label)
    return f"{what}: {why[0].lower()}{why[1:]}"


def signals(chart: Chart, better: Direction = Direction.NEUTRAL) -> list[Signal]:
    """Signals in the order of their first point. A rule that keeps firing is one signal."""
    found: list[Signal] = []
    before: tuple[int, str | None, Variation] | None = None
    for i, point in enumerate(chart.points):
        label, how = judged(point, better)
        if label is None or how is Variation.COMMON_CAUSE or point.y is None:
            before = None
            continue
        this = (point.part, label, how)
        if this == before:
            last = found[-1]
            found[-1] = Signal(last.number, last.first, i, last.x, last.reading, last.reason)
        else:
            found.append(Signal(len(found) + 1, i, i, point.x, how, reason(label)))
        before = this
    return found
