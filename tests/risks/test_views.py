"""The risk log: written, looked at, closed, taken away, and brought back."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

from flask import Flask

from tracker.db import db, unit_of_work
from tracker.pages.wording import day
from tracker.projects import steps
from tracker.projects.models import Project
from tracker.risks import services
from tracker.risks.models import Risk
from tracker.risks.services import Judgement
from tracker.safe.dates import today
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.forms import form_in
from tracker.testing.plugin import CountStatements, LogIn


def boxes(name: str, when: object) -> dict[str, str]:
    """A day as its three boxes are sent."""
    return {f"{name}-{part}": str(getattr(when, part)) for part in ("day", "month", "year")}


def steps_of(project: Project) -> str:
    """Why what is asked of the team next is asked."""
    found = steps.facts_of([project.id], today())
    asked = steps.steps_of(project, [], [], found, today())
    return " ".join(each.step.reason for each in asked)


def test_a_risk_from_the_first_word_to_its_end(
    app: Flask, client: TrackerClient, log_in: LogIn
) -> None:
    lead = factories.person("Jo Example")
    project = factories.project(by=lead)
    home = f"/projects/{project.id}/risks"
    log_in(lead)
    assert "Nothing is on the log" in client.get(home).text

    refused = client.post(f"{home}/new", data={"what": "", "owner": "Sam"})
    assert refused.status_code == 422
    assert "Say what could go wrong" in refused.text
    assert 'value="Sam"' in refused.text
    late = today() - timedelta(days=3)
    sent = {"what": "The trolley is away for repair", "likelihood": "3", "impact": "4"}
    answer = client.post(f"{home}/new", data=sent | boxes("review_on", late))
    assert answer.status_code == 303
    text = client.get(home).text
    assert "1 open risk: 1 high" in text
    assert f"({day(late)})" in text.partition("overdue:")[2][:300], "the overdue one is named"

    risk = db.session.scalars(db.select(Risk)).one()
    asked = f"The review of “The trolley is away for repair” was due on {day(late)}"
    assert asked in steps_of(project)
    form = form_in(client.get(f"{home}/{risk.id}/edit").text)
    soon = today() + timedelta(days=30)
    again = client.post(
        f"{home}/{risk.id}/edit",
        data=form | {"response": "A second one"} | boxes("review_on", soon),
    )
    assert again.status_code == 303
    page = client.get(f"{home}/{risk.id}").text
    assert "A second one" in page
    assert "Overdue" not in page
    assert asked not in steps_of(project)
    stale = client.post(f"{home}/{risk.id}/edit", data=form | {"response": "Mine"})
    assert stale.status_code == 409, "somebody saved first"

    form = form_in(client.get(f"{home}/{risk.id}/close").text)
    refused = client.post(f"{home}/{risk.id}/close", data=form | {"how": ""})
    assert "Say how it was closed" in refused.text
    client.post(f"{home}/{risk.id}/close", data=form | {"how": "We bought another"})
    text = client.get(home).text
    assert "No open risk" in text
    assert "We bought another" in text
    client.post(f"{home}/{risk.id}/reopen")
    assert "1 open risk: 1 high" in client.get(home).text

    client.post(f"{home}/{risk.id}/delete")
    assert client.get(f"{home}/{risk.id}").status_code == 404
    assert "The trolley is away for repair" in client.get(f"/projects/{project.id}/deleted").text
    client.post(f"{home}/{risk.id}/restore")
    assert client.get(f"{home}/{risk.id}").status_code == 200
    said = client.get(f"/projects/{project.id}/history").text
    for words in ("put a risk on the log", "closed a risk", "opened a risk again"):
        assert words in said


def test_the_log_takes_the_same_statements_however_long_and_goes_out_as_a_table(
    app: Flask, client: TrackerClient, log_in: LogIn, count_statements: CountStatements
) -> None:
    lead = factories.person()
    project = factories.project(by=lead)
    home = f"/projects/{project.id}/risks"
    log_in(lead)
    with unit_of_work():
        first = services.add(project, Judgement("=SUM(A1)", owner="Ruth", likelihood=5), by=lead)
    client.get(home)
    with count_statements() as few:
        client.get(home)
    with unit_of_work():
        for number in range(12):
            services.add(project, Judgement(f"Risk {number}", likelihood=2, impact=2), by=lead)
        services.close(first, "Gone", on=today(), by=lead)
    with count_statements() as many:
        client.get(home)
    assert len(few) == len(many) <= 8, few

    table = list(csv.reader(io.StringIO(client.get(f"{home}.csv").text.lstrip("\ufeff"))))
    assert len(table) == 14
    assert table[1][:7] == ["Risk 0", "Open", "2", "Unlikely", "2", "Minor", "Moderate"]
    assert table[-1][0] == "'=SUM(A1)", "no spreadsheet runs it"
    assert table[-1][2:4] == ["5", "Almost certain"]
    assert table[-1][-1] == "Gone"
    assert client.get(f"{home}.xlsx").data[:2] == b"PK"
