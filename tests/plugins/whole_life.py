"""Chapters of the life of an installed plugin, each run by the test in a process of its own."""

from __future__ import annotations

import csv
import io
import sys
import uuid
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select

from tracker.adoption import services as adoption
from tracker.adoption.domain import Side
from tracker.adoption.models import Rating
from tracker.auth.models import User
from tracker.db import db, unit_of_work
from tracker.measures import queries as measures
from tracker.measures import services as measuring
from tracker.measures.models import Measure
from tracker.organisations.models import Organisation
from tracker.permissions import Role
from tracker.plugin_api import Rubric
from tracker.plugin_host import current_host
from tracker.programmes import queries as programmes
from tracker.projects.models import Project
from tracker.safe.dates import today
from tracker.testing import factories
from tracker.testing.databases import make_schema, make_test_app

BEFORE, AFTER = "People who got it within", "All people who got it within"


def used(app: Flask) -> None:
    """Found by its entry point, switched on, and used in a project."""
    plugin = current_host().active["falls"]
    assert (plugin.found.origin, plugin.found.where) == ("installed", "tracker-plugin-falls 1.0")
    trust = factories.organisation("Rowan Trust")
    manager = factories.person(role=Role.ORGANISATION_ADMINISTRATOR, on=trust)
    client = signed_in(app, manager)
    page = f"/organisations/{trust.id}/programmes/falls/on"
    assert post(client, page, who=[str(trust.id)]).status_code == 303
    assert [p.key for p in programmes.offered_programmes(trust.id, today())] == ["falls", "generic"]
    project = factories.project("Seen in time", by=manager, organisation=trust, programme="falls")
    choose = f"/projects/{project.id}/measures/choose"
    assert "People seen in time" in read(client, choose)
    assert post(client, choose, definition="falls/on_time@1").status_code == 303
    measure = the(Measure)
    with unit_of_work():
        rows = [
            measuring.Row(date(2024, m, 1), numerator=Decimal(60 + m), denominator=Decimal(100))
            for m in range(1, 13)
        ]
        measuring.add_points(measure, rows, by=manager, source="grid")
    rubric = current_host().get(Rubric, "falls/use@1")
    assert rubric is not None
    with unit_of_work():
        adoption.include("falls", [trust], on=date(2024, 1, 1), by=manager)
        said = adoption.Judgement(level="not_started", on=date(2024, 1, 2), side=Side.TEAM)
        adoption.rate(trust, rubric, said, by=manager)
    assert "Nobody has begun" in read(client, "/programmes/falls/levels")


def upgraded(app: Flask) -> None:
    """Version 2 is offered, changes nothing, and is taken up from a day: the chart splits."""
    manager, project, measure = again()
    client = signed_in(app, manager)
    page = f"/projects/{project.id}/measures/{measure.id}"
    assert "Newer national definition" in read(client, page)
    assert AFTER in read(client, f"{page}/newer")
    assert measure.numerator.startswith(BEFORE)
    starts = {"starts_on-day": "1", "starts_on-month": "7", "starts_on-year": "2024"}
    version = measuring.figures(measure).version
    assert post(client, f"{page}/newer", version=version, **starts).status_code == 303
    db.session.refresh(measure)
    assert measure.numerator.startswith(AFTER)
    _, _, chart = measures.seen(measure, outside=False)
    assert [part.first for part in chart.parts] == [0, 6]
    assert read(client, f"{page}?figures=all").count("Counted by version 1") == 6 + 1


def uninstalled(app: Flask) -> None:
    """All of it can be read and taken out; the pages say what is missing."""
    assert "falls" not in current_host().active
    manager, project, measure = again()
    client = signed_in(app, manager)
    page = f"/projects/{project.id}/measures/{measure.id}"
    text = read(client, f"{page}?figures=all")
    assert "People seen in time" in text
    assert "Plugin not loaded" in text
    assert text.count("Counted by version 1") == 6 + 1
    rows = list(csv.DictReader(io.StringIO(client.get(f"{page}/data.csv").text)))
    assert [row["numerator"] for row in rows] == [str(60 + month) for month in range(1, 13)]
    assert "plugin is not loaded" in read(client, "/programmes/falls")
    assert "Nobody has begun" in read(client, "/programmes/falls/levels")
    assert the(Rating).level == "not_started"
    with unit_of_work():
        rows_in = [measuring.Row(date(2025, 1, 1), numerator=Decimal(80), denominator=Decimal(99))]
        measuring.add_points(measure, rows_in, by=manager, source="grid")
    assert measure.points_count == 13
    offered = programmes.offered_programmes(the(Organisation).id, today())
    assert [p.key for p in offered] == ["generic"]


def again() -> tuple[User, Project, Measure]:
    return the(User), the(Project), the(Measure)


def the(model: Any) -> Any:
    """The one row there is."""
    return db.session.scalars(select(model)).one()


def signed_in(app: Flask, user: User) -> Any:
    client: Any = app.test_client()
    client.sign_in(user)
    return client


def read(client: Any, page: str) -> str:
    response = client.get(page)
    assert response.status_code == 200, (page, response.status_code)
    return " ".join(response.text.split())


def post(client: Any, page: str, **typed: Any) -> Any:
    return client.post(page, data={"idem_key": str(uuid.uuid4()), **typed})


def main(chapter: str, path: Path) -> None:
    url = f"sqlite:///{path}"
    if not path.exists():
        make_schema(url)
    app = make_test_app(url)
    with app.app_context():
        {"used": used, "upgraded": upgraded, "uninstalled": uninstalled}[chapter](app)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
