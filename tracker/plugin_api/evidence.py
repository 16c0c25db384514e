"""Guards of a level as data: what has to be shown before it is believed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Proof(StrEnum):
    """What can be linked to a rating and counted."""

    CYCLE = "cycle"
    """A PDSA cycle."""
    CLOSED_CYCLE = "closed_cycle"
    """A PDSA cycle with its result and a decision."""
    CHART = "chart"
    """A chart of a measure."""
    MEASURE = "measure"
    """A measure with data of how many are reached."""
    POINTS = "points"
    """Points of a linked measure."""
    USE = "use"
    """A use of it, with its date."""
    TRAINING = "training"
    """A training record: who gave it, what, when, how many of which role, at which site."""
    DOCUMENT = "document"
    NOTE = "note"
    CASE_STUDY = "case_study"
    """A published case study."""
    MONTHS_BELOW = "months_below"
    """Months at the level below this one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Need:
    """`at_least` so many of any of these. Unmet, it is shown; a reason that a coach sees passes it.

    >>> from tracker.plugin_api import Need, Proof
    >>> Need(any_of=(Proof.CYCLE, Proof.CHART), text="One PDSA cycle or a chart").at_least
    1
    """

    any_of: tuple[Proof, ...]
    text: str
    at_least: int = 1

    def faults(self) -> Iterator[str]:
        """A sentence for each thing that cannot be met or read."""
        if not self.any_of:
            yield f"the need {self.text!r} names no proof"
        if self.at_least < 1:
            yield f"the need {self.text!r} asks for {self.at_least}"
        if not self.text.strip():
            yield "a need has no text"
