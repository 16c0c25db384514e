"""The one place that decides what is a number, a date, a column and a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite

from tracker.spc.refusals import BadPlan, BadSeries
from tracker.spc.values import Aggregate, Direction, Plan, Series

FEWEST_FIXED = 12
"""The reference refuses to fix limits on fewer points."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A checked series: rows sorted by `x`, numbers as floats."""

    x: list[date | float]
    y: list[float | None]
    n: list[float | None] | None


def rows(series: Series) -> Rows:
    """The series, checked and in the order of `x` (rows that share one keep their order).

    Raises BadSeries: not columns, unequal lengths, dates and numbers mixed, or a value that is
    not a finite number; a denominator below 0.
    """
    for name, column in (("x", series.x), ("y", series.y), ("n", series.n)):
        if not isinstance(column, (tuple, list)) and not (name == "n" and column is None):
            raise BadSeries(f"{name} must be a list of values.")
    count = len(series.x)
    if len(series.y) != count or (series.n is not None and len(series.n) != count):
        lengths = f"x has {count}, y has {len(series.y)}"
        if series.n is not None:
            lengths += f", n has {len(series.n)}"
        raise BadSeries(f"The columns must be equally long: {lengths}.")
    x = _positions(series.x)
    y = _numbers(series.y, "y")
    n = None
    if series.n is not None:
        n = _numbers(series.n, "n")
        for row, value in enumerate(n, 1):
            if value is not None and value < 0:
                raise BadSeries(f"Row {row}: n is {shown(series.n[row - 1])}, below 0.")
    order = sorted(range(count), key=x.__getitem__)
    if order != list(range(count)):
        x = [x[row] for row in order]
        y = [y[row] for row in order]
        n = n and [n[row] for row in order]
    return Rows(x, y, n)


def _positions(column: Sequence[date | float]) -> list[date | float]:
    dated = bool(column) and isinstance(column[0], date)
    for row, value in enumerate(column, 1):
        if isinstance(value, datetime):
            raise BadSeries(f"Row {row}: x is a time; it must be a date alone.")
        if isinstance(value, date):
            if not dated:
                raise BadSeries(f"Row {row}: x must be dates or numbers, not both.")
        else:
            why = not_a_number(value)
            if why:
                raise BadSeries(f"Row {row}: x is {why}; it must be a date or a number.")
            if dated:
                raise BadSeries(f"Row {row}: x must be dates or numbers, not both.")
    return list(column)


def _numbers(column: Sequence[float | None], name: str) -> list[float | None]:
    numbers: list[float | None] = []
    for row, value in enumerate(column, 1):
        if value is None:
            numbers.append(None)
        elif type(value) is float and isfinite(value):
            numbers.append(value)
        else:
            why = not_a_number(value)
            if why:
                raise BadSeries(f"Row {row}: {name} is {why}; it must be a number or missing.")
            numbers.append(float(value))
    return numbers


def shown(value: object) -> str:
    """A short form of any value, for a message."""
    try:
        text = repr(value)
    except (ValueError, RecursionError):  # an int of over 4,300 digits; lists within lists
        text = f"a {type(value).__name__} too large to show"
    return text if len(text) <= 40 else f"{text[:37]}…"


def not_a_number(value: object) -> str | None:
    """Why the value is not a finite number, in words that follow "is"; None if it is one."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return shown(value)
    try:
        return None if isfinite(value) else f"{value}, not a finite number"
    except OverflowError:
        return "too large"


def number(value: object, name: str) -> float:
    """A finite number as a float. Raises BadPlan."""
    why = not_a_number(value)
    if why or not isinstance(value, (int, float)):
        raise BadPlan(f"{name} must be a number; it is {why}.")
    return float(value)


def whole(value: object, name: str) -> int:
    """A whole number (12 and 12.0 alike, as JSON has one kind of number). Raises BadPlan."""
    if not_a_number(value) or not isinstance(value, (int, float)) or value != int(value):
        raise BadPlan(f"{name} must be a whole number; it is {shown(value)}.")
    return int(value)


def yes_or_no(value: object, name: str) -> bool:
    """A true boolean. Raises BadPlan."""
    if not isinstance(value, bool):
        raise BadPlan(f"{name} must be true or false; it is {shown(value)}.")
    return value


def plan(given: Plan) -> None:
    """Refuse a plan with a value no chart could use, whichever chart it is for. Raises BadPlan."""
    kinds: tuple[tuple[str, object, type | tuple[type, ...]], ...] = (
        ("direction", given.direction, Direction),
        ("aggregate", given.aggregate, Aggregate),
        ("rebase", given.rebase, (tuple, list)),
        ("part", given.part, (tuple, list)),
        ("exclude", given.exclude, (tuple, list)),
    )
    for name, value, kind in kinds:
        if not isinstance(value, kind):
            raise BadPlan(f"{name} cannot be {shown(value)}.")
    if given.target is not None:
        number(given.target, "The target")
    if given.centre is not None:
        number(given.centre, "The given centre")
    if number(given.multiply, "The multiplier") <= 0:
        raise BadPlan("The multiplier must be above 0.")
    yes_or_no(given.screen_outliers, "Screening of outliers")
    for day in given.rebase:
        if type(day) is not date:
            raise BadPlan(f"A rebase must be a date; one is {shown(day)}.")
    if given.fix_after_n_points is not None:
        fixed = whole(given.fix_after_n_points, "The number of points to fix limits after")
        if fixed < FEWEST_FIXED:
            raise BadPlan(
                f"Limits can be fixed after {FEWEST_FIXED} points or more, not {shown(fixed)}."
            )
    if given.freeze is not None and whole(given.freeze, "The freeze") < 1:
        raise BadPlan("The freeze must be after point 1 or later.")
    for position in (*given.part, *given.exclude):
        whole(position, "A position in part or exclude")
