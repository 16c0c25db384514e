"""The driver diagram by keyboard, by touch and without script; nothing of it needs a mouse."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tracker.demo.people import COACH, LEAD
from tracker.testing.browser import NARROW, WIDE

from .conftest import OpenAs
from .hands import check

pytestmark = pytest.mark.browser

ACTIVE = "Safer pain care across our places"


def diagram(page: Page) -> str:
    """Address of the diagram of the active project, which the page then shows."""
    page.goto("/projects?mine=yes")
    link = page.get_by_role("link", name=ACTIVE).get_attribute("href")
    page.goto(f"{link}/drivers")
    return f"{link}/drivers"


def boxes(page: Page) -> list[str]:
    """The boxes in the order in which they are read."""
    found = page.locator("#tree .qi-node__t").all_text_contents()
    return [re.sub(r"^\s*[A-Z][a-z ]+: ", "", text).strip() for text in found]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_every_page_of_a_diagram_is_accessible(open_as: OpenAs, width: int) -> None:
    page = open_as(LEAD, width=width)
    home = diagram(page)
    check(page)
    for summary in page.locator("#tree summary").all():
        summary.click()
    check(page)
    for path in ("/new", "/start", "/text", "/versions", "/aim"):
        page.goto(home + path)
        check(page)
    page.goto(home)
    page.get_by_role("link", name="Taper guide").click()
    check(page)
    page.get_by_role("link", name="Change the idea").click()
    check(page)
    page.goto(f"{home}/new")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_text("Say what it is").first).to_be_visible()
    check(page)


def test_a_coach_reads_the_diagram_and_finds_no_menu(open_as: OpenAs) -> None:
    page = open_as(COACH)
    diagram(page)
    expect(page.locator(".qi-menu")).to_have_count(0)
    expect(page.get_by_text("Taper guide")).to_be_visible()
    check(page)


def test_an_idea_is_added_moved_and_removed_by_keyboard_and_only_its_branch_is_swapped(
    open_as: OpenAs,
) -> None:
    page = open_as(LEAD)
    diagram(page)
    page.evaluate("document.querySelector('#b-aim').dataset.stays = 'yes'")
    menu = page.locator("summary", has_text="Change Tapering is planned step by step")
    menu.focus()
    page.keyboard.press("Enter")
    add = menu.locator("..").get_by_role("link", name="Add change idea")
    add.focus()
    page.keyboard.press("Enter")
    field = page.get_by_label("Change idea")
    expect(field).to_be_focused()
    page.keyboard.type("Diary for each week")
    page.keyboard.press("Enter")
    expect(page.locator("#qi-live")).to_have_text("Added “Diary for each week”")
    mine = page.locator("summary", has_text="Change Diary for each week")
    expect(mine).to_be_focused()
    check(page)

    page.keyboard.press("Enter")
    up = mine.locator("..").get_by_role("button", name="Move up")
    up.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#qi-live")).to_have_text("“Diary for each week” moved up")
    expect(up).to_be_focused()
    page.keyboard.press("Enter")
    ideas = menu.locator("xpath=ancestor::li[1]").locator(".qi-node--idea .qi-node__t")
    expect(ideas).to_have_text(
        [re.compile(text) for text in ("Diary for each week", "Taper guide", "Shared action plan")]
    )
    assert page.evaluate("document.querySelector('#b-aim').dataset.stays") == "yes"

    mine.locator("..").get_by_role("button", name="Remove").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#qi-notices")).to_contain_text("“Diary for each week” removed")
    page.get_by_role("button", name="Undo").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("“Diary for each week” is back")
    assert "Diary for each week" in boxes(page)


def test_words_that_are_there_already_are_refused_in_the_menu(open_as: OpenAs) -> None:
    page = open_as(LEAD)
    diagram(page)
    menu = page.locator("summary", has_text="Change Somebody calls between visits")
    menu.click()
    menu.locator("..").get_by_role("link", name="Add change idea").click()
    page.get_by_label("Change idea").fill("taper guide")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("There is already a change idea called “Taper guide”")).to_be_visible()
    expect(page.get_by_label("Change idea")).to_have_value("taper guide")
    check(page)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_all_of_it_works_without_script(open_as: OpenAs, width: int) -> None:
    page = open_as(LEAD, width=width, java_script=False)
    diagram(page)
    page.locator("summary", has_text="Change Practices see their own figures").click()
    page.get_by_role("link", name="Add secondary driver").locator("visible=true").click()
    page.get_by_label("Secondary driver").fill("Partners talk about them")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("alert")).to_contain_text("Added “Partners talk about them”")
    page.locator("summary", has_text="Change Partners talk about them").click()
    page.get_by_role("button", name="Move up").locator("visible=true").click()
    read = boxes(page)
    assert read.index("Partners talk about them") < read.index("Figures come back every month")
    page.locator("summary", has_text="Change Partners talk about them").click()
    page.get_by_role("button", name="Remove").locator("visible=true").click()
    page.get_by_role("button", name="Undo").click()
    assert "Partners talk about them" in boxes(page)
