"""Is the process up, and is it fit to serve? For load balancers, so without a sign-in.

The answers name no version, no path and no person.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from flask import Blueprint, Flask, Response, current_app, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from tracker.db import db
from tracker.permissions import public

LEAST_DISK: Final = 100 * 1024 * 1024

bp = Blueprint("health", __name__)

Check = Callable[[], bool]


def init_health(app: Flask) -> None:
    """Register the two pages. Other rooms add to `app.extensions["qi_ready"]`, by name."""
    app.extensions["qi_ready"] = {"database": database_answers, "disk": disk_has_room}
    app.register_blueprint(bp)


@bp.get("/healthz")
@public
def healthz() -> Response:
    """The process answers. Asks nothing of the database."""
    return jsonify(ok=True)


@bp.get("/readyz")
@public
def readyz() -> Response:
    """Everything a request needs is there: 200, or 503 with the names of what is not."""
    checks: dict[str, Check] = current_app.extensions["qi_ready"]
    found = {name: check() for name, check in checks.items()}
    response = jsonify(ready=all(found.values()), checks=found)
    response.status_code = 200 if all(found.values()) else 503
    return response


def database_answers() -> bool:
    """A statement comes back."""
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        db.session.rollback()
        return False
    return True


def disk_has_room() -> bool:
    """100 MB are free where the embedded database lives, or else where uploads are spooled."""
    name = db.engine.url.database if db.engine.dialect.name == "sqlite" else None
    folder = Path(name).parent if name and name != ":memory:" else Path(tempfile.gettempdir())
    return shutil.disk_usage(folder).free >= LEAST_DISK
