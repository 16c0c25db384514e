"""The drill of `docs/backup.md`: write, back up under load, destroy, restore, compare, sign in."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, make_url, select, table

from tracker import create_app
from tracker.audit import chain
from tracker.audit.models import AuditEvent
from tracker.db import db
from tracker.testing.databases import Databases, PostgresDatabases, test_settings

from .people import Person, Work, someone
from .serving import KEY, TRACKER, Server, Visitor
from .test_kill import acknowledged, wait_for

PEOPLE = 3


@contextmanager
def looking_at(url: str) -> Iterator[None]:
    """An app on the database, with no connection left at the end."""
    with create_app(test_settings(url)).app_context():
        try:
            yield
        finally:
            db.session.remove()
            db.engine.dispose()


def tracker(url: str, *words: str) -> str:
    """Run a command as an operator does; what it printed."""
    done = subprocess.run(  # noqa: S603
        [str(TRACKER), *words],
        env={
            **os.environ,
            "TRACKER_DATABASE_URL": url,
            "TRACKER_SECRET_KEY": KEY,
            "TRACKER_DEV": "1",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def destroy(databases: Databases, url: str) -> None:
    name = make_url(url).database or ""
    if isinstance(databases, PostgresDatabases):
        with databases.server.connect("postgres") as admin:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    else:
        for path in Path(name).parent.glob(f"{Path(name).name}*"):
            path.unlink()


@pytest.mark.heavy
@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_what_was_acknowledged_before_a_backup_comes_back_from_it(
    database: Databases, tmp_path: Path
) -> None:
    url, file = database.spare(), tmp_path / "kept"
    with looking_at(url):
        people = [someone() for _ in range(PEOPLE)]
    with Server(url, tmp_path / "log") as server:
        work = Work(server.port, people)
        cookies = Visitor(server.port)
        cookies.sign_in(people[0].email)
        work.start()
        wait_for(people, 9)
        before = [replace(person, planned=dict(person.planned)) for person in people]
        told = tracker(url, "backup", str(file))
        after = acknowledged(people)
        wait_for(people, after + 3)
        work.stop()
        server.kill()
        assert after > acknowledged(before), "nobody wrote while the backup was taken"

        destroy(database, url)
        restored = tracker(url, "restore", str(file), "--yes")
        assert "Restored" in restored
        assert ends_at(restored) == ends_at(told)
        assert_as_told(url, json.loads((tmp_path / "kept.json").read_text()))
        with looking_at(url):
            for was, now in zip(before, people, strict=True):
                assert_between(was, now)

        server.start()
        assert cookies.get("/").status == 302, "a sign-in of before is not one of now"
        again = Visitor(server.port)
        again.sign_in(people[0].email)
        answer = again.get(f"/projects/{people[0].project}/cycles/{people[0].cycle}")
        assert answer.status == 200
        assert "Seen " in answer.text


def ends_at(told: str) -> tuple[str, ...]:
    """The number and the hash of the last event."""
    found = re.search(r"ends at event (\d+) with hash ([0-9a-f]{64})", told)
    assert found is not None, told
    return found.groups()


def assert_as_told(url: str, manifest: dict[str, Any]) -> None:
    """Every table has its rows, and the history is the one that was backed up and one event more:
    that it was put back."""
    rows = manifest["contents"]["rows"]
    with looking_at(url):
        for name, count in rows.items():
            found = db.session.scalar(select(func.count()).select_from(table(name)))
            assert found == {"login_session": 0, "audit_event": count + 1}.get(name, count), name
        seq = manifest["contents"]["audit_seq"]
        last = db.session.scalars(select(AuditEvent).where(AuditEvent.seq == seq)).one()
        assert last.hash == manifest["contents"]["audit_hash"]
        verdict = chain.verify()
        assert (verdict.broken_at, verdict.events) == (None, seq + 1)


def assert_between(was: Person, now: Person) -> None:
    """What was acknowledged before the backup is there, and nothing that nobody ever sent."""
    found = was.found()
    assert was.saved <= found.saved <= now.saved
    assert was.brought <= found.brought <= now.brought
    assert was.planned.items() <= found.planned.items() <= now.planned.items()
