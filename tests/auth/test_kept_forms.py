"""A form that meets an ended sign-in loses nothing, and saves nothing by itself."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import delete, select
from werkzeug.test import TestResponse

from tracker.auth import kept
from tracker.auth.models import LoginSession, User
from tracker.db import db, unit_of_work
from tracker.drafts.models import Draft
from tracker.testing.client import TrackerClient

Person = Callable[..., User]
SignIn = Callable[..., TestResponse]
Probed = Callable[..., Flask]
Browser = Callable[[Flask], TrackerClient]

KEY = "probe/12"
WORDS = "Line one\r\n  “quoted” <b>two</b>\r\n"
PAGE = {"Referer": "http://localhost/probe?step=2"}


@pytest.fixture
def client(probed: Probed, browser: Browser) -> TrackerClient:
    return browser(probed())


def end_every_sign_in() -> None:
    with unit_of_work():
        db.session.execute(delete(LoginSession))


def posted(client: TrackerClient, **fields: object) -> TestResponse:
    data = {"words": WORDS, "form_key": KEY, "csrf_token": "old", **fields}
    return client.post("/probe", data=data, headers=PAGE)


def carried(answer: TestResponse) -> str:
    found = re.search(r'name="kept" value="([^"]*)"', answer.text)
    assert found is not None
    return html.unescape(found[1])


def drafts() -> dict[tuple[int, str], dict[str, list[str]]]:
    return {(d.user_id, d.form_key): d.body for d in db.session.scalars(select(Draft))}


def test_the_form_comes_back_unsent_to_the_same_account(
    client: TrackerClient, person: Person, sign_in: SignIn
) -> None:
    jo = person()
    sign_in(client)
    end_every_sign_in()
    answer = posted(client)
    assert answer.status_code == 401
    assert "saved Line" not in answer.text
    assert "Your sign-in has ended" in answer.text
    assert "What you typed is kept" in answer.text
    after = sign_in(client, kept=carried(answer))
    assert after.status_code == 303
    assert after.location == "/probe?step=2"
    assert drafts() == {(jo.id, KEY): {"words": [WORDS]}}
    assert "Nothing you typed was lost" in client.get("/account").text


def test_a_wrong_password_in_between_loses_nothing(
    client: TrackerClient, person: Person, sign_in: SignIn
) -> None:
    person()
    sign_in(client)
    end_every_sign_in()
    refused = sign_in(client, password="wrong", kept=carried(posted(client)))
    assert refused.status_code == 422
    sign_in(client, kept=carried(refused))
    assert len(drafts()) == 1


def test_another_account_gets_nothing_of_it_and_is_told(
    client: TrackerClient, person: Person, sign_in: SignIn
) -> None:
    person("jo"), person("ann")
    sign_in(client, "jo")
    end_every_sign_in()
    answer = posted(client)
    after = sign_in(client, "ann", kept=carried(answer))
    assert after.location == "/account"
    assert drafts() == {}
    shown = client.get("/account").text
    assert "belongs to another account" in shown
    assert "quoted" not in shown


def test_a_form_that_keeps_no_drafts_is_shown_and_can_be_sent_again(
    client: TrackerClient, person: Person, sign_in: SignIn
) -> None:
    person()
    sign_in(client)
    end_every_sign_in()
    answer = posted(client, form_key="", idem_key="once")
    again = sign_in(client, kept=carried(answer))
    assert again.status_code == 200
    assert 'action="/probe"' in again.text
    assert 'name="idem_key" value="once"' in again.text
    assert html.escape("<b>two</b>") in again.text
    assert "<b>two</b>" not in again.text
    assert drafts() == {}
    assert client.post("/probe", data={"words": "again"}).text == "saved again"


def test_signing_out_in_another_tab_keeps_the_form_of_this_one(
    client: TrackerClient, person: Person, sign_in: SignIn
) -> None:
    jo = person()
    sign_in(client)
    client.post("/sign-out")
    sign_in(client, kept=carried(posted(client)))
    assert list(drafts()) == [(jo.id, KEY)]


def test_a_browser_nobody_signed_in_with_carries_nothing(client: TrackerClient) -> None:
    answer = posted(client)
    assert answer.status_code == 401
    assert carried(answer) == ""
    assert "is kept" not in answer.text


def test_passwords_and_tokens_are_never_carried(
    client: TrackerClient, person: Person, sign_in: SignIn
) -> None:
    person()
    sign_in(client)
    end_every_sign_in()
    text = carried(posted(client, password="a secret", new_password="another"))
    with client.application.test_request_context():
        form = kept.from_text(text)
    assert form is not None
    assert set(form.fields) == {"words", "form_key"}
    change = client.post("/account/password", data={"old_password": "a", "password": "b"})
    assert change.status_code == 401
    assert carried(change) == ""


def test_a_value_that_was_changed_on_the_way_is_dropped(
    client: TrackerClient, person: Person, sign_in: SignIn
) -> None:
    person()
    sign_in(client)
    end_every_sign_in()
    text = carried(posted(client))
    for changed in (text[:-2], "x" + text, "a.b.c", "🙂"):
        assert sign_in(client, kept=changed).location == "/"
        client.post("/sign-out")
    assert drafts() == {}


def test_half_a_megabyte_of_many_scripts_is_kept_to_the_letter(
    client: TrackerClient, person: Person, sign_in: SignIn
) -> None:
    person()
    sign_in(client)
    end_every_sign_in()
    long = "".join(chr(0x4E00 + nth % 20_000) for nth in range(170_000))
    answer = posted(client, words=long)
    assert sign_in(client, kept=carried(answer)).status_code == 303
    assert next(iter(drafts().values()))["words"] == [long]


def test_what_is_too_long_to_carry_is_said(
    client: TrackerClient, person: Person, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    person()
    sign_in(client)
    end_every_sign_in()
    monkeypatch.setattr(kept, "LARGEST", 50)
    answer = posted(client)
    assert carried(answer) == ""
    assert "too long to keep" in answer.text
    assert "is kept and comes back" not in answer.text


def test_a_file_has_to_be_chosen_again_and_the_page_says_so(
    client: TrackerClient, person: Person, sign_in: SignIn
) -> None:
    person()
    sign_in(client)
    end_every_sign_in()
    answer = posted(client, upload=(BytesIO(b"a,b"), "data.csv"))
    assert "A file cannot be kept" in answer.text


@pytest.mark.parametrize(
    ("referer", "page"),
    [
        ("http://localhost/account", "/account"),
        ("http://elsewhere.example/account", "/probe"),
        ("http://localhost/nowhere", "/probe"),
        ("http://localhost/sign-in?next=/account", "/probe"),
        ("http://localhost//elsewhere.example/", "/probe"),
        ("", "/probe"),
    ],
)
def test_the_way_back_is_a_page_of_this_site(
    client: TrackerClient, referer: str, page: str
) -> None:
    with client.application.test_request_context(
        "/probe", method="POST", headers={"Referer": referer}
    ):
        assert kept.page_of_form() == page
