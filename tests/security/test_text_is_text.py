"""What people type comes back as what they typed, and never as anything a browser obeys."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from tracker.testing.client import TrackerClient
from tracker.testing.plugin import LogIn

if TYPE_CHECKING:
    from .conftest import Full

HARM = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror='alert(1)'>",
    "{{ 7 * 7 }}{% raw %}${7*7}",
    "</textarea></title><svg/onload=alert(1)>",
    "=HYPERLINK(1)&amp;@x",
]


class Reader(HTMLParser):
    """The elements of a page and their attributes, as a browser would see them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names |= {tag, *(f"{tag} {name}" for name, _ in attrs)}


@pytest.mark.parametrize("harm", HARM)
def test_no_page_takes_text_for_markup_or_a_template(
    client: TrackerClient, log_in: LogIn, filled: Callable[[str], Full], harm: str
) -> None:
    plain = filled("Plain words")
    log_in(plain.lead)
    usual = {path: Reader(client.get(path).text).names for path in plain.pages}
    hostile = filled(harm)
    log_in(hostile.lead)
    shown = 0
    for ours, theirs in zip(plain.pages, hostile.pages, strict=True):
        page = client.get(theirs)
        assert page.status_code == 200, theirs
        assert Reader(page.text).names <= usual[ours], theirs
        if "<" in harm:
            assert harm not in page.text, theirs
        shown += unescape(page.text).count(harm) > 0
    assert shown >= len(hostile.pages) - 12


@pytest.mark.parametrize("harm", ["<script>alert(1)</script>", "]]><script>", '"/><a href="x">'])
def test_a_chart_takes_a_title_for_text(
    client: TrackerClient, log_in: LogIn, filled: Callable[[str], Full], harm: str
) -> None:
    hostile = filled(harm)
    log_in(hostile.lead)
    chart = client.get(f"/projects/{hostile.project.id}/measures/{hostile.measure.id}/chart.svg")
    assert chart.status_code == 200
    assert chart.mimetype == "image/svg+xml"
    assert harm not in chart.text
    assert "<script" not in chart.text
    assert harm in unescape(chart.text)


@pytest.mark.parametrize("harm", ["=HYPERLINK(1)", "@SUM(1)", "+1+1", "-2+3", "\uff1d1+1"])
def test_a_spreadsheet_takes_no_text_for_a_formula(
    client: TrackerClient, log_in: LogIn, filled: Callable[[str], Full], harm: str
) -> None:
    hostile = filled(harm)
    log_in(hostile.lead)
    url = f"/projects/{hostile.project.id}/measures/{hostile.measure.id}/data.csv"
    sent = client.get(url)
    assert sent.headers["Content-Disposition"].startswith("attachment")
    cells = [cell for row in csv.reader(io.StringIO(sent.text.lstrip("\ufeff"))) for cell in row]
    assert cells
    assert not [cell for cell in cells if cell.strip() == harm]


def test_a_search_repeats_its_words_as_text(
    client: TrackerClient, log_in: LogIn, full: Full
) -> None:
    log_in(full.lead)
    for path in ("/projects?q={}", "/organisations/search?q={}", "/projects/new?q={}"):
        harm = '"><script>alert(1)</script>'
        page = client.get(path.format(harm.replace(" ", "+"))).text
        assert harm not in page
        assert harm in unescape(page)


def test_an_address_that_is_not_there_is_not_repeated(client: TrackerClient) -> None:
    page = client.get("/<script>alert(1)</script>")
    assert page.status_code == 404
    assert "alert(1)" not in page.text
