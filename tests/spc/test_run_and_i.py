"""Run and I charts at their edges: parts, freeze, exclusions, subgroups, runs."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.spc import analyse
from tracker.spc.values import Aggregate, Chart, Plan, Series


def chart(kind: str, *y: float | None, **plan: object) -> Chart:
    numbered = Series(tuple(range(1, len(y) + 1)), y)
    return analyse(numbered, Plan(kind, **plan))  # type: ignore[arg-type]


def centres(of: Chart) -> list[float | None]:
    return [point.centre for point in of.points]


@pytest.mark.parametrize("kind", ["run", "i"])
def test_no_rows_give_an_empty_chart(kind: str) -> None:
    empty = chart(kind, part=(3,), exclude=(1,), freeze=5)
    assert (empty.points, empty.parts, empty.runs_signal) == ((), (), False)


@pytest.mark.parametrize("kind", ["run", "i"])
def test_one_point_is_its_own_centre_without_limits_or_signal(kind: str) -> None:
    found = chart(kind, 7)
    assert (found.points[0].centre, found.points[0].ucl, found.runs_signal) == (7, None, False)
    assert (found.parts[0].n_obs, found.parts[0].n_useful) == (1, 0)
    assert found.parts[0].longest_run is None


@pytest.mark.parametrize("kind", ["run", "i"])
def test_all_on_the_centre_has_no_useful_point_and_no_signal(kind: str) -> None:
    found = chart(kind, *[1.9] * 34)
    assert (found.parts[0].centre, found.parts[0].n_useful, found.runs_signal) == (1.9, 0, False)
    assert found.parts[0].ucl is None


@pytest.mark.parametrize("kind", ["run", "i"])
def test_all_missing_has_neither_centre_nor_signal(kind: str) -> None:
    found = chart(kind, None, None, None)
    assert centres(found) == [None] * 3
    assert (found.parts[0].n_obs, found.parts[0].n_useful, found.runs_signal) == (3, 0, False)


def test_the_run_chart_draws_the_median_and_no_limits() -> None:
    found = chart("run", 1, 2, 3, 100)
    assert centres(found) == [2.5] * 4
    assert {(point.lcl, point.ucl, point.lcl_95, point.outside) for point in found.points} == {
        (None, None, None, None)
    }


def test_a_constant_i_chart_without_screening_has_limits_of_no_width() -> None:
    part = chart("i", 0.1, 0.1, 0.1, screen_outliers=False).parts[0]
    assert (part.lcl, part.centre, part.ucl) == (0.1, 0.1, 0.1)


def test_limits_of_the_i_chart_are_three_sigma_from_the_mean() -> None:
    (part,) = chart("i", 1, 3, 1, 3).parts
    assert part.ucl == pytest.approx(2 + 3 * 2 / 1.128, rel=1e-12)
    point = chart("i", 1, 3, 1, 3).points[0]
    assert point.lcl_95 == pytest.approx(2 - 2 * 2 / 1.128, rel=1e-12)


def test_a_new_part_starts_after_its_position_and_is_a_chart_of_its_own() -> None:
    found = chart("run", 1, 1, 9, 9, 9, part=(2,))
    assert centres(found) == [1, 1, 9, 9, 9]
    assert [(part.number, part.first, part.last, part.n_obs) for part in found.parts] == [
        (1, 0, 1, 2),
        (2, 2, 4, 3),
    ]


def test_part_positions_outside_the_series_and_repeats_are_ignored() -> None:
    assert chart("run", 1, 2, 3, part=(0, 2, 2, 3, -1, 99)) == chart("run", 1, 2, 3, part=(2,))


def test_a_freeze_takes_the_lines_from_the_points_before_it() -> None:
    found = chart("i", 1, 3, 1, 3, 50, freeze=4)
    assert centres(found) == [2] * 5
    assert [point.outside for point in found.points] == [False] * 4 + [True]
    assert [point.baseline for point in found.points] == [True] * 4 + [False]


def test_runs_are_counted_past_the_freeze() -> None:
    assert chart("run", *[1, 3] * 5, *[9] * 10, freeze=10).parts[0].longest_run == 11


def test_a_freeze_past_the_end_takes_all_points() -> None:
    assert chart("i", 1, 3, 8, freeze=99) == chart("i", 1, 3, 8)


def test_a_freeze_is_ignored_where_there_are_parts() -> None:
    assert chart("i", 1, 3, 8, 7, freeze=2, part=(3,)) == chart("i", 1, 3, 8, 7, part=(3,))


def test_an_excluded_point_is_bridged_drawn_and_tested_but_not_counted() -> None:
    found = chart("i", 1, 3, 99, 1, 3, exclude=(3,))
    assert centres(found) == [2] * 5
    assert found.parts[0].ucl == pytest.approx(2 + 3 * 2 / 1.128)
    assert (found.points[2].y, found.points[2].outside) == (99, True)
    assert [point.included for point in found.points] == [True, True, False, True, True]
    assert (found.parts[0].n_obs, found.parts[0].n_useful) == (4, 4)


def test_a_missing_value_is_not_bridged() -> None:
    (part,) = chart("i", 1, 3, None, 50, 52, screen_outliers=False).parts
    assert part.ucl == pytest.approx(26.5 + 3 * 2 / 1.128)


def test_everything_excluded_leaves_the_points_without_lines() -> None:
    found = chart("i", 1, 2, exclude=(1, 2))
    assert [(point.y, point.centre) for point in found.points] == [(1, None), (2, None)]
    assert (found.parts[0].n_obs, found.runs_signal) == (0, False)


def test_a_given_centre_replaces_the_computed_one_and_keeps_the_width() -> None:
    (part,) = chart("i", 1, 3, 1, 3, centre=10).parts
    assert part.centre == 10
    assert part.ucl == pytest.approx(10 + 3 * 2 / 1.128)
    assert chart("run", 1, 3, 1, 3, centre=10).parts[0].longest_run == 4


def test_multiply_scales_y_centre_and_limits_at_the_end() -> None:
    plain, scaled = chart("i", 1, 3, 1, 4), chart("i", 1, 3, 1, 4, multiply=100)
    for before, after in zip(plain.points, scaled.points, strict=True):
        for name in ("y", "centre", "lcl", "ucl", "lcl_95", "ucl_95"):
            assert getattr(after, name) == pytest.approx(getattr(before, name) * 100)
        assert (after.side, after.outside) == (before.side, before.outside)


@pytest.mark.parametrize(
    ("aggregate", "y"),
    [
        (Aggregate.MEAN, [4, 5, None]),
        (Aggregate.MEDIAN, [3, 5, None]),
        (Aggregate.SUM, [12, 5, None]),
        (Aggregate.SD, [pytest.approx(7**0.5), None, None]),
    ],
)
def test_rows_that_share_an_x_are_one_point(aggregate: Aggregate, y: list[float | None]) -> None:
    days = [date(2025, 1, day) for day in (3, 1, 1, 2, 1)]
    found = analyse(Series(tuple(days), (None, 2, 3, 5, 7)), Plan("run", aggregate=aggregate))
    assert [point.x for point in found.points] == sorted(set(days))
    assert [point.y for point in found.points] == y


def test_with_a_denominator_rows_add_up_before_they_are_divided() -> None:
    rows = Series((1, 1, 2), (1, 5, 3), (10, 20, 4))
    assert [(point.y, point.n) for point in analyse(rows, Plan("run")).points] == [
        (0.2, 30),
        (0.75, 4),
    ]


def test_zero_and_missing_denominators_lose_only_their_own_point() -> None:
    rows = Series((1, 2, 3, 4, 5), (1, 0, 3, None, 2), (10, 0, None, 7, 4))
    assert [(point.y, point.n) for point in analyse(rows, Plan("run")).points] == [
        (0.1, 10),
        (None, 0),
        (None, 0),
        (None, 0),
        (0.5, 4),
    ]


def test_a_row_missing_its_denominator_is_missing_both() -> None:
    rows = Series((1, 1), (1, 5), (10, None))
    (point,) = analyse(rows, Plan("run")).points
    assert (point.y, point.n) == (0.1, 10)


def test_one_part_with_a_signal_is_enough_for_the_chart() -> None:
    calm, long_run = [1, 3] * 6, [1] * 8 + [3] * 8
    found = chart("run", *calm, *long_run, part=(12,))
    assert [part.runs_signal for part in found.parts] == [False, True]
    assert found.runs_signal is True


def test_these_charts_have_no_icons() -> None:
    found = chart("i", 1, 3, 1, 3, 90, target=5, freeze=4)
    assert (found.target, found.variation, found.assurance) == (5, None, None)
    assert {point.special_cause for point in found.points} == {None}
