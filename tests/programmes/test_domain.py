from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

from tracker.plugin_api import Programme, ProgrammeStatus
from tracker.programmes.domain import Said, SwitchState, in_force, is_closed, is_on, title_from_key

DAY = date(2025, 7, 15)
FALLS = Programme(key="falls", programme="falls", title="Preventing falls")
ON = Said(1, "falls", 10, SwitchState.ON, DAY, depth=1)


def test_the_nearest_organisation_decides_however_old_its_word() -> None:
    near = replace(
        ON,
        id=2,
        organisation_id=20,
        state=SwitchState.OFF,
        depth=3,
        from_date=DAY - timedelta(days=900),
    )
    for order in permutations([ON, near]):
        assert in_force(order) == {"falls": near}


def test_of_one_organisation_the_latest_day_decides() -> None:
    later = replace(ON, state=SwitchState.OFF, from_date=DAY + timedelta(days=1))
    for order in permutations([ON, later]):
        assert in_force(order) == {"falls": later}


def test_of_two_on_one_day_the_one_said_last_decides() -> None:
    again = replace(ON, id=2, state=SwitchState.OFF)
    for order in permutations([ON, again]):
        assert in_force(order) == {"falls": again}


def test_programmes_are_decided_apart() -> None:
    other = replace(ON, programme="valproate", state=SwitchState.OFF)
    assert in_force([ON, other]) == {"falls": ON, "valproate": other}


def test_what_nobody_spoke_of_is_as_its_default_says() -> None:
    assert not is_on(FALLS, {})
    assert is_on(replace(FALLS, on_by_default=True), {})


def test_what_was_said_beats_the_default() -> None:
    off = replace(ON, state=SwitchState.OFF)
    assert is_on(FALLS, {"falls": ON})
    assert not is_on(replace(FALLS, on_by_default=True), {"falls": off})


def test_a_programme_is_open_on_its_last_day() -> None:
    closing = replace(FALLS, closed_on=DAY)
    assert not is_closed(closing, DAY)
    assert is_closed(closing, DAY + timedelta(days=1))


def test_a_closed_programme_of_unknown_date_is_closed() -> None:
    assert is_closed(replace(FALLS, status=ProgrammeStatus.CLOSED), DAY)
    assert not is_closed(FALLS, DAY)


def test_a_key_can_be_read_when_nothing_else_is_left() -> None:
    assert title_from_key("time_critical_meds") == "Time critical meds"
