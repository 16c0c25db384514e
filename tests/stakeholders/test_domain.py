"""The grid, the gap and what is said of them, without an app."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.plugin_api import Level
from tracker.stakeholders.domain import (
    Entry,
    Quadrant,
    Reach,
    Stance,
    Stood,
    Vacancy,
    by_quadrant,
    changes,
    quadrant_of,
    reach_of,
    reading,
    vacant_entry,
    widest_gap_first,
)

HIGH, LOW = Reach.HIGH, Reach.LOW
SPRING = date(2022, 4, 1)


def of(
    name: str,
    now: Stance | None = None,
    needed: Stance | None = None,
    *,
    influence: Reach | None = HIGH,
    interest: Reach | None = HIGH,
) -> Entry:
    return Entry(name=name, id=1, influence=influence, interest=interest, now=now, needed=needed)


OBSTETRICIANS = of("Obstetricians", Stance.LET, Stance.MAKE)
THEATRE = of("Theatre team", Stance.NEUTRAL, Stance.HELP, interest=LOW)
FINANCE = of("Finance", Stance.NEUTRAL, Stance.LET, interest=LOW)
PARENTS = of("Parents’ voice group", Stance.HELP, Stance.MAKE, influence=LOW)
NURSES = of("Neonatal nurses", Stance.MAKE, Stance.MAKE)
STRANGER = of("Regional network", influence=None, interest=None)
SPONSOR = vacant_entry(Vacancy("Executive sponsor", SPRING))


@pytest.mark.parametrize(
    ("influence", "interest", "quadrant"),
    [
        (HIGH, LOW, Quadrant.INVOLVE),
        (HIGH, HIGH, Quadrant.ENGAGE),
        (LOW, LOW, Quadrant.KEEP_INFORMED),
        (LOW, HIGH, Quadrant.KEEP_ENGAGED),
        (HIGH, None, None),
        (None, None, None),
    ],
)
def test_a_quarter_of_the_grid_is_known_once_both_are_said(
    influence: Reach | None, interest: Reach | None, quadrant: Quadrant | None
) -> None:
    assert quadrant_of(influence, interest) is quadrant


def test_a_suggestion_in_the_middle_starts_in_the_higher_half() -> None:
    assert [reach_of(level) for level in (Level.LOW, Level.MEDIUM, Level.HIGH, None)] == [
        LOW,
        HIGH,
        HIGH,
        None,
    ]


def test_more_support_than_needed_is_no_gap() -> None:
    assert of("Them", Stance.MAKE, Stance.LET).gap == 0
    assert of("Them", Stance.OPPOSED, Stance.MAKE).gap == 4
    entries = (THEATRE, FINANCE, NURSES, of("Them", Stance.MAKE, Stance.LET), SPONSOR)
    assert [entry.way_to_go for entry in entries] == [
        "2 steps to go",
        "1 step to go",
        "Where we need them",
        "More than we need",
        "",
    ]


def test_the_table_begins_with_what_is_vacant_and_ends_with_who_was_not_judged() -> None:
    entries = [STRANGER, NURSES, PARENTS, FINANCE, THEATRE, OBSTETRICIANS, SPONSOR]
    assert [entry.name for entry in widest_gap_first(entries)] == [
        "Executive sponsor",
        "Obstetricians",
        "Theatre team",
        "Finance",
        "Parents’ voice group",
        "Neonatal nurses",
        "Regional network",
    ]


def test_nobody_is_lost_between_the_grid_and_the_table() -> None:
    entries = [STRANGER, NURSES, PARENTS, FINANCE, THEATRE, OBSTETRICIANS, SPONSOR]
    grid = by_quadrant(entries)
    assert sorted(e.name for held in grid.values() for e in held) == sorted(e.name for e in entries)
    assert grid[None] == [STRANGER]
    assert SPONSOR in grid[Quadrant.ENGAGE]


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([], ""),
        ([STRANGER, SPONSOR], ""),
        (
            [OBSTETRICIANS, THEATRE, FINANCE, PARENTS, NURSES],
            (
                "Two with high influence are two steps short of where the project needs them: "
                "Obstetricians and Theatre team."
            ),
        ),
        (
            [FINANCE, NURSES],
            "One with high influence is one step short of where the project needs them: Finance.",
        ),
        (
            [NURSES, PARENTS],
            (
                "Those with high influence stand where the project needs them. "
                "One with less influence does not yet: Parents’ voice group."
            ),
        ),
        ([NURSES], "Everybody who was judged stands where the project needs them."),
    ],
)
def test_the_map_in_a_sentence(entries: list[Entry], said: str) -> None:
    assert reading(entries) == said


def test_many_of_the_widest_gap_are_counted_not_listed() -> None:
    many = [of(name, Stance.NEUTRAL, Stance.MAKE) for name in ("Ann", "Bea", "Cy", "Di", "Ed")]
    assert reading(many).endswith("Ann, Bea, Cy and two more.")


def test_a_contact_is_overdue_from_the_day_after() -> None:
    entry = Entry(name="Them", next_contact_on=SPRING)
    assert not entry.is_overdue(SPRING)
    assert entry.is_overdue(date(2022, 4, 2))
    assert not Entry(name="Them").is_overdue(SPRING)


def test_a_role_that_nobody_ever_played_is_vacant_since_the_project_began() -> None:
    assert Vacancy("Lead", SPRING).words == "since the project began"
    assert Vacancy("Lead", SPRING, "Ruth Bell").words == "since 1 April 2022"


def test_changes_say_what_was_before_the_latest_first() -> None:
    told = changes(
        [
            Stood(SPRING, Stance.NEUTRAL, Stance.MAKE, 1),
            Stood(SPRING, None, Stance.HELP, 2),
            Stood(date(2022, 5, 1), Stance.LET, Stance.MAKE, 1),
            Stood(date(2022, 6, 1), Stance.LET, Stance.HELP, 1),
            Stood(date(2022, 7, 1), None, Stance.HELP, 1),
        ]
    )
    assert [words for _, words in told] == [
        "Let it happen became not judged",
        "Needed: make it happen became help it happen",
        "Neutral became let it happen",
        "Needed: help it happen",
        "Neutral. Needed: make it happen",
    ]
