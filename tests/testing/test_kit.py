"""The test kit does what tests rely on; a kit that hides a fault hides it everywhere."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from flask import Blueprint, Flask, g
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, select, text

from tracker.audit.models import AuditEvent
from tracker.auth.models import LoginSession, User
from tracker.db import unit_of_work, utcnow
from tracker.measures import queries
from tracker.organisations.models import Organisation
from tracker.permissions import Role, public
from tracker.plugin_host import current_host
from tracker.projects.models import Project
from tracker.safe.dates import today
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.network import NetworkRefused
from tracker.testing.plugin import Clock, CountStatements, LoadPlugins, LogIn, MakeApp


@pytest.mark.parametrize("order", [1, 2])
def test_each_test_begins_with_an_empty_database(db: SQLAlchemy, order: int) -> None:
    assert db.session.scalar(select(func.count()).select_from(Organisation)) == 0
    assert db.session.scalar(select(func.count()).select_from(AuditEvent)) == 0
    factories.organisation()


def test_it_runs_on_the_engine_it_is_named_for(
    db: SQLAlchemy, request: pytest.FixtureRequest
) -> None:
    assert db.engine.dialect.name in request.node.name


def with_probe(app: Flask) -> Flask:
    """Two pages that tell what a request shares with the one before it."""
    probe = Blueprint("probe", __name__)

    @probe.get("/probe/seen")
    @public
    def seen() -> str:
        before = g.get("seen", False)
        g.seen = True
        return str(before)

    @probe.post("/probe/rename/<int:organisation_id>")
    @public
    def rename(organisation_id: int) -> str:
        from tracker.db import db

        with unit_of_work():
            db.session.get_one(Organisation, organisation_id).name = "Renamed"
        return "done"

    app.register_blueprint(probe)
    return app


def test_requests_share_nothing_with_each_other_or_the_test(app: Flask, make_app: MakeApp) -> None:
    g.seen = True
    client = with_probe(make_app()).test_client()
    assert [client.get("/probe/seen").text for _ in range(2)] == ["False", "False"]


def test_a_row_read_before_a_post_shows_what_the_post_did(app: Flask, make_app: MakeApp) -> None:
    trust = factories.organisation("Before")
    assert trust.name == "Before"
    assert with_probe(make_app()).test_client().post(f"/probe/rename/{trust.id}").text == "done"
    assert trust.name == "Renamed"


def test_a_sign_in_is_a_row(db: SQLAlchemy, log_in: LogIn, client: TrackerClient) -> None:
    user = factories.person()
    assert log_in(user) is client
    assert db.session.scalars(select(LoginSession.user_id)).all() == [user.id]


def test_two_people_can_be_signed_in_at_once(
    log_in: LogIn, client: TrackerClient, new_client: Callable[[], TrackerClient]
) -> None:
    one, two = factories.person("One"), factories.person("Two")
    assert "One" in log_in(one).get("/account").text
    assert "Two" in log_in(two, on=new_client()).get("/account").text
    assert "One" in client.get("/account").text


def test_statements_are_counted_without_boundaries(
    db: SQLAlchemy, count_statements: CountStatements
) -> None:
    with count_statements() as statements:
        db.session.execute(text("SELECT 1"))
        db.session.rollback()
        db.session.scalars(select(User)).all()
    assert len(statements) == 2, statements
    assert repr(statements).startswith("2 statements:\nSELECT 1\nSELECT")


def test_the_clock_stands_still(stop_clock: Clock) -> None:
    stop_clock(datetime(2026, 3, 29, 0, 30, tzinfo=UTC))
    assert utcnow() == utcnow() == datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    assert today() == date(2026, 3, 29)
    # Twenty to one on the first summer night: London is an hour ahead of UTC.
    stop_clock(datetime(2026, 6, 30, 23, 40, tzinfo=UTC))
    assert today() == date(2026, 7, 1)
    stop_clock(date(2028, 2, 29))
    assert today() == date(2028, 2, 29)


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1"])
def test_no_test_reaches_another_machine(host: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as sock, pytest.raises(NetworkRefused):
        sock.connect((host, 80))


def test_no_test_looks_up_another_machine() -> None:
    with pytest.raises(NetworkRefused):
        socket.create_connection(("example.org", 80), timeout=1)


def test_loopback_stays_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=1).close()


def test_plugins_at_hand_are_loaded_and_no_others(load_plugins: LoadPlugins) -> None:
    from tracker_plugins.generic import plugin

    with load_plugins(plugin).app_context():
        assert list(current_host().active) == ["generic"]


def test_every_factory_makes_its_row(db: SQLAlchemy) -> None:
    user = factories.person(role=Role.VIEWER, on=factories.organisation(psc=factories.psc()))
    cycle = factories.cycle(factories.project(by=user))
    factories.comment(cycle, by=factories.member(db.session.get_one(Project, cycle.project_id)))
    measure = factories.points(factories.measure(), [3, 4.5, None, Decimal("5.25")])
    assert [p.value for p in queries.points(measure)] == [3, Decimal("4.5"), None, Decimal("5.25")]


def test_a_percentage_is_worked_out_from_its_counts(db: SQLAlchemy) -> None:
    percentage = factories.measure(unit="%", denominator="All", multiplier=Decimal(100))
    factories.points(percentage, [(3, 4)])
    assert [p.value for p in queries.points(percentage)] == [75]


def test_models_first_read_while_the_clock_stands_still_are_whole() -> None:
    """As in a process whose first test stops the clock before it makes an app."""
    code = """
from datetime import date
import pytest
from tracker.testing.clock import stop
stop(pytest.MonkeyPatch(), date(2025, 7, 15))
from tracker.projects.models import Project
from tracker.db import Utc, utcnow
assert isinstance(Project.__table__.c.deleted_at.type, Utc)
assert utcnow().date() == date(2025, 7, 15)
"""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
