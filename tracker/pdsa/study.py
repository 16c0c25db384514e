"""Predictions beside what was observed: the study of a cycle as a page shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from markupsafe import Markup

from tracker.measures import drawing
from tracker.measures import queries as measures
from tracker.measures.models import Measure
from tracker.safe.small_numbers import Hidden

from .domain import Score, score
from .models import PdsaCycle, Prediction

Observed = Mapping[tuple[int, date], Decimal | Hidden]


@dataclass(frozen=True, slots=True)
class Studied:
    """One prediction with what became of it. `score` is None while no figure is in."""

    prediction: Prediction
    measure: Measure | None
    observed: Decimal | None
    score: Score | None
    is_hidden: bool = False
    """A figure is in, but too small to show to this reader; so is whether it met the prediction."""

    @property
    def was_met(self) -> bool | None:
        """Met, missed, or not known yet."""
        if self.is_hidden:
            return None
        return self.score.was_met if self.score else self.prediction.was_met

    @property
    def bar(self) -> Markup | None:
        """Predicted and observed on one line; None while there is nothing to set beside it."""
        if self.measure is None or self.observed is None or self.prediction.value is None:
            return None
        return drawing.prediction_bar(self.measure, self.prediction.value, self.observed)


def studied(cycle: PdsaCycle, held: Sequence[Measure], *, outside: bool) -> list[Studied]:
    """Every prediction of a cycle, the numeric ones scored from their measures: one statement."""
    return studied_all([cycle], held, outside=outside)[cycle.id]


def studied_all(
    cycles: Sequence[PdsaCycle], held: Sequence[Measure], *, outside: bool
) -> dict[int, list[Studied]]:
    """The same of any number of cycles, by id: one statement."""
    by_id: Mapping[int, Measure] = {m.id: m for m in held}
    wanted = [
        (p.measure_id, p.period)
        for cycle in cycles
        for p in cycle.predictions
        if p.measure_id and p.period
    ]
    found = measures.observed(wanted, outside=outside)
    return {c.id: [_one(p, by_id, found) for p in c.predictions] for c in cycles}


def _one(prediction: Prediction, by_id: Mapping[int, Measure], found: Observed) -> Studied:
    measure = by_id.get(prediction.measure_id or 0)
    if measure is None or prediction.value is None or prediction.period is None:
        return Studied(prediction, measure, None, None)
    observed = found.get((measure.id, prediction.period))
    if observed is None:
        return Studied(prediction, measure, None, None)
    if isinstance(observed, Hidden):
        return Studied(prediction, measure, None, None, is_hidden=True)
    scored = score(prediction.value, observed, better=measure.better, unit=measure.unit)
    return Studied(prediction, measure, observed, scored)
