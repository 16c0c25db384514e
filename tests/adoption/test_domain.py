"""Pairs, tallies and quarters: the published vectors and the edges."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tracker.adoption.domain import (
    NOT_APPLICABLE,
    Membership,
    Pair,
    Quarter,
    Rated,
    Side,
    in_force,
    is_fall,
    over_time,
    quarters_to,
    since,
    steps,
    tally,
    unmet,
)
from tracker.plugin_api import Need, Proof, Stage

COUNTING = {"partial_use", "full_use", "embedded"}
Q2 = Quarter(date(2023, 7, 1))


def rated(
    unit: int, level: str, on: date = date(2023, 9, 1), *, side: Side = Side.TEAM, id_: int = 1
) -> Rated:
    return Rated(id_, unit, "ocm", level, on, side)


def pairs(*units: int) -> list[Pair]:
    return [Pair(unit, "ocm") for unit in units]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2023, 4, 1), "Q1 2023/24"),
        (date(2023, 9, 30), "Q2 2023/24"),
        (date(2023, 12, 31), "Q3 2023/24"),
        (date(2024, 3, 31), "Q4 2023/24"),
        (date(1999, 12, 31), "Q3 1999/00"),
    ],
)
def test_quarters_are_named_by_the_financial_year(day: date, name: str) -> None:
    assert str(Quarter.of(day)) == name


def test_quarters_to_a_quarter_are_in_order() -> None:
    assert [str(q) for q in quarters_to(Q2, 3)] == ["Q4 2022/23", "Q1 2023/24", "Q2 2023/24"]
    assert Q2.before.after == Q2


def test_88_of_100_pairs_at_a_counting_level_is_88() -> None:
    standing = {Pair(u, "ocm"): rated(u, "partial_use") for u in range(88)}
    standing |= {Pair(u, "ocm"): rated(u, "testing") for u in range(88, 95)}
    found = tally(pairs(*range(100)), standing, COUNTING)
    assert (found.percent, found.unrated, found.in_scope) == (88, 5, 100)


def test_a_pair_that_does_not_apply_leaves_the_denominator_and_an_unrated_one_stays() -> None:
    standing = {
        Pair(1, "ocm"): rated(1, "embedded"),
        Pair(2, "ocm"): rated(2, NOT_APPLICABLE),
    }
    found = tally(pairs(1, 2, 3), standing, COUNTING)
    assert (found.counting, found.in_scope, found.left_out, found.percent) == (1, 2, 1, 50)


def test_a_share_is_rounded_half_up_and_nothing_in_scope_has_none() -> None:
    standing = {Pair(1, "ocm"): rated(1, "embedded")}
    assert tally(pairs(*range(1, 9)), standing, COUNTING).percent == 13  # 12.5
    assert tally([], standing, COUNTING).percent is None


def test_the_latest_rating_stands_and_on_one_day_the_coach_s() -> None:
    day = date(2023, 9, 1)
    ratings = [
        rated(1, "full_use", day, id_=3),
        rated(1, "testing", day, side=Side.COACH, id_=2),
        rated(1, "embedded", date(2023, 10, 1), id_=4),
    ]
    assert in_force(ratings, date(2023, 9, 30))[Pair(1, "ocm")].level == "testing"
    assert in_force(ratings, date(2023, 10, 1))[Pair(1, "ocm")].level == "embedded"


def test_over_time_is_the_tally_of_each_quarter_s_last_day() -> None:
    ratings = [
        rated(1, "testing", date(2023, 2, 1), id_=1),
        rated(1, "partial_use", date(2023, 9, 30), id_=2),
        rated(2, "embedded", date(2023, 1, 1), id_=3),
        rated(2, "testing", date(2023, 10, 1), id_=4),
    ]
    units = [
        Membership(1, "North", date(2020, 1, 1), date(9999, 12, 31)),
        Membership(2, "South", date(2020, 1, 1), date(2023, 6, 30)),
        Membership(2, "North", date(2023, 7, 1), date(9999, 12, 31)),
    ]
    quarters = quarters_to(Quarter(date(2023, 10, 1)), 4)
    found = over_time(steps(ratings), units, ["ocm"], quarters, COUNTING)
    assert [t.percent for t in found["North"]] == [0, 0, 100, 50]
    assert [t.percent for t in found["South"]] == [100, 100, None, None]
    for i, quarter in enumerate(quarters):
        there = [
            Pair(u.unit, "ocm")
            for u in units
            if u.group == "North" and u.start <= quarter.end <= u.end
        ]
        again = tally(there, in_force(ratings, quarter.end), COUNTING)
        assert found["North"][i].percent == again.percent


def test_time_in_a_level_begins_when_it_was_reached_and_not_when_it_was_confirmed() -> None:
    ratings = [
        rated(1, "testing", date(2023, 1, 1), id_=1),
        rated(1, "partial_use", date(2023, 4, 1), id_=2),
        rated(1, "partial_use", date(2023, 7, 1), side=Side.COACH, id_=3),
    ]
    assert since(ratings, date(2023, 9, 1)) == date(2023, 4, 1)
    assert since(ratings, date(2023, 2, 1)) == date(2023, 1, 1)
    assert since(ratings, date(2022, 1, 1)) is None


STAGES = [
    Stage(key="aware", score=Decimal(1), label="Aware", descriptor="Knows"),
    Stage(
        key="testing",
        score=Decimal(4),
        label="Testing",
        descriptor="Used once",
        needs=(
            Need(any_of=(Proof.TRAINING,), text="A training record"),
            Need(any_of=(Proof.CYCLE, Proof.CHART), text="A PDSA cycle or a chart"),
        ),
    ),
    Stage(
        key="full_use",
        score=Decimal(6),
        label="Full use",
        descriptor="For all",
        needs=(Need(any_of=(Proof.POINTS,), text="Six points", at_least=6),),
    ),
]


def test_guards_of_a_level_and_of_those_below_it_are_looked_at() -> None:
    assert unmet(STAGES, "aware", {}) == []
    assert unmet(STAGES, "testing", {Proof.CHART: 1}) == ["A training record"]
    shown = {Proof.CYCLE: 2, Proof.TRAINING: 1, Proof.POINTS: 5}
    assert unmet(STAGES, "full_use", shown) == ["Six points"]
    assert unmet(STAGES, "full_use", shown | {Proof.POINTS: 6}) == []


def test_a_lower_level_is_a_fall_and_leaving_the_scope_is_none() -> None:
    assert is_fall(STAGES, "full_use", "testing")
    assert not is_fall(STAGES, "testing", "full_use")
    assert not is_fall(STAGES, None, "aware")
    assert not is_fall(STAGES, "full_use", NOT_APPLICABLE)
