"""The matrix and the roll-ups, from rows, with as few statements at any size."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tracker.adoption import queries, rollups, services
from tracker.adoption.domain import NOT_APPLICABLE, Pair, Quarter, Side, quarters_to
from tracker.db import unit_of_work
from tracker.organisations.domain import OrganisationKind
from tracker.testing import factories

from .conftest import ELEMENTS, USE

if TYPE_CHECKING:
    from tracker.testing.plugin import CountStatements

    from .conftest import Region

Q2 = Quarter(date(2023, 7, 1))
LAST = Q2.end


@pytest.fixture
def rated(region: Region) -> Region:
    region.rate(region.alder, "cord", "testing", date(2023, 2, 1))
    region.rate(region.alder, "cord", "used", date(2023, 8, 1))
    region.rate(region.alder, "milk", NOT_APPLICABLE, date(2023, 3, 1))
    region.rate(region.beech, "cord", "embedded", date(2023, 5, 1))
    region.rate(region.beech, "milk", "testing", date(2023, 9, 30), side=Side.COACH)
    region.rate(region.beech, "milk", "embedded", date(2023, 9, 30))
    region.rate(region.cedar, "cord", "embedded", date(2023, 10, 1))
    return region


def test_the_matrix_holds_what_stands_on_the_day(rated: Region) -> None:
    found = rollups.matrix(USE, ELEMENTS, Q2, LAST)
    names = [(row.unit.setting, row.unit.name) for row in found.rows]
    assert names == [("LNU", "Cedar unit"), ("LNU", "Beech unit"), ("NICU", "Alder unit")]
    levels = {row.unit.name: [c.level if c else None for c in row.cells] for row in found.rows}
    assert levels == {
        "Alder unit": ["used", NOT_APPLICABLE],
        "Beech unit": ["embedded", "testing"],
        "Cedar unit": [None, None],
    }
    alder = found.rows[-1]
    assert alder.before[0] is not None
    assert alder.before[0].level == "testing"
    assert (found.total.counting, found.total.in_scope, found.total.percent) == (2, 5, 40)
    assert found.before.percent == 20
    assert found.by_element["milk"].percent == 0
    assert found.by_setting["NICU"].percent == 100


def test_the_matrix_of_a_psc_has_its_units_only(rated: Region) -> None:
    found = rollups.matrix(USE, ELEMENTS, Q2, LAST, under=rated.south.id)
    assert [row.unit.name for row in found.rows] == ["Cedar unit"]
    assert rollups.matrix(USE, ELEMENTS, Q2, LAST, setting="NICU").total.percent == 100


def test_a_unit_left_out_leaves_later_quarters_and_stays_in_earlier_ones(rated: Region) -> None:
    with unit_of_work():
        there = queries.unit("preterm", rated.cedar.id, LAST)
        assert there is not None
        services.leave_out(there, on=date(2023, 9, 1), by=rated.rater)
    assert rollups.matrix(USE, ELEMENTS, Q2, LAST).total.in_scope == 3
    assert rollups.matrix(USE, ELEMENTS, Q2.before, Q2.before.end).total.in_scope == 5


def test_roll_ups_by_psc_are_made_from_pairs(rated: Region) -> None:
    quarters = quarters_to(Quarter(date(2023, 10, 1)), 4)
    found = rollups.by_group(USE, ELEMENTS, quarters)
    shares = {group.name: [t.percent for t in tallies] for group, tallies in found.items()}
    assert shares == {"North PSC": [0, 33, 67, 67], "South PSC": [0, 0, 0, 50]}
    england = rollups.added_up(found.values(), len(quarters))
    assert [t.percent for t in england] == [0, 20, 40, 60]


def test_a_roll_up_follows_the_psc_a_unit_had_on_the_day(rated: Region) -> None:
    assert rollups.by_group(USE, ELEMENTS, [Q2], kind=OrganisationKind.ICB) == {}


def test_the_matrix_and_roll_up_ask_the_same_at_any_size(
    rated: Region, count_statements: CountStatements
) -> None:
    north = rated.north.id

    def ask() -> tuple[int, int]:
        with count_statements() as first:
            rollups.matrix(USE, ELEMENTS, Q2, LAST, under=north)
        with count_statements() as second:
            rollups.by_group(USE, ELEMENTS, quarters_to(Q2, 12))
        return len(first), len(second)

    few = ask()
    more = [factories.organisation(psc=rated.north) for _ in range(6)]
    with unit_of_work():
        services.include("preterm", more, on=date(2023, 1, 1), by=rated.rater)
    for unit in more:
        rated.rate(unit, "cord", "used", date(2023, 4, 1))
    assert ask() == few
    assert few[0] <= 4
    assert few[1] <= 3


def test_history_of_a_pair_is_newest_first_with_its_evidence(rated: Region) -> None:
    found = queries.history(queries.copies(USE), rated.beech.id, "milk")
    assert [(each.level, each.side) for each in found] == [
        ("embedded", Side.TEAM),
        ("testing", Side.COACH),
    ]
    standing = queries.standing(queries.copies(USE), LAST)
    assert standing[Pair(rated.beech.id, "milk")].level == "testing"
