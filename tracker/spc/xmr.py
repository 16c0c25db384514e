"""The XmR chart of Making Data Count: individual values, limits from their moving ranges.

Computed as the reference package (NHSRplotthedots `ptd_spc`) does. No rule looks across a rebase:
each group has its own mean, limits and special causes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from tracker.spc import special_causes
from tracker.spc.arithmetic import (
    beyond,
    finite,
    mean,
    mean_range,
    moving_ranges,
    ratio,
    scaled,
    sides,
)
from tracker.spc.checks import Rows, rows, shown
from tracker.spc.refusals import BadPlan, BadSeries
from tracker.spc.values import (
    PROVISIONAL_BELOW,
    Assurance,
    Chart,
    Direction,
    Part,
    Plan,
    Point,
    Series,
    Variation,
)

WIDTH = 2.66
"""Limits lie this many mean moving ranges from the mean; near limits two thirds as far."""
NEAR_WIDTH = 2 * WIDTH / 3

_HIGH_AND_LOW = {
    Direction.INCREASE: (Variation.IMPROVEMENT, Variation.CONCERN),
    Direction.DECREASE: (Variation.CONCERN, Variation.IMPROVEMENT),
    Direction.NEUTRAL: (Variation.NEUTRAL_HIGH, Variation.NEUTRAL_LOW),
}
READINGS: dict[Direction, dict[str | None, Variation]] = {
    direction: {
        None: Variation.COMMON_CAUSE,
        **dict.fromkeys(special_causes.HIGH, high),
        **dict.fromkeys(special_causes.LOW, low),
    }
    for direction, (high, low) in _HIGH_AND_LOW.items()
}
"""How a label (None: common cause) reads, for each direction."""


def analyse(series: Series, plan: Plan) -> Chart:
    """Chart one series; with a denominator, the chart is of the ratio.

    Raises BadSeries if two rows share a date, BadPlan if a series of numbers is to be rebased.
    """
    table = rows(series)
    for before, x in pairwise(table.x):
        if x == before:
            name = x.isoformat() if isinstance(x, date) else shown(x)
            raise BadSeries(f"Two rows have the same date, {name}; an XmR chart takes one.")
    if plan.rebase and table.x and not isinstance(table.x[0], date):
        raise BadPlan("Limits can be rebased at a date, but this series has numbers for dates.")
    points: list[Point] = []
    parts: list[Part] = []
    for first, end in groups(table.x, plan.rebase):
        drawn, part = _group(table, first, end, len(parts) + 1, plan)
        points += drawn
        parts.append(part)
    return Chart(
        kind="xmr",
        points=tuple(points),
        parts=tuple(parts),
        target=plan.target,
        variation=points[-1].reading if points else None,
        assurance=_assurance(points[-1], plan) if points else None,
    )


def groups(x: Sequence[date | float], rebase: Sequence[date]) -> list[tuple[int, int]]:
    """First row and the row after the last of each group. A rebase begins one at its own date."""
    if not x:
        return []
    dates = set(rebase)
    starts = [0, *(row for row in range(1, len(x)) if x[row] in dates)] if dates else [0]
    return list(zip(starts, [*starts[1:], len(x)], strict=True))


def _group(table: Rows, first: int, end: int, number: int, plan: Plan) -> tuple[list[Point], Part]:
    n = table.n[first:end] if table.n is not None else [None] * (end - first)
    y = table.y[first:end]
    if table.n is not None:
        y = [ratio(value, whole) for value, whole in zip(y, n, strict=True)]
    fixed = len(y) if plan.fix_after_n_points is None else int(plan.fix_after_n_points)
    baseline = y[:fixed]
    centre = mean([value for value in baseline if value is not None])
    width = mean_range(moving_ranges(baseline), screen=plan.screen_outliers)
    lcl = ucl = near_lcl = near_ucl = None
    if centre is not None and width is not None:
        lcl, ucl, near_lcl, near_ucl = (
            finite(centre + factor * width) for factor in (-WIDTH, WIDTH, -NEAR_WIDTH, NEAR_WIDTH)
        )
    side = sides(y, centre)
    outside = beyond(y, lcl, ucl)
    close = [
        past and not out if past is not None and out is not None else None
        for past, out in zip(beyond(y, near_lcl, near_ucl), outside, strict=True)
    ]
    labels = special_causes.labels(y, side, outside, close)
    if plan.multiply != 1:
        y = [scaled(value, plan.multiply) for value in y]
        centre, lcl, ucl, near_lcl, near_ucl = (
            scaled(line, plan.multiply) for line in (centre, lcl, ucl, near_lcl, near_ucl)
        )
    reading = READINGS[plan.direction]
    points = [
        Point(
            table.x[first + row],
            y[row],
            n[row],
            centre,
            lcl,
            ucl,
            number,
            label,
            reading[label],
            near_lcl,
            near_ucl,
            side[row],
            outside[row],
            close[row],
            row < fixed,
        )
        for row, label in enumerate(labels)
    ]
    short = len(y) < PROVISIONAL_BELOW
    return points, Part(number, first, end - 1, centre, lcl, ucl, short)


def _assurance(latest: Point, plan: Plan) -> Assurance | None:
    """Whether the target lies beyond the latest limits, and on which side of them."""
    if plan.target is None or plan.direction is Direction.NEUTRAL:
        return None
    if latest.lcl is None or latest.ucl is None or latest.lcl <= plan.target <= latest.ucl:
        return Assurance.INCONSISTENT
    too_high = plan.target > latest.ucl
    return Assurance.FAIL if too_high == (plan.direction is Direction.INCREASE) else Assurance.PASS
