"""A forgotten password: a link by e-mail, and nobody learns who has an account."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tracker.auth.models import LoginSession, OneTimeLink, User
from tracker.config import Smtp
from tracker.db import db, unit_of_work
from tracker.mail.models import OutgoingMail
from tracker.testing.client import TrackerClient
from tracker.testing.plugin import Clock, MakeApp

Person = Callable[..., User]
SignIn = Callable[..., TestResponse]

NOON = datetime(2025, 7, 15, 12, tzinfo=UTC)
NEW = "thistle gravel canoe"


@pytest.fixture
def asking(posting: Flask, browser: Callable[[Flask], TrackerClient]) -> TrackerClient:
    """A browser on an app whose messages go into a folder."""
    return browser(posting)


def ask(client: TrackerClient, email: str = "jo@example.nhs.uk", **more: Any) -> TestResponse:
    answer = client.post("/forgotten-password", data={"email": email}, **more)
    answer.close()  # what comes after the answer
    return answer


def link_in(folder: Path) -> str:
    """The path of the link in the newest message."""
    newest = max(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)
    found = re.search(r"http://localhost:8000(/set-password/\S+)", newest.read_text("utf-8"))
    assert found is not None
    return found[1]


def test_the_sign_in_page_leads_there(client: TrackerClient) -> None:
    assert 'href="/forgotten-password"' in client.get("/sign-in").text
    assert "We send a link" in client.get("/forgotten-password").text


def test_the_link_sets_a_password_once_and_looking_uses_nothing_up(
    asking: TrackerClient, person: Person, sign_in: SignIn, folder: Path
) -> None:
    person()
    answer = ask(asking)
    assert (answer.status_code, answer.location) == (303, "/forgotten-password/sent")
    assert "mail folder" in asking.get(answer.location).text
    link = link_in(folder)
    for _ in range(2):
        assert asking.head(link).status_code == 200
        assert "Jo" in asking.get(link).text
    assert asking.post(link, data={"password": NEW}).location == "/sign-in"
    assert asking.get(link).status_code == 404
    assert asking.post(link, data={"password": "violet anchor biscuits"}).status_code == 404
    assert sign_in(asking, password=NEW).status_code == 303


def test_the_link_lasts_an_hour_and_ends_every_sign_in_when_used(
    asking: TrackerClient, person: Person, folder: Path, log_in: Any, stop_clock: Clock
) -> None:
    jo = person()
    stop_clock(NOON)
    ask(asking)
    link = link_in(folder)
    stop_clock(NOON + timedelta(hours=1))
    assert asking.get(link).status_code == 404
    ask(asking)
    log_in(jo)
    asking.post(link_in(folder), data={"password": NEW})
    assert db.session.scalar(select(func.count()).select_from(LoginSession)) == 0


def test_a_link_begins_with_our_address_whatever_the_browser_calls_us(
    asking: TrackerClient, person: Person, folder: Path
) -> None:
    person()
    ask(asking, headers={"Host": "evil.example"})
    (message,) = folder.iterdir()
    assert "evil" not in message.read_text("utf-8")
    assert link_in(folder)


def test_nobody_learns_whether_there_is_an_account(
    asking: TrackerClient, person: Person, folder: Path, count_statements: Any
) -> None:
    person("jo")
    gone = person("gone")
    with unit_of_work():
        db.session.get_one(User, gone.id).disabled_at = NOON
    ask(asking, "warm@example.nhs.uk")
    answers, asked = [], {}
    for name in ("jo", "nobody", "gone"):
        with count_statements() as statements:
            answers.append(ask(asking, f"{name}@example.nhs.uk"))
        asked[name] = [text for text in statements if "one_time_link" not in text]
    assert {(each.status_code, each.location) for each in answers} == {
        (303, "/forgotten-password/sent")
    }
    assert len({each.text for each in answers}) == 1
    assert len(asked["nobody"]) == len(asked["gone"])
    assert len(list(folder.iterdir())) == 1, "one message, to the one account"
    assert db.session.scalar(select(func.count()).select_from(OneTimeLink)) == 1


@pytest.mark.parametrize("email", ["", "jo", "jo@", "a b@example.org"])
def test_what_is_no_address_is_refused(client: TrackerClient, email: str) -> None:
    answer = ask(client, email)
    assert answer.status_code == 422
    assert "nhsuk-error-summary" in answer.text


@pytest.mark.parametrize("name", ["jo", "nobody"])
def test_an_account_gets_five_links_an_hour_whether_it_exists_or_not(
    client: TrackerClient, person: Person, stop_clock: Clock, name: str
) -> None:
    person("jo")
    stop_clock(NOON)
    for _ in range(5):
        assert ask(client, f"{name}@example.nhs.uk").status_code == 303
    refused = ask(client, f"{name}@EXAMPLE.nhs.uk")
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "3601"
    assert "Try again in 61 minutes" in refused.text
    assert ask(client, "ann@example.nhs.uk").status_code == 303
    stop_clock(NOON + timedelta(hours=1))
    assert ask(client, f"{name}@example.nhs.uk").status_code == 303


def test_an_address_gets_fifty_links_an_hour(client: TrackerClient, stop_clock: Clock) -> None:
    stop_clock(NOON)
    for nth in range(50):
        assert ask(client, f"p{nth}@example.org").status_code == 303
    assert ask(client, "one-more@example.org").status_code == 429


def test_a_mail_server_that_is_away_fails_nobody(
    make_app: MakeApp, person: Person, browser: Callable[[Flask], TrackerClient]
) -> None:
    person()
    app = make_app(smtp=Smtp(host="127.0.0.1", port=9, sender="qi@example.nhs.uk"))
    assert ask(browser(app)).status_code == 303
    (waiting,) = db.session.scalars(select(OutgoingMail)).all()
    assert (waiting.tries, waiting.last_fault) == (1, "ConnectionRefusedError")
