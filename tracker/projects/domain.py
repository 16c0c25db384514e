"""The thinking about projects: aim statements, and when figures are late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from tracker.safe.numbers import plain


class AimDirection(StrEnum):
    """Which way the aim moves the measure."""

    INCREASE = "increase"
    REDUCE = "reduce"


class AimFault(StrEnum):
    """What an aim statement lacks. The value is how the page names it."""

    NO_DIRECTION = "no direction"
    NO_MEASURE = "no measure"
    NO_POPULATION = "no population"
    NO_PLACE = "no place"
    NO_BASELINE = "no baseline"
    NO_TARGET = "no target"
    NO_DATE = "no date"
    WRONG_WAY = "the target lies the wrong way from the baseline"


@dataclass(frozen=True, slots=True)
class AimParts:
    """An aim statement as its parts; `baseline` and `target` are in `unit`."""

    direction: AimDirection | None = None
    measure: str = ""
    population: str = ""
    place: str = ""
    unit: str = "%"
    baseline: Decimal | None = None
    target: Decimal | None = None
    by: date | None = None


def sentence(aim: AimParts) -> str:
    """The parts as one sentence; parts that are missing are left out, never invented.

    >>> from datetime import date
    >>> sentence(AimParts(AimDirection.INCREASE, "cord clamping at 60 seconds or later",
    ...     "babies born before 34 weeks", "our unit", "%", Decimal(75), Decimal(95),
    ...     date(2022, 6, 30)))
    'Increase cord clamping at 60 seconds or later for babies born before 34 weeks in our unit \
from 75% to 95% by 30 June 2022.'
    """
    parts = [(aim.direction or "change").capitalize()]
    parts.append(aim.measure.strip().rstrip(".") or "something not named yet")
    if aim.population.strip():
        parts.append(f"for {aim.population.strip().rstrip('.')}")
    if aim.place.strip():
        parts.append(f"in {aim.place.strip().rstrip('.')}")
    if aim.baseline is not None:
        parts.append(f"from {amount(aim.baseline, aim.unit)}")
    if aim.target is not None:
        parts.append(f"to {amount(aim.target, aim.unit)}")
    if aim.by is not None:
        parts.append(f"by {aim.by.day} {aim.by:%B %Y}")
    return " ".join(parts) + "."


def amount(value: Decimal, unit: str) -> str:
    """A number with its unit: `75%`, `1,200 people`."""
    sign, digits = ("-", plain(-value)) if value < 0 else ("", plain(value))
    whole, _, fraction = digits.partition(".")
    text = f"{sign}{int(whole):,}" + (f".{fraction}" if fraction else "")
    unit = unit.strip()
    return f"{text}%" if unit in {"%", "percent"} else f"{text} {unit}".strip()


def faults(aim: AimParts) -> list[AimFault]:
    """What keeps the aim from being specific, measurable and dated, in the order of its parts."""
    found = [
        fault
        for fault, missing in (
            (AimFault.NO_DIRECTION, aim.direction is None),
            (AimFault.NO_MEASURE, not aim.measure.strip()),
            (AimFault.NO_POPULATION, not aim.population.strip()),
            (AimFault.NO_PLACE, not aim.place.strip()),
            (AimFault.NO_BASELINE, aim.baseline is None),
            (AimFault.NO_TARGET, aim.target is None),
            (AimFault.NO_DATE, aim.by is None),
        )
        if missing
    ]
    if aim.direction and aim.baseline is not None and aim.target is not None:
        rises = aim.target > aim.baseline
        if aim.target == aim.baseline or rises != (aim.direction is AimDirection.INCREASE):
            found.append(AimFault.WRONG_WAY)
    return found


def late_period(latest: date | None, *, months: int, lag_months: int, today: date) -> date | None:
    """First period that should be in by now and is not; None when the data are up to date.

    `months` is the length of a period (0 for weekly). A period is due `lag_months` and ten working
    days, taken as 14 days, after it ends.
    """
    if latest is None:
        return None
    missing = _after(latest, months)
    due = _add_months(_after(missing, months), lag_months) + timedelta(days=14)
    return missing if today >= due else None


def _after(first_day: date, months: int) -> date:
    return _add_months(first_day, months) if months else first_day + timedelta(days=7)


def _add_months(day: date, months: int) -> date:
    total = day.year * 12 + day.month - 1 + months
    return date(total // 12, total % 12 + 1, min(day.day, 28))
