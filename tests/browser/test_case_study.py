"""A case study from its draft to a reader at another place, by keyboard alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tracker.demo.people import COACH, LEAD, SECOND_LEAD
from tracker.testing.browser import NARROW, WIDE

from .conftest import OpenAs
from .hands import Hands, check

pytestmark = pytest.mark.browser

TITLE = "Opioid reviews, first round"
LEARNED = "Call people yourself: a letter alone does not bring them in."


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_case_study_is_drafted_reviewed_published_found_and_printed(
    open_as: OpenAs, width: int
) -> None:
    page = open_as(LEAD, "/projects", width=width)
    hands = Hands(page)
    hands.follow(TITLE)
    drafts(hands)
    writing = page.url
    reviews(open_as(COACH, writing.rsplit("/", 1)[0], width=width))
    page.goto(writing)
    expect(page.get_by_text("Grace Okafor approved it")).to_be_visible()
    agrees_and_publishes(hands)
    reads_elsewhere(open_as(SECOND_LEAD, "/case-studies", width=width), page.url)


def drafts(hands: Hands) -> None:
    page = hands.page
    hands.follow("Case study")
    check(page)
    hands.follow("Draft a case study")
    check(page)
    hands.choose("Co-development")
    hands.press("Fill it in from the project")
    expect(page.get_by_role("alert")).to_contain_text("Drafted from your project")
    expect(page.get_by_role("textbox", name="What happened")).to_have_value(
        "- Cycle 1, March 2018: Search list on paper. One practice. Adapted.\n"
        "- Cycle 2, April 2018: Search in the clinical system. One practice. Adopted.\n"
        "- Cycle 3, June 2018: Letter that invites to a review. Forty people. Abandoned.\n"
        "- Cycle 4, September 2018: Call by the practice pharmacist. Forty people. Adopted."
    )
    check(page)
    hands.type("Key learning, in one line", LEARNED)
    hands.pick("Setting", "Primary care")
    hands.pick("What came of it?", "It worked in part")
    hands.choose("Everyone signed in")
    hands.press("Save and see it as readers will")
    expect(page.get_by_role("heading", name="What did not work")).to_be_visible()
    check(page)
    hands.follow("Back to writing")
    hands.press("Send for review")
    expect(page.get_by_text("It is with the reviewer.")).to_be_visible()
    check(page)


def reviews(page: Page) -> None:
    hands = Hands(page)
    hands.follow("Review it")
    check(page)
    hands.choose("Approve it as it stands")
    hands.press("Send your review")
    expect(page.get_by_role("alert")).to_contain_text("Your review is with the team")


def agrees_and_publishes(hands: Hands) -> None:
    page = hands.page
    hands.follow("Record consent")
    check(page)
    hands.type("Who agreed?", "Example Sponsor")
    hands.type("As what?", "Executive sponsor")
    hands.choose("Everyone signed in")
    hands.press("Record it")
    hands.follow("Check and publish")
    check(page)
    hands.press("Publish")
    expect(page.get_by_role("alert")).to_contain_text("Published")
    check(page)


def reads_elsewhere(page: Page, published: str) -> None:
    hands = Hands(page)
    check(page)
    expect(page.get_by_text(LEARNED)).to_be_visible()
    hands.follow(TITLE)
    assert page.url == published
    check(page)
    for name in ("report, A4 (PDF)", "poster, A3 (PDF)"):
        with page.expect_download() as download:
            hands.go_to(page.get_by_role("link", name=name)).press("Enter")
        assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
