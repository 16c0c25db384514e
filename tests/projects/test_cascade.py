"""What an aim serves, from the nation down to the team."""

from __future__ import annotations

from datetime import date

from flask import Flask

from tracker.db import unit_of_work
from tracker.plugin_api import Programme
from tracker.plugin_host import current_host
from tracker.programmes.overriding import set_value
from tracker.projects.cascade import cascade
from tracker.testing import factories

TODAY = date(2026, 4, 1)


def test_what_an_organisation_set_itself_stands_between_the_programme_and_the_aim(
    app: Flask,
) -> None:
    lead = factories.person()
    project = factories.project(by=lead, programme="time_critical_meds")
    programme = next(one for one in current_host().of(Programme) if one.key == "time_critical_meds")
    before = cascade(project, TODAY)
    assert [level.name for level in before] == [
        "National ambition",
        "Programme",
        "PSC and ICB",
        "Our aim",
    ]
    assert "by 31 March 2027" in before[0].lines[0].note
    assert before[2].lines == ()
    with unit_of_work():
        set_value(
            project.organisation,
            programme,
            "parameter.window_insulin",
            "45",
            on=date(2026, 1, 1),
            reason="Ward rounds",
            by=lead,
        )
    (line,) = cascade(project, TODAY)[2].lines
    assert "On time within: Insulin: 45 minutes" in line.text
    assert line.note == "national: 60 minutes"
    assert line.source == f"{project.organisation.name}, from 1 January 2026"


def test_a_project_of_no_programme_serves_its_own_aim_alone(app: Flask) -> None:
    levels = cascade(factories.project(by=factories.person()), TODAY)
    assert [bool(level.lines) for level in levels] == [False] * 4
    assert "no national programme" in levels[0].empty
