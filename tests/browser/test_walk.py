"""A QI lead's first nine months: one project from its start to its case study, by keyboard alone.

The team and its figures are made up; the aim is that of a neonatal unit's published poster.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tracker.auth import queries as auth
from tracker.auth import services
from tracker.db import db, unit_of_work
from tracker.demo.people import LEAD, PASSWORD
from tracker.organisations.models import Organisation
from tracker.permissions import Role
from tracker.safe.dates import MONTHS, today
from tracker.testing.browser import NARROW, WIDE, LiveServer, Tabs

from .beginning import (
    CLAMPED,
    UNIT,
    draw_the_drivers,
    hold_the_baseline,
    map_stakeholders,
    paste_figures,
    start,
    take_measures,
    to_tab,
    write_the_aim,
    write_the_charter,
)
from .hands import Hands, check

pytestmark = pytest.mark.browser

QUESTIONS = (
    "What problem were you trying to solve?",
    "What did you do?",
    "How did it go?",
    "What did you learn?",
)
TROLLEYS = ("Trolley at one birth", "Trolley on every shift", "Trolley and policy")
SURPRISE = "Short cord; the ultrasound machine was in the way."
BASELINE = ((9, 12), (8, 11), (9, 12))
TESTED = ((9, 11), (10, 12), (11, 12))
SINCE = ((10, 11), (11, 12), (12, 12), (11, 11), (11, 12), (12, 12))


@pytest.fixture
def leads_a_unit(live: LiveServer) -> None:
    """The lead of the demonstration leads at a neonatal unit too."""
    lead = auth.by_email(LEAD.email)
    assert lead is not None
    named = Organisation.name == UNIT
    unit = db.session.scalars(db.select(Organisation).where(named)).one()
    with unit_of_work():
        services.give_membership(lead, Role.QI_LEAD, organisation_id=unit.id, on=today(), by=None)


@pytest.mark.usefixtures("leads_a_unit")
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_lead_takes_a_project_from_its_start_to_its_case_study(tabs: Tabs, width: int) -> None:
    walk(tabs(width=width))


def walk(page: Page) -> None:
    hands = Hands(page)
    page.goto("/")
    hands.sign_in(LEAD.email, PASSWORD)
    project = start(hands)
    write_the_charter(hands, project)
    page.goto(project)
    write_the_aim(hands, project)
    map_stakeholders(hands, project)
    draw_the_drivers(hands, project)
    clamped = take_measures(hands, project)
    paste_figures(hands, clamped, 1, BASELINE)
    hold_the_baseline(hands, clamped)
    cycle = plan_a_cycle(hands, project)
    log_from_a_phone(hands)
    page.goto(cycle)
    expect(page.locator("main")).to_contain_text(SURPRISE)
    paste_figures(hands, clamped, 4, TESTED[:1])
    study_and_adapt(hands, cycle, "Missed by 3.2 points", "The trolley on the left, every shift.")
    cycle = plan_the_next(hands, "Trolley on every shift", "One week", "85", "May", 2, 30)
    paste_figures(hands, clamped, 5, TESTED[1:2])
    study_and_adapt(hands, cycle, "Missed by 1.7 points", "A written policy, agreed by all.")
    cycle = plan_the_next(hands, "Trolley and policy", "Whole unit", "90", "June", 1, 28)
    paste_figures(hands, clamped, 6, TESTED[2:])
    study_and_adopt(hands, cycle)
    read_the_ramp(hands, project)
    read_the_project(hands, project)
    paste_figures(hands, clamped, 7, SINCE)
    read_the_signal(hands, clamped)
    claim_a_score(hands, project)
    rate_the_unit(hands)
    draft_a_case_study(hands, project)


def plan_a_cycle(hands: Hands, project: str) -> str:
    page = hands.page
    page.goto(f"{project}/cycles/new")
    hands.type("Name of the test", "Trolley at one birth")
    hands.type("What do we want to learn?", "Can care start at the bedside with the cord intact?")
    hands.type("Change idea", "LifeStart trolley", role="combobox")
    hands.type("How small can we start?", "One shift")
    hands.type_day("Starts on", 4, 4, 2022)
    hands.type_day("Ends on", 24, 4, 2022)
    predict(hands, "85", "April 2022")
    hands.go_to(page.locator("summary").filter(has_text="tasks")).press("Enter")
    task = page.get_by_role("group", name="Task 1")
    hands.type("What", "Bring the trolley to the room", within=task)
    hands.type("Who", "Night coordinator", within=task)
    hands.type("Where", "Delivery suite", within=task)
    hands.press("Save the plan")
    expect(page.locator("main")).to_contain_text("Bring the trolley to the room")
    expect(page.get_by_role("heading", level=1)).to_have_text("Cycle 1: Trolley at one birth")
    check(page)
    return page.url


def predict(hands: Hands, value: str, month: str) -> None:
    first = hands.page.get_by_role("group", name="Prediction 1")
    hands.pick("Measure", CLAMPED, within=first)
    hands.type("Value we predict", value, within=first)
    hands.type("For which month or week?", month, within=first)


def log_from_a_phone(hands: Hands) -> None:
    """Four fields on one page, from the home page in one tap."""
    page = hands.page
    page.goto("/")
    hands.follow("Quick log")
    check(page)
    hands.start_counting()
    hands.pick("Which test?", "Cycle 1: Trolley at one birth")
    hands.type("What happened?", "The trolley fitted beside the bed.")
    hands.type("Anything that surprised you?", SURPRISE)
    hands.press("Save")
    assert (hands.entries, len(hands.pages)) == (3, 1)
    expect(page.get_by_role("alert")).to_be_visible()


def read_the_ramp(hands: Hands, project: str) -> None:
    page = hands.page
    page.goto(f"{project}/ramp")
    expect(page.locator("main")).to_contain_text("1 of 3 met, mean error −1.1 points")
    ramp = page.get_by_role("region", name=re.compile("^LifeStart trolley"))
    for cycle in ("Cycle 1", "Cycle 2", "Cycle 3"):
        expect(ramp.get_by_role("link", name=cycle)).to_be_visible()
    check(page)


def study_and_adapt(hands: Hands, cycle: str, missed: str, next_change: str) -> None:
    page = hands.page
    page.goto(cycle)
    hands.follow("Write what happened")
    hands.choose("Yes")
    hands.type("What did you see?", "The trolley fitted beside the bed.")
    hands.press("Save")
    hands.follow("Study this cycle")
    expect(page.locator("main")).to_contain_text(missed)
    check(page)
    hands.type("What did you learn?", "It works when the cord side of the bed is kept free.")
    hands.press("Save and decide")
    hands.choose("Adapt")
    hands.type("What changes next?", next_change)
    hands.press("Save the decision")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Plan the cycle after")


def plan_the_next(
    hands: Hands, title: str, scale: str, value: str, month: str, first: int, last: int
) -> str:
    page = hands.page
    hands.type("Name of the test", title)
    hands.type("How small can we start?", scale)
    number = (*MONTHS,).index(month) + 1
    hands.type_day("Starts on", first, number, 2022)
    hands.type_day("Ends on", last, number, 2022)
    group = page.get_by_role("group", name="Prediction 1")
    hands.type("Value we predict", value, within=group)
    hands.type("For which month or week?", f"{month} 2022", within=group)
    hands.press("Save the plan")
    return page.url


def study_and_adopt(hands: Hands, cycle: str) -> None:
    page = hands.page
    page.goto(cycle)
    hands.follow("Write what happened")
    hands.choose("Yes")
    hands.type("What did you see?", "Eleven of twelve; the twelfth was an abruption.")
    hands.press("Save")
    hands.follow("Study this cycle")
    expect(page.locator("main")).to_contain_text("Met by 1.7 points")
    hands.type("What did you learn?", "With trolley and policy, waiting is what everybody does.")
    hands.press("Save and decide")
    hands.choose("Adopt")
    hands.press("Save the decision")


def read_the_project(hands: Hands, project: str) -> None:
    page = hands.page
    page.goto(project)
    expect(page.get_by_role("region", name="Aim")).to_contain_text(
        "Target missed at the due date: 85.7% in April to June 2022 (30 of 35)."
    )
    check(page)


def read_the_signal(hands: Hands, measure: str) -> None:
    page = hands.page
    page.goto(measure)
    expect(page.locator("main")).to_contain_text("The latest 9 months are above the median")
    check(page)
    hands.follow("Say what explains it of April 2022 to December 2022")
    expect(page.locator("main")).to_contain_text("9 months in a row above the median")
    for number, test in enumerate(TROLLEYS, start=1):
        hands.tick(f"Test {number}: {test}")
    hands.type("What you found", "The trolley, shift by shift; the policy kept it going.")
    hands.press("Save explanation")
    signals = page.get_by_role("region", name="What explains the signals")
    expect(signals).to_contain_text("Explained by test 1, Trolley at one birth")
    check(page)


def claim_a_score(hands: Hands, project: str) -> None:
    """4.5 cannot be evidenced yet; the page says from when it could be, and asks for a reason."""
    page = hands.page
    page.goto(project)
    to_tab(hands, "Adoption")
    expect(page.locator("main")).to_contain_text(
        "The data support 4: the target is reached in Q3 2022/23, with 34/35 = 97.1."
    )
    expect(page.locator("main")).to_contain_text("4.5 can be claimed from 30 June 2023")
    check(page)
    hands.follow("Claim a score")
    hands.choose("4.5: Sustained")
    hands.type_day("On which day?", 31, 12, 2022)
    hands.press("Save the score")
    expect(page.locator(".nhsuk-error-summary")).to_contain_text("30 June 2023")
    check(page)
    hands.choose("4: Significant improvement")
    hands.press("Save the score")
    expect(page.get_by_role("alert")).to_be_visible()
    check(page)


def rate_the_unit(hands: Hands) -> None:
    """Stage 5 at the unit, resting on a cycle; the matrix moves and so does the score above it."""
    page = hands.page
    page.goto("/programmes/matneo/adoption")
    before = page.get_by_role("link", name=re.compile(f"{UNIT}, Optimal cord management"))
    expect(before).to_contain_text("level 4")
    counted = score(page)
    hands.follow(UNIT)
    check(page)
    hands.follow("Optimal cord management")
    expect(page.locator("main")).not_to_contain_text("{")
    hands.follow("Rate it")
    hands.choose("5: In use for some")
    hands.go_to(page.get_by_role("checkbox", name=re.compile("Trolley and policy"))).press("Space")
    hands.type("Reason", "Everybody trained each other on the shop floor; no register was kept.")
    check(page)
    hands.press("Save the rating")
    expect(page.get_by_text("The rating is saved")).to_be_visible()
    page.goto("/programmes/matneo/adoption")
    expect(before).to_contain_text("level 5, In use for some, up from 4")
    assert score(page) == (counted[0] + 1, counted[1])


def score(page: Page) -> tuple[int, int]:
    """How many pairs count, and of how many."""
    found = re.search(r"all cells in scope: (\d+) of (\d+)", page.locator("main").inner_text())
    assert found is not None
    return int(found[1]), int(found[2])


def draft_a_case_study(hands: Hands, project: str) -> None:
    page = hands.page
    page.goto(project)
    to_tab(hands, "Case study")
    hands.follow("Draft a case study")
    hands.choose("Narrative")
    hands.press("Fill it in from the project")
    for question in QUESTIONS:
        expect(page.get_by_role("textbox", name=question)).not_to_have_value("")
    check(page)
    hands.press("Send for review")
    expect(page.get_by_text("It is with the reviewer.")).to_be_visible()
    check(page)
