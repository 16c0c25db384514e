"""Analyses as JSON documents: `{"chart", "args", "input"}` in, `{"points", "chart"}` out.

`input` has columns `x` (ISO dates or numbers), `y` and, for a ratio, `n`; null is a missing
value. `args` are those of the reference packages; null is as if not given. Other keys of the
document (a title, a note) are left alone; an unknown key in `args` or `input` is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from typing import NoReturn, cast

from tracker.spc import analyse, require_built
from tracker.spc.checks import number, shown, whole, yes_or_no
from tracker.spc.refusals import BadPlan, BadSeries, Refused
from tracker.spc.values import (
    Aggregate,
    Chart,
    Direction,
    Part,
    Plan,
    Point,
    Series,
    Variation,
)
from tracker.spc.xmr import WIDTH

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def answer(document: object) -> dict[str, object]:
    """The result of one document. Raises Refused."""
    if not isinstance(document, dict):
        raise Refused("The document must be an object with chart, args and input.")
    kind = require_built(document.get("chart"))
    plan = _plan(kind, document.get("args"))
    series = _series(document.get("input"), drop_undated=kind != "xmr")
    chart = analyse(series, plan)
    return _xmr(chart, plan) if kind == "xmr" else _shewhart(chart)


def answer_text(text: str | bytes) -> tuple[dict[str, object], bool]:
    """The answer to a document in JSON and whether it is a result; `{"error": …}` if refused."""
    try:
        return answer(_parsed(text)), True
    except Refused as refusal:
        return {"error": str(refusal)}, False


def _parsed(text: str | bytes) -> object:
    try:
        if isinstance(text, bytes):
            text = text.decode("utf-8-sig")
        return json.loads(text, parse_constant=_refuse_constant)
    except Refused:
        raise
    except UnicodeDecodeError:
        raise Refused("The document is not UTF-8 text.") from None
    except json.JSONDecodeError as fault:
        where = f"line {fault.lineno}, column {fault.colno}"
        raise Refused(f"The document is not JSON: {fault.msg} at {where}.") from None
    except ValueError:  # the one other: an integer of more digits than Python will read
        raise Refused("The document holds a number too large to read.") from None
    except RecursionError:
        raise Refused("The document is nested too deeply.") from None


def _refuse_constant(name: str) -> NoReturn:
    raise Refused(f"{name} is not a number in JSON; write null for a missing value.")


def _series(given: object, *, drop_undated: bool) -> Series:
    if not isinstance(given, dict):
        raise BadSeries("input must be an object with columns x and y.")
    for name in given:
        if name not in ("x", "y", "n"):
            raise BadSeries(f"input has an unknown column {shown(name)}; it takes x, y and n.")
    for name in ("x", "y"):
        if not isinstance(given.get(name), list):
            raise BadSeries(f"input must have a list {name}.")
    x, y, n = given["x"], given["y"], given.get("n")
    if n is not None and not isinstance(n, list):
        raise BadSeries("n must be a list.")
    x = [_position(value, row) for row, value in enumerate(x, 1)]
    if drop_undated and None in x and len(x) == len(y) and (n is None or len(n) == len(x)):
        # The reference for these charts leaves out rows without an x.
        kept = [row for row, value in enumerate(x) if value is not None]
        x, y = [x[row] for row in kept], [y[row] for row in kept]
        n = None if n is None else [n[row] for row in kept]
    # What the columns hold is checked, row by row, by the analysis itself.
    return Series(tuple(x), tuple(y), None if n is None else tuple(n))


def _position(value: object, row: int) -> object:
    if not isinstance(value, str):
        return value
    day = _day(value)
    if day is None:
        raise BadSeries(f"Row {row}: x is {shown(value)}; a date must look like 2025-04-01.")
    return day


def _day(text: str) -> date | None:
    if not _ISO_DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _direction(value: object, name: str) -> Direction:
    return cast(Direction, _word(value, name, Direction))


def _aggregate(value: object, name: str) -> Aggregate:
    return cast(Aggregate, _word(value, name, Aggregate))


def _word(value: object, name: str, words: type[Direction] | type[Aggregate]) -> object:
    for word in words:
        if value == word.value:
            return word
    choice = ", ".join(word.value for word in words)
    raise BadPlan(f"{name} must be one of {choice}; it is {shown(value)}.")


def _days(value: object, name: str) -> tuple[date, ...]:
    days = []
    for text in _listed(value, name, "dates"):
        day = _day(text) if isinstance(text, str) else None
        if day is None:
            raise BadPlan(f"{name} must be a list of dates like 2025-04-01; it has {shown(text)}.")
        days.append(day)
    return tuple(days)


def _places(value: object, name: str) -> tuple[int, ...]:
    return tuple(whole(place, f"Each of {name}") for place in _listed(value, name, "positions"))


def _listed(value: object, name: str, of: str) -> list[object]:
    if not isinstance(value, list):
        raise BadPlan(f"{name} must be a list of {of}; it is {shown(value)}.")
    return value


Reader = Callable[[object, str], object]

_XMR_ARGS: dict[str, tuple[str, Reader]] = {
    "improvement_direction": ("direction", _direction),
    "target": ("target", number),
    "rebase": ("rebase", _days),
    "fix_after_n_points": ("fix_after_n_points", whole),
    "screen_outliers": ("screen_outliers", yes_or_no),
}
_SHEWHART_ARGS: dict[str, tuple[str, Reader]] = {
    "freeze": ("freeze", whole),
    "part": ("part", _places),
    "exclude": ("exclude", _places),
    "cl": ("centre", number),
    "target": ("target", number),
    "multiply": ("multiply", number),
    "agg_fun": ("aggregate", _aggregate),
    "screen_moving_ranges": ("screen_outliers", yes_or_no),
}
"""Name in a document: field of the plan, and what reads it."""


def _plan(kind: str, args: object) -> Plan:
    if args is None:
        args = {}
    if not isinstance(args, dict):
        raise BadPlan("args must be an object.")
    known = _XMR_ARGS if kind == "xmr" else _SHEWHART_ARGS
    fields: dict[str, object] = {}
    for name, value in args.items():
        if name not in known:
            takes = ", ".join(known)
            raise BadPlan(f"The {kind} chart has no argument {shown(name)}; it takes {takes}.")
        if value is not None:
            field, read = known[name]
            fields[field] = read(value, name)
    return Plan(kind, **fields)  # type: ignore[arg-type]  # each reader gives its field's type


def _column(chart: Chart, value: Callable[[Point], object]) -> list[object]:
    return [value(point) for point in chart.points]


def _x(point: Point) -> object:
    return point.x.isoformat() if isinstance(point.x, date) else point.x


def _xmr(chart: Chart, plan: Plan) -> dict[str, object]:
    # The reference numbers groups from 0, but from 1 where the first row is itself a rebase.
    below = 1 if not chart.points or chart.points[0].x not in plan.rebase else 0
    provisional = {part.number: part.provisional for part in chart.parts}
    return {
        "points": {
            "x": _column(chart, _x),
            "y": _column(chart, lambda point: point.y),
            "centre": _column(chart, lambda point: point.centre),
            "lcl": _column(chart, lambda point: point.lcl),
            "ucl": _column(chart, lambda point: point.ucl),
            "rebase_group": _column(chart, lambda point: point.part - below),
            "outside_limits": _column(chart, lambda point: point.outside),
            "relative_to_mean": _column(chart, lambda point: point.side),
            "close_to_limits": _column(chart, lambda point: point.close),
            "special_cause_type": _column(
                chart, lambda point: point.special_cause or "Common Cause"
            ),
            "special_cause_flag": _column(chart, lambda point: point.special_cause is not None),
            "point_type": _column(chart, lambda point: point.reading.value),
            "short_group_warning": _column(chart, lambda point: provisional[point.part]),
        },
        "chart": {
            "variation": chart.variation and chart.variation.value,
            "assurance": chart.assurance and chart.assurance.value,
            "groups": [_group(chart, part, below) for part in chart.parts],
        },
    }


def _group(chart: Chart, part: Part, below: int) -> dict[str, object]:
    points = chart.points[part.first : part.last + 1]
    readings = [point.reading for point in points]
    return {
        "rebase_group": part.number - below,
        "n": len(points),
        "mean": part.centre,
        "lcl": part.lcl,
        "ucl": part.ucl,
        "mr_bar_derived": _width(part, WIDTH),
        "short_group_warning": part.provisional,
        "n_special": sum(point.special_cause is not None for point in points),
        "n_improvement": readings.count(Variation.IMPROVEMENT),
        "n_concern": readings.count(Variation.CONCERN),
        "n_neutral_high": readings.count(Variation.NEUTRAL_HIGH),
        "n_neutral_low": readings.count(Variation.NEUTRAL_LOW),
    }


def _width(part: Part, widths: float) -> float | None:
    if part.ucl is None or part.centre is None:
        return None
    return (part.ucl - part.centre) / widths


def _shewhart(chart: Chart) -> dict[str, object]:
    return {
        "points": {
            "x": _column(chart, _x),
            "y": _column(chart, lambda point: point.y),
            "n": _column(chart, lambda point: point.n),
            "centre": _column(chart, lambda point: point.centre),
            "lcl": _column(chart, lambda point: point.lcl),
            "ucl": _column(chart, lambda point: point.ucl),
            "lcl_95": _column(chart, lambda point: point.lcl_95),
            "ucl_95": _column(chart, lambda point: point.ucl_95),
            "part": _column(chart, lambda point: point.part),
            "baseline": _column(chart, lambda point: point.baseline),
            "include": _column(chart, lambda point: point.included),
            "sigma_signal": _column(chart, lambda point: bool(point.outside)),
        },
        "chart": {
            "parts": [_part(chart, part) for part in chart.parts],
            "runs_signal": bool(chart.runs_signal),
            "sigma_signal": any(point.outside for point in chart.points),
        },
    }


def _part(chart: Chart, part: Part) -> dict[str, object]:
    points = chart.points[part.first : part.last + 1]
    return {
        "part": part.number,
        "n_obs": part.n_obs,
        "n_useful": part.n_useful,
        "longest_run": part.longest_run,
        "longest_run_max": part.longest_run_max,
        "n_crossings": part.n_crossings,
        "n_crossings_min": part.n_crossings_min,
        "runs_signal": part.runs_signal,
        "sigma_derived": _width(part, 3) if chart.kind == "i" else None,
        "sigma_signals": sum(bool(point.outside) for point in points),
    }
