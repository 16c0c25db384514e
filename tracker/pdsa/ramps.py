"""Cycles on one change idea as a ramp: how each leads to the next, and where the scale shrinks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .domain import Decision, Size


class OnRamp(NamedTuple):
    """What a ramp needs to know of a cycle. `after` is the number of the one before it."""

    number: int
    size: Size | None
    decision: Decision | None
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Rung:
    """A cycle in its place: the column of its scale, and the decision that leads on from it.

    `to` is the column of the next cycle; None where the next is no larger, and so begins a new row,
    or where there is none.
    """

    number: int
    column: int
    leads: str = ""
    to: int | None = None
    goes_on: bool = False


def rungs(cycles: Sequence[OnRamp]) -> list[Rung]:
    """The cycles of one idea in order. One of no known size stands where the last one stood."""
    columns: list[int] = []
    for cycle in cycles:
        columns.append(cycle.size.step if cycle.size else columns[-1] if columns else 1)
    found = []
    for i, cycle in enumerate(cycles):
        then = cycles[i + 1] if i + 1 < len(cycles) else None
        goes_on = then is not None and then.after in {cycle.number, None}
        leads = cycle.decision.label if cycle.decision else "Not decided" if goes_on else ""
        is_up = goes_on and columns[i + 1] > columns[i]
        to = columns[i + 1] if is_up else None
        found.append(Rung(cycle.number, columns[i], leads, to, goes_on))
    return found


@dataclass(frozen=True, slots=True)
class Shrink:
    """A cycle that is smaller than the one before it, which was not decided as adapt."""

    number: int
    before: int

    @property
    def words(self) -> str:
        """Said kindly: going smaller is good when something has to be learned again."""
        return (
            f"Cycle {self.number} is smaller than cycle {self.before}, which was not adapted. "
            "Going smaller is a good way to learn again: write down what you will change."
        )


def shrinks(cycles: Sequence[OnRamp]) -> list[Shrink]:
    """Where the scale shrinks without an adapt (the rule of a ramp: start small and grow)."""
    by_number = {cycle.number: cycle for cycle in cycles}
    found = []
    for previous, cycle in zip([None, *cycles], cycles, strict=False):
        before = by_number.get(cycle.after) if cycle.after is not None else previous
        if before is None or before.size is None or cycle.size is None:
            continue
        if cycle.size.step < before.size.step and before.decision is not Decision.ADAPT:
            found.append(Shrink(cycle.number, before.number))
    return found
