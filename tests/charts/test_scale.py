"""Round values, places in time, labels apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from tracker.charts.domain import Cadence, Words
from tracker.charts.measure import measure_chart
from tracker.charts.scale import Clearing, Timeline, apart, tick_words, ticks
from tracker.spc.values import Chart


@pytest.mark.parametrize(
    ("low", "high", "about", "top", "values"),
    [
        (1141, 1302, 6, 1e9, [1100, 1150, 1200, 1250, 1300, 1350]),
        (0, 7, 6, 1e9, [0, 2, 4, 6, 8]),
        (71, 100, 6, 100, [70, 75, 80, 85, 90, 95, 100]),
        (5, 5, 2, 1e9, [4.5, 5, 5.5]),
        (0, 0, 2, 1e9, [0, 0.5, 1]),
    ],
)
def test_ticks_are_round_and_cover_the_values(
    low: float, high: float, about: int, top: float, values: list[float]
) -> None:
    assert ticks(low, high, about, top) == pytest.approx(values)


def test_ticks_never_pass_the_top() -> None:
    assert ticks(71, 100, 6, 100)[-1] == 100
    assert ticks(100, 100, 6, 100)[-1] == 100


def test_ticks_of_an_axis_share_their_decimals() -> None:
    words = Words("W")
    assert tick_words([0.0, 2.5, 5.0], words) == ["0.0", "2.5", "5.0"]
    assert tick_words([-50.0, 0.0], words) == ["−50", "0"]
    assert tick_words([1e6, 1.5e6], words) == ["1m", "1.5m"]


@pytest.mark.parametrize(
    ("ys", "moved"),
    [
        ([10, 50], [10, 50]),
        ([50, 51, 52], [50, 67, 84]),
        ([52, 51, 50], [84, 67, 50]),
        ([95, 96, 97], [66, 83, 100]),
        ([-5, 20], [0, 20]),
    ],
)
def test_labels_are_pushed_apart_in_their_order_inside_the_range(
    ys: list[float], moved: list[float]
) -> None:
    assert apart(ys, 17, 0, 100) == moved


def test_a_day_lies_within_its_period() -> None:
    time = Timeline([date(2020, 4, 1), date(2020, 7, 1)], Cadence.QUARTER, None)
    assert time.places == [0, 1]
    assert time.at(date(2020, 4, 1)) == -0.5
    assert time.at(date(2020, 7, 1)) == 0.5
    assert 0.4 < time.at(date(2020, 6, 30)) < 0.5
    weeks = Timeline([date(2022, 1, 3), date(2022, 1, 10)], Cadence.WEEK, None)
    assert weeks.places == [0, 1]
    assert weeks.at(date(2022, 1, 10)) == 0.5


def test_order_alone_has_no_place_for_days() -> None:
    time = Timeline([3.0, 7.0, 40.0], Cadence.ORDER, None)
    assert time.places == [0, 1, 2]
    assert not time.is_dated


def test_a_missing_value_breaks_the_line_where_dates_are_uneven(
    chart_of: Callable[..., Chart], look: Callable[[str], Any]
) -> None:
    days = [date(2024, 1, 1) + timedelta(d) for d in (0, 10, 20, 21, 22, 32)]
    words = Words("W", "falls", cadence=Cadence.DAY)
    seen = look(measure_chart(chart_of([4, 5, 6, None, 6, 5], days), words, ids="c").large)
    (line,) = seen.find("path", stroke="#425563", stroke_width="1.75")
    assert line["d"].count("M") == 2


def test_a_place_for_words_costs_what_it_hides() -> None:
    clearing = Clearing((0, 0, 100, 100), [(0, 50, 50, 50), (50, 50, 60, 0)])
    assert clearing.cost((5, 10, 30, 20)) == 0
    assert clearing.cost((5, 45, 30, 55)) == 1
    assert clearing.cost((52, 10, 70, 40)) == 1
    assert clearing.cost((70, 10, 90, 40)) == 0
    assert clearing.cost((90, 10, 110, 40)) == 1000
    clearing.taken.append((70, 10, 90, 40))
    assert clearing.cost((80, 30, 95, 50)) == 100
