"""What explains a chart, and what is taken away from it: phases, baselines, events, files."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select

from tracker.audit.models import AuditEvent
from tracker.auth.models import User
from tracker.db import unit_of_work
from tracker.measures import queries, services
from tracker.measures.models import Annotation, Measure
from tracker.plugin_api import Cadence, Chart, Direction
from tracker.projects.models import Project
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.plugin import Clock, LogIn

TODAY = date(2025, 7, 15)


@pytest.fixture
def lead(app: object, stop_clock: Clock) -> User:
    stop_clock(TODAY)
    return factories.person("Example Lead")


@pytest.fixture
def project(lead: User) -> Project:
    return factories.project(by=lead)


@pytest.fixture
def page(lead: User, log_in: LogIn) -> TrackerClient:
    return log_in(lead)


def url(measure: Measure, rest: str = "") -> str:
    return f"/projects/{measure.project_id}/measures/{measure.id}{rest}"


def version_of(html: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', html)
    assert found, html
    return found[1]


def created(html: str) -> dict[str, str]:
    found = re.search(r'name="idem_key" value="([^"]+)"', html)
    assert found, html
    return {"idem_key": found[1]}


def test_phases_and_baselines_are_set_and_removed(
    page: TrackerClient, project: Project, db: SQLAlchemy
) -> None:
    measure = factories.measure(project)
    factories.points(measure, range(10, 30))
    html = page.get(url(measure, "/phases")).text
    phase = {
        "starts_on-day": "1",
        "starts_on-month": "9",
        "starts_on-year": "2024",
        "name": "After",
        "reason": "",
        "version": version_of(html),
    }
    refused = page.post(url(measure, "/phases"), data=phase)
    assert refused.status_code == 422
    assert "Say why" in refused.text
    assert page.post(url(measure, "/phases"), data=phase | {"reason": "New"}).status_code == 303
    assert "Phase 2: After" in page.get(url(measure)).text
    [row] = queries.phases(measure)
    page.post(url(measure, "/phases/remove"), data={"id": row.id})
    assert queries.phases(measure) == []
    assert page.post(url(measure, "/phases/remove"), data={"id": 0}).status_code == 404

    html = page.get(url(measure, "/baselines")).text
    base = {
        "name": "Baseline",
        "first_on-day": "1",
        "first_on-month": "1",
        "first_on-year": "2024",
        "last_on-day": "31",
        "last_on-month": "3",
        "last_on-year": "2024",
        "version": version_of(html),
    }
    assert page.post(url(measure, "/baselines"), data=base).status_code == 303
    [baseline] = queries.baselines(measure)
    assert baseline.figure == 11, "the mean of 10, 11 and 12"
    page.post(url(measure, "/baselines/remove"), data={"id": baseline.id})
    assert queries.baselines(measure) == []


CLAMPED = (
    (9, 12), (8, 11), (9, 12), (9, 11), (10, 12), (11, 12),
    (10, 11), (11, 12), (12, 12), (11, 11), (11, 12), (12, 12),
)  # fmt: skip


def day_in(name: str, on: date) -> dict[str, str]:
    return {
        f"{name}-day": str(on.day),
        f"{name}-month": str(on.month),
        f"{name}-year": str(on.year),
    }


def test_lines_are_held_at_a_baseline_and_let_go_with_it(
    page: TrackerClient, project: Project, db: SQLAlchemy
) -> None:
    measure = factories.measure(
        project, chart=Chart.RUN, unit="%", denominator="Babies", multiplier=Decimal(100),
        better=Direction.UP,
    )  # fmt: skip
    factories.points(measure, CLAMPED)
    base = {
        "name": "Before the trolley",
        **day_in("first_on", date(2024, 2, 1)),
        **day_in("last_on", date(2024, 3, 31)),
        "holds_lines": "yes",
    }

    def save(**more: str) -> tuple[int, str]:
        html = page.get(url(measure, "/baselines")).text
        answer = page.post(
            url(measure, "/baselines"), data=base | {"version": version_of(html)} | more
        )
        return answer.status_code, answer.text

    status, text = save()
    assert status == 422
    assert "begin with January 2024" in text
    base |= day_in("first_on", date(2024, 1, 1))
    assert save()[0] == 303
    shown = page.get(url(measure)).text
    assert "Lines are held at Before the trolley" in shown
    assert "3 points make a thin baseline; 12 make a fair one" in shown
    assert "The latest 9 months are above the median, more than chance gives" in shown
    chart = queries.seen(measure, outside=False).chart
    assert chart.parts[0].centre == 75
    assert chart.runs_signal
    assert measure.chart_state["centre"] == 75
    assert "held here" in page.get(url(measure, "/baselines")).text
    # The same name again without the tick lets the lines go.
    assert save(holds_lines="")[0] == 303
    assert queries.seen(measure, outside=False).chart.parts[0].centre != 75
    with unit_of_work():
        measure.chart = Chart.XMR
    status, text = save()
    assert status == 422
    assert "An XmR chart needs 12 points" in text
    with unit_of_work():
        measure.chart = Chart.RUN
    assert save()[0] == 303
    [baseline] = queries.baselines(measure)
    page.post(url(measure, "/baselines/remove"), data={"id": baseline.id})
    assert measure.lines_until is None


def test_an_event_is_added_changed_deleted_and_brought_back(
    page: TrackerClient, project: Project, db: SQLAlchemy
) -> None:
    measure = factories.measure(project)
    factories.points(measure, range(10, 30))
    event = {
        "text": "Bank holidays",
        "kind": "calendar",
        "starts_on-day": "2",
        "starts_on-month": "6",
        "starts_on-year": "2024",
        "on_all": "all",
    }
    at = url(measure, "/events/new")
    assert page.post(at, data=event | created(page.get(at).text)).status_code == 303
    row = db.session.scalar(select(Annotation))
    assert row is not None
    assert row.measure_id is None
    assert "Bank holidays" in page.get(url(measure)).text
    at = url(measure, f"/events/{row.id}")
    changed = event | {"text": "Jubilee", "version": version_of(page.get(at).text)}
    assert page.post(at, data=changed).status_code == 303
    assert page.post(at, data=changed).status_code == 409
    other = factories.measure(factories.project())
    assert page.post(url(other, f"/events/{row.id}/delete")).status_code == 404
    assert page.post(f"{at}/delete").status_code == 303
    assert "Jubilee" not in page.get(url(measure)).text
    assert page.post(f"/projects/{project.id}/events/{row.id}/restore").status_code == 303
    assert "Jubilee" in page.get(url(measure)).text


def test_the_figures_download_is_safe_in_a_spreadsheet_and_noted(
    page: TrackerClient, project: Project, lead: User, db: SQLAlchemy
) -> None:
    measure = factories.measure(project, title="=cmd()", unit="@people")
    row = services.Row(date(2025, 1, 1), value=Decimal("1.5"), note="=1+1")
    with unit_of_work():
        services.add_points(measure, [row], by=lead, source="test")
    answer = page.get(url(measure, "/data.csv"))
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in answer.data
    assert "'=1+1" in answer.text
    assert "'@people" in answer.text
    assert "January 2025,2025-01-01,2025-01-31,value,,,1.5" in answer.text
    assert "filename=cmd.csv" in answer.headers["Content-Disposition"]
    noted = db.session.scalars(select(AuditEvent.action)).all()
    assert "data.exported" in noted


def test_the_chart_downloads_as_a_file_of_its_own(page: TrackerClient, project: Project) -> None:
    measure = factories.measure(project)
    factories.points(measure, range(10, 30))
    answer = page.get(url(measure, "/chart.svg"))
    assert answer.mimetype == "image/svg+xml"
    assert answer.text.startswith("<?xml")
    empty = factories.measure(project, cadence=Cadence.WEEKLY)
    assert page.get(url(empty, "/chart.svg")).status_code == 200
