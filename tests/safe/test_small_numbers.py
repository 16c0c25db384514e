"""Small numbers: what is hidden, and that nobody can work out what it was."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.charts.measure import measure_chart
from tracker.charts.words import finding, verdicts
from tracker.measures import queries
from tracker.measures.domain import following
from tracker.measures.figures import amounts
from tracker.measures.models import Measure, PointKind
from tracker.measures.queries import Figure
from tracker.plugin_api import Cadence, Chart, Direction
from tracker.safe.numbers import plain
from tracker.safe.small_numbers import Hidden, hides_count, hides_ratio, in_ones, is_count


@pytest.mark.parametrize(
    ("numerator", "denominator", "why"),
    [
        (0, 100, None),
        (1, 100, Hidden.FEW),
        (4, 100, Hidden.FEW),
        (5, 100, None),
        (95, 100, None),
        (96, 100, Hidden.ALL_BUT_FEW),
        (99, 100, Hidden.ALL_BUT_FEW),
        (100, 100, None),
        (0, 4, Hidden.FEW_TO_COUNT),
        (4, 4, Hidden.FEW_TO_COUNT),
        (3, 8, Hidden.EITHER),
        (5, 6, Hidden.EITHER),
        (0, 8, None),
        (8, 8, None),
        (5, 10, None),
        (0, 0, None),
        (30, 20, None),
    ],
)
def test_a_count_is_hidden_when_it_or_the_rest_is_1_to_4(
    numerator: int, denominator: int, why: Hidden | None
) -> None:
    assert hides_ratio(Decimal(numerator), Decimal(denominator)) is why


@pytest.mark.parametrize(
    ("count", "is_hidden"), [("0", False), ("1", True), ("2.5", True), ("5", False), ("-3", True)]
)
def test_a_count_alone_is_hidden_from_1_to_4(count: str, is_hidden: bool) -> None:
    assert (hides_count(Decimal(count)) is Hidden.FEW) is is_hidden


@pytest.mark.parametrize(
    ("unit", "counts"),
    [
        ("people", True),
        ("falls per month", True),
        ("patients aged 65 years and over", True),
        ("people with a score over 5", True),
        ("per 1,000 bed days", False),
        ("falls per 1,000 bed days", False),
        ("thousand items", False),
        ("items (thousands)", False),
        ("%", False),
        ("£", False),
        ("Minutes", False),
        ("°C", False),
        ("mean hours", False),
        ("", True),
    ],
)
def test_only_what_counts_people_or_events_is_a_count(unit: str, counts: bool) -> None:
    assert is_count(unit) is counts


def test_a_list_in_thousands_is_not_small() -> None:
    words = "Registered list, in thousands"
    measure = measured("mg per 1,000", words, 1, Chart.XMR)
    held = figure(measure, date(2024, 1, 1), 9000, 4)
    assert queries.shown(measure, [held], outside=True) == [held]
    assert (in_ones(words), in_ones("People, in millions"), in_ones("Thousands fell")) == (
        1_000,
        1_000_000,
        1,
    )


def measured(unit: str, denominator: str, multiplier: int, chart: Chart) -> Measure:
    return Measure(
        id=1,
        title="Falls",
        numerator="People who fell",
        unit=unit,
        denominator=denominator,
        multiplier=Decimal(multiplier),
        chart=chart,
        better=Direction.DOWN,
        cadence=Cadence.MONTHLY,
        target=None,
    )


def figure(measure: Measure, period: date, over: int, under: int) -> Figure:
    value = Decimal(over)
    if measure.has_denominator:
        value = Decimal(over) / Decimal(under) * measure.multiplier
        return Figure(0, period, PointKind.VALUE, Decimal(over), Decimal(under), value, False, "")
    return Figure(0, period, PointKind.VALUE, None, None, value, False, "")


def view(measure: Measure, held: list[Figure], phases: list[date]) -> list[Any]:
    """Everything that is made of a measure for somebody outside."""
    told = queries.shown(measure, held, outside=True)
    chart = queries.chart_of(measure, told, phases)
    words = measure.words
    return [
        [amounts(measure, f, plain) for f in told],
        chart,
        finding(chart, words),
        [(v.heading, v.reason) for v in verdicts(chart, words)],
        str(measure_chart(chart, words, ids="m")),
    ]


@st.composite
def series(draw: st.DrawFn) -> tuple[Measure, list[tuple[int, int]]]:
    unit, denominator, multiplier = draw(
        st.sampled_from([("people", "", 1), ("%", "All", 100), ("per 1,000 days", "Days", 1000)])
    )
    measure = measured(unit, denominator, multiplier, draw(st.sampled_from([Chart.XMR, Chart.RUN])))
    pairs = []
    for _ in range(draw(st.integers(1, 15))):
        under = draw(st.integers(1, 30))
        pairs.append((draw(st.integers(0, under)), under))
    return measure, pairs


@settings(max_examples=60, deadline=None)
@given(series(), st.booleans(), st.data())
def test_who_knows_everything_shown_and_how_it_is_made_still_cannot_tell(
    made: tuple[Measure, list[tuple[int, int]]], has_phase: bool, data: st.DataObject
) -> None:
    # Whatever can be subtracted, divided or averaged is a function of what is shown. So the
    # adversary tries every number a hidden one could be, and keeps those that show the same.
    measure, pairs = made
    days = [date(2024, 1, 1)]
    while len(days) < len(pairs):
        days.append(following(days[-1], Cadence.MONTHLY))
    phases = [days[len(days) // 2]] if has_phase else []
    held = [figure(measure, day, *pair) for day, pair in zip(days, pairs, strict=True)]
    hidden = [at for at, f in enumerate(queries.shown(measure, held, outside=True)) if f.hidden]
    if not hidden:
        assert view(measure, held, phases)[0] == [amounts(measure, f, plain) for f in held]
        return
    at = data.draw(st.sampled_from(hidden))
    seen, under = view(measure, held, phases), pairs[at][1]
    worlds = (
        [(n, d) for d in range(1, 5) for n in range(d + 1)]
        if measure.has_denominator and under < 5
        else [(n, under) for n in range(31)]
    )
    could_be = []
    for pair in worlds:
        other = [*held[:at], figure(measure, days[at], *pair), *held[at + 1 :]]
        if view(measure, other, phases) == seen:
            could_be.append(pair)
    assert pairs[at] in could_be
    assert len({n for n, _ in could_be}) >= 4


@settings(max_examples=100, deadline=None)
@given(series())
def test_no_total_average_or_ratio_of_what_is_shown_gives_a_hidden_count(
    made: tuple[Measure, list[tuple[int, int]]],
) -> None:
    measure, pairs = made
    day, held = date(2024, 1, 1), []
    for pair in pairs:
        held.append(figure(measure, day, *pair))
        day = following(day, Cadence.MONTHLY)
    told = queries.shown(measure, held, outside=True)
    chart = queries.chart_of(measure, told, [])
    shown = [float(f.value) for f in told if f.value is not None]
    if chart.kind == "xmr" and chart.parts and chart.parts[0].centre is not None:
        # The mean times all periods, less what is shown, is a total of what is hidden - were the
        # mean taken over it. It is the mean of what is shown alone.
        assert chart.parts[0].centre * len(shown) == pytest.approx(sum(shown))
    for f, (over, under) in zip(told, pairs, strict=True):
        if f.hidden is None:
            continue
        assert f.numerator is None
        assert f.value is None
        text = " ".join(amounts(measure, f, plain))
        assert str(over) not in text.replace("<5", "").replace(str(under), "").split()


def test_part_of_a_period_is_not_told_outside() -> None:
    measure = measured("people", "", 1, Chart.XMR)
    part = figure(measure, date(2024, 1, 1), 7, 0)._replace(is_partial=True)
    [told] = queries.shown(measure, [part], outside=True)
    assert (told.hidden, told.value) == (Hidden.PART, None)


def test_a_percentage_that_came_as_one_is_shown() -> None:
    measure = measured("%", "", 1, Chart.XMR)
    held = [figure(measure, date(2024, 1, 1), 3, 0)]
    assert queries.shown(measure, held, outside=True) == held
