"""The rows of an import that are to be put right, to take away: nothing of them is stored."""

from __future__ import annotations

from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.downloads import CSV, XLSX, Sheet, attachment, csv_text, workbook
from tracker.pages import done
from tracker.permissions import Permission, requires
from tracker.safe.dates import today

from . import waiting
from .blueprint import ONE, bp
from .importing import Preview, Refused, Table
from .importing_views import address_of, facts_of, planned, reading_of
from .models import Measure


@bp.get(f"{ONE}/import/faults.csv")
@requires(Permission.POINTS_ADD, Measure)
def faults_csv(measure: Measure) -> ResponseReturnValue:
    """Each row to fix with its cells, where they are wrong and why."""
    sheet = _faults(measure)
    if sheet is None:
        return done(address_of(measure, "import_"))
    return attachment(csv_text(sheet), CSV, f"{measure.title} to fix", "csv")


@bp.get(f"{ONE}/import/faults.xlsx")
@requires(Permission.POINTS_ADD, Measure)
def faults_xlsx(measure: Measure) -> ResponseReturnValue:
    """The same as a workbook."""
    sheet = _faults(measure)
    if sheet is None:
        return done(address_of(measure, "import_"))
    return attachment(workbook([sheet]), XLSX, f"{measure.title} to fix", "xlsx")


def _faults(measure: Measure) -> Sheet | None:
    held = waiting.held(current_user, measure)
    if held is None:
        return None
    facts = facts_of(measure)
    reading = reading_of(measure, held, facts)
    try:
        preview = planned(measure, reading, facts, today())
    except Refused:
        return None
    return faults_sheet(reading.table, preview)


def faults_sheet(table: Table, preview: Preview) -> Sheet:
    """Row, cells and reasons before the cells of the row as they came."""
    places = {number: at for at, number in enumerate(table.numbers)}
    return Sheet(
        "To fix",
        ("Row", "Cell", "Why", *table.headers),
        [
            (
                row.number,
                ", ".join(dict.fromkeys(fault.address for fault in row.faults)),
                ". ".join(f"{fault.column}: {fault.message}" for fault in row.faults),
                *table.rows[places[row.number]],
            )
            for row in preview.faulty
        ],
    )
