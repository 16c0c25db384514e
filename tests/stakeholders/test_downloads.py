"""The map taken away: what is on it, disarmed, and noted in the history."""

from __future__ import annotations

import io

import openpyxl

from tracker.audit.models import AuditEvent
from tracker.auth.models import User
from tracker.db import db, unit_of_work
from tracker.projects.models import Project
from tracker.stakeholders import services
from tracker.stakeholders.domain import Way
from tracker.testing.client import TrackerClient
from tracker.testing.factories import STARTED

from .conftest import Small


def test_the_map_as_a_table_and_as_a_workbook(
    jo: TrackerClient, home: str, small: Small, project: Project, lead: User
) -> None:
    with unit_of_work():
        services.log_contact(
            small.theatre,
            on=STARTED,
            who="Jo",
            way=Way.MET,
            outcome="=HYPERLINK(1)",
            now=small.theatre.now,
            next_contact_on=None,
            by=lead,
        )
        services.add_link(project, source="Midwives", target="Ward", flows="Drills", by=lead)
    lines = jo.get(f"{home}.csv").text.splitlines()
    assert len(lines) == 5
    assert lines[1].startswith("Executive sponsor,")
    assert lines[1].endswith("since the project began")
    assert lines[2].startswith("Theatre team,group,,,,Involve,high,low,Neutral,Help it happen,2,")
    book = openpyxl.load_workbook(io.BytesIO(jo.get(f"{home}.xlsx").data))
    assert book.sheetnames == [
        "Read me",
        "Stakeholders",
        "Contacts",
        "How it changed",
        "System map",
    ]
    assert book["Contacts"]["E2"].value == "=HYPERLINK(1)"
    assert book["Contacts"]["E2"].data_type == "s"
    assert [cell.value for cell in book["System map"][2]] == [1, "Midwives", "Ward", "Drills"]
    assert book["How it changed"].max_row == 4
    noted = db.session.scalars(db.select(AuditEvent).where(AuditEvent.action == "data.exported"))
    assert [event.detail["as"] for event in noted] == ["csv", "xlsx"]
