"""Is this a good test? Five features that let a team learn from its cycles, and what to add.

Sources. Taylor et al., Systematic review of the application of the plan-do-study-act method to
improve quality in healthcare, BMJ Quality & Safety 2014 (doi:10.1136/bmjqs-2013-001862): iterative
cycles, prediction-based tests, small scale at first, data over time, documentation. Knudsen et al.,
Can quality improvement improve the quality of care?, BMC Health Services Research 2019
(doi:10.1186/s12913-019-4482-6): iterative cycles, continuous data, small scale, a theory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.safe.dates import name_day

from .domain import Size

LEAST_POINTS = 2
"""One figure shows where things are, and not which way they go."""


class Feature(StrEnum):
    """One of the features, in the order in which a team meets them."""

    THEORY = "theory"
    PREDICTION = "prediction"
    SMALL = "small"
    DATA = "data"
    ITERATIVE = "iterative"

    @property
    def label(self) -> str:
        """As a person reads it."""
        return {
            Feature.THEORY: "A theory written down",
            Feature.PREDICTION: "A prediction made before",
            Feature.SMALL: "Small enough to learn fast",
            Feature.DATA: "Data over time",
            Feature.ITERATIVE: "One cycle builds on another",
        }[self]


class Place(StrEnum):
    """Where what is missing can be added."""

    PLAN = "plan"
    NEXT = "next"
    MEASURES = "measures"
    NOWHERE = ""


@dataclass(frozen=True, slots=True)
class CycleFacts:
    """What the five questions need to know of one cycle."""

    number: int
    starts_on: date
    theory: str
    predictions: Sequence[date | None]
    """The day each was made, or None where nobody kept it."""
    scale: str
    size: Size | None
    size_before: Size | None
    """Of the cycle it follows."""
    follows: int | None
    followed_by: Sequence[int]
    measures: Sequence[tuple[str, int]]
    """Title and number of figures of each measure it predicts."""
    is_decided: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One feature of one cycle: whether it is there, the fact that says so, and what to add."""

    feature: Feature
    is_there: bool
    fact: str
    add: str = ""
    place: Place = Place.NOWHERE


def findings(cycle: CycleFacts) -> list[Finding]:
    """The five features of one cycle."""
    return [_theory(cycle), _prediction(cycle), _small(cycle), _data(cycle), _iterative(cycle)]


def _theory(cycle: CycleFacts) -> Finding:
    if cycle.theory.strip():
        return Finding(Feature.THEORY, True, "The plan says why it should work.")
    return Finding(
        Feature.THEORY,
        False,
        "The plan does not say why it should work.",
        "Add one sentence: we think this works because",
        Place.PLAN,
    )


def _prediction(cycle: CycleFacts) -> Finding:
    """Made on the first day or before; one of which the day is not known is taken as made."""
    if not cycle.predictions:
        return Finding(
            Feature.PREDICTION,
            False,
            "Nothing was predicted.",
            "Add what you expect to see; a guess is enough",
            Place.PLAN,
        )
    known = [day for day in cycle.predictions if day is not None]
    if len(known) < len(cycle.predictions):
        return Finding(Feature.PREDICTION, True, "There is one; the day it was made is not known.")
    if min(known) <= cycle.starts_on:
        return Finding(Feature.PREDICTION, True, f"Made on {name_day(min(known))}.")
    return Finding(
        Feature.PREDICTION,
        False,
        f"Made on {name_day(min(known))}, after the test began on {name_day(cycle.starts_on)}.",
        "Say what you expect before the next cycle begins",
        Place.NEXT,
    )


def _small(cycle: CycleFacts) -> Finding:
    """A week at one place or less, or grown from a smaller cycle."""
    said = cycle.scale.strip() or (cycle.size.label if cycle.size else "")
    if cycle.size is None:
        return Finding(
            Feature.SMALL,
            False,
            f"“{said}” does not say how big it is." if said else "Nobody said how big it is.",
            "Choose how big the test is",
            Place.PLAN,
        )
    if cycle.size.step <= Size.WEEK.step:
        return Finding(Feature.SMALL, True, f"{said}.")
    if cycle.size_before is not None and cycle.size_before.step <= cycle.size.step:
        return Finding(Feature.SMALL, True, f"{said}, after cycle {cycle.follows} tried it first.")
    return Finding(
        Feature.SMALL,
        False,
        f"{said}, with no smaller test before it.",
        "Start the next idea with one patient or one shift",
        Place.NEXT if not cycle.is_decided else Place.NOWHERE,
    )


def _data(cycle: CycleFacts) -> Finding:
    filled = [(title, count) for title, count in cycle.measures if count >= LEAST_POINTS]
    if filled:
        title, count = filled[0]
        return Finding(Feature.DATA, True, f"{title}: {count} figures, one after the other.")
    if cycle.measures:
        return Finding(
            Feature.DATA,
            False,
            f"{cycle.measures[0][0]} has too few figures to show a change.",
            "Add figures from before and after",
            Place.MEASURES,
        )
    return Finding(
        Feature.DATA,
        False,
        "No measure is named that would show a change.",
        "Predict a value of one of your measures",
        Place.PLAN,
    )


def _iterative(cycle: CycleFacts) -> Finding:
    if cycle.follows is not None:
        return Finding(Feature.ITERATIVE, True, f"It builds on cycle {cycle.follows}.")
    if cycle.followed_by:
        return Finding(Feature.ITERATIVE, True, f"Cycle {cycle.followed_by[0]} builds on it.")
    return Finding(
        Feature.ITERATIVE,
        False,
        "It stands alone so far.",
        "Plan the next cycle from what this one taught",
        Place.NEXT,
    )


@dataclass(frozen=True, slots=True)
class Summary:
    """One feature over all cycles of a project: which have it, and which not yet, by number."""

    feature: Feature
    has: Sequence[int]
    lacks: Sequence[int]

    @property
    def is_there(self) -> bool:
        """Every cycle has it."""
        return not self.lacks


def summaries(cycles: Sequence[CycleFacts]) -> list[Summary]:
    """The five features of a project: numbers of cycles, never a percentage."""
    found = [(cycle.number, findings(cycle)) for cycle in cycles]
    return [
        Summary(
            feature,
            [number for number, each in found if each[position].is_there],
            [number for number, each in found if not each[position].is_there],
        )
        for position, feature in enumerate(Feature)
    ]
