from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select

from tracker.auth import queries
from tracker.auth.domain import LinkPurpose
from tracker.auth.models import OneTimeLink, User
from tracker.cli import admin
from tracker.db import db
from tracker.permissions import Permission, can
from tracker.testing.client import TrackerClient

Run = Callable[..., Result]

NEW = "thistle gravel canoe"


@pytest.fixture
def run(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr(admin, "app_from_env", lambda: app)
    return lambda *words: CliRunner().invoke(admin.create_admin, words)


def test_the_first_administrator_gets_a_link_and_no_password(
    run: Run, client: TrackerClient
) -> None:
    told = run("Ann@Example.NHS.uk", "Ann Lee")
    assert told.exit_code == 0, told.output
    ann = queries.by_email("ann@example.nhs.uk")
    assert ann is not None
    assert ann.name == "Ann Lee"
    assert ann.password_hash is None
    assert can(ann, Permission.PLUGINS_READ)
    link = told.output.split()[-1]
    assert link.startswith("http://127.0.0.1:5000/set-password/")
    path = link.removeprefix("http://127.0.0.1:5000")
    kept = db.session.scalars(select(OneTimeLink)).one()
    assert kept.purpose is LinkPurpose.FIRST_ADMINISTRATOR
    assert kept.token_hash not in link
    assert client.post(path, data={"password": NEW}).status_code == 303
    signed_in = client.post("/sign-in", data={"email": "ann@example.nhs.uk", "password": NEW})
    assert signed_in.status_code == 303


def test_an_address_with_an_account_is_refused_and_left_alone(run: Run) -> None:
    run("ann@example.nhs.uk", "Ann Lee")
    told = run("ANN@example.nhs.uk", "Somebody Else")
    assert told.exit_code == 1
    assert "already an account" in told.output
    assert "Traceback" not in told.output
    db.session.rollback()
    assert db.session.scalars(select(User.name)).all() == ["Ann Lee"]
    assert len(db.session.scalars(select(OneTimeLink)).all()) == 1


@pytest.mark.parametrize("words", [("ann", "Ann Lee"), ("ann@example.nhs.uk", " ")])
def test_what_cannot_be_an_account_is_refused(run: Run, words: tuple[str, str]) -> None:
    told = run(*words)
    assert told.exit_code == 1
    assert "Enter" in told.output
    assert db.session.scalars(select(User)).all() == []
