"""Dates, times and numbers as the page writes them, whatever language the server speaks."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from tracker.safe.dates import MONTHS, name_day

LONDON = ZoneInfo("Europe/London")


def day(when: date | datetime) -> str:
    """`15 July 2025`; an aware moment is the day it was in London."""
    return name_day(in_london(when) if isinstance(when, datetime) else when)


def month(when: date) -> str:
    """`July 2025`."""
    return f"{MONTHS[when.month - 1]} {when.year}"


def moment(when: datetime) -> str:
    """`14:02 on 3 July 2025`, London time."""
    there = in_london(when)
    return f"{there:%H:%M} on {name_day(there)}"


def clock(when: datetime) -> str:
    """`11:07am`, London time: for something that happened just now."""
    there = in_london(when)
    return f"{there.hour % 12 or 12}:{there:%M}{'am' if there.hour < 12 else 'pm'}"


def number(value: Decimal | int | float, places: int | None = None) -> str:
    """`1,195`, `97.1`: thousands marked, at most `places` decimals, no trailing zeros.

    Halves are rounded away from zero, as people do. Raises ValueError for what is not finite.
    """
    exact = Decimal(str(value))
    if not exact.is_finite():
        raise ValueError("only a finite number can be written")
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    written = f"{exact:,f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def in_london(when: datetime) -> datetime:
    """The moment on London clocks. Raises ValueError for a moment without a zone."""
    if when.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be shown")
    return when.astimezone(LONDON)
