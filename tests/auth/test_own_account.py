"""Changing one's own name, job and e-mail address."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from tracker.audit.models import AuditEvent
from tracker.auth import personal, services
from tracker.auth.domain import LinkPurpose
from tracker.auth.models import OneTimeLink, User
from tracker.db import db, unit_of_work
from tracker.mail.models import OutgoingMail
from tracker.projects.models import ProjectMember
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.plugin import Clock

Person = Callable[..., User]
SignIn = Callable[..., TestResponse]

NOON = datetime(2025, 7, 15, 12, tzinfo=UTC)
NEW = "jo.newname@example.nhs.uk"


@pytest.fixture
def jo(person: Person) -> User:
    return person()


@pytest.fixture
def mailing(posting: Flask, jo: User, browser: Callable[[Flask], TrackerClient]) -> TrackerClient:
    """A browser signed in as Jo, on an app whose messages go into a folder."""
    client = browser(posting)
    client.sign_in(jo)
    return client


def ask(client: TrackerClient, password: str, email: str = NEW) -> TestResponse:
    answer = client.post("/account/email", data={"email": email, "password": password})
    answer.close()  # what comes after the answer
    return answer


def messages(folder: Path) -> list[str]:
    """Messages that were sent, the oldest first."""
    found = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)
    read = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in found]
    return [f"To: {each['To']}\n{each.get_content()}" for each in read]


def link_in(folder: Path) -> str:
    """The path of the link in the newest message."""
    found = re.search(r"http://localhost:8000(/account/email/\S+)", messages(folder)[-1])
    assert found is not None
    return found[1]


def email_of(user: User) -> str:
    db.session.rollback()
    return db.session.get_one(User, user.id).email


def actions() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))


# --- name and job


def details(user: User, **typed: str) -> dict[str, str]:
    db.session.rollback()
    return {"name": user.name, "job": user.job, "version": str(user.version), **typed}


def test_a_name_and_a_job_change_on_the_teams_too(
    client: TrackerClient, jo: User, log_in: Any
) -> None:
    place = factories.organisation()
    project = factories.project(by=jo, organisation=place)
    log_in(jo)
    assert 'value="Jo"' in client.get("/account/details").text
    answer = client.post("/account/details", data=details(jo, name="Jo Newname", job="Matron"))
    assert (answer.status_code, answer.location) == (303, "/account")
    shown = client.get("/account").text
    assert "Jo Newname" in shown
    assert "Matron" in shown
    assert "Jo Newname" in client.get(f"/projects/{project.id}/people").text
    assert actions()[-1] == "user.changed"


def test_a_name_that_a_team_chose_for_somebody_stays(
    client: TrackerClient, jo: User, log_in: Any
) -> None:
    factories.project(by=jo, organisation=factories.organisation())
    with unit_of_work():
        db.session.scalars(select(ProjectMember)).one().name = "Dr Jo"
    log_in(jo)
    client.post("/account/details", data=details(jo, name="Jo Newname"))
    assert db.session.scalars(select(ProjectMember.name)).one() == "Dr Jo"


def test_an_empty_name_is_refused_and_a_second_window_loses_nothing(
    client: TrackerClient, jo: User, log_in: Any
) -> None:
    log_in(jo)
    before = details(jo, name="Jo One")
    refused = client.post("/account/details", data=details(jo, name=" ", job="Matron"))
    assert refused.status_code == 422
    assert "Enter your name" in refused.text
    assert "Matron" in refused.text
    assert client.post("/account/details", data=before).status_code == 303
    late = client.post("/account/details", data={**before, "name": "Jo Two"})
    assert late.status_code == 409
    assert "Jo Two" in late.text
    db.session.rollback()
    assert db.session.get_one(User, jo.id).name == "Jo One"


# --- e-mail address


def test_the_link_in_the_new_mailbox_changes_the_address_once_and_the_old_one_is_told(
    mailing: TrackerClient, jo: User, folder: Path, password: str, sign_in: SignIn
) -> None:
    answer = ask(mailing, password, f"  {NEW.upper()} ")
    assert (answer.status_code, answer.location) == (303, "/account/email/sent")
    assert "mail folder" in mailing.get(answer.location).text
    assert f"To: {NEW}" in messages(folder)[-1]
    assert email_of(jo) == "jo@example.nhs.uk"
    link = link_in(folder)
    for _ in range(2):
        shown = mailing.get(link)
        assert shown.status_code == 200
        assert NEW in shown.text
    done = mailing.post(link)
    done.close()
    assert (done.status_code, done.location) == (303, "/account")
    assert email_of(jo) == NEW
    told = messages(folder)[-1]
    assert "To: jo@example.nhs.uk" in told
    assert NEW not in told
    assert mailing.post(link).status_code == 404
    assert mailing.get("/account").status_code == 200, "still signed in"


def test_one_signs_in_with_the_new_address_and_no_longer_with_the_old(
    mailing: TrackerClient, client: TrackerClient, folder: Path, password: str, sign_in: SignIn
) -> None:
    ask(mailing, password)
    mailing.post(link_in(folder))
    assert sign_in(client).status_code == 422
    assert sign_in(client, email=NEW).status_code == 303


@pytest.mark.parametrize("email", ["", "jo", "a b@example.org", "jo@EXAMPLE.nhs.uk"])
def test_what_is_no_address_or_no_other_one_is_refused(
    mailing: TrackerClient, password: str, email: str
) -> None:
    answer = ask(mailing, password, email)
    assert answer.status_code == 422
    assert "nhsuk-error-summary" in answer.text
    assert db.session.scalars(select(OneTimeLink)).all() == []


def test_it_needs_the_password_and_counts_wrong_ones(mailing: TrackerClient, jo: User) -> None:
    for _ in range(10):
        assert "password is wrong" in ask(mailing, "wrong").text
    refused = ask(mailing, "wrong")
    assert refused.status_code == 429
    assert "Retry-After" in refused.headers
    assert db.session.scalars(select(OutgoingMail)).all() == []


def test_an_address_that_somebody_has_gets_no_message_and_the_same_answer(
    mailing: TrackerClient, person: Person, folder: Path, password: str
) -> None:
    person("ann")
    taken = ask(mailing, password, "ann@example.nhs.uk")
    free = ask(mailing, password)
    assert (taken.status_code, taken.location, taken.text) == (
        free.status_code,
        free.location,
        free.text,
    )
    assert len(messages(folder)) == 1


def test_an_address_that_somebody_got_meanwhile_is_not_taken_from_them(
    mailing: TrackerClient, jo: User, folder: Path, password: str
) -> None:
    ask(mailing, password)
    with unit_of_work():
        services.create_user(NEW, "Ann", by=None)
    assert mailing.post(link_in(folder)).status_code == 404
    assert email_of(jo) == "jo@example.nhs.uk"


def test_nobody_else_can_use_the_link_not_even_who_reads_the_mailbox(
    mailing: TrackerClient,
    jo: User,
    person: Person,
    folder: Path,
    password: str,
    browser: Callable[[Flask], TrackerClient],
) -> None:
    ask(mailing, password)
    link = link_in(folder)
    stranger = browser(mailing.application)
    assert stranger.get(link).location.startswith("/sign-in?next=")
    assert stranger.post(link).status_code == 401
    stranger.sign_in(person("ann"))
    assert stranger.get(link).status_code == 404
    assert stranger.post(link).status_code == 404
    assert email_of(jo) == "jo@example.nhs.uk"


def test_the_link_sets_no_password_and_a_link_for_a_password_changes_no_address(
    mailing: TrackerClient, jo: User, folder: Path, password: str
) -> None:
    ask(mailing, password)
    token = link_in(folder).rpartition("/")[2]
    assert mailing.get(f"/set-password/{token}").status_code == 404
    with unit_of_work():
        reset = services.make_link(jo, purpose=LinkPurpose.RESET, by=None)
    assert mailing.get(f"/account/email/{reset}").status_code == 404
    assert mailing.get(f"/account/email/{token}").status_code == 200, "a reset does not end it"


def test_the_link_lasts_a_day_and_ends_with_a_newer_one_or_a_new_password(
    mailing: TrackerClient, jo: User, folder: Path, password: str, stop_clock: Clock
) -> None:
    stop_clock(NOON)
    mailing.sign_in(jo)
    ask(mailing, password, "first@example.nhs.uk")
    first = link_in(folder)
    ask(mailing, password)
    second = link_in(folder)
    assert mailing.get(first).status_code == 404
    assert mailing.get(second).status_code == 200
    stop_clock(NOON + timedelta(hours=24))
    mailing.sign_in(jo)
    assert mailing.get(second).status_code == 404
    ask(mailing, password)
    with unit_of_work():
        services.set_password(jo, "another-hash", by=jo)
    mailing.sign_in(jo)
    assert mailing.get(link_in(folder)).status_code == 404


def test_a_person_gets_five_links_an_hour(
    mailing: TrackerClient, jo: User, password: str, stop_clock: Clock
) -> None:
    stop_clock(NOON)
    mailing.sign_in(jo)
    for nth in range(5):
        assert ask(mailing, password, f"p{nth}@example.org").status_code == 303
    refused = ask(mailing, password)
    assert refused.status_code == 429
    assert "Too many links" in refused.text


def test_an_address_that_waits_for_its_link_is_handed_out_and_erased_with_the_person(
    mailing: TrackerClient, jo: User, password: str
) -> None:
    ask(mailing, password)
    db.session.rollback()
    (held,) = personal.export(jo)["about"]["one_time_link"]
    assert held["new_email"] == NEW
    with unit_of_work():
        personal.erase(db.session.get_one(User, jo.id))
    assert db.session.scalars(select(OneTimeLink)).all() == []
