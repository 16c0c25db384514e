"""The thinking about projects: aim statements, and what a team should do next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from tracker.safe.numbers import plain

ENOUGH_FOR_A_BASELINE = 12
"""Points: fewer make limits that still move (Making Data Count)."""


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


class StepKind(StrEnum):
    """What a team can be asked to do next, in the order in which it matters."""

    AIM = "aim"
    NO_MEASURE = "no_measure"
    NO_DATA = "no_data"
    THIN_BASELINE = "thin_baseline"
    NO_CYCLE = "no_cycle"
    CYCLE_OVERDUE = "cycle_overdue"
    STUDY = "study"
    DECIDE = "decide"
    DATA_LATE = "data_late"


ORDER = tuple(StepKind)


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    """What the next step needs to know of a measure. `due` is the first period not yet held."""

    id: int
    title: str
    points: int
    late_period: date | None = None


@dataclass(frozen=True, slots=True)
class CycleFacts:
    """What the next step needs to know of an open cycle."""

    id: int
    number: int
    title: str
    ends_on: date | None
    has_been_done: bool
    has_been_studied: bool
    is_decided: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: what, why, and the id of the row it is about."""

    kind: StepKind
    text: str
    reason: str
    subject_id: int | None = None


def next_steps(
    aim: AimParts | None,
    measures: Iterable[MeasureFacts],
    cycles: Iterable[CycleFacts],
    today: date,
) -> list[Step]:
    """What to do now, most pressing first; empty when all is in hand."""
    measures, cycles = list(measures), list(cycles)
    steps: list[Step] = []
    lacking = faults(aim or AimParts())
    if lacking:
        what = "Write the aim" if aim is None else "Complete the aim"
        steps.append(Step(StepKind.AIM, what, _aim_reason(aim, lacking)))
    if not measures:
        steps.append(
            Step(StepKind.NO_MEASURE, "Add a measure", "Nothing shows yet whether a change helps.")
        )
    for m in measures:
        steps.extend(_measure_steps(m))
    if not cycles:
        steps.append(
            Step(StepKind.NO_CYCLE, "Plan a first cycle", "Try one change, small, and learn.")
        )
    for c in cycles:
        steps.extend(_cycle_steps(c, today))
    return sorted(steps, key=lambda step: ORDER.index(step.kind))


def _aim_reason(aim: AimParts | None, lacking: list[AimFault]) -> str:
    if aim is None:
        return "Say what will change, for whom, by how much and by when."
    names = [str(f) for f in lacking]
    listed = names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
    return f"It has {listed}." if AimFault.WRONG_WAY not in lacking else f"Check it: {listed}."


def _measure_steps(m: MeasureFacts) -> Iterable[Step]:
    if m.points == 0:
        yield Step(
            StepKind.NO_DATA, f"Add data to {m.title}", "The chart appears with the first.", m.id
        )
    elif m.points < ENOUGH_FOR_A_BASELINE:
        yield Step(
            StepKind.THIN_BASELINE,
            f"Add earlier data to {m.title}",
            f"{m.points} points make a thin baseline; {ENOUGH_FOR_A_BASELINE} make a fair one.",
            m.id,
        )
    if m.points and m.late_period is not None:
        yield Step(
            StepKind.DATA_LATE,
            f"Add {m.late_period:%B %Y} to {m.title}",
            "The figures should be in by now.",
            m.id,
        )


def _cycle_steps(c: CycleFacts, today: date) -> Iterable[Step]:
    if c.is_decided:
        return
    ended = c.ends_on is not None and c.ends_on < today
    when = f"It ended on {c.ends_on.day} {c.ends_on:%B}" if c.ends_on and ended else "It has ended"
    if not c.has_been_done:
        if ended:
            yield Step(
                StepKind.CYCLE_OVERDUE,
                f"Say what happened in cycle {c.number}",
                f"{when} and nothing is written down yet.",
                c.id,
            )
    elif not c.has_been_studied:
        if ended or c.ends_on is None:
            yield Step(
                StepKind.STUDY,
                f"Study cycle {c.number}",
                "Set what happened beside what you predicted.",
                c.id,
            )
    else:
        yield Step(
            StepKind.DECIDE,
            f"Decide on cycle {c.number}",
            "Adopt, adapt or abandon the change.",
            c.id,
        )


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
