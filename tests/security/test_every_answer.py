"""What every answer says to the browser, where it leads, and what the log keeps of it."""

from __future__ import annotations

import re

import pytest

from tracker.auth import services as auth
from tracker.auth.domain import LinkPurpose
from tracker.db import unit_of_work
from tracker.testing.client import TrackerClient
from tracker.testing.plugin import MakeApp

from .walking import HTMX, ROWS, SIGNED_OUT_BY, Seen, Walker, World, said, walk

pytestmark = pytest.mark.usefixtures("blank_paper")


@pytest.mark.parametrize(
    ("place", "more"),
    [("https://evil.example/x", {}), ("//evil.example/x", HTMX), ("/\\evil.example", {})],
)
def test_no_route_leads_to_another_site(
    world: World, client: TrackerClient, place: str, more: dict[str, str]
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
    walker = Walker(client, world.lead)
    wrong = []
    for endpoint, method, url in walk(world, world.lead):
        body = {**asked, **world.bodies.get(endpoint, {})} if method == "POST" else None
        sent = {"query_string": asked, "data": body, "headers": headers}
        answer = walker.open(endpoint, url, method=method, **sent)
        told = [answer.headers.get(name, "") for name in ("Location", "HX-Redirect", "HX-Location")]
        if answer.mimetype == "text/html":
            told += Seen(answer.text).places
        # What goes on to the page itself may repeat its query, encoded.
        if leading := [each for each in told if re.match(r"(https?:)?[\\/]+evil", each)]:
            wrong.append(f"{method} {endpoint}: {leading}")
    assert not wrong, "\n".join(wrong)


def test_the_host_somebody_sends_is_in_no_answer(world: World, client: TrackerClient) -> None:
    wrong = []
    for endpoint, method, url in walk(world, world.lead):
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
        for endpoint, _, url in walk(world, world.lead, "POST")
    }
    assert answers == dict.fromkeys(answers, 413)
    assert len(answers) > 30


OVERRIDES = ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")


def test_no_header_and_no_field_makes_one_method_into_another(
    world: World, client: TrackerClient
) -> None:
    """All at once: if any were heeded, the route would not refuse."""
    client.sign_in(world.lead)
    only = {endpoint for endpoint, method in ROWS if method == "POST"}
    only -= {endpoint for endpoint, method in ROWS if method == "GET"}
    for endpoint in sorted(only):
        url = world.address(endpoint, world.lead)
        asked = {"_method": "POST", "method": "POST"}
        headers = dict.fromkeys(OVERRIDES, "POST")
        assert client.get(url, headers=headers, query_string=asked).status_code == 405


SECRET = "zanzibar"


def test_no_line_of_the_log_holds_what_was_typed_asked_or_carried(
    world: World, client: TrackerClient, capsys: pytest.CaptureFixture[str]
) -> None:
    for role in ("qi_lead", "organisation_administrator", "system_administrator"):
        user = world.lead if role == "qi_lead" else world.person(role)
        client.sign_in(user)
        with client.session_transaction() as cookie:
            token = cookie["_user_id"]
        with unit_of_work():
            link = auth.make_link(user, purpose=LinkPurpose.RESET, by=None)
        urls = [*walk(world, user)]
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
