"""Dates and months as people write them, one style for a whole file, and today in London."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from difflib import get_close_matches
from enum import StrEnum
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from .numbers import quoted

EARLIEST: Final = date(1948, 1, 1)
"""Before the NHS began, a date is more likely a slip than a fact: a warning, not a fault."""

MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_BY_NAME: Final = (
    {name.casefold(): number for number, name in enumerate(MONTHS, 1)}
    | {name[:3].casefold(): number for number, name in enumerate(MONTHS, 1)}
    | {"sept": 9}
)
_LONDON: Final = ZoneInfo("Europe/London")
_SAMPLE: Final = 1000


class DateStyle(StrEnum):
    """How dates are written. No two styles can read the same text."""

    DAY_ISO = "day_iso"
    DAY_SLASHED = "day_slashed"
    DAY_NAMED = "day_named"
    MONTH_ISO = "month_iso"
    MONTH_NAMED = "month_named"

    @property
    def example(self) -> str:
        """How 1 July 2022, or that month, looks in this style."""
        return _EXAMPLES[self]

    @property
    def is_month(self) -> bool:
        return self in (DateStyle.MONTH_ISO, DateStyle.MONTH_NAMED)


_EXAMPLES: Final = {
    DateStyle.DAY_ISO: "2022-07-01",
    DateStyle.DAY_SLASHED: "01/07/2022",
    DateStyle.DAY_NAMED: "1 July 2022",
    DateStyle.MONTH_ISO: "2022-07",
    DateStyle.MONTH_NAMED: "July 2022",
}
# Programs that know only date-times write midnight after a date; it says nothing more.
_PATTERNS: Final = {
    DateStyle.DAY_ISO: re.compile(
        r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})([T ]00:00(:00(\.0+)?)?Z?)?"
    ),
    DateStyle.DAY_SLASHED: re.compile(
        r"(?P<d>[0-9]{1,2})/(?P<m>[0-9]{1,2})/(?P<y>[0-9]{4})( 00:00(:00)?)?"
    ),
    DateStyle.DAY_NAMED: re.compile(
        r"(?P<d>[0-9]{1,2})[- ](?P<name>[A-Za-z]{3,9})[- ](?P<y>[0-9]{4}|[0-9]{2})"
    ),
    DateStyle.MONTH_ISO: re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})"),
    DateStyle.MONTH_NAMED: re.compile(r"(?P<name>[A-Za-z]{3,9})[- ](?P<y>[0-9]{4}|[0-9]{2})"),
}
_WORD: Final = re.compile(r"[A-Za-z]{4,12}")
_YEAR: Final = re.compile(r"[0-9]{4}")


class NotADate(ValueError):
    """The text is not a date in the style asked for. The message is fit for the page."""


def parse_day(text: str, style: DateStyle = DateStyle.DAY_ISO) -> date:
    """The day written, or the first day of the month written. Raises `NotADate`.

    A two-digit year after a month's name is 1948 to 2047: `"Jul-22"` is July 2022.
    """
    written = " ".join(text.split())
    found = _PATTERNS[style].fullmatch(written)
    if found is None:
        raise NotADate(_why(written, style))
    part = found.groupdict()
    month = int(part["m"]) if "m" in part else _BY_NAME.get(part["name"].casefold(), 0)
    if month == 0:
        raise NotADate(_why(written, style))
    year = int(part["y"])
    if len(part["y"]) == 2:
        year += 2000 if year < EARLIEST.year % 100 else 1900
    try:
        return date(year, month, int(part.get("d") or 1))
    except ValueError:
        raise NotADate(_no_such_day(written, style, month)) from None


def likely_style(texts: Iterable[str]) -> DateStyle | None:
    """The one style most of the first thousand non-empty cells are written in; None if none is."""
    counts = dict.fromkeys(DateStyle, 0)
    for text in islice(filter(None, map(str.strip, texts)), _SAMPLE):
        for style in DateStyle:
            try:
                parse_day(text, style)
            except NotADate:
                continue
            counts[style] += 1
    style = max(counts, key=lambda each: counts[each])
    return style if counts[style] else None


def first_day(period: date, cadence: str) -> date:
    """First day of the period that holds the date.

    Weeks begin on Monday; quarters in January, April, July and October; years on 1 April, the
    NHS financial year. `per_event` and `daily` keep the date. Raises `ValueError` for any other
    cadence.
    """
    match cadence:
        case "weekly":
            # The first week of year 1 begins before any date Python has; it is a typing slip.
            return period - timedelta(days=min(period.weekday(), period.toordinal() - 1))
        case "monthly":
            return period.replace(day=1)
        case "quarterly":
            return period.replace(month=(period.month - 1) // 3 * 3 + 1, day=1)
        case "annual":
            year = period.year if period.month >= 4 else max(period.year - 1, 1)
            return date(year, 4, 1)
        case "per_event" | "daily":
            return period
    raise ValueError(f"no cadence is called {cadence!r}")


def last_day(first: date, cadence: str) -> date:
    """Last day of the period that begins on `first`."""
    months = {"monthly": 1, "quarterly": 3, "annual": 12}.get(cadence)
    if months is None:
        return first + timedelta(days=6 if cadence == "weekly" else 0)
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1) - timedelta(days=1)


def name_period(first: date, cadence: str) -> str:
    """The period as people say it: `March 2017`, `week of 6 March 2017`, `April to June 2017`."""
    match cadence:
        case "monthly":
            return f"{MONTHS[first.month - 1]} {first.year}"
        case "weekly":
            return f"week of {name_day(first)}"
        case "quarterly":
            last = last_day(first, cadence)
            return f"{MONTHS[first.month - 1]} to {MONTHS[last.month - 1]} {first.year}"
        case "annual":
            return f"{first.year}/{(first.year + 1) % 100:02d}"
    return name_day(first)


def name_day(day: date) -> str:
    """`6 March 2017`, whatever language the server speaks."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def odd_date(day: date, *, today: date) -> str | None:
    """A warning where the date is before 1948 or more than a year ahead; None otherwise."""
    if day < EARLIEST:
        return f"{name_day(day)} is before the NHS began: is the year right?"
    if day > _a_year_after(today):
        return f"{name_day(day)} is more than a year ahead: is the year right?"
    return None


def today(now: datetime | None = None) -> date:
    """The date in London, where "today" is for everyone here. `now` is an aware time."""
    moment = now if now is not None else datetime.now(UTC)
    if moment.tzinfo is None:
        raise ValueError("a time without a zone has no day in London")
    return moment.astimezone(_LONDON).date()


def _a_year_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 2, 28)


def _why(written: str, style: DateStyle) -> str:
    wanted = "month" if style.is_month else "date"
    if not written:
        return f"Enter a {wanted}, such as {style.example}"
    message = f"{quoted(written)} is not a {wanted}"
    word = _WORD.search(written)
    if word and word[0].casefold() not in _BY_NAME:
        meant = get_close_matches(word[0].capitalize(), MONTHS, n=1, cutoff=0.75)
        if meant:
            year = _YEAR.search(written)
            return f"{message}. Did you mean {meant[0]}{' ' + year[0] if year else ''}?"
    return f"{message} written like {style.example}"


def _no_such_day(written: str, style: DateStyle, month: int) -> str:
    if style is DateStyle.DAY_SLASHED and month > 12:
        return f"{quoted(written)} is not a date: write the day first, like {style.example}"
    return f"{quoted(written)} is not a {'month' if style.is_month else 'date'} in the calendar"
