"""One box over everything: what is found, by whom, and that it keeps in step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from flask import Flask

from tracker.attachments import services as attachments
from tracker.attachments.domain import PaperKind
from tracker.auth.models import User
from tracker.auth.personal import erase
from tracker.comments import services as comments
from tracker.db import db, indexing, unit_of_work, utcnow
from tracker.db.search import search_entry
from tracker.deleted.services import purge
from tracker.drivers import services as drivers
from tracker.drivers.domain import Level
from tracker.measures import services as measures
from tracker.measures.models import AnnotationKind
from tracker.pdsa import services as pdsa
from tracker.pdsa.domain import DoneAsPlanned
from tracker.pdsa.models import PdsaCycle
from tracker.permissions import Role
from tracker.projects import services as projects
from tracker.projects.domain import AimParts
from tracker.projects.models import Project, Sharing
from tracker.risks import services as risks
from tracker.search import queries
from tracker.testing import factories
from tracker.testing.plugin import CountStatements, LogIn


@dataclass
class World:
    """A project that only its team reads, and somebody who reads nothing of it."""

    lead: User
    stranger: User
    project: Project
    cycle: PdsaCycle


@pytest.fixture
def world(app: Flask) -> World:
    trust = factories.organisation("Northdale Trust")
    lead = factories.person("Ada Example", role=Role.QI_LEAD, on=trust)
    project = factories.project(
        "Fewer falls", by=lead, organisation=trust, problem="Patients slip at night"
    )
    cycle = factories.cycle(
        project,
        by=lead,
        title="Night lamps",
        theory="A lamp by the bed shows the way",
        predictions=[pdsa.PredictionPlan(text="Nobody stumbles")],
    )
    return World(
        lead, factories.person(role=Role.QI_LEAD, on=factories.organisation()), project, cycle
    )


def found(user: User, asked: str) -> dict[str, list[str]]:
    """Titles of projects, each with what was found in it."""
    return {
        group.project.title: [hit.called for hit in group.hits]
        for group in queries.find(user, asked).groups
    }


def test_everything_a_team_writes_is_found_at_once_and_by_those_who_may_read_it(
    world: World,
) -> None:
    project, lead = world.project, world.lead
    with unit_of_work():
        projects.set_aim(
            project.aim, AimParts(measure="falls with harm", place="Ward Sycamore"), by=lead
        )
        driver = drivers.add_driver(project, Level.PRIMARY, "Lighting", by=lead)
        drivers.add_idea(project, "Torch in every locker", by=lead, under=[driver])
        measures.annotate(
            project,
            kind=AnnotationKind.CALENDAR,
            starts_on=date(2024, 1, 1),
            text="Ward flooded",
            by=lead,
        )
        comments.add(project, "Who chose the wattage?", by=lead)
        risks.add(project, risks.Judgement("The batteries run out"), by=lead)
        attachments.add_link(
            project, "https://example.org/", title="Lux table", kind=PaperKind.PAPER, by=lead
        )
    factories.measure(project, by=lead, title="Stumbles a month")

    for asked, called in {
        "northd": [],
        "fall": ["Aim"],
        "slip NIGHT": ["About the project"],
        "sycamore": ["Aim"],
        "lighting": ["Primary driver"],
        "torch lock": ["Change idea"],
        "nobody": ["Prediction"],
        "lamp bed": ["Cycle 1"],
        "stumbles": ["Prediction", "Measure"],
        "flooded": ["Note on a chart"],
        "wattage": ["Comment"],
        "batteries": ["Risk"],
        "lux table": ["Link"],
    }.items():
        assert found(lead, asked) == {"Fewer falls": called}, asked
        assert found(world.stranger, asked) == {}, asked
    assert found(lead, "lamp wattage") == {}, "no one thing says both"


def test_what_is_shown_is_the_sentence_with_the_words(world: World) -> None:
    (group,) = queries.find(world.lead, "WAY lam").groups
    (hit,) = group.hits

    assert [p.text for p in hit.title if p.is_match] == ["lamps"]
    assert [p.text for p in hit.excerpt if p.is_match] == ["lamp", "way"]
    assert hit.place == "Theory"


def test_what_a_project_is_called_comes_before_what_stands_in_another(world: World) -> None:
    factories.project("Lamps for all", by=world.lead)
    factories.cycle(world.project, by=world.lead, title="More lamps")

    assert list(found(world.lead, "lamps")) == ["Lamps for all", "Fewer falls"]


def test_text_that_was_changed_deleted_or_purged_leaves_the_index(world: World) -> None:
    cycle, lead = world.cycle, world.lead
    with unit_of_work():
        pdsa.study(cycle, learned="Glare woke people", results={}, by=lead)
    assert found(lead, "glare")
    with unit_of_work():
        pdsa.study(cycle, learned="It helped", results={}, by=lead)
    assert not found(lead, "glare")

    factories.comment(cycle, "Which bulbs?", by=lead)
    with unit_of_work():
        pdsa.delete(cycle, by=lead)
    assert not any(found(lead, word) for word in ("lamp", "stumbles", "bulbs"))
    assert indexing.out_of_step() == 0
    with unit_of_work():
        pdsa.restore(cycle, by=lead)
    assert all(found(lead, word) for word in ("lamp", "stumbles", "bulbs"))

    with unit_of_work():
        projects.delete(world.project, by=lead)
    assert entries() == 0
    with unit_of_work():
        projects.restore(world.project, by=lead)
    assert found(lead, "lamp") == {"Fewer falls": ["Cycle 1"]}
    assert indexing.out_of_step() == 0

    with unit_of_work():
        projects.delete(world.project, by=lead)
    with unit_of_work():
        purge(utcnow() + timedelta(days=31))
    assert indexing.out_of_step() == entries() == 0


def test_the_name_of_a_person_who_was_erased_is_not_found(world: World) -> None:
    leaver = factories.person("Bea Sample")
    with unit_of_work():
        comments.add(world.project, "Ask Bea Sample about it", by=world.stranger)
    assert found(world.lead, "bea sample") == {"Fewer falls": ["Comment"]}

    with unit_of_work():
        erase(leaver)

    assert not found(world.lead, "bea sample")
    assert found(world.lead, "ask former colleague") == {"Fewer falls": ["Comment"]}


def entries() -> int:
    """How many parts of projects the index holds."""
    held = db.session.query(search_entry).where(search_entry.c.project_id.is_not(None))
    return held.count()


def test_a_save_of_a_cycle_costs_one_statement_more_and_none_without_new_words(
    world: World, count_statements: CountStatements, monkeypatch: pytest.MonkeyPatch
) -> None:
    def said(text: str) -> int:
        with count_statements() as sent, unit_of_work():
            pdsa.log_do(
                world.cycle,
                done_as_planned=DoneAsPlanned.YES,
                observations=text,
                problems="",
                by=world.lead,
            )
        return len(sent)

    with_words = said("Three lamps were broken")
    monkeypatch.setattr(indexing, "findables", {})
    without = said("Four lamps were broken")
    monkeypatch.undo()

    assert with_words == without + 1
    assert found(world.lead, "three broken"), "the second was not entered"
    with count_statements() as sent, unit_of_work():
        pdsa.decide(world.cycle, None, next_change="", on=date(2024, 1, 1), by=world.lead)
    assert not any("search" in statement for statement in sent), sent


def test_the_index_is_made_anew_and_what_it_lacked_is_counted(world: World) -> None:
    with unit_of_work() as session:
        session.execute(search_entry.delete().where(search_entry.c.kind == "cycle"))
        session.execute(search_entry.update().values(object_id=search_entry.c.object_id + 1000))
    lacking = indexing.out_of_step()

    assert lacking >= 3, "the cycle, and the others under another number"
    assert indexing.rebuild() >= 4
    assert indexing.out_of_step() == 0
    assert found(world.lead, "lamp") == {"Fewer falls": ["Cycle 1"]}


@pytest.mark.parametrize(
    "asked", ['"', "lamp OR falls", "a" * 10_000, "\x00", "lamp' | 'x", "%", "_" * 20, "-" * 300]
)
def test_a_hostile_question_is_answered_with_a_page(
    world: World, log_in: LogIn, asked: str
) -> None:
    answer = log_in(world.lead).get("/search", query_string={"q": asked, "page": "9" * 10})

    assert answer.status_code == 200


def test_a_page_of_results_takes_few_statements_however_much_is_found(
    world: World, log_in: LogIn, count_statements: CountStatements
) -> None:
    client = log_in(world.lead)

    def count() -> int:
        assert client.get("/search?q=lamp").status_code == 200
        with count_statements() as sent:
            text = client.get("/search?q=lamp").text
        assert "<mark" in text
        return len(sent)

    few = count()
    for number in range(12):
        other = factories.project(f"Lamp {number}", by=world.lead, sharing=Sharing.NATIONAL)
        factories.cycle(other, by=world.lead, title="Lamp in the hall")
    assert count() == few <= 12
    page = client.get("/search?q=lamp&page=2", headers={"HX-Request": "true"}).text
    assert "Page 2 of 2" in page
    assert "<html" not in page
