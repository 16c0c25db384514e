"""What a chart says, in plain words: the finding, the two verdicts, a prediction's result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from markupsafe import Markup

from tracker.charts import icons
from tracker.charts.domain import Form, Words
from tracker.charts.signals import judged, kind, signals
from tracker.safe.small_numbers import SAID
from tracker.spc.values import Assurance, Chart, Direction, Part, Point, Variation

KINDS = {
    "xmr": "XmR chart",
    "run": "Run chart",
    "i": "I chart",
    "mr": "Moving range chart",
    "xbar": "X-bar chart",
    "s": "S chart",
    "c": "C chart",
    "u": "U chart",
    "p": "P chart",
    "up": "U prime chart",
    "pp": "P prime chart",
    "g": "G chart",
    "t": "T chart",
    "ip": "Normalised I chart",
}

FEWEST = 7
"""The shortest rules look at seven points in a row (NHS England, Making Data Count)."""
FEWEST_RUN = 10
"""A run chart is judged from ten points on (Perla, Provost and Murray 2011)."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """An icon's worth of judgement: heading, reason, and the heading in a tile's few words."""

    kind: Variation | Assurance | None
    heading: str
    reason: str
    short: str
    up: bool | None = None

    def icon(self, size: int = 44) -> Markup:
        """The icon, hidden from assistive technology: always print the heading beside it."""
        if isinstance(self.kind, Assurance):
            return icons.assurance_icon(self.kind, size, target_above=self.up)
        return icons.variation_icon(self.kind, size, rising=self.up)


def is_whole(chart: Chart) -> bool:
    """Whether the chart is judged as a whole, by its runs; only XmR judges the latest point."""
    return chart.kind != "xmr"


def centre_name(chart: Chart) -> str:
    """What the centre line is: the median on a run chart and a g chart, else the mean."""
    return "median" if chart.kind in ("run", "g") else "mean"


def known(points: Sequence[Point]) -> list[Point]:
    """Points with a value."""
    return [p for p in points if p.y is not None]


def number_word(n: int, noun: str) -> str:
    """`1 signal`, `2 signals`, `no signals`."""
    return f"{n or 'no'} {noun}{'' if n == 1 else 's'}"


def finding(chart: Chart, words: Words) -> str:
    """One or two sentences: the centre line before and after, the signals, the latest value."""
    hidden = dict(chart.hidden)
    points = [p for p in chart.points if p.y is not None or p.x in hidden]
    if not points:
        return "No data yet."
    latest = points[-1]
    when = words.period(latest.x)
    value = SAID[hidden[latest.x]] if latest.x in hidden else words.value(latest.y or 0)
    if len(points) == 1:
        return f"One point so far: {value}{words.said_unit} in {when}."
    parts = [p for p in chart.parts if p.centre is not None]
    if not parts:
        return f"The latest value was {value} in {when}."
    said = f"{_signals(chart, words)}; the latest value was {value} in {when}."
    return f"{_centres(chart, parts, words)}. {said}"


def summary(chart: Chart, words: Words) -> str:
    """The finding with the measure's name: the title of a drawing."""
    return f"{words.title}: {finding(chart, words)}"


BESIDE = " The same figures are in a table with the chart."


def description(chart: Chart, words: Words) -> str:
    """The kind of chart, its span and phases: the description of a drawing."""
    kind = KINDS.get(chart.kind, "Chart")
    if not chart.points:
        return f"{kind} without data."
    first, last = chart.points[0].x, chart.points[-1].x
    span = words.period(first)
    if last != first:
        span += f" to {words.period(last)}"
    phases = f", {number_word(len(chart.parts), 'phase')}" if len(chart.parts) > 1 else ""
    provisional = ""
    if _limits(chart) and chart.parts[-1].provisional:
        provisional = " Limits are provisional: the latest phase has fewer than 13 points."
    return f"{kind}, {span}{phases}.{provisional}{BESIDE}"


def alternative(chart: Chart, words: Words) -> str:
    """The same and the finding, for where a picture of the chart is put without its table."""
    return f"{summary(chart, words)} {description(chart, words).removesuffix(BESIDE)}"


