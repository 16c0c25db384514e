"""Whatever the data, words stay inside the drawing and clear of each other."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.charts.bars import aim_bar, aim_strip, prediction_bar
from tracker.charts.domain import Cadence, Event, Form, Mark, Words
from tracker.charts.measure import measure_chart
from tracker.charts.thumbnail import thumbnail
from tracker.spc import analyse
from tracker.spc.values import Direction, Plan, Series

Look = Callable[[str], Any]
Sound = Callable[[str, Any], None]


def periods(n: int, months: int = 1, first: int = 2018 * 12 + 3) -> tuple[date, ...]:
    """First days of n periods, from April 2018."""
    every = range(first, first + n * months, months)
    return tuple(date(k // 12, k % 12 + 1, 1) for k in every)


def weekly(n: int) -> tuple[date, ...]:
    return tuple(date(2022, 1, 3) + timedelta(7 * i) for i in range(n))


@dataclass
class Case:
    x: tuple[date | float, ...]
    y: tuple[float | None, ...]
    words: Words = field(default_factory=lambda: Words("Falls", "falls"))
    kind: str = "xmr"
    target: float | None = None
    more: dict[str, Any] = field(default_factory=dict)
    rebase: tuple[date, ...] = ()


def noisy(n: int, middle: float = 50.0, spread: float = 5.0) -> tuple[float, ...]:
    dice = random.Random(n)  # noqa: S311 made-up data, not a secret
    return tuple(dice.gauss(middle, spread) for _ in range(n))


def marks(first: date, n: int, days: int) -> dict[str, Any]:
    at = [first + timedelta(days * i) for i in range(n)]
    return {
        "tests": [Mark(i + 1, f"Test {i}", d, d + timedelta(45)) for i, d in enumerate(at)],
        "events": [Event(chr(65 + i % 26), f"Event {i}", d) for i, d in enumerate(at)],
    }


PER = Words("Births", "births", Form.PERCENT, 1, Cadence.MONTH, Direction.INCREASE)
CASES = {
    "no points": Case((), ()),
    "no points, a target and a lag": Case(
        (), (), PER, target=95.0, more={"not_yet_from": date(2022, 3, 1)}
    ),
    "one point": Case(periods(1), (12.0,), target=15.0, more={"not_yet_from": date(2018, 5, 1)}),
    "two points": Case(periods(2), (12.0, 15.0)),
    "all missing": Case(periods(5), (None,) * 5),
    "constant": Case(periods(9), (0.1,) * 9),
    "constant nought": Case(periods(9), (0.0,) * 9, PER),
    "constant hundred": Case(periods(9), (100.0,) * 9, PER, target=100.0),
    "huge": Case(periods(9), tuple(v * 1e15 for v in noisy(9))),
    "huge and close": Case(periods(9), tuple(1e12 + i for i in range(9))),
    "tiny": Case(periods(9), tuple(v * 1e-6 for v in noisy(9))),
    "negative": Case(periods(30), noisy(30, -40, 30), target=-10.0),
    "far target": Case(periods(30), noisy(30, 5, 1), target=4000.0),
    "105 weeks": Case(
        weekly(105), noisy(105), Words("W", "people", cadence=Cadence.WEEK), target=50.0
    ),
    "105 weeks of many signals": Case(
        weekly(105),
        tuple(v + (60 if i % 6 == 0 else 0) for i, v in enumerate(noisy(105))),
        Words("W", "people", cadence=Cadence.WEEK),
    ),
    "60 months with 40 tests and events": Case(
        periods(60), noisy(60), PER, target=55.0, more=marks(date(2018, 5, 1), 40, 44)
    ),
    "marks all on one day": Case(periods(12), noisy(12), more=marks(date(2018, 9, 1), 20, 0)),
    "marks at the end": Case(periods(12), noisy(12), more=marks(date(2019, 3, 20), 12, 1)),
    "quarters": Case(periods(14, 3), noisy(14), Words("Q", "falls", cadence=Cadence.QUARTER)),
    "years": Case(periods(9, 12), noisy(9), Words("Y", "falls", cadence=Cadence.YEAR)),
    "days": Case(
        tuple(date(2024, 2, 1) + timedelta(i) for i in range(90)),
        noisy(90),
        Words("D", "falls", cadence=Cadence.DAY),
    ),
    "in order": Case(
        tuple(float(i) for i in range(1, 51)), noisy(50), Words("O", "days", cadence=Cadence.ORDER)
    ),
    "eight phases": Case(
        periods(40), noisy(40), rebase=periods(8, 5), more={"phases": ["x" * 60] * 8}),
    "long unit": Case(periods(20), noisy(20), Words("L", "people " * 40)),
    "run": Case(periods(24), noisy(24), PER, kind="run", target=52.0),
    "individuals": Case(periods(24), (*noisy(23), 900.0), kind="i"),
    "outside the calendar": Case((date.max.replace(day=1),), (4.0,), more={
        "tests": [Mark(1, "x", date.max, date.max)], "events": [Event("A", "x", date.min)]}),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_words_stay_inside_and_apart(name: str, look: Look, sound: Sound) -> None:
    case = CASES[name]
    plan = Plan(case.kind, target=case.target, rebase=case.rebase)
    chart = analyse(Series(case.x, case.y), plan)
    drawings = measure_chart(chart, case.words, ids="c", **case.more)
    for drawing in (drawings.large, drawings.small, thumbnail(chart, case.words, ids="t")):
        sound(str(drawing), look(drawing))


VALUES = st.one_of(st.none(), st.integers(-999, 99_999), st.floats(-1e6, 1e9, width=32))


@settings(max_examples=80, deadline=None, derandomize=True)
@given(
    ys=st.lists(VALUES, max_size=70),
    target=st.one_of(st.none(), st.integers(-50, 500)),
    form=st.sampled_from(Form),
    phase=st.integers(0, 70),
    start=st.integers(-400, 2500),
)
def test_any_series_is_legible(
    look: Look,
    sound: Sound,
    ys: list[float | None],
    target: float | None,
    form: Form,
    phase: int,
    start: int,
) -> None:
    xs = periods(len(ys))
    rebase = xs[phase : phase + 1]
    chart = analyse(Series(xs, tuple(ys)), Plan("xmr", target=target, rebase=rebase))
    words = Words("Any", "people", form)
    more = marks(date(2018, 4, 1) + timedelta(start), 5, 20)
    drawings = measure_chart(chart, words, ids="c", not_yet_from=date(2023, 1, 1), **more)
    for drawing in (drawings.large, drawings.small, thumbnail(chart, words, ids="t")):
        sound(str(drawing), look(drawing))


SOME = st.one_of(st.none(), st.floats(-1e5, 1e7, width=32), st.integers(0, 100))


@settings(max_examples=80, deadline=None, derandomize=True)
@given(
    baseline=SOME,
    target=SOME,
    due=SOME,
    latest=SOME,
    form=st.sampled_from(Form),
    better=st.sampled_from(Direction),
)
def test_any_bar_is_legible(
    look: Look,
    sound: Sound,
    baseline: float | None,
    target: float | None,
    due: float | None,
    latest: float | None,
    form: Form,
    better: Direction,
) -> None:
    words = Words("Any", "people", form, 1)
    aim = aim_bar(baseline, target, due, latest, words, ids="a", latest_name="Oct to Dec")
    drawings = [aim.large, aim.small, aim_strip(baseline, target, latest, words, ids="s")]
    if target is not None:
        bar = prediction_bar(target, latest, better, words, ids="p")
        drawings += [bar.large, bar.small]
    for drawing in drawings:
        sound(str(drawing), look(drawing))
