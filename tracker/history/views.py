"""The history tab of a project."""

from __future__ import annotations

from datetime import date
from functools import partial
from itertools import groupby

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.audit.models import AuditEvent
from tracker.pages import page
from tracker.permissions import Permission, requires
from tracker.projects.access import is_outside
from tracker.projects.models import Project
from tracker.safe.numbers import parse_id

from . import queries
from .domain import KINDS, details, sentence
from .queries import Filters

bp = Blueprint("history", __name__, template_folder="templates")


@bp.get("/projects/<id:project_id>/history")
@requires(Permission.PROJECT_READ, Project)
def index(project: Project) -> ResponseReturnValue:
    """Who did what, newest first; narrowed to a kind or a person, or from a month back."""
    asked = request.args.get("kind", "")
    filters = Filters(kind=asked if asked in KINDS else "", by=parse_id(request.args.get("by", "")))
    before = parse_id(request.args.get("before", ""))
    found = queries.events(project, filters, before=before, until=_month())
    shown = found[: queries.PAGE_SIZE]
    kept = {name: value for name, value in (("kind", filters.kind), ("by", filters.by)) if value}
    address = partial(url_for, ".index", project_id=project.id, **kept)  # type: ignore[arg-type]
    return page(
        "history/index.html",
        project=project,
        by_month=[(month, list(rows)) for month, rows in groupby(shown, key=_month_of)],
        filters=filters,
        kinds=[(key, words) for key, (words, _) in KINDS.items()],
        people=queries.people(project),
        months=queries.months(project, filters),
        older=address(before=shown[-1][0].id) if len(found) > len(shown) else None,
        address=address,
        sentence=sentence,
        details=partial(details, outside=is_outside(project, current_user)),
    )


def _month() -> date | None:
    """The month that is asked for, as `2026-03`."""
    try:
        month = date.fromisoformat(f"{request.args.get('month', '')}-01")
    except ValueError:
        return None
    return month if month.year < date.max.year else None


def _month_of(row: tuple[AuditEvent, str | None]) -> date:
    return row[0].at.date().replace(day=1)
