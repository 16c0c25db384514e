"""Pages that no journey ends on: each accessible, and whole at both widths, one tab a person."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tracker.auth import own, services
from tracker.auth import queries as auth
from tracker.auth.models import User
from tracker.comments import services as comments
from tracker.db import db, unit_of_work
from tracker.demo.people import (
    ADMINISTRATOR,
    COACH,
    LEAD,
    MEMBER,
    NATIONAL,
    SPONSOR,
    SYSTEM,
    DemoPerson,
)
from tracker.measures import services as measures
from tracker.measures.models import Measure
from tracker.measures.services import Row
from tracker.organisations import queries as organisations
from tracker.organisations import to_confirm
from tracker.pdsa import services as pdsa
from tracker.permissions import Role
from tracker.plugin_api import Cadence, Chart, Direction, MeasureKind
from tracker.plugin_host import LoadStage, SetAside, current_host
from tracker.projects.models import Project, Sharing
from tracker.risks.models import Risk
from tracker.safe.dates import today
from tracker.testing.browser import LiveServer

from ..measures.workbooks import xlsx
from .conftest import OpenAs
from .hands import check_both

pytestmark = pytest.mark.browser

ACTIVE = "Safer pain care across our places"
FALLS = "Falls with harm on the ward"
MONTHS = [date(2025, month, 1) for month in range(1, 13)]
COUNTS = (12, 11, 9, 13, 8, 7, 3, 6, 2, 5, 4, 6)


def person(who: DemoPerson) -> User:
    user = auth.by_email(who.email)
    assert user is not None
    return user


@pytest.fixture
def project(live: LiveServer) -> Project:
    """The active project of the demonstration, read by everybody."""
    found: Project = db.session.scalars(db.select(Project).where(Project.title == ACTIVE)).one()
    with unit_of_work():
        found.sharing = Sharing.NATIONAL
    return found


@pytest.fixture
def cord(live: LiveServer) -> Project:
    """The neonatal project of the demonstration, with all that a team keeps beside its charter."""
    titled = Project.title.startswith("Hurry up")
    found: Project = db.session.scalars(db.select(Project).where(titled)).one()
    return found


@pytest.fixture
def falls(project: Project) -> Measure:
    """A rate of falls whose counts are small in some months."""
    with unit_of_work():
        made = measures.add_local(
            project,
            measures.Counting(
                title=FALLS,
                kind=MeasureKind.OUTCOME,
                unit="falls per 1,000 bed days",
                better=Direction.DOWN,
                chart=Chart.U,
                cadence=Cadence.MONTHLY,
                numerator="Falls with harm in the month",
                denominator="Bed days in the month",
                multiplier=Decimal(1000),
            ),
            by=person(LEAD),
        )
        rows = [
            Row(month, numerator=Decimal(falls), denominator=Decimal(3000))
            for month, falls in zip(MONTHS, COUNTS, strict=True)
        ]
        measures.add_points(made, rows, by=person(LEAD), source="test")
    return made


def test_what_the_lists_left_open_is_seen_and_placed(open_as: OpenAs) -> None:
    page = open_as(SYSTEM, "/organisations/to-be-confirmed")
    check_both(page)
    left = to_confirm.overview()[0].organisation
    check_both(page, f"/organisations/{left.id}/to-be-confirmed")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("radio").first.check()
    check_both(page)
    old, _ = to_confirm.ended_with_one_successor()[0]
    check_both(page, f"/organisations/{old.id}/carry-over")
    check_both(page, f"/organisations/{old.id}")
    for question in to_confirm.questions():
        if to_confirm.contenders(question):
            check_both(page, f"/organisations/{question.organisation_id}/settle/{question.about}")
            break


def test_people_of_an_organisation(open_as: OpenAs) -> None:
    place = organisations.by_code(str(ADMINISTRATOR.at))
    assert place is not None
    page = open_as(ADMINISTRATOR, f"/organisations/{place.id}/people")
    check_both(page)
    check_both(page, f"/organisations/{place.id}/people/new")
    page.get_by_role("button", name="Add the person").click()
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    check_both(page)
    check_both(page, f"/organisations/{place.id}/people/{person(ADMINISTRATOR).id}")
    check_both(page, f"/organisations/{place.id}/programmes")


def test_the_account_and_what_one_changes_of_it(open_as: OpenAs) -> None:
    page = open_as(LEAD, "/account")
    check_both(page)
    for path in ("details", "email", "email/sent", "password", "calendar"):
        check_both(page, f"/account/{path}")
    page.get_by_role("button", name="Make an address").click()
    expect(page.get_by_label("The address of your calendar")).to_be_visible()
    check_both(page)
    check_both(page, "/tasks")
    page.goto("/account/email")
    page.get_by_label("New e-mail address").fill("amina@example.org")
    page.get_by_label("Current password", exact=True).fill("not the password")
    page.get_by_role("button", name="Send the link").click()
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    check_both(page)
    with unit_of_work():
        token = own.ask_for_new_email(person(LEAD), "amina@example.org")
    check_both(page, f"/account/email/{token}")
    page.get_by_role("button", name="Change my e-mail address").click()
    expect(page.get_by_role("alert")).to_contain_text("amina@example.org")
    check_both(page)
    page.goto(f"/account/email/{token}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("cannot be used")
    check_both(page)


def test_a_forgotten_password(open_as: OpenAs) -> None:
    page = open_as(None, "/forgotten-password")
    check_both(page)
    page.get_by_role("button", name="Send the link").click()
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    check_both(page)
    page.get_by_label("E-mail address").fill(LEAD.email)
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Look in your e-mail")
    check_both(page)
    page.goto("/set-password/of-somebody-else")
    expect(page.get_by_role("heading", level=1)).to_contain_text("cannot be used")
    check_both(page)


def test_the_stakeholder_map(open_as: OpenAs) -> None:
    page = open_as(LEAD, "/projects?q=hurry")
    page.get_by_role("link", name="Hurry up and wait").first.click()
    page.get_by_role("link", name="People").first.click()
    page.get_by_role("link", name="Stakeholder map").click()
    check_both(page)
    home = urlsplit(page.url).path
    page.get_by_role("link", name="Change stance, action or next contact: Theatre team").press(
        "Enter"
    )
    expect(page.get_by_label("Where do they stand now?")).to_be_focused()
    page.get_by_label("Month").fill("13")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    check_both(page)
    page.get_by_label("Month").fill("12")
    page.get_by_label("Where do they stand now?").select_option("Let it happen")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_role("row", name="Theatre team")).to_contain_text("1 step to go")
    check_both(page)
    page.get_by_role("link", name="Theatre team").first.click()
    expect(page.get_by_role("link", name="Log a contact")).to_be_visible()
    check_both(page)
    one = urlsplit(page.url).path
    for path in ("edit", "contacts/new"):
        check_both(page, f"{one}/{path}")
    for path in ("new", "suggestions", "changes", "system", "system/new"):
        check_both(page, f"{home}/{path}")
    page = open_as(LEAD, home, java_script=False)
    page.get_by_text("Move somebody on the grid").click()
    page.get_by_label("Who?").select_option("Finance")
    page.get_by_label("Where to?").select_option("Keep informed: low influence, low interest")
    page.get_by_role("button", name="Move").click()
    quarter = page.get_by_role("region", name="Keep informed")
    expect(quarter.get_by_role("link", name="Finance")).to_be_visible()


def test_a_person_without_an_account_is_invited_to_the_team(
    open_as: OpenAs, project: Project
) -> None:
    page = open_as(LEAD, f"/projects/{project.id}/people/new")
    page.get_by_label("Name", exact=True).fill("Sam Reed")
    page.get_by_label("Part on the team").select_option("Data specialist")
    page.get_by_label("E-mail of their account").fill("sam@example.org")
    page.get_by_role("radio", name="Log").check()
    page.get_by_role("button", name="Add to the team").click()
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    check_both(page)
    page.get_by_label("Invite them").check()
    page.get_by_role("button", name="Add to the team").click()
    expect(page.get_by_label("Link for sam@example.org")).to_be_visible()
    check_both(page)


def test_comments_and_what_was_deleted(open_as: OpenAs, project: Project, falls: Measure) -> None:
    lead, coach = person(LEAD), person(COACH)
    with unit_of_work():
        comments.add(project.aim, "By whom is it counted?", by=coach, field="measure")
        closed = comments.add(project, "Who else should know?", by=coach)
        comments.resolve(closed, by=lead)
        cycle = pdsa.plan(project, pdsa.CyclePlan(title="Passing", starts_on=today()), by=lead)
        pdsa.delete(cycle, by=lead)
        measures.delete(falls, by=lead)
    page = open_as(LEAD, f"/projects/{project.id}/comments")
    check_both(page)
    check_both(page, f"/projects/{project.id}/aim")
    check_both(page, f"/projects/{project.id}/deleted")
    check_both(page, "/search?q=opioid")
    check_both(page, f"/projects/{project.id}/copy")
    check_both(page, f"/projects/{project.id}/lineage")
    check_both(page, f"/projects/{project.id}/delete")
    page.get_by_role("button", name="Delete").first.click()
    check_both(page)
    check_both(page, "/projects/deleted")


def test_a_charter_with_equality_and_co_production(open_as: OpenAs) -> None:
    found = db.select(Project).where(Project.title == "Hurry up and wait at our unit")
    home = f"/projects/{db.session.scalars(found).one().id}"
    page = open_as(LEAD, f"{home}/charter")
    page.get_by_text("What changed since: team").click()
    check_both(page)
    for path in ("charter/edit", "equality", "equality/sign-off", "co-production"):
        check_both(page, f"{home}/{path}")
    check_both(page, "/projects/not-charted")
    page.goto(f"{home}/equality")
    page.get_by_role("link", name="Carers", exact=True).click()
    expect(page.get_by_label("Which group?")).to_have_value("Carers")
    check_both(page)
    page.goto(f"{home}/co-production")
    page.get_by_role("link", name="Note who had a part").click()
    check_both(page)
    page = open_as(SPONSOR, f"{home}/charter/decide")
    check_both(page)
    page.get_by_label("Yes").check()
    page.get_by_role("button", name="Save the decision").click()
    expect(page.get_by_text("Approved", exact=True)).to_be_visible()
    page.get_by_role("link", name="As it was then").click()
    check_both(page)


def test_figures_that_must_be_put_right_and_downloads(
    open_as: OpenAs, project: Project, falls: Measure, tmp_path: Path
) -> None:
    page = open_as(LEAD, f"/projects/{project.id}/measures/{falls.id}/import")
    file = tmp_path / "falls.csv"
    lines = ["Month,Counted,Out of"]
    lines += ["Jan 2026,7,3000", "Feb 2026,six,", "31/31/2026,5,2900"]
    lines += [f"{month} 2026,4,3100" for month in ("Mar", "Apr", "May", "Jun")]
    file.write_text("\n".join(lines), encoding="utf-8")
    page.get_by_label("Or choose a file").set_input_files(file)
    page.get_by_role("button", name="Check before saving").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check the figures")
    check_both(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    check_both(page, f"/projects/{project.id}/measures/{falls.id}")
    with page.expect_download() as download:
        page.get_by_role("link", name="picture").click()
    assert download.value.suggested_filename.endswith(".png")


def test_an_outside_reader_of_small_numbers(
    open_as: OpenAs, project: Project, falls: Measure
) -> None:
    page = open_as(NATIONAL, f"/projects/{project.id}/measures/{falls.id}")
    expect(page.get_by_text("<5").first).to_be_attached()
    check_both(page)
    check_both(page, f"/projects/{project.id}/measures")
    check_both(page, f"/projects/{project.id}")


def test_a_save_after_somebody_elses(open_as: OpenAs, project: Project, alder: int) -> None:
    """Each changed one part, and both changed another."""
    with unit_of_work():
        services.give_membership(
            person(MEMBER), Role.QI_LEAD, organisation_id=alder, on=today(), by=None
        )
    first, second = open_as(MEMBER), open_as(LEAD)
    for page in (first, second):
        page.goto(f"/projects/{project.id}/aim/edit")
    first.get_by_label("For whom?").fill("adults of all ages")
    first.get_by_label("Where?").fill("all nine practices")
    first.get_by_role("button", name="Save the aim").click()
    second.get_by_label("For whom?").fill("adults over 40")
    second.get_by_role("button", name="Save the aim").click()
    expect(second.locator("#conflict")).to_contain_text("Somebody else saved this first")
    check_both(second)


def test_ramps_predictions_the_quick_log_and_signals(open_as: OpenAs, cord: Project) -> None:
    home = f"/projects/{cord.id}"
    page = open_as(LEAD, "/log")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    check_both(page)
    measure = db.session.scalars(db.select(Measure.id).where(Measure.project_id == cord.id)).first()
    for path in (
        f"{home}/ramp",
        f"{home}/ramp?as=timeline",
        f"{home}/predictions",
        f"/organisations/{cord.organisation_id}/predictions",
        f"{home}/measures/{measure}",
    ):
        check_both(page, path)
    page.get_by_role("link", name="Add another explanation").click()
    check_both(page)


def test_what_stands_beside_the_charter(open_as: OpenAs, cord: Project) -> None:
    home = f"/projects/{cord.id}"
    page = open_as(LEAD, f"{home}/risks/new")
    page.get_by_role("button", name="Add the risk").click()
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    check_both(page)
    risk = db.session.scalars(db.select(Risk).order_by(Risk.id)).first()
    assert risk is not None
    for path in (
        "tasks",
        "tasks/new",
        "risks",
        f"risks/{risk.id}",
        f"risks/{risk.id}/edit",
        f"risks/{risk.id}/close",
        "documents",
        "documents/new",
        "documents/links/new",
        "sustaining",
        "sustaining/enablers/new",
        "sustaining/sustainability/new",
        "storyboard",
    ):
        check_both(page, f"{home}/{path}")


def test_a_plugin_that_was_set_aside_and_one_that_is_slow(
    open_as: OpenAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = current_host()
    aside = SetAside("falls", LoadStage.CONTRACT, ("PluginInfo.api is (9, 0)",), "a folder")
    monkeypatch.setattr(host, "set_aside", [aside])
    slow = {"tracker_stakeholder_suggestions": 2.4}
    monkeypatch.setattr(host.watch, "slow", lambda name: slow if name == "opioids" else {})
    page = open_as(SYSTEM, "/admin/plugins")
    expect(page.get_by_text("Slow").first).to_be_visible()
    check_both(page)


def test_a_workbook_needs_no_script(
    open_as: OpenAs, project: Project, falls: Measure, tmp_path: Path
) -> None:
    page = open_as(LEAD, f"/projects/{project.id}/measures/{falls.id}/import", java_script=False)
    rows: list[list[object]] = [["Month", "Counted", "Out of"]]
    rows += [[date(2026, 1, 1), 7, 3000], [date(2026, 2, 1), 6, 3100]]
    file = tmp_path / "falls.xlsx"
    file.write_bytes(xlsx(rows))
    page.get_by_label("Or choose a file").set_input_files(file)
    page.get_by_role("button", name="Check before saving").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check the figures")
    page.get_by_role("button", name="Save 2 rows").click()
    expect(page.get_by_role("alert")).to_contain_text("Figures saved: 2")
    expect(page.get_by_role("row", name="February 2026")).to_contain_text("3,100")


def test_a_comment_about_a_field_needs_no_script(open_as: OpenAs, project: Project) -> None:
    page = open_as(COACH, f"/projects/{project.id}/aim", java_script=False)
    page.get_by_role("link", name="Write a comment").click()
    page.get_by_label("About", exact=True).select_option(label="For whom")
    page.get_by_label("Your comment").fill("Children too?")
    page.get_by_role("button", name="Add the comment").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Aim")
    expect(page.get_by_role("link", name="1 comment on this")).to_be_visible()
    page.get_by_role("button", name="Resolve").click()
    expect(page.get_by_text("1 resolved")).to_be_visible()


def test_a_save_after_somebody_elses_needs_no_script(open_as: OpenAs, project: Project) -> None:
    address = f"/projects/{project.id}/aim/edit"
    first, second = (open_as(LEAD, address, java_script=False) for _ in range(2))
    first.get_by_label("Where?").fill("all nine practices")
    first.get_by_role("button", name="Save the aim").click()
    second.get_by_label("For whom?").fill("adults over 40")
    second.get_by_role("button", name="Save the aim").click()
    expect(second.locator("#conflict")).to_contain_text("all nine practices")
    expect(second.get_by_label("Where?")).to_have_value("all nine practices")
    second.get_by_role("button", name="Save the aim").click()
    for said in ("adults over 40", "all nine practices"):
        expect(second.get_by_text(said).first).to_be_visible()
