from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.safe.dates import (
    DateStyle,
    NotADate,
    first_day,
    last_day,
    likely_style,
    name_period,
    odd_date,
    parse_day,
    today,
)


@pytest.mark.parametrize(
    ("text", "style", "day"),
    [
        ("2022-07-15", DateStyle.DAY_ISO, date(2022, 7, 15)),
        ("2022-07-15 00:00:00", DateStyle.DAY_ISO, date(2022, 7, 15)),
        ("15/07/2022", DateStyle.DAY_SLASHED, date(2022, 7, 15)),
        ("1/7/2022", DateStyle.DAY_SLASHED, date(2022, 7, 1)),
        ("2 July 2022", DateStyle.DAY_NAMED, date(2022, 7, 2)),
        ("02-Jul-22", DateStyle.DAY_NAMED, date(2022, 7, 2)),
        ("2024-06", DateStyle.MONTH_ISO, date(2024, 6, 1)),
        ("Jul-22", DateStyle.MONTH_NAMED, date(2022, 7, 1)),
        ("july  2022", DateStyle.MONTH_NAMED, date(2022, 7, 1)),
        ("Sept 2022", DateStyle.MONTH_NAMED, date(2022, 9, 1)),
        ("May-48", DateStyle.MONTH_NAMED, date(1948, 5, 1)),
        ("May-47", DateStyle.MONTH_NAMED, date(2047, 5, 1)),
        ("29/02/2028", DateStyle.DAY_SLASHED, date(2028, 2, 29)),
    ],
)
def test_each_style_reads_its_own(text: str, style: DateStyle, day: date) -> None:
    assert parse_day(text, style) == day


@pytest.mark.parametrize("style", DateStyle)
def test_no_style_reads_the_example_of_another(style: DateStyle) -> None:
    assert [each for each in DateStyle if _reads(style.example, each)] == [style]


@pytest.mark.parametrize(
    ("text", "style", "message"),
    [
        ("29/02/2027", DateStyle.DAY_SLASHED, "in the calendar"),
        ("07/13/2022", DateStyle.DAY_SLASHED, "write the day first"),
        ("01/07/22", DateStyle.DAY_SLASHED, "written like 01/07/2022"),
        ("2022-07-15 09:30", DateStyle.DAY_ISO, "written like 2022-07-01"),
        ("٢٠٢٢-٠٧-٠١", DateStyle.DAY_ISO, "is not a date"),
        ("0000-07", DateStyle.MONTH_ISO, "in the calendar"),
        ("Novemeber 2022", DateStyle.MONTH_NAMED, "Did you mean November 2022"),
        ("Mai 2022", DateStyle.MONTH_NAMED, "is not a month"),
        ("", DateStyle.MONTH_NAMED, "Enter a month, such as July 2022"),
    ],
)
def test_what_is_not_a_date_says_why(text: str, style: DateStyle, message: str) -> None:
    with pytest.raises(NotADate, match=message):
        parse_day(text, style)


@given(st.text(), st.sampled_from(DateStyle))
def test_any_text_is_a_date_or_not_a_date(text: str, style: DateStyle) -> None:
    try:
        parse_day(text, style)
    except NotADate:
        return


def test_style_is_that_of_most_cells_though_one_is_misspelt() -> None:
    assert likely_style(["Oct-22", "", "Novemeber", "Dec-22"]) is DateStyle.MONTH_NAMED
    assert likely_style(["12", "n/a", ""]) is None


@pytest.mark.parametrize(
    ("cadence", "first", "last", "name"),
    [
        ("weekly", date(2026, 3, 23), date(2026, 3, 29), "week of 23 March 2026"),
        ("monthly", date(2026, 3, 1), date(2026, 3, 31), "March 2026"),
        ("quarterly", date(2026, 1, 1), date(2026, 3, 31), "January to March 2026"),
        ("annual", date(2025, 4, 1), date(2026, 3, 31), "2025/26"),
        ("per_event", date(2026, 3, 29), date(2026, 3, 29), "29 March 2026"),
    ],
)
def test_period_that_holds_a_day(cadence: str, first: date, last: date, name: str) -> None:
    assert first_day(date(2026, 3, 29), cadence) == first
    assert last_day(first, cadence) == last
    assert name_period(first, cadence) == name


def test_unknown_cadence_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="fortnightly"):
        first_day(date(2026, 3, 29), "fortnightly")


@given(
    st.dates(max_value=date(9998, 12, 31)),
    st.sampled_from(["weekly", "monthly", "quarterly", "annual", "per_event"]),
)
def test_first_day_is_a_first_day_and_periods_do_not_overlap(day: date, cadence: str) -> None:
    first = first_day(day, cadence)
    if first.year > 1:
        assert first_day(first, cadence) == first
        assert first <= day <= last_day(first, cadence)


def test_odd_dates_warn_before_1948_and_a_year_ahead() -> None:
    now = date(2028, 2, 29)
    assert odd_date(date(1947, 12, 31), today=now)
    assert odd_date(date(1948, 1, 1), today=now) is None
    assert odd_date(date(2029, 2, 28), today=now) is None
    assert odd_date(date(2029, 3, 1), today=now)


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2026, 3, 29, 0, 30, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 23, 30, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 10, 25, 23, 30, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2028, 2, 28, 23, 59, tzinfo=UTC), date(2028, 2, 28)),
    ],
)
def test_today_is_the_day_in_london(now: datetime, day: date) -> None:
    assert today(now) == day


def test_today_refuses_a_time_without_a_zone() -> None:
    with pytest.raises(ValueError, match="zone"):
        today(datetime(2026, 1, 1))  # noqa: DTZ001 - the fault under test


def _reads(text: str, style: DateStyle) -> bool:
    try:
        parse_day(text, style)
    except NotADate:
        return False
    return True
