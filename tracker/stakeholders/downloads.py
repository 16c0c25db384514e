"""The stakeholder map to take away: as CSV, and as a workbook with contacts and flows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from flask import Response
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.downloads import CSV, XLSX, Cell, Sheet, attachment, csv_lines, noted, workbook
from tracker.permissions import Permission, requires
from tracker.projects.models import Project
from tracker.safe.dates import name_day, today

from . import queries
from .blueprint import BASE, bp
from .domain import Entry

HEADINGS = (
    *("name", "person_or_group", "organisation", "role", "group", "quadrant", "influence"),
    *("interest", "stance_now", "stance_needed", "steps_to_go", "action", "owner"),
    *("next_contact", "how_often", "lived_experience", "vacant"),
)
CONTACTS = ("date", "stakeholder", "who", "how", "what_came_of_it")
STANCES = ("date", "stakeholder", "stance_now", "stance_needed")
FLOWS = ("number", "from", "to", "what_flows")
NAME = "Stakeholders"


@bp.get(f"{BASE}.csv")
@requires(Permission.STAKEHOLDERS_READ, Project)
def index_csv(project: Project) -> ResponseReturnValue:
    """The table of the map."""
    sheet = Sheet(NAME, HEADINGS, _entries(project))
    return _answer(project, "".join(csv_lines(sheet)), CSV, "csv")


@bp.get(f"{BASE}.xlsx")
@requires(Permission.STAKEHOLDERS_READ, Project)
def index_xlsx(project: Project) -> ResponseReturnValue:
    """The same as a workbook, with contacts, changes of stance and the system map."""
    contacts = [
        (c.on, c.stakeholder.name, c.who, c.way.label, c.outcome)
        for c in queries.all_contacts(project.id)
    ]
    stances = [
        (s.on, s.name, s.now.label if s.now else "", s.needed.label if s.needed else "")
        for s in queries.stances(project.id)
    ]
    flows = [
        (Decimal(number), link.source_called, link.target_called, link.flows)
        for number, link in enumerate(queries.links(project.id), start=1)
    ]
    about: list[tuple[Cell, Cell]] = [
        ("What it holds", "The stakeholder map of a project. It names people: keep it safe."),
        ("Project", project.title),
        ("Organisation", project.organisation.name),
        ("Downloaded", name_day(today())),
        ("Downloaded by", current_user.name),
        ("Made by", "QI Tracker"),
    ]
    sheets = [
        Sheet("Read me", ("About this file", ""), about),
        Sheet(NAME, HEADINGS, _entries(project)),
        Sheet("Contacts", CONTACTS, contacts),
        Sheet("How it changed", STANCES, stances),
        Sheet("System map", FLOWS, flows),
    ]
    return _answer(project, workbook(sheets), XLSX, "xlsx")


def _entries(project: Project) -> list[Sequence[Cell]]:
    return [_row(entry) for entry in queries.entries(project, today())]


def _row(e: Entry) -> Sequence[Cell]:
    return (
        e.name,
        e.kind.value if e.id is not None else "",
        e.organisation,
        e.role,
        e.group.label if e.group else "",
        e.quadrant.label if e.quadrant else "",
        e.influence.value if e.influence else "",
        e.interest.value if e.interest else "",
        e.now.label if e.now else "",
        e.needed.label if e.needed else "",
        Decimal(e.gap) if e.is_known else None,
        e.action,
        e.owner,
        e.next_contact_on,
        e.rhythm,
        "yes" if e.lived_experience else "no",
        e.vacancy.words if e.vacancy else "",
    )


def _answer(project: Project, body: str | bytes, kind: str, ending: str) -> Response:
    answer = attachment(body, kind, f"{project.title} stakeholders", ending)
    return noted(answer, {"what": "stakeholder map", "as": ending}, project.id)
