"""Dates, times and numbers as the page writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tracker.pages import clock, day, moment, month, number


def test_a_day_and_a_month() -> None:
    assert day(date(2025, 7, 15)) == "15 July 2025"
    assert month(date(2025, 7, 1)) == "July 2025"


def test_a_moment_is_shown_on_london_clocks() -> None:
    assert moment(datetime(2025, 7, 3, 13, 2, tzinfo=UTC)) == "14:02 on 3 July 2025"
    assert moment(datetime(2025, 1, 3, 13, 2, tzinfo=UTC)) == "13:02 on 3 January 2025"


def test_the_day_of_a_moment_is_the_day_in_london() -> None:
    assert day(datetime(2025, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2025"


@pytest.mark.parametrize(
    ("hour", "written"), [(0, "12:07am"), (11, "11:07am"), (12, "12:07pm"), (23, "11:07pm")]
)
def test_the_clock(hour: int, written: str) -> None:
    assert clock(datetime(2025, 1, 3, hour, 7, tzinfo=UTC)) == written


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        moment(datetime(2025, 7, 3))  # noqa: DTZ001 - the fault under test


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        (1195, None, "1,195"),
        (Decimal("97.10"), None, "97.1"),
        (Decimal("0.10"), None, "0.1"),
        (Decimal("1E+3"), None, "1,000"),
        (83.3333, 1, "83.3"),
        (Decimal("0.25"), 1, "0.3"),
        (Decimal("-0.04"), 1, "0"),
        (100, 1, "100"),
        (0.1 + 0.2, 2, "0.3"),
    ],
)
def test_numbers(value: Decimal | int | float, places: int | None, written: str) -> None:
    assert number(value, places) == written


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN")])
def test_what_is_not_a_number_is_never_written(value: Decimal | float) -> None:
    with pytest.raises(ValueError, match="finite"):
        number(value)
