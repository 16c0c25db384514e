"""A rubric: one current level out of an ordered list, such as a stage of adoption."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import ClassVar

from .definitions import Definition, Reference, key_faults
from .evidence import Need
from .fields import Wording
from .measure import Cadence
from .sources import Part


class AppliesTo(StrEnum):
    """What gets a level."""

    PROJECT = "project"
    ELEMENT = "element"
    """Each element of the rubric at each site."""
    CHANGE_IDEA = "change_idea"
    """Each change idea in each area, such as a ward."""
    ORGANISATION = "organisation"
    SITE = "site"
    PLACE = "place"
    ICB = "icb"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What a level means in one kind of place: one ward, one unit of a care home."""

    setting: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage(Part):
    """One level. `descriptor` decides whether it is reached; `evidence` is what is looked for.

    `needs` are the guards of the level: those of every level up to a new one are looked at.
    `counts` is true for levels that count as adopted in a roll-up; `grouping` is the name under
    which several levels are reported together.
    """

    score: Decimal
    label: Wording[str]
    descriptor: str
    evidence: Wording[tuple[str, ...]] = ()
    needs: Wording[tuple[Need, ...]] = ()
    readings: Wording[tuple[Reading, ...]] = ()
    grouping: str | None = None
    counts: bool = False
    reviewed: Wording[str] = ""
    """When it is looked at: "After Workshop 1"."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Element(Part):
    """One thing that is rated at each site by itself, such as one of nine interventions.

    `eligible` says for whom; limits in it are parameters of the rubric. `measure` is the key of the
    measure that shows how far it reaches.
    """

    title: Wording[str]
    definition: str
    eligible: str = ""
    measure: str = ""
    grouping: Wording[str] = ""
    note: Wording[str] = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Replaces:
    """How levels of an earlier version read in this one. A person confirms each."""

    version: int
    stage_map: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Rubric(Definition):
    """Levels in rising order. Scores rise in equal steps, so that a forgotten level is noticed.

    `elements` are what is rated where it applies to elements. `roll_up` is the name of the share of
    what is rated that has reached a level that counts, such as "A&S score".
    """

    kind_name: ClassVar[str] = "rubric"

    title: Wording[str]
    applies_to: AppliesTo
    stages: tuple[Stage, ...]
    rated_by: Wording[str] = ""
    rated: Wording[Cadence | None] = None
    replaces: Replaces | None = None
    elements: tuple[Element, ...] = ()
    confirmed_by: Wording[str] = ""
    roll_up: Wording[str] = ""
    summed_up: Wording[str] = ""
    """What is said of all levels together: "Median and distribution over the cohort"."""

    def faults(self) -> Iterator[str]:
        """See Definition."""
        yield from Definition.faults(self)
        yield from key_faults("stage", (stage.key for stage in self.stages))
        yield from key_faults("element", (element.key for element in self.elements))
        if self.elements and self.applies_to is not AppliesTo.ELEMENT:
            yield f"has elements, but applies to each {self.applies_to}"
        if self.roll_up and not any(stage.counts for stage in self.stages):
            yield f"{self.roll_up} is rolled up, but no stage counts"
        scores = [stage.score for stage in self.stages]
        if len(scores) < 2:
            yield "needs at least two stages"
        elif any(here >= after for here, after in pairwise(scores)):
            yield f"stages must rise; their scores are {_listed(scores)}"
        else:
            yield from _gaps(scores)
        for stage in self.stages:
            for need in stage.needs:
                yield from (f"stage {stage.key!r}: {fault}" for fault in need.faults())
        if self.replaces:
            yield from self._replacement_faults(self.replaces)

    def references(self) -> Iterator[Reference]:
        """See Definition."""
        for element in self.elements:
            if element.measure:
                yield Reference("measure", element.measure, f"element {element.key!r}")

    def _replacement_faults(self, replaces: Replaces) -> Iterator[str]:
        if not 1 <= replaces.version < self.version:
            yield f"replaces version {replaces.version}, which is not before {self.version}"
        keys = {stage.key for stage in self.stages}
        for new in sorted(set(replaces.stage_map.values()) - keys):
            yield f"stage_map leads to {new!r}, which is not one of its stages"


def _gaps(scores: list[Decimal]) -> Iterator[str]:
    step = min(after - here for here, after in pairwise(scores))
    due = scores[0]
    for score in scores:
        if score > due:
            yield f"has no stage {due}; add it to stages {_listed(scores)}, or close the gap"
            return
        due = score + step


def _listed(scores: list[Decimal]) -> str:
    return ", ".join(str(score) for score in scores)
