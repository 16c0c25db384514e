"""Rounds are added, never written over, and stand side by side."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from tracker.db import db, unit_of_work
from tracker.sustaining import services
from tracker.sustaining.domain import FACTORS, Answer, Sheet
from tracker.sustaining.models import Round
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.forms import form_in
from tracker.testing.plugin import CountStatements, LogIn


def test_enablers_are_answered_again_and_the_first_answers_stay(
    app: Flask, client: TrackerClient, log_in: LogIn
) -> None:
    lead = factories.person("Jo Example")
    project = factories.project(by=lead)
    home = f"/projects/{project.id}/sustaining"
    log_in(lead)
    assert client.get(home).text.count("Not answered yet") == 2

    form = form_in(client.get(f"{home}/enablers/new").text, holding="idem_key")
    refused = client.post(f"{home}/enablers/new", data=form)
    assert refused.status_code == 422
    assert "Answer at least one question" in refused.text
    number = next(n for n, v in form.items() if v == "networks").removesuffix("-key")
    early = {"on-day": "5", "on-month": "1", "on-year": "2026"}
    other = next(n for n, v in form.items() if v == "pipeline").removesuffix("-key")
    first = form | early | {f"{number}-level": "part", f"{number}-note": "Not yet ours"}
    first |= {f"{other}-note": "Ask the network"}
    assert client.post(f"{home}/enablers/new", data=first).status_code == 303
    page = client.get(home).text
    assert "1 part, 7 not answered" in page
    assert "Not yet ours" in page
    assert "Ask the network" in page, "a note without an answer is kept"
    assert "1 answered" in page

    form = form_in(client.get(f"{home}/enablers/new").text, holding="idem_key")
    assert form[f"{number}-note"] == "Not yet ours", "to go on from"
    again = form | {f"{number}-level": "yes", f"{number}-note": "Every month"}
    assert client.post(f"{home}/enablers/new", data=again).status_code == 303
    page = client.get(home).text
    assert "1 yes, 7 not answered" in page
    assert "1 further than before" in page
    assert "Before: Not yet ours" in page

    latest = db.session.scalars(db.select(Round).order_by(Round.on.desc())).first()
    assert latest is not None
    client.post(f"{home}/rounds/{latest.id}/delete")
    assert "1 part, 7 not answered" in client.get(home).text
    assert "Key enablers," in client.get(f"/projects/{project.id}/deleted").text
    client.post(f"{home}/rounds/{latest.id}/restore")
    assert "1 further than before" in client.get(home).text


def test_the_ten_factors_are_drawn_early_and_late_in_as_many_statements(
    app: Flask, client: TrackerClient, log_in: LogIn, count_statements: CountStatements
) -> None:
    lead = factories.person()
    project = factories.project(by=lead)
    home = f"/projects/{project.id}/sustaining"
    log_in(lead)

    def answer(level: str, month: int) -> None:
        with unit_of_work():
            services.add_round(
                project,
                Sheet.SUSTAINABILITY,
                [Answer(f.key, level) for f in FACTORS],
                on=date(2026, month, 1),
                by=lead,
            )

    answer("begun", 1)
    client.get(home)
    with count_statements() as few:
        client.get(home)
    for month in range(2, 6):
        answer("mostly", month)
    with count_statements() as many:
        page = client.get(home).text
    assert len(few) == len(many) <= 8, few
    assert "10 mostly in place" in page
    assert "10 further than before" in page
    assert "beside 1 January 2026" in page
    assert "this is not a score of that model" in page


def test_only_an_answer_of_the_sheet_is_kept(app: Flask) -> None:
    lead = factories.person()
    project = factories.project(by=lead)
    with pytest.raises(ValueError, match="no answer of enablers"), unit_of_work():
        services.add_round(
            project, Sheet.ENABLERS, [Answer("networks", "firm")], on=date(2026, 1, 1), by=lead
        )
