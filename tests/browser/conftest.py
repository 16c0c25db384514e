"""The demonstration behind a real server, as every test finds it: filled once, copied for each."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from tracker import create_app
from tracker.auth import queries as auth
from tracker.config import Settings
from tracker.db import db
from tracker.demo import fill
from tracker.demo.people import DemoPerson
from tracker.organisations import queries as organisations
from tracker.testing.browser import WIDE, LiveServer, Tabs, serve
from tracker.testing.machine import scratch

SUFFIXES = ("", "-wal", "-shm")


def demo_app(path: Path, url: str) -> Flask:
    """The app as `tracker run --demo` starts it."""
    return create_app(
        Settings(
            database_url=f"sqlite:///{path}",
            secret_key="only-for-tests-" * 3,
            base_url=url,
            dev=True,
            demo=True,
            strict_plugins=True,
        )
    )


@pytest.fixture(scope="session")
def _filled() -> Iterator[Path]:
    path = scratch("demo") / "filled.db"
    app = demo_app(path, "http://127.0.0.1")
    fill.make(app)
    with app.app_context():
        db.session.remove()
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine.dispose()
    yield path
    shutil.rmtree(path.parent, ignore_errors=True)


@pytest.fixture(scope="session")
def _served(_filled: Path) -> Iterator[LiveServer]:
    # One line for each request would bury what a failure says.
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    with serve(lambda url: demo_app(_filled.with_name("test.db"), url)) as live:
        yield live


@pytest.fixture
def live(_filled: Path, _served: LiveServer) -> Iterator[LiveServer]:
    """The demonstration on a loopback port; what a test writes is gone after it."""
    path = _filled.with_name("test.db")
    with _served.app.app_context():
        db.engine.dispose()
        for suffix in SUFFIXES:
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(_filled, path)
        yield _served
        db.session.remove()


@pytest.fixture
def tabs(live: LiveServer, chromium: Browser) -> Iterator[Tabs]:
    """Opens tabs on the demonstration; faults in them fail the test."""
    opened = Tabs(chromium, live)
    yield opened
    opened.close()
    assert not opened.faults, "\n".join(opened.faults)


OpenAs = Callable[..., Page]


@pytest.fixture
def open_as(tabs: Tabs) -> OpenAs:
    """`open_as(LEAD, "/projects")`: a tab of this person, on this page."""

    def opened(
        who: DemoPerson | None, path: str = "/", *, width: int = WIDE, java_script: bool = True
    ) -> Page:
        user = auth.by_email(who.email) if who else None
        page = tabs(user=user, width=width, java_script=java_script)
        page.goto(path)
        return page

    return opened


@pytest.fixture
def alder(live: LiveServer) -> int:
    """Id of Demo Alder Place."""
    found = organisations.by_code("DEMO-ALDER")
    assert found is not None
    return found.id
