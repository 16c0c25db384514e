"""Copying a plan: what comes along, what does not, and that both ends show it."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from tracker.auth.models import User
from tracker.copying import services
from tracker.copying.domain import Part, differences
from tracker.copying.models import ProjectCopy
from tracker.db import db, unit_of_work
from tracker.drivers import queries as drivers
from tracker.drivers import services as drawing
from tracker.drivers.domain import Diagram, Level, Node
from tracker.measures import queries as measures
from tracker.organisations.models import Organisation
from tracker.pdsa import queries as pdsa
from tracker.pdsa import services as cycles
from tracker.pdsa.domain import Decision
from tracker.permissions import Role
from tracker.projects import services as projects
from tracker.projects.models import Project, Sharing, Status
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.plugin import CountStatements, LogIn

DAY = date(2026, 3, 10)


@pytest.fixture
def origin(app: Flask) -> Project:
    """A national project with something of everything, that ended."""
    lead = factories.person("Ada Origin")
    project = factories.project("Hurry up and wait", by=lead, sharing=Sharing.NATIONAL)
    fill(project, lead)
    with unit_of_work():
        projects.close(project, Status.FINISHED, on=DAY, note="Start with midwives", by=lead)
    return project


def fill(project: Project, lead: User) -> None:
    with unit_of_work():
        driver = drawing.add_driver(project, Level.PRIMARY, "Equipment", by=lead)
        drawing.add_idea(project, "Trolley", by=lead, under=[driver])
    measure = factories.measure(project, by=lead, title="Clamped at 60 seconds")
    factories.points(measure, range(10, 22), by=lead)
    first = factories.cycle(
        project,
        by=lead,
        title="One shift",
        change_idea="Trolley",
        predictions=[
            cycles.PredictionPlan(
                text="Most wait",
                measure_id=measure.id,
                value=Decimal(85),
                period=date(2024, 1, 1),
            )
        ],
    )
    factories.cycle(project, by=lead, title="Every shift", change_idea="Trolley", parent=first)
    left = factories.cycle(project, by=lead, title="Posters", change_idea="Posters")
    with unit_of_work():
        cycles.study(first, learned="It works", results={}, by=lead)
        cycles.decide(left, Decision.ABANDON, next_change="Nobody read them", on=DAY, by=lead)


@pytest.fixture
def trust(app: Flask) -> Organisation:
    return factories.organisation("Northdale Trust")


@pytest.fixture
def jo(trust: Organisation, log_in: LogIn) -> TrackerClient:
    return log_in(factories.person("Jo Example", role=Role.QI_LEAD, on=trust))


def test_a_plan_is_copied_without_figures_names_or_results_and_both_ends_show_it(
    origin: Project, trust: Organisation, jo: TrackerClient
) -> None:
    url = f"/projects/{origin.id}/copy"
    shown = jo.get(url).text
    assert "Driver diagram" in shown
    assert "Stakeholder roles" not in shown, "those are for the team and its coach"
    typed = {
        "idem_key": str(uuid.uuid4()),
        "title": "Waiting at Northdale",
        "organisation_id": str(trust.id),
        "parts": ["drivers", "measures", "cycles", "pitfalls"],
    }
    sent = jo.post(url, data=typed)
    assert sent.status_code == 303
    assert jo.post(url, data=typed).location == sent.location, "pressed twice"
    db.session.rollback()
    row = db.session.scalars(db.select(ProjectCopy)).one()
    new = row.project
    assert (new.title, new.organisation_id, row.origin_id) == (
        "Waiting at Northdale",
        trust.id,
        origin.id,
    )
    board = drivers.board(new.id)
    assert {node.text for node in board.diagram.nodes.values()} >= {"Equipment", "Trolley"}
    (measure,) = measures.of_projects([new.id])
    assert (measure.title, measure.points_count, measure.latest_period) == (
        "Clamped at 60 seconds",
        0,
        None,
    )
    one, two = pdsa.of_projects([new.id])
    assert (one.title, one.learned, one.change_idea_id) == (
        "One shift",
        "",
        next(idea.id for idea in drivers.ideas(new.id) if idea.text == "Trolley"),
    )
    assert (two.parent_id, [p.text for p in one.predictions]) == (one.id, ["Most wait"])
    assert one.predictions[0].value is None

    page = jo.get(sent.location).text
    assert "Hurry up and wait" in page
    assert "Nobody read them" in page
    assert "Start with midwives" in page
    assert "They have the same drivers and ideas." in page
    assert "Waiting at Northdale" in jo.get(f"/projects/{origin.id}/lineage").text
    with unit_of_work():
        projects.share(db.session.get_one(Project, origin.id), Sharing.TEAM, by=row.by)
    assert "a project that you may not read" in jo.get(sent.location).text


def test_a_plan_is_copied_only_to_where_one_may_start_and_with_something(
    origin: Project, trust: Organisation, jo: TrackerClient
) -> None:
    url = f"/projects/{origin.id}/copy"
    other = factories.organisation()
    typed = {"title": "Mine", "organisation_id": str(other.id), "parts": ["drivers"]}
    assert jo.post(url, data=typed).status_code == 422
    empty = jo.post(url, data={"title": "Mine", "organisation_id": str(trust.id)})
    assert empty.status_code == 422
    assert "Choose what you take along" in empty.text
    typed = {"title": "Mine", "organisation_id": str(trust.id), "parts": ["stakeholders"]}
    assert jo.post(url, data=typed).status_code == 422


def test_who_may_start_no_project_is_told_so(
    origin: Project, trust: Organisation, log_in: LogIn
) -> None:
    viewer = log_in(factories.person(role=Role.VIEWER, on=trust))
    assert "no organisation where you may start" in viewer.get(f"/projects/{origin.id}/copy").text


def test_a_large_plan_is_read_in_as_many_statements_as_a_small_one(
    origin: Project, trust: Organisation, count_statements: CountStatements
) -> None:
    lead = factories.person()

    def reads() -> int:
        new = factories.project(by=lead, organisation=trust)
        with count_statements() as sent, unit_of_work():
            services.copy_plan(origin, new, [*Part], on=DAY, by=lead)
        return sum(each.startswith("SELECT") for each in sent)

    small = reads()
    for _ in range(3):
        fill(origin, lead)
    assert reads() == small


def test_differences_go_by_words() -> None:
    there = Diagram({"a": Node("a", Level.PRIMARY, "Kit"), "b": Node("b", Level.IDEA, "Card")})
    here = Diagram({"x": Node("x", Level.PRIMARY, "kit"), "y": Node("y", Level.IDEA, "Huddle")})

    assert [(one.text, one.is_here) for one in differences(there, here)] == [
        ("Huddle", True),
        ("Card", False),
    ]
