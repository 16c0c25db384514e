"""Statistical process control: what a chart of a series says, in pure functions of plain values.

`analyse(series, plan)` is the one way in. The numbers are those of two reference R packages:
NHSRplotthedots for the XmR chart, qicharts2 for run and Shewhart charts.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tracker.spc import checks, i_chart, run_chart, shewhart, xmr
from tracker.spc.refusals import BadPlan, BadSeries, NotBuiltYet, Refused, UnknownChart
from tracker.spc.values import Chart, Plan, Series

__all__ = [
    "BUILT",
    "KINDS",
    "BadPlan",
    "BadSeries",
    "NotBuiltYet",
    "Refused",
    "UnknownChart",
    "analyse",
    "require_built",
]

KINDS = (
    "xmr", "run", "i", "mr", "xbar", "s", "t", "p", "pp", "c", "u", "up", "g", "ip",
)  # fmt: skip
"""Every chart the rules describe. `pp` and `up` are Laney's P' and U', `ip` is I'."""

_ANALYSES: dict[str, Callable[[Series, Plan], Chart]] = {
    "xmr": xmr.analyse,
    "run": partial(shewhart.analyse, lines=run_chart.lines),
    "i": partial(shewhart.analyse, lines=i_chart.lines),
}

BUILT = tuple(_ANALYSES)
"""The charts `analyse` makes."""


def analyse(series: Series, plan: Plan) -> Chart:
    """Chart a series as the plan says. Rows may come in any order; no rows, no points.

    Raises a kind of Refused, whose message is for people: UnknownChart, NotBuiltYet, BadPlan,
    BadSeries. A finite series never fails in any other way: what cannot be computed is None.
    """
    require_built(plan.chart)
    checks.plan(plan)
    return _ANALYSES[plan.chart](series, plan)


def require_built(chart: object) -> str:
    """The name of a chart `analyse` makes. Raises UnknownChart or NotBuiltYet."""
    if chart not in KINDS or not isinstance(chart, str):
        name = checks.shown(chart)
        raise UnknownChart(f"There is no chart called {name}; try {_choice()}.")
    if chart not in BUILT:
        raise NotBuiltYet(f"The {chart} chart is not built yet; try {_choice()}.")
    return chart


def _choice() -> str:
    return f"{', '.join(BUILT[:-1])} or {BUILT[-1]}"
