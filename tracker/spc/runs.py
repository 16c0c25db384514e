"""Runs analysis by the Anhøj rules: is the longest run too long, or are crossings too few?

Longest run allowed: round(log2(useful points)) + 3. Crossings needed: the 5% quantile of a
binomial with one trial fewer than there are useful points, each with an even chance.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import exp, lgamma, log, log2, sqrt

COUNTED_EXACTLY = 1000
"""Up to here crossings are counted in whole numbers; beyond it the sum is taken in doubles."""


@dataclass(frozen=True, slots=True)
class Runs:
    """Figures of one part. With no useful point the four in the middle are missing."""

    n_useful: int
    longest_run: int | None
    longest_run_max: int | None
    n_crossings: int | None
    n_crossings_min: int | None
    signal: bool


def runs(sides: Iterable[int | None]) -> Runs:
    """Judge the sides of the points, in order. Missing points and those on the line drop out."""
    useful = crossings = run = longest = before = 0
    for side in sides:
        if not side:
            continue
        useful += 1
        if side == before:
            run += 1
        else:
            crossings += before != 0
            run = 1
            before = side
        longest = max(longest, run)
    if useful == 0:
        return Runs(0, None, None, None, None, signal=False)
    allowed, needed = longest_run_allowed(useful), crossings_needed(useful)
    signal = longest > allowed or crossings < needed
    return Runs(useful, longest, allowed, crossings, needed, signal=signal)


def longest_run_allowed(useful: int) -> int:
    """The longest run that is still chance, for one useful point or more."""
    return round(log2(useful)) + 3


@lru_cache(maxsize=2048)
def crossings_needed(useful: int) -> int:
    """The fewest crossings that are still chance, for one useful point or more."""
    trials = useful - 1
    if trials > COUNTED_EXACTLY:
        return _crossings_needed_of_many(trials)
    ways, seen, crossings = 1, 1, 0
    while 20 * seen < 2**trials:
        ways = ways * (trials - crossings) // (crossings + 1)
        crossings += 1
        seen += ways
    return crossings


def _crossings_needed_of_many(trials: int) -> int:
    # Nine standard deviations below the middle: what lies further out is under 1e-18 of the whole.
    crossings = max(0, int(trials / 2 - 4.5 * sqrt(trials)))
    ways = lgamma(trials + 1) - lgamma(crossings + 1) - lgamma(trials - crossings + 1)
    chance = exp(ways - trials * log(2))
    seen = chance
    while seen < 0.05:
        chance *= (trials - crossings) / (crossings + 1)
        crossings += 1
        seen += chance
    return crossings
