"""A rubric: one current level out of an ordered list, such as a stage of adoption."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import ClassVar

from .definitions import Definition, Source, key_faults
from .fields import Wording
from .measure import Cadence


class AppliesTo(StrEnum):
    """What gets a level."""

    PROJECT = "project"
    ELEMENT = "element"
    SITE = "site"
    PLACE = "place"
    ICB = "icb"


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """One level. `descriptor` decides whether it is reached; `evidence` is what is looked for.

    `counts` is true for levels that count as adopted in a roll-up; `grouping` is the name under
    which several levels are reported together.
    """

    key: str
    score: Decimal
    label: Wording[str]
    descriptor: str
    evidence: Wording[tuple[str, ...]] = ()
    grouping: str | None = None
    counts: bool = False
    provisional: Wording[bool] = False
    source: Wording[Source | None] = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Replaces:
    """How levels of an earlier version read in this one. A person confirms each."""

    version: int
    stage_map: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Rubric(Definition):
    """Levels in rising order. Scores rise in equal steps, so that a forgotten level is noticed."""

    kind_name: ClassVar[str] = "rubric"

    title: Wording[str]
    applies_to: AppliesTo
    stages: tuple[Stage, ...]
    rated_by: Wording[str] = ""
    rated: Wording[Cadence | None] = None
    replaces: Replaces | None = None

    def faults(self) -> Iterator[str]:
        """See Definition."""
        yield from Definition.faults(self)
        yield from key_faults("stage", (stage.key for stage in self.stages))
        scores = [stage.score for stage in self.stages]
        if len(scores) < 2:
            yield "needs at least two stages"
        elif any(here >= after for here, after in pairwise(scores)):
            yield f"stages must rise; their scores are {_listed(scores)}"
        else:
            yield from _gaps(scores)
        if self.replaces:
            yield from self._replacement_faults(self.replaces)

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
            yield f"has no stage {due}; stages given: {_listed(scores)}"
            return
        due = score + step


def _listed(scores: list[Decimal]) -> str:
    return ", ".join(str(score) for score in scores)
