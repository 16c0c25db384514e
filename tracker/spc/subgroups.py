"""Rows that share one `x` become one plotted subgroup, as the reference (qicharts2) groups them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.spc.arithmetic import deviation, mean, median, ratio, total
from tracker.spc.checks import rows
from tracker.spc.values import Aggregate, Series


@dataclass(frozen=True, slots=True)
class Subgroups:
    """Columns with one entry a subgroup, in the order of `x`.

    `y` is the ratio where there is a denominator, else the aggregate of the rows. `values` are
    the known values of each subgroup's rows, `n` its denominator (0 where every row is missing).
    """

    x: list[date | float]
    y: list[float | None]
    n: list[float | None]
    values: list[list[float]]


def subgroups(series: Series, aggregate: Aggregate) -> Subgroups:
    """Group the rows. With a denominator, a row missing either number is missing both.

    Raises BadSeries as `checks.rows` does.
    """
    table = rows(series)
    x: list[date | float] = []
    counts: list[int] = []
    values: list[list[float]] = []
    denominators: list[list[float]] = []
    for row, at in enumerate(table.x):
        if not x or x[-1] != at:
            x.append(at)
            counts.append(0)
            values.append([])
            denominators.append([])
        counts[-1] += 1
        value = table.y[row]
        if value is None:
            continue
        if table.n is not None:
            denominator = table.n[row]
            if denominator is None:
                continue
            denominators[-1].append(denominator)
        values[-1].append(value)
    if table.n is not None:
        n = [total(parts) for parts in denominators]
        y = [ratio(total(parts), whole) for parts, whole in zip(values, n, strict=True)]
        return Subgroups(x, y, n, values)
    y = [_plotted(known, count, aggregate) for known, count in zip(values, counts, strict=True)]
    return Subgroups(x, y, [None] * len(x), values)


def _plotted(known: list[float], count: int, aggregate: Aggregate) -> float | None:
    if aggregate is Aggregate.SD:
        return deviation(known)
    if count == 1:
        return known[0] if known else None
    if aggregate is Aggregate.SUM:
        return total(known)
    return median(known) if aggregate is Aggregate.MEDIAN else mean(known)
