"""Many processes on one record: what was acknowledged is there, and nothing is lost silently."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from flask_sqlalchemy import SQLAlchemy

from tracker.testing import factories
from tracker.testing.databases import SQLITE, Databases

WRITER = Path(__file__).with_name("writer.py")
WRITERS = 8
SAVES = 50


@pytest.mark.heavy
@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_eight_processes_saving_one_cycle_lose_nothing(database: Databases, db: SQLAlchemy) -> None:
    cycle, user = factories.cycle(), factories.person()
    began = cycle.version
    writers = [
        subprocess.Popen(  # noqa: S603
            [
                *(sys.executable, str(WRITER), database.url, f"writer{number}"),
                *(str(cycle.id), str(user.id), str(SAVES)),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(WRITERS)
    ]
    db.session.rollback()
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    told = [json.loads(writer.communicate(timeout=200)[0]) for writer in writers]

    acknowledged = [mark for marks, _ in told for mark in marks]
    refused = Counter(reason for _, reasons in told for reason in reasons)
    assert len(acknowledged) + refused.total() == WRITERS * SAVES
    assert sorted(cycle.observations.split()) == sorted(acknowledged)
    assert cycle.version == began + len(acknowledged)
    if database.kind == SQLITE:
        # The write lock comes first, so that each waits for its turn and none is refused.
        assert not refused
    else:
        assert set(refused) <= {"StaleDataError"}
        assert acknowledged
