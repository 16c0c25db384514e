"""A part on the team that nobody plays: since when, on the map and on the project's page."""

from __future__ import annotations

from datetime import date

from tracker.auth.models import User
from tracker.db import db, unit_of_work
from tracker.projects import queries as teams
from tracker.projects import services as projects
from tracker.projects.models import Project, Status
from tracker.safe.dates import today
from tracker.stakeholders import queries
from tracker.stakeholders.models import Stakeholder
from tracker.testing.client import TrackerClient
from tracker.testing.factories import STARTED
from tracker.testing.forms import form_in

from .conftest import Small

SPRING = date(2025, 3, 3)


def named(project: Project) -> list[tuple[str, str]]:
    found = queries.vacancies(project, teams.everybody(project), today())
    return [(vacancy.role, vacancy.words) for vacancy in found]


def join_and_leave(project: Project, lead: User, role: str, left: date | None) -> None:
    with unit_of_work():
        member = projects.add_member(project, by=lead, on=STARTED, name="Ruth Bell", team_role=role)
        if left is not None:
            projects.remove_member(member, by=lead, on=left)


def test_a_role_falls_vacant_when_the_last_who_played_it_leaves(
    project: Project, lead: User
) -> None:
    assert named(project) == [("Executive sponsor", "since the project began")]
    join_and_leave(project, lead, "Executive sponsor", SPRING)
    # Wanted by the programme; nobody missed it before somebody left.
    join_and_leave(project, lead, "Theatre lead", date(2025, 4, 1))
    assert named(project) == [
        ("Executive sponsor", "since 3 March 2025"),
        ("Theatre lead", "since 1 April 2025"),
    ]
    join_and_leave(project, lead, "Executive sponsor", None)
    assert named(project) == [("Theatre lead", "since 1 April 2025")]
    with unit_of_work():
        projects.close(project, Status.FINISHED, on=today(), note="", by=lead)
    assert named(project) == []


def test_a_contact_that_is_overdue_is_a_next_step(
    jo: TrackerClient, project: Project, small: Small, lead: User
) -> None:
    def late(*rows: Stakeholder) -> str:
        with unit_of_work():
            for row in rows:
                db.session.get_one(Stakeholder, row.id).next_contact_on = SPRING
        return jo.get(f"/projects/{project.id}").text

    assert "Speak with" not in late()
    page = late(small.theatre)
    assert "Speak with Theatre team" in page
    assert f"/stakeholders/{small.theatre.id}" in page
    assert "Speak with two stakeholders" in late(small.theatre, small.midwives)


def test_a_vacancy_is_on_both_pages_and_can_be_planned_for(
    jo: TrackerClient, home: str, project: Project, lead: User
) -> None:
    join_and_leave(project, lead, "Executive sponsor", SPRING)
    assert "Left 3 Mar 2025" in jo.get(f"/projects/{project.id}").text
    page = jo.get(home).text
    assert "since 3 March 2025" in page
    assert "Before: Ruth Bell" in page
    form = form_in(jo.get(f"{home}/new?team_role=Executive%20sponsor").text, "idem_key")
    assert (form["name"], form["team_role"], form["influence"]) == (
        "Executive sponsor",
        "Executive sponsor",
        "high",
    )
    jo.post(f"{home}/new", data=form | {"action": "Ask the board to name one"})
    page = jo.get(home).text
    # It is one line, not two, and still vacant.
    assert page.count("since 3 March 2025") == 1
    assert "Ask the board to name one" in page
    join_and_leave(project, lead, "Executive sponsor", None)
    assert "Vacant" not in jo.get(home).text
