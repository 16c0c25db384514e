"""The pytest plugin: fixtures for tests of the tracker and of its plugins.

It loads by entry point wherever the tracker is installed. Nothing of the tracker is imported until
a test asks for it.

A test that uses `app`, or a fixture made from it, runs once for each engine that `--database`
names (`sqlite`, `postgresql`, `both`; default `TRACKER_TEST_DATABASE`, else `sqlite`) and carries
the marker `database`. Browser and heavy tests run on SQLite, unless they name their engines:
`@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

import pytest

if TYPE_CHECKING:
    from flask import Flask
    from flask_sqlalchemy import SQLAlchemy
    from playwright.sync_api import Browser

    from tracker.auth.models import User

    from .browser import LiveServer, Tabs
    from .client import TrackerClient
    from .databases import Databases
    from .statements import Statements

ENGINES = {"sqlite": ("sqlite",), "postgresql": ("postgresql",), "both": ("sqlite", "postgresql")}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.getgroup("tracker").addoption(
        "--database",
        choices=tuple(ENGINES),
        default=os.environ.get("TRACKER_TEST_DATABASE", "sqlite"),
        help="engines that tests with a database run on",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "database: uses a database; set by the tracker's plugin")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database" not in metafunc.fixturenames:
        return
    for mark in metafunc.definition.iter_markers("parametrize"):
        names = mark.args[0] if mark.args else mark.kwargs["argnames"]
        if "database" in (names.replace(" ", "").split(",") if isinstance(names, str) else names):
            return
    chosen = ENGINES[metafunc.config.getoption("--database")]
    once = any(metafunc.definition.iter_markers("heavy")) or any(
        metafunc.definition.iter_markers("browser")
    )
    metafunc.parametrize("database", chosen[:1] if once else chosen, indirect=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "database" in getattr(item, "fixturenames", ()):
            item.add_marker("database")


@pytest.fixture(scope="session")
def _databases() -> Iterator[Callable[[str], Databases]]:
    from .databases import SQLITE, PostgresDatabases, SqliteDatabases
    from .machine import ProgramMissing

    made: dict[str, Databases] = {}
    refused: dict[str, Exception] = {}

    def of(kind: str) -> Databases:
        if kind in refused:
            raise refused[kind]
        if kind not in made:
            try:
                made[kind] = SqliteDatabases() if kind == SQLITE else PostgresDatabases()
            except ProgramMissing as error:
                pytest.exit(str(error), returncode=4)
            except Exception as error:
                # Every other test would fail the same way, only more slowly.
                refused[kind] = error
                raise
        return made[kind]

    yield of
    for databases in made.values():
        databases.close()


@pytest.fixture
def database(
    request: pytest.FixtureRequest, _databases: Callable[[str], Databases]
) -> Iterator[Databases]:
    """The engine this test runs on, its database migrated and empty."""
    databases = _databases(request.param)
    yield databases
    databases.empty()


@pytest.fixture
def app(database: Databases) -> Iterator[Flask]:
    """The app on an empty database, its context open; shared, so change nothing on it."""
    with database.app.app_context():
        yield database.app


class MakeApp(Protocol):
    """Makes an app on the test's database with other settings."""

    def __call__(self, **changes: Any) -> Flask: ...


@pytest.fixture
def make_app(database: Databases) -> Iterator[MakeApp]:
    """Make an app of one's own: `make_app(plugins=(), flask={"WTF_CSRF_ENABLED": True})`.

    For routes, settings and plugins that the shared app does not have.
    """
    from .databases import make_test_app

    made: list[Flask] = []

    def make(**changes: Any) -> Flask:
        made.append(make_test_app(database.url, **changes))
        return made[-1]

    yield make
    for app in made:
        database.let_go(app)


class KeepApp(Protocol):
    """An app with other settings that tests share."""

    def __call__(self, prepare: Callable[[Flask], None] | None = None, **changes: Any) -> Flask: ...


