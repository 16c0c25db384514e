"""Ramps: where cycles stand, what leads from one to the next, and what the numbers came to."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from tracker.auth.models import User
from tracker.db import unit_of_work
from tracker.drivers import services as drivers
from tracker.drivers.domain import Level
from tracker.pdsa import services
from tracker.pdsa.domain import Decision, Size, calibration, likely_size, score
from tracker.pdsa.ramps import OnRamp, rungs, shrinks
from tracker.pdsa.services import PredictionPlan
from tracker.projects.models import Project, Sharing
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.plugin import Clock, CountStatements, LogIn

ADOPT, ADAPT, ABANDON = Decision.ADOPT, Decision.ADAPT, Decision.ABANDON
SEEN = ((9, 11), (10, 12), (11, 12))


@pytest.mark.parametrize(
    ("words", "size"),
    [
        ("One patient", Size.ONE),
        ("One shift", Size.SHIFT),
        ("One shift on the ward", Size.SHIFT),
        ("One week, all shifts", Size.WEEK),
        ("Whole unit, all shifts, one month", Size.UNIT),
        ("One practice, ten patients", Size.UNIT),
        ("Both units, one month", Size.BEYOND),
        ("Nine practices", Size.BEYOND),
        ("As it comes", None),
        ("", None),
    ],
)
def test_a_teams_own_words_say_how_big_a_test_is(words: str, size: Size | None) -> None:
    assert likely_size(words) is size


def test_a_ramp_grows_and_says_what_leads_on() -> None:
    found = rungs(
        [
            OnRamp(1, Size.SHIFT, ADAPT),
            OnRamp(2, Size.WEEK, ADAPT, 1),
            OnRamp(4, Size.WEEK, None, 2),
            OnRamp(7, None, ADOPT),
        ]
    )
    assert [(r.number, r.column, r.leads, r.to, r.goes_on) for r in found] == [
        (1, 2, "Adapt", 3, True),
        (2, 3, "Adapt", None, True),
        (4, 3, "Not decided", None, True),
        (7, 3, "Adopt", None, False),
    ]


def test_a_branch_is_no_step_of_the_one_before() -> None:
    found = rungs(
        [OnRamp(1, Size.ONE, ADAPT), OnRamp(2, Size.WEEK, ADOPT, 1), OnRamp(3, None, None, 1)]
    )
    assert (found[1].goes_on, found[1].leads) == (False, "Adopt")
    assert found[2].leads == ""


def test_a_scale_that_shrinks_is_named_unless_it_was_adapted() -> None:
    big, small = OnRamp(1, Size.UNIT, ADOPT), OnRamp(2, Size.ONE, None, 1)
    assert [(s.number, s.before) for s in shrinks([big, small])] == [(2, 1)]
    assert "Going smaller is a good way to learn" in shrinks([big, small])[0].words
    assert shrinks([big._replace(decision=ADAPT), small]) == []
    assert shrinks([big._replace(size=None), small]) == []
    assert shrinks([big._replace(size=Size.ONE), small]) == []


def test_one_of_three_met_with_a_mean_error_of_1_1_points() -> None:
    """The test of product idea 4, in exact decimals."""
    scores = [
        score(Decimal(value), Decimal(over) * 100 / Decimal(under), better="up", unit="%")
        for value, (over, under) in zip((85, 85, 90), SEEN, strict=True)
    ]
    found = calibration(scores)
    assert found.words == "1 of 3 met, mean error −1.1 points"
    assert [s.words for s in scores] == [
        "missed by 3.2 points",
        "missed by 1.7 points",
        "met by 1.7 points",
    ]


def test_errors_of_different_units_are_not_added_up() -> None:
    scores = [
        score(Decimal(85), Decimal(90), better="up", unit="%"),
        score(Decimal(10), Decimal(8), better="down", unit="people"),
    ]
    assert calibration(scores).words == "2 of 2 met, mean error +5.0 points and −2.0 people"
    assert calibration([]).words == ""


@pytest.fixture
def lead(app: Flask, stop_clock: Clock) -> User:
    stop_clock(date(2026, 7, 20))
    return factories.person("Jo Example")


@pytest.fixture
def jo(lead: User, client: TrackerClient, log_in: LogIn) -> TrackerClient:
    return log_in(lead)


@pytest.fixture
def project(lead: User) -> Project:
    """Three cycles on one idea of the diagram, each with a number that has come in."""
    project = factories.project("Optimal cord management", by=lead)
    measure = factories.points(
        factories.measure(
            project,
            by=lead,
            title="Clamped late",
            unit="%",
            better="up",
            denominator="Babies",
            multiplier=Decimal(100),
        ),
        SEEN,
        by=lead,
    )
    with unit_of_work():
        kit = drivers.add_driver(project, Level.PRIMARY, "Equipment", by=lead)
        drivers.add_idea(project, "Trolley", under=[kit], by=lead)
        drivers.add_idea(project, "Leaflet", under=[kit], by=lead)
    sizes = (Size.SHIFT, Size.WEEK, Size.UNIT)
    before = None
    for number, (value, size) in enumerate(zip((85, 85, 90), sizes, strict=True), start=1):
        cycle = factories.cycle(
            project,
            by=lead,
            title=f"Trolley {number}",
            parent=before,
            change_idea="trolley",
            starts_on=date(2026, 3 + number, 1),
            ends_on=date(2026, 3 + number, 28),
            size=size,
            predictions=[
                PredictionPlan(
                    measure_id=measure.id, value=Decimal(value), period=date(2024, number, 1)
                )
            ],
        )
        if number < 3:
            with unit_of_work():
                services.decide(cycle, ADAPT, next_change="", on=date(2026, 7, 1), by=lead)
        before = cycle
    return project


def test_the_pages_over_all_cycles(
    jo: TrackerClient, project: Project, lead: User, count_statements: CountStatements
) -> None:
    factories.cycle(project, by=lead, title="Loose", starts_on=date(2026, 8, 1))
    jo.get(f"/projects/{project.id}/ramp")
    with count_statements() as few:
        shown = jo.get(f"/projects/{project.id}/ramp").text
    for words in (
        "4 cycles on 1 idea. Numbers predicted so far: 1 of 3 met, mean error −1.1 points.",
        "Driver: Equipment",
        "Testing</span>",
        'class="qi-cyc qi-c-2"',
        'class="qi-goes qi-f-2 qi-to-3"',
        'class="qi-cyc qi-c-4 qi-cyc--now"',
        "Missed by 3.2",
        "Met by 1.7",
        "predicted 85%, saw 81.8%",
        "On no change idea yet",
        "Planned",
        "Ideas that wait to be tested",
        'Plan a cycle<span class="nhsuk-u-visually-hidden"> for Leaflet',
        "Are these good tests?",
    ):
        assert words in shown, words

    drawn = jo.get(f"/projects/{project.id}/ramp?as=timeline").text
    assert drawn.count("<svg") == 2
    assert "Clamped late" in drawn
    assert 'value="2"' in drawn

    for page in (f"/projects/{project.id}", f"/organisations/{project.organisation_id}"):
        told = jo.get(f"{page}/predictions").text
        assert "1 of 3 met, mean error −1.1 points." in told
        assert "−3.2 points" in told
        assert "83.3%" in told

    for number in range(27):
        factories.cycle(project, by=lead, title=f"More {number}", change_idea="trolley")
    with count_statements() as many:
        assert "31 cycles" in jo.get(f"/projects/{project.id}/ramp").text
    assert len(many) == len(few)


def test_an_outside_reader_learns_no_small_number(
    project: Project, client: TrackerClient, log_in: LogIn
) -> None:
    with unit_of_work():
        project.sharing = Sharing.NATIONAL
    other = log_in(factories.person("Outside"))
    for page in ("ramp", "predictions", "ramp?as=timeline"):
        assert "91.7%" not in other.get(f"/projects/{project.id}/{page}").text
