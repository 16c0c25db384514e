"""Placing what a split board left, taking it back, and settling what the lists leave open."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select

from tracker.audit.models import AuditEvent
from tracker.db import unit_of_work
from tracker.organisations import placing, queries, services, to_confirm
from tracker.organisations.changing import CannotChange
from tracker.organisations.domain import OrganisationKind, QuestionAbout
from tracker.organisations.models import (
    Organisation,
    OrganisationLink,
    OrganisationPlacement,
    OrganisationQuestion,
)
from tracker.permissions import Role
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.plugin import Clock, LogIn
from tracker.testing.statements import Statements

ON, LAST = date(2026, 4, 1), date(2026, 3, 31)


@dataclass
class Split:
    """A board of two locations; one with a network of two practices, the other with one alone."""

    psc: Organisation
    other_psc: Organisation
    board: Organisation
    one: Organisation
    other: Organisation
    north: Organisation
    south: Organisation
    network: Organisation
    practices: list[Organisation]
    lone: Organisation


@pytest.fixture(autouse=True)
def november(stop_clock: Clock) -> None:
    stop_clock(date(2026, 11, 24))


@pytest.fixture
def split(app: Flask) -> Split:
    kind = OrganisationKind
    region = factories.organisation(kind=kind.REGION)
    psc, other_psc = factories.psc(), factories.psc()
    board = factories.organisation("Old Board", kind=kind.ICB, part_of=region, psc=psc)
    one = factories.organisation("First Board", kind=kind.ICB, part_of=region, psc=psc)
    other = factories.organisation("Second Board", kind=kind.ICB, part_of=region, psc=other_psc)
    north = factories.organisation("North", kind=kind.SUB_ICB, part_of=board)
    south = factories.organisation("South", kind=kind.SUB_ICB, part_of=board)
    network = factories.organisation("Network", kind=kind.PCN, part_of=north)
    practices = [
        factories.organisation(f"Practice {letter}", kind=kind.PRACTICE, part_of=network)
        for letter in "AB"
    ]
    lone = factories.organisation("Lone Practice", kind=kind.PRACTICE, part_of=south)
    with unit_of_work():
        services.split(board, into=[one, other], going={}, on=ON, by=None)
    return Split(psc, other_psc, board, one, other, north, south, network, practices, lone)


def leads(db: SQLAlchemy, of: Organisation, on: date = ON) -> set[str]:
    """Names of the boards in which an organisation counts."""
    ids = queries.above(of.id, on, lead_only=True)
    return set(
        db.session.scalars(
            select(Organisation.name).where(
                Organisation.id.in_(ids), Organisation.kind == OrganisationKind.ICB
            )
        )
    )


def place(split: Split, *chosen: Organisation, into: Organisation) -> OrganisationPlacement:
    with unit_of_work():
        return placing.place(
            {each.id for each in chosen}, left=split.board, into=into, on=ON, by=None
        )


def names_waiting(split: Split) -> list[str]:
    return [each.name for each in to_confirm.waiting(split.board)]


def test_all_that_was_under_a_split_board_waits_and_keeps_its_old_link(
    split: Split, db: SQLAlchemy
) -> None:
    assert names_waiting(split) == [
        "North",
        "South",
        "Network",
        "Lone Practice",
        "Practice A",
        "Practice B",
    ]
    assert to_confirm.counts() == {
        split.board.id: {
            OrganisationKind.SUB_ICB: 2,
            OrganisationKind.PCN: 1,
            OrganisationKind.PRACTICE: 3,
        }
    }
    assert leads(db, split.practices[0], LAST) == {"Old Board"}
    assert leads(db, split.practices[0], ON) == set()


def test_placing_a_location_places_all_that_is_part_of_it(split: Split, db: SQLAlchemy) -> None:
    place(split, split.north, into=split.one)

    assert names_waiting(split) == ["South", "Lone Practice"]
    assert leads(db, split.practices[0]) == {"First Board"}
    assert leads(db, split.practices[0], LAST) == {"Old Board"}
    found = queries.lead_psc(split.practices[0].id, ON)
    assert found is not None
    assert found.id == split.psc.id


def test_a_network_that_goes_elsewhere_leaves_its_location(split: Split, db: SQLAlchemy) -> None:
    place(split, split.network, into=split.other)
    place(split, split.north, into=split.one)

    assert leads(db, split.practices[0]) == {"Second Board"}
    assert leads(db, split.north) == {"First Board"}
    history = [
        (line.what, line.other_name, line.when) for line in queries.history(split.network.id)
    ]
    assert history == [
        ("Part of", "Second Board", "since 1 April 2026"),
        ("Part of", "North", "until 31 March 2026"),
    ]


def test_a_practice_placed_elsewhere_stays_in_its_network_and_counts_where_it_is_placed(
    split: Split, db: SQLAlchemy
) -> None:
    place(split, split.practices[0], into=split.other)
    place(split, split.north, into=split.one)

    assert leads(db, split.practices[0]) == {"Second Board"}
    assert leads(db, split.practices[1]) == {"First Board"}
    above = {each.name for each in queries.above_with_lead(split.practices[0].id, ON)[0]}
    assert {"Network", "Second Board"} <= above


def test_many_at_once_are_one_placement_of_the_largest(split: Split) -> None:
    placement = place(split, split.north, split.network, *split.practices, into=split.one)

    assert placement.number == 1
    assert names_waiting(split) == ["South", "Lone Practice"]


def test_a_placement_taken_back_leaves_everything_as_it_was(split: Split, db: SQLAlchemy) -> None:
    def links() -> list[tuple[int, int, date, date, bool]]:
        rows = db.session.scalars(select(OrganisationLink).order_by(OrganisationLink.id))
        return [(r.child_id, r.parent_id, r.valid_from, r.valid_to, r.is_lead) for r in rows]

    before, waiting = links(), names_waiting(split)
    db.session.rollback()
    placement = place(split, split.practices[0], split.south, into=split.other)
    with unit_of_work():
        placing.undo(placement, by=None)

    assert links() == before
    assert names_waiting(split) == waiting
    assert to_confirm.placements(split.board) == []
    actions = db.session.scalars(
        select(AuditEvent.action)
        .where(AuditEvent.action.like("organisation.place%"))
        .order_by(AuditEvent.id)
    ).all()
    assert actions == ["organisation.placed", "organisation.placement_undone"]


def test_what_was_placed_is_not_placed_again(split: Split) -> None:
    place(split, split.north, into=split.one)

    with pytest.raises(CannotChange, match="placed since"):
        place(split, split.network, into=split.other)


def test_what_cannot_be_placed_is_refused(split: Split) -> None:
    with unit_of_work():
        for day, into, says in (
            (LAST, split.one, "after Old Board ended"),
            (ON, split.network, "Network does not take over from Old Board"),
        ):
            with pytest.raises(CannotChange, match=says):
                placing.place({split.north.id}, left=split.board, into=into, on=day, by=None)


def test_settling_who_counts_what_was_left_moves_the_lead(split: Split, db: SQLAlchemy) -> None:
    assert leads(db, split.board) == {"Old Board", "First Board"}
    db.session.rollback()
    with unit_of_work():
        question = OrganisationQuestion(
            organisation_id=split.board.id, about=QuestionAbout.LEAD_SUCCESSOR, text="Who?"
        )
        db.session.add(question)
        db.session.flush()
        placing.settle(question, by=None, lead=split.other)

    assert leads(db, split.board) == {"Old Board", "Second Board"}
    assert leads(db, split.board, LAST) == {"Old Board"}
    assert to_confirm.questions() == []


# --- pages ----------------------------------------------------------------------------------------


def test_a_manager_of_the_old_boards_psc_places_and_takes_back(
    client: TrackerClient, log_in: LogIn, split: Split, db: SQLAlchemy
) -> None:
    log_in(factories.person(role=Role.PSC_MANAGER, on=split.psc))
    url = f"/organisations/{split.board.id}/to-be-confirmed"
    index = client.get("/organisations/to-be-confirmed").get_data(as_text=True)
    assert "Old Board" in index
    body = client.get(url).get_data(as_text=True)
    assert "6 to place" in body

    sent = client.post(
        url,
        data={
            "chosen": [str(split.north.id)],
            "into": str(split.one.id),
            "starts_on-day": "1",
            "starts_on-month": "4",
            "starts_on-year": "2026",
        },
        follow_redirects=True,
    )
    after = sent.get_data(as_text=True)
    assert sent.status_code == 200
    assert "Placed under First Board" in after
    assert "2 to place" in after
    placement = to_confirm.placements(split.board)[0]
    db.session.rollback()

    undone = client.post(
        f"/organisations/{split.board.id}/placements/{placement.id}/undo", follow_redirects=True
    )
    assert "6 to place" in undone.get_data(as_text=True)


def test_everything_that_a_filter_finds_is_placed_in_one_press(
    client: TrackerClient, log_in: LogIn, split: Split, db: SQLAlchemy
) -> None:
    log_in(factories.person(role=Role.SYSTEM_ADMINISTRATOR))
    url = f"/organisations/{split.board.id}/to-be-confirmed?within={split.network.id}&kind=practice"
    assert "2 to place in Network" in client.get(url).get_data(as_text=True)

    client.post(
        url,
        data={
            "everything": "yes",
            "into": str(split.other.id),
            "starts_on-day": "1",
            "starts_on-month": "4",
            "starts_on-year": "2026",
        },
    )

    assert {name for each in split.practices for name in leads(db, each)} == {"Second Board"}
    assert leads(db, split.network) == set()


def test_nothing_chosen_is_refused_with_what_was_typed(
    client: TrackerClient, log_in: LogIn, split: Split
) -> None:
    log_in(factories.person(role=Role.SYSTEM_ADMINISTRATOR))

    refused = client.post(
        f"/organisations/{split.board.id}/to-be-confirmed",
        data={
            "into": str(split.one.id),
            "starts_on-day": "2",
            "starts_on-month": "5",
            "starts_on-year": "2026",
        },
    )

    body = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert "Choose at least one to place" in body
    assert 'value="5"' in body


@pytest.mark.parametrize("who", ["successor", "old", "elsewhere"])
def test_a_board_administrator_sees_and_places_what_is_of_their_patch(
    client: TrackerClient, log_in: LogIn, split: Split, who: str
) -> None:
    at = {"successor": split.one, "old": split.board, "elsewhere": split.other_psc}[who]
    if who == "elsewhere":
        at = factories.organisation()
    log_in(factories.person(role=Role.ORGANISATION_ADMINISTRATOR, on=at))

    index = client.get("/organisations/to-be-confirmed").get_data(as_text=True)
    answer = client.get(f"/organisations/{split.board.id}/to-be-confirmed").status_code

    expected = ("Old Board" in index, answer)
    assert expected == ((False, 403) if who == "elsewhere" else (True, 200))


def test_the_list_asks_as_little_for_many_as_for_few(
    client: TrackerClient,
    log_in: LogIn,
    split: Split,
    count_statements: Callable[[], AbstractContextManager[Statements]],
) -> None:
    log_in(factories.person(role=Role.SYSTEM_ADMINISTRATOR))
    url = f"/organisations/{split.board.id}/to-be-confirmed"
    client.get(url)
    with count_statements() as few:
        client.get(url)
    for number in range(10):
        factories.organisation(
            f"More {number}", kind=OrganisationKind.PRACTICE, part_of=split.network
        )
    with count_statements() as many:
        body = client.get(url).get_data(as_text=True)

    assert "6 to place" in body
    assert len(many) == len(few) <= 14, many


def test_an_ended_board_names_its_successors_and_its_history(
    client: TrackerClient, log_in: LogIn, split: Split
) -> None:
    log_in(factories.person())

    board = client.get(f"/organisations/{split.board.id}").get_data(as_text=True)
    part = client.get(f"/organisations/{split.north.id}").get_data(as_text=True)

    assert "Ended on 31 March 2026" in board
    assert f'href="/organisations/{split.one.id}">First Board</a> and <a' in board
    assert "Part of" in part
    assert "until 31 March 2026" in part


def test_a_question_is_settled_on_its_page(
    client: TrackerClient, log_in: LogIn, split: Split, db: SQLAlchemy
) -> None:
    with unit_of_work():
        db.session.add(
            OrganisationQuestion(
                organisation_id=split.board.id, about=QuestionAbout.LEAD_SUCCESSOR, text="Say who."
            )
        )
    log_in(factories.person(role=Role.SYSTEM_ADMINISTRATOR))
    assert "Say who." in client.get("/organisations/to-be-confirmed").get_data(as_text=True)
    url = f"/organisations/{split.board.id}/settle/lead_successor"
    assert "Where does what it left behind count?" in client.get(url).get_data(as_text=True)

    assert client.post(url, data={"lead": "999999"}).status_code == 422
    settled = client.post(url, data={"lead": str(split.other.id)}, follow_redirects=True)

    assert "Say who." not in settled.get_data(as_text=True)
    assert leads(db, split.board) == {"Old Board", "Second Board"}
    assert client.get(url).status_code == 404