@pytest.fixture
def keep_app(database: Databases) -> KeepApp:
    """`keep_app(demo=True)`: an app with other settings, made once for all tests that name them.

    `keep_app(with_a_page)` hands it to a function of a module first, once. As with `app`, change
    nothing on it afterwards.
    """
    return database.keep


class LoadPlugins(Protocol):
    """Makes an app with these plugins and no others."""

    def __call__(self, *plugins: object, strict: bool = True) -> Flask: ...


@pytest.fixture
def load_plugins(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> LoadPlugins:
    """`load_plugins(plugin, ...)`: an app with these plugin objects, through every check.

    A fault in one of them is raised; with `strict=False` it is set aside, as in production.
    """
    from tracker.plugin_host import in_app
    from tracker.plugin_host.discovery import given

    def load(*plugins: object, strict: bool = True) -> Flask:
        found = [given(plugin) for plugin in plugins]
        with monkeypatch.context() as patch:
            patch.setattr(in_app, "discover", lambda names, folders: found)
            return make_app(strict_plugins=strict)

    return load


@pytest.fixture
def db(app: Flask) -> SQLAlchemy:
    """The database extension, for a test that looks at rows."""
    from tracker.db import db

    return db


@pytest.fixture
def new_client(app: Flask) -> Callable[[], TrackerClient]:
    """Make further browsers, each with cookies of its own."""
    from .client import TrackerClient

    return lambda: TrackerClient(app, app.response_class, use_cookies=True)


@pytest.fixture
def client(new_client: Callable[[], TrackerClient]) -> TrackerClient:
    """A browser that has not signed in."""
    return new_client()


class LogIn(Protocol):
    """Signs a client in and gives it back."""

    def __call__(self, user: User, *, on: TrackerClient | None = None) -> TrackerClient: ...


@pytest.fixture
def log_in(request: pytest.FixtureRequest) -> LogIn:
    """`log_in(user)` signs the `client` of this test in, with a real sign-in row."""

    def sign_in(user: User, *, on: TrackerClient | None = None) -> TrackerClient:
        client: TrackerClient = on or request.getfixturevalue("client")
        client.sign_in(user)
        return client

    return sign_in


class CountStatements(Protocol):
    """Opens a block whose SQL statements are collected."""

    def __call__(self) -> AbstractContextManager[Statements]: ...


@pytest.fixture
def count_statements() -> CountStatements:
    """`with count_statements() as statements:` collects the SQL that is sent."""
    from .statements import count_statements

    return count_statements


@pytest.fixture
def live(make_app: MakeApp) -> Iterator[LiveServer]:
    """The app on a loopback port, with CSRF tokens as in production; `live.url` is where."""
    from .browser import serve

    with serve(lambda url: make_app(base_url=url, flask={"WTF_CSRF_ENABLED": True})) as server:
        yield server


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium, started once for each test process."""
    from .browser import launch
    from .machine import ProgramMissing

    try:
        with launch() as browser:
            yield browser
    except ProgramMissing as error:
        pytest.exit(str(error), returncode=4)


@pytest.fixture
def new_tab(app: Flask, live: LiveServer, chromium: Browser) -> Iterator[Tabs]:
    """`new_tab(user=lead, width=375)` opens a tab on `live`; faults in it fail the test.

    Mark the test `browser`.
    """
    from .browser import Tabs

    tabs = Tabs(chromium, live)
    yield tabs
    tabs.close()
    assert not tabs.faults, "\n".join(tabs.faults)


class Clock(Protocol):
    """Stops the product's clock at a moment, or at noon in London of a day."""

    def __call__(self, when: datetime | date) -> None: ...


@pytest.fixture
def stop_clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """`stop_clock(date(2025, 7, 15))`: today, and every stored moment, from then on."""
    from .clock import stop

    def at(when: datetime | date) -> None:
        stop(monkeypatch, when)

    return at
