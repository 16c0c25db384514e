"""The list of projects to take away, with the filters of the page."""

from __future__ import annotations

from collections.abc import Iterator

from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.downloads import CSV, XLSX, Cell, Sheet, attachment, csv_lines, noted, workbook
from tracker.permissions import Permission, requires
from tracker.programmes import queries as programmes
from tracker.safe.dates import name_day, today

from . import queries
from .domain import AimParts, sentence
from .views import bp, filters_asked

HEADINGS = (
    *("project", "programme", "organisation", "organisation_code", "psc", "status", "shared_with"),
    *("started_on", "closed_on", "last_change", "aim", "baseline", "target", "unit", "by"),
    "demonstration",
)
NAME = "Projects"


@bp.get("/projects.csv")
@requires(Permission.DATA_EXPORT)
def index_csv() -> ResponseReturnValue:
    """Every project of the list, not only those of the page."""
    rows = list(_rows(filters_asked()))
    return _answer(csv_lines(Sheet(NAME, HEADINGS, rows)), CSV, "csv", len(rows))


@bp.get("/projects.xlsx")
@requires(Permission.DATA_EXPORT)
def index_xlsx() -> ResponseReturnValue:
    """The same as a workbook, with what it was narrowed to."""
    filters = filters_asked()
    rows = list(_rows(filters))
    sheets = [_about(filters, len(rows)), Sheet(NAME, HEADINGS, rows)]
    return _answer(workbook(sheets), XLSX, "xlsx", len(rows))


def _rows(filters: queries.Filters) -> Iterator[list[Cell]]:
    titles = programmes.titles()
    for row in queries.listed(current_user, filters):
        parts = AimParts(*row[-8:])
        yield [
            row.title,
            titles.get(row.programme, row.programme or ""),
            row.organisation,
            row.organisation_code,
            row.psc or "",
            row.status.value,
            row.sharing.value,
            row.started_on,
            row.closed_on,
            row.changed_at.date(),
            "" if parts == AimParts(unit=parts.unit) else sentence(parts),
            row.baseline,
            row.target,
            row.unit,
            row.by,
            "yes" if row.is_demo else "no",
        ]


def _about(filters: queries.Filters, count: int) -> Sheet:
    asked = [
        ("Search", filters.text),
        ("Programme", programmes.titles().get(filters.programme, filters.programme)),
        (
            "Status",
            "archived" if filters.archived else filters.status.value if filters.status else "",
        ),
        ("Only mine", "yes" if filters.mine else ""),
    ]
    rows: list[tuple[Cell, Cell]] = [
        ("What it holds", f"{count:,} projects that you may see, the latest changed first"),
        *((name, text) for name, text in asked if text),
        ("Downloaded", name_day(today())),
        ("Downloaded by", current_user.name),
        ("Made by", "QI Tracker"),
    ]
    return Sheet("Read me", ("About this file", ""), rows)


def _answer(body: bytes | Iterator[str], kind: str, ending: str, count: int) -> ResponseReturnValue:
    return noted(attachment(body, kind, "projects", ending), {"as": ending, "rows": count})
