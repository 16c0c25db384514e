"""What a team is asked to do next: each rule with its reason, without an app."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from tracker.auth.models import User
from tracker.db import unit_of_work
from tracker.drivers import services as drivers
from tracker.drivers import steps as drivers_steps
from tracker.measures import steps as measure_steps
from tracker.measures.models import Measure
from tracker.pdsa import steps as cycle_steps
from tracker.pdsa.domain import Decision, DoneAsPlanned
from tracker.pdsa.models import PdsaCycle
from tracker.projects import own_steps, steps
from tracker.projects.domain import AimDirection
from tracker.projects.models import Aim, Project
from tracker.projects.roles import ANY_TEAM
from tracker.projects.steps import Fact, Rule, Seen, Step
from tracker.testing import factories
from tracker.testing.plugin import CountStatements

TODAY = date(2022, 5, 1)
FILLED = [Fact(None, "Jo", role.title, date(2021, 1, 1), None) for role in ANY_TEAM]


def project(by: date = date(2022, 6, 30)) -> Project:
    aim = Aim(
        direction=AimDirection.INCREASE,
        measure="cord clamping",
        population="babies",
        place="our unit",
        unit="%",
        baseline=Decimal(75),
        target=Decimal(95),
        by=by,
    )
    return Project(id=1, programme=None, aim=aim)


def cycle(number: int, *, done: bool = False, learned: str = "", ends: int = 30) -> PdsaCycle:
    return PdsaCycle(
        id=number,
        number=number,
        starts_on=date(2022, 4, 1),
        ends_on=date(2022, 4, ends),
        done_as_planned=DoneAsPlanned.YES if done else None,
        learned=learned,
    )


def measure(number: int, title: str, points: int) -> Measure:
    return Measure(id=number, title=title, points_count=points, lag_months=0, cadence="monthly")


def asked(
    rules: Iterable[Rule],
    *,
    of: Project | None = None,
    measures: Iterable[Measure] = (),
    cycles: Iterable[PdsaCycle] = (),
    facts: Iterable[Fact] = (),
) -> list[Step]:
    seen = Seen(of or project(), list(measures), list(cycles), list(facts), TODAY)
    return [step for rule in rules for step in rule.ask(seen)]


def test_an_aim_is_written_first_then_completed() -> None:
    blank = Project(id=1, aim=Aim(unit="%", measure="", population="", place=""))
    (step,) = asked([own_steps.to_write_the_aim], of=blank)
    assert (step.text, step.endpoint) == ("Write the aim", "projects.edit_aim")
    half = project()
    half.aim.place, half.aim.by = "", None
    (step,) = asked([own_steps.to_write_the_aim], of=half)
    assert (step.text, step.reason) == ("Complete the aim", "It has no place and no date.")
    assert asked([own_steps.to_write_the_aim]) == []


def test_what_follows_is_asked_once_the_day_of_the_aim_has_passed() -> None:
    (step,) = asked([own_steps.to_aim_again], of=project(date(2022, 4, 30)))
    assert step.reason.startswith("It was due on 30 April 2022.")
    assert asked([own_steps.to_aim_again], of=project(TODAY)) == []


def test_a_vacant_role_names_who_left_and_roles_never_filled_come_in_one_step() -> None:
    assert asked([own_steps.to_fill_a_role], facts=FILLED) == []
    left = [f._replace(until=date(2022, 4, 9)) if f.note == "Lead" else f for f in FILLED]
    (step,) = asked([own_steps.to_fill_a_role], facts=left)
    assert (step.text, step.reason) == ("Find a new lead", "Jo left on 9 April 2022.")
    (step,) = asked([own_steps.to_fill_a_role], facts=[f for f in FILLED if f.note != "QI lead"])
    assert (step.text, step.reason) == ("Name a QI lead", "Nobody is QI lead yet.")
    (step,) = asked([own_steps.to_fill_a_role], facts=FILLED[2:])
    assert step.text == "Fill 2 roles on the team"
    assert step.reason == "Nobody is lead or executive sponsor yet."


def test_figures_are_asked_for_measure_by_measure() -> None:
    assert [s.text for s in asked(measure_steps.RULES)] == ["Add a measure"]
    thin, empty = measure(2, "Thin", 3), measure(1, "Empty", 0)
    thin.latest_period = date(2022, 2, 1)
    found = asked(measure_steps.RULES, measures=[thin, empty])
    assert [(s.text, s.at) for s in found] == [
        ("Add data to Empty", {"measure_id": 1}),
        ("Add earlier data to Thin", {"measure_id": 2}),
        ("Add March 2022 to Thin", {"measure_id": 2}),
    ]
    assert asked(measure_steps.RULES, measures=[measure(3, "Full", 24)]) == []


def test_a_cycle_that_has_ended_is_written_up_studied_and_decided() -> None:
    assert [s.text for s in asked(cycle_steps.RULES)] == ["Plan a first cycle"]
    waiting = [cycle(1, done=True, learned="It fits"), cycle(2, done=True), cycle(3)]
    assert [(s.text, s.endpoint) for s in asked(cycle_steps.RULES, cycles=waiting)] == [
        ("Say what happened in cycle 3", "pdsa.do"),
        ("Study cycle 2", "pdsa.study"),
        ("Decide on cycle 1", "pdsa.act"),
    ]
    decided = cycle(4)
    decided.decision = Decision.ADOPT
    assert asked(cycle_steps.RULES, cycles=[decided]) == []


@pytest.mark.parametrize("done", [True, False])
def test_observations_written_early_do_not_end_the_doing(done: bool) -> None:
    running = cycle(1, done=done)
    running.ends_on = date(2022, 5, 31)
    assert asked(cycle_steps.RULES, cycles=[running]) == []


def test_ideas_without_a_driver_are_counted_and_the_first_is_named() -> None:
    ideas = [Fact(1, "Trolley", "", None, None), Fact(2, "Leaflet", "", None, None)]
    (step,) = asked(drivers_steps.RULES, facts=ideas)
    assert step.reason == "2 ideas have no driver: “Trolley” and others."


def test_the_most_pressing_comes_first_whatever_room_asks(app: Flask) -> None:
    order = [one.key.removeprefix("tracker.") for one in steps.rules_of(app)]
    wanted = [
        "projects.own_steps.to_write_the_aim",
        "measures.steps.to_add_a_measure",
        "pdsa.steps.to_plan_a_first",
        "pdsa.steps.to_study",
        "measures.steps.to_bring_up_to_date",
        "projects.own_steps.to_fill_a_role",
        "drivers.steps.to_place_ideas",
    ]
    assert [key for key in order if key in wanted] == wanted


def test_the_facts_of_all_rules_and_projects_come_in_one_statement(
    app: Flask, count_statements: CountStatements
) -> None:
    lead: User = factories.person("Jo Example")
    first, second = factories.project(by=lead), factories.project(by=lead)
    with unit_of_work():
        drivers.idea_for(first.id, "Trolley", by=lead)
    ids = [first.id, second.id]
    with count_statements() as sent:
        found = steps.facts_of(ids, TODAY)
    assert len(sent) == 1
    (member,) = found[own_steps.to_fill_a_role.key, second.id]
    assert isinstance(member.on, date)
    assert (member.text, member.until) == ("Jo Example", None)
    # Without a driver there is nothing to hang an idea under, and nothing is asked.
    assert not found.get((drivers_steps.to_place_ideas.key, first.id))
