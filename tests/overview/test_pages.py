"""My work and the page of a project: what to do now, for the person who looks."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from tracker.auth.models import User
from tracker.db import unit_of_work
from tracker.pdsa import services as pdsa
from tracker.pdsa.domain import DoneAsPlanned
from tracker.permissions import Role
from tracker.projects import services as projects
from tracker.projects.domain import AimDirection, AimParts
from tracker.projects.models import Project, Status
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.plugin import Clock, LogIn

DAY = date(2026, 3, 10)
AIM = AimParts(
    direction=AimDirection.REDUCE,
    measure="falls",
    population="patients",
    place="Ward 4",
    unit="falls",
    baseline=Decimal(10),
    target=Decimal(5),
    by=date(2026, 12, 31),
)


@pytest.fixture
def lead(app: Flask, stop_clock: Clock) -> User:
    stop_clock(DAY)
    return factories.person("Jo Example")


@pytest.fixture
def project(lead: User) -> Project:
    return factories.project("Fewer falls", by=lead)


@pytest.fixture
def jo(lead: User, client: TrackerClient, log_in: LogIn) -> TrackerClient:
    return log_in(lead)


def aimed(project: Project, lead: User) -> None:
    with unit_of_work():
        projects.set_aim(project.aim, AIM, by=lead)


BUTTON = re.compile(r'<a class="nhsuk-button qi-btn" href="([^"]+)">([^<]+)</a>')


def button(page: str) -> tuple[str, str]:
    """Where the button of the panel that says what to do now leads, and what it says."""
    found = BUTTON.search(page.split('class="qi-panel qi-panel--next"')[1])
    assert found is not None
    return found[1], found[2]


def test_each_step_is_asked_for_in_its_turn_and_its_page_opens(
    jo: TrackerClient, project: Project, lead: User
) -> None:
    def asked() -> str:
        on_page, at_home = (button(jo.get(url).text) for url in (f"/projects/{project.id}", "/"))
        assert on_page == at_home
        assert jo.get(on_page[0]).status_code == 200
        return on_page[1]

    assert asked() == "Write the aim"
    aimed(project, lead)
    assert asked() == "Add a measure"
    measure = factories.measure(project, by=lead, title="Falls")
    assert asked() == "Add data to Falls"
    factories.points(measure, [9, 8, 9], by=lead, first=date(2025, 1, 1))
    assert asked() == "Add earlier data to Falls"
    factories.points(measure, [9] * 11, by=lead, first=date(2025, 4, 1))
    assert asked() == "Plan a first cycle"
    yesterday = date(2026, 3, 9)
    cycle = factories.cycle(project, by=lead, starts_on=yesterday, ends_on=yesterday)
    assert asked() == "Say what happened in cycle 1"
    with unit_of_work():
        pdsa.log_do(cycle, done_as_planned=DoneAsPlanned.YES, observations="", problems="", by=lead)
    assert asked() == "Study cycle 1"
    with unit_of_work():
        pdsa.study(cycle, learned="It fits", results={}, by=lead)
    assert asked() == "Decide on cycle 1"


def test_a_coach_is_not_asked_to_do_the_teams_work(
    project: Project, new_client: Callable[[], TrackerClient]
) -> None:
    coach = new_client()
    coach.sign_in(factories.member(project, role=Role.COACH))
    page = coach.get(f"/projects/{project.id}").text
    assert "Write the aim" not in page
    assert "The team decides what comes next." in page
    home = coach.get("/").text
    assert "Fewer falls" in home
    assert "Nothing is waiting for you." in home


def test_a_team_member_is_asked_for_data_but_not_for_the_aim(
    project: Project, lead: User, new_client: Callable[[], TrackerClient]
) -> None:
    factories.measure(project, by=lead, title="Falls")
    member = new_client()
    member.sign_in(factories.member(project))
    page = member.get(f"/projects/{project.id}").text
    assert button(page)[1] == "Add data to Falls"
    assert "Write the aim" not in page


def test_nothing_is_asked_of_a_project_that_has_ended(
    jo: TrackerClient, project: Project, lead: User
) -> None:
    with unit_of_work():
        projects.close(project, Status.STOPPED, on=DAY, note="Ward closed", by=lead)
    page = jo.get(f"/projects/{project.id}").text
    assert "Stopped on 10 March 2026." in page
    assert "Ward closed" in page
    assert "This project has ended." in page
    assert "Write the aim" not in page
    assert "Nothing is waiting for you." in jo.get("/").text


def test_a_new_account_is_told_where_to_begin(client: TrackerClient, log_in: LogIn) -> None:
    home = log_in(factories.person()).get("/").text
    assert "You are on no project yet." in home
    assert "No projects yet." in home


def test_a_project_shows_aim_measures_cycles_team_and_comments(
    jo: TrackerClient, project: Project, lead: User
) -> None:
    aimed(project, lead)
    measure = factories.points(
        factories.measure(project, by=lead, title="Falls on the ward"), [9, 8, 9], by=lead
    )
    cycle = factories.cycle(project, by=lead, title="Low beds")
    coach = factories.member(project, role=Role.COACH, user=factories.person("Cas Coach"))
    factories.comment(project, "Well begun", by=coach)
    page = jo.get(f"/projects/{project.id}").text
    for words in (
        "Reduce falls for patients in Ward 4 from 10 falls to 5 falls by 31 December 2026.",
        "Falls on the ward",
        "Low beds",
        "Cas Coach",
        "Well begun",
        f"/projects/{project.id}/measures/{measure.id}",
        f"/projects/{project.id}/cycles/{cycle.id}",
    ):
        assert words in page


def test_home_shows_only_ones_own_projects(jo: TrackerClient, project: Project, lead: User) -> None:
    factories.project("Somebody else’s", organisation=project.organisation)
    home = jo.get("/").text
    assert "Fewer falls" in home
    assert "Somebody else’s" not in home
