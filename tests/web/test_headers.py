"""What every answer tells the browser, and what is refused unread."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

ALWAYS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.mark.parametrize(
    "path", ["/form", "/nowhere", "/fail/403", "/fail/fault", "/healthz", "/static/nothing.css"]
)
def test_every_answer_carries_the_headers_and_is_not_kept(browser: FlaskClient, path: str) -> None:
    headers = browser.get(path).headers
    assert {name: headers.get(name) for name in ALWAYS} == ALWAYS
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/form", "/nowhere", "/help"])
def test_a_page_and_its_part_are_told_apart_by_caches(browser: FlaskClient, path: str) -> None:
    assert "HX-Request" in browser.get(path).headers["Vary"]


def test_https_is_remembered_and_http_is_not(browser: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in browser.get("/help").headers
    secure = browser.get("/help", base_url="https://localhost")
    assert secure.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_a_form_from_another_site_is_refused(browser: FlaskClient) -> None:
    answer = browser.post("/form", headers={"Sec-Fetch-Site": "cross-site"}, data={"title": "x"})
    assert answer.status_code == 403


def test_a_link_from_another_site_is_followed(browser: FlaskClient) -> None:
    assert browser.get("/form", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


def test_a_form_without_its_token_is_refused(browser: FlaskClient) -> None:
    assert browser.post("/form", data={"title": "x"}).status_code == 400


@pytest.mark.parametrize("number", ["1", "2147483647"])
def test_an_id_may_be_as_large_as_a_database_holds(browser: FlaskClient, number: str) -> None:
    assert browser.get(f"/record/{number}").status_code == 200


@pytest.mark.parametrize(
    "number", ["0", "-1", "01", "2147483648", "9" * 30, "1.0", "٣", "x", "1%00", "+1"]
)
def test_what_is_no_id_is_a_page_not_found(browser: FlaskClient, number: str) -> None:
    assert browser.get(f"/record/{number}").status_code == 404
