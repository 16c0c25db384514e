"""Downloads of figures, charts and lists: what they hold, who gets them, and that it is noted."""

from __future__ import annotations

import io
import struct
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select

from tracker.audit.models import AuditEvent
from tracker.auth.models import User
from tracker.db import unit_of_work
from tracker.measures import services
from tracker.measures.models import Measure
from tracker.projects.models import Project, Sharing
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.plugin import Clock, CountStatements, LogIn

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def lead(app: object, stop_clock: Clock) -> User:
    stop_clock(date(2025, 7, 15))
    return factories.person()


@pytest.fixture
def project(lead: User) -> Project:
    return factories.project(by=lead, title="Cord: clamping / waiting")


@pytest.fixture
def share(project: Project, lead: User) -> Measure:
    measure = factories.measure(
        project,
        title="Cord clamped",
        unit="%",
        numerator="Babies whose cord was clamped",
        denominator="Eligible babies",
        multiplier=Decimal(100),
    )
    with unit_of_work():
        rows = [
            services.Row(
                date(2025, month, 1),
                numerator=Decimal(month + 5),
                denominator=Decimal(12),
                note="=cmd()" if month == 2 else "",
            )
            for month in range(1, 7)
        ]
        services.add_points(measure, rows, by=lead, source="test")
    return measure


@pytest.fixture
def page(lead: User, log_in: LogIn) -> TrackerClient:
    return log_in(lead)


def book(answer: object) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(answer.data))  # type: ignore[attr-defined]


def url(measure: Measure, rest: str) -> str:
    return f"/projects/{measure.project_id}/measures/{measure.id}/{rest}"


def test_the_figures_of_a_measure_as_a_workbook(page: TrackerClient, share: Measure) -> None:
    answer = page.get(url(share, "data.xlsx"))
    assert answer.content_type == XLSX
    assert answer.headers["Content-Disposition"] == "attachment; filename=cord-clamped.xlsx"
    made = book(answer)
    assert made.sheetnames == ["Read me", "Definitions", "Cord clamped"]
    figures = made["Cord clamped"]
    assert [figures.cell(2, at).value for at in (1, 4, 5, 6)] == ["January 2025", "value", 6, 12]
    assert figures["N3"].value == "=cmd()"
    assert figures["N3"].data_type == "s"
    assert made["Definitions"]["G2"].value == "Babies whose cord was clamped"
    assert {row[0].value: row[1].value for row in made["Read me"].rows}[
        "Downloaded"
    ] == "15 July 2025"


def test_a_project_has_a_sheet_for_each_measure(
    page: TrackerClient, project: Project, share: Measure
) -> None:
    factories.measure(project, title="Cord clamped")
    made = book(page.get(f"/projects/{project.id}/measures.xlsx"))
    assert made.sheetnames == ["Read me", "Definitions", "Cord clamped", "Cord clamped (2)"]
    answer = page.get(f"/projects/{project.id}/measures.csv")
    lines = answer.get_data(as_text=True).split("\r\n")
    assert lines[0].startswith("\ufeffmeasure,period,first_day")
    assert len(lines) == 1 + 6 + 1
    assert "'=cmd()" in lines[2]
    name = "attachment; filename=cord-clamping-waiting-measures.csv"
    assert answer.headers["Content-Disposition"] == name


def test_what_went_out_comes_in_again(page: TrackerClient, share: Measure) -> None:
    for ending in ("csv", "xlsx"):
        data = page.get(url(share, f"data.{ending}")).data
        sent = page.post(url(share, "import"), data={"file": (io.BytesIO(data), "x")})
        assert sent.status_code == 303, ending
        sheet = 2 if ending == "xlsx" else 0
        columns = {"goes-1": "period", "goes-4": "numerator", "goes-5": "denominator"}
        form = {**columns, "goes-13": "note", "sheet": str(sheet), "version": "2", "do": "check"}
        checked = page.post(url(share, "import/check"), data=form)
        if ending == "csv":
            assert "All of it is held already" in checked.text


