"""The grid of periods: several rows at once, faults beside the field, nothing lost."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from tracker.auth.models import User
from tracker.db import unit_of_work
from tracker.measures import queries, services
from tracker.measures.models import Measure, PointKind
from tracker.plugin_api import Cadence, Direction
from tracker.projects.models import Project
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.plugin import Clock, LogIn

TODAY = date(2025, 7, 15)


@pytest.fixture
def lead(app: object, stop_clock: Clock) -> User:
    stop_clock(TODAY)
    return factories.person()


@pytest.fixture
def project(lead: User) -> Project:
    return factories.project(by=lead)


@pytest.fixture
def share(project: Project) -> Measure:
    return factories.measure(
        project,
        unit="%",
        denominator="Babies born before 34 weeks",
        multiplier=Decimal(100),
        better=Direction.UP,
    )


@pytest.fixture
def page(lead: User, log_in: LogIn) -> TrackerClient:
    return log_in(lead)


def at(measure: Measure, **query: str) -> str:
    asked = "&".join(f"{k}={v}" for k, v in query.items())
    return f"/projects/{measure.project_id}/measures/{measure.id}/enter?{asked}".rstrip("?")


def periods(html: str) -> list[str]:
    return re.findall(r'name="rows-\d+-period" value="([^"]+)"', html)


def version_of(html: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', html)
    assert found, html
    return found[1]


def fill(html: str, **rows: dict[str, str]) -> dict[str, str]:
    """The form as the page has it, with cells typed: `fill(html, **{"2025-06-01": {...}})`."""
    data = {"version": version_of(html)}
    for number, period in enumerate(periods(html)):
        data[f"rows-{number}-period"] = period
        for name, text in rows.get(period, {}).items():
            data[f"rows-{number}-{name}"] = text
    return data


def typed(html: str) -> dict[str, str]:
    """Every cell that holds something, as the browser would send it back."""
    cells = dict(re.findall(r'name="(rows-\d+-\w+)" type="text" value="([^"]*)"', html))
    for name, options in re.findall(r'name="(rows-\d+-kind)"[^>]*>(.*?)</select>', html, re.S):
        chosen = re.search(r'value="(\w+)" selected', options)
        cells[name] = chosen[1] if chosen else ""
    return cells


def test_a_first_grid_goes_back_a_year(page: TrackerClient, share: Measure) -> None:
    html = page.get(at(share)).text
    assert periods(html)[0] == "2024-08-01"
    assert periods(html)[-1] == "2025-07-01"
    assert len(periods(html)) == 12
    earlier = page.get(at(share, **{"from": "2023-08-01"})).text
    assert periods(earlier)[0] == "2023-08-01"
    assert "Later" in earlier


def test_several_rows_are_saved_at_once(page: TrackerClient, share: Measure) -> None:
    html = page.get(at(share)).text
    data = fill(
        html,
        **{
            "2025-04-01": {"numerator": "9", "denominator": "12", "note": "First month"},
            "2025-05-01": {"kind": "suppressed"},
            "2025-06-01": {"numerator": "0", "denominator": "0"},
            "2025-07-01": {"numerator": "1,001", "denominator": "1,002"},
        },
    )
    answer = page.post(at(share), data=data)
    assert answer.status_code == 303, answer.text
    found = queries.points(share)
    assert [(f.period.month, f.kind, f.is_partial) for f in found] == [
        (4, PointKind.VALUE, False),
        (5, PointKind.SUPPRESSED, False),
        (6, PointKind.NO_ELIGIBLE_CASES, False),
        (7, PointKind.VALUE, True),
    ]
    assert found[0].value == 75
    assert found[0].note == "First month"
    assert found[3].numerator == 1001
    assert share.data_version == 1


def test_a_grid_sent_back_as_it_is_changes_nothing(
    page: TrackerClient, share: Measure, lead: User
) -> None:
    rows = [
        services.Row(date(2025, 4, 1), numerator=Decimal(9), denominator=Decimal(12), note="a"),
        services.Row(date(2025, 5, 1), kind=PointKind.NOT_REPORTED),
        services.Row(date(2025, 6, 1), kind=PointKind.NO_ELIGIBLE_CASES, denominator=Decimal(0)),
    ]
    with unit_of_work():
        services.add_points(share, rows, by=lead, source="test")
    html = page.get(at(share)).text
    assert periods(html) == ["2025-04-01", "2025-05-01", "2025-06-01", "2025-07-01"]
    answer = page.post(at(share), data=fill(html) | typed(html))
    assert answer.status_code == 303, answer.text
    assert "Nothing changed" in page.get(answer.location).text
    assert share.data_version == 1


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"numerator": "12", "denominator": "11"}, "12 is more than 11"),
        ({"numerator": "12"}, "Enter this number too"),
        ({"numerator": "-1", "denominator": "11"}, "-1 is below zero"),
        ({"numerator": "2", "denominator": "0"}, "2 out of none cannot be"),
        ({"numerator": "twelve", "denominator": "11"}, "“twelve” is not a number"),
        ({"numerator": "nan", "denominator": "inf"}, "“nan” is not a number"),
        ({"numerator": "1", "denominator": "2", "kind": "suppressed"}, "Empty the number boxes"),
        ({"note": "A note alone"}, "Enter the number the note is about"),
        ({"numerator": "1", "denominator": "2", "note": "943 476 5919"}, "NHS number"),
        ({"kind": "remove"}, "Choose one of the options"),
    ],
)
def test_a_refused_row_says_why_beside_its_cell_and_loses_nothing(
    page: TrackerClient, share: Measure, cells: dict[str, str], fault: str
) -> None:
    html = page.get(at(share)).text
    good = {"numerator": "7", "denominator": "8"}
    data = fill(html, **{"2025-05-01": good, "2025-06-01": cells})
    answer = page.post(at(share), data=data)
    assert answer.status_code == 422
    assert fault in answer.text
    assert "<title>Error:" in answer.text
    assert 'class="qi-err" id="rows-' in answer.text
    assert queries.points(share) == [], "all rows or none"
    again = page.get(at(share)).text
    kept = {**good, **cells}
    kept.pop("kind", "")
    for text in (*good.values(), *kept.values()):
        assert f'value="{text}"' in answer.text
        # A draft masks what looks like an NHS number: nobody has said that it is none.
        said = text.replace("943 476 5919", "943 ••• ••••")
        assert f'value="{said}"' in again, "the draft holds every cell"


def test_a_held_figure_emptied_is_asked_about_and_can_be_removed(
    page: TrackerClient, share: Measure
) -> None:
    factories.points(share, [(9, 12), (10, 12)], first=date(2025, 5, 1))
    html = page.get(at(share)).text
    assert page.post(at(share), data=fill(html)).status_code == 422
    data = fill(
        html,
        **{
            "2025-05-01": {"numerator": "9", "denominator": "12"},
            "2025-06-01": {"kind": "remove"},
        },
    )
    assert page.post(at(share), data=data).status_code == 303
    assert [f.period for f in queries.points(share)] == [date(2025, 5, 1)]


def test_two_people_saving_see_both_texts(page: TrackerClient, share: Measure, lead: User) -> None:
    html = page.get(at(share)).text
    theirs = services.Row(date(2025, 6, 1), numerator=Decimal(5), denominator=Decimal(12))
    with unit_of_work():
        services.add_points(share, [theirs], by=lead, source="test")
    mine = fill(html, **{"2025-06-01": {"numerator": "6", "denominator": "12"}})
    answer = page.post(at(share), data=mine)
    assert answer.status_code == 409
    assert "You saved this in another window first" in answer.text
    row = answer.text.split("June 2025: number counted")[1][:120]
    assert ">5<" in row
    assert ">6<" in row
    assert queries.points(share)[0].numerator == 5
    mine["version"] = version_of(answer.text)
    assert page.post(at(share), data=mine).status_code == 303
    assert queries.points(share)[0].numerator == 6


def test_events_have_a_date_of_their_own(page: TrackerClient, project: Project, lead: User) -> None:
    measure = factories.measure(project, cadence=Cadence.PER_EVENT, unit="days")
    html = page.get(at(measure)).text
    data = {"version": version_of(html), "rows-0-period": "", "rows-0-when": "3 July 2025"}
    assert page.post(at(measure), data=data).status_code == 422
    data["rows-0-value"] = "-2.5"
    data |= {"rows-1-period": "", "rows-1-when": "July 2025", "rows-1-value": "4"}
    refused = page.post(at(measure), data=data)
    assert "Write the date, such as 13/04/2026" in refused.text
    data["rows-1-when"] = "16/07/2025"
    assert "still to come" in page.post(at(measure), data=data).text
    data["rows-1-when"] = "03/07/2025"
    assert "in another row already" in page.post(at(measure), data=data).text
    data["rows-1-when"] = "4/7/2025"
    answer = page.post(at(measure), data=data)
    assert answer.status_code == 303, answer.text
    assert [(f.period.day, f.value) for f in queries.points(measure)] == [
        (3, Decimal("-2.5")),
        (4, Decimal(4)),
    ]
