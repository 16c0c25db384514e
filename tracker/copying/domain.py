"""The thinking about copies: what of a plan can be taken, and how two diagrams differ."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tracker.drivers.domain import Diagram, folded


class Part(StrEnum):
    """What of a plan can be copied. No figure, no name and no result comes along."""

    DRIVERS = "drivers"
    MEASURES = "measures"
    CYCLES = "cycles"
    STAKEHOLDERS = "stakeholders"
    PITFALLS = "pitfalls"

    @property
    def label(self) -> str:
        """As a person chooses it."""
        return WORDS[self][0]

    @property
    def hint(self) -> str:
        """What comes along, and what does not."""
        return WORDS[self][1]


WORDS = {
    Part.DRIVERS: ("Driver diagram", "Drivers and change ideas. Where an idea stands begins anew."),
    Part.MEASURES: ("Measures", "How each is counted, without figures, targets or owners."),
    Part.CYCLES: ("Cycle plans", "Each as a plan that starts today, without what came of it."),
    Part.STAKEHOLDERS: ("Stakeholder roles", "Who matters, by role: no names and no judgements."),
    Part.PITFALLS: ("What did not work", "How it ended, and ideas they abandoned with the reason."),
}


@dataclass(frozen=True, slots=True)
class Pitfall:
    """Something that others tried, and why they left it."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A box that one of two diagrams has and the other lacks."""

    level: str
    text: str
    is_here: bool
    """It is in the copy alone; else in the origin alone."""


def differences(origin: Diagram, here: Diagram) -> list[Difference]:
    """How the driver diagram of a copy differs from that of its origin now, by its words."""
    there = {(node.level, folded(node.text)): node for node in origin.nodes.values()}
    own = {(node.level, folded(node.text)): node for node in here.nodes.values()}
    return [
        Difference(node.level.label, node.text, is_here)
        for one, other, is_here in ((own, there, True), (there, own, False))
        for key, node in one.items()
        if key not in other
    ]
