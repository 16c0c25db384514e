"""What an analysis refuses, and that it says so in words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from tracker.spc import (
    BUILT,
    KINDS,
    BadPlan,
    BadSeries,
    NotBuiltYet,
    Refused,
    UnknownChart,
    analyse,
)
from tracker.spc.values import Plan, Series

NAN, INF = float("nan"), float("inf")
ENDLESS: list[Any] = []
ENDLESS.append(ENDLESS)


@pytest.mark.parametrize("kind", BUILT)
@pytest.mark.parametrize(
    ("y", "says"),
    [
        (("3",), "Row 1: y is '3'"),
        ((1, True), "Row 2: y is True"),
        ((NAN,), "Row 1: y is nan, not a finite number"),
        ((INF,), "not a finite number"),
        ((-INF,), "not a finite number"),
        ((10**400,), "Row 1: y is too large"),
        ((10**5000,), "Row 1: y is too large"),
        ((Decimal(3),), "Row 1: y is Decimal"),
        (([[[]]],), "Row 1: y is "),
        ((ENDLESS,), "Row 1: y is "),
    ],
)
def test_a_value_that_is_no_finite_number(kind: str, y: tuple[Any, ...], says: str) -> None:
    with pytest.raises(BadSeries, match=says):
        analyse(Series(tuple(range(len(y))), y), Plan(kind))


@pytest.mark.parametrize("kind", BUILT)
@pytest.mark.parametrize(
    ("x", "says"),
    [
        ((None, 2), "Row 1: x is None"),
        ((1, "2025-01-01"), "Row 2: x is '2025-01-01'"),
        ((1, True), "Row 2: x is True"),
        ((1, NAN), "Row 2: x is nan"),
        ((1, date(2025, 1, 1)), "dates or numbers, not both"),
        ((date(2025, 1, 1), 1), "dates or numbers, not both"),
        ((date(2025, 1, 1), datetime(2025, 1, 2, tzinfo=UTC)), "Row 2: x is a time"),
    ],
)
def test_an_x_that_is_neither_date_nor_number(kind: str, x: tuple[Any, ...], says: str) -> None:
    with pytest.raises(BadSeries, match=says):
        analyse(Series(x, (1, 2)), Plan(kind))


@pytest.mark.parametrize("kind", BUILT)
def test_columns_of_unequal_length_are_refused_with_their_lengths(kind: str) -> None:
    with pytest.raises(BadSeries, match="x has 2, y has 1"):
        analyse(Series((1, 2), (1,)), Plan(kind))
    with pytest.raises(BadSeries, match="x has 1, y has 1, n has 2"):
        analyse(Series((1,), (1,), (1, 2)), Plan(kind))


@pytest.mark.parametrize("kind", BUILT)
def test_a_column_that_is_none_is_refused(kind: str) -> None:
    with pytest.raises(BadSeries, match="y must be a list"):
        analyse(Series((1, 2), "ab"), Plan(kind))  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", BUILT)
def test_a_denominator_below_zero_is_refused(kind: str) -> None:
    with pytest.raises(BadSeries, match="Row 2: n is -3, below 0"):
        analyse(Series((1, 2), (1, 1), (3, -3)), Plan(kind))


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("fix_after_n_points", 11, "12 points or more, not 11"),
        ("fix_after_n_points", 12.5, "whole number"),
        ("fix_after_n_points", True, "whole number"),
        ("fix_after_n_points", "12", "whole number"),
        ("target", "5", "target must be a number"),
        ("target", False, "target must be a number"),
        ("target", NAN, "target must be a number"),
        ("centre", INF, "centre must be a number"),
        ("multiply", 0, "above 0"),
        ("multiply", -1, "above 0"),
        ("multiply", 10**400, "must be a number; it is too large"),
        ("screen_outliers", 1, "must be true or false"),
        ("rebase", ("2025-01-01",), "rebase must be a date"),
        ("rebase", date(2025, 1, 1), "rebase cannot be"),
        ("freeze", 0, "point 1 or later"),
        ("freeze", "x", "whole number"),
        ("part", (1.5,), "whole number"),
        ("part", 3, "part cannot be 3"),
        ("exclude", (True,), "whole number"),
        ("direction", "up", "direction cannot be 'up'"),
        ("aggregate", "mean", "aggregate cannot be"),
    ],
)
@pytest.mark.parametrize("kind", BUILT)
def test_a_plan_out_of_range_or_of_the_wrong_type(
    kind: str, field: str, value: object, says: str
) -> None:
    with pytest.raises(BadPlan, match=says):
        analyse(Series((), ()), Plan(kind, **{field: value}))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["", "XMR", "pareto", None, 3, ["xmr"]])
def test_a_chart_no_rules_describe_is_unknown(name: Any) -> None:
    with pytest.raises(UnknownChart, match=r"There is no chart called .*; try xmr, run or i"):
        analyse(Series((), ()), Plan(name))


@pytest.mark.parametrize("name", sorted(set(KINDS) - set(BUILT)))
def test_a_chart_of_the_rules_that_is_not_built_says_so(name: str) -> None:
    with pytest.raises(NotBuiltYet, match=f"The {name} chart is not built yet"):
        analyse(Series((), ()), Plan(name))


def test_every_refusal_is_one_kind_of_error() -> None:
    kinds = (BadPlan, BadSeries, NotBuiltYet, UnknownChart)
    assert all(issubclass(kind, Refused) for kind in kinds)
    assert issubclass(Refused, ValueError)
