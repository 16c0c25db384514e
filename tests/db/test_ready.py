"""A server says that it is fit to serve once its database has this code's tables."""

from __future__ import annotations

from flask import Flask

from tracker import create_app
from tracker.db import db, migrations
from tracker.testing.databases import Databases, test_settings


def readiness(app: Flask) -> tuple[int, bool]:
    answer = app.test_client().get("/readyz")
    return answer.status_code, bool((answer.json or {})["checks"]["migrations"])


def test_not_ready_before_the_database_is_migrated(database: Databases) -> None:
    app = create_app(test_settings(database.spare(migrated=False)))
    assert readiness(app) == (503, False)
    migrations.upgrade(app)
    assert readiness(app) == (200, True)
    with app.app_context():
        db.engine.dispose()
