"""A composite: one figure from several measures, such as the share of people who got all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from .definitions import Definition, Reference, repeated
from .fields import Wording
from .measure import Cadence, Chart, Direction


class Pooling(StrEnum):
    """How the components become one figure."""

    ALL_OR_NONE = "all_or_none"
    """Share of people who got everything they were eligible for. Counted person by person."""
    OPPORTUNITY = "opportunity"
    """Sum of the numerators over the sum of the denominators."""
    COUNT = "count"
    """Sum of the numerators."""
    ROLLING_MEAN = "rolling_mean"
    """Mean of the last `periods` figures of one measure."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CompositeMeasure(Definition):
    """`components` are keys of measures; `definition` says in words what the figure is."""

    kind_name: ClassVar[str] = "composite"

    title: Wording[str]
    components: tuple[str, ...]
    pooling: Pooling
    definition: str
    unit: str = "%"
    better: Direction = Direction.UP
    chart: Chart = Chart.P
    cadence: Cadence = Cadence.MONTHLY
    periods: int | None = None
    exclusions: tuple[str, ...] = ()
    lag_months: Wording[int] = 0
    notes: Wording[tuple[str, ...]] = ()

    def faults(self) -> Iterator[str]:
        """See Definition."""
        yield from Definition.faults(self)
        for name in ("title", "definition", "unit"):
            if not getattr(self, name).strip():
                yield f"has no {name}"
        yield from (f"component {key!r} occurs twice" for key in repeated(self.components))
        is_rolling = self.pooling is Pooling.ROLLING_MEAN
        if is_rolling and len(self.components) != 1:
            yield f"a rolling mean is of one measure, not of {len(self.components)}"
        elif not is_rolling and len(self.components) < 2:
            yield "needs at least two components"
        if is_rolling != (self.periods is not None):
            yield "periods is for a rolling mean, and a rolling mean needs it"
        elif self.periods is not None and self.periods < 2:
            yield f"periods is {self.periods}; it must be 2 or more"
        if self.lag_months < 0:
            yield f"lag_months is {self.lag_months}; it must be 0 or more"

    def references(self) -> Iterator[Reference]:
        """See Definition."""
        yield from (Reference("measure", key, "a component") for key in self.components)