def test_a_chart_is_a_picture_with_its_title_and_source(
    page: TrackerClient, share: Measure, lead: User
) -> None:
    with unit_of_work():
        services.change(
            share,
            services.Keeping(data_source="BadgerNet", caption="Made up <for> a test"),
            by=lead,
        )
    drawing = page.get(url(share, "chart.svg")).text
    for words in (
        "Cord clamped",
        "Source: BadgerNet",
        "Made up &lt;for&gt; a test",
        "15 July 2025",
    ):
        assert words in drawing
    assert drawing.count('role="img"') == 1
    picture = page.get(url(share, "chart.png"))
    assert picture.content_type == "image/png"
    assert picture.data.startswith(b"\x89PNG")
    wide, high = struct.unpack(">II", picture.data[16:24])
    assert wide > 1200
    assert high > 500


def test_every_download_is_noted(
    page: TrackerClient, project: Project, share: Measure, db: SQLAlchemy
) -> None:
    for at in ("chart.svg", "chart.png", "data.csv", "data.xlsx"):
        page.get(url(share, at))
    for at in (f"/projects/{project.id}/measures.csv", f"/projects/{project.id}/measures.xlsx"):
        page.get(at)
    page.get("/projects.csv?q=cord")
    events = db.session.scalars(
        select(AuditEvent).where(AuditEvent.action == "data.exported").order_by(AuditEvent.seq)
    ).all()
    assert [event.detail["as"] for event in events] == [
        *("svg", "png", "csv", "xlsx", "csv", "xlsx", "csv"),
    ]  # fmt: skip
    assert events[-1].project_id is None
    assert events[-1].detail["rows"] == 1


def test_small_numbers_are_hidden_from_outside_in_every_file(
    project: Project, lead: User, log_in: LogIn, client: TrackerClient
) -> None:
    few = factories.measure(
        project, title="Few", unit="%", denominator="All", multiplier=Decimal(100)
    )
    with unit_of_work():
        row = services.Row(date(2025, 1, 1), numerator=Decimal(3), denominator=Decimal(77))
        services.add_points(few, [row], by=lead, source="test")
        project.sharing = Sharing.NATIONAL
    outside = log_in(factories.person(), on=client)
    texts = [
        outside.get(url(few, "data.csv")).text,
        outside.get(f"/projects/{project.id}/measures.csv").text,
        str(
            [[c.value for c in row] for row in book(outside.get(url(few, "data.xlsx")))["Few"].rows]
        ),
    ]
    for text in texts:
        assert "<5" in text
        assert "3.89" not in text
    inside = log_in(lead, on=client).get(url(few, "data.csv")).text
    assert ",3,77," in inside


def test_all_measures_take_no_more_statements_than_one(
    page: TrackerClient, project: Project, lead: User, count_statements: CountStatements
) -> None:
    def make() -> None:
        factories.points(factories.measure(project, by=lead), [3, 5, 4], by=lead)

    make()
    page.get(f"/projects/{project.id}/measures.csv")
    with count_statements() as one:
        page.get(f"/projects/{project.id}/measures.csv")
    for _ in range(5):
        make()
    with count_statements() as many:
        page.get(f"/projects/{project.id}/measures.csv")
    assert len(many) == len(one)


def test_a_list_of_projects_has_the_filters_of_the_page(
    page: TrackerClient, project: Project, lead: User
) -> None:
    factories.project(by=lead, title="Falls")
    factories.project(title="Somebody else’s")
    lines = page.get("/projects.csv").get_data(as_text=True).split("\r\n")
    assert len(lines) == 1 + 2 + 1
    assert "Somebody" not in "".join(lines)
    lines = page.get("/projects.csv?q=falls").get_data(as_text=True).split("\r\n")
    assert len(lines) == 1 + 1 + 1
    made = book(page.get("/projects.xlsx?q=falls&mine=yes"))
    about = {row[0].value: row[1].value for row in made["Read me"].rows}
    assert about["Search"] == "falls"
    assert about["Only mine"] == "yes"
    assert made["Projects"]["A2"].value == "Falls"
    assert 'href="/projects.csv?q=falls"' in page.get("/projects?q=falls").text
