from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.security import check_password_hash, generate_password_hash
from werkzeug.test import TestResponse

from tracker.audit.models import AuditEvent
from tracker.auth import passwords, services
from tracker.auth.models import LoginSession, User
from tracker.db import db, unit_of_work
from tracker.limits.models import Attempt
from tracker.testing.client import TrackerClient
from tracker.testing.plugin import Clock, KeepApp, MakeApp

Person = Callable[..., User]
SignIn = Callable[..., TestResponse]
Browser = Callable[[Flask], TrackerClient]

NOON = datetime(2025, 7, 15, 12, tzinfo=UTC)
WRONG = "The e-mail address or password is wrong"


def without_token(answer: TestResponse) -> str:
    return re.sub(r'(name="csrf_token" value=)"[^"]*"', r"\1", answer.text)


def rows() -> int:
    return db.session.scalar(select(func.count()).select_from(LoginSession)) or 0


def test_the_right_password_signs_in_and_goes_on(
    client: TrackerClient, person: Person, sign_in: SignIn
) -> None:
    jo = person()
    answer = sign_in(client, next="/account?tab=1", headers={"User-Agent": "Firefox/127.0"})
    assert answer.status_code == 303
    assert answer.location == "/account?tab=1"
    assert "Jo" in client.get("/account").text
    row = db.session.scalars(select(LoginSession)).one()
    assert (row.user_id, row.browser, row.address) == (jo.id, "Firefox", "127.0.0.0/24")


def test_the_address_may_be_typed_in_capitals(
    client: TrackerClient, person: Person, sign_in: SignIn
) -> None:
    person()
    assert sign_in(client, "JO").status_code == 303


@pytest.mark.parametrize("name", ["jo", "nobody"])
def test_unknown_account_and_wrong_password_get_the_same_page(
    client: TrackerClient, person: Person, sign_in: SignIn, name: str
) -> None:
    person("jo")
    answer = sign_in(client, name, "wrong wrong wrong")
    assert answer.status_code == 422
    assert "Error: Sign in" in answer.text
    assert WRONG in answer.text
    assert "wrong wrong wrong" not in answer.text
    assert f"{name}@example.nhs.uk" in answer.text, "what was typed stays"
    assert rows() == 0
    other = sign_in(client, "someone", "wrong wrong wrong")
    assert answer.text.count(name) == 1
    assert without_token(answer).replace(name, "") == without_token(other).replace("someone", "")


