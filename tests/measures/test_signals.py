"""Signals as something to explain: found, told apart, explained by hand, and taken back."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from tracker.auth.models import User
from tracker.charts.domain import Form, Words
from tracker.db import db, unit_of_work
from tracker.measures import services
from tracker.measures.models import AnnotationKind, Measure, SignalExplanation
from tracker.measures.signals import Found, found_in, overlaps, window
from tracker.pdsa.models import PdsaCycle
from tracker.plugin_api import Cadence, Chart
from tracker.projects.models import Project
from tracker.spc import analyse
from tracker.spc.values import Direction, Plan, Series, Variation
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.plugin import Clock, LogIn

WORDS = Words("Cord", form=Form.PERCENT, decimals=1, better=Direction.INCREASE)
YEAR = (
    (9, 12), (8, 11), (9, 12), (9, 11), (10, 12), (11, 12),
    (10, 11), (11, 12), (12, 12), (11, 11), (11, 12), (12, 12),
)  # fmt: skip
MONTHS = tuple(date(2022, month, 1) for month in range(1, 13))
SHIFT = Found(
    "run-above",
    date(2022, 4, 1),
    date(2022, 12, 1),
    Variation.IMPROVEMENT,
    "Improvement: 9 months in a row above the median",
)


def run_chart(values: tuple[float, ...], freeze: int | None = None) -> list[Found]:
    months = MONTHS[: len(values)]
    return found_in(analyse(Series(months, values), Plan("run", freeze=freeze)), WORDS)


def test_nine_points_above_the_baseline_are_one_signal_from_april() -> None:
    """The shift of the walk: lines held at January to March, then nine months above 75%."""
    assert run_chart(tuple(100 * a / b for a, b in YEAR), freeze=3) == [SHIFT]
    assert SHIFT.when(WORDS) == "April 2022 to December 2022"


def test_a_chart_without_a_signal_has_nothing_to_explain() -> None:
    assert run_chart((1.0, 3.0, 2.0, 4.0, 1.0, 3.0, 2.0, 4.0, 2.0, 3.0, 1.0, 4.0)) == []
    assert found_in(analyse(Series((), ()), Plan("run")), WORDS) == []


def test_points_on_the_line_neither_add_to_a_run_nor_break_it() -> None:
    values = (1.0, 1.0, 1.0, 2.0, 2.0, 1.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0)
    (found,) = run_chart(values, freeze=3)
    assert (found.first, found.says.split()[1]) == (date(2022, 4, 1), "8")


def test_of_two_runs_as_long_the_later_is_the_signal() -> None:
    months = [*MONTHS, *(month.replace(year=2023) for month in MONTHS)]
    values = (1.0,) * 12 + (2.0,) * 12
    (found,) = found_in(analyse(Series(tuple(months), values), Plan("run")), WORDS)
    assert (found.rule, found.first) == ("run-above", date(2023, 1, 1))


def test_a_point_outside_the_limits_of_an_xmr_chart_is_one_too() -> None:
    values = (*(float(50 + i % 4) for i in range(11)), 90.0)
    chart = analyse(Series(MONTHS, values), Plan("xmr", direction=Direction.DECREASE))
    found = found_in(chart, replace(WORDS, better=Direction.DECREASE))
    last = max(found, key=lambda f: f.first)
    assert (last.rule, last.first) == ("above-upper-limit", date(2022, 12, 1))
    assert last.says == "Concern: above upper limit"


def test_causes_lie_from_a_little_before_a_signal_to_its_end() -> None:
    days = window(SHIFT, Cadence.MONTHLY)
    assert days == (date(2022, 2, 1), date(2022, 12, 31))
    assert overlaps(date(2021, 5, 1), None, days)
    assert overlaps(date(2022, 12, 31), date(2023, 2, 1), days)
    assert not overlaps(date(2021, 5, 1), date(2022, 1, 31), days)
    assert not overlaps(date(2023, 1, 1), None, days)
    assert window(SHIFT, Cadence.PER_EVENT)[0] == SHIFT.first


@pytest.fixture
def lead(app: Flask, stop_clock: Clock) -> User:
    stop_clock(date(2026, 1, 20))
    return factories.person("Jo Example")


@pytest.fixture
def project(lead: User) -> Project:
    return factories.project("Optimal cord management", by=lead)


@pytest.fixture
def measure(project: Project, lead: User) -> Measure:
    """The year of the walk, its lines held at the first three months; figures begin in 2024."""
    made = factories.points(
        factories.measure(
            project,
            by=lead,
            title="Clamped late",
            chart=Chart.RUN,
            unit="%",
            better="up",
            denominator="Babies",
            multiplier=Decimal(100),
        ),
        YEAR,
        by=lead,
    )
    with unit_of_work():
        services.set_baseline(
            made,
            name="Before",
            first_on=date(2024, 1, 1),
            last_on=date(2024, 3, 1),
            holds_lines=True,
            by=lead,
        )
        services.annotate(
            project,
            kind=AnnotationKind.POLICY,
            starts_on=date(2024, 6, 1),
            text="New policy",
            by=lead,
        )
    return made


@pytest.fixture
def cycle(project: Project, lead: User) -> PdsaCycle:
    return factories.cycle(
        project,
        by=lead,
        title="Trolley",
        starts_on=date(2024, 4, 4),
        ends_on=date(2024, 4, 20),
    )


def test_a_person_says_what_explains_a_signal_and_takes_it_back(
    project: Project,
    measure: Measure,
    cycle: PdsaCycle,
    lead: User,
    client: TrackerClient,
    log_in: LogIn,
) -> None:
    factories.cycle(project, by=lead, title="Long after", starts_on=date(2025, 6, 1))
    jo = log_in(lead)
    here = f"/projects/{project.id}/measures/{measure.id}"
    form = f"{here}/signals/run-above/2024-04-01"
    shown = jo.get(f"{here}?figures=all").text
    assert "What explains this signal?" in shown
    assert "9 months in a row above the median" in shown
    assert "Signal not explained yet" in shown
    assert form in shown

    drawn = jo.get(form).text
    assert "Test 1: Trolley" in drawn
    assert "Event A: New policy" in drawn
    assert "Long after" not in drawn
    event = drawn[drawn.index('value="event-') :].split('"')[1]
    refused = jo.post(form, data={"causes": f"test-{cycle.id}", "text": ""})
    assert refused.status_code == 422
    assert "We looked and do not know" in refused.text
    assert jo.post(form, data={"causes": "test-0", "text": "No"}).status_code == 422

    sent = {
        "causes": [f"test-{cycle.id}", event],
        "text": "The cord side is free",
        "idem_key": str(uuid.uuid4()),
    }
    for _ in range(2):
        assert jo.post(form, data=sent).headers["Location"] == f"{here}#signals"
    shown = jo.get(f"{here}?figures=all").text
    for words in (
        "What explains the signals",
        "test 1, Trolley</a>; event A, New policy",
        "The cord side is free",
        "Jo Example, 20 January 2026",
        "Signal explained",
        "is explained: test 1, Trolley, event A, New policy. The cord side is free.",
    ):
        assert words in shown, words
    assert "not explained yet" not in shown.lower()
    assert (
        "Clamped late, from April 2024" in jo.get(f"/projects/{project.id}/cycles/{cycle.id}").text
    )
    assert "said what explains a signal" in jo.get(f"/projects/{project.id}/history").text

    row = db.session.scalars(db.select(SignalExplanation)).one()
    back = jo.post(f"/projects/{project.id}/explanations/{row.id}/take-back")
    gone = jo.get(back.headers["Location"]).text
    assert "Not explained yet" in gone
    restore = f"/projects/{project.id}/explanations/{row.id}/restore"
    assert restore in gone
    assert "The cord side is free" in jo.get(f"/projects/{project.id}/deleted").text
    assert "The cord side is free" in jo.get(jo.post(restore).headers["Location"]).text


def test_a_signal_that_is_not_there_has_no_form(
    project: Project, measure: Measure, lead: User, client: TrackerClient, log_in: LogIn
) -> None:
    jo = log_in(lead)
    here = f"/projects/{project.id}/measures/{measure.id}/signals"
    for address in ("run-above/2024-02-01", "run-below/2024-04-01", "run-above/someday"):
        assert jo.get(f"{here}/{address}").status_code == 404
