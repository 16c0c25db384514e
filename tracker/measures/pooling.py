"""Several periods taken as one: all of their numerators over all of their denominators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from tracker.plugin_api import Cadence
from tracker.safe.dates import MONTHS, first_day, last_day
from tracker.safe.numbers import plain

from .domain import preceding

PERIODS_IN_A_QUARTER = {Cadence.MONTHLY: 3, Cadence.QUARTERLY: 1}


class Held(Protocol):
    """What one period holds."""

    @property
    def numerator(self) -> Decimal | None:
        """Of how many."""

    @property
    def denominator(self) -> Decimal | None:
        """Out of how many."""

    @property
    def value(self) -> Decimal | None:
        """The figure itself, where it is not made of counts."""


@dataclass(frozen=True, slots=True)
class Pool:
    """The value of several periods; of a measure without a denominator the mean of theirs."""

    value: Decimal
    numerator: Decimal | None = None
    denominator: Decimal | None = None

    @property
    def counts(self) -> str:
        """`34 of 35`; empty where it is not made of counts."""
        if self.numerator is None or self.denominator is None:
            return ""
        return f"{plain(self.numerator)} of {plain(self.denominator)}"


def pool(held: Sequence[Held], multiplier: Decimal = Decimal(1)) -> Pool | None:
    """The value of some periods together, never the mean of their ratios; None without any.

    A period without anybody to count adds nothing.
    """
    under = sum((each.denominator or Decimal(0) for each in held), Decimal(0))
    if under:
        over = sum((each.numerator or Decimal(0) for each in held), Decimal(0))
        return Pool(over / under * multiplier, over, under)
    values = [each.value for each in held if each.value is not None]
    return Pool(sum(values, Decimal(0)) / len(values)) if values else None


def three_months_to(day: date, cadence: Cadence) -> tuple[date, ...]:
    """The periods that make the three months whose last holds `day`, oldest first.

    Weeks and events do not fill months, and years are longer: they give none.

    >>> [f"{period:%b}" for period in three_months_to(date(2022, 6, 30), Cadence.MONTHLY)]
    ['Apr', 'May', 'Jun']
    """
    number = PERIODS_IN_A_QUARTER.get(cadence, 0)
    found = [first_day(day, cadence)] if number else []
    while len(found) < number:
        found.append(preceding(found[-1], cadence))
    return tuple(reversed(found))


def name_three_months(day: date, cadence: Cadence) -> str:
    """`April to June 2022`, `December 2022 to February 2023`: the three months to a day's."""
    first, last = _ends(day, cadence)
    year = "" if first.year == last.year else f" {first.year}"
    return f"{MONTHS[first.month - 1]}{year} to {MONTHS[last.month - 1]} {last.year}"


def name_three_months_in_short(day: date, cadence: Cadence) -> str:
    """`Apr to Jun`, for where there is little room."""
    first, last = _ends(day, cadence)
    return f"{MONTHS[first.month - 1][:3]} to {MONTHS[last.month - 1][:3]}"


def _ends(day: date, cadence: Cadence) -> tuple[date, date]:
    periods = three_months_to(day, cadence)
    return periods[0], last_day(periods[-1], cadence)
