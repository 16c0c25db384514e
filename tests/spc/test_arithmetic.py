"""Means and moving ranges where doubles are awkward."""

from __future__ import annotations

import pytest

from tracker.spc import BUILT, analyse
from tracker.spc.arithmetic import deviation, mean, mean_range, median, moving_ranges, total
from tracker.spc.values import Plan, Series

HUGE = 1.7e308


def test_a_mean_that_the_plain_quotient_misses() -> None:
    assert sum([1.9] * 34) / 34 != 1.9
    assert mean([1.9] * 34) == 1.9


def test_sums_beyond_the_largest_double() -> None:
    assert mean([HUGE, HUGE, HUGE]) == HUGE
    assert mean([HUGE, HUGE, -HUGE]) == pytest.approx(HUGE / 3)
    assert median([HUGE, HUGE]) == HUGE
    assert total([HUGE, HUGE]) is None
    assert deviation([HUGE, -HUGE]) is None


def test_of_nothing_there_is_no_mean_median_or_range() -> None:
    assert mean([]) is median([]) is mean_range([], screen=True) is deviation([5]) is None


@pytest.mark.parametrize("kind", BUILT)
def test_a_range_too_large_for_a_double_counts_as_missing(kind: str) -> None:
    found = analyse(Series((1, 2, 3), (HUGE, -HUGE, -HUGE)), Plan(kind, screen_outliers=False))
    assert moving_ranges([HUGE, -HUGE, -HUGE]) == [0]
    assert [point.y for point in found.points] == [HUGE, -HUGE, -HUGE]


def test_a_range_is_screened_from_3_267_times_the_mean() -> None:
    # One range r among ten of 1 is exactly r / ((10 + r) / 11) times their mean.
    kept, dropped = (10 * times / (11 - times) for times in (3.2669, 3.2671))
    assert mean_range([1.0] * 10 + [kept], screen=True) == pytest.approx((10 + kept) / 11)
    assert mean_range([1.0] * 10 + [dropped], screen=True) == 1
    assert mean_range([1.0] * 10 + [dropped], screen=False) == pytest.approx((10 + dropped) / 11)
