"""The thinking about measures: values, periods, the plan of a chart, and how its state is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import median
from typing import Any, NamedTuple

from tracker import spc
from tracker.charts.domain import Cadence as ChartCadence
from tracker.charts.domain import Form, Words
from tracker.charts.words import variation_verdict
from tracker.plugin_api import Cadence, Direction
from tracker.plugin_api import Chart as ChartKind
from tracker.safe.dates import first_day, last_day
from tracker.safe.small_numbers import Hidden, hides_count, hides_ratio, in_ones, is_count
from tracker.spc.checks import FEWEST_FIXED
from tracker.spc.values import Chart, Plan, Series
from tracker.spc.values import Direction as SpcDirection

PERCENT = frozenset({"%", "percent"})
NOT_COUNTED = frozenset(
    {
        "minutes", "hours", "days", "weeks", "months", "years", "score", "points", "£", "pounds",
        "gbp", "mg", "ml", "°c", "seconds",
    }
)  # fmt: skip
"""Units of a quantity that is not a number of people or events: no "a month" after it."""

MONTHS: Mapping[Cadence, int] = {
    Cadence.WEEKLY: 0,
    Cadence.MONTHLY: 1,
    Cadence.QUARTERLY: 3,
    Cadence.ANNUAL: 12,
}
"""Months in a period; 0 for a week. What happens at each event has no calendar."""

CADENCES: Mapping[Cadence, ChartCadence] = {
    Cadence.WEEKLY: ChartCadence.WEEK,
    Cadence.MONTHLY: ChartCadence.MONTH,
    Cadence.QUARTERLY: ChartCadence.QUARTER,
    Cadence.ANNUAL: ChartCadence.YEAR,
    Cadence.PER_EVENT: ChartCadence.DAY,
}
DIRECTIONS: Mapping[Direction, SpcDirection] = {
    Direction.UP: SpcDirection.INCREASE,
    Direction.DOWN: SpcDirection.DECREASE,
    Direction.NEITHER: SpcDirection.NEUTRAL,
}


def words_of(
    *, title: str, unit: str, has_denominator: bool, cadence: Cadence, better: Direction
) -> Words:
    """How to speak of a measure, for everything that is drawn or said about it."""
    if unit.strip().casefold() in PERCENT:
        form = Form.PERCENT
    elif has_denominator or unit.strip().casefold() in NOT_COUNTED:
        form = Form.RATE
    else:
        form = Form.COUNT
    return Words(
        title=title,
        unit="" if form is Form.PERCENT else unit.strip(),
        form=form,
        decimals=0 if form is Form.COUNT else 1,
        cadence=CADENCES[cadence],
        better=DIRECTIONS[better],
    )


def one_unit(unit: str) -> str:
    """One spelling for one unit: `Percent` and `%` are the same."""
    plain = unit.strip().casefold()
    return "%" if plain in PERCENT else plain


def ratio(numerator: Decimal, denominator: Decimal, multiplier: Decimal) -> Decimal:
    """Numerator over denominator on the drawn scale. Raises ValueError when it is out of none.

    >>> ratio(Decimal(11), Decimal(12), Decimal(100)).quantize(Decimal("0.01"))
    Decimal('91.67')
    """
    if not denominator:
        raise ValueError("a period without anybody to count has no value")
    return numerator / denominator * multiplier


@dataclass(frozen=True, slots=True)
class Shape:
    """What an analysis needs to know of a measure besides its figures."""

    chart: ChartKind
    better: Direction
    target: Decimal | None = None
    lines_until: date | None = None
    """Only the periods up to this day make the lines, where no phase begins."""

    @property
    def is_built(self) -> bool:
        """Whether the measure's own chart exists; otherwise a run chart stands in for it."""
        return self.chart.value in spc.BUILT


class Counted(NamedTuple):
    """What the numbers of a measure count, in the words of its definition."""

    unit: str
    numerator: str = ""
    denominator: str = ""


