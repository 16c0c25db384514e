"""Error pages, and the short form of them that htmx gets."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from .conftest import SECRET

HTMX = {"HX-Request": "true"}
SAME = {"Sec-Fetch-Site": "same-origin"}


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/fail/400", 400, "We could not read that request"),
        ("/fail/403", 403, "You cannot do that here"),
        ("/nowhere", 404, "Page not found"),
        ("/fail/409", 409, "Somebody else changed this first"),
        ("/fail/413", 413, "That is too large"),
        ("/fail/418", 418, "We could not read that request"),
        ("/fail/429", 429, "Too many attempts"),
        ("/fail/fault", 500, "Something went wrong here"),
        ("/fail/503", 503, "We are very busy"),
        ("/fail/locked", 503, "We are very busy"),
        ("/fail/no-connection", 503, "We are very busy"),
        ("/fail/no-table", 500, "Something went wrong here"),
    ],
)
def test_an_error_is_a_page_for_a_browser_and_a_fragment_for_htmx(
    browser: FlaskClient, path: str, status: int, words: str
) -> None:
    whole, part = browser.get(path), browser.get(path, headers=HTMX)
    assert (whole.status_code, part.status_code) == (status, status)
    assert f"<title>{words} - QI Tracker</title>" in whole.text
    assert f'<h1 class="qi-title">{words}</h1>' in whole.text
    assert words in part.text
    assert "<html" not in part.text
    # It goes above the content, so that the form somebody filled in stays where it is.
    assert part.headers["HX-Retarget"] == "#qi-notices"
    assert part.headers["HX-Reswap"] == "innerHTML"
    for answer in (whole, part):
        assert f"Reference {answer.headers['X-Request-ID']}" in answer.text
        assert SECRET not in answer.text
        assert "Traceback" not in answer.text


def test_a_method_the_page_does_not_have_says_which_it_has(browser: FlaskClient) -> None:
    answer = browser.delete("/record/1", headers=SAME)
    assert answer.status_code in {400, 405}
    assert browser.get("/undo").status_code == 404
    assert set(browser.options("/record/1").headers["Allow"].split(", ")) == {
        "GET",
        "HEAD",
        "OPTIONS",
    }


def test_a_row_one_may_not_see_looks_like_an_address_that_is_not_there(
    browser: FlaskClient,
) -> None:
    def shown(path: str) -> str:
        return re.sub(r"Reference [0-9a-f]+", "", browser.get(path).text)

    assert shown("/record/13") == shown("/record/x") == shown("/nowhere")


def test_a_busy_database_asks_to_come_back(browser: FlaskClient) -> None:
    assert browser.get("/fail/locked").headers["Retry-After"] == "10"


def test_a_busy_database_hands_back_what_was_typed(browser: FlaskClient) -> None:
    token = token_of(browser)
    data = {
        "csrf_token": token,
        "title": "<b>Two trolleys</b>",
        "password": "hunter2",
        "n": ["1", "2"],
    }
    answer = browser.post("/fail/locked", data=data, headers=SAME)
    assert answer.status_code == 503
    assert (
        '<input type="hidden" name="title" value="&lt;b&gt;Two trolleys&lt;/b&gt;">' in answer.text
    )
    assert answer.text.count('name="n"') == 2
    assert 'action="/fail/locked"' in answer.text
    assert "hunter2" not in answer.text


def test_a_page_open_too_long_hands_back_what_was_typed_and_it_can_be_sent(
    browser: FlaskClient,
) -> None:
    answer = browser.post("/form", data={"title": "Two trolleys"}, headers=SAME)
    assert answer.status_code == 400
    assert "This page was open too long" in answer.text
    assert '<dd class="qi-pre">Two trolleys</dd>' in answer.text
    again = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', answer.text))
    assert browser.post("/form", data=again, headers=SAME).status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_what_may_come_from_another_site_is_not_offered_again(
    browser: FlaskClient, headers: dict[str, str]
) -> None:
    answer = browser.post("/form", data={"title": "Two trolleys"}, headers=headers)
    assert answer.status_code == 400
    assert "Two trolleys" not in answer.text
    assert "copy what you typed" in answer.text


def test_an_old_browser_that_names_our_origin_gets_its_text_back(browser: FlaskClient) -> None:
    headers = {"Origin": "http://localhost"}
    assert (
        "Two trolleys"
        in browser.post("/form", data={"title": "Two trolleys"}, headers=headers).text
    )


def test_htmx_keeps_the_text_and_gets_a_token_for_the_next_try(browser: FlaskClient) -> None:
    answer = browser.post("/form", data={"title": "x"}, headers=HTMX | SAME)
    assert answer.status_code == 400
    assert "Choose Save again" in answer.text
    token = json.loads(answer.headers["HX-Trigger"])["qi:token"]
    sent = browser.post("/form", data={"title": "x", "csrf_token": token}, headers=HTMX | SAME)
    assert sent.headers["HX-Redirect"] == "/form"


def test_no_token_is_given_to_another_site(browser: FlaskClient) -> None:
    answer = browser.post("/form", data={"title": "x"}, headers=HTMX)
    assert answer.status_code == 400
    assert "HX-Trigger" not in answer.headers


def test_too_large_a_body_is_refused_in_our_words(browser: FlaskClient) -> None:
    answer = browser.post("/form", data={"title": "x" * 60_000}, headers=SAME)
    assert answer.status_code == 413
    assert "That is too large" in answer.text


def test_a_fault_in_the_navigation_still_gives_an_error_page(
    site: Any, browser: FlaskClient
) -> None:
    def broken() -> list[Any]:
        raise RuntimeError("no database")

    functions = site.template_context_processors[None]
    functions.append(lambda: {"nav": broken})
    try:
        answer = browser.get("/form")
    finally:
        functions.pop()
    assert answer.status_code == 500
    assert "Something went wrong here" in answer.text


def token_of(browser: FlaskClient) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/form").text)
    assert found
    return found[1]
