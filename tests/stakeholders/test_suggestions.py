"""Whom the programme suggests: taken over in one press, and never twice."""

from __future__ import annotations

from tracker.auth.models import User
from tracker.db import db, unit_of_work
from tracker.projects.models import Project
from tracker.safe.dates import today
from tracker.stakeholders import queries, services
from tracker.stakeholders.domain import Details, Reach
from tracker.stakeholders.models import Stakeholder
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.plugin import LogIn


def names(project: Project) -> list[str]:
    return [row.name for row in queries.stakeholders(project.id)]


def test_those_ticked_come_on_the_map_once(
    jo: TrackerClient, home: str, project: Project, lead: User
) -> None:
    with unit_of_work():
        services.add(project, Details(name="theatre  staff"), on=today(), by=lead)
    url = f"{home}/suggestions"
    page = jo.get(url).text
    assert "Neonatal nurse" in page
    assert "Theatre staff" not in page
    assert jo.post(url).status_code == 422
    sent = {"chosen": ["neonatal_nurse", "families", "theatre_staff"]}
    assert "2 came on the map" in jo.post(url, data=sent, follow_redirects=True).text
    assert "All are there" in jo.post(url, data=sent, follow_redirects=True).text
    assert names(project) == [
        "Neonatal nurse",
        "theatre  staff",
        "Women, parents and voluntary organisations",
    ]
    families = queries.stakeholders(project.id)[-1]
    assert families.lived_experience
    with unit_of_work():
        db.session.get_one(Stakeholder, families.id).name = "Parents’ voice group"
    assert "Women, parents" not in jo.get(url).text
    with unit_of_work():
        services.remove(db.session.get_one(Stakeholder, families.id), by=lead)
    assert "Women, parents" in jo.get(url).text
    assert jo.post(url, data={"chosen": ["nobody"]}).status_code == 422


def test_a_suggestion_starts_where_the_programme_puts_it(lead: User, log_in: LogIn) -> None:
    project = factories.project(by=lead, programme="opioids")
    jo = log_in(lead)
    jo.post(f"/projects/{project.id}/stakeholders/suggestions", data={"chosen": ["place_lead"]})
    (row,) = queries.stakeholders(project.id)
    assert (row.influence, row.interest, row.organisation) == (Reach.HIGH, Reach.HIGH, "Place")


def test_a_project_without_a_programme_has_none(lead: User, log_in: LogIn) -> None:
    project = factories.project(by=lead)
    page = log_in(lead).get(f"/projects/{project.id}/stakeholders/suggestions").text
    assert "The project belongs to no programme" in page
