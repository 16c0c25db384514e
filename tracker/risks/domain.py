"""How likely, how bad, and which risk wants to be looked at first.

The five steps of each and the four bands are those of the risk matrix that NHS organisations use
(National Patient Safety Agency, A risk matrix for risk managers, 2008).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

LIKELIHOODS = {1: "Rare", 2: "Unlikely", 3: "Possible", 4: "Likely", 5: "Almost certain"}
IMPACTS = {1: "Negligible", 2: "Minor", 3: "Moderate", 4: "Major", 5: "Catastrophic"}


class RiskStatus(StrEnum):
    """Where a risk stands."""

    OPEN = "open"
    HAPPENED = "happened"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """As a person reads it."""
        return {
            RiskStatus.OPEN: "Open",
            RiskStatus.HAPPENED: "It has happened",
            RiskStatus.CLOSED: "Closed",
        }[self]


class Band(StrEnum):
    """Likelihood and impact together."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"
    EXTREME = "extreme"

    @property
    def label(self) -> str:
        """As a person reads it."""
        return self.value.capitalize()


def band(likelihood: int | None, impact: int | None) -> Band | None:
    """The band of a risk; None while either is not said.

    >>> band(4, 3).label
    'High'
    """
    if likelihood is None or impact is None:
        return None
    product = likelihood * impact
    if product <= 3:
        return Band.LOW
    if product <= 6:
        return Band.MODERATE
    return Band.HIGH if product <= 12 else Band.EXTREME


class Judged(Protocol):
    """What the order of a log needs to know of a risk."""

    status: RiskStatus
    likelihood: int | None
    impact: int | None
    review_on: date | None
    closed_on: date | None
    id: int


R = TypeVar("R", bound=Judged)


def is_overdue(risk: Judged, today: date) -> bool:
    """Its review should have been by now."""
    is_due = risk.review_on is not None and risk.review_on < today
    return is_due and risk.status is not RiskStatus.CLOSED


def by_need(risks: Iterable[R], today: date) -> tuple[list[R], list[R]]:
    """Those that are not closed, what needs a look first; and the closed ones, the latest first.

    First whose review is overdue (the longest first), then what has happened, then the worst; what
    nobody has judged yet comes before what was judged low.
    """

    def need(risk: R) -> tuple[object, ...]:
        overdue = is_overdue(risk, today)
        judged = risk.likelihood is not None and risk.impact is not None
        weight = (risk.likelihood or 0) * (risk.impact or 0) if judged else 3.5
        return (
            not overdue,
            risk.review_on if overdue else date.max,
            risk.status is not RiskStatus.HAPPENED,
            -weight,
            risk.review_on or date.max,
            risk.id,
        )

    rows = list(risks)
    going_on = [r for r in rows if r.status is not RiskStatus.CLOSED]
    closed = [r for r in rows if r.status is RiskStatus.CLOSED]
    closed.sort(key=lambda r: (r.closed_on or date.min, r.id), reverse=True)
    return sorted(going_on, key=need), closed


def counted(going_on: Sequence[Judged]) -> str:
    """`4 open risks: 1 extreme, 2 high, 1 not judged yet`; worst first."""
    if not going_on:
        return "No open risk"
    found: dict[Band | None, int] = {}
    for risk in going_on:
        each = band(risk.likelihood, risk.impact)
        found[each] = found.get(each, 0) + 1
    parts = [f"{found[b]} {b.value}" for b in reversed(Band) if b in found]
    if None in found:
        parts.append(f"{found[None]} not judged yet")
    number = f"{len(going_on)} open risk{'' if len(going_on) == 1 else 's'}"
    return f"{number}: {', '.join(parts)}"
