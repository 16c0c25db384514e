"""What a load balancer asks."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tracker.db import db


@pytest.fixture
def checks(site: Flask) -> Iterator[dict[str, Callable[[], bool]]]:
    kept = dict(site.extensions["qi_ready"])
    yield site.extensions["qi_ready"]
    site.extensions["qi_ready"].clear()
    site.extensions["qi_ready"].update(kept)


def test_a_process_that_runs_is_healthy_without_its_database(
    browser: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db.session, "execute", None)
    answer = browser.get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"ok": True})


def test_ready_when_the_database_answers_and_the_disk_has_room(browser: FlaskClient) -> None:
    answer = browser.get("/readyz")
    assert answer.status_code == 200
    assert answer.json == {"ready": True, "checks": {"database": True, "disk": True}}


def test_not_ready_without_a_database(
    browser: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlalchemy.exc import OperationalError

    def away(*_: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    monkeypatch.setattr(db.session, "execute", away)
    answer = browser.get("/readyz")
    assert answer.status_code == 503
    assert answer.json == {"ready": False, "checks": {"database": False, "disk": True}}


def test_not_ready_on_a_full_disk(browser: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage(1, 1, 99 * 1024 * 1024))
    answer = browser.get("/readyz")
    assert (answer.status_code, answer.json and answer.json["checks"]["disk"]) == (503, False)


def test_another_room_can_add_a_check(
    browser: FlaskClient, checks: dict[str, Callable[[], bool]]
) -> None:
    checks["migrations"] = lambda: False
    answer = browser.get("/readyz")
    assert (answer.status_code, answer.json and answer.json["ready"]) == (503, False)
