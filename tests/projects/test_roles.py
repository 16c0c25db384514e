"""Which roles of a team are filled and which are vacant: the thinking, without an app."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.plugin_api import TeamRole
from tracker.projects.roles import role_check

TODAY = date(2022, 12, 9)
WANTED = tuple(TeamRole(key=title.lower(), title=title) for title in ("Lead", "Data", "Sponsor"))


@dataclass(frozen=True)
class Person:
    name: str
    team_role: str
    joined_on: date = date(2022, 1, 1)
    left_on: date | None = None


def test_a_role_is_filled_by_whoever_is_called_it_on_the_team() -> None:
    check = role_check([Person("Ann", "lead"), Person("Bo", "Midwife")], WANTED, TODAY)
    assert [one.held_by for one in check.roles] == [("Ann",), (), ()]
    assert check.count == "1 of 3"
    assert [(one.role.title, one.vacant_since) for one in check.vacant] == [
        ("Data", None),
        ("Sponsor", None),
    ]


def test_a_leaver_opens_the_role_again_on_the_first_day_without_them() -> None:
    ray = Person("Ray", "Data", left_on=TODAY)
    before = role_check([ray], WANTED, date(2022, 12, 8)).roles[1]
    after = role_check([ray], WANTED, TODAY).roles[1]
    assert (before.held_by, before.vacant_since) == (("Ray",), None)
    assert (after.held_by, after.vacant_since, after.last_held_by) == ((), TODAY, "Ray")
    assert after.words == "Left 9 Dec 2022"


def test_a_role_with_somebody_left_in_it_is_not_vacant() -> None:
    people = [Person("Ray", "Data", left_on=date(2022, 5, 1)), Person("Sam", "Data")]
    assert role_check(people, WANTED, TODAY).roles[1].held_by == ("Sam",)


def test_a_role_held_twice_is_vacant_since_the_last_of_them_left() -> None:
    people = [
        Person("Ray", "Data", left_on=date(2022, 7, 1)),
        Person("Sam", "Data", left_on=date(2022, 5, 1)),
    ]
    standing = role_check(people, WANTED, TODAY).roles[1]
    assert (standing.vacant_since, standing.last_held_by) == (date(2022, 7, 1), "Ray")


def test_who_joins_later_fills_nothing_yet() -> None:
    later = Person("Ann", "Lead", joined_on=date(2023, 1, 1))
    assert not role_check([later], WANTED, TODAY).roles[0].is_filled
