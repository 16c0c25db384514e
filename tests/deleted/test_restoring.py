"""What is deleted vanishes everywhere, comes back whole for 30 days, and is then gone for good."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import Text, cast

from tracker.adoption import services as adoption
from tracker.audit import chain
from tracker.audit.models import AuditEvent
from tracker.comments import services as comments
from tracker.db import Base, db, unit_of_work, utcnow
from tracker.deleted import queries, services
from tracker.deleted.views import RESTORING
from tracker.measures import services as measures
from tracker.measures.models import AnnotationKind
from tracker.pdsa import services as pdsa
from tracker.pdsa.models import PdsaCycle, Prediction
from tracker.pdsa.services import PredictionPlan
from tracker.permissions import Role
from tracker.projects import services as projects
from tracker.projects.models import Project, Sharing
from tracker.safe.dates import today
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.plugin import Clock, CountStatements, LogIn


class World:
    """A project with one of everything in it."""

    def __init__(self) -> None:
        self.lead = factories.person("Lee Example")
        self.trust = factories.organisation()
        self.admin = factories.person(role=Role.ORGANISATION_ADMINISTRATOR, on=self.trust)
        self.reader = factories.person(role=Role.VIEWER, on=self.trust)
        self.project = factories.project(
            "Quokka lengths",
            by=self.lead,
            organisation=self.trust,
            sharing=Sharing.ORGANISATION,
            problem="Quokka problem",
        )
        self.member = factories.member(self.project)
        self.measure = factories.points(
            factories.measure(self.project, by=self.lead, title="Quokka measure"),
            [3, 5, 4],
            by=self.lead,
        )
        self.cycle = factories.cycle(
            self.project,
            by=self.lead,
            title="Quokka cycle",
            predictions=[
                PredictionPlan(
                    text="Fewer",
                    measure_id=self.measure.id,
                    value=Decimal(3),
                    period=date(2024, 2, 1),
                )
            ],
        )
        self.next = factories.cycle(
            self.project, by=self.lead, title="Quokka next", parent=self.cycle
        )
        with unit_of_work():
            self.event = measures.annotate(
                self.project,
                kind=AnnotationKind.POLICY,
                starts_on=date(2024, 2, 1),
                text="Quokka event",
                measure=self.measure,
                by=self.lead,
            )
        self.comment = factories.comment(self.cycle, "Quokka comment", by=self.lead)
        self.home = f"/projects/{self.project.id}"


@pytest.fixture
def world(app: Flask) -> World:
    return World()


@pytest.fixture
def lead(world: World, client: TrackerClient, log_in: LogIn) -> TrackerClient:
    log_in(world.lead)
    return client


def addresses(world: World) -> list[str]:
    home = world.home
    return [
        home,
        f"{home}/aim",
        f"{home}/people",
        f"{home}/history",
        f"{home}/settings",
        f"{home}/deleted",
        f"{home}/measures",
        f"{home}/measures/{world.measure.id}",
        f"{home}/measures/{world.measure.id}/chart.svg",
        f"{home}/measures/{world.measure.id}/figures.csv",
        f"{home}/cycles",
        f"{home}/cycles/{world.cycle.id}",
        f"{home}/cycles/{world.cycle.id}/do",
        f"{home}/comments/pdsa_cycle/{world.cycle.id}",
    ]


def test_a_deleted_project_vanishes_from_every_page_and_comes_back_whole(
    world: World, lead: TrackerClient, new_client: Callable[[], TrackerClient]
) -> None:
    admins = new_client()
    admins.sign_in(world.admin)
    before = {url: lead.get(url).status_code for url in addresses(world)}
    assert lead.get("/projects?q=quokka").text.count("Quokka lengths") > 0

    asked = lead.get(f"{world.home}/delete")
    assert "for 30 days" in asked.text
    assert lead.get(world.home).status_code == 200, "asking deletes nothing"
    gone = lead.post(f"{world.home}/delete")
    assert gone.status_code == 303
    said = lead.get(gone.headers["Location"]).text
    assert f'action="{world.home}/restore"' in said

    for client in (lead, admins):
        assert {url: client.get(url).status_code for url in addresses(world)} == dict.fromkeys(
            addresses(world), 404
        )
        for url in ("/", "/projects", "/projects?q=quokka", "/account"):
            assert "Quokka" not in client.get(url).text.replace("Deleted projects", ""), url

    listed = admins.get("/projects/deleted").text
    assert "Quokka lengths" in listed
    assert "Lee Example" in listed
    assert admins.post(f"{world.home}/restore").status_code == 303
    assert {url: lead.get(url).status_code for url in addresses(world)} == before
    page = lead.get(f"{world.home}/cycles/{world.cycle.id}").text
    assert "Quokka comment" in page
    assert "Quokka lengths" in lead.get("/projects?q=quokka").text


def test_who_may_only_read_or_log_neither_deletes_nor_restores_a_project(
    world: World, lead: TrackerClient, new_client: Callable[[], TrackerClient]
) -> None:
    for user in (world.member, world.reader):
        client = new_client()
        client.sign_in(user)
        assert client.post(f"{world.home}/delete").status_code == 403
    lead.post(f"{world.home}/delete")
    for user in (world.member, world.reader):
        client = new_client()
        client.sign_in(user)
        assert "Quokka" not in client.get("/projects/deleted").text
        assert client.post(f"{world.home}/restore").status_code == 403
    stranger = new_client()
    stranger.sign_in(factories.person(role=Role.QI_LEAD, on=factories.organisation()))
    assert stranger.post(f"{world.home}/restore").status_code == 404


def test_every_kind_of_thing_is_listed_with_who_and_until_and_restored(
    world: World, lead: TrackerClient, count_statements: CountStatements
) -> None:
    home, cycle, measure = world.home, world.cycle.id, world.measure.id
    lead.post(f"{home}/comments/{world.comment.id}/take-back")
    lead.post(f"{home}/measures/{measure}/events/{world.event.id}/delete")
    lead.post(f"{home}/cycles/{cycle}/delete")
    lead.post(f"{home}/measures/{measure}/delete")
    after = lead.get(f"{home}/cycles/{world.next.id}").text
    assert "which is deleted" in after

    lead.get(f"{home}/deleted")
    with count_statements() as statements:
        page = lead.get(f"{home}/deleted").text
    assert len(statements) <= 3 + len(RESTORING), "a statement for each kind of thing"
    for words in ("Quokka comment", "Quokka event", "Cycle 1: Quokka cycle", "Quokka measure"):
        assert words in page
    assert "by Lee Example" in page

    for path in (
        f"cycles/{cycle}/restore",
        f"measures/{measure}/restore",
        f"events/{world.event.id}/restore",
        f"comments/{world.comment.id}/restore",
    ):
        assert f'action="{home}/{path}"' in page
        assert lead.post(f"{home}/{path}").status_code == 303
        assert lead.post(f"{home}/{path}").status_code == 404, "it is restored already"
    assert "Nothing was deleted" in lead.get(f"{home}/deleted").text
    assert "which is deleted" not in lead.get(f"{home}/cycles/{world.next.id}").text


def test_somebody_elses_comment_is_neither_listed_nor_restored(
    world: World, client: TrackerClient, log_in: LogIn
) -> None:
    with unit_of_work():
        comments.take_back(world.comment, by=world.lead)
    log_in(world.member)
    assert "Quokka comment" not in client.get(f"{world.home}/deleted").text
    path = f"{world.home}/comments/{world.comment.id}/restore"
    assert client.post(path).status_code == 403


def test_after_30_days_nothing_is_restored_and_purge_removes_it_for_good(
    world: World, lead: TrackerClient, stop_clock: Clock
) -> None:
    lead.post(f"{world.home}/delete")
    project_id = world.project.id
    moved = utcnow() + timedelta(days=29, hours=23)
    with unit_of_work():
        assert not any(services.purge(moved).values())
    stop_clock(utcnow() + timedelta(days=30, hours=1))
    lead.sign_in(world.lead)
    assert lead.post(f"{world.home}/restore").status_code == 404
    assert "Quokka" not in lead.get("/projects/deleted").text
    with unit_of_work():
        counts = services.purge(utcnow())
    assert counts.pop("project") == 1
    assert not any(counts.values())
    assert db.session.get(Project, project_id) is None
    told = db.session.scalars(
        db.select(AuditEvent.action).where(AuditEvent.project_id == project_id)
    ).all()
    assert "project.started" in told
    assert "project.purged" in told
    assert left_of(project_id) == []
    assert "Quokka" not in everything("audit_event")
    assert chain.verify().broken_at is None


def test_purge_takes_single_things_with_what_belongs_to_them_and_keeps_the_rest(
    world: World, stop_clock: Clock
) -> None:
    with unit_of_work():
        measures.delete(world.measure, by=world.lead)
        pdsa.delete(world.cycle, by=world.lead)
    with unit_of_work():
        pdsa.restore(world.cycle, by=world.lead)
        pdsa.delete(factories_cycle(world), by=world.lead)
    stop_clock(utcnow() + timedelta(days=31))
    with unit_of_work():
        counts = services.purge(utcnow())
    assert (counts["measure"], counts["pdsa"], counts["annotation"]) == (1, 1, 0)
    prediction = db.session.scalars(db.select(Prediction)).one()
    assert prediction.measure_id is None
    assert prediction.text.startswith("Fewer Quokka measure: 3")
    assert "Quokka event" not in everything()
    kept = db.session.scalars(db.select(PdsaCycle.parent_id)).all()
    assert kept == [None], "what was tested after a purged cycle stays"
    assert "Quokka comment" in everything()


def test_training_that_was_taken_back_is_purged_and_what_rests_on_it_keeps_its_words(
    world: World, stop_clock: Clock
) -> None:
    with unit_of_work():
        record = adoption.record_training(
            world.project.organisation,
            programme="generic",
            given_by="Quokka educator",
            what="Simulation",
            on=today(),
            people=3,
            role="nurses",
            by=world.lead,
        )
    with unit_of_work():
        adoption.take_back_training(record, by=world.lead)
    assert services.purge(utcnow())["training"] == 0
    stop_clock(utcnow() + timedelta(days=31))
    with unit_of_work():
        assert services.purge(utcnow())["training"] == 1
    assert "Quokka educator" not in everything()


def factories_cycle(world: World) -> PdsaCycle:
    """The second cycle, with the first hung under it: purging it must not take the first along."""
    second: PdsaCycle = db.session.get_one(PdsaCycle, world.next.id)
    second.parent_id = None
    db.session.get_one(PdsaCycle, world.cycle.id).parent_id = second.id
    return second


def left_of(project_id: int) -> list[str]:
    """Tables that still hold a row of the project."""
    return [
        table.name
        for table in Base.metadata.sorted_tables
        if "project_id" in table.c
        and table.name != "audit_event"
        and db.session.scalar(
            db.select(db.func.count()).select_from(table).where(table.c.project_id == project_id)
        )
    ]


def everything(*but: str) -> str:
    """All text there is in the database."""
    said = []
    for table in Base.metadata.sorted_tables:
        if table.name not in but:
            columns = [cast(column, Text) for column in table.c]
            said += [str(row) for row in db.session.execute(db.select(*columns))]
    return "\n".join(said)


def test_nothing_that_points_at_what_is_purged_is_forgotten() -> None:
    """What does not go along by itself is let go of by hand."""
    loosened = {
        ("membership", "project_id"),
        ("pdsa_cycle", "parent_id"),
        ("aim", "measure_id"),
        ("prediction", "measure_id"),
    }
    purged = {model.__tablename__ for model, _ in services.KINDS}  # type: ignore[attr-defined]
    held = {
        (table.name, key.parent.name)
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name in purged and key.ondelete not in ("CASCADE", "SET NULL")
    }
    assert held == loosened


def test_projects_of_others_push_none_of_ones_own_off_the_list(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "MOST", 1)
    lead, other = factories.person(), factories.person()
    own = factories.project(by=lead)
    theirs = factories.project(by=other, sharing=Sharing.NATIONAL)
    for project, by in ((own, lead), (theirs, other)):
        with unit_of_work():
            projects.delete(project, by=by)
    assert [project.id for project, _ in queries.projects(lead)] == [own.id]
