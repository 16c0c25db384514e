"""What is said of a chart: the finding, the verdicts, the readings, the numbers."""

from __future__ import annotations

import doctest
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from tracker.charts import domain, signals, words
from tracker.charts import svg as pens
from tracker.charts.domain import Cadence, Form, Words
from tracker.charts.signals import reading
from tracker.charts.words import (
    assurance_verdict,
    finding,
    met_lately,
    prediction_result,
    variation_verdict,
    verdict,
    verdicts,
)
from tracker.spc.values import Assurance, Chart, Direction, Variation

ChartOf = Callable[..., Chart]
Months = Callable[..., list[date]]

PEOPLE = Words("People", "people", better=Direction.DECREASE)
BIRTHS = Words("Cord", "births", Form.PERCENT, 1, Cadence.MONTH, Direction.INCREASE)
QUIET = [4, 7, 5, 8, 3, 6, 8, 4, 6, 3, 7, 5]


@pytest.mark.parametrize("module", [domain, signals, pens, words])
def test_examples_in_the_docstrings_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type] # it wants a module


def test_finding_gives_the_mean_before_and_after_the_signals_and_the_latest(
    chart_of: ChartOf, opioid_values: list[float]
) -> None:
    phases = [date(2021, 4, 1), date(2022, 1, 1)]
    assert finding(chart_of(opioid_values, rebase=phases), PEOPLE) == (
        "The mean fell from 1,271 to 1,267 people a month from April 2021, then fell to 1,195 from"
        " January 2022. There are 2 signals; the latest value was 1,141 in October 2022."
    )


def test_finding_of_one_phase(chart_of: ChartOf) -> None:
    assert finding(chart_of(QUIET), PEOPLE) == (
        "The mean is 5.5 people a month. There are no signals; the latest value was 5 in June 2021."
    )


def test_finding_of_a_run_chart_speaks_of_chance(chart_of: ChartOf) -> None:
    calm, shifted = (
        chart_of(QUIET, kind="run"),
        chart_of([5, 4] * 5 + [9] * 11, kind="run"),
    )
    assert "The points do not differ from chance;" in finding(calm, PEOPLE)
    assert "The points differ from chance;" in finding(shifted, PEOPLE)


def test_finding_without_data_and_with_one_point(chart_of: ChartOf) -> None:
    assert finding(chart_of([]), PEOPLE) == "No data yet."
    assert finding(chart_of([None, None]), PEOPLE) == "No data yet."
    assert finding(chart_of([45.0]), BIRTHS) == "One point so far: 45% in July 2020."


@pytest.mark.parametrize(
    ("last", "better", "heading", "kind"),
    [
        (30, Direction.INCREASE, "Improving", Variation.IMPROVEMENT),
        (30, Direction.DECREASE, "Getting worse", Variation.CONCERN),
        (-30, Direction.DECREASE, "Improving", Variation.IMPROVEMENT),
        (30, Direction.NEUTRAL, "Higher than usual", Variation.NEUTRAL_HIGH),
        (5, Direction.INCREASE, "No change", Variation.COMMON_CAUSE),
    ],
)
def test_fixed_words_for_variation(
    chart_of: ChartOf, last: float, better: Direction, heading: str, kind: Variation
) -> None:
    chart = chart_of([*QUIET, last], better=better)
    said = variation_verdict(chart, replace(PEOPLE, better=better))
    assert (said.heading, said.kind) == (heading, kind)
    assert said.up is (None if last == 5 else last > 0)
    if last == 30:
        assert said.reason == "The latest month is above the upper limit"


def test_too_few_points_says_how_many_are_needed(chart_of: ChartOf) -> None:
    icon, heading, reason = verdict(chart_of([4, 5, 6]), PEOPLE)
    assert heading == "Too few points"
    assert reason == "3 of the 7 months needed"
    assert "stroke-dasharray" in icon
    assert verdict(chart_of([]), PEOPLE)[1:] == ("Too few points", "No data yet")


def test_too_few_points_in_a_new_phase_but_a_signal_is_never_hidden(
    chart_of: ChartOf, months: Months
) -> None:
    new = [months(13)[12]]
    calm = variation_verdict(chart_of([*QUIET, 5, 6, 4], rebase=new), PEOPLE)
    assert calm.reason == "3 of the 7 months needed in this phase"
    loud = variation_verdict(chart_of([*QUIET, 5, 6, 5, 6, 5, 90], rebase=new), PEOPLE)
    assert loud.heading == "Getting worse"


@pytest.mark.parametrize(
    ("target", "better", "heading", "short", "reason"),
    [
        (50, "increase", "Not expected to reach 50", "Below 50", "above the expected range"),
        (50, "decrease", "Expected to reach 50", "Reaches 50", "above the expected range"),
        (-50, "decrease", "Not expected to reach −50", "Above −50", "below the expected range"),
        (-50, "increase", "Expected to reach −50", "Reaches −50", "below the expected range"),
        (6, "increase", "May miss 6", "May miss 6", "inside the expected range"),
    ],
)
def test_fixed_words_for_assurance(
    chart_of: ChartOf, target: float, better: str, heading: str, short: str, reason: str
) -> None:
    said = assurance_verdict(chart_of(QUIET, target=target, better=Direction(better)), PEOPLE)
    assert said is not None
    assert (said.heading, said.short) == (heading, short)
    assert said.reason == f"The target is {reason}"


def test_assurance_without_limits_promises_nothing(chart_of: ChartOf) -> None:
    said = assurance_verdict(chart_of([5.0] * 9, target=7), PEOPLE)
    assert said is not None
    assert said.kind is Assurance.INCONSISTENT
    assert said.reason == "There is no expected range yet"


