"""The progress score that the data support, and the day on which the next could be claimed.

3.5: a signal in the wanted direction. 4.0: the pooled value of a complete calendar quarter is at
or beyond the target. It is held while every later complete quarter is too: 4.5 when 6 and 5.0 when
12 months have passed since the end of the first such quarter. Source: programmes README 4.2.
A person always confirms, or differs with a reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.measures.pooling import PERIODS_IN_A_QUARTER, pool
from tracker.plugin_api import Cadence, Direction

from .domain import Quarter

PLANNING, CHANGES, SIGNAL = Decimal("2.0"), Decimal("2.5"), Decimal("3.5")
REACHED, HELD, HELD_LONG = Decimal("4.0"), Decimal("4.5"), Decimal("5.0")
HOLDING = {HELD: 6, HELD_LONG: 12}
"""Months for which a reached target has to be held."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What one period held. `is_known` is false for a period that was not reported or is partial.

    A period without anybody to count is known, and adds nothing.
    """

    period: date
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class Pooled:
    """A complete calendar quarter: all of its numerators over all of its denominators.

    Of a measure without a denominator it is the mean of the periods' values.
    """

    quarter: Quarter
    value: Decimal
    numerator: Decimal | None = None
    denominator: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A score, why, and from which day the next one up could be evidenced."""

    score: Decimal | None
    because: str
    reached: Quarter | None = None
    next_score: Decimal | None = None
    next_on: date | None = None

    def earliest(self, claimed: Decimal) -> date | None:
        """The first day on which a higher score can be evidenced; None when no day can be named.

        >>> Proposal(REACHED, "", reached=Quarter(date(2022, 10, 1))).earliest(HELD)
        datetime.date(2023, 6, 30)
        """
        if self.reached is None or claimed not in HOLDING:
            return None
        return _months_after(self.reached, HOLDING[claimed])


def pooled(
    figures: Iterable[Figure], cadence: Cadence, multiplier: Decimal = Decimal(1)
) -> list[Pooled]:
    """The complete quarters of a series, oldest first.

    Complete is every period of it known. Weeks do not fill quarters, and events and years have
    none: they give nothing.
    """
    needed = PERIODS_IN_A_QUARTER.get(cadence)
    if needed is None:
        return []
    by_quarter: dict[Quarter, list[Figure]] = {}
    for figure in figures:
        if figure.is_known:
            by_quarter.setdefault(Quarter.of(figure.period), []).append(figure)
    found = []
    for quarter, held in sorted(by_quarter.items(), key=lambda item: item[0]):
        if len(held) == needed:
            found += _pool(quarter, held, multiplier)
    return found


def _pool(quarter: Quarter, held: Sequence[Figure], multiplier: Decimal) -> list[Pooled]:
    made = pool(held, multiplier)
    if made is None:
        return []
    return [Pooled(quarter, made.value, made.numerator, made.denominator)]


def propose(
    quarters: Sequence[Pooled],
    *,
    target: Decimal | None,
    better: Direction,
    has_signal: bool,
    has_tested: bool,
    has_data: bool,
    today: date,
) -> Proposal:
    """The score that data support on a day.

    `quarters` are the complete ones in order; those that have not ended by `today` are left out.
    `has_signal` is a signal in the wanted direction, `has_tested` a cycle that has been done.
    """
    ended = [each for each in quarters if each.quarter.end <= today]
    run = _held_to_the_end(ended, target, better)
    if run:
        return _reached(run, today)
    if has_signal:
        return Proposal(SIGNAL, _short(ended, target) or "a signal in the wanted direction")
    if has_tested:
        return Proposal(CHANGES, "a change has been tested; the data show no improvement yet")
    if has_data:
        return Proposal(PLANNING, "there are data, and no change has been tested yet")
    return Proposal(None, "there are no data yet")


def _held_to_the_end(
    ended: Sequence[Pooled], target: Decimal | None, better: Direction
) -> list[Pooled]:
    """The quarters from the first that reached the target with every later one reaching it too."""
    run: list[Pooled] = []
    if target is None or better is Direction.NEITHER:
        return run
    for each in reversed(ended):
        reaches = each.value >= target if better is Direction.UP else each.value <= target
        if not reaches:
            break
        run.insert(0, each)
    return run


def _reached(run: Sequence[Pooled], today: date) -> Proposal:
    first, last = run[0].quarter, run[-1].quarter
    # Time alone is no evidence: every quarter up to the day has to be in.
    is_whole = len(run) == _between(first, last)
    score = REACHED
    for level, months in HOLDING.items():
        due = _months_after(first, months)
        if is_whole and due <= min(today, last.end):
            score = level
    following = next((level for level in HOLDING if level > score), None)
    held = f"held since {first}" if len(run) > 1 else f"reached in {first}"
    return Proposal(
        score,
        f"the target is {held}, with {_figure(run[0])}",
        reached=first,
        next_score=following,
        next_on=None if following is None else _months_after(first, HOLDING[following]),
    )


def _short(ended: Sequence[Pooled], target: Decimal | None) -> str:
    if not ended or target is None:
        return ""
    last = ended[-1]
    return (
        f"a signal in the wanted direction; {last.quarter} is short of the target, {_figure(last)}"
    )


def _figure(pooled: Pooled) -> str:
    if pooled.numerator is None or pooled.denominator is None:
        return f"{pooled.value:.1f}"
    return (
        f"{pooled.numerator.normalize():f}/{pooled.denominator.normalize():f} = {pooled.value:.1f}"
    )


def _between(first: Quarter, last: Quarter) -> int:
    """How many quarters from one to another, both counted."""
    months = (last.start.year - first.start.year) * 12 + last.start.month - first.start.month
    return months // 3 + 1


def _months_after(quarter: Quarter, months: int) -> date:
    """The last day of the quarter that ends so many months after another one."""
    for _ in range(months // 3):
        quarter = quarter.after
    return quarter.end
