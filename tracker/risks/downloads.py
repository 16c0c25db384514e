"""The risk log as a table to take away."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from flask import Response
from flask.typing import ResponseReturnValue

from tracker.downloads import CSV, XLSX, Cell, Sheet, attachment, csv_text, noted, workbook
from tracker.permissions import Permission, requires
from tracker.projects.models import Project
from tracker.safe.dates import today

from . import queries
from .blueprint import BASE, bp
from .domain import IMPACTS, LIKELIHOODS, by_need
from .models import Risk

HEADINGS = (
    "What could go wrong",
    "Status",
    "Likelihood",
    "Likelihood in words",
    "Impact",
    "Impact in words",
    "Band",
    "Who looks after it",
    "What we are doing about it",
    "Next look",
    "Closed on",
    "How it was closed",
)


@bp.get(f"{BASE}.csv")
@requires(Permission.DATA_EXPORT, Project)
def as_csv(project: Project) -> ResponseReturnValue:
    """The log in the order of its page, safe to open in a spreadsheet."""
    return _file(project, csv_text(_sheet(project)), CSV, "csv")


@bp.get(f"{BASE}.xlsx")
@requires(Permission.DATA_EXPORT, Project)
def as_xlsx(project: Project) -> ResponseReturnValue:
    """The same as a workbook."""
    return _file(project, workbook([_sheet(project)]), XLSX, "xlsx")


def _sheet(project: Project) -> Sheet:
    going_on, closed = by_need(queries.risks(project), today())
    return Sheet("Risks", HEADINGS, [_row(risk) for risk in (*going_on, *closed)])


def _row(risk: Risk) -> Sequence[Cell]:
    return (
        risk.what,
        risk.status.label,
        *_judged(risk.likelihood, LIKELIHOODS),
        *_judged(risk.impact, IMPACTS),
        risk.band.label if risk.band else "",
        risk.owner,
        risk.response,
        risk.review_on,
        risk.closed_on,
        risk.closing_note,
    )


def _judged(step: int | None, words: dict[int, str]) -> tuple[Cell, Cell]:
    return (None, "") if step is None else (Decimal(step), words[step])


def _file(project: Project, body: str | bytes, kind: str, ending: str) -> Response:
    answer = attachment(body, kind, f"{project.title} risks", ending)
    return noted(answer, {"what": "risk log", "as": ending}, project.id)
