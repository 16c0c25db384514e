"""Adding, linking, and a made-up pair that merges and splits on a date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select

from tracker.audit.models import AuditEvent
from tracker.db import unit_of_work
from tracker.organisations import queries, services
from tracker.organisations.changing import CannotChange
from tracker.organisations.domain import (
    ALWAYS,
    FOREVER,
    CircularLinks,
    LinkKind,
    OrganisationKind,
    ServiceKind,
    Span,
)
from tracker.organisations.models import Organisation, OrganisationLink, OrganisationService
from tracker.organisations.rebuilding import rebuild_closure

ON = date(2026, 4, 1)
BEFORE = ON - timedelta(days=1)
LONG_BEFORE = date(2019, 5, 17)
KIND = {
    "NAT": OrganisationKind.NATIONAL,
    "R": OrganisationKind.REGION,
    "P": OrganisationKind.PSC,
    "I": OrganisationKind.ICB,
    "T": OrganisationKind.TRUST,
    "G": OrganisationKind.PRACTICE,
}


@pytest.fixture
def pair(app: Flask) -> Callable[[str], Organisation]:
    """Two ICBs in one region: I1 with two trusts and a practice, I2 with one trust."""

    def add(code: str, part_of: str | None = None, *pscs: str) -> None:
        services.add(
            f"Example {code}",
            code=code,
            kind=KIND[code.rstrip("0123456789")],
            by=None,
            part_of=the(part_of) if part_of else None,
            supported_by=[the(psc) for psc in pscs],
        )

    with unit_of_work() as session:
        add("NAT")
        add("R1", "NAT")
        add("P1", "R1")
        add("P2", "R1")
        add("I1", "R1", "P1", "P2")
        add("I2", "R1", "P2")
        for trust in ("T1", "T2"):
            add(trust, "I1")
        add("T3", "I2")
        add("G1", "I1")
        session.add(
            OrganisationService(organisation_id=the("T1").id, service=ServiceKind.MATERNITY)
        )
    return the


def the(code: str) -> Organisation:
    found = queries.by_code(code)
    assert found is not None
    return found


def codes(query_ids: object) -> set[str]:
    from tracker.db import db

    found = db.session.scalars(select(Organisation.code).where(Organisation.id.in_(query_ids)))  # type: ignore[arg-type]
    return set(found)


def answers(on: date) -> dict[str, tuple[set[str], set[str], str | None]]:
    """For each of the first ten: under it, above it, and its lead PSC, on a day."""
    found = {}
    for code in ("NAT", "R1", "P1", "P2", "I1", "I2", "T1", "T2", "T3", "G1"):
        lead = queries.lead_psc(the(code).id, on)
        assert queries.above_with_lead(the(code).id, on)[1] == lead
        found[code] = (
            codes(queries.under(the(code).id, on)),
            codes(queries.above(the(code).id, on)),
            lead.code if lead else None,
        )
    return found


def add_icb(code: str) -> Organisation:
    return services.add(
        f"Example {code}", code=code, kind=OrganisationKind.ICB, by=None, valid_from=ON
    )


def test_under_and_above_follow_parts_then_support(pair: Callable[[str], Organisation]) -> None:
    found = answers(BEFORE)

    assert found["R1"][0] == {"R1", "P1", "P2", "I1", "I2", "T1", "T2", "T3", "G1"}
    assert found["P2"][0] == {"P2", "I1", "I2", "T1", "T2", "T3", "G1"}
    assert found["T1"][1] == {"T1", "I1", "R1", "NAT", "P1", "P2"}
    assert found["T1"][2] == "P1"
    assert codes(queries.under(the("P2").id, BEFORE, lead_only=True)) == {"P2", "I2", "T3"}


def test_merging_a_pair_moves_all_and_every_past_day_answers_as_before(
    pair: Callable[[str], Organisation],
) -> None:
    before = {day: answers(day) for day in (ALWAYS, LONG_BEFORE, BEFORE)}

    with unit_of_work():
        moved = services.merge([the("I1"), the("I2")], into=add_icb("I3"), on=ON, by=None)

    assert {day: answers(day) for day in before} == before
    assert moved.unplaced == []
    assert codes(queries.under(the("I3").id, ON)) == {"I3", "I1", "I2", "T1", "T2", "T3", "G1"}
    assert {each.code for each in queries.organisations_under(the("I3").id, ON)} == {
        *("T1", "T2", "T3", "G1")
    }
    assert (the("I1").valid_to, the("I2").valid_to) == (BEFORE, BEFORE)
    for code in ("T1", "T2", "T3", "G1"):
        lead = queries.lead_psc(the(code).id, ON)
        assert lead is not None
        assert lead.code == "P1"


def test_after_a_merge_nothing_counts_twice(pair: Callable[[str], Organisation]) -> None:
    with unit_of_work():
        services.merge([the("I1"), the("I2")], into=add_icb("I3"), on=ON, by=None)

    for psc, parts in (("P1", {"I1", "I2", "I3", "T1", "T2", "T3", "G1"}), ("P2", set())):
        assert codes(queries.under(the(psc).id, ON, lead_only=True)) == {psc, *parts}


def test_splitting_again_sends_each_where_told_and_lists_who_was_not(
    pair: Callable[[str], Organisation],
) -> None:
    with unit_of_work():
        services.merge([the("I1"), the("I2")], into=add_icb("I3"), on=ON, by=None)
    year_later = date(2027, 4, 1)
    before = {day: answers(day) for day in (LONG_BEFORE, BEFORE, ON, year_later - timedelta(1))}

    with unit_of_work():
        moved = services.split(
            the("I3"),
            into=[add_icb("I4"), add_icb("I5")],
            going={the("T1"): the("I4"), the("T2"): the("I5"), the("T3"): the("I4")},
            on=year_later,
            by=None,
        )

    assert {day: answers(day) for day in before} == before
    assert [each.code for each in moved.unplaced] == ["G1"]
    assert [each.code for each in queries.unplaced(year_later)] == ["G1"]
    assert queries.unplaced(ON) == []
    assert codes(queries.above(the("T2").id, year_later)) >= {"T2", "I5", "R1", "NAT", "P1"}
    assert codes(queries.above(the("G1").id, year_later)) == {"G1"}


def test_one_that_was_not_placed_is_placed_by_a_person(
    pair: Callable[[str], Organisation],
) -> None:
    with unit_of_work():
        services.split(the("I1"), into=[add_icb("I3")], going={}, on=ON, by=None)
    with unit_of_work():
        services.link(the("G1"), parent=the("I3"), kind=LinkKind.PART_OF, valid_from=ON, by=None)

    assert "G1" not in {each.code for each in queries.unplaced(ON)}
    assert "R1" in codes(queries.above(the("G1").id, ON))


def test_what_a_closed_organisation_left_is_reached_through_its_successor(
    pair: Callable[[str], Organisation],
) -> None:
    """Its projects stay where they are: people above the successor, and its own, still read."""
    with unit_of_work():
        services.merge([the("T1")], into=the("T3"), on=ON, by=None)

    assert codes(queries.under(the("T3").id, ON)) == {"T3", "T1"}
    assert "T1" in codes(queries.under(the("I2").id, ON))
    assert "T1" not in codes(queries.under(the("I1").id, ON))
    assert codes(queries.under(the("T1").id, ON)) == {"T1"}
    assert [each.code for each in queries.successors(the("T1").id, ON)] == ["T3"]


def test_a_service_goes_on_at_the_successor(
    pair: Callable[[str], Organisation],
) -> None:
    with unit_of_work():
        services.merge([the("T1")], into=the("T3"), on=ON, by=None)

    assert queries.services_of(the("T1").id) == [(ServiceKind.MATERNITY, Span(ALWAYS, BEFORE))]
    assert queries.services_of(the("T3").id) == [(ServiceKind.MATERNITY, Span(ON, FOREVER))]


def test_links_end_and_none_is_removed(pair: Callable[[str], Organisation], db: SQLAlchemy) -> None:
    def rows() -> set[tuple[object, ...]]:
        found = db.session.execute(
            select(
                OrganisationLink.id,
                OrganisationLink.child_id,
                OrganisationLink.parent_id,
                OrganisationLink.kind,
                OrganisationLink.is_lead,
                OrganisationLink.valid_from,
            )
        )
        return {tuple(row) for row in found}

    before = rows()
    with unit_of_work():
        services.merge([the("I1"), the("I2")], into=add_icb("I3"), on=ON, by=None)

    assert before < rows()


def test_a_refused_merge_changes_nothing(
    pair: Callable[[str], Organisation],
) -> None:
    before = answers(ON)

    with pytest.raises(CannotChange, match="from itself"), unit_of_work():
        services.merge([the("I1"), the("I2")], into=the("I2"), on=ON, by=None)

    assert answers(ON) == before
    assert queries.services_of(the("T1").id) == [(ServiceKind.MATERNITY, Span(ALWAYS, FOREVER))]


def test_a_merge_is_on_the_record(pair: Callable[[str], Organisation], db: SQLAlchemy) -> None:
    with unit_of_work():
        services.merge([the("I1"), the("I2")], into=add_icb("I3"), on=ON, by=None)

    events = db.session.scalars(
        select(AuditEvent).where(AuditEvent.action == "organisation.merged")
    ).all()
    assert {event.organisation_id for event in events} == {the("I1").id, the("I2").id}
    assert events[0].detail == {"on": "2026-04-01", "into": ["I3"], "unplaced": []}


def test_a_code_belongs_to_one_organisation(pair: Callable[[str], Organisation]) -> None:
    with pytest.raises(CannotChange, match="The code T1"), unit_of_work():
        services.add("Another", code="T1", kind=OrganisationKind.TRUST, by=None)


def test_a_second_lead_on_the_same_days_is_refused(pair: Callable[[str], Organisation]) -> None:
    with pytest.raises(CannotChange, match="another lead"), unit_of_work():
        services.link(the("I2"), parent=the("P1"), kind=LinkKind.SUPPORTED_BY, by=None)


def test_the_same_link_twice_is_refused(pair: Callable[[str], Organisation]) -> None:
    with pytest.raises(CannotChange, match="linked already"), unit_of_work():
        services.link(the("T1"), parent=the("I1"), kind=LinkKind.PART_OF, by=None)


def test_a_link_that_closes_a_circle_is_refused(pair: Callable[[str], Organisation]) -> None:
    with pytest.raises(CircularLinks), unit_of_work():
        services.link(the("NAT"), parent=the("T1"), kind=LinkKind.PART_OF, by=None)


def test_ending_a_link_ends_the_paths_through_it(
    pair: Callable[[str], Organisation], db: SQLAlchemy
) -> None:
    with unit_of_work():
        ending = db.session.scalars(
            select(OrganisationLink).where(
                OrganisationLink.child_id == the("I1").id,
                OrganisationLink.parent_id == the("R1").id,
            )
        ).one()
        services.end_link(ending, last_day=BEFORE, by=None)

    assert "NAT" in codes(queries.above(the("T1").id, BEFORE))
    assert codes(queries.above(the("T1").id, ON)) == {"T1", "I1", "P1", "P2"}


def test_a_link_cannot_end_before_it_begins(
    pair: Callable[[str], Organisation], db: SQLAlchemy
) -> None:
    with unit_of_work():
        link = services.link(
            the("T3"),
            parent=the("I1"),
            kind=LinkKind.PART_OF,
            is_lead=False,
            valid_from=ON,
            by=None,
        )

        with pytest.raises(CannotChange, match="on which it holds"):
            services.end_link(link, last_day=BEFORE, by=None)


def test_rebuilding_the_closure_of_a_part_gives_what_rebuilding_all_gives(
    pair: Callable[[str], Organisation],
) -> None:
    with unit_of_work():
        services.merge([the("I1")], into=the("I2"), on=ON, by=None)
        assert rebuild_closure() == 0
        services.link(the("P1"), parent=the("P2"), kind=LinkKind.PART_OF, is_lead=False, by=None)
        assert rebuild_closure() == 0
