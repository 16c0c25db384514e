"""One of many processes that save the same cycle; run by `test_many_writers.py`.

Reads, adds a mark and saves, `saves` times. Prints "ready", waits for a line, then prints the
marks whose saves were acknowledged and the reasons of those that were refused, as JSON.
"""

from __future__ import annotations

import json
import sys

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError

from tracker import create_app
from tracker.auth.models import User
from tracker.db import db, unit_of_work
from tracker.pdsa import services as pdsa
from tracker.pdsa.models import PdsaCycle
from tracker.testing.databases import test_settings


def save(cycle_id: int, user_id: int, mark: str) -> None:
    with unit_of_work():
        cycle = db.session.get_one(PdsaCycle, cycle_id)
        pdsa.log_do(
            cycle,
            done_as_planned=cycle.done_as_planned,
            observations=f"{cycle.observations} {mark}",
            problems=cycle.problems,
            by=db.session.get_one(User, user_id),
        )


def main(url: str, name: str, cycle_id: int, user_id: int, saves: int) -> None:
    app = create_app(test_settings(url))
    acknowledged: list[str] = []
    refused: list[str] = []
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for number in range(saves):
        mark = f"{name}.{number}"
        with app.app_context():
            try:
                save(cycle_id, user_id, mark)
            except (StaleDataError, DBAPIError) as error:
                refused.append(type(error).__name__)
            else:
                acknowledged.append(mark)
    sys.stdout.write(json.dumps([acknowledged, refused]))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:6]))
