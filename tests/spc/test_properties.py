"""What holds for every series: order of rows, scale, gaps; and the rules, said the slow way."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import chain, pairwise
from math import isfinite

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.spc import BUILT, analyse
from tracker.spc.values import Aggregate, Chart, Direction, Plan, Point, Series

settings.register_profile("spc", deadline=None, database=None, max_examples=150)
profile = settings.get_profile("spc")

any_finite = st.floats(allow_nan=False, allow_infinity=False)
small = st.integers(-6, 6).map(float)
slopes = st.tuples(small, st.integers(-2, 2), st.integers(1, 9)).map(
    lambda slope: [slope[0] + slope[1] * step for step in range(slope[2])]
)
walks = st.lists(slopes | st.just([None]), max_size=6).map(lambda parts: list(chain(*parts)))
gappy = st.lists(st.none() | small, max_size=40) | walks
"""Series in small whole numbers: scattered, or made of slopes, so that every rule fires."""
denominators = st.none() | st.floats(0, allow_infinity=False)

plans = st.builds(
    Plan,
    chart=st.sampled_from(BUILT),
    direction=st.sampled_from(Direction),
    target=st.none() | any_finite,
    fix_after_n_points=st.none() | st.integers(12, 50),
    screen_outliers=st.booleans(),
    freeze=st.none() | st.integers(1, 50),
    part=st.lists(st.integers(-3, 50), max_size=3).map(tuple),
    exclude=st.lists(st.integers(-3, 50), max_size=4).map(tuple),
    centre=st.none() | any_finite,
    multiply=st.sampled_from([1.0, 1.0, 100.0, 1e308, 5e-324]),
    aggregate=st.sampled_from(Aggregate),
)


def numbered(y: list[float | None]) -> Series:
    return Series(tuple(range(len(y))), tuple(y))


@profile
@given(st.lists(st.tuples(st.none() | any_finite, denominators), max_size=40), plans, st.booleans())
def test_no_finite_series_fails_and_no_result_is_infinite(
    rows: list[tuple[float | None, float | None]], plan: Plan, divide: bool
) -> None:
    series = numbered([y for y, _ in rows])
    if divide:
        series = replace(series, n=tuple(n for _, n in rows))
    for point in analyse(series, plan).points:
        for value in (point.y, point.n, point.centre, point.lcl, point.ucl, point.lcl_95):
            assert value is None or isfinite(value)


@profile
@given(gappy, plans, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(
    y: list[float | None], plan: Plan, shuffler: random.Random
) -> None:
    series = numbered(y)
    order = list(range(len(y)))
    shuffler.shuffle(order)
    shuffled = Series(tuple(series.x[row] for row in order), tuple(series.y[row] for row in order))
    assert analyse(shuffled, plan) == analyse(series, plan)


@profile
@given(gappy, st.sampled_from(BUILT), st.booleans())
def test_a_series_a_power_of_two_larger_has_the_same_signals(
    y: list[float | None], kind: str, screen: bool
) -> None:
    plan = Plan(kind, screen_outliers=screen)
    once = analyse(numbered(y), plan)
    larger = analyse(numbered([None if value is None else value * 8 for value in y]), plan)
    assert signals(once) == signals(larger)
    for before, after in zip(once.points, larger.points, strict=True):
        assert after.centre == (None if before.centre is None else before.centre * 8)
        assert after.ucl == (None if before.ucl is None else before.ucl * 8)


@profile
@given(gappy, st.booleans())
def test_a_mirrored_series_reads_the_other_way(y: list[float | None], screen: bool) -> None:
    up = analyse(numbered(y), Plan("xmr", screen_outliers=screen))
    mirror = [None if value is None else -value for value in y]
    down = analyse(
        numbered(mirror), Plan("xmr", direction=Direction.DECREASE, screen_outliers=screen)
    )
    for row, (one, other) in enumerate(zip(up.points, down.points, strict=True)):
        assert one.outside == other.outside
        # A trend's last point, tied with the next trend's first, reads as falling either way.
        if y[row : row + 1] != y[row + 1 : row + 2]:
            assert one.reading == other.reading


@profile
@given(gappy, st.booleans())
def test_labels_are_those_of_looking_at_every_window(y: list[float | None], screen: bool) -> None:
    found = analyse(numbered(y), Plan("xmr", screen_outliers=screen)).points
    assert [point.special_cause for point in found] == slow_labels(found)


def slow_labels(points: tuple[Point, ...]) -> list[str | None]:
    """The four rules window by window, as they are written."""
    rows = range(len(points))
    y = [point.y for point in points]
    side = [point.side for point in points]
    trend, two, shift = set[int](), set[int](), set[int]()
    for first in rows:
        window = range(first, first + 7)
        if window.stop <= len(points):
            known = [value for value in y[first : first + 7] if value is not None]
            steps = [after - before for before, after in pairwise(known)]
            if len(known) == 7 and (min(steps) > 0 or max(steps) < 0):
                trend.update(window)
            if set(side[first : first + 7]) in ({1}, {-1}):
                shift.update(window)
        if first + 3 <= len(points) and set(side[first : first + 3]) in ({1}, {-1}):
            close = [row for row in range(first, first + 3) if points[row].close]
            if len(close) > 1:
                two.update(close)
    labels: list[str | None] = []
    for row in rows:
        way = "Above CL" if side[row] == 1 else "Below CL"
        if points[row].outside:
            labels.append("Above UCL" if side[row] == 1 else "Below LCL")
        elif row in trend:
            one, other = (row, row + 1) if row + 1 in trend else (row - 1, row)
            before, after = y[one], y[other]
            rising = before is not None and after is not None and after > before
            labels.append(f"7 Point Trend ({'Increasing' if rising else 'Decreasing'})")
        elif row in two:
            labels.append(f"2 in 3 {way}")
        else:
            labels.append(f"7 Points {way}" if row in shift else None)
    return labels


def signals(chart: Chart) -> list[object]:
    return [
        chart.variation,
        chart.runs_signal,
        *((part.longest_run, part.n_crossings, part.n_useful) for part in chart.parts),
        *((point.special_cause, point.side, point.outside, point.close) for point in chart.points),
    ]


@profile
@given(st.floats(-1e300, 1e300), st.integers(1, 60))
@pytest.mark.parametrize("kind", BUILT)
def test_the_centre_of_a_constant_series_is_its_value(kind: str, value: float, count: int) -> None:
    points = analyse(numbered([value] * count), Plan(kind)).points
    assert {point.centre for point in points} == {value}
    assert {point.side for point in points} == {0}
