"""Measures as pictures and words: tiles, the chart of a page, the aim, a prediction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING, Any

from flask import Flask, g, url_for
from markupsafe import Markup

from tracker.charts import bars, icons, svg
from tracker.charts.domain import Drawings, Event, Form, Mark, Words
from tracker.charts.measure import measure_chart
from tracker.charts.thumbnail import thumbnail
from tracker.charts.words import assurance_verdict, met_lately, variation_verdict
from tracker.safe.small_numbers import SAID, TOLD, Hidden
from tracker.spc.values import Chart, Variation

from . import domain, queries
from .models import Annotation, Measure, PointKind
from .queries import Figure
from .standing import Standing

if TYPE_CHECKING:
    from tracker.projects.models import Aim, Project

mark_sources: list[Callable[[Project], Sequence[Mark]]] = []
"""Features above add what of theirs is drawn under the charts of a project, such as tests."""

KINDS = {"outcome": "Outcome", "process": "Process", "balancing": "Balancing"}
ICON = 24


@dataclass(frozen=True, slots=True)
class Tile:
    """A measure in small. Icons are empty where the chart is only a stand-in."""

    title: str
    url: str
    value: str
    about: str
    thumbnail: Markup
    icon: Markup
    says: str
    target_icon: Markup
    target_says: str
    lacks: str


def tiles(measures: Sequence[Measure], *, outside: bool) -> list[Tile]:
    """Measures of a project in small, all from one or two statements, for this reader."""
    charts = queries.charts_of(measures, outside=outside)
    return [_tile(m, charts[m.id]) for m in measures]


def _tile(measure: Measure, chart: Chart) -> Tile:
    words = measure.words
    hidden = dict(chart.hidden)
    known = [p for p in chart.points if p.y is not None or p.x in hidden]
    kind = KINDS[measure.kind.value]
    latest = known[-1] if known else None
    is_hidden = latest is not None and latest.x in hidden
    about = [kind]
    if latest is not None:
        about += [words.period(latest.x), "" if is_hidden else _out_of(measure)]
    says = variation_verdict(chart, words)
    meets = assurance_verdict(chart, words)
    is_icon = latest is not None and measure.shape.is_built
    value = ""
    if latest is not None and latest.y is not None:
        value = words.value(latest.y)
    elif latest is not None:
        value = TOLD[hidden[latest.x]].numerator
    return Tile(
        title=measure.title,
        url=url_for("measures.show", project_id=measure.project_id, measure_id=measure.id),
        value=value,
        about=" · ".join(filter(None, about)),
        thumbnail=thumbnail(chart, words, ids=f"tile-{measure.id}") if latest else Markup(""),
        icon=says.icon(ICON) if is_icon or latest is None else Markup(""),
        says=says.heading if latest is not None else "",
        target_icon=meets.icon(ICON) if meets and is_icon else Markup(""),
        target_says=meets.short if meets else met_lately(chart, words) if latest else "",
        lacks="" if latest is not None else "Baseline not entered",
    )


def _out_of(measure: Measure) -> str:
    """`12 of 12`, where the latest value is a share of people or events."""
    over, under = measure.latest_numerator, measure.latest_denominator
    if not measure.is_share or over is None or under is None:
        return ""
    return f"{over:,f} of {under:,f}"


def whole_chart(
    measure: Measure,
    chart: Chart,
    figures: Sequence[Figure],
    *,
    phases: Sequence[str],
    marks: Sequence[Mark],
    events: Sequence[Event],
    on: date,
    explained: Collection[date] = (),
) -> Drawings:
    """The chart of the measure's own page, large and small.

    Signals that begin in an `explained` period keep their ring and lose their words.
    """
    return measure_chart(
        chart,
        measure.words,
        ids=f"measure-{measure.id}",
        tests=marks,
        events=events,
        not_yet_from=not_yet_from(measure, on),
        no_eligible=[f.period for f in figures if f.kind is PointKind.NO_ELIGIBLE_CASES],
        phases=phases,
        explained=explained,
    )


def not_yet_from(measure: Measure, on: date) -> date | None:
    """First period that has begun and is not in; None when there is none or no calendar."""
    latest = measure.latest_period
    if latest is None or measure.cadence not in domain.MONTHS:
        return None
    if measure.collected_until is not None and latest >= measure.collected_until:
        return None
    after = domain.following(latest, measure.cadence)
    return after if after <= on else None


def phase_names(chart: Chart, phases: Sequence[tuple[date, str]]) -> list[str]:
    """A name for each part of a chart, which numbers them: the first is the baseline."""
    starts = [chart.points[part.first].x for part in chart.parts]
    names = ["baseline"] if len(starts) > 1 else []
    for start in starts[1:]:
        named = [name for day, name in phases if isinstance(start, date) and day <= start]
        names.append(named[-1] if named else "")
    return names


def lettered(annotations: Sequence[Annotation]) -> list[Event]:
    """Events with the letters they go by on the chart and in the list below it."""
    return [Event(letter(i), a.text, a.starts_on, a.ends_on) for i, a in enumerate(annotations)]


def letter(position: int) -> str:
    """A to Z, then AA: the letter of an event, counted from 0."""
    name = ""
    position += 1
    while position:
        position, digit = divmod(position - 1, 26)
        name = chr(ord("A") + digit) + name
    return name


def marks_of(project: Project) -> list[Mark]:
    """What other features draw under the charts of a project."""
    return [mark for source in mark_sources for mark in source(project)]


def aim_bar(aim: Aim, stands: Standing | None) -> Markup | None:
    """How far the aim has come; None while it has neither baseline nor target."""
    if aim.baseline is None and aim.target is None:
        return None
    at_due = stands.at_due if stands else None
    latest = stands.latest if stands else None
    return _joined(
        bars.aim_bar(
            _float(aim.baseline),
            _float(aim.target),
            _float(at_due.value) if at_due else None,
            _float(latest.value) if latest else None,
            stands.measure.words if stands else _words_of(aim),
            ids=f"aim-{aim.id}",
            latest_name=latest.in_short if latest else "Latest",
        )
    )


def _words_of(aim: Aim) -> Words:
    is_percent = aim.unit.strip().casefold() in domain.PERCENT
    return Words(
        title=aim.measure or "Aim",
        unit="" if is_percent else aim.unit.strip(),
        form=Form.PERCENT if is_percent else Form.RATE,
        decimals=1,
    )


def prediction_bar(measure: Measure, predicted: Decimal, observed: Decimal | None) -> Markup:
    """A prediction beside what was observed."""
    numbers = g.setdefault("prediction_bars", count(1))
    return _joined(
        bars.prediction_bar(
            float(predicted),
            _float(observed),
            domain.DIRECTIONS[measure.better],
            measure.words,
            ids=f"prediction-{measure.id}-{next(numbers)}",
        )
    )


@dataclass(frozen=True, slots=True)
class Latest:
    """Where a measure stands for one reader, as it is stored. `hidden` is why there is no value."""

    value: Decimal | None
    state: Mapping[str, Any]
    hidden: Hidden | None = None


def latest_of(measure: Measure, *, outside: bool) -> Latest:
    """Where a measure stands, without a statement."""
    state: Mapping[str, Any] = measure.chart_state
    # Kept before small numbers were told apart: nothing is said until the figures change.
    other = state.get("outside", {}) if outside and state else None
    if other is None:
        return Latest(measure.latest_value, state)
    value, hidden = other.get("value"), other.get("hidden")
    return Latest(Decimal(value) if value else None, other, Hidden(hidden) if hidden else None)


def variation_icon_of(measure: Measure, *, outside: bool) -> Markup:
    """The variation icon from the stored state; print words beside it. Empty where none is due."""
    state = latest_of(measure, outside=outside).state
    if not state or state.get("is_stand_in"):
        return Markup("")
    kind = state.get("reading")
    return icons.variation_icon(Variation(kind) if kind else None, ICON, rising=state.get("rising"))


def latest_in_words(measure: Measure, *, outside: bool) -> str:
    """`97.1%, improving`, from the stored state; empty without data."""
    latest = latest_of(measure, outside=outside)
    if latest.hidden is not None:
        return SAID[latest.hidden].capitalize()
    if latest.value is None:
        return ""
    said = measure.words.value(float(latest.value))
    words = latest.state.get("words", "")
    return f"{said}, {words[:1].lower()}{words[1:]}" if words else said


def init_drawing(app: Flask) -> None:
    """Hand these to every template."""
    app.jinja_env.globals.update(
        variation_icon_of=variation_icon_of,
        latest_in_words=latest_in_words,
        measure_kinds=KINDS,
    )


def _joined(drawings: Drawings) -> Markup:
    return svg.join(drawings.large, drawings.small)


def _float(number: Decimal | None) -> float | None:
    return None if number is None else float(number)
