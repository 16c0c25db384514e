"""How a project begins in a walk: its charter, aim, people, drivers, measures and baseline."""

from __future__ import annotations

import re
from collections.abc import Sequence

from playwright.sync_api import expect

from tracker.safe.dates import MONTHS

from .hands import Hands, check

UNIT = "Demo Elder unit"
TITLE = "Cord clamping at our unit"
OUTLINE = """Team readiness
    Everyone knows the policy
        - Deferred-clamping policy
        - Simulation drills
Equipment at the bedside
    Care can start with the cord intact
        - LifeStart trolley
Parents know what to expect
    Antenatal conversation
        - Antenatal leaflet
Data capture
    Every birth is recorded
        - Clamp time on the birth record
Not placed yet:
    - Flag preterm sections on the theatre list"""
TEAM = (
    ("Executive sponsor", "Ruth Bell"),
    ("Neonatal lead", "Priya Nair"),
    ("Maternity lead", "Maya Fox"),
    ("Data specialist", "Owen Clarke"),
    ("Patient Safety Partner", "Dana Price"),
)
STAKEHOLDERS = (
    ("Obstetricians", "High", "High", "Let it happen", "Make it happen", "Show the baseline"),
    ("Midwives", "High", "High", "Help it happen", "Make it happen", "Drill on every shift"),
    ("Theatre team", "High", "Low", "Neutral", "Help it happen", "Walk theatre 2"),
    ("Neonatal nurses", "High", "High", "Make it happen", "Make it happen", "Keep counting"),
    ("Anaesthetists", "Low", "Low", "Neutral", "Let it happen", "Five minutes at their meeting"),
    ("Parents' voice group", "Low", "High", "Help it happen", "Make it happen", "Read the leaflet"),
    ("Finance", "High", "Low", "Neutral", "Let it happen", "Business case for the trolley"),
)
TROLLEY = "Births with the trolley at the bedside"
CLAMPED = "Babies with the cord clamped at or after 60 seconds"


def to_tab(hands: Hands, name: str) -> None:
    hands.follow(name, within=hands.page.get_by_role("navigation", name="Project"))


def start(hands: Hands) -> str:
    page = hands.page
    hands.follow("Start a project")
    hands.follow(UNIT)
    hands.type("Project title", TITLE)
    hands.pick("National programme", "Maternity and neonatal")
    hands.type("What is the problem?", "One baby in four has the cord clamped before 60 seconds.")
    hands.press("Start the project")
    expect(page.get_by_role("region", name="Next step")).to_contain_text("Write the aim")
    check(page)
    return page.url


def write_the_charter(hands: Hands, project: str) -> None:
    """Who is missing from the team is listed; then most of them join."""
    page = hands.page
    to_tab(hands, "Charter")
    team = page.get_by_role("region", name=re.compile("^Team"))
    expect(team).to_contain_text("Executive sponsor")
    check(page)
    hands.follow("Change the charter")
    hands.type("Why here, and why now?", "Parents asked why it differs from night to night.")
    hands.type("What is in scope?", "Babies born before 34 weeks, alone.")
    hands.press("Save the charter")
    check(page)
    for part, name in TEAM:
        page.goto(f"{project}/people/new")
        hands.type("Name", name)
        hands.pick("Part on the team", part)
        hands.press("Add to the team")
    page.goto(f"{project}/charter")
    expect(team).not_to_contain_text("Executive sponsor Vacant")
    check(page)


def map_stakeholders(hands: Hands, project: str) -> None:
    """Grid and table say the same of each: where they stand, are needed, and what is next."""
    page = hands.page
    page.goto(f"{project}/stakeholders")
    check(page)
    for name, influence, interest, now, needed, action in STAKEHOLDERS:
        hands.follow("Add a stakeholder")
        hands.type("Name", name)
        hands.choose("A group")
        for group, level in (("influence", influence), ("interest", interest)):
            hands.choose(level, within=page.get_by_role("group", name=re.compile(group)))
        if name.startswith("Parents"):
            hands.go_to(page.get_by_role("checkbox", name=re.compile("lived"))).press("Space")
        hands.pick("Where do they stand now?", now)
        hands.pick("Where does the project need them?", needed)
        hands.type("Next action", action)
        hands.press("Add to the map")
    stands = page.get_by_role("region", name="Where they stand, widest gap first")
    for name, *_, action in STAKEHOLDERS:
        expect(page.get_by_role("link", name=name, exact=True)).to_have_count(2)
        expect(stands.get_by_role("row").filter(has_text=name)).to_contain_text(action)
    check(page)