def variation_verdict(chart: Chart, words: Words) -> Verdict:
    """How the measure is moving, in one of the fixed headings."""
    if chart.hidden and chart.hidden[-1][0] == _latest(chart):
        heading, reason = "Too small to judge", f"The latest figure is {SAID[chart.hidden[-1][1]]}"
        return Verdict(None, heading, reason, heading)
    if is_whole(chart):
        return _run_verdict(chart, words)
    enough = _enough(chart, words, FEWEST)
    last = chart.points[-1] if chart.points else None
    told = chart.variation is not None and chart.variation is not Variation.COMMON_CAUSE
    if enough and not told:
        return enough
    cause = (last.special_cause or "") if last else ""
    up = "Above" in cause or "Increasing" in cause
    if not told or chart.variation is None:
        reason = f"The latest {words.periods} vary as expected"
        return _variation(Variation.COMMON_CAUSE, reason, None)
    match cause:
        case "Above UCL" | "Below LCL":
            reason = _outside(up, words)
        case "7 Point Trend (Increasing)" | "7 Point Trend (Decreasing)":
            way = "rising" if up else "falling"
            reason = f"The latest {words.periods} keep {way}, more than chance would give"
        case _:
            way = "higher" if up else "lower"
            reason = f"Latest {words.periods} {way} than chance would give"
    return _variation(chart.variation, reason, up)


def _latest(chart: Chart) -> date | float | None:
    """The latest period that has a figure, shown or hidden."""
    hidden = dict(chart.hidden)
    held = [p.x for p in chart.points if p.y is not None or p.x in hidden]
    return held[-1] if held else None


def assurance_verdict(chart: Chart, words: Words) -> Verdict | None:
    """Whether the target will be reached; None without a target, and on all charts but XmR."""
    if chart.assurance is None or chart.target is None or is_whole(chart):
        return None
    goal = words.value(chart.target)
    last = chart.points[-1] if chart.points else None
    if last is None or last.ucl is None or last.lcl is None:
        reason = "There is no expected range yet"
        return Verdict(Assurance.INCONSISTENT, f"May miss {goal}", reason, f"May miss {goal}")
    up = chart.target > last.ucl
    side = "above" if up else "below"
    match chart.assurance:
        case Assurance.PASS:
            heading, brief = f"Expected to reach {goal}", f"Reaches {goal}"
        case Assurance.FAIL:
            heading, brief = f"Not expected to reach {goal}", f"{'Below' if up else 'Above'} {goal}"
        case _:
            heading = brief = f"May miss {goal}"
            side = "inside"
    return Verdict(chart.assurance, heading, f"The target is {side} the expected range", brief, up)


def verdicts(chart: Chart, words: Words) -> tuple[Verdict, ...]:
    """The one or two verdicts of a chart, variation first."""
    first, second = variation_verdict(chart, words), assurance_verdict(chart, words)
    return (first,) if second is None else (first, second)


def verdict(chart: Chart, words: Words) -> tuple[Markup, str, str]:
    """The variation verdict as (icon, heading, reason)."""
    said = variation_verdict(chart, words)
    return said.icon(), said.heading, said.reason


def met_lately(chart: Chart, words: Words, lately: int = 3) -> str:
    """`95% met in 2 of last 3`: what a run chart says instead of an assurance icon, or nothing."""
    latest = [p.y for p in chart.points if p.y is not None][-lately:]
    if chart.target is None or words.better is Direction.NEUTRAL or not latest:
        return ""
    met = sum(is_met(chart.target, y, words.better) for y in latest)
    return f"{words.value(chart.target)} met in {met} of last {len(latest)}"


def is_met(goal: float, observed: float, better: Direction) -> bool:
    """Whether a value reaches a target or a prediction. Without a direction it has to equal it."""
    match better:
        case Direction.INCREASE:
            return observed >= goal
        case Direction.DECREASE:
            return observed <= goal
    return observed == goal


def prediction_result(predicted: float, observed: float, better: Direction, words: Words) -> str:
    """`met by 5 points`, `missed by 3.2 points`, `met exactly`; points are percentage points."""
    if observed == predicted:
        return "met exactly"
    gap = round(abs(observed - predicted), 9)
    bare = Words(words.title, decimals=words.decimals).value(gap)
    unit = " point" if words.form is Form.PERCENT else words.unit and f" {words.unit}"
    if words.form is Form.PERCENT and bare != "1":
        unit += "s"
    result = "met" if is_met(predicted, observed, better) else "missed"
    return f"{result} by {bare}{unit}"


