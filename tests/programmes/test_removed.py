"""A plugin that is gone, or set aside, takes nothing from the projects that used it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from tracker.auth.models import User
from tracker.db import unit_of_work
from tracker.measures import services as measures
from tracker.measures.models import Measure as ProjectMeasure
from tracker.measures.recording import Row, add_points
from tracker.permissions import Role
from tracker.plugin_api import Measure
from tracker.plugin_host import current_host
from tracker.projects.models import Project
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.plugin import KeepApp


@pytest.fixture
def lead(app: Flask) -> User:
    return factories.person("Example Lead")


@pytest.fixture
def project(lead: User) -> Project:
    home = factories.organisation("Rowan Trust")
    made = factories.project(
        "Fewer on a high dose", by=lead, organisation=home, programme="opioids"
    )
    factories.member(made, role=Role.QI_LEAD, user=lead)
    return made


@pytest.fixture
def measure(project: Project, lead: User) -> ProjectMeasure:
    definition = current_host().get(Measure, "opioids/high_dose_count@1")
    assert definition is not None
    with unit_of_work():
        added = measures.add_from_definition(project, definition, by=lead)
        rows = [
            Row(period=date(2025, month, 1), value=Decimal(1000 + month)) for month in (1, 2, 3)
        ]
        add_points(added, rows, by=lead, source="grid")
    return added


@pytest.fixture
def without_plugins(
    keep_app: KeepApp, log_in: Any, lead: User, measure: ProjectMeasure
) -> TrackerClient:
    client: TrackerClient = log_in(lead, on=keep_app(plugins=()).test_client())
    return client


@pytest.mark.parametrize(
    "page", ["", "/measures", "/measures/{measure}", "/measures/choose", "/cycles", "/settings"]
)
def test_the_pages_of_a_project_still_open(
    without_plugins: TrackerClient, project: Project, measure: ProjectMeasure, page: str
) -> None:
    address = f"/projects/{project.id}{page.format(measure=measure.id)}"
    response = without_plugins.get(address)
    assert response.status_code == 200
    assert "Opioids" in response.text


def test_a_measure_keeps_its_definition(
    without_plugins: TrackerClient, project: Project, measure: ProjectMeasure
) -> None:
    text = without_plugins.get(f"/projects/{project.id}/measures/{measure.id}").text
    assert "People on more than 120 mg oral morphine equivalent a day" in text
    assert "prescribed more than 120 mg oral morphine equivalent a day in the reporting" in text


@pytest.mark.parametrize("part", ["chart.svg", "data.csv", "enter"])
def test_its_data_can_be_seen_taken_away_and_added_to(
    without_plugins: TrackerClient, project: Project, measure: ProjectMeasure, part: str
) -> None:
    response = without_plugins.get(f"/projects/{project.id}/measures/{measure.id}/{part}")
    assert response.status_code == 200
    assert "1003" in response.text.replace(",", "")


def test_the_list_of_projects_still_filters_by_the_programme(
    without_plugins: TrackerClient, project: Project
) -> None:
    text = without_plugins.get("/projects?programme=opioids").text
    assert "Fewer on a high dose" in text
    assert '<option value="opioids" selected>Opioids</option>' in text


def test_no_new_project_can_join_it(without_plugins: TrackerClient, project: Project) -> None:
    text = without_plugins.get(f"/organisations/{project.organisation_id}/projects/new").text
    assert 'value="opioids"' not in text
