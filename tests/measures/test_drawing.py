"""Measures drawn in small: tiles, the aim, predictions, and what a list says of each."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tracker.auth.models import User
from tracker.db import unit_of_work
from tracker.measures import drawing, queries, services
from tracker.measures.models import Measure, PointKind
from tracker.measures.services import Keeping, Row
from tracker.measures.standing import standing
from tracker.plugin_api import Cadence, Direction
from tracker.projects.models import Project
from tracker.testing import factories

JAN, FEB, MARCH = date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1)
SHARE: dict[str, Any] = {
    "unit": "%",
    "denominator": "Babies born before 34 weeks",
    "multiplier": Decimal(100),
    "better": Direction.UP,
}
FALLING = [20, 21, 19, 20, 22, 20, 21, 19, 20, 21, 20, 19, 12, 11, 10, 9, 8, 7, 6]


@pytest.fixture
def lead(app: object) -> User:
    return factories.person()


@pytest.fixture
def project(lead: User) -> Project:
    return factories.project(by=lead)


@pytest.fixture
def measure(project: Project) -> Measure:
    return factories.measure(project)


def record(measure: Measure, lead: User, *rows: Row, **more: object) -> services.Counts:
    with unit_of_work():
        return services.add_points(measure, rows, by=lead, source="test", **more)  # type: ignore[arg-type]


def test_lists_read_the_stored_state_alone(measure: Measure, count_statements: object) -> None:
    factories.points(measure, FALLING)
    [held] = queries.of_projects([measure.project_id])
    with count_statements() as statements:  # type: ignore[operator]
        assert drawing.latest_in_words(held, outside=False) == "6, improving"
        assert drawing.variation_icon_of(held, outside=False).startswith("<svg")
        assert held.period_name == "July 2025"
    assert statements == []


def test_nothing_known_is_no_state(measure: Measure) -> None:
    assert measure.chart_state == {}
    assert drawing.latest_in_words(measure, outside=False) == ""
    assert drawing.variation_icon_of(measure, outside=False) == ""
    assert queries.observed([], outside=False) == {}
    assert queries.of_projects([]) == []


@pytest.mark.parametrize(
    ("cadence", "latest", "today", "late"),
    [
        (Cadence.MONTHLY, date(2025, 5, 1), date(2025, 7, 14), None),
        (Cadence.MONTHLY, date(2025, 5, 1), date(2025, 7, 15), date(2025, 6, 1)),
        (Cadence.WEEKLY, date(2025, 6, 23), date(2025, 7, 20), None),
        (Cadence.WEEKLY, date(2025, 6, 23), date(2025, 7, 21), date(2025, 6, 30)),
        (Cadence.PER_EVENT, date(2020, 1, 1), date(2025, 7, 21), None),
    ],
)
def test_data_are_late_a_fortnight_after_their_period(
    project: Project,
    lead: User,
    cadence: Cadence,
    latest: date,
    today: date,
    late: date | None,
) -> None:
    measure = factories.measure(project, cadence=cadence)
    record(measure, lead, Row(latest, value=Decimal(1)))
    assert measure.late_period(today) == late


def test_a_series_that_has_ended_is_never_late(project: Project, lead: User) -> None:
    measure = factories.measure(project, keeping=Keeping(collected_until=JAN))
    record(measure, lead, Row(JAN, value=Decimal(1)))
    assert measure.late_period(date(2030, 1, 1)) is None
    assert drawing.not_yet_from(measure, date(2030, 1, 1)) is None


def test_the_aim_is_drawn_from_the_measure_in_its_unit(project: Project, lead: User) -> None:
    assert drawing.aim_bar(project.aim, None) is None
    share = factories.measure(project, **SHARE)
    factories.points(share, [(9, 12), (12, 12)])
    with unit_of_work():
        project.aim.baseline, project.aim.target = Decimal(75), Decimal(95)
        project.aim.by = date(2024, 1, 31)
    stands = standing(project.aim, [factories.measure(project), share], outside=False)
    bar = drawing.aim_bar(project.aim, stands)
    assert bar is not None
    assert "Baseline 75%, when the aim was due 75%, now 100%, target 95%" in bar
    assert standing(project.aim, [], outside=False) is None
    unmeasured = drawing.aim_bar(project.aim, None)
    assert unmeasured is not None
    assert "Baseline 75%, target 95%" in unmeasured


def test_the_aim_is_judged_by_three_months_when_it_was_due_and_now(
    project: Project, lead: User
) -> None:
    clamped = factories.measure(project, **SHARE)
    first = [(9, 12), (8, 11), (9, 12), (9, 11), (10, 12), (11, 12)]
    since = [(10, 11), (11, 12), (12, 12), (11, 11), (11, 12), (12, 12)]
    factories.points(clamped, first + since)
    with unit_of_work():
        project.aim.baseline, project.aim.target = Decimal(75), Decimal(95)
        project.aim.by = date(2024, 6, 30)
    stands = standing(project.aim, [clamped], outside=False)
    assert stands is not None
    assert stands.in_words(project.aim.target) == (
        "Target missed at the due date: 85.7% in April to June 2024 (30 of 35). "
        "Reached by now: 97.1% in October to December 2024 (34 of 35)."
    )
    # A month that is not whole gives the month before nothing to be added to.
    record(clamped, lead, Row(date(2024, 11, 1), kind=PointKind.NOT_REPORTED))
    again = standing(project.aim, [clamped], outside=False)
    assert again is not None
    assert again.latest is not None
    assert (again.latest.when, again.latest.counts) == ("December 2024", "12 of 12")


def test_two_predictions_on_a_page_share_no_id(measure: Measure) -> None:
    bars = [drawing.prediction_bar(measure, Decimal(5), Decimal(4)) for _ in range(2)]
    assert "Predicted 5, observed 4: met by 1 people" in bars[0]
    assert bars[0] != bars[1]


def test_letters_go_on_after_z() -> None:
    assert [drawing.letter(at) for at in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]
