"""The worksheet part by part: saved, refused, kept, and handed on to the next cycle."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from tracker.audit.models import AuditEvent
from tracker.auth.models import User
from tracker.db import db
from tracker.pdsa.domain import Decision
from tracker.pdsa.models import PdsaCycle, Prediction
from tracker.permissions import Role
from tracker.projects.models import Project
from tracker.tasks.models import Task
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.forms import form_in
from tracker.testing.plugin import Clock, LogIn

DAY = date(2026, 3, 10)
VERSION = re.compile(r'name="version" value="(\d+)"')


@pytest.fixture
def lead(app: Flask, stop_clock: Clock) -> User:
    stop_clock(DAY)
    return factories.person("Jo Example")


@pytest.fixture
def project(lead: User) -> Project:
    return factories.project("Safer pain care", by=lead)


@pytest.fixture
def cycle(project: Project, lead: User) -> PdsaCycle:
    return factories.cycle(project, by=lead, objective="Learn", starts_on=date(2026, 3, 2))


@pytest.fixture
def jo(lead: User, client: TrackerClient, log_in: LogIn) -> TrackerClient:
    return log_in(lead)


def on(name: str, day: date) -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": "2026"}


def plan(**typed: str) -> dict[str, str]:
    return {
        "title": "Ask at discharge",
        "kind": "test",
        "objective": "Whether there is time",
        **on("starts_on", DAY),
        "idem_key": str(uuid.uuid4()),
        **typed,
    }


def part(cycle: PdsaCycle, name: str = "") -> str:
    return f"/projects/{cycle.project_id}/cycles/{cycle.id}" + (f"/{name}" if name else "")


def versioned(cycle: PdsaCycle, **typed: str) -> dict[str, str]:
    db.session.rollback()
    return {"version": str(cycle.version), **typed}


def planned(project: Project, title: str = "Ask at discharge") -> PdsaCycle:
    db.session.rollback()
    found: PdsaCycle = db.session.scalars(
        db.select(PdsaCycle).where(PdsaCycle.project_id == project.id, PdsaCycle.title == title)
    ).one()
    return found


def told() -> int:
    return db.session.scalar(db.select(db.func.count(AuditEvent.id))) or 0


def test_a_whole_plan_is_kept_and_shown(jo: TrackerClient, project: Project, lead: User) -> None:
    measure = factories.measure(project, by=lead, title="Falls")
    typed = plan(
        change_idea="A card",
        questions="Will it last?",
        theory="People forget",
        scale="One clinic",
        data_plan="Tally on the card",
        **on("ends_on", date(2026, 3, 20)),
        **{
            "predictions-0-text": "Most will answer",
            "predictions-1-measure_id": str(measure.id),
            "predictions-1-value": "1,200.5",
            "predictions-1-period": "April 2026",
            "predictions-2-text": "",
            "tasks-0-what": "Print the card",
            "tasks-0-who": "Sam",
            "tasks-0-where": "Ward 4",
            "tasks-0-due": "13/03/2026",
            "tasks-1-what": "",
        },
    )
    sent = jo.post(f"/projects/{project.id}/cycles/new", data=typed)
    assert sent.status_code == 303
    cycle = planned(project)
    assert [(p.text, p.value, p.period) for p in cycle.predictions] == [
        ("Most will answer", None, None),
        ("", Decimal("1200.5"), date(2026, 4, 1)),
    ]
    assert [(t.what, t.who, t.due_on) for t in cycle.tasks] == [
        ("Print the card", "Sam", date(2026, 3, 13))
    ]
    shown = jo.get(sent.headers["Location"]).text
    for words in (
        "Whether there is time",
        "Will it last?",
        "People forget",
        "One clinic",
        "Tally on the card",
        "Most will answer",
        "Falls, April 2026",
        "Print the card: Sam, Ward 4",
        "13 March 2026",
    ):
        assert words in shown


def test_a_double_press_plans_one_cycle(jo: TrackerClient, project: Project) -> None:
    typed = plan()
    urls = {
        jo.post(f"/projects/{project.id}/cycles/new", data=typed).headers["Location"]
        for _ in range(2)
    }
    assert urls == {part(planned(project))}
    assert "Cycle planned" in jo.get(urls.pop()).text


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("title", "", "Enter a name for the test"),
        ("kind", "", "Choose what the cycle is for"),
        ("objective", " ", "Enter what you want to learn"),
        ("starts_on-year", "", "must include a year"),
        ("ends_on-day", "9", "It must end on or after the day it starts"),
        ("predictions-0-value", "12", "Choose the measure the value is for"),
        ("predictions-0-period", "2026-13", "Write the month or the date"),
        ("tasks-0-who", "Sam", "Say what is to be done"),
        ("tasks-0-due", "some day", "Write the month or the date"),
        ("theory", "Ms X, 943 476 5919", "This looks like an NHS number"),
    ],
)
def test_a_plan_that_is_refused_keeps_everything_and_writes_nothing(
    jo: TrackerClient, project: Project, field: str, typed: str, message: str
) -> None:
    url = f"/projects/{project.id}/cycles/new"
    before = told()
    sent = plan(questions="Will it last?", **{"predictions-1-text": "Most", "tasks-1-what": "Card"})
    if field.startswith("ends_on"):
        sent |= on("ends_on", DAY)
    refused = jo.post(url, data={**sent, field: typed})
    assert refused.status_code == 422
    assert message in refused.text
    assert "There is a problem" in refused.text
    for words in ("Will it last?", 'value="Most"', 'value="Card"', typed.strip()):
        assert words in refused.text
    assert told() == before
    assert db.session.scalar(db.select(db.func.count(PdsaCycle.id))) == 0

    offered = jo.get(url).text
    assert "This is your draft" in offered
    for words in ("Will it last?", 'value="Most"', 'value="Card"'):
        assert words in offered
    assert "943 476 5919" not in offered


def test_what_is_not_an_nhs_number_is_let_through_and_told(
    jo: TrackerClient, project: Project
) -> None:
    typed = plan(theory="Order 943 476 5919", not_nhs_number="theory")
    assert jo.post(f"/projects/{project.id}/cycles/new", data=typed).status_code == 303
    row = db.session.scalars(
        db.select(AuditEvent).where(AuditEvent.action == "text.not_nhs_number")
    ).one()
    assert row.detail == {"field": "theory"}
    assert planned(project).theory == "Order 943 476 5919"


def test_a_changed_plan_keeps_its_rows_and_can_lose_them(
    jo: TrackerClient, cycle: PdsaCycle
) -> None:
    sent = plan(**{"predictions-0-text": "Most", "tasks-0-what": "Card"})
    assert jo.post(part(cycle, "plan"), data=versioned(cycle, **sent)).status_code == 303
    drawn = jo.get(part(cycle, "plan")).text
    assert 'value="Most"' in drawn
    assert 'value="Card"' in drawn
    row = form_in(drawn)["tasks-0-row"]
    bare = plan(**{"predictions-0-text": "", "tasks-0-what": "", "tasks-0-row": row})
    assert jo.post(part(cycle, "plan"), data=versioned(cycle, **bare)).status_code == 303
    assert db.session.scalar(db.select(db.func.count(Prediction.id))) == 0
    left = db.select(db.func.count(Task.id)).where(Task.deleted_at.is_(None))
    assert db.session.scalar(left) == 0


def test_two_who_change_only_predictions_meet(jo: TrackerClient, cycle: PdsaCycle) -> None:
    drawn = versioned(cycle, **plan(title=cycle.title, objective="Learn"))
    first = jo.post(part(cycle, "plan"), data={**drawn, "predictions-0-text": "Most"})
    second = jo.post(part(cycle, "plan"), data={**drawn, "predictions-0-text": "All"})
    assert (first.status_code, second.status_code) == (303, 409)
    assert 'value="All"' in second.text
    db.session.rollback()
    assert [p.text for p in cycle.predictions] == ["Most"]


def test_what_happened_is_written_and_can_be_changed(jo: TrackerClient, cycle: PdsaCycle) -> None:
    refused = jo.post(part(cycle, "do"), data=versioned(cycle, observations="Busy"))
    assert refused.status_code == 422
    assert "Say whether it was done as planned" in refused.text
    assert "Busy" in refused.text
    typed = versioned(cycle, done_as_planned="partly", observations="18 of 20", problems="Busy")
    sent = jo.post(part(cycle, "do"), data=typed)
    assert sent.headers["Location"] == part(cycle)
    shown = jo.get(part(cycle)).text
    assert "18 of 20" in shown
    assert "Partly" in shown


def test_study_sets_what_happened_beside_what_was_predicted(
    jo: TrackerClient, project: Project, lead: User
) -> None:
    measure = factories.points(factories.measure(project, by=lead, title="Falls"), [5, 3], by=lead)
    typed = plan(
        **{
            "predictions-0-text": "Most will answer",
            "predictions-1-measure_id": str(measure.id),
            "predictions-1-value": "4",
            "predictions-1-period": "February 2024",
        }
    )
    jo.post(f"/projects/{project.id}/cycles/new", data=typed)
    cycle = planned(project)
    drawn = jo.get(part(cycle, "study")).text
    assert "Most will answer" in drawn
    assert "Met by 1 people" in drawn
    worded = cycle.predictions[0].id

    assert jo.post(part(cycle, "study"), data=versioned(cycle)).status_code == 422
    sent = jo.post(
        part(cycle, "study"),
        data=versioned(
            cycle,
            learned="It fits",
            **{
                "results-0-prediction_id": str(worded),
                "results-0-result": "18 of 20",
                "results-0-was_met": "no",
            },
        ),
    )
    assert sent.headers["Location"] == part(cycle, "act")
    shown = jo.get(part(cycle)).text
    assert "1 of 2 predictions met" in shown
    assert "18 of 20" in shown
    assert "Judged by the team" in shown


def test_a_result_for_a_prediction_of_another_cycle_goes_nowhere(
    jo: TrackerClient, project: Project, cycle: PdsaCycle, lead: User
) -> None:
    jo.post(f"/projects/{project.id}/cycles/new", data=plan(**{"predictions-0-text": "Most"}))
    other = planned(project).predictions[0]
    typed = {"results-0-prediction_id": str(other.id), "results-0-result": "cheated"}
    sent = jo.post(part(cycle, "study"), data=versioned(cycle, learned="It fits", **typed))
    assert sent.status_code == 303
    db.session.rollback()
    assert other.result == ""


def test_adapt_opens_the_next_cycle_filled_in_as_its_child(
    jo: TrackerClient, project: Project
) -> None:
    typed = plan(scale="One clinic", **{"predictions-0-text": "Most", "tasks-0-what": "Card"})
    jo.post(f"/projects/{project.id}/cycles/new", data=typed)
    cycle = planned(project)
    decided = jo.post(
        part(cycle, "act"),
        data=versioned(
            cycle, decision="adapt", next_change="A shorter card", **on("decided_on", DAY)
        ),
    )
    onward = decided.headers["Location"]
    drawn = jo.get(onward).text
    assert f"Filled in from cycle {cycle.number}" in drawn
    for words in ("Ask at discharge", "One clinic", "A shorter card", 'value="Most"', "Card"):
        assert words in drawn
    assert f'action="{onward}"' in drawn

    sent = jo.post(onward, data=plan(title="Ask with a shorter card"))
    child = planned(project, "Ask with a shorter card")
    assert child.parent_id == cycle.id
    assert f"cycle {cycle.number}</a>" in jo.get(sent.headers["Location"]).text
    assert "Ask with a shorter card" in jo.get(part(cycle)).text


def test_throwing_away_the_draft_of_a_next_cycle_leads_back_to_it(
    jo: TrackerClient, cycle: PdsaCycle
) -> None:
    url = f"/projects/{cycle.project_id}/cycles/new?after={cycle.id}"
    jo.post(url, data=plan(title="", questions="Half"))
    offered = jo.get(url).text
    assert "Half" in offered
    assert f'name="next" value="{url}"' in offered


@pytest.mark.parametrize("decision", ["adopt", "abandon"])
def test_other_decisions_lead_back_to_the_cycle(
    jo: TrackerClient, cycle: PdsaCycle, decision: str
) -> None:
    typed = versioned(cycle, decision=decision, **on("decided_on", DAY))
    assert jo.post(part(cycle, "act"), data=typed).headers["Location"] == part(cycle)
    db.session.rollback()
    assert cycle.decision is Decision(decision)


def test_nobody_decides_in_the_future_or_without_a_decision(
    jo: TrackerClient, cycle: PdsaCycle
) -> None:
    late = versioned(cycle, decision="adopt", **on("decided_on", date(2026, 3, 11)))
    assert jo.post(part(cycle, "act"), data=late).status_code == 422
    none = versioned(cycle, **on("decided_on", DAY))
    assert "Choose adopt, adapt or abandon" in jo.post(part(cycle, "act"), data=none).text


def test_deleting_a_cycle_can_be_undone_from_the_banner(
    jo: TrackerClient, cycle: PdsaCycle
) -> None:
    gone = jo.post(part(cycle, "delete"))
    listed = jo.get(gone.headers["Location"]).text
    assert "Cycle 1 deleted" in listed
    assert part(cycle) + '"' not in listed
    assert jo.get(part(cycle)).status_code == 404
    assert jo.post(part(cycle, "delete")).status_code == 404
    undo = re.search(r'action="([^"]+/restore)"', listed)
    assert undo is not None
    assert jo.post(undo[1]).headers["Location"] == part(cycle)
    assert jo.get(part(cycle)).status_code == 200
    assert jo.post(undo[1]).status_code == 404


@pytest.mark.parametrize("name", ["", "plan", "do", "study", "act"])
def test_reading_a_cycle_changes_nothing(jo: TrackerClient, cycle: PdsaCycle, name: str) -> None:
    before, version = told(), cycle.version
    assert jo.get(part(cycle, name)).status_code == 200
    assert told() == before
    assert cycle.version == version


def test_a_coach_reads_all_of_it_and_changes_none(
    cycle: PdsaCycle, project: Project, new_client: Callable[[], TrackerClient]
) -> None:
    coach = new_client()
    coach.sign_in(factories.member(project, role=Role.COACH))
    assert coach.get(part(cycle)).status_code == 200
    before = told()
    for name in ("plan", "do", "study", "act", "delete"):
        sent = versioned(cycle, learned="Mine", decision="adopt")
        assert coach.post(part(cycle, name), data=sent).status_code == 403
        assert f'href="{part(cycle, name)}"' not in coach.get(part(cycle)).text
    assert told() == before
