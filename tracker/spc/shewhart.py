"""What run charts and Shewhart charts share: parts, freeze, exclusions, runs and signals.

A chart of this family is one function of a `Stretch` that gives its `Lines`; the rest is here.
Computed as the reference package (qicharts2 `qic`) does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tracker.spc.arithmetic import finite, scaled, sides
from tracker.spc.runs import Runs, runs
from tracker.spc.subgroups import Subgroups, subgroups
from tracker.spc.values import PROVISIONAL_BELOW, Chart, Part, Plan, Point, Series


@dataclass(frozen=True, slots=True)
class Stretch:
    """The subgroups of one part, and which of them (`base`, positions from 0) make its lines.

    Neighbours in `base` are neighbours for moving ranges: an excluded subgroup is bridged.
    """

    subgroups: Subgroups
    base: list[int]
    centre: float | None
    """A centre given by the plan; it replaces the computed one."""
    screen: bool
    """Whether moving ranges are screened."""

    def base_y(self) -> list[float | None]:
        """The values of the base, missing ones too."""
        return [self.subgroups.y[position] for position in self.base]


@dataclass(frozen=True, slots=True)
class Lines:
    """What one part draws, one entry a subgroup: the plotted values and the lines around them."""

    y: Sequence[float | None]
    centre: float | None
    lcl: Sequence[float | None]
    ucl: Sequence[float | None]
    lcl_95: Sequence[float | None]
    ucl_95: Sequence[float | None]


def level(y: Sequence[float | None], centre: float | None, sigma: float | None) -> Lines:
    """Lines that are the same at every subgroup: 3 and 2 sigma around the centre, if any."""
    if centre is None or sigma is None:
        none = [None] * len(y)
        return Lines(y, centre, none, none, none, none)
    lcl, ucl, lcl_95, ucl_95 = (
        [finite(centre + width * sigma)] * len(y) for width in (-3, 3, -2, 2)
    )
    return Lines(y, centre, lcl, ucl, lcl_95, ucl_95)


def analyse(series: Series, plan: Plan, lines: Callable[[Stretch], Lines]) -> Chart:
    """Chart one series part by part. Positions in the plan count subgroups from 1.

    A freeze is left alone where there are parts; positions outside the series are ignored.
    Raises BadSeries as `subgroups` does.
    """
    whole = subgroups(series, plan.aggregate)
    count = len(whole.x)
    starts = sorted({0, *(int(after) for after in plan.part if 0 <= after < count)})
    frozen = count if plan.freeze is None or plan.part else int(plan.freeze)
    excluded = frozenset(position - 1 for position in plan.exclude)
    points: list[Point] = []
    parts: list[Part] = []
    for number, (first, end) in enumerate(zip(starts, [*starts[1:], count], strict=True), 1):
        if first == end:
            continue
        included = [position not in excluded for position in range(first, end)]
        baseline = [position < frozen for position in range(first, end)]
        stretch = Stretch(
            Subgroups(
                whole.x[first:end], whole.y[first:end], whole.n[first:end], whole.values[first:end]
            ),
            [row for row in range(end - first) if included[row] and baseline[row]],
            None if plan.centre is None else float(plan.centre),
            plan.screen_outliers,
        )
        drawn, judged = _points(stretch, lines(stretch), number, included, baseline, plan.multiply)
        points += drawn
        parts.append(_part(drawn, judged, number, first, sum(included)))
    return Chart(
        kind=plan.chart,
        points=tuple(points),
        parts=tuple(parts),
        target=plan.target,
        runs_signal=any(part.runs_signal for part in parts),
    )


def _points(
    stretch: Stretch,
    lines: Lines,
    number: int,
    included: list[bool],
    baseline: list[bool],
    multiply: float,
) -> tuple[list[Point], Runs]:
    side = sides(lines.y, lines.centre)
    outside = [
        None if y is None or lcl is None or ucl is None else y > ucl or y < lcl
        for y, lcl, ucl in zip(lines.y, lines.lcl, lines.ucl, strict=True)
    ]
    close = [
        None if out is None or y is None or low is None or high is None
        else not out and (y > high or y < low)
        for out, y, low, high in zip(outside, lines.y, lines.lcl_95, lines.ucl_95, strict=True)
    ]  # fmt: skip
    judged = runs(on for on, counts in zip(side, included, strict=True) if counts)
    if multiply != 1:
        lines = Lines(
            [scaled(y, multiply) for y in lines.y],
            scaled(lines.centre, multiply),
            *(
                [scaled(line, multiply) for line in column]
                for column in (lines.lcl, lines.ucl, lines.lcl_95, lines.ucl_95)
            ),
        )
    columns = stretch.subgroups
    points = [
        Point(
            columns.x[row],
            y,
            columns.n[row],
            lines.centre,
            lines.lcl[row],
            lines.ucl[row],
            number,
            lcl_95=lines.lcl_95[row],
            ucl_95=lines.ucl_95[row],
            side=side[row],
            outside=outside[row],
            close=close[row],
            baseline=baseline[row],
            included=included[row],
        )
        for row, y in enumerate(lines.y)
    ]
    return points, judged


def _part(points: list[Point], judged: Runs, number: int, first: int, included: int) -> Part:
    latest = points[-1]
    return Part(
        number=number,
        first=first,
        last=first + len(points) - 1,
        centre=latest.centre,
        lcl=latest.lcl,
        ucl=latest.ucl,
        provisional=len(points) < PROVISIONAL_BELOW,
        longest_run=judged.longest_run,
        longest_run_max=judged.longest_run_max,
        n_crossings=judged.n_crossings,
        n_crossings_min=judged.n_crossings_min,
        runs_signal=judged.signal,
        n_obs=included,
        n_useful=judged.n_useful,
    )
