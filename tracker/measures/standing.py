"""Where an aim stands by the measure it is judged by: when it was due, and now.

Both are the value of three months together where figures come monthly or quarterly, since one month
of a small unit says little; elsewhere that of one period.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from tracker.charts.words import is_met
from tracker.plugin_api import Direction
from tracker.safe.dates import first_day, name_period, today

from . import domain, queries
from .models import Measure, PointKind
from .pooling import Pool, name_three_months, name_three_months_in_short, pool, three_months_to
from .queries import Figure

if TYPE_CHECKING:
    from tracker.projects.models import Aim


@dataclass(frozen=True, slots=True)
class Reading:
    """A value, the months it is of, and the counts it is made of."""

    value: Decimal
    when: str
    in_short: str
    counts: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """The measure, its reading when the aim was due, and the latest."""

    measure: Measure
    at_due: Reading | None
    latest: Reading | None

    def in_words(self, target: Decimal | None) -> str:
        """`Target missed at the due date: 85.7% in April to June 2022 (30 of 35).`, and since."""
        if target is None or self.measure.better is Direction.NEITHER:
            return ""
        said = []
        if self.at_due is not None:
            met = "reached" if self._meets(self.at_due, target) else "missed"
            said.append(f"Target {met} at the due date: {self._told(self.at_due)}.")
        if self.latest is not None and self.latest != self.at_due:
            met = "Reached" if self._meets(self.latest, target) else "Not reached"
            said.append(f"{met} by now: {self._told(self.latest)}.")
        return " ".join(said)

    def _meets(self, reading: Reading, target: Decimal) -> bool:
        better = domain.DIRECTIONS[self.measure.better]
        return is_met(float(target), float(reading.value), better)

    def _told(self, reading: Reading) -> str:
        said = f"{self.measure.words.value(float(reading.value))} in {reading.when}"
        return f"{said} ({reading.counts})" if reading.counts else said


def standing(aim: Aim, measures: Sequence[Measure], *, outside: bool) -> Standing | None:
    """Where an aim stands, as a reader may see it: one statement. None without a measure for it."""
    measure = queries.judged_by(aim, measures)
    if measure is None:
        return None
    due = aim.by if aim.by is not None and aim.by <= today() else None
    last = measure.latest_period
    days = [day for day in (due, last) if day is not None]
    wanted = {period for day in days for period in _periods(day, measure)}
    held = queries.figures_of(measure, wanted, outside=outside)
    return Standing(
        measure,
        _reading(due, measure, held) if due is not None else None,
        _reading(last, measure, held) if last is not None else None,
    )


def _periods(day: date, measure: Measure) -> set[date]:
    return {first_day(day, measure.cadence), *three_months_to(day, measure.cadence)}


def _reading(day: date, measure: Measure, held: Mapping[date, Figure]) -> Reading | None:
    """The three months that end with a day; the period that holds it where they are not whole."""
    months = three_months_to(day, measure.cadence)
    if months and (made := _pooled(months, measure, held)) is not None:
        when = name_three_months(day, measure.cadence)
        in_short = name_three_months_in_short(day, measure.cadence)
        return Reading(made.value, when, in_short, made.counts)
    period = first_day(day, measure.cadence)
    made = _pooled((period,), measure, held)
    if made is None:
        return None
    when = name_period(period, measure.cadence)
    return Reading(made.value, when, when, made.counts)


def _pooled(periods: Sequence[date], measure: Measure, held: Mapping[date, Figure]) -> Pool | None:
    found = [figure for period in periods if (figure := held.get(period)) is not None]
    whole = [f for f in found if f.kind is not PointKind.NOT_REPORTED and not f.is_partial]
    if len(whole) < len(periods) or any(f.hidden for f in whole):
        return None
    return pool(whole, measure.multiplier)
