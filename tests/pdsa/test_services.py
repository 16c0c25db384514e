"""What a team does with a cycle, and the history each of those leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from tracker.audit.models import AuditEvent
from tracker.auth.models import User
from tracker.db import db, unit_of_work
from tracker.pdsa import queries, services
from tracker.pdsa.domain import Decision, DoneAsPlanned
from tracker.pdsa.forms import held_plan
from tracker.pdsa.models import PdsaCycle
from tracker.pdsa.services import CyclePlan, PredictionPlan, TaskPlan
from tracker.pdsa.study import studied
from tracker.projects.models import Project
from tracker.testing import factories
from tracker.testing.plugin import Clock

DAY = date(2026, 3, 10)
LONG = "What we hope to see at the next visit. " * 10
PLAN = CyclePlan(
    title="Ask at every visit",
    starts_on=DAY,
    objective="Whether it fits the visit",
    predictions=[PredictionPlan(text="Most will answer")],
    tasks=[TaskPlan(what="Print the card", who="Sam Example", where="Ward 4")],
)


@pytest.fixture
def lead(app: Flask, stop_clock: Clock) -> User:
    stop_clock(DAY)
    return factories.person("Jo Example")


@pytest.fixture
def project(lead: User) -> Project:
    return factories.project(by=lead)


@pytest.fixture
def cycle(project: Project, lead: User) -> PdsaCycle:
    with unit_of_work():
        return services.plan(project, PLAN, by=lead)


def events(cycle: PdsaCycle, action: str) -> list[dict[str, Any]]:
    db.session.rollback()
    rows = db.session.scalars(
        db.select(AuditEvent)
        .where(AuditEvent.action == action, AuditEvent.subject_id == cycle.id)
        .order_by(AuditEvent.id)
    ).all()
    assert {(row.project_id, row.subject_kind) for row in rows} <= {
        (cycle.project_id, "pdsa_cycle")
    }
    return [row.detail for row in rows]


def change(cycle: PdsaCycle, lead: User, **changed: Any) -> None:
    with unit_of_work():
        services.change_plan(cycle, replace(held_plan(cycle), **changed), by=lead)


def test_cycles_are_numbered_in_their_project_and_no_number_is_used_again(
    project: Project, cycle: PdsaCycle, lead: User
) -> None:
    second = factories.cycle(project, by=lead)
    with unit_of_work():
        services.delete(second, by=lead)
    third = factories.cycle(project, by=lead)
    other = factories.cycle(factories.project(by=lead), by=lead)
    assert (cycle.number, third.number, other.number) == (1, 3, 1)


def test_planning_is_told_with_the_number(cycle: PdsaCycle) -> None:
    assert events(cycle, "pdsa.planned") == [{"number": 1}]


def test_a_change_of_plan_tells_old_and_new(cycle: PdsaCycle, lead: User) -> None:
    change(cycle, lead, title="Ask at discharge", objective=LONG)
    (told,) = events(cycle, "pdsa.plan_changed")
    assert told["title"] == ["Ask at every visit", "Ask at discharge"]
    assert told["objective"][0] == "Whether it fits the visit"
    assert told["objective"][1].startswith("sha256:")
    assert set(told) == {"title", "objective"}


def test_a_change_of_a_prediction_alone_is_told_and_moves_the_version(
    cycle: PdsaCycle, lead: User
) -> None:
    change(cycle, lead, predictions=[PredictionPlan(text="All will answer")])
    assert events(cycle, "pdsa.plan_changed") == [
        {"predictions": [[["Most will answer", "", "", ""]], [["All will answer", "", "", ""]]]}
    ]
    assert cycle.version == 2


def test_long_predictions_and_the_names_of_people_are_told_as_hashes(
    cycle: PdsaCycle, lead: User
) -> None:
    change(
        cycle,
        lead,
        predictions=[PredictionPlan(text=LONG)],
        tasks=[TaskPlan(what="Print the card", who="Pat Example")],
    )
    (told,) = events(cycle, "pdsa.plan_changed")
    assert told["predictions"][1][0][0].startswith("sha256:")
    old, new = (rows[0] for rows in told["tasks"])
    assert (old[0], old[2]) == ("Print the card", "Ward 4")
    assert old[1].startswith("sha256:")
    assert new[1].startswith("sha256:")
    assert old[1] != new[1]
    assert "Example" not in str(told)


def test_the_same_plan_again_tells_nothing_and_keeps_the_version(
    cycle: PdsaCycle, lead: User
) -> None:
    change(cycle, lead)
    assert events(cycle, "pdsa.plan_changed") == []
    assert cycle.version == 1


def test_predictions_keep_their_row_and_what_was_found_when_one_is_added(
    cycle: PdsaCycle, lead: User
) -> None:
    with unit_of_work():
        services.study(
            cycle, learned="It fits", results={cycle.predictions[0].id: ("18 of 20", True)}, by=lead
        )
    first = cycle.predictions[0].id
    change(
        cycle,
        lead,
        predictions=[PredictionPlan(text="Most will answer"), PredictionPlan(text="Few refuse")],
    )
    assert [(p.id == first, p.text, p.result) for p in cycle.predictions] == [
        (True, "Most will answer", "18 of 20"),
        (False, "Few refuse", ""),
    ]


def test_rows_taken_out_of_a_plan_are_gone(cycle: PdsaCycle, lead: User) -> None:
    change(cycle, lead, predictions=[], tasks=[])
    db.session.expire_all()
    assert (cycle.predictions, cycle.tasks) == ([], [])


def test_what_happened_what_was_learned_and_the_decision_are_told(
    cycle: PdsaCycle, lead: User
) -> None:
    prediction = cycle.predictions[0].id
    with unit_of_work():
        services.log_do(
            cycle,
            done_as_planned=DoneAsPlanned.PARTLY,
            observations=LONG,
            problems="",
            by=lead,
        )
    with unit_of_work():
        services.study(cycle, learned="It fits", results={prediction: ("18 of 20", True)}, by=lead)
    with unit_of_work():
        services.decide(cycle, Decision.ADAPT, next_change="Shorter card", on=DAY, by=lead)
    (done,) = events(cycle, "pdsa.done")
    assert done["done_as_planned"] == [None, "partly"]
    assert done["observations"][1].startswith("sha256:")
    assert "problems" not in done
    assert events(cycle, "pdsa.studied") == [
        {
            "learned": ["", "It fits"],
            "prediction 1 result": ["", "18 of 20"],
            "prediction 1 was_met": [None, True],
        }
    ]
    assert events(cycle, "pdsa.decided") == [
        {
            "decision": [None, "adapt"],
            "decided_on": [None, "2026-03-10"],
            "next_change": ["", "Shorter card"],
        }
    ]


def test_a_verdict_alone_moves_the_version(cycle: PdsaCycle, lead: User) -> None:
    with unit_of_work():
        services.study(cycle, learned="It fits", results={}, by=lead)
    version = cycle.version
    with unit_of_work():
        services.study(
            cycle, learned="It fits", results={cycle.predictions[0].id: ("", False)}, by=lead
        )
    assert cycle.version > version
    assert cycle.predictions[0].was_met is False


def test_nobody_judges_a_prediction_that_a_measure_scores(project: Project, lead: User) -> None:
    measure = factories.points(factories.measure(project, by=lead), [5, 3], by=lead)
    cycle = factories.cycle(
        project,
        by=lead,
        predictions=[
            PredictionPlan(measure_id=measure.id, value=Decimal(4), period=date(2024, 2, 1)),
            PredictionPlan(measure_id=measure.id, value=Decimal(2), period=date(2024, 2, 1)),
            PredictionPlan(measure_id=measure.id, value=Decimal(2), period=date(2024, 3, 1)),
        ],
    )
    with unit_of_work():
        services.study(
            cycle, learned="It", results={cycle.predictions[0].id: ("cheated", False)}, by=lead
        )
    met, missed, unknown = studied(cycle, [measure], outside=False)
    assert (met.was_met, met.observed, met.prediction.result) == (True, Decimal(3), "")
    assert met.score is not None
    assert met.score.words == "met by 1 people"
    assert missed.score is not None
    assert (missed.was_met, missed.score.words) == (False, "missed by 1 people")
    assert (unknown.was_met, unknown.score, unknown.observed) == (None, None, None)


def test_taking_a_decision_back_takes_its_date_too(cycle: PdsaCycle, lead: User) -> None:
    for decision in (Decision.ADOPT, None):
        with unit_of_work():
            services.decide(cycle, decision, next_change="", on=DAY, by=lead)
    assert (cycle.decision, cycle.decided_on) == (None, None)
    assert len(events(cycle, "pdsa.decided")) == 2


def test_the_next_cycle_is_filled_in_from_the_one_before(cycle: PdsaCycle, lead: User) -> None:
    with unit_of_work():
        services.decide(cycle, Decision.ADAPT, next_change="Shorter card", on=DAY, by=lead)
    plan = services.next_plan(cycle, today=DAY)
    assert (plan.title, plan.objective) == (cycle.title, cycle.objective)
    assert plan.theory == "Shorter card"
    assert [p.text for p in plan.predictions] == ["Most will answer"]
    assert [(t.what, t.due_on, t.id) for t in plan.tasks] == [("Print the card", None, None)]
    assert plan.ends_on is None


def test_a_deleted_cycle_is_nowhere_and_comes_back_whole(
    project: Project, cycle: PdsaCycle, lead: User
) -> None:
    child = factories.cycle(project, by=lead, parent=cycle)
    with unit_of_work():
        services.delete(cycle, by=lead)
    assert [c.id for c in queries.cycles(project)] == [child.id]
    assert cycle.deleted_by_id == lead.id
    with unit_of_work():
        services.restore(queries.deleted(project.id, cycle.id), by=lead)
    assert [c.id for c in queries.cycles(project)] == [cycle.id, child.id]
    assert [c.id for c in queries.following(cycle)] == [child.id]
    assert cycle.predictions[0].text == "Most will answer"
    assert len(events(cycle, "pdsa.deleted")) == len(events(cycle, "pdsa.restored")) == 1
