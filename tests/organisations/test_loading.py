"""Loading lists into a database that may hold something already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select

from tracker.audit.models import AuditEvent
from tracker.db import unit_of_work
from tracker.organisations import queries, services
from tracker.organisations.domain import (
    ALWAYS,
    FOREVER,
    CircularLinks,
    Link,
    LinkKind,
    OrganisationKind,
    ServiceKind,
    Span,
)
from tracker.organisations.lists import Listed, ListedService, Listing
from tracker.organisations.loading import Count, Loaded, load
from tracker.organisations.models import (
    Organisation,
    OrganisationClosure,
    OrganisationLink,
    OrganisationService,
)

AS_AT = "2025-07"
ON = date(2026, 4, 1)
BEFORE = ON - timedelta(days=1)


@pytest.fixture
def listing() -> Listing:
    """A region, a PSC, an ICB and a trust with a maternity service."""
    made = Listing()
    for code, kind in (
        ("R1", OrganisationKind.REGION),
        ("P1", OrganisationKind.PSC),
        ("I1", OrganisationKind.ICB),
        ("T1", OrganisationKind.TRUST),
    ):
        made.add(Listed(code, f"Example {kind.singular}", kind, AS_AT))
    made.link("I1", "R1", LinkKind.PART_OF)
    made.link("I1", "P1", LinkKind.SUPPORTED_BY)
    made.link("T1", "I1", LinkKind.PART_OF)
    made.services.append(ListedService("T1", ServiceKind.MATERNITY))
    return made


@pytest.fixture
def load_it(app: Flask) -> Callable[[Listing], Loaded]:
    def run(listing: Listing) -> Loaded:
        with unit_of_work():
            return load(listing)

    return run


def the(code: str) -> Organisation:
    found = queries.by_code(code)
    assert found is not None
    return found


def codes_above(code: str, on: date = BEFORE) -> set[str]:
    return {each.code for each in queries.above_with_lead(the(code).id, on)[0]}


def test_a_first_load_adds_everything(
    load_it: Callable[[Listing], Loaded], listing: Listing
) -> None:
    loaded = load_it(listing)

    assert loaded.counts == {
        "region": Count(added=1),
        "psc": Count(added=1),
        "icb": Count(added=1),
        "trust": Count(added=1),
        "links": Count(added=3),
        "services": Count(added=1),
    }
    assert codes_above("T1") == {"I1", "R1", "P1"}
    assert [hit.code for hit in queries.search("example trust")] == ["T1"]


def test_the_same_lists_again_change_nothing_and_say_so(
    load_it: Callable[[Listing], Loaded], listing: Listing, db: SQLAlchemy
) -> None:
    load_it(listing)
    closure = db.session.scalars(select(OrganisationClosure.id)).all()
    db.session.rollback()

    again = load_it(listing)

    assert again.is_nothing_new
    assert again.counts["links"] == Count(unchanged=3)
    assert db.session.scalars(select(OrganisationClosure.id)).all() == closure
    assert the("T1").version == 1
    events = db.session.scalars(
        select(AuditEvent).where(AuditEvent.action == "organisations.loaded")
    ).all()
    assert [event.detail["trust"] for event in events] == [[1, 0, 0]]


def test_a_later_list_renames_and_the_new_name_is_found(
    load_it: Callable[[Listing], Loaded], listing: Listing
) -> None:
    load_it(listing)
    listing.organisations["T1"] = replace(
        listing.organisations["T1"], name="Renamed Trust", as_at="2026-04"
    )

    loaded = load_it(listing)

    assert loaded.counts["trust"] == Count(changed=1)
    assert (the("T1").name, the("T1").as_at, the("T1").version) == ("Renamed Trust", "2026-04", 2)
    assert [hit.code for hit in queries.search("renamed")] == ["T1"]
    assert queries.search("example trust") == []


def test_an_earlier_list_does_not_undo_a_later_one(
    load_it: Callable[[Listing], Loaded], listing: Listing
) -> None:
    later = replace(listing.organisations["T1"], name="Renamed Trust", as_at="2026-04")
    earlier = listing.organisations["T1"]
    listing.organisations["T1"] = later
    load_it(listing)
    listing.organisations["T1"] = earlier

    assert load_it(listing).is_nothing_new
    assert the("T1").name == "Renamed Trust"


def test_a_list_that_closes_a_trust_ends_its_links_and_services(
    load_it: Callable[[Listing], Loaded], listing: Listing, db: SQLAlchemy
) -> None:
    load_it(listing)
    span = Span(ALWAYS, BEFORE)
    listing.organisations["T1"] = replace(listing.organisations["T1"], span=span)
    listing.parents["T1"] = [Link("T1", "I1", LinkKind.PART_OF, True, span)]
    listing.services = [ListedService("T1", ServiceKind.MATERNITY, span)]

    loaded = load_it(listing)

    assert loaded.counts["links"] == Count(changed=1, unchanged=2)
    assert loaded.counts["services"] == Count(changed=1)
    assert the("T1").valid_to == BEFORE
    assert codes_above("T1", BEFORE) == {"I1", "R1", "P1"}
    assert codes_above("T1", ON) == set()
    assert db.session.scalars(select(OrganisationService.valid_to)).all() == [BEFORE]


def test_what_was_merged_since_stays_merged_when_the_old_lists_come_again(
    load_it: Callable[[Listing], Loaded], listing: Listing, db: SQLAlchemy
) -> None:
    load_it(listing)
    with unit_of_work():
        successor = services.add("New ICB", code="I2", kind=OrganisationKind.ICB, by=None)
        services.merge([the("I1")], into=successor, on=ON, by=None)

    assert load_it(listing).is_nothing_new
    assert the("I1").valid_to == BEFORE
    assert codes_above("T1", ON) == {"I2", "R1", "P1"}


def test_a_list_corrects_which_psc_leads(
    load_it: Callable[[Listing], Loaded], listing: Listing
) -> None:
    listing.add(Listed("P2", "Second PSC", OrganisationKind.PSC, AS_AT))
    listing.link("I1", "P2", LinkKind.SUPPORTED_BY, is_lead=False)
    load_it(listing)
    first, lead, other = listing.parents["I1"]
    listing.parents["I1"] = [first, replace(lead, is_lead=False), replace(other, is_lead=True)]

    assert load_it(listing).counts["links"] == Count(changed=2, unchanged=2)
    found = queries.lead_psc(the("T1").id, BEFORE)
    assert found is not None
    assert found.code == "P2"


def test_one_that_a_person_added_is_taken_over_by_the_list(
    load_it: Callable[[Listing], Loaded], listing: Listing
) -> None:
    with unit_of_work():
        services.add("Typed by hand", code="T1", kind=OrganisationKind.PROVIDER, by=None)

    assert load_it(listing).counts["trust"] == Count(changed=1)
    assert the("T1").kind is OrganisationKind.TRUST


def test_what_the_lists_do_not_have_stays(
    load_it: Callable[[Listing], Loaded], listing: Listing, db: SQLAlchemy
) -> None:
    load_it(listing)
    with unit_of_work():
        services.add(
            "Demo Hospital",
            code="DEMO",
            kind=OrganisationKind.TRUST,
            by=None,
            part_of=the("I1"),
            is_demo=True,
        )
    load_it(listing)

    assert codes_above("DEMO") == {"I1", "R1", "P1"}
    assert db.session.scalar(
        select(OrganisationLink.valid_to).where(OrganisationLink.child_id == the("DEMO").id)
    ) == (FOREVER)


def test_lists_with_a_circle_store_nothing(
    load_it: Callable[[Listing], Loaded], listing: Listing, db: SQLAlchemy
) -> None:
    listing.link("R1", "T1", LinkKind.PART_OF)

    with pytest.raises(CircularLinks):
        load_it(listing)

    assert db.session.scalars(select(Organisation)).all() == []
