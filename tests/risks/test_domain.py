"""Which risk wants to be looked at first, and what a log says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from tracker.risks.domain import Band, RiskStatus, band, by_need, counted, is_overdue

TODAY = date(2026, 3, 10)


@dataclass
class Said:
    id: int
    likelihood: int | None = None
    impact: int | None = None
    review_on: date | None = None
    status: RiskStatus = RiskStatus.OPEN
    closed_on: date | None = None


@pytest.mark.parametrize(
    ("likelihood", "impact", "expected"),
    [
        (1, 3, Band.LOW),
        (2, 2, Band.MODERATE),
        (3, 2, Band.MODERATE),
        (2, 4, Band.HIGH),
        (3, 4, Band.HIGH),
        (3, 5, Band.EXTREME),
        (5, 5, Band.EXTREME),
        (None, 5, None),
        (5, None, None),
    ],
)
def test_bands_are_those_of_the_matrix(
    likelihood: int | None, impact: int | None, expected: Band | None
) -> None:
    assert band(likelihood, impact) is expected


def test_what_needs_a_look_comes_first() -> None:
    late = Said(1, 1, 1, date(2026, 3, 9))
    later = Said(2, 5, 5, date(2026, 3, 1))
    happened = Said(3, 1, 2, status=RiskStatus.HAPPENED)
    worst = Said(4, 4, 4, date(2026, 5, 1))
    unjudged = Said(5)
    low = Said(6, 1, 2)
    due_today = Said(7, 2, 4, TODAY)
    old = Said(8, 5, 5, date(2026, 1, 1), RiskStatus.CLOSED, date(2026, 1, 2))
    new = Said(9, 1, 1, None, RiskStatus.CLOSED, date(2026, 2, 2))
    going_on, closed = by_need(
        [low, old, unjudged, worst, new, happened, due_today, later, late], TODAY
    )
    assert going_on == [later, late, happened, worst, due_today, unjudged, low]
    assert closed == [new, old]
    assert not is_overdue(due_today, TODAY), "on its own day it is due, not overdue"
    assert not is_overdue(old, TODAY)


def test_a_log_is_counted_worst_first() -> None:
    rows = [Said(1, 5, 5), Said(2, 3, 3), Said(3), Said(4, 3, 3)]
    assert counted(rows) == "4 open risks: 1 extreme, 2 high, 1 not judged yet"
    assert counted(rows[:1]) == "1 open risk: 1 extreme"
    assert counted([]) == "No open risk"
