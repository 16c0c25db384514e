"""Finding organisations: order, closed ones, and what a picker offers."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest
from flask import Flask

from tracker.db import unit_of_work
from tracker.organisations import queries, services
from tracker.organisations.domain import OrganisationKind
from tracker.organisations.models import Organisation
from tracker.testing.plugin import Clock
from tracker.testing.statements import Statements

TODAY = date(2025, 7, 15)


@pytest.fixture(autouse=True)
def july(stop_clock: Clock) -> None:
    stop_clock(TODAY)


@pytest.fixture
def add(app: Flask) -> Callable[..., Organisation]:
    def make(
        code: str, name: str, kind: OrganisationKind = OrganisationKind.TRUST, **more: Any
    ) -> Organisation:
        with unit_of_work():
            return services.add(name, code=code, kind=kind, by=None, **more)

    return make


def codes(text: str, **more: Any) -> list[str]:
    return [hit.code for hit in queries.search(text, **more)]


def test_the_code_that_was_typed_comes_first(add: Callable[..., Organisation]) -> None:
    add("ZED", "Zulu Surgery", OrganisationKind.PRACTICE)
    add("ABC", "Zed Surgery", OrganisationKind.PRACTICE)
    add("Q1", "Zed Trust")

    assert codes("zed") == ["ZED", "Q1", "ABC"]


def test_trusts_come_before_practices_and_names_in_order(
    add: Callable[..., Organisation],
) -> None:
    add("A1", "Bath Surgery", OrganisationKind.PRACTICE)
    add("A2", "West Bath Trust")
    add("A3", "East Bath Trust")

    assert codes("bath") == ["A3", "A2", "A1"]


def test_closed_ones_come_last_and_say_so(add: Callable[..., Organisation]) -> None:
    add("A1", "Aardvark Hospital", valid_to=date(2024, 9, 30))
    add("A2", "Zebra Hospital")

    found = queries.search("hospital")

    assert [(hit.code, hit.closed_on) for hit in found] == [
        ("A2", None),
        ("A1", date(2024, 9, 30)),
    ]
    assert found[1].about == "NHS trust, A1, closed 30 September 2024"


def test_on_an_earlier_day_it_was_not_closed(add: Callable[..., Organisation]) -> None:
    add("A1", "Aardvark Hospital", valid_to=date(2024, 9, 30))
    add("A2", "Zebra Hospital")

    assert codes("hospital", on=date(2024, 9, 30)) == ["A1", "A2"]


def test_a_search_keeps_to_the_kinds_asked_for(add: Callable[..., Organisation]) -> None:
    add("A1", "Bath Surgery", OrganisationKind.PRACTICE)
    add("A2", "Bath Trust")

    assert codes("bath", kinds=[OrganisationKind.PRACTICE]) == ["A1"]
    assert codes("bath", kinds=[]) == []


def test_two_of_one_name_are_told_apart(add: Callable[..., Organisation]) -> None:
    network = add("U1", "Example PCN", OrganisationKind.PCN)
    add("A1", "The Surgery", OrganisationKind.PRACTICE, part_of=network, postcode="ZZ1 1AA")

    (hit,) = queries.search("the surgery")

    assert hit.about == "GP practice, A1, ZZ1 1AA, part of Example PCN"


def test_a_search_sends_three_statements_at_most(
    add: Callable[..., Organisation],
    count_statements: Callable[[], AbstractContextManager[Statements]],
) -> None:
    for number in range(30):
        add(f"A{number}", f"Example Trust {number}")

    with count_statements() as statements:
        assert len(queries.search("example")) == queries.SHOWN

    assert len(statements) <= 3, statements


def test_a_code_is_found_however_it_is_written(add: Callable[..., Organisation]) -> None:
    add("RTE", "Example Trust")

    found = queries.by_code(" rte ")
    assert found is not None
    assert found.code == "RTE"
    assert queries.by_code("RT") is None


def test_a_picker_offers_the_one_chosen_first_and_no_closed_one(
    add: Callable[..., Organisation],
) -> None:
    add("A1", "Aardvark Hospital", valid_to=date(2024, 9, 30))
    add("A2", "Zebra Hospital")
    chosen = add("A3", "Quiet Surgery")

    assert [hit.code for hit in queries.choices("hospital", chosen=chosen.id)] == ["A3", "A2"]
    assert [hit.code for hit in queries.choices("quiet", chosen=chosen.id)] == ["A3"]


def test_only_an_open_one_of_the_kinds_can_be_chosen(add: Callable[..., Organisation]) -> None:
    closed = add("A1", "Aardvark Hospital", valid_to=date(2024, 9, 30))
    trust = add("A2", "Zebra Hospital")

    assert queries.choosable(trust.id) is not None
    assert queries.choosable(trust.id, kinds=[OrganisationKind.ICB]) is None
    assert queries.choosable(closed.id) is None
    assert queries.choosable(trust.id + 1000) is None


def test_psc_choices_are_the_open_pscs_by_name(add: Callable[..., Organisation]) -> None:
    add("P1", "West PSC", OrganisationKind.PSC)
    add("P2", "East PSC", OrganisationKind.PSC)
    add("P3", "Old PSC", OrganisationKind.PSC, valid_to=date(2020, 1, 1))
    add("T1", "A Trust")

    assert [each.code for each in queries.psc_choices()] == ["P2", "P1"]


def test_counts_are_of_open_ones_by_kind(add: Callable[..., Organisation]) -> None:
    icb = add("I1", "Example ICB", OrganisationKind.ICB)
    trust = add("T1", "Example Trust", part_of=icb)
    add("S1", "Example Site", OrganisationKind.SITE, part_of=trust)
    add("T2", "Closed Trust", part_of=icb, valid_to=date(2024, 9, 30))

    assert queries.counts_under(icb.id) == {OrganisationKind.TRUST: 1, OrganisationKind.SITE: 1}
    assert queries.counts_under(icb.id, date(2024, 9, 30))[OrganisationKind.TRUST] == 2
    assert queries.has_under(trust.id)
    assert not queries.has_under(add("T3", "Lone Trust").id)


def test_a_history_is_told_in_words_newest_first(add: Callable[..., Organisation]) -> None:
    on = date(2026, 4, 1)
    psc = add("P1", "Example PSC", OrganisationKind.PSC)
    old = add("I1", "Old ICB", OrganisationKind.ICB, supported_by=[psc])
    new = add("I2", "New ICB", OrganisationKind.ICB)
    trust = add("T1", "Example Trust", part_of=old)
    with unit_of_work():
        services.merge([old], into=new, on=on, by=None)

    assert [(line.what, line.other_name, line.when) for line in queries.history(trust.id)] == [
        ("Part of", "New ICB", "since 1 April 2026"),
        ("Part of", "Old ICB", "until 31 March 2026"),
    ]
    assert [(line.what, line.other_name, line.when) for line in queries.history(old.id)] == [
        ("Taken over by", "New ICB", "on 1 April 2026"),
        ("Supported by", "Example PSC", "until 31 March 2026"),
    ]