def test_an_unknown_account_costs_a_hash_too(
    client: TrackerClient, person: Person, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    jo = person()
    with unit_of_work():
        services.create_user("invited@example.nhs.uk", "Invited", by=None)
    checked: list[str] = []

    def check(password_hash: str, password: str) -> bool:
        checked.append(password_hash)
        return False

    monkeypatch.setattr(passwords, "check_password_hash", check)
    for name in ("jo", "nobody", "invited"):
        assert sign_in(client, name).status_code == 422
    assert checked == [jo.password_hash, passwords.NOBODYS_HASH, passwords.NOBODYS_HASH]


def test_a_disabled_account_gets_the_same_answer(
    client: TrackerClient, person: Person, sign_in: SignIn
) -> None:
    jo = person()
    with unit_of_work():
        jo.disabled_at = NOON
    answer = sign_in(client)
    assert answer.status_code == 422
    assert WRONG in answer.text


def test_a_demonstration_account_signs_in_only_in_a_demonstration(
    keep_app: KeepApp, person: Person, sign_in: SignIn
) -> None:
    person(is_demo=True)
    real, demonstration = (keep_app(demo=demo).test_client() for demo in (False, True))
    assert sign_in(real).status_code == 422
    assert sign_in(demonstration).status_code == 303
    cookie = demonstration.get_cookie("tracker-dev")
    assert cookie is not None
    real.set_cookie("tracker-dev", cookie.value)
    assert real.get("/account").status_code == 302, "nor with a sign-in from elsewhere"


@pytest.mark.parametrize(
    "fields", [{"email": ""}, {"password": ""}, {"email": "no address", "password": "x"}]
)
def test_an_incomplete_form_says_what_is_missing(
    client: TrackerClient, fields: dict[str, str]
) -> None:
    answer = client.post("/sign-in", data={"email": "jo@example.org", "password": "x"} | fields)
    assert answer.status_code == 422
    assert "nhsuk-error-summary" in answer.text


@pytest.mark.parametrize(
    "onward",
    [
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "javascript:alert(1)",
        "/\telsewhere",
        "account",
        "",
    ],
)
def test_nobody_is_sent_off_this_site_afterwards(
    client: TrackerClient, person: Person, sign_in: SignIn, onward: str
) -> None:
    person()
    drawn = client.get("/sign-in", query_string={"next": onward}).text
    assert re.search(r'name="next" value="/"', drawn)
    assert sign_in(client, next=onward).location == "/"


def test_who_is_signed_in_skips_the_sign_in_page(
    client: TrackerClient, person: Person, log_in: Any
) -> None:
    log_in(person())
    assert client.get("/sign-in?next=/account").location == "/account"


# --- limits on guessing


def test_after_ten_failures_even_the_right_password_waits(
    client: TrackerClient, person: Person, sign_in: SignIn, stop_clock: Clock
) -> None:
    person()
    stop_clock(NOON)
    with unit_of_work():
        for _ in range(9):
            services.record_failure("jo@example.nhs.uk", address="192.0.2.1", user=None)
    assert sign_in(client, password="wrong").status_code == 422
    stop_clock(NOON + timedelta(minutes=1))
    answer = sign_in(client)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == str(14 * 60 + 1)
    assert "Try again in 15 minutes" in answer.text
    assert rows() == 0
    stop_clock(NOON + timedelta(minutes=15))
    assert sign_in(client).status_code == 303


def test_waiting_costs_no_hash_and_counts_no_failure(
    client: TrackerClient, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    with unit_of_work():
        for _ in range(10):
            services.record_failure("jo@example.nhs.uk", address="127.0.0.1", user=None)
    monkeypatch.setattr(passwords, "check_password_hash", pytest.fail)
    assert sign_in(client).status_code == 429
    assert db.session.scalar(select(func.count()).select_from(Attempt)) == 20


def test_failures_from_one_address_make_every_account_wait_there(
    client: TrackerClient, person: Person, sign_in: SignIn
) -> None:
    person()
    with unit_of_work():
        for nth in range(200):
            services.record_failure(f"p{nth}@example.org", address="127.0.0.1", user=None)
    assert sign_in(client).status_code == 429


def test_a_limit_that_fills_while_the_hash_is_made_still_refuses(
    client: TrackerClient, person: Person, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    person()
    real = check_password_hash

    def slowly(password_hash: str, password: str) -> bool:
        with unit_of_work():
            for _ in range(10):
                services.record_failure("jo@example.nhs.uk", address="192.0.2.9", user=None)
        return real(password_hash, password)

    monkeypatch.setattr(passwords, "check_password_hash", slowly)
    assert sign_in(client).status_code == 429
    assert rows() == 0


def test_a_password_that_changes_while_the_hash_is_made_does_not_sign_in(
    client: TrackerClient, person: Person, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    jo_id = person().id
    real = check_password_hash

    def meanwhile(password_hash: str, password: str) -> bool:
        with unit_of_work():
            jo = db.session.get_one(User, jo_id)
            services.set_password(jo, "another-hash", by=jo)
        return real(password_hash, password)

    monkeypatch.setattr(passwords, "check_password_hash", meanwhile)
    assert sign_in(client).status_code == 422
    assert rows() == 0


def test_an_outdated_hash_is_renewed_at_sign_in(
    client: TrackerClient, person: Person, sign_in: SignIn, password: str
) -> None:
    jo = person()
    with unit_of_work():
        jo.password_hash = generate_password_hash(password, "pbkdf2:sha256:1000")
    assert sign_in(client, password="wrong").status_code == 422
    assert str(jo.password_hash).startswith("pbkdf2:")
    assert sign_in(client).status_code == 303
    db.session.rollback()
    renewed = str(jo.password_hash)
    assert not passwords.is_outdated(renewed)
    assert passwords.fits(password, renewed)


# --- session fixation, copies and CSRF


def test_nothing_of_the_session_before_signing_in_remains(
    client: TrackerClient, person: Person, sign_in: SignIn
) -> None:
    jo = person()
    with client.session_transaction() as cookie:
        cookie["planted"] = "by somebody else"
        cookie["csrf_token"] = "known to somebody else"
    sign_in(client)
    with client.session_transaction() as cookie:
        assert "planted" not in cookie
        assert "csrf_token" not in cookie
        assert cookie["account"] == jo.id
        assert cookie["_user_id"] != str(jo.id), "the cookie names the sign-in, not the account"


def test_signing_in_again_ends_the_sign_in_the_browser_had(
    client: TrackerClient, person: Person, sign_in: SignIn
) -> None:
    person("jo"), person("ann")
    sign_in(client, "jo")
    sign_in(client, "ann")
    assert rows() == 1
    assert "Ann" in client.get("/account").text


def test_a_copied_cookie_is_worth_nothing_after_sign_out(
    app: Flask, client: TrackerClient, browser: Browser, person: Person, sign_in: SignIn
) -> None:
    person()
    sign_in(client)
    cookie = client.get_cookie("tracker-dev")
    assert cookie is not None
    thief = browser(app)
    thief.set_cookie("tracker-dev", cookie.value)
    assert thief.get("/account").status_code == 200
    answer = client.post("/sign-out")
    assert answer.status_code == 303
    assert answer.location == "/sign-in"
    assert rows() == 0
    assert thief.get("/account").status_code == 302
    assert client.get("/account").status_code == 302
    assert "You have signed out" in client.get("/sign-in").text


def test_signing_out_twice_does_no_harm(client: TrackerClient) -> None:
    assert client.post("/sign-out").status_code == 303
    assert client.get("/sign-out").status_code == 405


def test_a_forged_remember_me_cookie_is_nothing_here(client: TrackerClient, person: Person) -> None:
    person()
    client.set_cookie("remember_token", "1|abcdef")
    assert client.get("/account").status_code == 302


@pytest.mark.parametrize(
    "path", ["/sign-in", "/sign-out", "/account/password", "/account/sign-ins/end-others"]
)
def test_every_form_needs_its_token(
    keep_app: KeepApp, browser: Browser, person: Person, password: str, path: str
) -> None:
    client = browser(keep_app(flask={"WTF_CSRF_ENABLED": True}))
    client.sign_in(person())
    data = {"email": "jo@example.nhs.uk", "password": password, "old_password": password}
    before = rows()
    assert client.post(path, data=data).status_code == 400
    assert rows() == before
    assert client.get("/account").status_code == 200


def test_the_sign_in_page_works_with_its_token(
    keep_app: KeepApp, person: Person, sign_in: SignIn
) -> None:
    person()
    client = keep_app(flask={"WTF_CSRF_ENABLED": True}).test_client()
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/sign-in").text)
    assert token is not None
    assert sign_in(client, csrf_token=token[1]).status_code == 303


def test_the_cookie_is_for_this_host_https_and_our_own_pages_only(
    keep_app: KeepApp, person: Person, sign_in: SignIn
) -> None:
    person()
    app = keep_app(dev=False, base_url="https://tracker.example.nhs.uk")
    answer = app.test_client().post(
        "/sign-in",
        data={"email": "jo@example.nhs.uk", "password": "violet anchor biscuit"},
        base_url="https://localhost",
    )
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-tracker=")
    parts = set(cookie.split("; ")[1:])
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} == parts


def test_plain_http_is_for_the_loopback_address(make_app: MakeApp) -> None:
    from tracker.config import SettingsError

    with pytest.raises(SettingsError, match="loopback"):
        make_app(dev=True, base_url="http://tracker.example.nhs.uk")


def test_sign_ins_and_refusals_are_in_the_history(
    client: TrackerClient, person: Person, sign_in: SignIn
) -> None:
    jo = person()
    sign_in(client, password="wrong")
    sign_in(client, "nobody")
    sign_in(client)
    client.post("/sign-out")
    told = db.session.execute(
        select(AuditEvent.action, AuditEvent.subject_id, AuditEvent.user_id)
        .where(AuditEvent.action.like("sign_in.%"))
        .order_by(AuditEvent.id)
    ).all()
    assert [tuple(row) for row in told] == [
        ("sign_in.refused", jo.id, None),
        ("sign_in.refused", None, None),
        ("sign_in.started", jo.id, jo.id),
        ("sign_in.ended", jo.id, jo.id),
    ]
