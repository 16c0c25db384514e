"""A database that is locked, full or away: 503, nothing half saved, and the text comes back."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from sqlalchemy import text

from tracker.db import db, utcnow
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.databases import Databases, PostgresDatabases
from tracker.testing.plugin import Clock

from .conftest import SAME, Hold, Save, connecting

TYPED = "Seven of ten were asked. <b>Not</b> at the weekend."


def assert_handed_back(answer: Any) -> dict[str, str]:
    """It says when to come back and holds a form with what was typed: that form."""
    assert answer.status_code == 503, answer.text
    assert answer.headers["Retry-After"] == "10"
    assert "We are very busy" in answer.text
    assert "Nothing was saved" in answer.text
    hidden = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', answer.text)
    again = {name: unescape(value) for name, value in hidden}
    assert again["observations"] == TYPED
    assert "<b>Not</b>" not in answer.text
    return again


def test_a_save_that_waited_too_long_comes_back_and_can_be_sent_again(
    save: Save, hold: Hold
) -> None:
    with hold():
        again = assert_handed_back(save.send(TYPED))
    assert save.stored() == ""
    assert save.client.post(save.path, data=again, headers=SAME).status_code == 303
    assert save.stored() == TYPED


def test_htmx_is_told_above_the_form_which_keeps_its_text(save: Save, hold: Hold) -> None:
    with hold():
        answer = save.send(TYPED, **{"HX-Request": "true"})
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "10"
    assert answer.headers["HX-Retarget"] == "#qi-notices"
    assert TYPED not in answer.text


def test_pages_are_read_while_saves_wait(save: Save, hold: Hold) -> None:
    with hold():
        assert save.client.get("/").status_code == 200
        assert save.client.get(save.path.removesuffix("/do")).status_code == 200


def test_a_sign_in_that_cannot_be_stored_shows_no_password(
    app: Flask, impatient: Flask, hold: Hold
) -> None:
    factories.person()
    browser = TrackerClient(impatient, impatient.response_class, use_cookies=True)
    form = {"email": "ann@example.nhs.uk", "password": "thistle gravel canoe"}
    with hold():
        answer = browser.post("/sign-in", data=form, headers=SAME)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "10"
    assert "thistle" not in answer.text


def test_noting_when_somebody_was_last_seen_is_given_up_quietly(
    save: Save, hold: Hold, stop_clock: Clock
) -> None:
    stop_clock(utcnow() + timedelta(minutes=10))
    with hold():
        answer = save.client.get("/")
        assert answer.status_code == 200
        answer.close()
    assert save.client.get("/").status_code == 200


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_full_disk_loses_nothing_that_was_there(save: Save, impatient: Flask, file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
    long = f"{TYPED} {'x' * 9_000}"
    with connecting(impatient, f"PRAGMA max_page_count={pages}"):
        answer = save.send(long)
        assert answer.status_code == 503, answer.text
        assert answer.headers["Retry-After"] == "10"
        assert long in unescape(answer.text)
        assert save.stored() == ""
        # Reading goes on, and the connection that failed is as good as new.
        assert save.client.get("/").status_code == 200
        assert save.send(long).status_code == 503
    assert save.send(long).status_code == 303
    assert save.stored() == long
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_connections_that_the_server_ended_cost_one_answer(
    save: Save, impatient: Flask, database: Databases
) -> None:
    assert isinstance(database, PostgresDatabases)
    with connecting(impatient, "SET application_name = 'impatient'"):
        assert save.client.get("/").status_code == 200
        with database.server.connect("postgres") as admin:
            ended = admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name = 'impatient'"
            ).fetchall()
        assert ended == [(True,)]
        again = assert_handed_back(save.send(TYPED))
        assert save.stored() == ""
        assert save.client.post(save.path, data=again, headers=SAME).status_code == 303
        assert save.stored() == TYPED


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_server_that_is_gone_gives_503_to_who_was_signed_in(
    save: Save, impatient: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert save.client.get("/").status_code == 200
    with impatient.app_context():
        db.engine.dispose()
        monkeypatch.setattr(db.engine.dialect, "connect", _refused)
    for path in ("/", "/projects"):
        answer = save.client.get(path)
        assert answer.status_code == 503
        assert "We are very busy" in answer.text
    assert_handed_back(save.send(TYPED))
    monkeypatch.undo()
    assert save.client.get("/").status_code == 200


def _refused(*arguments: Any, **words: Any) -> Any:
    words["port"] = "1"
    return psycopg.connect(*arguments, **words)


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_lock_is_not_waited_for_without_end(app: Flask) -> None:
    told = db.session.execute(
        text("SELECT setting, source FROM pg_settings WHERE name = 'lock_timeout'")
    ).one()
    # Set by the app: the server of these tests has the same, from its own file.
    assert tuple(told) == ("15000", "session")
    db.session.rollback()
    assert db.session.execute(text("SHOW lock_timeout")).scalar() == "15s"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_table_that_is_missing_is_a_fault_and_no_busy_database(
    impatient: Flask, save: Save
) -> None:
    with db.engine.begin() as connection:
        connection.execute(text("ALTER TABLE task RENAME TO gone"))
    impatient.testing = False
    impatient.config["PROPAGATE_EXCEPTIONS"] = False
    answer = save.client.get(save.path.removesuffix("/do"))
    assert answer.status_code == 500
    assert "Something went wrong here" in answer.text
