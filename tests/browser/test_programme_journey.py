"""A programme from the PSC that switches it on to a reader of its case study, by keyboard alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tracker.auth import queries as auth
from tracker.auth import services
from tracker.db import unit_of_work
from tracker.demo.people import COACH, LEAD, PSC_MANAGER, SECOND_LEAD
from tracker.organisations import queries as organisations
from tracker.organisations import services as organisation_services
from tracker.organisations.models import OrganisationKind
from tracker.permissions import Role
from tracker.safe.dates import today
from tracker.testing.browser import LiveServer

from ..documents.reading import words_in
from .conftest import OpenAs
from .hands import Hands, check, check_both

pytestmark = pytest.mark.browser

ICB = "Demo Integrated Care Board Sorrel"
TITLE = "Living well with fewer opioids"
MEASURES = (
    "People prescribed opioids in 4 or more consecutive months",
    "People on more than 120 mg oral morphine equivalent a day",
)
PHASE = "Phases of the whole systems approach"
LETTER = "Letter of the sponsor, in the minutes of the board"
REASON = "The letter names a sponsor. No core team has met yet."
WORDS = {
    "Place": "A town on the coast, where work has gone and pain has stayed.",
    "Setback": "Three people left the group in the first winter.",
    "Idea": "Swimming in the sea, as a group in another town did.",
    "Support": "A small grant, insurance, and somebody who can swim.",
    "First result": "In June the group said that they sleep better. Data do not show it yet.",
    "Advice": "Meet where people are already.",
    "What did not work": "A letter from the practice: nobody came.",
}
LEARNED = "Ask the people who live with pain to lead: they bring each other in."


@pytest.fixture
def icb(live: LiveServer) -> int:
    """An ICB of the manager's patch in which no programme is on, with a lead."""
    lead, psc = auth.by_email(LEAD.email), organisations.by_code(str(PSC_MANAGER.at))
    assert lead is not None
    assert psc is not None
    with unit_of_work():
        made = organisation_services.add(
            ICB,
            code="DEMO-SORREL",
            kind=OrganisationKind.ICB,
            by=None,
            part_of=organisations.by_code("Y62"),
            supported_by=[psc],
            is_demo=True,
        )
        services.give_membership(lead, Role.QI_LEAD, organisation_id=made.id, on=today(), by=None)
    return made.id


def test_a_programme_from_the_psc_to_a_reader_elsewhere(open_as: OpenAs, icb: int) -> None:
    switches_on(open_as(PSC_MANAGER, "/programmes"))
    hands = Hands(open_as(LEAD, "/projects"))
    starts_a_project(hands)
    project = hands.page.url
    adopts_the_measures(hands)
    rates_the_phase(hands)
    differs(open_as(COACH, f"{project}/adoption"))
    sees_both(hands, project)
    drafts(hands)
    reviews(open_as(COACH, f"{project}/case-studies"))
    agrees_and_publishes(hands)
    reads_elsewhere(open_as(SECOND_LEAD, "/case-studies"), hands.page.url)


def switches_on(page: Page) -> None:
    hands = Hands(page)
    check(page)
    hands.follow("find the organisation")
    page.goto(f"{page.url}?q=Sorrel")
    hands.follow(ICB)
    hands.follow("Programmes that are on here")
    check(page)
    hands.follow("Switch on Opioids")
    check(page)
    hands.type("Why now?", "The board asked for it")
    hands.press("Switch on")
    expect(page.get_by_role("alert")).to_contain_text("Opioids switched on for 1 organisation")
    check(page)
    page.goto("/programmes/opioids/adoption/units")
    hands.type("Search by name or code", "Sorrel", role="searchbox")
    hands.press("Search")
    check(page)
    hands.follow(ICB, within=page.get_by_role("region", name="Bring in one"))
    check(page)
    hands.press("Bring in")
    expect(page.get_by_role("alert")).to_contain_text("1 unit is new in scope")


def starts_a_project(hands: Hands) -> None:
    page = hands.page
    hands.follow("Start a project")
    hands.follow(ICB)
    hands.type("Project title", TITLE)
    hands.pick("National programme", "Opioids")
    hands.type("What is the problem?", "Pain is met with a prescription.")
    hands.press("Start the project")
    expect(page.get_by_role("alert")).to_contain_text("Project started")
    project = page.url
    page.goto(f"{project}/people/new")
    hands.type("Name", COACH.name)
    hands.pick("Part on the team", "Coach")
    hands.type("E-mail of their account", COACH.email)
    hands.choose("Coach")
    hands.press("Add to the team")
    page.goto(project)


