"""The pages about the service, and the frame around every page."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

PAGES = {
    "/help": "Help and contact",
    "/accessibility": "Accessibility statement",
    "/cookies": "Cookies",
    "/privacy": "Privacy",
}


@pytest.mark.parametrize(("path", "title"), PAGES.items())
def test_anyone_can_read_it_and_every_page_leads_to_it(
    browser: FlaskClient, path: str, title: str
) -> None:
    answer = browser.get(path)
    assert answer.status_code == 200
    assert f'<h1 class="qi-title">{title}</h1>' in answer.text
    assert f'<a href="{path}">{title}</a>' in browser.get("/nowhere").text


@pytest.mark.parametrize("path", ["/help", "/accessibility", "/privacy"])
def test_the_published_address_is_given(browser: FlaskClient, path: str) -> None:
    assert '<a href="mailto:qi@example.org">qi@example.org</a>' in browser.get(path).text


def test_the_cookie_is_named_with_how_long_it_lasts(site: Flask, browser: FlaskClient) -> None:
    shown = browser.get("/cookies").text
    assert f"<dt>{site.config['SESSION_COOKIE_NAME']}</dt>" in shown
    assert "after 60 minutes" in shown
    assert "after 12 hours" in shown


def test_a_demonstration_says_so_at_the_top_and_above_the_footer(browser: FlaskClient) -> None:
    shown = browser.get("/help").text
    assert shown.count("Demonstration data</") == 2
    assert '<a class="qi-demo" href="#about-data">' in shown
    assert shown.index('id="about-data"') < shown.index("<footer")


def test_the_frame_has_what_assistive_technology_looks_for(browser: FlaskClient) -> None:
    shown = browser.get("/form").text
    assert shown.index('href="#maincontent"') < shown.index("<header")
    assert '<main class="qi-main" id="maincontent">' in shown
    assert '<div id="qi-live" class="nhsuk-u-visually-hidden" role="status"></div>' in shown
    assert '<html lang="en">' in shown
    assert re.search(r'<meta name="viewport" content="width=device-width', shown)
    assert not re.search(r"user-scalable|maximum-scale", shown)
