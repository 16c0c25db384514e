"""The quick log: four fields on one page, added beside what others wrote."""

from __future__ import annotations

import re
import uuid
from datetime import date

import pytest
from flask import Flask

from tracker.audit.models import AuditEvent
from tracker.auth.models import User
from tracker.db import db, unit_of_work
from tracker.pdsa import services
from tracker.pdsa.domain import Decision, DoneAsPlanned
from tracker.pdsa.models import CycleNote, PdsaCycle
from tracker.projects.models import Project
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.plugin import Clock, LogIn

DAY = date(2026, 3, 10)
SEEN = "Short cord; ultrasound machine in the way"


@pytest.fixture
def lead(app: Flask, stop_clock: Clock) -> User:
    stop_clock(DAY)
    return factories.person("Jo Example")


@pytest.fixture
def project(lead: User) -> Project:
    return factories.project("Optimal cord management", by=lead)


@pytest.fixture
def cycle(project: Project, lead: User) -> PdsaCycle:
    return factories.cycle(project, by=lead, title="One shift", starts_on=date(2026, 3, 2))


@pytest.fixture
def jo(lead: User, client: TrackerClient, log_in: LogIn) -> TrackerClient:
    return log_in(lead)


def sent(cycle: PdsaCycle, **typed: str) -> dict[str, str]:
    return {
        "cycle_id": str(cycle.id),
        "what": SEEN,
        "on-day": "9",
        "on-month": "3",
        "on-year": "2026",
        "idem_key": str(uuid.uuid4()),
        **typed,
    }


def test_a_note_is_one_tap_four_fields_and_one_press_away(
    jo: TrackerClient, project: Project, cycle: PdsaCycle, lead: User
) -> None:
    """Counted in entries: one tap on My work, one text to type, one press; the rest is filled."""
    with unit_of_work():
        services.log_do(
            cycle,
            done_as_planned=DoneAsPlanned.PARTLY,
            observations="Written by Sam",
            problems="",
            by=lead,
        )
    assert 'href="/log"' in jo.get("/").text
    assert f'href="/log?project={project.id}"' in jo.get(f"/projects/{project.id}").text
    drawn = jo.get("/log").text
    form = drawn[drawn.index('class="qi-quick"') :]
    fields = set(re.findall(r'<(?:input|select|textarea)[^>]* name="([a-z_-]+)"', form))
    asked = {name.partition("-")[0] for name in fields}
    unseen = {"csrf_token", "form_key", "idem_key", "autosave"}
    assert asked - unseen == {"cycle_id", "what", "surprise", "on"}
    assert re.search(rf'<option value="{cycle.id}" selected', form)
    assert 'value="2026"' in form

    key = str(uuid.uuid4())
    answers = [jo.post("/log", data=sent(cycle, surprise="Twins", idem_key=key)) for _ in range(2)]
    url = f"/projects/{project.id}/cycles/{cycle.id}#notes"
    assert {a.headers["Location"] for a in answers} == {url}
    shown = jo.get(url).text
    for words in (
        "Saved. Your note is beside the test",
        SEEN,
        "Twins",
        "9 March 2026, Jo Example, quick log",
        "Written by Sam",
    ):
        assert words in shown
    assert shown.count(f'<span class="qi-pre">{SEEN}</span>') == 1
    assert "logged what happened in a cycle" in jo.get(f"/projects/{project.id}/history").text

    note = db.session.scalars(db.select(CycleNote)).one()
    base = f"/projects/{project.id}/notes/{note.id}"
    assert jo.post(f"{base}/remove").status_code == 303
    gone = jo.get(f"/projects/{project.id}/cycles/{cycle.id}").text
    assert f'<span class="qi-pre">{SEEN}</span>' not in gone
    assert f"{base}/restore" in gone
    assert SEEN in jo.get(f"/projects/{project.id}/deleted").text
    assert jo.post(f"{base}/restore").status_code == 303
    assert SEEN in jo.get(url).text
    actions = db.session.scalars(
        db.select(AuditEvent.action).where(AuditEvent.subject_kind == "cycle_note")
    ).all()
    assert sorted(actions) == ["note.added", "note.removed", "note.restored"]


def test_what_is_refused_is_kept(jo: TrackerClient, cycle: PdsaCycle) -> None:
    refused = jo.post("/log", data=sent(cycle, **{"on-day": "11", "surprise": "Twins"}))
    assert refused.status_code == 422
    assert "Twins" in refused.text
    assert "Twins" in jo.get("/log").text
    assert "NHS number" in jo.post("/log", data=sent(cycle, what="See 943 476 5919")).text
    assert db.session.scalar(db.select(db.func.count(CycleNote.id))) == 0


def test_the_test_that_was_asked_for_is_chosen(
    jo: TrackerClient, cycle: PdsaCycle, lead: User
) -> None:
    other = factories.project("Falls", by=lead)
    later = factories.cycle(other, by=lead, title="Later", starts_on=date(2026, 4, 1))
    for address, chosen in (
        ("/log", cycle),
        (f"/log?project={other.id}", later),
        (f"/log?cycle={later.id}", later),
    ):
        drawn = jo.get(address).text
        assert re.search(rf'<option value="{chosen.id}" selected', drawn), address
        assert "Cycle 1: Later (Falls)" in drawn


def test_without_an_open_test_one_is_offered_to_plan(
    jo: TrackerClient, cycle: PdsaCycle, lead: User
) -> None:
    with unit_of_work():
        services.decide(cycle, Decision.ADOPT, next_change="", on=DAY, by=lead)
    drawn = jo.get("/log").text
    assert "No test is open" in drawn
    assert f"/projects/{cycle.project_id}/cycles/new" in drawn
    assert jo.post("/log", data=sent(cycle)).status_code == 422


def test_nobody_logs_where_they_may_only_read(
    cycle: PdsaCycle, client: TrackerClient, log_in: LogIn
) -> None:
    stranger = log_in(factories.person("Stranger"))
    assert "No test is open" in stranger.get(f"/log?cycle={cycle.id}").text
    assert stranger.post("/log", data=sent(cycle)).status_code == 422
