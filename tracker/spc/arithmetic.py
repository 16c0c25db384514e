"""Means, medians and moving ranges of plain floats, where `None` is a missing value.

A result too large for a double counts as missing, as an infinite limit does, so no series of
finite numbers can make an analysis fail.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum, inf, isfinite, sqrt

SCREENED_BEYOND = 3.267
"""A moving range this many times the mean moving range, or more, is screened out."""

_TINY = 2.0**-64


def finite(value: float) -> float | None:
    """The value itself, or None for an infinity or nan."""
    return value if isfinite(value) else None


def mean(values: Sequence[float]) -> float | None:
    """The mean, None of nothing.

    Corrected once by the mean of what is left over: 34 times 1.9 over 34 is not 1.9 in doubles,
    and a point's side of its own mean must not depend on that.
    """
    count = len(values)
    if count == 0:
        return None
    try:
        rough = fsum(values) / count
        exact = rough + fsum([value - rough for value in values]) / count
    except OverflowError:
        exact = inf
    if isfinite(exact):
        return exact
    # Only sums near the largest double come here; a power of two scales without rounding.
    scaled = mean([value * _TINY for value in values])
    return None if scaled is None else finite(scaled / _TINY)


def median(values: Sequence[float]) -> float | None:
    """The middle value, or the mean of the middle two; None of nothing."""
    count = len(values)
    if count == 0:
        return None
    ordered = sorted(values)
    half = count // 2
    return ordered[half] if count % 2 else mean(ordered[half - 1 : half + 1])


def total(values: Sequence[float]) -> float | None:
    """The sum: 0 of nothing, None where it is too large for a double."""
    try:
        return fsum(values)
    except OverflowError:
        return None


def deviation(values: Sequence[float]) -> float | None:
    """The standard deviation of a sample (n - 1); None for fewer than two values."""
    centre = mean(values)
    if centre is None or len(values) < 2:
        return None
    squares = total([(value - centre) * (value - centre) for value in values])
    return None if squares is None else finite(sqrt(squares / (len(values) - 1)))


def moving_ranges(values: Sequence[float | None]) -> list[float]:
    """Distances between neighbours. A missing value takes both of its ranges with it."""
    ranges = []
    before: float | None = None
    for value in values:
        if value is not None and before is not None:
            distance = abs(value - before)
            if distance != inf:
                ranges.append(distance)
        before = value
    return ranges


def mean_range(ranges: Sequence[float], *, screen: bool) -> float | None:
    """The mean moving range; screened, ranges of 3.267 times it or more are dropped once.

    A constant series keeps none (0 is not below 0), so it has no limits: the references say so.
    """
    plain = mean(ranges)
    if plain is None or not screen:
        return plain
    cutoff = SCREENED_BEYOND * plain
    return mean([distance for distance in ranges if distance < cutoff])


def sides(values: Sequence[float | None], centre: float | None) -> list[int | None]:
    """1 above the centre, -1 below, 0 on it, None where either is missing."""
    if centre is None:
        return [None] * len(values)
    return [None if value is None else (value > centre) - (value < centre) for value in values]


def ratio(part: float | None, whole: float | None) -> float | None:
    """`part / whole`; None where either is missing or there is nothing to divide by."""
    if part is None or whole is None or whole == 0:
        return None
    return finite(part / whole)


def beyond(
    y: Sequence[float | None], lower: float | None, upper: float | None
) -> list[bool | None]:
    """Whether each value lies beyond two lines that hold throughout; on a line is inside."""
    if lower is None or upper is None:
        return [None] * len(y)
    return [None if value is None else value > upper or value < lower for value in y]


def scaled(value: float | None, factor: float) -> float | None:
    """The value times the factor; missing stays missing."""
    return None if value is None else finite(value * factor)
