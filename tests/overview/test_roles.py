"""The home of a coach, a PSC manager and a national viewer, and what each costs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask

from tracker.auth.models import User
from tracker.comments import services as comments
from tracker.db import db, unit_of_work
from tracker.organisations.domain import OrganisationKind
from tracker.organisations.models import Organisation
from tracker.overview.domain import Need, TeamFacts, judge
from tracker.permissions import Role
from tracker.projects import services as projects
from tracker.projects.models import Project, Sharing, Status
from tracker.testing import factories
from tracker.testing.plugin import Clock, CountStatements, LogIn

DAY = date(2026, 3, 10)
SINCE = date(2026, 1, 13)
WELL = TeamFacts(quiet_days=3, closed_since=2, open_cycles=1)


@pytest.mark.parametrize(
    ("changes", "need", "reason"),
    [
        ({}, Need.WELL, "On plan."),
        ({"is_better": True}, Need.WELL, "Improving."),
        ({"quiet_days": 41}, Need.WELL, "On plan."),
        ({"quiet_days": 42}, Need.CALL, "Nothing logged for 42 days."),
        ({"closed_since": 0}, Need.CHECK_IN, "No cycle closed since 13 January."),
        ({"late_days": 27}, Need.CHECK_IN, "Figures are 3 weeks late."),
        ({"late_days": 28}, Need.CALL, "Figures are 4 weeks late."),
        ({"late_days": 1}, Need.CHECK_IN, "Figures are a week late."),
        ({"is_worse": True}, Need.CALL, "The measure of the aim is getting worse."),
        ({"overdue_cycle": 3}, Need.CHECK_IN, "Cycle 3 waits to be studied."),
        ({"has_measure": False, "has_data": False}, Need.CHECK_IN, "No measure yet."),
        ({"has_data": False}, Need.CHECK_IN, "No figures yet."),
        ({"questions": 2}, Need.CHECK_IN, "2 comments are open."),
        ({"aim_passed": True, "questions": 1}, Need.CALL, "The date of the aim has passed."),
    ],
)
def test_a_team_is_called_for_a_reason(changes: dict[str, object], need: Need, reason: str) -> None:
    found = judge(replace(WELL, **changes), SINCE)  # type: ignore[arg-type]

    assert (found.need, found.reasons[0]) == (need, reason)


@pytest.fixture
def psc(app: Flask, stop_clock: Clock) -> Organisation:
    stop_clock(DAY)
    return factories.psc("Eastern PSC")


@pytest.fixture
def quiet(psc: Organisation) -> Project:
    """Changed last when it was started, nine weeks ago, with figures that ended then."""
    project = factories.project("Fewer falls", psc=psc, sharing=Sharing.ORGANISATION)
    lead = factories.member(project)
    factories.points(factories.measure(project, by=lead), range(10, 22), by=lead)
    with unit_of_work() as session:
        session.execute(
            db.update(Project)
            .where(Project.id == project.id)
            .values(changed_at=project.changed_at - timedelta(weeks=9))
        )
    return project


def coach_of(*coached: Project) -> User:
    coach = factories.person("Grace Coach", role=Role.COACH, on=coached[0])
    for project in coached[1:]:
        factories.member(project, role=Role.COACH, user=coach)
    return coach


def test_a_coach_sees_who_needs_a_call_and_why(quiet: Project, log_in: LogIn) -> None:
    busy = factories.project("Warm babies")
    ended = factories.project("Ended work")
    cycle = factories.cycle(busy)
    other = factories.person()
    with unit_of_work():
        projects.close(ended, Status.STOPPED, on=DAY, note="", by=other)
        comments.add(cycle, "Which theatre?", by=other)
    coach = coach_of(quiet, ended, busy)
    client = log_in(coach)
    home = client.get("/").text

    assert "1 of your 2 teams needs a call. None going well." in home
    assert "Nothing logged for 63 days." in home
    assert "A comment is open." in home
    assert home.index("Fewer falls") < home.index("Warm babies")
    assert "My projects" not in home
    page = client.get("/teams?need=call&since=2025-07-30").text
    assert "No cycle closed since 30 July." in page
    assert "Warm babies" not in page
    assert client.get("/teams?need=x&since=yesterday").status_code == 200


def test_a_psc_manager_sees_programmes_late_figures_and_reviews(
    quiet: Project, psc: Organisation, log_in: LogIn
) -> None:
    factories.project("Elsewhere", sharing=Sharing.NATIONAL)
    page = log_in(factories.person(role=Role.PSC_MANAGER, on=psc)).get("/").text

    assert "What you look after" in page
    assert "1 project under way. 1 waits for figures that are late." in page
    assert "Of no programme" in page


@pytest.mark.parametrize(
    "role",
    [
        Role.QI_LEAD,
        Role.COACH,
        Role.ORGANISATION_ADMINISTRATOR,
        Role.PSC_MANAGER,
        Role.NATIONAL_VIEWER,
        Role.SYSTEM_ADMINISTRATOR,
    ],
)
def test_home_takes_twelve_statements_or_fewer_for_each_role(
    psc: Organisation, log_in: LogIn, count_statements: CountStatements, role: Role
) -> None:
    trust = factories.organisation(psc=psc)
    region = factories.organisation(kind=OrganisationKind.REGION)
    lead = factories.person()
    made = [
        factories.project(by=lead, organisation=trust, psc=psc, sharing=Sharing.ORGANISATION)
        for _ in range(4)
    ]
    for project in made:
        factories.measure(project, by=lead)
        factories.cycle(project, by=lead)
    places: dict[Role, Organisation | Project | None] = {
        Role.QI_LEAD: made[0],
        Role.COACH: made[0],
        Role.PSC_MANAGER: psc,
        Role.NATIONAL_VIEWER: region,
        Role.SYSTEM_ADMINISTRATOR: None,
    }
    person = factories.person(role=role, on=places.get(role, trust))
    if role in (Role.QI_LEAD, Role.COACH):
        for project in made[1:]:
            factories.member(project, role=role, user=person)
    client = log_in(person)
    client.get("/")
    with count_statements() as sent:
        assert client.get("/").status_code == 200
    assert 0 < len(sent) <= 12, sent
