"""What a PDSA cycle is made of, where it stands, and how its predictions are scored."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class CycleKind(StrEnum):
    """What the cycle is for."""

    COLLECT = "collect"
    DEVELOP = "develop"
    TEST = "test"
    IMPLEMENT = "implement"

    @property
    def label(self) -> str:
        """As a person reads it."""
        return {
            CycleKind.COLLECT: "Collect information",
            CycleKind.DEVELOP: "Develop a change",
            CycleKind.TEST: "Test a change",
            CycleKind.IMPLEMENT: "Implement a change",
        }[self]


class Size(StrEnum):
    """How much a test touches, the smallest first: the columns of a ramp."""

    ONE = "one"
    SHIFT = "shift"
    WEEK = "week"
    UNIT = "unit"
    BEYOND = "beyond"

    @property
    def label(self) -> str:
        """As a person reads it."""
        return {
            Size.ONE: "One patient or family",
            Size.SHIFT: "One shift or team",
            Size.WEEK: "One week",
            Size.UNIT: "Whole ward or unit",
            Size.BEYOND: "More than one unit",
        }[self]

    @property
    def step(self) -> int:
        """1 for the smallest, 5 for the largest."""
        return list(Size).index(self) + 1


_PLACE = r"(?:wards?|units?|sites?|practices|clinics|hospitals|trusts|teams|theatres|homes)"
_SAID = (
    (Size.BEYOND, rf"\b(both|two|three|four|five|six|nine|ten|all|several|second|\d+) {_PLACE}\b"),
    (Size.WEEK, r"\bweek\b"),
    (Size.ONE, r"\b(one|a|1|single) (patient|person|family|birth|baby|mother|resident|visit)\b"),
    (Size.SHIFT, r"\b(one|a|1|single) (shift|team|session|day|night|handover|list)\b"),
    (Size.UNIT, rf"\b(whole|every|month|weeks|practice|clinic|{_PLACE})\b"),
)


def likely_size(words: str) -> Size | None:
    """The size that a team's own words say, when it has chosen none; None where they do not.

    >>> likely_size("One week, all shifts")
    <Size.WEEK: 'week'>
    """
    said = words.casefold()
    return next((size for size, pattern in _SAID if re.search(pattern, said)), None)


class DoneAsPlanned(StrEnum):
    """Whether the test was carried out as it was planned."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"

    @property
    def label(self) -> str:
        """As a person reads it."""
        return {
            DoneAsPlanned.YES: "Yes",
            DoneAsPlanned.PARTLY: "Partly",
            DoneAsPlanned.NO: "No",
        }[self]


class Decision(StrEnum):
    """What the team does with the change idea after Act."""

    ADOPT = "adopt"
    ADAPT = "adapt"
    ABANDON = "abandon"

    @property
    def label(self) -> str:
        """As a person reads it."""
        return self.value.capitalize()


class Stage(StrEnum):
    """Where a cycle stands: the next part of its worksheet to fill in."""

    PLAN = "plan"
    DO = "do"
    STUDY = "study"
    ACT = "act"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """As a person reads it."""
        return "Decided" if self is Stage.CLOSED else self.value.capitalize()


def stage(
    *,
    starts_on: date,
    ends_on: date | None,
    has_been_done: bool,
    has_been_studied: bool,
    is_decided: bool,
    today: date,
) -> Stage:
    """Where a cycle stands today. Observations written early do not end the doing."""
    if is_decided:
        return Stage.CLOSED
    if has_been_studied:
        return Stage.ACT
    if has_been_done and (ends_on is None or ends_on < today):
        return Stage.STUDY
    if has_been_done or starts_on <= today:
        return Stage.DO
    return Stage.PLAN


@dataclass(frozen=True, slots=True)
class Score:
    """A numeric prediction beside what was observed. `error` is observed less predicted."""

    was_met: bool
    error: Decimal
    unit: str

    @property
    def words(self) -> str:
        """`met`, `met by 5.0 points` or `missed by 3.2 points`."""
        size = abs(self.error)
        if size == 0:
            return "met exactly"
        is_whole = self.unit != "points" and size == size.to_integral_value()
        amount = f"{size:,.0f}" if is_whole or size >= 1000 else f"{size:.1f}"
        return f"{'met' if self.was_met else 'missed'} by {amount} {self.unit}".rstrip()


def score(predicted: Decimal, observed: Decimal, *, better: str, unit: str) -> Score:
    """Whether the prediction held. `better` is `up`, `down` or `neither`.

    With `up` at least the predicted value is met, with `down` at most. For a measure without a
    direction only the predicted value itself, to the one decimal that is shown, is met.
    """
    error = observed - predicted
    if better == "up":
        was_met = error >= 0
    elif better == "down":
        was_met = error <= 0
    else:
        was_met = abs(error) < Decimal("0.05")
    return Score(was_met, error, "points" if unit in {"%", "percent"} else unit)


def mean_error(scores: list[Score]) -> Decimal | None:
    """Mean of observed less predicted; None when nothing was scored."""
    return sum((s.error for s in scores), Decimal(0)) / len(scores) if scores else None


def signed(error: Decimal, unit: str) -> str:
    """An error with its sign and unit, to one decimal: `-1.1 points`, with a true minus."""
    size = f"{abs(error):,.1f}"
    sign = "" if size == "0.0" else "+" if error > 0 else "−"
    return f"{sign}{size} {unit}".rstrip()


@dataclass(frozen=True, slots=True)
class Calibration:
    """How well a team predicts: how many predictions were met, and the mean error by unit.

    Errors of different units are not added up: points of a percentage are no people.
    """

    met: int
    scored: int
    errors: tuple[tuple[str, Decimal], ...]

    @property
    def words(self) -> str:
        """`1 of 3 met, mean error -1.1 points`; empty while nothing was scored."""
        if not self.scored:
            return ""
        means = " and ".join(signed(mean, unit) for unit, mean in self.errors)
        return f"{self.met} of {self.scored} met, mean error {means}"


def calibration(scores: Sequence[Score]) -> Calibration:
    """The history of numeric predictions, in exact decimals (ADR 0009)."""
    by_unit: dict[str, list[Score]] = {}
    for each in scores:
        by_unit.setdefault(each.unit, []).append(each)
    means = ((unit, mean_error(found)) for unit, found in by_unit.items())
    return Calibration(
        sum(s.was_met for s in scores),
        len(scores),
        tuple((unit, mean) for unit, mean in means if mean is not None),
    )
