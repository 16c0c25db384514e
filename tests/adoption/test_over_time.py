"""Roll-ups over quarters: the page, its chart and its download."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tracker.adoption import rollups, services
from tracker.adoption.domain import NOT_APPLICABLE, Quarter, quarters_to
from tracker.adoption.rollups import By
from tracker.auth.models import User
from tracker.charts.shares import level_bar, share_line, share_spark
from tracker.db import unit_of_work
from tracker.programmes import overriding
from tracker.safe.dates import today
from tracker.testing import factories

from .conftest import USE

if TYPE_CHECKING:
    from tracker.testing.plugin import CountStatements

    from .conftest import Region

URL = "/programmes/preterm/adoption/over-time"


@pytest.fixture
def anyone(region: Region) -> User:
    return factories.person()


@pytest.fixture
def rated(region: Region) -> Region:
    now = Quarter.of(today())
    region.rate(region.alder, "cord", "used", now.before.start)
    region.rate(region.alder, "milk", NOT_APPLICABLE, now.before.start)
    region.rate(region.beech, "cord", "testing", now.before.start)
    region.rate(region.cedar, "cord", "used", now.start)
    return region


def test_all_is_counted_also_where_no_group_has_it(rated: Region) -> None:
    lonely = factories.organisation("Dogwood unit")
    with unit_of_work():
        services.include("preterm", [lonely], on=date(2023, 1, 1), by=rated.rater)
    quarters = quarters_to(Quarter.of(today()), 2)
    total, groups = rollups.over_quarters(USE, quarters, today(), By.PSC)
    assert [(one.counting, one.in_scope) for one in total] == [(1, 7), (2, 7)]
    assert {group.name: one[-1].in_scope for group, one in groups.items()} == {
        "North PSC": 3,
        "South PSC": 2,
    }


def test_by_element_each_pair_is_in_one_element(rated: Region) -> None:
    quarters = quarters_to(Quarter.of(today()), 2)
    total, groups = rollups.over_quarters(USE, quarters, today(), By.ELEMENT)
    shares = {group.name: one[-1].percent for group, one in groups.items()}
    assert shares == {"Cord management": 67, "Early milk": 0}
    assert (total[-1].counting, total[-1].in_scope) == (2, 5)
    assert total[-1].left_out == 1


def test_the_page_has_a_chart_and_the_same_numbers_in_a_table(
    rated: Region, log_in: Any, anyone: User
) -> None:
    text = " ".join(log_in(anyone).get(URL).text.split())
    assert "<strong>40% of element and unit pairs are at level 2 or above</strong>" in text
    assert "A&amp;S score a quarter:" in text
    assert "33%" in text
    assert f"psc={rated.north.id}" in text
    by_element = log_in(anyone).get(f"{URL}?by=element").text
    assert "Early milk" in by_element
    nothing = log_in(anyone).get(f"{URL}?by=icb").text
    assert "No unit in scope counts in any ICB" in nothing


def test_the_download_has_every_level(rated: Region, log_in: Any, anyone: User) -> None:
    text = log_in(anyone).get(f"{URL}.csv?by=psc").text
    rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))
    last = {row["psc"]: row for row in rows if row["quarter"] == str(Quarter.of(today()))}
    assert last["All units"]["counting"] == "2"
    assert (last["North PSC"]["percent"], last["North PSC"]["not_applicable"]) == ("33", "1")
    assert last["South PSC"]["used"] == "1"


def test_a_roll_up_names_who_counts_by_values_of_their_own(
    rated: Region, log_in: Any, anyone: User
) -> None:
    client = log_in(anyone)
    for page in (URL, "/programmes/preterm/adoption"):
        assert "values of their own" not in client.get(page).text
    with unit_of_work():
        overriding.set_value(
            rated.south, USE, "title", "Uptake", on=date(2024, 1, 1), reason="Ours", by=None
        )
    for page in (URL, "/programmes/preterm/adoption"):
        text = " ".join(client.get(page).text.split())
        assert "<strong>South PSC</strong>, Stage of adoption: Name: Uptake (national: " in text


def test_the_roll_up_asks_the_same_at_any_size(
    rated: Region, log_in: Any, anyone: User, count_statements: CountStatements
) -> None:
    client = log_in(anyone)

    def ask() -> int:
        with count_statements() as asked:
            assert client.get(URL).status_code == 200
        return len(asked)

    ask()  # the first request of a process compares plugins with their copies
    few = ask()
    more = [factories.organisation(psc=factories.psc()) for _ in range(4)]
    with unit_of_work():
        services.include("preterm", more, on=date(2023, 1, 1), by=rated.rater)
    assert ask() == few


def test_a_line_has_a_gap_where_nothing_was_in_scope() -> None:
    drawing = share_line([("Q1", 50), ("Q2", None), ("Q3", 60)], 100, "Share <a quarter>", ids="x")
    assert "Ambition 100%" in drawing.large
    assert "Share &lt;a quarter&gt;" in drawing.small
    assert drawing.large.count("M") > 2
    assert "None" not in drawing.large


def test_a_bar_is_as_long_as_its_counts() -> None:
    bar = level_bar([(0, 1), (7, 3), (None, 0)])
    assert 'width="60"' in bar
    assert 'width="180"' in bar
    assert bar.count("<rect") == 2
    assert level_bar([(0, 0)]).count("<rect") == 0
    assert share_spark([None, None], 0).count("<circle") == 0