def _centres(chart: Chart, parts: Sequence[Part], words: Words) -> str:
    name = centre_name(chart)
    first = words.value(parts[0].centre or 0)
    if len(parts) == 1:
        return f"The {name} is {first}{words.said_unit}"
    steps, before = [], parts[0].centre or 0.0
    for i, part in enumerate(parts[1:]):
        centre = part.centre or 0.0
        way = "fell" if centre < before else "rose" if centre > before else "stayed"
        start = words.period(chart.points[part.first].x)
        said = words.value(centre)
        unit = words.said_unit if i == 0 else ""
        opening = f"{way} from {first} to {said}" if i == 0 else f"{way} to {said}"
        if way == "stayed":
            opening = f"stayed at {said}"
        steps.append(f"{opening}{unit} from {start}")
        before = centre
    last = steps.pop()
    return f"The {name} {', '.join(steps)}{', then ' if steps else ''}{last}"


def _limits(chart: Chart) -> bool:
    return bool(chart.parts) and chart.kind != "run"


def _signals(chart: Chart, words: Words) -> str:
    many = len(signals(chart, words.better))
    if many or not is_whole(chart):
        found = number_word(many, "signal")
        return f"{'There is' if found.startswith('1 ') else 'There are'} {found}"
    if chart.runs_signal:
        return "The points differ from chance"
    return "The points do not differ from chance"


def _variation(kind: Variation, reason: str, up: bool | None) -> Verdict:
    heading = {
        Variation.COMMON_CAUSE: "No change",
        Variation.IMPROVEMENT: "Improving",
        Variation.CONCERN: "Getting worse",
        Variation.NEUTRAL_HIGH: "Higher than usual",
        Variation.NEUTRAL_LOW: "Lower than usual",
    }[kind]
    return Verdict(kind, heading, reason, heading, up)


def _enough(chart: Chart, words: Words, fewest: int) -> Verdict | None:
    """ "Too few points" while the latest phase is shorter than the rules can judge."""
    part = chart.parts[-1] if chart.parts else None
    have = len(known(chart.points[part.first : part.last + 1])) if part else 0
    if have >= fewest:
        return None
    where = " in this phase" if len(chart.parts) > 1 else ""
    reason = f"{have} of the {fewest} {words.periods} needed{where}" if have else "No data yet"
    return Verdict(None, "Too few points", reason, "Too few points")


def _outside(up: bool, words: Words) -> str:
    limit = "above the upper" if up else "below the lower"
    return f"The latest {words.periods.removesuffix('s')} is {limit} limit"


def _run_verdict(chart: Chart, words: Words) -> Verdict:
    latest = chart.points[-1] if chart.points else None
    label, how = judged(latest, words.better) if latest else (None, Variation.COMMON_CAUSE)
    if label:
        return _variation(how, _outside(label == "Above UCL", words), label == "Above UCL")
    enough = _enough(chart, words, FEWEST_RUN)
    if enough:
        return enough
    part, line = chart.parts[-1], centre_name(chart)
    if not part.runs_signal:
        reason = "The latest points do not differ from chance"
        return _variation(Variation.COMMON_CAUSE, reason, None)
    points = known(chart.points[part.first : part.last + 1])
    run, above = _latest_run(points)
    if part.longest_run_max is not None and run > part.longest_run_max:
        side = "above" if above else "below"
        reason = f"The latest {run} {words.periods} are {side} the {line}, more than chance gives"
        return _variation(kind(above, words.better), reason, above)
    half = len(points) // 2
    early = median([p.y or 0.0 for p in points[:half]])
    late = median([p.y or 0.0 for p in points[-half:]])
    if part.longest_run_max is not None and (part.longest_run or 0) > part.longest_run_max:
        reason = f"{part.longest_run} {words.periods} in a row on one side of the {line}"
    else:
        times = {0: "not at all", 1: "once"}.get(part.n_crossings or 0, f"{part.n_crossings} times")
        reason = f"The line crosses the {line} {times}, less than chance gives"
    if early == late:
        return _variation(Variation.COMMON_CAUSE, reason, None)
    return _variation(kind(late > early, words.better), reason, late > early)


def _latest_run(points: Sequence[Point]) -> tuple[int, bool]:
    """Length and side of the run that ends the series; points on the line neither add nor break."""
    run, above = 0, False
    for point in reversed(points):
        if point.y is None or point.centre is None or point.y == point.centre:
            continue
        side = point.y > point.centre
        if run and side is not above:
            break
        run, above = run + 1, side
    return run, above
