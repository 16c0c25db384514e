"""What a view answers with, for a browser and for htmx."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, Response, get_flashed_messages
from jinja2 import DictLoader

from tracker.pages import done, page, safe_next

TEMPLATES = {"full.html": "page {{ fragment }} {{ status }} {{ x }}", "_part.html": "part {{ x }}"}
HTMX = {"HX-Request": "true"}


def text(response: Response) -> str:
    return response.get_data(as_text=True)


@pytest.fixture
def pages(site: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    loader = site.jinja_loader
    monkeypatch.setattr(loader, "loaders", [DictLoader(TEMPLATES), *loader.loaders])  # type: ignore[union-attr]
    yield site
    site.jinja_env.cache.clear()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({}, "page False 422 1"),
        (HTMX, "part 1"),
        (HTMX | {"HX-Boosted": "true"}, "page False 422 1"),
        (HTMX | {"HX-History-Restore-Request": "true"}, "page False 422 1"),
    ],
)
def test_htmx_gets_the_part_and_everyone_else_the_page(
    pages: Flask, headers: dict[str, str], body: str
) -> None:
    with pages.test_request_context("/", headers=headers):
        response = page("full.html", partial="_part.html", status=422, x=1)
    assert (response.status_code, text(response)) == (422, body)
    assert "HX-Request" in response.vary


def test_a_page_without_a_part_is_whole_for_htmx_too(pages: Flask) -> None:
    with pages.test_request_context("/", headers=HTMX):
        assert text(page("full.html", x=1)) == "page False 200 1"


def test_done_redirects_and_says_so_on_the_next_page(pages: Flask) -> None:
    with pages.test_request_context("/", method="POST"):
        response = done("/projects/1", partial="_part.html", announce="Saved", undo="/undo", x=1)
        assert (response.status_code, response.location) == (303, "/projects/1")
        said: list[Any] = [*get_flashed_messages(with_categories=True)]
    assert said == [("success", {"text": "Saved", "undo": "/undo"})]


def test_done_gives_htmx_the_part_with_announcement_and_focus(pages: Flask) -> None:
    with pages.test_request_context("/", method="POST", headers=HTMX):
        response = done("/x", partial="_part.html", announce="Größe ✓", focus="row-3", x=1)
        assert not get_flashed_messages()
    assert (response.status_code, text(response)) == (200, "part 1")
    header = response.headers["HX-Trigger-After-Settle"]
    assert header.isascii()
    assert json.loads(header) == {"qi:announce": "Größe ✓", "qi:focus": "row-3"}


def test_done_without_a_part_sends_htmx_on_as_well(pages: Flask) -> None:
    with pages.test_request_context("/", method="POST", headers=HTMX):
        response = done("/x", announce="Saved")
        assert get_flashed_messages()
    assert (response.status_code, response.headers["HX-Redirect"]) == (200, "/x")


def test_done_shows_undo_beside_the_swapped_part(pages: Flask) -> None:
    with pages.test_request_context("/", method="POST", headers=HTMX):
        body = text(done("/x", partial="_part.html", announce="<b>Gone</b>", undo="/undo", x=1))
    assert body.startswith("part 1")
    assert '<div id="qi-notices" hx-swap-oob="true">' in body
    assert '<form method="post" action="/undo"><input type="hidden" name="csrf_token"' in body
    assert "&lt;b&gt;Gone" in body


@pytest.mark.parametrize(
    "url", ["/", "/projects/3?tab=pdsa&q=a%20b#top", "/a:b", "/caf\u00e9", "/x//y", "/@evil.com"]
)
def test_a_path_of_this_site_is_followed(url: str) -> None:
    assert safe_next(url, otherwise="/home") == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "projects",
        "//evil.com",
        "///evil.com",
        "/\\evil.com",
        "\\\\evil.com",
        "/\t/evil.com",
        "/\n/evil.com",
        "/\x00/evil.com",
        " /projects",
        "/ /evil.com",
        "/\u00a0/evil.com",
        "/\u202eevil",
        "https://evil.com/",
        "https:/evil.com",
        "javascript:alert(1)",
        "data:text/html,x",
        "?next=/",
        "#x",
        "//[::1",
        "/" + "a" * 2000,
    ],
)
def test_anything_else_leads_to_the_start(url: str | None) -> None:
    assert safe_next(url, otherwise="/home") == "/home"
