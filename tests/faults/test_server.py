"""The server as it is run: it ends politely, answers after the commit, and logs its faults."""

from __future__ import annotations

import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from tracker.db import db
from tracker.testing.databases import Databases

from .conftest import Hold
from .people import someone
from .serving import Server, Visitor

GRACE = 30


@pytest.mark.heavy
@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_a_request_that_is_under_way_is_answered_after_sigterm_and_after_its_commit(
    database: Databases, app: Flask, tmp_path: Path, hold: Hold
) -> None:
    person = someone()
    with Server(database.url, tmp_path / "log") as server, ThreadPoolExecutor(1) as thread:
        visitor = Visitor(server.port)
        visitor.sign_in(person.email)
        with hold():
            saving = thread.submit(person.save, visitor)
            time.sleep(0.7)
            server.ask_to_end()
            time.sleep(0.7)
            # The lock is held, so nothing can be committed: nothing may be acknowledged either.
            assert not saving.done()
            assert person.found().saved == 0
        saving.result(GRACE)
        assert person.found().saved == person.saved == 1
        assert server.ended(GRACE) == 0
        assert not server.answers()


@pytest.mark.heavy
@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_a_fault_is_on_the_page_and_in_the_log_under_one_reference(
    database: Databases, app: Flask, tmp_path: Path
) -> None:
    person = someone()
    with Server(database.url, tmp_path / "log", workers=1) as server:
        visitor = Visitor(server.port)
        visitor.sign_in(person.email)
        rename("task", "gone")
        try:
            answer = visitor.get(f"/projects/{person.project}/cycles/{person.cycle}")
        finally:
            rename("gone", "task")
        assert answer.status == 500
        assert "Something went wrong here" in answer.text
        reference = re.search(r"Reference ([0-9a-f]{16})", answer.text)
        assert reference is not None
        lines = [json.loads(line) for line in server.log().splitlines() if line.startswith("{")]
        about = [line for line in lines if line.get("request_id") == reference[1]]
        assert any("at" in line and line["level"] == "error" for line in about)
        assert any(line.get("status") == 500 for line in about)
        # What was typed, or is in the address, may name somebody.
        assert person.email not in server.log()
        assert "task" not in answer.text
        assert visitor.get("/").status == 200


def rename(table: str, to: str) -> None:
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.execute(text(f"ALTER TABLE {table} RENAME TO {to}"))
