"""What a route decided is asked again under the lock: nothing is written on an old answer."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import Context
from typing import Any

import pytest
from flask import Flask

from tracker.auth import services as auth
from tracker.auth.models import User
from tracker.db import db, unit_of_work, utcnow
from tracker.drafts import forms
from tracker.pdsa import services as pdsa
from tracker.pdsa import views
from tracker.pdsa.models import PdsaCycle
from tracker.permissions import Role
from tracker.projects.models import Project
from tracker.safe.dates import today
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.plugin import CountStatements, LogIn

Meanwhile = Callable[[Callable[[], object]], None]


@pytest.fixture
def meanwhile(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """`meanwhile(change)`: somebody else does this after the route decided and before it writes."""

    def arrange(change: Callable[[], object]) -> None:
        def elsewhere() -> None:
            with app.app_context(), unit_of_work():
                change()

        def opened(*args: Any, **kwargs: Any) -> Any:
            Context().run(elsewhere)
            return forms.open_form(*args, **kwargs)

        monkeypatch.setattr(views, "open_form", opened)

    return arrange


class Sent:
    """A colleague of the lead writes down what happened in a cycle."""

    def __init__(self, client: TrackerClient, log_in: LogIn) -> None:
        self.lead = factories.person()
        self.project = factories.project(by=self.lead)
        self.cycle = factories.cycle(self.project, by=self.lead)
        self.colleague = factories.member(self.project)
        self.client = client
        self.url = f"/projects/{self.project.id}/cycles/{self.cycle.id}/do"
        log_in(self.colleague)

    def status(self) -> int:
        typed = {"done_as_planned": "yes", "observations": "Seen", "version": self.cycle.version}
        return self.client.post(self.url, data=typed).status_code

    @property
    def held(self) -> str:
        db.session.rollback()
        text: str = self.cycle.observations
        return text


@pytest.fixture
def sent(app: Flask, client: TrackerClient, log_in: LogIn) -> Sent:
    return Sent(client, log_in)


def test_without_anything_meanwhile_it_is_saved(sent: Sent) -> None:
    assert sent.status() == 303
    assert sent.held == "Seen"


def test_a_role_that_ended_meanwhile_writes_nothing(sent: Sent, meanwhile: Meanwhile) -> None:
    user_id, project_id = sent.colleague.id, sent.project.id
    meanwhile(
        lambda: auth.end_project_memberships(user_id, project_id, on=today(), by=None),
    )
    assert sent.status() == 404  # a project of the team's own is not to be seen any more
    assert sent.held == ""


def test_a_role_that_sank_meanwhile_writes_nothing(sent: Sent, meanwhile: Meanwhile) -> None:
    user_id, project_id = sent.colleague.id, sent.project.id

    def sink() -> None:
        auth.end_project_memberships(user_id, project_id, on=today(), by=None)
        user = db.session.get_one(User, user_id)
        auth.give_membership(user, Role.VIEWER, on=today(), by=None, project_id=project_id)

    meanwhile(sink)
    assert sent.status() == 403
    assert sent.held == ""


def test_an_account_disabled_meanwhile_writes_nothing(sent: Sent, meanwhile: Meanwhile) -> None:
    user_id = sent.colleague.id

    def disable() -> None:
        db.session.get_one(User, user_id).disabled_at = utcnow()

    meanwhile(disable)
    assert sent.status() == 403
    assert sent.held == ""


def test_a_cycle_deleted_meanwhile_takes_nothing_in(sent: Sent, meanwhile: Meanwhile) -> None:
    cycle_id, lead_id = sent.cycle.id, sent.lead.id
    meanwhile(
        lambda: pdsa.delete(
            db.session.get_one(PdsaCycle, cycle_id), by=db.session.get_one(User, lead_id)
        )
    )
    assert sent.status() == 404
    assert sent.held == ""


def test_a_project_deleted_meanwhile_takes_nothing_in(sent: Sent, meanwhile: Meanwhile) -> None:
    project_id = sent.project.id

    def delete() -> None:
        db.session.get_one(Project, project_id).deleted_at = utcnow()

    meanwhile(delete)
    assert sent.status() == 404
    assert sent.held == ""


def test_asking_again_costs_a_save_one_statement(
    sent: Sent, count_statements: CountStatements
) -> None:
    sent.status()
    sent.client.get(sent.url)
    typed = {"done_as_planned": "partly", "observations": "More", "version": sent.cycle.version}
    with count_statements() as statements:
        assert sent.client.post(sent.url, data=typed).status_code == 303
    # Who, the row; both again under the lock; the row, its project's place in lists, the draft,
    # its words in the search index, and the head of the history, the event, the head again.
    assert len(statements) == 11, statements