def test_a_run_chart_has_no_assurance_but_counts_how_often_the_target_was_met(
    chart_of: ChartOf,
) -> None:
    chart = chart_of([90, 91, 94, None, 96, 92, 97], kind="run", target=95)
    assert len(verdicts(chart, BIRTHS)) == 1
    assert met_lately(chart, BIRTHS) == "95% met in 2 of last 3"
    assert met_lately(chart, replace(BIRTHS, better=Direction.NEUTRAL)) == ""


def test_run_chart_verdicts_speak_of_shift_and_crossings(chart_of: ChartOf) -> None:
    calm = variation_verdict(chart_of(QUIET, kind="run"), PEOPLE)
    assert calm.heading == "No change"
    assert calm.reason == "The latest points do not differ from chance"
    shift = variation_verdict(chart_of([5, 4] * 5 + [9, 8] * 5, kind="run"), PEOPLE)
    assert shift.heading == "Getting worse"
    assert shift.reason == "The latest 10 months are above the median, more than chance gives"
    ends = [5, 4, 6, 4, 5, 9, 8, 9, 8, 9, 4, 5, 4, 5, 4, 9, 8, 9, 8, 9]
    assert (
        "crosses the median 3 times, less"
        in variation_verdict(chart_of(ends, kind="run"), PEOPLE).reason
    )


def test_a_run_chart_waits_for_ten_points(chart_of: ChartOf) -> None:
    assert variation_verdict(chart_of(QUIET[:9], kind="run"), PEOPLE).heading == "Too few points"
    assert variation_verdict(chart_of(QUIET[:10], kind="run"), PEOPLE).heading == "No change"


def test_a_point_outside_on_an_i_chart_reads_by_the_direction(chart_of: ChartOf) -> None:
    chart = chart_of([*QUIET, 40], kind="i")
    assert variation_verdict(chart, PEOPLE).heading == "Getting worse"
    assert reading(chart.points[-1], Direction.DECREASE) == "Concern: above upper limit"
    assert reading(chart.points[-1]) == "Higher: above upper limit"


def test_reading_of_each_point_for_the_table(chart_of: ChartOf, opioid_values: list[float]) -> None:
    chart = chart_of([*opioid_values, None], rebase=[date(2022, 1, 1)])
    said = [reading(p) for p in chart.points]
    assert said[0] == "Expected"
    assert said[23] == "Concern: above upper limit"
    assert said[27] == "Improvement: two of three near lower limit"
    assert said[28] == "No data"


@pytest.mark.parametrize(
    ("predicted", "observed", "better", "words", "said"),
    [
        (95, 100, "increase", BIRTHS, "met by 5 points"),
        (90, 83.3, "increase", BIRTHS, "missed by 6.7 points"),
        (90, 89, "increase", BIRTHS, "missed by 1 point"),
        (90, 90, "increase", BIRTHS, "met exactly"),
        (1150, 1141, "decrease", PEOPLE, "met by 9 people"),
        (5, 6, "neutral", PEOPLE, "missed by 1 people"),
        (0.3, 0.1 + 0.2 - 0.1, "decrease", Words("R", "days", Form.RATE, 1), "met by 0.1 days"),
    ],
)
def test_result_of_a_prediction(
    predicted: float, observed: float, better: str, words: Words, said: str
) -> None:
    assert prediction_result(predicted, observed, Direction(better), words) == said


@pytest.mark.parametrize(
    ("words", "number", "said"),
    [
        (PEOPLE, 1195.4, "1,195"),
        (PEOPLE, 6.57, "6.6"),
        (PEOPLE, -3.0, "−3"),
        (PEOPLE, -0.0, "0"),
        (PEOPLE, 2_500_000.0, "2.5m"),
        (BIRTHS, 100.0, "100%"),
        (BIRTHS, 83.333, "83.3%"),
        (Words("R", form=Form.RATE, decimals=2), 4.5, "4.50"),
        (Words("R", form=Form.RATE), 0.00123, "0.0012"),
    ],
)
def test_numbers_are_written_for_people(words: Words, number: float, said: str) -> None:
    assert words.value(number) == said


@pytest.mark.parametrize(
    ("cadence", "on", "period", "tick"),
    [
        ("month", date(2022, 1, 1), "January 2022", "Jan 22"),
        ("week", date(2022, 1, 3), "week of 3 January 2022", "3 Jan 22"),
        ("quarter", date(2021, 4, 1), "April to June 2021", "Apr–Jun 21"),
        ("quarter", date(2021, 11, 1), "November to January 2022", "Nov–Jan 22"),
        ("year", date(2021, 4, 1), "2021/22", "2021/22"),
        ("year", date(2021, 1, 1), "2021", "2021"),
        ("day", date(2021, 4, 5), "5 April 2021", "5 Apr 21"),
        ("order", 7.0, "point 7", "7"),
    ],
)
def test_periods_by_cadence(cadence: str, on: date | float, period: str, tick: str) -> None:
    words = Words("W", cadence=Cadence(cadence))
    assert (words.period(on), words.tick(on)) == (period, tick)


def test_the_axis_says_unit_and_cadence() -> None:
    assert PEOPLE.heading == "People a month"
    assert Words("W", "people", cadence=Cadence.QUARTER).heading == "People a quarter"
    assert BIRTHS.heading == "Percentage of births"
    assert Words("W", "mg per patient", Form.RATE).heading == "mg per patient"
    assert Words("W", "people", axis="Adults").heading == "Adults"
