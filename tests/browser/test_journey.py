"""A team's improvement work end to end, on real figures, by keyboard alone."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import tracker.demo
from tracker import spc
from tracker.demo.people import COACH, LEAD, PASSWORD
from tracker.spc.values import Chart, Direction, Plan, Series, Variation
from tracker.testing.browser import NARROW, WIDE, Tabs

from .hands import Hands, check

pytestmark = pytest.mark.browser

CSV = Path(tracker.demo.__file__).parent / "data" / "opioid_prescribing_three_ccgs.csv"
AREA, MEASURE = "01G", "opioidome"
TITLE = "Fewer opioids in our practices"
OPIOIDOME = "Total opioid, oral morphine equivalent per 1,000 registered"
TEST = "Pain review with the pharmacist, one practice"
IN_WORDS = "Eight of ten people come to their review"
NEXT = "Send a text the day before."
SAID = "What would a second practice need to do the same?"
MOST_ENTRIES, MOST_PAGES = 25, 4


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_team_does_its_improvement_work_by_keyboard(tabs: Tabs, width: int) -> None:
    page = tabs(width=width)
    hands = Hands(page)
    sign_in(hands)
    project = start_a_project(hands)
    write_the_aim(hands)
    take_a_measure(hands)
    measure = bring_in_figures(hands)
    read_the_chart(page, measure)
    hands.start_counting()
    cycle = log_a_cycle(hands, project)
    assert hands.entries <= MOST_ENTRIES, f"a first cycle takes {hands.entries} entries"
    assert len(hands.pages) <= MOST_PAGES, f"a first cycle takes {sorted(hands.pages)}"
    plan_the_next_cycle(hands)
    add_the_coach(hands, project)
    coach_reads_and_comments(Hands(tabs(width=width)), cycle)
    read_what_the_coach_wrote(hands)


def sign_in(hands: Hands) -> None:
    page = hands.page
    page.goto("/")
    check(page)
    hands.sign_in(LEAD.email, "not the password")
    expect(page).to_have_title("Error: Sign in - QI Tracker")
    check(page)
    hands.sign_in(LEAD.email, PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_contain_text("My work")
    check(page)


def start_a_project(hands: Hands) -> str:
    page = hands.page
    hands.follow("Start a project")
    check(page)
    hands.press("Start the project")
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    expect(page.get_by_role("link", name="Enter a title")).to_be_visible()
    check(page)
    hands.type("Project title", TITLE)
    hands.pick("National programme", "Opioids")
    hands.type("What is the problem?", "People stay on opioids for years without a review.")
    hands.press("Start the project")
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE)
    expect(page.get_by_role("alert")).to_contain_text("Project started")
    expect(page.get_by_text("Demo Alder Place")).to_be_visible()
    check(page)
    return page.url


def write_the_aim(hands: Hands) -> None:
    """First as many write one, then with what is missing."""
    page = hands.page
    hands.follow("Write the aim")
    check(page)
    hands.choose("Reduce")
    hands.type("What will change?", "opioids prescribed")
    hands.type("For whom?", "everyone registered with our practices")
    hands.type("Where?", "Demo Alder Place")
    hands.type_day("By when?", 31, 13, 2027)
    hands.press("Save the aim")
    expect(page.locator(".nhsuk-error-summary")).to_contain_text("must be a real date")
    check(page)
    hands.type_day("By when?", 31, 3, 2027)
    hands.press("Save the aim")
    expect(page.get_by_role("alert")).to_contain_text("It has no baseline and no target")
    expect(page.get_by_text("Not yet complete:")).to_be_visible()
    check(page)
    hands.follow("Complete the aim")
    hands.type("Unit of the numbers", "mg per 1,000")
    hands.type("Baseline: where are you now?", "46110")
    hands.type("Target: where do you want to be?", "38000")
    hands.press("Save the aim")
    expect(page.get_by_text("from 46,110 mg per 1,000 to 38,000")).to_be_visible()
    expect(page.get_by_text("Not yet complete:")).to_have_count(0)
    check(page)


def take_a_measure(hands: Hands) -> None:
    page = hands.page
    hands.follow("Measures", within=page.get_by_role("navigation", name="Project"))
    check(page)
    hands.follow("Add a measure")
    check(page)
    hands.press("Take this measure")
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    check(page)
    hands.choose(OPIOIDOME)
    hands.press("Take this measure")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Enter figures")
    check(page)


def bring_in_figures(hands: Hands) -> str:
    """A file of three areas and three measures: only ours is kept, and twice changes nothing."""
    page = hands.page
    rows = len(the_rows())
    left_out = len(CSV.read_text(encoding="utf-8").splitlines()) - 1 - rows
    assert (rows, left_out) == (60, 483)
    hands.follow("Paste or choose a file")
    check(page)
    hands.press("Check before saving")
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    check(page)
    hands.bring_file("Or choose a file", CSV)
    hands.press("Check before saving")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check the figures")
    check(page)
    hands.press("Check again")
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    check(page)
    hands.pick("Only rows where org_code is", AREA)
    hands.pick("Only rows where measure_id is", f"{MEASURE} (")
    hands.press("Check again")
    counted = f"{rows} new, {left_out} left out by your choice of rows"
    expect(page.get_by_text(counted)).to_be_visible()
    check(page)
    hands.press(f"Save {rows} rows")
    expect(page.get_by_role("alert")).to_contain_text(f"Figures saved: {rows}")
    measure = page.url

    hands.follow("Add data")
    hands.follow("Paste or choose a file")
    hands.bring_file("Or choose a file", CSV)
    hands.press("Check before saving")
    hands.pick("Only rows where org_code is", AREA)
    hands.pick("Only rows where measure_id is", f"{MEASURE} (")
    hands.press("Check again")
    expect(page.get_by_text("All of it is held already.")).to_be_visible()
    expect(page.get_by_text(f"{rows} already held")).to_be_visible()
    expect(page.get_by_role("button", name="Save", exact=False)).to_have_count(0)
    check(page)
    hands.follow("Back to the measure")
    assert page.url == measure
    return measure


def the_rows() -> list[dict[str, str]]:
    with CSV.open(encoding="utf-8") as file:
        found = csv.DictReader(file)
        return [r for r in found if (r["org_code"], r["measure_id"]) == (AREA, MEASURE)]


def the_chart() -> Chart:
    rows = the_rows()
    return spc.analyse(
        Series(
            x=tuple(date.fromisoformat(r["month"]) for r in rows),
            y=tuple(float(r["numerator"]) / float(r["denominator"]) for r in rows),
        ),
        Plan(chart="xmr", direction=Direction.DECREASE),
    )


READINGS = {
    Variation.COMMON_CAUSE: "Expected",
    Variation.IMPROVEMENT: "Improvement",
    Variation.CONCERN: "Concern",
}


def read_the_chart(page: Page, measure: str) -> None:
    """The table, the drawing and the sentence say what the analysis says."""
    page.goto(f"{measure}?figures=all")
    check(page)
    chart = the_chart()
    expect(page.get_by_role("heading", level=1)).to_contain_text(OPIOIDOME)
    # Played aloud, the drawing is its finding; on paper and in forced colours it is its text.
    drawing = page.locator("svg.qi-spc:visible")
    expect(drawing).to_have_count(1)
    expect(drawing).to_have_attribute("role", "img")
    mean = f"{chart.parts[0].centre:,.0f}"
    expect(drawing.locator("title").first).to_contain_text(f"The mean is {mean} mg per 1,000")
    expect(page.get_by_role("paragraph").filter(has_text=f"The mean is {mean}")).to_be_visible()
    table = page.get_by_role("table", name=re.compile("every period with its reading"))
    printed = {
        row.get_by_role("rowheader").inner_text(): row.locator("td").all_text_contents()
        for row in table.get_by_role("row").all()[1:]
    }
    for point in chart.points:
        assert isinstance(point.x, date)
        assert point.y is not None
        assert point.lcl is not None
        assert point.ucl is not None
        _, _, value, expected, reading, _ = printed[f"{point.x:%B %Y}"]
        assert float(value.replace(",", "")) == pytest.approx(point.y, abs=0.0501)
        low, high = (float(each.replace(",", "")) for each in expected.split(" to "))
        assert (low, high) == pytest.approx((point.lcl, point.ucl), abs=0.0501)
        assert reading.startswith(READINGS[point.reading])


def log_a_cycle(hands: Hands, project: str) -> str:
    page = hands.page
    page.goto(project)
    hands.follow("Plan a first cycle", within=page.get_by_role("region", name="Next step"))
    check(page)
    hands.press("Save the plan")
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    check(page)
    hands.type("Name of the test", TEST)
    hands.type("What do we want to learn?", "Do people come, and is half an hour enough?")
    hands.type("Change idea", "Pain review with the pharmacist", role="combobox")
    hands.type("How small can we start?", "One practice, ten people")
    first, second = (page.get_by_role("group", name=f"Prediction {n}") for n in (1, 2))
    hands.type("We predict that", IN_WORDS, within=first)
    hands.pick("Measure", OPIOIDOME, within=second)
    hands.type("Value we predict", "40000", within=second)
    hands.type("For which month or week?", "November 2019", within=second)
    hands.press("Save the plan")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Cycle 1: {TEST}")
    check(page)
    cycle = page.url

    hands.follow("Write what happened")
    check(page)
    hands.press("Save")
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    check(page)
    hands.choose("Partly")
    hands.type("What did you see?", "Six of ten came. Half an hour was enough for five.")
    hands.type("Problems and surprises", "Two had lost the letter.")
    hands.press("Save")
    check(page)

    hands.follow("Study this cycle")
    expect(page.get_by_text("Observed 38,568.8").first).to_be_attached()
    check(page)
    hands.press("Save and decide")
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    check(page)
    in_words = page.get_by_role("group", name=IN_WORDS)
    hands.type("What happened?", "Six of ten came.", within=in_words)
    hands.choose("No", within=in_words)
    hands.type("What did you learn?", "A letter a month before is forgotten.")
    hands.press("Save and decide")

    expect(page.get_by_role("heading", level=1)).to_have_text("Act on cycle 1")
    check(page)
    hands.press("Save the decision")
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    check(page)
    hands.choose("Adapt")
    hands.type("What changes next?", NEXT)
    hands.press("Save the decision")
    return cycle


def plan_the_next_cycle(hands: Hands) -> None:
    page = hands.page
    expect(page.get_by_role("heading", level=1)).to_have_text("Plan the cycle after 1")
    expect(page.get_by_label("Name of the test")).to_have_value(TEST)
    expect(page.get_by_label("Our theory: why should it work?")).to_have_value(NEXT)
    expect(page.get_by_label("We predict that").first).to_have_value(IN_WORDS)
    check(page)
    hands.type("Name of the test", "Pain review after a text, one practice")
    hands.press("Save the plan")
    # What was predicted with a number asks for the new one; the old is not taken for granted.
    expect(page.locator(".nhsuk-error-summary")).to_contain_text("Enter the value you predict")
    check(page)
    second = page.get_by_role("group", name="Prediction 2")
    hands.type("Value we predict", "39000", within=second)
    hands.type("For which month or week?", "March 2027", within=second)
    hands.press("Save the plan")
    expect(page.get_by_role("link", name="cycle 1", exact=True)).to_be_visible()
    check(page)


def add_the_coach(hands: Hands, project: str) -> None:
    page = hands.page
    page.goto(project)
    check(page)
    hands.follow("People", within=page.get_by_role("navigation", name="Project"))
    check(page)
    hands.follow("Add a person")
    check(page)
    hands.type("Name", COACH.name)
    hands.pick("Part on the team", "Coach")
    hands.type("E-mail of their account", "nobody@demo.example")
    hands.choose("Coach")
    hands.press("Add to the team")
    expect(page.locator(".nhsuk-error-summary")).to_contain_text("There is no account")
    check(page)
    hands.type("E-mail of their account", COACH.email)
    hands.press("Add to the team")
    expect(page.get_by_role("alert")).to_contain_text(f"{COACH.name} is on the team")
    check(page)


def coach_reads_and_comments(hands: Hands, cycle: str) -> None:
    page = hands.page
    page.goto(cycle)
    hands.sign_in(COACH.email, PASSWORD)
    assert page.url == cycle
    study = page.get_by_role("table", name="Predictions and what was observed")
    expect(study).to_contain_text("Met by 1,431 mg per 1,000")
    expect(study).to_contain_text("Missed")
    expect(page.get_by_role("link", name="Change the plan")).to_have_count(0)
    check(page)
    hands.follow("Write a comment")
    check(page)
    hands.press("Add the comment")
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    check(page)
    hands.type("Your comment", SAID)
    hands.press("Add the comment")
    expect(page.locator("#comments")).to_contain_text(SAID)
    check(page)


def read_what_the_coach_wrote(hands: Hands) -> None:
    page = hands.page
    page.goto("/")
    wrote = page.get_by_role("region", name="What others wrote")
    expect(wrote).to_contain_text(SAID)
    check(page)
    hands.follow(f"Read and reply to {COACH.name}, {TITLE}", within=wrote)
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Cycle 1: {TEST}")
    expect(page.locator("#comments")).to_be_in_viewport()
