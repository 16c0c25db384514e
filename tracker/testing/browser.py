"""The app on a loopback port, and Chromium in front of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    Route,
    sync_playwright,
)
from werkzeug.serving import make_server

from tracker.auth.models import User

from .client import TrackerClient
from .machine import ProgramMissing, chromium

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDE, NARROW = 1280, 375
HEIGHT = 900
ANSWERS = ("document", "xhr", "fetch")
"""Kinds of request that may be refused: the person is told. A style sheet may not."""


class LiveServer:
    """The app while it is served; `url` is where, without a slash at the end."""

    def __init__(self, app: Flask, url: str) -> None:
        self.app = app
        self.url = url

    def cookie_of(self, user: User) -> dict[str, Any]:
        """A session cookie of `user`, with a real sign-in row behind it."""
        client = TrackerClient(self.app, self.app.response_class, use_cookies=True)
        client.sign_in(user)
        name = self.app.config["SESSION_COOKIE_NAME"]
        cookie = client.get_cookie(name)
        assert cookie is not None
        return {"name": name, "value": cookie.value, "url": self.url}


@contextmanager
def serve(make: Callable[[str], Flask]) -> Iterator[LiveServer]:
    """Serve the app that `make` gives for an address, on a free port."""
    server = make_server("127.0.0.1", 0, _not_yet, threaded=True)
    url = f"http://127.0.0.1:{server.server_port}"
    server.app = app = make(url)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield LiveServer(app, url)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _not_yet(environ: Any, start_response: Any) -> Any:
    raise RuntimeError("served before there is an app")


@contextmanager
def launch() -> Iterator[Browser]:
    """This machine's Chromium. Raises ProgramMissing."""
    program = chromium()
    if program is None:
        raise ProgramMissing("Chromium is not on this machine: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, headless=True, args=list(ARGUMENTS)
        )
        try:
            yield browser
        finally:
            browser.close()


class Tabs:
    """Opens tabs, each with cookies of its own, and gathers what goes wrong in them.

    A message on the console, an error in a script, a request to another machine or an asset that
    is not there fails the test at its end.
    """

    def __init__(self, browser: Browser, live: LiveServer) -> None:
        self._browser = browser
        self._live = live
        self._open: list[BrowserContext] = []
        self.faults: list[str] = []

    def __call__(
        self,
        *,
        user: User | None = None,
        width: int = WIDE,
        java_script: bool = True,
        **options: Any,
    ) -> Page:
        """A tab, signed in as `user`; `options` are Playwright's for a context."""
        context = self._browser.new_context(
            base_url=self._live.url,
            viewport={"width": width, "height": HEIGHT},
            java_script_enabled=java_script,
            locale="en-GB",
            timezone_id="Europe/London",
            **options,
        )
        self._open.append(context)
        if user is not None:
            context.add_cookies([self._live.cookie_of(user)])  # type: ignore[list-item]
        context.route("**/*", self._keep_here)
        context.on("response", self._see_answer)
        page = context.new_page()
        page.on("console", self._see_console)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        return page

    def close(self) -> None:
        for context in self._open:
            context.close()

    def _keep_here(self, route: Route, request: Request) -> None:
        if request.url.startswith((self._live.url, "data:", "blob:")):
            route.continue_()
        else:
            self.faults.append(f"went to {request.url}")
            route.abort()

    def _see_answer(self, response: Response) -> None:
        if response.status >= 500 or (
            response.status >= 400 and response.request.resource_type not in ANSWERS
        ):
            self.faults.append(f"{response.status} for {response.url}")

    def _see_console(self, message: ConsoleMessage) -> None:
        # Chromium reports every refused answer here too; those are looked at above.
        refused = message.text.startswith("Failed to load resource: the server responded with")
        if message.type in ("error", "warning") and not refused:
            self.faults.append(f"console: {message.text}")
