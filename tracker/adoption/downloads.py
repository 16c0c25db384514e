"""A table as a CSV file that no spreadsheet runs, noted in the audit."""

from __future__ import annotations

import csv
import io
import logging
import re
from collections.abc import Iterable, Sequence

from flask import Response
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError

from tracker import audit
from tracker.db import unit_of_work
from tracker.safe.cells import guard_cell

log = logging.getLogger(__name__)


def csv_file(
    title: str, headings: Sequence[str], rows: Iterable[Sequence[str]], *, programme: str
) -> Response:
    """The rows as a file named after the title."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([guard_cell(cell) for cell in row] for row in rows)
    name = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")[:60] or "adoption"
    # A byte order mark, or a spreadsheet takes the text for another encoding.
    response = Response("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    try:
        with unit_of_work():
            audit.record(
                "data.exported", by=current_user, detail={"programme": programme, "as": name}
            )
    except SQLAlchemyError:
        log.warning("could not note that a table was downloaded", exc_info=True)
    return response
