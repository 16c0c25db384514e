from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from tracker.auth import passwords, queries, services
from tracker.auth.domain import LinkPurpose
from tracker.auth.models import LoginSession, User
from tracker.db import db, unit_of_work
from tracker.organisations.models import Organisation, OrganisationKind
from tracker.permissions import Role
from tracker.testing.client import TrackerClient

Person = Callable[..., User]
SignIn = Callable[..., TestResponse]

NEW = "thistle gravel canoe"


@pytest.fixture
def other(app: Flask, browser: Callable[[Flask], TrackerClient]) -> TrackerClient:
    """A second browser."""
    return browser(app)


def change(client: TrackerClient, old: str, new: str = NEW) -> TestResponse:
    return client.post("/account/password", data={"old_password": old, "password": new})


# --- the account page


def test_the_page_says_who_i_am_what_i_may_do_and_where_i_am_signed_in(
    client: TrackerClient, person: Person, sign_in: SignIn
) -> None:
    jo = person(role=Role.SYSTEM_ADMINISTRATOR)
    with unit_of_work():
        trust = Organisation(code="X1", name="Trust <1>", kind=OrganisationKind.TRUST)
        db.session.add(trust)
        db.session.flush()
        services.give_membership(
            jo, Role.QI_LEAD, organisation_id=trust.id, on=datetime.now(UTC).date(), by=None
        )
    sign_in(client, headers={"User-Agent": "Mozilla (Windows NT 10.0) Edg/126"})
    text = client.get("/account").text
    for told in (
        "jo@example.nhs.uk",
        "QI lead",
        "Trust &lt;1&gt;",
        "System administrator",
        "Everywhere",
        "Edge on Windows",
        "127.0.0.0/24",
        "This one",
    ):
        assert told in text
    assert "End all others" not in text


def test_somebody_without_a_role_is_told_whom_to_ask(
    client: TrackerClient, person: Person, sign_in: SignIn
) -> None:
    person()
    sign_in(client)
    assert "You have no role yet" in client.get("/account").text


def test_the_account_page_costs_four_statements(
    client: TrackerClient, person: Person, log_in: Any, count_statements: Any
) -> None:
    jo = person(role=Role.SYSTEM_ADMINISTRATOR)
    for _ in range(5):
        log_in(jo)
    with count_statements() as statements:
        client.get("/account")
    assert len(statements) <= 4, statements


def test_one_sign_in_elsewhere_can_be_ended(
    client: TrackerClient, other: TrackerClient, person: Person, log_in: Any
) -> None:
    jo = person()
    log_in(jo, on=other)
    log_in(jo)
    found = re.search(r'action="(/account/sign-ins/\d+/end)"', client.get("/account").text)
    assert found is not None
    assert client.post(found[1]).location == "/account"
    assert other.get("/account").status_code == 302
    assert client.get("/account").status_code == 200
    assert client.post(found[1]).status_code == 404


def test_nobody_ends_the_sign_in_of_another_person(
    client: TrackerClient, other: TrackerClient, person: Person, log_in: Any
) -> None:
    log_in(person("ann"), on=other)
    anns = db.session.scalars(select(LoginSession.id)).one()
    log_in(person("jo"))
    assert client.post(f"/account/sign-ins/{anns}/end").status_code == 404
    assert client.post(f"/account/sign-ins/{2**63}/end").status_code == 404
    assert other.get("/account").status_code == 200


def test_all_others_end_and_this_one_stays(
    client: TrackerClient, other: TrackerClient, person: Person, log_in: Any
) -> None:
    jo = person()
    log_in(jo, on=other)
    log_in(jo)
    assert "End all others" in client.get("/account").text
    assert client.post("/account/sign-ins/end-others").status_code == 303
    assert other.get("/account").status_code == 302
    assert client.get("/account").status_code == 200