def write_the_aim(hands: Hands, project: str) -> None:
    """First as many write one: an intention for the next twelve months."""
    page = hands.page
    hands.follow("Write the aim")
    hands.choose("Increase")
    hands.type("What will change?", "babies with the cord clamped at or after 60 seconds")
    hands.type("For whom?", "babies born before 34 weeks")
    hands.type("Where?", "our unit")
    hands.type_day("By when?", 31, 3, 2023)
    hands.press("Save the aim")
    expect(page.get_by_role("alert")).to_contain_text("It has no baseline and no target")
    hands.follow("Complete the aim")
    hands.type("Baseline: where are you now?", "75")
    hands.type("Target: where do you want to be?", "95")
    hands.type_day("By when?", 30, 6, 2022)
    hands.press("Save the aim")
    expect(page.get_by_text("from 75% to 95% by 30 June 2022")).to_be_visible()
    check(page)


def draw_the_drivers(hands: Hands, project: str) -> None:
    """The programme's template first, then the team's own words in its place."""
    page = hands.page
    to_tab(hands, "Aim and drivers")
    check(page)
    hands.follow("Copy from the programme or another project")
    hands.follow("Use Every element for every preterm baby")
    hands.type("Drivers and ideas", OUTLINE)
    hands.press("Check what changes")
    check(page)
    hands.press("Save these changes")
    expect(page.get_by_text("1 idea has no driver")).to_be_visible()
    check(page)


def take_measures(hands: Hands, project: str) -> str:
    """An outcome and a process of the team's own, and a balancing one of the programme's."""
    page = hands.page
    to_tab(hands, "Measures")
    hands.follow("Add a measure")
    expect(page.locator("main")).not_to_contain_text("{")
    check(page)
    write_a_measure(hands, CLAMPED, "Outcome", "Babies clamped at or after 60 seconds")
    clamped = page.url
    page.goto(f"{project}/measures/choose")
    write_a_measure(hands, TROLLEY, "Process", "Births with the trolley at the bedside")
    page.goto(f"{project}/measures/choose")
    hands.choose("Normal temperature on admission")
    hands.press("Take this measure")
    return clamped.removesuffix("/enter")


def write_a_measure(hands: Hands, title: str, kind: str, counted: str) -> None:
    """Numerator, denominator and who is left out are asked for."""
    page = hands.page
    hands.follow("Write your own instead")
    hands.type("Name of the measure", title)
    hands.choose(kind)
    hands.choose("A percentage")
    hands.press("Add the measure")
    expect(page.locator(".nhsuk-error-summary")).to_contain_text("Say what is counted")
    check(page)
    hands.type("What is counted?", counted)
    hands.type("Out of what?", "Babies born before 34 weeks")
    hands.type("Who or what is left out?", "Babies who need help at once.")
    hands.choose("Higher")
    hands.pick("Chart", "Run chart")
    hands.press("Add the measure")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Enter figures")


def paste_figures(
    hands: Hands, measure: str, first: int, counts: Sequence[tuple[int, int]]
) -> None:
    """Cells from a spreadsheet: month, counted, out of."""
    page = hands.page
    page.goto(f"{measure}/import")
    cells = [
        f"{MONTHS[first + at - 1]} 2022\t{over}\t{under}" for at, (over, under) in enumerate(counts)
    ]
    hands.go_to(page.get_by_role("textbox", name="Copy the cells, then paste them here"))
    page.keyboard.insert_text("\n".join(["Month\tCounted\tOut of", *cells]))
    hands.press("Check before saving")
    check(page)
    hands.press(f"Save {len(counts)} row{'' if len(counts) == 1 else 's'}")


def hold_the_baseline(hands: Hands, measure: str) -> None:
    page = hands.page
    page.goto(f"{measure}/baselines")
    hands.type("Name", "Before the trolley")
    hands.type_day("First day", 1, 1, 2022)
    hands.type_day("Last day", 31, 3, 2022)
    hands.go_to(page.get_by_role("checkbox", name="Hold the chart's lines")).press("Space")
    check(page)
    hands.press("Save the baseline")
    expect(page.get_by_text("3 points make a thin baseline; 12 make a fair one")).to_be_visible()
    expect(page.locator("main")).to_contain_text("The median is 75%")
    check(page)