def hides(
    counted: Counted,
    numerator: Decimal | None,
    denominator: Decimal | None,
    value: Decimal | None,
) -> Hidden | None:
    """Whether the numbers of one period are too small to be shown outside, and why.

    What is not made of counts, such as minutes or a percentage that came as one, never is.
    """
    # A list of 3.2 thousand is not one of three.
    if numerator is not None:
        numerator *= in_ones(counted.numerator)
    if denominator is not None:
        return hides_ratio(numerator, denominator * in_ones(counted.denominator))
    if numerator is not None:
        return hides_count(numerator)
    return hides_count(value) if is_count(counted.unit) else None


def analyse(
    shape: Shape, values: Sequence[tuple[date, Decimal | None]], phases: Iterable[date] = ()
) -> Chart:
    """The chart of values in the order of their periods; None is a period without a value.

    A phase begins at the first period on or after its day. XmR is told days, the other charts
    positions: the reference packages differ here. Lines that are held at a baseline are held while
    no phase begins; those of an XmR chart take twelve points at least.
    """
    periods = [period for period, _ in values]
    firsts = sorted(
        {
            at
            for start in phases
            for at in [next((i for i, p in enumerate(periods) if p >= start), 0)]
            if at
        }
    )
    kind = shape.chart.value if shape.is_built else ChartKind.RUN.value
    held = None
    if shape.lines_until is not None and not firsts:
        held = sum(period <= shape.lines_until for period in periods) or None
    return spc.analyse(
        Series(
            x=tuple(periods),
            y=tuple(None if value is None else float(value) for _, value in values),
        ),
        Plan(
            chart=kind,
            direction=DIRECTIONS[shape.better],
            target=None if shape.target is None else float(shape.target),
            rebase=tuple(periods[at] for at in firsts),
            part=tuple(firsts),
            freeze=held if kind != ChartKind.XMR else None,
            fix_after_n_points=(
                held if kind == ChartKind.XMR and held and held >= FEWEST_FIXED else None
            ),
        ),
    )


def state_of(chart: Chart, words: Words, *, is_stand_in: bool) -> dict[str, Any]:
    """Where a chart stands now, as a list needs it; empty without a value."""
    known = [point for point in chart.points if point.y is not None]
    if not known:
        return {}
    verdict = variation_verdict(chart, words)
    latest = chart.parts[-1]
    return {
        "chart": chart.kind,
        "is_stand_in": is_stand_in,
        "variation": chart.variation.value if chart.variation else None,
        "assurance": chart.assurance.value if chart.assurance else None,
        "runs_signal": chart.runs_signal,
        "centre": latest.centre,
        "lcl": latest.lcl,
        "ucl": latest.ucl,
        "phases": len(chart.parts),
        "is_provisional": latest.provisional,
        "reading": verdict.kind.value if verdict.kind else None,
        "rising": verdict.up,
        "words": verdict.heading,
    }


def centre_figure(chart: ChartKind, values: Sequence[Decimal]) -> Decimal | None:
    """The figure of a named baseline: the centre line its chart would draw there.

    The median on a run chart and a g chart, else the mean; None without values.
    """
    if not values:
        return None
    if chart in (ChartKind.RUN, ChartKind.G) or chart.value not in spc.BUILT:
        return median(values)
    return sum(values, Decimal(0)) / len(values)


def following(period: date, cadence: Cadence) -> date:
    """First day of the period after this one."""
    return last_day(period, cadence) + timedelta(days=1)


def preceding(period: date, cadence: Cadence) -> date:
    """First day of the period before this one."""
    return first_day(period - timedelta(days=1), cadence)


def has_ended(period: date, cadence: Cadence, today: date) -> bool:
    """Whether all of a period lies in the past. What happened at an event is whole at once."""
    if cadence is Cadence.PER_EVENT:
        return period <= today
    return last_day(period, cadence) < today


def calendar(first: date, last: date, cadence: Cadence) -> Iterator[date]:
    """The periods from one to another, both included; nothing for events, which have none."""
    if cadence is Cadence.PER_EVENT:
        return
    period = first_day(first, cadence)
    while period <= last:
        yield period
        period = following(period, cadence)
