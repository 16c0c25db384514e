"""What a page says when two save, when text is not saved yet, and when there is nothing to show."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tracker.auth import queries as auth
from tracker.auth import services
from tracker.db import unit_of_work
from tracker.demo.people import COACH, LEAD, PASSWORD, PEOPLE, PSC_MANAGER, SYSTEM, DemoPerson
from tracker.testing.browser import NARROW, WIDE

from .conftest import OpenAs
from .hands import check

pytestmark = pytest.mark.browser

ACTIVE = "Safer pain care across our places"
PAGES = (
    "/",
    "/projects",
    "/projects?q=nothing+is+called+this",
    "/projects/new?q=alder",
    "/organisations/search?q=salford",
    "/programmes",
    "/programmes/opioids",
    "/account",
    "/help",
    "/accessibility",
)
OF_PROJECT = (
    "",
    "/aim",
    "/aim/edit",
    "/measures",
    "/measures/choose",
    "/measures/new",
    "/cycles",
    "/cycles/new",
    "/adoption",
    "/people",
    "/people/new",
    "/history",
    "/settings",
    "/sharing",
    "/close",
)


def project_url(page: Page) -> str:
    """Address of the active project, from the list."""
    page.goto("/projects?mine=yes")
    link = page.get_by_role("link", name=ACTIVE).get_attribute("href")
    assert link is not None
    return link


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_every_page_of_a_lead_is_accessible(open_as: OpenAs, width: int) -> None:
    page = open_as(LEAD, width=width)
    for path in PAGES:
        page.goto(path)
        check(page)
    project = project_url(page)
    for path in OF_PROJECT:
        page.goto(project + path)
        check(page)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_pages_of_administration_are_accessible(open_as: OpenAs, width: int) -> None:
    page = open_as(SYSTEM, "/admin/plugins", width=width)
    check(page)
    page = open_as(PSC_MANAGER, "/", width=width)
    check(page)


@pytest.mark.parametrize("who", PEOPLE, ids=lambda person: person.role)
def test_home_of_every_role_is_accessible(open_as: OpenAs, who: DemoPerson) -> None:
    page = open_as(who)
    expect(page.get_by_role("heading", level=1)).to_contain_text("My work")
    expect(page.get_by_text("Demonstration data").first).to_be_visible()
    check(page)


def test_what_is_not_there_or_not_allowed_says_so(open_as: OpenAs) -> None:
    page = open_as(COACH, "/projects/999999")
    expect(page).to_have_title(re.compile("not found", re.I))
    check(page)
    page.goto("/admin/plugins")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    check(page)


def test_the_second_to_save_sees_both_texts_and_loses_neither(open_as: OpenAs) -> None:
    first, second = open_as(LEAD), open_as(LEAD)
    address = project_url(first) + "/aim/edit"
    first.goto(address)
    second.goto(address)
    first.get_by_label("For whom?").fill("adults of all ages")
    first.get_by_role("button", name="Save the aim").click()
    expect(first.get_by_role("alert")).to_contain_text("Aim saved")
    second.get_by_label("For whom?").fill("adults over 40")
    second.get_by_role("button", name="Save the aim").click()
    conflict = second.locator("#conflict")
    expect(conflict).to_contain_text("You saved this in another window first")
    expect(conflict).to_contain_text("adults of all ages")
    expect(conflict).to_contain_text("adults over 40")
    expect(second.get_by_label("For whom?")).to_have_value("adults over 40")
    check(second)
    second.get_by_role("button", name="Save the aim").click()
    expect(second.get_by_text("adults over 40")).to_be_visible()


def test_what_is_typed_is_kept_before_it_is_saved(open_as: OpenAs) -> None:
    page = open_as(LEAD)
    address = project_url(page) + "/cycles/new"
    page.goto(address)
    page.get_by_label("Name of the test").press_sequentially("Half a thought")
    expect(page.locator("#draft-status")).to_contain_text("Draft kept at", timeout=10_000)
    check(page)
    again = open_as(LEAD, address)
    expect(again.get_by_text("This is your draft")).to_be_visible()
    expect(again.get_by_label("Name of the test")).to_have_value("Half a thought")
    check(again)
    again.get_by_role("button", name="Throw the draft away").click()
    expect(again.get_by_label("Name of the test")).to_have_value("")
    again.goto(project_url(again) + "/cycles")
    expect(again.get_by_text("Half a thought")).to_have_count(0)


def test_a_sign_in_that_ends_takes_no_text_with_it(open_as: OpenAs) -> None:
    page = open_as(LEAD)
    address = project_url(page) + "/cycles/new"
    page.goto(address)
    user = auth.by_email(LEAD.email)
    assert user is not None
    with unit_of_work():
        services.end_all(user, by=None)
    page.get_by_label("Name of the test").press_sequentially("A thought before the tea break")
    expect(page.locator("#draft-status")).to_contain_text("your sign-in has ended", timeout=10_000)
    page.get_by_label("What do we want to learn?").fill("Does it last?")
    page.get_by_role("button", name="Save the plan").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sign in")
    check(page)
    page.get_by_label("E-mail address").fill(LEAD.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_label("Name of the test")).to_have_value("A thought before the tea break")
    expect(page.get_by_label("What do we want to learn?")).to_have_value("Does it last?")
    page.goto(project_url(page) + "/cycles")
    expect(page.get_by_text("A thought before the tea break")).to_have_count(0)


def test_the_list_is_searched_while_one_types(open_as: OpenAs) -> None:
    page = open_as(LEAD, "/projects")
    field = page.get_by_label("Search by title or organisation")
    field.press_sequentially("first round")
    expect(page.locator("#results").get_by_role("status")).to_have_text("1 project")
    expect(page).to_have_url(re.compile(r"q=first(\+|%20)round"))
    expect(field).to_be_focused()
    check(page)


def test_a_deleted_cycle_comes_back(open_as: OpenAs) -> None:
    page = open_as(LEAD)
    page.goto(project_url(page) + "/cycles")
    page.get_by_role("link", name="5. Two-part plan owned by the patient").click()
    page.get_by_role("button", name="Delete this cycle").click()
    expect(page.get_by_role("alert")).to_contain_text("Cycle 5 deleted")
    check(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Two-part plan")


def test_the_core_of_the_work_needs_no_script(open_as: OpenAs, alder: int) -> None:
    page = open_as(LEAD, f"/organisations/{alder}/projects/new", java_script=False)
    page.get_by_label("Project title").fill("Work without script")
    page.get_by_role("button", name="Start the project").click()
    project = page.url
    page.get_by_role("link", name="Write the aim").click()
    page.get_by_label("What will change?").fill("reviews")
    page.get_by_role("button", name="Save the aim").click()
    expect(page.get_by_text("Not yet complete:")).to_be_visible()

    page.goto(project + "/measures/new")
    page.get_by_label("Name of the measure").fill("Reviews done")
    page.get_by_role("button").last.click()
    expect(page.locator(".nhsuk-error-summary")).to_be_visible()
    expect(page.get_by_label("Name of the measure")).to_have_value("Reviews done")

    page.goto(project + "/cycles/new")
    page.get_by_label("Name of the test").fill("One review")
    page.get_by_label("What do we want to learn?").fill("Does it fit?")
    page.get_by_label("We predict that").first.fill("It fits")
    page.get_by_role("button", name="Save the plan").click()
    page.get_by_role("link", name="Write what happened").click()
    page.get_by_label("Yes").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Study this cycle").click()
    page.get_by_label("What did you learn?").fill("It fits.")
    page.get_by_role("button", name="Save and decide").click()
    page.get_by_label("Adapt", exact=True).check()
    page.get_by_role("button", name="Save the decision").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Plan the cycle after 1")
    expect(page.get_by_label("Name of the test")).to_have_value("One review")

    page.goto(project)
    page.get_by_role("link", name="Write one").click()
    page.get_by_label("Your comment").fill("Well begun.")
    page.get_by_role("button", name="Add the comment").click()
    expect(page.get_by_text("Well begun.")).to_be_visible()


def test_paper_shows_the_work_and_not_the_furniture(open_as: OpenAs) -> None:
    page = open_as(LEAD)
    page.goto(project_url(page))
    page.emulate_media(media="print")
    expect(page.locator(".qi-top")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_the_chart_can_be_read_in_forced_colours(open_as: OpenAs) -> None:
    page = open_as(LEAD)
    page.goto(project_url(page) + "/measures")
    page.emulate_media(forced_colors="active")
    page.get_by_role("link", name=re.compile("120 mg")).first.click()
    expect(page.locator("svg.qi-spc:visible").first).to_be_visible()
    check(page)