def adopts_the_measures(hands: Hands) -> None:
    page = hands.page
    for title in MEASURES:
        hands.follow("Measures", within=page.get_by_role("navigation", name="Project"))
        hands.follow("Add a measure")
        hands.choose(title)
        check(page)
        hands.press("Take this measure")
    hands.follow("Measures", within=page.get_by_role("navigation", name="Project"))
    for title in MEASURES:
        expect(page.get_by_role("link", name=title)).to_be_visible()
    check(page)


def rates_the_phase(hands: Hands) -> None:
    page = hands.page
    hands.follow("Adoption", within=page.get_by_role("navigation", name="Project"))
    check(page)
    hands.follow(f"Rate {PHASE}")
    check(page)
    hands.choose("1: Set up")
    hands.press("Save the rating")
    expect(page.locator(".nhsuk-error-summary")).to_contain_text("The sponsor's letter")
    check(page)
    hands.type("Document", LETTER)
    hands.press("Save the rating")
    expect(page.get_by_role("alert")).to_contain_text("The rating is saved")


def differs(page: Page) -> None:
    hands = Hands(page)
    check(page)
    hands.follow(f"Rate {PHASE}")
    hands.choose("0: Not on the approach")
    hands.press("Save the rating")
    expect(page.locator(".nhsuk-error-summary")).to_contain_text("falls from 1, Set up")
    hands.type("Reason", REASON)
    hands.press("Save the rating")
    expect(page.get_by_role("alert")).to_contain_text("The rating is saved")


def sees_both(hands: Hands, project: str) -> None:
    page = hands.page
    page.goto(f"{project}/adoption")
    hands.follow(PHASE)
    expect(page.get_by_text("They differ")).to_be_visible()
    for said in (REASON, LETTER):
        expect(page.get_by_text(said)).to_be_visible()
    check(page)
    page.goto(project)


def drafts(hands: Hands) -> None:
    page = hands.page
    hands.follow("Case study")
    check_both(page)
    hands.follow("Draft a case study")
    check_both(page)
    hands.choose("Lived experience")
    hands.press("Fill it in from the project")
    expect(page.get_by_role("alert")).to_contain_text("Drafted from your project")
    check_both(page)
    for heading, text in WORDS.items():
        hands.type(heading, text)
    hands.type("Key learning, in one line", LEARNED)
    hands.pick("Setting", "Primary care")
    hands.pick("What came of it?", "It worked in part")
    hands.choose("Everyone signed in")
    hands.press("Save and see it as readers will")
    check_both(page)
    hands.follow("Back to writing")
    hands.press("Send for review")
    expect(page.get_by_text("It is with the reviewer.")).to_be_visible()
    check_both(page)


def reviews(page: Page) -> None:
    hands = Hands(page)
    hands.follow("Review it")
    check_both(page)
    hands.choose("Approve it as it stands")
    hands.press("Send your review")
    expect(page.get_by_role("alert")).to_contain_text("Your review is with the team")


def agrees_and_publishes(hands: Hands) -> None:
    page = hands.page
    page.reload()
    expect(page.get_by_text(f"{COACH.name} approved it")).to_be_visible()
    hands.follow("Record consent")
    check_both(page)
    hands.type("Who agreed?", "Example Sponsor")
    hands.type("As what?", "Executive sponsor")
    hands.choose("Everyone signed in")
    hands.press("Record it")
    hands.follow("Check and publish")
    expect(page.get_by_role("group", name=re.compile("Three people"))).to_be_visible()
    check_both(page)
    hands.type("Why is this right as it is?", "They asked for it to be told")
    hands.press("Publish")
    expect(page.get_by_role("alert")).to_contain_text("Published")
    check_both(page)


def reads_elsewhere(page: Page, published: str) -> None:
    hands = Hands(page)
    check_both(page)
    expect(page.get_by_text(LEARNED)).to_be_visible()
    hands.follow(TITLE)
    assert page.url == published
    check_both(page)
    for name in (r"report, A4 \(PDF\)", r"poster, A3 \(PDF\)"):
        with page.expect_download() as download:
            hands.go_to(page.get_by_role("link", name=re.compile(name))).press("Enter")
        made = Path(download.value.path()).read_bytes()
        assert made.startswith(b"%PDF")
        said = words_in(made)
        assert TITLE in said
        assert all(text in said for text in WORDS.values())
