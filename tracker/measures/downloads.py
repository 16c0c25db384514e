"""Downloads of one measure: its chart as a picture, its figures as a table."""

from __future__ import annotations

import csv
import io
import logging
import re

from flask import Response
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError

from tracker import audit
from tracker.charts.svg import standalone
from tracker.db import unit_of_work
from tracker.permissions import Permission, requires
from tracker.projects.access import is_outside
from tracker.safe.cells import guard_cell
from tracker.safe.dates import last_day, name_period, today
from tracker.safe.numbers import plain

from . import drawing, queries
from .blueprint import ONE, bp
from .figures import amounts
from .models import Measure

log = logging.getLogger(__name__)

HEADINGS = (
    "period",
    "first_day",
    "last_day",
    "kind",
    "numerator",
    "denominator",
    "value",
    "unit",
    "centre_line",
    "lower_limit",
    "upper_limit",
    "special_cause",
    "part_of_period",
    "note",
)


@bp.get(f"{ONE}/chart.svg")
@requires(Permission.DATA_EXPORT, Measure)
def chart_svg(measure: Measure) -> ResponseReturnValue:
    """The large drawing as a file of its own."""
    figures, phases, chart = queries.seen(
        measure, outside=is_outside(measure.project, current_user)
    )
    drawings = drawing.whole_chart(
        measure,
        chart,
        figures,
        phases=drawing.phase_names(chart, [(p.starts_on, p.name) for p in phases]),
        marks=drawing.marks_of(measure.project),
        events=drawing.lettered(queries.events(measure)),
        on=today(),
    )
    return _file(measure, standalone(drawings.large), "image/svg+xml", "svg")


@bp.get(f"{ONE}/data.csv")
@requires(Permission.DATA_EXPORT, Measure)
def data_csv(measure: Measure) -> ResponseReturnValue:
    """Every figure with the lines that hold at it, safe to open in a spreadsheet."""
    figures, _, chart = queries.seen(measure, outside=is_outside(measure.project, current_user))
    points = {p.x: p for p in chart.points}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for f in figures:
        point = points.get(f.period)
        lines = (point.centre, point.lcl, point.ucl) if point else (None, None, None)
        cells = [
            name_period(f.period, measure.cadence),
            f.period.isoformat(),
            last_day(f.period, measure.cadence).isoformat(),
            f.kind.value,
            *amounts(measure, f, plain),
            measure.unit,
            *("" if n is None else repr(n) for n in lines),
            (point.special_cause or "") if point else "",
            "yes" if f.is_partial else "no",
            f.note,
        ]
        writer.writerow([guard_cell(cell) for cell in cells])
    # A byte order mark, or a spreadsheet takes the text for another encoding.
    return _file(measure, "\ufeff" + text.getvalue(), "text/csv", "csv")


def _file(measure: Measure, body: str, kind: str, ending: str) -> Response:
    name = re.sub(r"[^a-z0-9]+", "-", measure.title.casefold()).strip("-")[:60] or "measure"
    response = Response(body, content_type=f"{kind}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    _note(measure, ending)
    return response


def _note(measure: Measure, ending: str) -> None:
    """Audit the download once the answer is made; where nothing can be written the log says so."""
    project_id, measure_id = measure.project_id, measure.id
    try:
        with unit_of_work():
            audit.record(
                "data.exported",
                by=current_user,
                project_id=project_id,
                detail={"measure": measure_id, "as": ending},
            )
    except SQLAlchemyError:
        log.warning("could not note that a measure was downloaded", exc_info=True)
