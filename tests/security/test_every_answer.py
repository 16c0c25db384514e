"""What every answer says to the browser, where it leads, and what the log keeps of it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask

from tracker.auth import services as auth
from tracker.auth.domain import LinkPurpose
from tracker.db import unit_of_work
from tracker.testing.client import TrackerClient
from tracker.testing.plugin import MakeApp

from .walking import HTMX, ROWS, SIGNED_OUT_BY, Seen, World, address, said, walk

NewClient = Callable[[], TrackerClient]

ALLOWS_OTHERS = {"Access-Control-Allow-Origin", "Access-Control-Allow-Credentials"}

KEPT = {"case_studies.picture_file", "library.picture"}
"""Whose address names a content that never changes."""


def test_every_answer_of_every_route_carries_the_headers(
    app: Flask, world: World, new_client: NewClient
) -> None:
    missing = []
    stranger, lead = new_client(), new_client()
    for client in (stranger, lead):
        for endpoint, method, url in walk(app, world, world.lead):
            if client is lead:
                client.sign_in(world.lead)
            answer = client.open(url, method=method)
            said = answer.headers
            is_kept = answer.status_code == 200 and endpoint in KEPT
            kept = "immutable" if endpoint == "static" or is_kept else "no-store"
            expected = {
                "Content-Security-Policy": "default-src 'none'",
                "X-Content-Type-Options": "nosniff",
                "Referrer-Policy": "same-origin",
                "Cross-Origin-Opener-Policy": "same-origin",
                "Cache-Control": kept,
                "X-Request-ID": "",
            }
            missing += [
                f"{method} {endpoint} ({answer.status_code}): {name}"
                for name, part in expected.items()
                if part not in said.get(name, "missing" if part else "") or name not in said
            ]
            if (
                str(answer.mimetype).startswith("text/")
                and "charset=utf-8" not in said["Content-Type"]
            ):
                missing.append(f"{method} {endpoint}: charset")
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize(
    ("place", "more"),
    [("https://evil.example/x", {}), ("//evil.example/x", HTMX), ("/\\evil.example", {})],
)
def test_no_route_leads_to_another_site(
    app: Flask, world: World, client: TrackerClient, place: str, more: dict[str, str]
) -> None:
    asked = dict.fromkeys(("next", "back", "url", "return_to", "redirect", "form_key"), place)
    headers = {
        "Referer": place,
        "HX-Current-URL": place,
        "Origin": "https://evil.example",
        "X-Forwarded-Host": "evil.example",
        "X-Original-URL": place,
        **more,
    }
    wrong = []
    for endpoint, method, url in walk(app, world, world.lead):
        if url.startswith(SIGNED_OUT_BY) or not client.get_cookie("tracker-dev"):
            client.sign_in(world.lead)
        body = {**asked, **world.bodies.get(endpoint, {})} if method == "POST" else None
        answer = client.open(url, method=method, query_string=asked, data=body, headers=headers)
        told = [answer.headers.get(name, "") for name in ("Location", "HX-Redirect", "HX-Location")]
        if answer.mimetype == "text/html":
            told += Seen(answer.text).places
        # What goes on to the page itself may repeat its query, encoded.
        if leading := [each for each in told if re.match(r"(https?:)?[\\/]+evil", each)]:
            wrong.append(f"{method} {endpoint}: {leading}")
    assert not wrong, "\n".join(wrong)


def test_the_host_somebody_sends_is_in_no_answer(
    app: Flask, world: World, client: TrackerClient
) -> None:
    wrong = []
    for endpoint, method, url in walk(app, world, world.lead):
        answer = client.open(url, method=method, base_url="http://evil.example")
        whole = f"{answer.headers}{said(answer)}"
        if "evil.example" in whole.replace("Domain=evil.example", ""):
            wrong.append(f"{method} {endpoint}")
    assert not wrong, "\n".join(wrong)


def test_no_form_of_any_route_may_be_larger_than_two_megabytes(
    make_app: MakeApp, world: World
) -> None:
    app = make_app(flask={"WTF_CSRF_ENABLED": True})
    client = TrackerClient(app, app.response_class)
    client.sign_in(world.lead)
    giant = b"title=" + b"x" * 2_100_000
    form = "application/x-www-form-urlencoded"
    answers = {
        endpoint: client.post(url, data=giant, content_type=form).status_code
        for endpoint, _, url in walk(app, world, world.lead, "POST")
    }
    assert answers == dict.fromkeys(answers, 413)
    assert len(answers) > 30


@pytest.mark.parametrize("name", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])
def test_no_header_and_no_field_makes_one_method_into_another(
    app: Flask, world: World, client: TrackerClient, name: str
) -> None:
    client.sign_in(world.lead)
    only = {endpoint for endpoint, method in ROWS if method == "POST"}
    only -= {endpoint for endpoint, method in ROWS if method == "GET"}
    for endpoint in sorted(only):
        url = address(app, world, endpoint, world.lead)
        asked = {"_method": "POST", "method": "POST"}
        assert client.get(url, headers={name: "POST"}, query_string=asked).status_code == 405


SECRET = "zanzibar"


def test_no_line_of_the_log_holds_what_was_typed_asked_or_carried(
    app: Flask, world: World, client: TrackerClient, capsys: pytest.CaptureFixture[str]
) -> None:
    for role in ("qi_lead", "organisation_administrator", "system_administrator"):
        user = world.lead if role == "qi_lead" else world.person(role)
        client.sign_in(user)
        with client.session_transaction() as cookie:
            token = cookie["_user_id"]
        with unit_of_work():
            link = auth.make_link(user, purpose=LinkPurpose.RESET, by=None)
        urls = [*walk(app, world, user)]
        capsys.readouterr()
        for _, method, url in [*urls, ("", "GET", f"/set-password/{link}")]:
            if url.startswith(SIGNED_OUT_BY):
                continue
            body = {SECRET: SECRET, "email": f"{SECRET}@example.org", "password": SECRET}
            headers = {"Referer": f"http://localhost/?{SECRET}", "User-Agent": SECRET}
            client.open(
                url,
                method=method,
                query_string={"q": SECRET, SECRET: SECRET},
                data=body if method == "POST" else None,
                headers=headers,
            )
        written = "".join(capsys.readouterr())
        assert written.count('"request"') > len(urls) // 2
        for secret in (SECRET, token, link, user.email, "127.0.0.1"):
            assert secret not in written, secret
