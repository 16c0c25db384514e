"""Signals of a chart as something to explain: when each began and ended, and what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tracker.charts.domain import Words
from tracker.charts.signals import kind, signals
from tracker.charts.words import centre_name
from tracker.plugin_api import Cadence
from tracker.safe.dates import last_day
from tracker.spc.values import Chart, Part, Variation

from . import domain

WINDOW = 2
"""Periods before a signal in which its cause is looked for: a change takes time to show."""
WHAT = {
    Variation.IMPROVEMENT: "Improvement",
    Variation.CONCERN: "Concern",
    Variation.NEUTRAL_HIGH: "Higher",
    Variation.NEUTRAL_LOW: "Lower",
}
FEW_CROSSINGS = "few-crossings"


@dataclass(frozen=True, slots=True)
class Found:
    """One signal. `rule` and a day in it tell it from others, though figures come in after it."""

    rule: str
    first: date
    last: date
    reading: Variation
    says: str

    def is_at(self, rule: str, day: date) -> bool:
        """Whether this is the signal of that rule that held on that day."""
        return self.rule == rule and self.first <= day <= self.last

    def when(self, words: Words) -> str:
        """`June 2022`, or `April 2022 to December 2022`."""
        first, last = words.period(self.first), words.period(self.last)
        return first if first == last else f"{first} to {last}"


def found_in(chart: Chart, words: Words) -> list[Found]:
    """Every signal of a dated chart, the earliest first: points that a rule flags, and long runs.

    A run chart has its rules from Anhoej and Olesen (PLoS ONE 2014;9:e113825), as `tracker.spc`
    works them out: a run longer than chance gives, or too few crossings of the centre line.
    """
    flagged = [
        Found(_slug(s.reason), first, last, s.reading, f"{WHAT[s.reading]}: {_small(s.reason)}")
        for s in signals(chart, words.better)
        if isinstance(first := chart.points[s.first].x, date)
        and isinstance(last := chart.points[s.last].x, date)
    ]
    runs = (
        [] if chart.kind == "xmr" else [f for part in chart.parts for f in _run(chart, part, words)]
    )
    return sorted([*flagged, *runs], key=lambda f: (f.first, f.rule))


def _run(chart: Chart, part: Part, words: Words) -> Iterator[Found]:
    if not part.runs_signal:
        return
    length, above, days = _longest(chart, part)
    if part.longest_run_max is not None and length > part.longest_run_max:
        side = "above" if above else "below"
        reading = kind(above, words.better)
        yield Found(
            f"run-{side}",
            days[0],
            days[-1],
            reading,
            f"{WHAT[reading]}: {length} {words.periods} in a row {side} the {centre_name(chart)}",
        )
        return
    dated = [p.x for p in chart.points[part.first : part.last + 1] if isinstance(p.x, date)]
    if dated:
        said = f"The line crosses the {centre_name(chart)} less often than chance gives"
        yield Found(FEW_CROSSINGS, dated[0], dated[-1], Variation.COMMON_CAUSE, said)


def _longest(chart: Chart, part: Part) -> tuple[int, bool, list[date]]:
    """The longest run of a part, the latest of equal ones: its length, its side, and its days."""
    best: list[date] = []
    best_above = now_above = False
    now: list[date] = []
    for point in chart.points[part.first : part.last + 1]:
        if point.y is None or point.centre is None or point.y == point.centre:
            continue
        above = point.y > point.centre
        if now and above is not now_above:
            now = []
        if isinstance(point.x, date):
            now, now_above = [*now, point.x], above
        if len(now) >= len(best):
            best, best_above = now, now_above
    return len(best), best_above, best


def window(found: Found, cadence: Cadence) -> tuple[date, date]:
    """The days in which a cause may lie: from a little before the signal to its end."""
    start = found.first
    if cadence is not Cadence.PER_EVENT:
        for _ in range(WINDOW):
            start = domain.preceding(start, cadence)
    return start, last_day(found.last, cadence)


def overlaps(start: date, end: date | None, days: tuple[date, date]) -> bool:
    """Whether something that ran from a day to a day, or still runs, touches the window."""
    return start <= days[1] and (end is None or end >= days[0])


def _slug(reason: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", reason.lower()).strip("-")


def _small(reason: str) -> str:
    return reason[:1].lower() + reason[1:]
