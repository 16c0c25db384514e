"""Charters, equality and co-production: the thinking, without an app."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date

import pytest

from tracker.charter.domain import (
    PROTECTED,
    Part,
    State,
    Verdict,
    as_json,
    differences,
    fingerprint,
    from_json,
    is_review_due,
    not_charted,
    not_considered,
    shares,
    state,
)

THEN = (Part("problem", "Problem", "Early"), Part("team", "Team", "Lead: Ann"))


def test_a_copy_survives_being_kept_and_any_word_changes_its_fingerprint() -> None:
    kept = from_json(json.loads(json.dumps(as_json(THEN))))
    assert kept == THEN
    assert fingerprint(kept) == fingerprint(THEN)
    assert fingerprint((THEN[0], Part("team", "Team", "Lead: Bo"))) != fingerprint(THEN)


def test_differences_are_what_was_changed_what_is_new_and_what_is_gone() -> None:
    now = (Part("problem", "The problem", "Early"), Part("aim", "Aim", "More"))
    assert [(d.label, d.then, d.now) for d in differences(THEN, now)] == [
        ("Aim", "", "More"),
        ("Team", "Lead: Ann", ""),
    ]
    assert differences(THEN, (*THEN, Part("aim", "Aim", ""))) == []


def test_of_a_list_only_the_lines_that_differ_are_shown() -> None:
    def team(*names: str) -> tuple[Part, ...]:
        return (Part("team", "Team", "\n".join(names)),)

    (gone,) = differences(team("Lead: Ann", "Data: Ray"), team("Lead: Ann"))
    assert (gone.then, gone.now) == ("Data: Ray", "")
    (other,) = differences(team("Lead: Ann", "Data: Ray"), team("Lead: Bo", "Data: Ray"))
    assert (other.then, other.now) == ("Lead: Ann", "Lead: Bo")
    (order,) = differences(team("Ann", "Bo"), team("Bo", "Ann"))
    assert (order.then, order.now) == ("Ann\nBo", "Bo\nAnn")


@pytest.mark.parametrize(
    ("verdict", "now", "expected"),
    [
        (None, THEN, State.OPEN),
        (Verdict.APPROVED, THEN, State.APPROVED),
        (Verdict.APPROVED, THEN[:1], State.CHANGED),
        (Verdict.REFUSED, THEN, State.REFUSED),
        (Verdict.REFUSED, THEN[:1], State.CHANGED_AFTER_REFUSAL),
    ],
)
def test_a_change_after_the_decision_asks_again(
    verdict: Verdict | None, now: tuple[Part, ...], expected: State
) -> None:
    assert state(verdict, differences(THEN, now)) is expected


@dataclass(frozen=True)
class Group:
    name: str
    stratum: str = ""
    measures: list[int] = field(default_factory=list)


def test_a_split_is_not_charted_while_no_measure_that_is_there_shows_it() -> None:
    groups = [
        Group("Deprived areas", "Deprivation quintile", [1]),
        Group("Age", "Age band"),
        Group("Carers"),
    ]
    assert not_charted(groups, {1, 2}) == ["Age band"]
    assert not_charted(groups, {2}) == ["Deprivation quintile", "Age band"]


def test_two_groups_that_wish_for_one_split_are_served_by_one_chart() -> None:
    groups = [Group("Age", "Age band"), Group("Children", "Age band", [1])]
    assert not_charted(groups, {1}) == []


def test_what_is_considered_is_not_offered_again_however_it_is_written() -> None:
    left = not_considered([" age ", "Left-handed people"], PROTECTED)
    assert "Age" not in left
    assert len(left) == len(PROTECTED) - 1


def test_a_review_is_due_on_its_day_and_not_before() -> None:
    day = date(2026, 4, 30)
    assert not is_review_due(None, day)
    assert not is_review_due(day, date(2026, 4, 29))
    assert is_review_due(day, day)


@dataclass(frozen=True)
class Entry:
    who: str
    cycles: list[int]


def test_a_cycle_counts_once_however_often_somebody_is_noted_in_it() -> None:
    """Product 5.3, step 9: Patient Safety Partner in 1 of 4 cycles."""
    entries = [
        Entry("Patient Safety Partner", [2]),
        Entry("patient safety partner ", [2, 99]),
        Entry("Carer", []),
    ]
    assert [one.words for one in shares(entries, [1, 2, 3, 4])] == [
        "Patient Safety Partner in 1 of 4 cycles",
        "Carer in 0 of 4 cycles",
    ]
