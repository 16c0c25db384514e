"""What a PDSA cycle is made of, where it stands, and how its predictions are scored."""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True)
class Check:
    """One of the features that make a cycle a test one can learn from."""

    name: str
    holds: bool


def checks(
    *,
    has_theory: bool,
    has_prediction: bool,
    has_data: bool,
    follows_another: bool,
    has_scale: bool,
) -> list[Check]:
    """Is this a good test? Source: the features of PDSA that Taylor et al. (2014) look for."""
    return [
        Check("Theory", has_theory),
        Check("Prediction", has_prediction),
        Check("Data planned", has_data),
        Check("Scale said", has_scale),
        Check("Builds on a cycle before", follows_another),
    ]
