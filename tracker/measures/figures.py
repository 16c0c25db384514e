"""The table beside a chart: every kind of point, what is missing, and what is not due yet."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from markupsafe import Markup

from tracker.charts.domain import Event, Mark
from tracker.charts.icons import point_icon
from tracker.charts.signals import judged, reading
from tracker.pages import number
from tracker.safe.dates import first_day, last_day, name_period
from tracker.safe.small_numbers import TOLD
from tracker.spc.values import Chart
from tracker.spc.values import Point as Drawn

from . import domain
from .models import Measure, PointKind
from .queries import Figure

KINDS = {
    PointKind.NO_ELIGIBLE_CASES: "No eligible cases",
    PointKind.NOT_REPORTED: "Not reported",
    PointKind.SUPPRESSED: "Suppressed",
}
TOO_SMALL = "Too small to show"
NOT_DUE, LATE, MISSING, PART = "Not due yet", "Late", "Not entered", "Part of the period"
MOST_AHEAD = 6
"""Periods after the latest that are listed; a series that stopped long ago says so in one."""


@dataclass(frozen=True, slots=True)
class Line:
    """One period in the table. `value` is empty where there is none; `reading` then says why."""

    period: date
    name: str
    numerator: str = ""
    denominator: str = ""
    value: str = ""
    expected: str = ""
    reading: str = ""
    icon: Markup | str = ""
    notes: str = ""


def lines(
    measure: Measure,
    chart: Chart,
    figures: Sequence[Figure],
    *,
    on: date,
    marks: Sequence[Mark] = (),
    events: Sequence[Event] = (),
    phases: Collection[tuple[date, str]] = (),
    versions: Collection[tuple[date, int]] = (),
    signals: Collection[tuple[date, str]] = (),
) -> list[Line]:
    """Every period, the newest first. `signals` says where each begins whether it is explained.

    `versions` are those of the definition that counted until a day, the earliest first.
    """
    points = {p.x: p for p in chart.points if isinstance(p.x, date)}
    held = {f.period: f for f in figures}
    found = [_absent(measure, day, on) for day in _ahead(measure, on) if day not in held]
    if held:
        first, last = min(held), max(held)
        every = sorted({*held, *domain.calendar(first, last, measure.cadence)}, reverse=True)
        for period in every:
            figure = held.get(period)
            notes = _notes(measure, period, figure, marks, events, phases, versions)
            notes = " · ".join(filter(None, (notes, *(s for day, s in signals if day == period))))
            if figure is None:
                name = name_period(period, measure.cadence)
                found.append(Line(period, name, reading=MISSING, notes=notes))
            else:
                found.append(_line(measure, figure, points.get(period), notes))
    return found


def _line(measure: Measure, figure: Figure, point: Drawn | None, notes: str) -> Line:
    words = measure.words
    over, under, value = amounts(measure, figure, amount)
    if figure.value is not None:
        value = words.value(float(figure.value))
    expected, read = "", KINDS.get(figure.kind, "")
    icon: Markup | str = ""
    if figure.is_partial:
        read = f"{PART}: not judged"
    elif figure.hidden is not None:
        read = TOO_SMALL
    elif point is not None and figure.value is not None:
        if point.lcl is not None and point.ucl is not None:
            expected = f"{words.value(point.lcl)} to {words.value(point.ucl)}"
        read = reading(point, words.better)
        icon = point_icon(judged(point, words.better)[1])
    return Line(
        period=figure.period,
        name=name_period(figure.period, measure.cadence),
        numerator=over,
        denominator=under,
        value=value,
        expected=expected,
        reading=read,
        icon=icon,
        notes=notes,
    )


def amounts(
    measure: Measure, figure: Figure, text: Callable[[Decimal], str]
) -> tuple[str, str, str]:
    """Numerator, denominator and value in the cells of a table; what is hidden says so."""
    held = (figure.numerator, figure.denominator, figure.value)
    if figure.hidden is None:
        over, under, value = ("" if n is None else text(n) for n in held)
        return over, under, value
    told = TOLD[figure.hidden]
    if not measure.has_denominator:
        return "", "", told.numerator
    under = told.denominator or ("" if figure.denominator is None else text(figure.denominator))
    return told.numerator, under, told.value


def amount(value: Decimal | None) -> str:
    """A count as the table prints it; empty for none."""
    return "" if value is None else number(value, 3)


def _ahead(measure: Measure, on: date) -> list[date]:
    """Periods after the latest that have begun, the newest first."""
    latest = measure.latest_period
    if latest is None or measure.cadence not in domain.MONTHS:
        return []
    if measure.collected_until is not None and latest >= measure.collected_until:
        return []
    after = domain.following(latest, measure.cadence)
    return list(domain.calendar(after, on, measure.cadence))[:MOST_AHEAD][::-1]


def _absent(measure: Measure, period: date, on: date) -> Line:
    before = domain.preceding(period, measure.cadence)
    is_late = measure.late_after(before, on) is not None
    name = name_period(period, measure.cadence)
    return Line(period, name, reading=LATE if is_late else NOT_DUE)


def _notes(
    measure: Measure,
    period: date,
    figure: Figure | None,
    marks: Sequence[Mark],
    events: Sequence[Event],
    phases: Collection[tuple[date, str]],
    versions: Collection[tuple[date, int]],
) -> str:
    last = last_day(period, measure.cadence)
    said = [
        f"{name or 'New phase'} starts"
        for starts_on, name in phases
        if first_day(starts_on, measure.cadence) == period
    ]
    said += [f"Test {m.number}" for m in marks if m.start <= last and (m.end or last) >= period]
    said += [f"Event {e.letter}" for e in events if e.on <= last and (e.end or e.on) >= period]
    counted_by = next((version for until, version in versions if period < until), None)
    if figure is not None and counted_by is not None:
        said.append(f"Counted by version {counted_by}")
    if figure is not None and figure.note:
        said.append(figure.note)
    return " · ".join(said)
