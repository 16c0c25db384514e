"""The pages of a programme: everything that it brings, each with where it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from tracker.auth.models import User
from tracker.db import unit_of_work
from tracker.plugin_api import (
    LONDON,
    CalculatorInput,
    NumberNeeded,
    ProgrammePlugin,
    Reported,
    Rounding,
)
from tracker.plugin_host import PluginHost, given
from tracker.plugin_host.in_app import EXTENSION
from tracker.programmes import services, wording
from tracker.programmes.calendar import calendar, folded
from tracker.testing import factories, samples
from tracker.testing.plugin import KeepApp

PARTS = ("measures", "levels", "change-package", "forms", "joining", "impact", "words", "sources")
DEATHS = replace(
    samples.FRACTURES,
    key="deaths",
    title="Deaths avoided",
    unit="deaths",
    formula=NumberNeeded(people="people", needed="needed"),
    inputs=(
        CalculatorInput(key="people", title="Fewer people", value=Decimal(30000)),
        CalculatorInput(
            key="needed", title="Number needed to harm", value=Decimal(62), at_least=Decimal(1)
        ),
    ),
    rounding=Rounding.NEAREST,
    overlap_group="opioids",
    period="A year",
    examples=(),
)
OVERLAPPING = replace(DEATHS, key="also_deaths", title="Deaths of some of the same")
OTHER_YEAR = replace(DEATHS, key="later", title="Deaths later", overlap_group="", period="Later")
APART = replace(DEATHS, key="apart", title="Deaths elsewhere", overlap_group="")
REPORTED = replace(
    samples.FRACTURES,
    key="printed",
    title="Lives saved as printed",
    formula=Reported(figure=Decimal(627), printed="about 627"),
    inputs=(),
    overlap_group="",
    examples=(),
)


def brought(plugin: ProgrammePlugin) -> PluginHost:
    return PluginHost(strict=True).load([given(plugin)])


@pytest.fixture
def falls(keep_app: KeepApp) -> Iterator[Flask]:
    """An app whose one plugin brings one of every kind, and some more calculators."""
    app = keep_app(bring_falls, plugins=())
    with app.app_context():
        yield app


def bring_falls(app: Flask) -> None:
    plugin = samples.falls_plugin()
    plugin._impact_calculators += (DEATHS, OVERLAPPING, OTHER_YEAR, APART, REPORTED)
    app.extensions[EXTENSION] = brought(plugin)


@pytest.fixture
def read(falls: Flask, log_in: Any) -> Any:
    """The text of an address under `/programmes/falls`, as anyone reads it, on one line."""
    client = log_in(factories.person(), on=falls.test_client())

    def read(part: str = "") -> str:
        response = client.get(f"/programmes/falls{part}")
        assert response.status_code == 200
        return " ".join(response.text.split())

    return read


def test_the_first_page_shows_what_is_aimed_for_and_what_there_is(read: Any) -> None:
    text = read()
    for shown in (
        "This programme closed on 1 April 2025",
        "62.5%, by 31 March 2025.",
        "Fewer falls in [ward] by [date]",
        "Frailty",
        "From 1 May 2024",
        'href="/programmes/falls/measures#measure-rate"',
        'href="/programmes/falls/measures#composite-all_given"',
        'href="/programmes/falls/levels#rubric-use"',
        'href="/programmes/falls/levels#pathway-roll_out"',
        "Workshop 1",
        "No organisation yet.",
    ):
        assert shown in text, shown


def test_what_is_there_is_never_said_to_come(read: Any) -> None:
    text = "".join(read(part) for part in ("", *(f"/{part}" for part in PARTS))).casefold()
    for word in ("coming soon", "later release", "worked out when", "{window}"):
        assert word not in text


@pytest.mark.parametrize(
    ("part", "shown"),
    [
        (
            "change-package",
            ("Fewer falls in {ward}", "Risk is known", "On arrival", "#idea-huddle"),
        ),
        ("change-package", ("For: Shoes.", "Tools: Board.", "Has worked:")),
        ("forms", ("Case study: Poster", "About 100 words.", "Self-assessment: Ready")),
        ("forms", ("A lead is named", "Yes (with evidence)", "Provisional")),
        ("joining", ("Closed at 9am BST on Monday 30 June 2025", "People, by name, at least 3")),
        ("joining", ("One of a list: Acute, Other", "Data may be used for teaching")),
        ("joining", ("Tuesday 15 July 2025, 10am to 1pm BST", "3 people from each team")),
        ("joining", ("Every criterion has to be met by 8 July 2025", "events.ics")),
        ("impact", ("484 deaths", "30,000 ÷ 62", "Fewer people ÷ Number needed to harm")),
        ("impact", ("about 627", "Reported by its source.", "Assumes that falls are alike.")),
        (
            "impact",
            (
                "made up to try the formula",
                "Not worked out until you give: before, after.",
                "Baseline",
                "Period",
            ),
        ),
        ("words", ("Physiotherapist", "Medium", "Slippers", "National score 2")),
        ("sources", ("How many wards", "says: 29", "says: 28", "Computed from rows")),
        ("sources", ("A report", "(a document that was read, 31 January 2024).")),
    ],
)
def test_the_other_pages_show_the_rest(read: Any, part: str, shown: tuple[str, ...]) -> None:
    text = read(f"/{part}")
    for one in shown:
        assert one in text, one


def test_nothing_that_a_programme_brings_is_left_out(read: Any) -> None:
    text = "".join(read(part) for part in ("", *(f"/{part}" for part in PARTS)))
    for one in samples.ALL[1:]:
        assert getattr(one, "title") in text, one.ident  # noqa: B009


def test_every_source_that_is_named_leads_to_where_it_is_explained(read: Any) -> None:
    there = set(re.findall(r'id="(source-[^"]+)"', read("/sources")))
    leads = {
        lead
        for part in ("", *(f"/{part}" for part in PARTS))
        for lead in re.findall(r'href="[^"#]*#(source-[^"]+)"', read(part))
    }
    assert leads
    assert leads <= there


@pytest.mark.parametrize("part", ["", *(f"/{part}" for part in PARTS)])
def test_no_page_names_a_place_twice(read: Any, part: str) -> None:
    ids = re.findall(r' id="([^"]+)"', read(part))
    assert len(ids) == len(set(ids))


def test_a_page_with_nothing_on_it_is_not_there(log_in: Any, app: Flask) -> None:
    client = log_in(factories.person())
    text = client.get("/programmes/opioids").text
    for part in PARTS:
        status = client.get(f"/programmes/opioids/{part}").status_code
        assert status == (200 if f'href="/programmes/opioids/{part}"' in text else 404)
    assert client.get("/programmes/opioids/nothing").status_code == 404
    assert client.get("/programmes/nowhere/sources").status_code == 404
    assert client.get("/programmes/generic/events.ics").status_code == 404


@pytest.mark.parametrize("part", ["", *(f"/{part}" for part in PARTS)])
def test_each_page_is_few_statements(
    falls: Flask, log_in: Any, count_statements: Any, part: str
) -> None:
    client = log_in(factories.person(), on=falls.test_client())
    client.get(f"/programmes/falls{part}")
    with count_statements() as statements:
        client.get(f"/programmes/falls{part}")
    assert len(statements) <= 9


# --- who uses it ---------------------------------------------------------------------------------


def test_projects_are_counted_for_those_who_may_read_them(log_in: Any, app: Flask) -> None:
    trust = factories.organisation("Rowan Trust")
    lead = factories.person()
    for _ in range(2):
        factories.project(by=lead, organisation=trust, programme="opioids")
    page = " ".join(log_in(lead).get("/programmes/opioids").text.split())
    assert re.search(r'Rowan Trust</th><td role="cell" class="n" data-label="Projects">2<', page)
    assert "Rowan Trust" not in log_in(factories.person()).get("/programmes/opioids").text


# --- impact --------------------------------------------------------------------------------------


def test_own_figures_are_worked_out_and_shown_with_their_basis(read: Any) -> None:
    text = read("/impact?deaths.people=25693")
    assert "414 deaths" in text
    assert "With your figures: 25,693 ÷ 62" in text
    assert 'value="25693"' in text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("deaths.needed=0", "Enter 1 or more"),
        ("deaths.people=many", "Error:"),
        ("deaths.people=%20", "484 deaths"),
    ],
)
def test_a_figure_that_cannot_be_says_so_beside_itself(read: Any, typed: str, said: str) -> None:
    text = read(f"/impact?{typed}")
    assert said in text


@pytest.mark.parametrize(
    ("second", "said"),
    [
        ("also_deaths", "Not added:</strong> They count some of the same people."),
        ("later", "Not added:</strong> They are of different periods."),
        ("printed", "Not added:</strong> A reported figure"),
        ("deaths", "Not added:</strong> They are the same figure."),
        ("fractures", "Not added:</strong> One is in deaths, the other in fractures."),
        ("apart", "<strong>968 deaths</strong>: 484 (Deaths avoided) + 484 (Deaths elsewhere)"),
    ],
)
def test_figures_are_added_only_where_they_may_be(read: Any, second: str, said: str) -> None:
    assert said in read(f"/impact?first=deaths&second={second}")


# --- events --------------------------------------------------------------------------------------


def test_events_come_as_a_calendar_file(falls: Flask, log_in: Any) -> None:
    client = log_in(factories.person(), on=falls.test_client())
    response = client.get("/programmes/falls/events.ics")
    assert response.content_type == "text/calendar; charset=utf-8"
    assert "preventing-falls.ics" in response.headers["Content-Disposition"]
    assert "DTSTART:20250715T090000Z\r\nDTEND:20250715T120000Z\r\n" in response.text


def test_a_calendar_file_escapes_folds_and_leaves_out_what_has_no_day() -> None:
    long = replace(
        samples.WORKSHOP, title="Ünë; " + "é" * 60, starts=None, ends=None, day=date(2025, 3, 31)
    )
    none = replace(samples.WORKSHOP, key="some_day", starts=None, ends=None, printed="July")
    at = datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)
    text = calendar("A, b", [long, none], host="example.org", at=at)
    assert text.count("BEGIN:VEVENT") == 1
    assert "X-WR-CALNAME:A\\, b\r\n" in text
    assert "DTSTART;VALUE=DATE:20250331\r\nDTEND;VALUE=DATE:20250401\r\n" in text
    assert "UID:falls.workshop_1@example.org\r\n" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "SUMMARY:Ünë\\; " + "é" * 60 in text.replace("\r\n ", "")


def test_a_short_line_is_not_folded() -> None:
    assert list(folded("BEGIN:VEVENT")) == ["BEGIN:VEVENT"]


def test_winter_time_is_said_to_be_gmt() -> None:
    moved = replace(
        samples.WORKSHOP,
        starts=datetime(2025, 12, 1, 12, tzinfo=LONDON),
        ends=datetime(2025, 12, 1, 13, 30, tzinfo=LONDON),
    )
    assert wording.takes_place(moved) == "Monday 1 December 2025, midday to 1:30pm GMT"


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (datetime(2025, 5, 1, tzinfo=UTC), "Opens at 12am BST on Wednesday 28 May 2025, closes at"),
        (datetime(2025, 6, 30, 7, 59, tzinfo=UTC), "Open until 9am BST on Monday 30 June 2025"),
        (datetime(2025, 6, 30, 8, 0, tzinfo=UTC), "Closed at 9am BST on Monday 30 June 2025"),
    ],
)
def test_a_call_is_open_until_the_minute_it_closes(now: datetime, said: str) -> None:
    assert wording.opening(samples.COHORT, now).startswith(said)


# --- what is retired -----------------------------------------------------------------------------


def test_what_the_plugin_no_longer_brings_is_retired_nationally(
    falls: Flask, read: Any, lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Retired nationally" not in read()
    with unit_of_work():
        services.adopt(samples.RATE, by=lead)
    less = samples.falls_plugin()
    less._measures = (samples.ASSESSED,)
    less._composites, less._impact_calculators = (), ()
    monkeypatch.setitem(falls.extensions, EXTENSION, brought(less))
    text = read()
    assert "Retired nationally" in text
    assert 'Falls <code class="qi-code">falls/rate@1</code>' in text


@pytest.fixture
def lead(falls: Flask) -> User:
    return factories.person()
