"""What `app.js` adds in a browser, and that everything works without it."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, Route, expect
from werkzeug.serving import make_server

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EXPECTED = re.compile(
    r"status of (400|404|422|500|502)|ERR_INTERNET_DISCONNECTED"
    r"|^htmx:(afterRequest|sendError|responseError)|^Response Status Error Code 502"
)
AXE = Axe.from_file(Path(__file__).parents[1] / "browser" / "axe.min.js")


@pytest.fixture(scope="module")
def live(site: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, site, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture
def open_page(chromium: Browser, live: str) -> Iterator[Callable[..., Page]]:
    """`open_page("/form")`; afterwards the console must be clean."""
    faults: list[str] = []
    contexts = []

    def opened(path: str, *, script: bool = True) -> Page:
        context = chromium.new_context(java_script_enabled=script)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(live + path, wait_until="networkidle")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [fault for fault in faults if not EXPECTED.search(fault)] == []


def check(page: Page) -> None:
    """No violation, no repeated id, nothing beyond the right edge."""
    found = AXE.run(page, options={"runOnly": RULES}).response["violations"]
    assert [(f["id"], [node["html"] for node in f["nodes"]]) for f in found] == []
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("path", ["/form", "/live", "/help", "/nowhere", "/fail/fault"])
def test_pages_are_accessible_at_every_width(open_page: Callable[..., Page], path: str) -> None:
    page = open_page(path)
    for width in (1280, 375, 320):
        page.set_viewport_size({"width": width, "height": 900})
        check(page)


def test_a_refused_part_takes_the_focus_to_its_summary(open_page: Callable[..., Page]) -> None:
    page = open_page("/live")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    check(page)
    page.get_by_role("link", name="Enter the title").click()
    expect(page.locator("#title")).to_be_focused()


def test_a_saved_part_is_announced_and_takes_the_focus(open_page: Callable[..., Page]) -> None:
    page = open_page("/live")
    page.fill("#title", "Two trolleys")
    page.keyboard.press("Enter")
    expect(page.locator("#qi-live")).to_have_text("Saved Two trolleys")
    expect(page.locator("#saved")).to_be_focused()
    expect(page.locator("#qi-notices").get_by_role("button", name="Undo")).to_be_visible()
    check(page)


def test_a_failure_is_shown_above_and_leaves_what_was_typed(
    open_page: Callable[..., Page],
) -> None:
    page = open_page("/live")
    page.fill("#title", "fail")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#qi-notices")).to_contain_text("Something went wrong here")
    expect(page.locator(".qi-refused")).to_be_focused()
    assert page.input_value("#title") == "fail"
    check(page)


def test_a_lost_connection_is_said_where_it_can_be_seen(open_page: Callable[..., Page]) -> None:
    page = open_page("/live")
    page.fill("#title", "Two trolleys")
    page.context.set_offline(True)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("What you typed is still here")
    page.context.set_offline(False)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#qi-live")).to_have_text("Saved Two trolleys")
    expect(page.get_by_text("What you typed is still here")).to_have_count(0)


def test_an_answer_by_a_proxy_is_not_put_into_the_page(open_page: Callable[..., Page]) -> None:
    page = open_page("/live")
    page.fill("#title", "Two trolleys")
    page.route("**/live", lambda route: route.fulfill(status=502, body="<h1>Bad Gateway</h1>"))
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("What you typed is still here")
    expect(page.get_by_text("Bad Gateway")).to_have_count(0)
    page.unroute("**/live")


def test_a_token_that_ran_out_is_exchanged_for_the_next_try(
    open_page: Callable[..., Page],
) -> None:
    page = open_page("/live")
    page.fill("#title", "Two trolleys")
    page.context.clear_cookies()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#qi-notices")).to_contain_text("Choose Save again")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#qi-live")).to_have_text("Saved Two trolleys")


@pytest.mark.parametrize("path", ["/form", "/live"])
def test_a_form_is_sent_once_however_often_its_button_is_pressed(
    open_page: Callable[..., Page], path: str
) -> None:
    page = open_page(path)
    held: list[Route] = []
    page.route(f"**{path}", lambda route: held.append(route))
    page.fill("#title", "x")
    thrice = "b => { b.click(); b.click(); b.click(); return b.getAttribute('aria-disabled') }"
    assert page.get_by_role("button", name="Save").evaluate(thrice) == "true"
    page.wait_for_timeout(300)
    assert len(held) == 1
    held[0].continue_()
    expect(page.get_by_role("alert")).to_contain_text("Saved")


def test_a_slow_save_is_said_and_the_button_works_again_after_it(
    open_page: Callable[..., Page],
) -> None:
    page = open_page("/live")
    held: list[Route] = []
    page.route("**/live", lambda route: held.append(route))
    page.fill("#title", "fail")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#qi-live")).to_have_text("Saving")
    held[0].continue_()
    expect(page.locator(".qi-refused")).to_be_visible()
    expect(page.get_by_role("button", name="Save")).not_to_have_attribute("aria-disabled", "true")


def test_everything_works_without_script(open_page: Callable[..., Page], live: str) -> None:
    page = open_page("/live", script=False)
    page.get_by_role("button", name="Save").click()
    assert page.title() == "Error: Plan - QI Tracker"
    page.get_by_role("link", name="Enter the title").click()
    page.keyboard.type("Two trolleys")
    page.get_by_role("button", name="Save").click()
    assert page.url == f"{live}/live"
    expect(page.get_by_role("alert")).to_contain_text("Saved Two trolleys")