@pytest.mark.parametrize("path", ["/account", "/account/password"])
def test_the_account_is_for_who_is_signed_in(client: TrackerClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer.location is not None
    assert answer.location.startswith("/sign-in?next=/")


# --- changing the password


def test_a_new_password_works_ends_other_sign_ins_and_keeps_this_one(
    client: TrackerClient,
    other: TrackerClient,
    person: Person,
    log_in: Any,
    sign_in: SignIn,
    password: str,
) -> None:
    jo = person()
    log_in(jo, on=other)
    log_in(jo)
    answer = change(client, password)
    assert answer.status_code == 303
    assert answer.location == "/account"
    assert other.get("/account").status_code == 302
    assert "Your password has changed" in client.get("/account").text
    assert sign_in(other).status_code == 422
    assert sign_in(other, password=NEW).status_code == 303


def test_changing_needs_the_old_password_and_counts_wrong_ones(
    client: TrackerClient, person: Person, log_in: Any, password: str
) -> None:
    jo = person()
    log_in(jo)
    before = jo.password_hash
    with unit_of_work():
        for _ in range(9):
            services.record_failure(jo.email, address="192.0.2.1", user=jo)
    answer = change(client, "wrong")
    assert answer.status_code == 422
    assert "The current password is wrong" in answer.text
    assert change(client, password).status_code == 429
    assert jo.password_hash == before


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ("short", "12 characters or more"),
        ("jo@example.nhs.uk!", "name or e-mail"),
        ("passwordpassword", "easy to guess"),
        ("", "Enter a new password"),
    ],
)
def test_a_poor_password_is_refused_with_the_reason(
    client: TrackerClient, person: Person, log_in: Any, password: str, new: str, why: str
) -> None:
    jo = person()
    before = jo.password_hash
    log_in(jo)
    answer = change(client, password, new)
    assert answer.status_code == 422
    assert why in answer.text
    assert "Error: Change your password" in answer.text
    assert jo.password_hash == before


def test_the_name_of_my_organisation_is_a_poor_password(
    client: TrackerClient, person: Person, log_in: Any, password: str
) -> None:
    jo = person()
    with unit_of_work():
        trust = Organisation(code="X1", name="Bramblewick", kind=OrganisationKind.TRUST)
        db.session.add(trust)
        db.session.flush()
        services.give_membership(
            jo, Role.QI_LEAD, organisation_id=trust.id, on=datetime.now(UTC).date(), by=None
        )
    log_in(jo)
    assert "name of your organisation" in change(client, password, "Bramblewick-99").text


# --- one-time links


@pytest.fixture
def link(person: Person) -> str:
    jo = person()
    with unit_of_work():
        return services.make_link(jo, purpose=LinkPurpose.INVITATION, by=None)


def test_opening_a_link_uses_nothing_up_and_posting_it_does(
    client: TrackerClient, link: str, sign_in: SignIn
) -> None:
    for _ in range(3):
        drawn = client.get(f"/set-password/{link}")
        assert drawn.status_code == 200
        assert "jo@example.nhs.uk" in drawn.text
    answer = client.post(f"/set-password/{link}", data={"password": NEW})
    assert answer.location == "/sign-in"
    assert "Your password is set" in client.get("/sign-in").text
    assert sign_in(client, password=NEW).status_code == 303
    for again in (client.get, client.post):
        assert again(f"/set-password/{link}").status_code == 404


def test_a_poor_password_leaves_the_link_usable(client: TrackerClient, link: str) -> None:
    answer = client.post(f"/set-password/{link}", data={"password": "passwordpassword"})
    assert answer.status_code == 422
    assert "easy to guess" in answer.text
    assert queries.open_link(link) is not None


def test_an_unknown_link_says_what_to_do(client: TrackerClient) -> None:
    answer = client.get("/set-password/made-up")
    assert answer.status_code == 404
    assert "Ask for a new one" in answer.text


def test_a_link_that_is_used_while_the_hash_is_made_sets_nothing(
    client: TrackerClient, link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = passwords.hash_password

    def meanwhile(password: str) -> str:
        with unit_of_work():
            services.use_link(link, "first-hash")
        return real(password)

    monkeypatch.setattr(passwords, "hash_password", meanwhile)
    assert client.post(f"/set-password/{link}", data={"password": NEW}).status_code == 404
    assert db.session.scalars(select(User.password_hash)).one() == "first-hash"
