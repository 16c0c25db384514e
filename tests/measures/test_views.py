"""The pages of measures: who may, what they show, what they keep."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from tracker.auth.models import User
from tracker.db import db, unit_of_work
from tracker.measures import queries, services
from tracker.measures.models import AnnotationKind, Measure, PointKind
from tracker.permissions import Role
from tracker.plugin_api import Chart, Direction, MeasureKind
from tracker.projects import services as projects
from tracker.projects.domain import AimParts
from tracker.projects.models import Project
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.plugin import Clock, LogIn

TODAY = date(2025, 7, 15)
NASTY = '<script>alert(1)</script> & "quoted"'


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


NEW = {
    "title": "Cord clamped at 60 seconds or later",
    "kind": "outcome",
    "number": "percent",
    "numerator": "Babies whose cord was clamped at 60 seconds or later",
    "denominator": "Babies born before 34 weeks",
    "better": "up",
    "cadence": "monthly",
    "chart": "xmr",
    "lag_months": "0",
    "target": "95%",
}


def test_a_measure_of_ones_own_is_written_and_leads_to_its_figures(
    page: TrackerClient, project: Project
) -> None:
    at = f"/projects/{project.id}/measures/new"
    form = created(page.get(at).text)
    answer = page.post(at, data=NEW | form)
    assert answer.status_code == 303, answer.text
    assert answer.location.endswith("/enter")
    [measure] = queries.of_projects([project.id])
    assert (measure.unit, measure.multiplier, measure.target) == ("%", Decimal(100), Decimal(95))
    again = page.post(at, data=NEW | form)
    assert again.location == answer.location, "sent twice, made once"
    assert len(queries.of_projects([project.id])) == 1


def test_a_refused_measure_keeps_what_was_typed_and_says_why(
    page: TrackerClient, project: Project
) -> None:
    at = f"/projects/{project.id}/measures/new"
    answer = page.post(at, data=NEW | {"denominator": "", "title": NASTY})
    assert answer.status_code == 422
    assert "Say out of what" in answer.text
    assert "&lt;script&gt;alert(1)" in answer.text
    assert "<script>alert(1)" not in answer.text
    assert "alert(1)" in page.get(at).text, "kept as a draft"


def test_a_programmes_measure_is_taken_with_its_definition(page: TrackerClient, lead: User) -> None:
    project = factories.project(by=lead, programme="opioids")
    at = f"/projects/{project.id}/measures/choose"
    html = page.get(at).text
    assert "opioids/opioidspercent@1" in html
    answer = page.post(at, data=created(html) | {"definition": "opioids/opioidspercent@1"})
    assert answer.status_code == 303, answer.text
    [measure] = queries.of_projects([project.id])
    assert measure.definition_id is not None
    assert measure.has_denominator
    shown = page.get(url(measure)).text
    assert "opioids/opioidspercent@1" in shown
    assert "OpenPrescribing" in shown


def test_a_measure_outside_the_offer_is_refused(page: TrackerClient, project: Project) -> None:
    at = f"/projects/{project.id}/measures/choose"
    assert "Write your own" in page.get(at).text
    answer = page.post(at, data={"idem_key": "one", "definition": "opioids/opioidspercent@1"})
    assert answer.status_code == 422
    assert queries.of_projects([project.id]) == []


def test_the_page_says_what_the_chart_says(page: TrackerClient, project: Project) -> None:
    measure = factories.measure(project, keeping=services.Keeping(target=Decimal(5)))
    factories.points(measure, [20, 21, 19, 20, 22, 20, 21, 19, 20, 21, 12, 11, 10, 9, 8, 7, 6])
    html = page.get(url(measure)).text
    assert "Improving" in html
    assert html.count('<svg class="qi-spc qi-spc--large"') == 1
    assert html.count('<svg class="qi-spc qi-spc--small"') == 1
    assert "May 2025" in html
    assert "Not due yet" in html, "June has ended, and a fortnight has not passed"
    assert "Expected range" in html


def test_a_chart_that_is_not_built_is_a_run_chart_that_says_so(
    page: TrackerClient, project: Project
) -> None:
    measure = factories.measure(
        project,
        chart=Chart.P,
        unit="%",
        denominator="Everyone seen",
        multiplier=Decimal(100),
        better=Direction.UP,
    )
    factories.points(measure, [(9, 12), (10, 12), (11, 12)] * 5)
    html = page.get(url(measure)).text
    assert "P charts are not drawn yet: this run chart stands in for it." in html
    verdicts = html.split("qi-verdicts")[1].split("</ul>")[0]
    assert "<svg" not in verdicts, "no icon"
    assert "Expected range" not in html
    listed = page.get(f"/projects/{project.id}/measures").text
    assert '<span class="qi-says"><svg' not in listed


def test_every_kind_of_point_has_its_words(
    page: TrackerClient, project: Project, lead: User
) -> None:
    measure = factories.measure(project)
    rows = [
        services.Row(date(2025, 1, 1), value=Decimal(5)),
        services.Row(date(2025, 2, 1), kind=PointKind.NO_ELIGIBLE_CASES),
        services.Row(date(2025, 3, 1), kind=PointKind.NOT_REPORTED),
        services.Row(date(2025, 4, 1), kind=PointKind.SUPPRESSED, note=NASTY),
        services.Row(date(2025, 6, 1), value=Decimal(3)),
        services.Row(date(2025, 7, 1), value=Decimal(1), is_partial=True),
    ]
    with unit_of_work():
        services.add_points(measure, rows, by=lead, source="test")
    html = page.get(url(measure)).text
    for words in (
        "No eligible cases",
        "Not reported",
        "Suppressed",
        "Not entered",
        "Part of the period: not judged",
    ):
        assert words in html, words
    assert "<script>alert" not in html


def test_titles_with_markup_are_escaped_on_the_page_and_in_the_drawing(
    page: TrackerClient, project: Project, lead: User
) -> None:
    measure = factories.measure(project, title=NASTY)
    factories.points(measure, range(10, 24))
    with unit_of_work():
        services.set_phase(measure, starts_on=date(2024, 8, 1), name=NASTY, reason="x", by=lead)
        services.annotate(
            project, kind=AnnotationKind.POLICY, starts_on=date(2024, 5, 2), text=NASTY, by=lead
        )
    for address in (url(measure), url(measure, "/chart.svg"), f"/projects/{project.id}/measures"):
        text = page.get(address).text
        assert "<script>alert" not in text, address
        assert "&lt;script&gt;" in text, address


def test_the_page_costs_twelve_statements_or_fewer(
    page: TrackerClient, project: Project, lead: User, count_statements: object
) -> None:
    measure = factories.measure(project, keeping=services.Keeping(target=Decimal(5)))
    factories.points(measure, range(1, 41))
    with unit_of_work():
        for month in (3, 9):
            services.set_phase(measure, starts_on=date(2024, month, 1), reason="x", by=lead)
        services.set_baseline(
            measure, name="B", first_on=date(2024, 1, 1), last_on=date(2024, 6, 1), by=lead
        )
        for day in range(1, 6):
            services.annotate(
                project,
                kind=AnnotationKind.POLICY,
                starts_on=date(2024, 5, day),
                text="Event",
                by=lead,
            )
    for _ in range(5):
        factories.cycle(project, by=lead)
    page.get(url(measure))
    with count_statements() as statements:  # type: ignore[operator]
        assert page.get(url(measure)).status_code == 200
    assert len(statements) <= 12, statements


@pytest.mark.parametrize("number", [1, 9])
def test_the_list_costs_the_same_for_one_measure_and_for_many(
    page: TrackerClient, project: Project, count_statements: object, number: int
) -> None:
    for _ in range(number):
        factories.points(factories.measure(project), range(1, 20))
    page.get(f"/projects/{project.id}/measures")
    with count_statements() as statements:  # type: ignore[operator]
        assert page.get(f"/projects/{project.id}/measures").status_code == 200
    assert len(statements) <= 6, statements


def test_a_strangers_measure_is_not_found(client: TrackerClient, log_in: LogIn, lead: User) -> None:
    measure = factories.measure(factories.project(by=lead))
    log_in(factories.person())
    for rest in ("", "/enter", "/import", "/import/check", "/edit", "/phases", "/baselines",
                 "/events/new", "/chart.svg", "/data.csv"):  # fmt: skip
        assert client.get(url(measure, rest)).status_code == 404, rest
    assert client.post(url(measure, "/delete")).status_code == 404


def test_a_measure_under_another_project_is_not_found(
    page: TrackerClient, project: Project, lead: User
) -> None:
    other = factories.measure(factories.project(by=lead))
    assert page.get(f"/projects/{project.id}/measures/{other.id}").status_code == 404


def test_a_coach_reads_and_cannot_change(
    client: TrackerClient, log_in: LogIn, project: Project
) -> None:
    measure = factories.measure(project)
    log_in(factories.member(project, role=Role.COACH))
    html = client.get(url(measure)).text
    assert "Enter figures" not in html
    assert "/edit" not in html
    for rest in ("/enter", "/import", "/edit", "/phases", "/events/new"):
        assert client.get(url(measure, rest)).status_code == 403, rest


def test_a_team_member_enters_figures_and_leaves_the_definition_alone(
    client: TrackerClient, log_in: LogIn, project: Project
) -> None:
    measure = factories.measure(project)
    log_in(factories.member(project))
    assert client.get(url(measure, "/enter")).status_code == 200
    assert client.get(url(measure, "/edit")).status_code == 403


def test_a_definition_saved_by_two_shows_both_texts(page: TrackerClient, project: Project) -> None:
    measure = factories.measure(project)
    html = page.get(url(measure, "/edit")).text
    wanted = NEW | {"number": "count", "denominator": "", "unit": "people", "target": "7"}
    seen = {"version": version_of(html)}
    assert page.post(url(measure, "/edit"), data=wanted | seen).status_code == 303
    late = page.post(url(measure, "/edit"), data=wanted | seen | {"title": "My title"})
    assert late.status_code == 409
    assert "You saved this in another window first" in late.text
    assert "My title" in late.text
    assert NEW["title"] in late.text


def test_counting_is_fixed_once_there_are_figures(page: TrackerClient, project: Project) -> None:
    measure = factories.measure(project)
    factories.points(measure, [1, 2, 3])
    html = page.get(url(measure, "/edit")).text
    answer = page.post(url(measure, "/edit"), data=NEW | {"version": version_of(html)})
    assert answer.status_code == 422
    assert "fixed once there are figures" in answer.text
    assert NEW["title"] in answer.text


def test_a_deleted_measure_can_be_taken_back(page: TrackerClient, project: Project) -> None:
    measure = factories.measure(project)
    assert page.post(url(measure, "/delete")).status_code == 303
    assert page.get(url(measure)).status_code == 404
    assert page.post(url(measure, "/restore")).status_code == 303
    assert page.get(url(measure)).status_code == 200


def test_an_aim_is_judged_by_the_measure_that_somebody_chose(
    log_in: LogIn, lead: User, project: Project
) -> None:
    with unit_of_work():
        projects.set_aim(project.aim, AimParts(unit="%", target=Decimal(95)), by=lead)
    process = factories.measure(project, by=lead, kind=MeasureKind.PROCESS, unit="minutes")
    page = f"/projects/{project.id}/measures/{process.id}"
    client = log_in(lead)
    assert "Judge the aim by this measure" in client.get(page).text
    client.post(f"{page}/judge-aim", follow_redirects=True)
    assert "The aim is judged by this measure." in client.get(page).text
    db.session.rollback()
    held = queries.of_projects([project.id])
    judged = queries.judged_by(db.session.get_one(Project, project.id).aim, held)
    assert judged is not None
    assert judged.id == process.id
