"""The XmR chart at its edges; the golden cases hold the ordinary."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tracker.spc import BadPlan, BadSeries, analyse
from tracker.spc.values import Assurance, Chart, Direction, Plan, Series, Variation

FIRST = date(2024, 1, 1)
RISING = "7 Point Trend (Increasing)"
FALLING = "7 Point Trend (Decreasing)"
TWO_ABOVE = "2 in 3 Above CL"


def series(*y: float | None) -> Series:
    return Series(tuple(FIRST + timedelta(days=day) for day in range(len(y))), y)


def chart(*y: float | None, **plan: object) -> Chart:
    return analyse(series(*y), Plan("xmr", **plan))  # type: ignore[arg-type]


def labels(of: Chart) -> list[str | None]:
    return [point.special_cause for point in of.points]


def test_no_rows_give_an_empty_chart() -> None:
    empty = chart(target=5)
    assert (empty.points, empty.parts, empty.variation, empty.assurance) == ((), (), None, None)


def test_one_point_is_its_own_mean_without_limits() -> None:
    (point,) = chart(5).points
    assert (point.centre, point.lcl, point.ucl, point.outside) == (5, None, None, None)
    assert point.reading is Variation.COMMON_CAUSE


def test_all_values_missing_is_common_cause_with_nothing_known() -> None:
    found = chart(*[None] * 9, target=3)
    assert found.variation is Variation.COMMON_CAUSE
    assert found.assurance is Assurance.INCONSISTENT
    assert {(point.centre, point.ucl, point.side, point.close) for point in found.points} == {
        (None, None, None, None)
    }


def test_a_gap_takes_both_of_its_moving_ranges() -> None:
    (part,) = chart(1, 2, None, 50, 51, screen_outliers=False).parts
    assert part.centre == 26
    assert part.ucl == pytest.approx(26 + 2.66 * 1)


def test_screening_narrows_the_limits_and_leaves_the_mean() -> None:
    y = [10, 11, 10, 11, 10, 11, 40, 11, 10, 11, 10, 11]
    kept, all_in = chart(*y).parts[0], chart(*y, screen_outliers=False).parts[0]
    assert kept.centre == all_in.centre
    assert kept.ucl is not None
    assert all_in.ucl is not None
    assert kept.ucl < all_in.ucl


def test_constant_series_with_screening_has_its_value_as_mean_and_no_limits() -> None:
    found = chart(*[1.9] * 34, target=5)
    assert found.points[0].centre == 1.9
    assert {point.side for point in found.points} == {0}
    assert labels(found) == [None] * 34
    assert found.parts[0].ucl is None
    assert found.assurance is Assurance.INCONSISTENT


def test_constant_series_without_screening_has_limits_of_no_width() -> None:
    found = chart(*[0.1] * 15, target=0.2, screen_outliers=False)
    assert (found.parts[0].lcl, found.parts[0].ucl) == (0.1, 0.1)
    assert found.assurance is Assurance.FAIL


def test_mostly_zeros_with_a_spike_puts_every_point_outside() -> None:
    found = chart(*[0] * 10, 9, *[0] * 10)
    assert set(labels(found)) == {"Above UCL", "Below LCL"}
    assert labels(found)[10] == "Above UCL"


def test_a_point_on_a_limit_is_inside() -> None:
    # Mean 10 and mean moving range 10: the upper limit is 36.6, kept by fixing after 12 points.
    baseline = [5, 15] * 6
    found = chart(*baseline, 36.6, 36.7, fix_after_n_points=12)
    assert found.parts[0].ucl == 36.6
    assert labels(found)[12:] == [None, "Above UCL"]
    assert [point.baseline for point in found.points] == [True] * 12 + [False] * 2


def test_seven_on_one_side_are_a_shift_and_six_are_not() -> None:
    seven = chart(-1, -4, -1, -4, -1, -4, -1, 1, 4, 1, 4, 1, 4, 1)
    assert labels(seven) == ["7 Points Below CL"] * 7 + ["7 Points Above CL"] * 7
    six = chart(-1, -4, -1, -4, -1, -4, 1, 4, 1, 4, 1, 4)
    assert labels(six) == [None] * 12


def test_a_point_on_the_mean_breaks_a_shift() -> None:
    broken = chart(-1, -4, -1, 0, -4, -1, -4, -1, 1, 4, 1, 0, 4, 1, 4, 1)
    assert broken.parts[0].centre == 0
    assert labels(broken) == [None] * 16


WIDE = (0, 10) * 6
"""Twelve points whose limits are far wider than what follows them."""


def test_six_rises_are_a_trend() -> None:
    assert labels(chart(*WIDE, 1, 2, 3, 4, 5, 6, 7)) == [None] * 12 + [RISING] * 7
    assert labels(chart(*WIDE, 2, 3, 4, 5, 6, 7)) == [None] * 18


def test_a_tie_breaks_a_trend() -> None:
    assert labels(chart(*WIDE, 1, 2, 3, 4, 4, 5, 6, 7)) == [None] * 20


def test_a_missing_value_in_a_rise_is_no_trend() -> None:
    assert labels(chart(*WIDE, 1, 2, 3, None, 4, 5, 6, 7)) == [None] * 20


def test_the_peak_between_two_trends_is_falling_and_the_valley_rising() -> None:
    peak = labels(chart(*WIDE, *range(1, 8), *range(6, 0, -1)))
    assert peak[12:] == [RISING] * 6 + [FALLING] * 7
    valley = labels(chart(*WIDE, 12, *range(7, 0, -1), *range(2, 8)))
    assert valley[13:] == [FALLING] * 6 + [RISING] * 7


def test_no_rule_looks_across_a_rebase() -> None:
    y = [*WIDE, 1, 2, 3, 4, 5, 6, 7]
    rebased = chart(*y, rebase=(FIRST + timedelta(days=15),))
    assert labels(rebased) == [None] * 19
    assert [(part.number, part.first, part.last) for part in rebased.parts] == [
        (1, 0, 14),
        (2, 15, 18),
    ]


def test_two_of_three_must_be_close_on_one_side() -> None:
    # From the first twelve: mean 5, mean moving range 10, so near lines two thirds of 26.6 away.
    inner = 5 + 2 / 3 * 26.6
    far, near = inner + 1, 6
    fixed = {"fix_after_n_points": 12}
    assert labels(chart(*WIDE, far, near, far, **fixed))[12:] == [TWO_ABOVE, None, TWO_ABOVE]
    assert labels(chart(*WIDE, far, 4, far, **fixed))[12:] == [None] * 3
    assert labels(chart(*WIDE, far, 5, far, **fixed))[12:] == [None] * 3
    assert labels(chart(*WIDE, far, None, far, **fixed))[12:] == [None] * 3


def test_a_point_outside_does_not_count_as_close() -> None:
    found = labels(chart(*WIDE, 40, 6, 24, fix_after_n_points=12))
    assert found[12:] == ["Above UCL", None, None]


def test_a_rebase_at_the_first_date_or_an_absent_one_makes_no_new_part() -> None:
    found = chart(1, 3, 2, rebase=(FIRST, date(1999, 1, 1)))
    assert len(found.parts) == 1
    assert {point.part for point in found.points} == {1}


def test_a_trend_reads_by_its_slope_not_its_side_of_the_mean() -> None:
    baseline = (40, 60) * 6
    rise = chart(*baseline, *range(20, 27), fix_after_n_points=12)
    assert (rise.points[-1].side, rise.points[-1].special_cause) == (-1, RISING)
    assert rise.variation is Variation.IMPROVEMENT
    fall = chart(*baseline, *range(80, 73, -1), fix_after_n_points=12)
    assert (fall.points[-1].side, fall.points[-1].special_cause) == (1, FALLING)
    assert fall.variation is Variation.CONCERN


def test_variation_is_that_of_the_latest_date_even_if_its_value_is_missing() -> None:
    assert chart(*[5, 6] * 8, 30).variation is Variation.IMPROVEMENT
    assert chart(*[5, 6] * 8, 30, None).variation is Variation.COMMON_CAUSE


@pytest.mark.parametrize(
    ("direction", "reading"),
    [
        (Direction.INCREASE, Variation.IMPROVEMENT),
        (Direction.DECREASE, Variation.CONCERN),
        (Direction.NEUTRAL, Variation.NEUTRAL_HIGH),
    ],
)
def test_the_same_high_point_reads_by_the_direction(
    direction: Direction, reading: Variation
) -> None:
    found = chart(*[5, 6] * 8, 30, direction=direction)
    assert found.points[-1].special_cause == "Above UCL"
    assert found.variation is reading


@pytest.mark.parametrize(
    ("target", "direction", "assurance"),
    [
        (40, Direction.INCREASE, Assurance.FAIL),
        (40, Direction.DECREASE, Assurance.PASS),
        (-40, Direction.INCREASE, Assurance.PASS),
        (-40, Direction.DECREASE, Assurance.FAIL),
        (10, Direction.INCREASE, Assurance.INCONSISTENT),
        (36.6, Direction.INCREASE, Assurance.INCONSISTENT),
        (40, Direction.NEUTRAL, None),
        (None, Direction.INCREASE, None),
    ],
)
def test_assurance_is_where_the_target_lies_beside_the_limits(
    target: float | None, direction: Direction, assurance: Assurance | None
) -> None:
    assert chart(*[5, 15] * 6, target=target, direction=direction).assurance is assurance


@pytest.mark.parametrize(("count", "provisional"), [(12, True), (13, False)])
def test_limits_are_provisional_below_thirteen_rows(count: int, provisional: bool) -> None:
    assert chart(*range(count)).parts[0].provisional is provisional
    assert chart(*[None] * (count - 1), 5).parts[0].provisional is provisional


def test_with_a_denominator_the_chart_is_of_the_ratio() -> None:
    x = series(1, 2, 3, 4).x
    counted = analyse(Series(x, (5, 8, 3, 2), (10, 10, 0, None)), Plan("xmr"))
    assert [point.y for point in counted.points] == [0.5, 0.8, None, None]
    assert [point.n for point in counted.points] == [10, 10, 0, None]


def test_multiply_scales_what_is_drawn_and_the_target_is_on_that_scale() -> None:
    x = series(*[0] * 12).x
    rates = Series(x, (0.05, 0.15) * 6)
    found = analyse(rates, Plan("xmr", multiply=100, target=40))
    assert found.points[1].y == pytest.approx(15)
    assert found.parts[0].ucl == pytest.approx(36.6)
    assert found.assurance is Assurance.FAIL


def test_two_rows_on_one_date_are_refused_by_their_date() -> None:
    twice = Series((FIRST, FIRST), (1, 2))
    with pytest.raises(BadSeries, match="same date, 2024-01-01"):
        analyse(twice, Plan("xmr"))


def test_numbered_rows_cannot_be_rebased_at_a_date() -> None:
    numbered = Series((1, 2, 3), (1, 2, 3))
    with pytest.raises(BadPlan, match="rebased at a date"):
        analyse(numbered, Plan("xmr", rebase=(FIRST,)))
