"""A file as the answer to a request, and the note in the history that it was given out."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping
from typing import Any

from flask import Response
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError

from tracker import audit
from tracker.db import unit_of_work

log = logging.getLogger(__name__)

LONGEST_NAME = 60


def attachment(body: str | bytes | Iterable[str], kind: str, name: str, ending: str) -> Response:
    """A file to save. Its name is made of the letters and digits of `name`."""
    bare = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:LONGEST_NAME] or "figures"
    response = Response(body, content_type=kind)
    response.headers.set("Content-Disposition", "attachment", filename=f"{bare}.{ending}")
    return response


def noted(response: Response, detail: Mapping[str, Any], project_id: int | None = None) -> Response:
    """The same answer, with a line in the history that figures were downloaded.

    One small unit of work once the answer is made; where nothing can be written the log says so,
    and the person still has the file.
    """
    try:
        with unit_of_work():
            audit.record("data.exported", by=current_user, project_id=project_id, detail={**detail})
    except SQLAlchemyError:
        log.warning("could not note a download", exc_info=True)
    return response
