"""What an analysis takes and says, in plain values: every face of a chart is drawn from these."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.safe.small_numbers import Hidden


class Variation(StrEnum):
    """How a point, or the latest point, reads. The values are those of the reference package."""

    COMMON_CAUSE = "common_cause"
    IMPROVEMENT = "special_cause_improvement"
    CONCERN = "special_cause_concern"
    NEUTRAL_HIGH = "special_cause_neutral_high"
    NEUTRAL_LOW = "special_cause_neutral_low"


class Assurance(StrEnum):
    """Whether the process, left alone, will reach the target."""

    PASS = "consistent_pass"  # noqa: S105 - a word, not a password
    FAIL = "consistent_fail"
    INCONSISTENT = "inconsistent"


class Direction(StrEnum):
    """Which way is better."""

    INCREASE = "increase"
    DECREASE = "decrease"
    NEUTRAL = "neutral"


class Aggregate(StrEnum):
    """What is plotted where several rows share one `x` and there is no denominator."""

    MEAN = "mean"
    MEDIAN = "median"
    SUM = "sum"
    SD = "sd"


@dataclass(frozen=True, slots=True)
class Series:
    """Columns of one series, equally long, in any order. With `n`, `y` is the numerator.

    `x` are dates, or numbers where order alone matters; `None` in `y` or `n` is a missing value.
    """

    x: tuple[date | float, ...]
    y: tuple[float | None, ...]
    n: tuple[float | None, ...] | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """How to chart a series. `chart` is a name of `KINDS`; the rest as the rules name them.

    `xmr` reads `direction`, `rebase` and `fix_after_n_points`; the other charts read `freeze`,
    `part`, `exclude` (positions from 1), `centre` and `aggregate`. A chart leaves alone what it
    does not read. `target` is on the drawn scale; `multiply` scales y, centre and limits to it.
    """

    chart: str
    direction: Direction = Direction.INCREASE
    target: float | None = None
    rebase: tuple[date, ...] = ()
    fix_after_n_points: int | None = None
    screen_outliers: bool = True
    freeze: int | None = None
    part: tuple[int, ...] = ()
    exclude: tuple[int, ...] = ()
    centre: float | None = None
    multiply: float = 1.0
    aggregate: Aggregate = Aggregate.MEAN


@dataclass(frozen=True, slots=True)
class Point:
    """One plotted point with the lines that hold at it, on the scale that is drawn."""

    x: date | float
    y: float | None
    n: float | None
    centre: float | None
    lcl: float | None
    ucl: float | None
    part: int
    special_cause: str | None = None
    """Label of the rule that fired (`Above UCL`, `7 Point Trend (Increasing)` …); None if none."""
    reading: Variation = Variation.COMMON_CAUSE
    lcl_95: float | None = None
    """Two sigma below the centre: beyond it, but inside `lcl`, a point is close to the limit."""
    ucl_95: float | None = None
    side: int | None = None
    """1 above the centre, -1 below, 0 on it; None where the value or the centre is missing."""
    outside: bool | None = None
    """Beyond a limit; a point on it is inside. None where the value or a limit is missing."""
    close: bool | None = None
    """Beyond a two sigma line and not outside. None as for `outside`."""
    baseline: bool = True
    """Among the points the lines may be worked out from (before a freeze)."""
    included: bool = True
    """False for a point left out of the lines and of the runs; it is still drawn and tested."""


PROVISIONAL_BELOW = 13
"""Rows a part needs before its limits stand. The reference's text says 12; it computes 13."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the chart with lines of its own: a phase, numbered from 1.

    `first` and `last` index `points`; both belong to the part.
    """

    number: int
    first: int
    last: int
    centre: float | None
    lcl: float | None
    ucl: float | None
    provisional: bool
    """Fewer than 13 rows, missing values included: limits may still move."""
    longest_run: int | None = None
    longest_run_max: int | None = None
    n_crossings: int | None = None
    n_crossings_min: int | None = None
    runs_signal: bool | None = None
    n_obs: int | None = None
    """Points in the runs analysis, missing values too; None on a chart without one (XmR)."""
    n_useful: int | None = None
    """Those of them that lie off the centre line."""


@dataclass(frozen=True, slots=True)
class Chart:
    """One analysis: the page, the report, the image and the export all show this value."""

    kind: str
    points: tuple[Point, ...]
    parts: tuple[Part, ...]
    target: float | None = None
    variation: Variation | None = None
    """Reading of the latest point; only XmR has one: other charts judge the whole chart."""
    assurance: Assurance | None = None
    runs_signal: bool | None = None
    hidden: tuple[tuple[date | float, Hidden], ...] = ()
    """Periods whose value is kept from this reader: their points are there without one."""
