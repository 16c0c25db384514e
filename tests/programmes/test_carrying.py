"""Carrying access and programmes over from a board that ended to its one successor."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select

from tracker.audit.models import AuditEvent
from tracker.auth.models import Membership
from tracker.db import unit_of_work
from tracker.organisations import services as organisations
from tracker.organisations.domain import OrganisationKind
from tracker.organisations.models import Organisation
from tracker.permissions import Role, visible
from tracker.programmes import carrying, services
from tracker.programmes.domain import SwitchState
from tracker.programmes.queries import own_switches
from tracker.projects.models import Project, Sharing
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.plugin import Clock, LogIn

ON, TODAY = date(2026, 4, 1), date(2026, 11, 24)
Boards = tuple[Organisation, Organisation]


@pytest.fixture(autouse=True)
def november(stop_clock: Clock) -> None:
    stop_clock(date(2026, 11, 24))


@pytest.fixture
def boards(app: Flask) -> Boards:
    """A board that became part of another on 1 April 2026."""
    old = factories.organisation("Old Board", kind=OrganisationKind.ICB)
    new = factories.organisation("New Board", kind=OrganisationKind.ICB)
    with unit_of_work():
        services.switch_on(old, "generic", by=None, on=date(2025, 1, 1))
        organisations.merge([old], into=new, on=ON, by=None)
    return old, new


def held(db: SQLAlchemy, at: Organisation) -> list[tuple[int, Role, date]]:
    rows = db.session.scalars(
        select(Membership).where(Membership.organisation_id == at.id).order_by(Membership.id)
    )
    return [(row.user_id, row.role, row.starts_on) for row in rows]


def test_nothing_moves_until_somebody_presses(boards: Boards, db: SQLAlchemy) -> None:
    old, new = boards
    factories.person(role=Role.ORGANISATION_ADMINISTRATOR, on=old)

    assert held(db, new) == []
    assert own_switches(new.id) == {}
    assert len(carrying.to_carry(old, new, TODAY).memberships) == 1


def test_access_and_programmes_begin_at_the_successor_and_stay_where_they_were(
    boards: Boards, db: SQLAlchemy
) -> None:
    old, new = boards
    person = factories.person(role=Role.ORGANISATION_ADMINISTRATOR, on=old)
    with unit_of_work():
        carrying.carry_over(old, into=new, on=TODAY, by=None)
    with unit_of_work():
        again = carrying.carry_over(old, into=new, on=TODAY, by=None)

    assert again.is_nothing
    assert held(db, new) == [(person.id, Role.ORGANISATION_ADMINISTRATOR, TODAY)]
    assert len(held(db, old)) == 1
    (switch,) = own_switches(new.id).values()
    assert (switch.programme, switch.state, switch.from_date) == ("generic", SwitchState.ON, TODAY)
    assert db.session.scalars(
        select(AuditEvent.action).where(AuditEvent.action == "organisation.carried_over")
    ).first()


def test_what_the_successor_says_itself_stands(boards: Boards) -> None:
    old, new = boards
    with unit_of_work():
        services.switch_off(new, "generic", by=None, on=ON)
        found = carrying.carry_over(old, into=new, on=TODAY, by=None)

    assert found.switches == []
    assert len(found.already_said) == 1
    assert own_switches(new.id)["generic"].state is SwitchState.OFF


def test_a_project_of_an_ended_board_is_read_by_those_who_could(
    boards: Boards, db: SQLAlchemy
) -> None:
    old, _ = boards
    lead, colleague = factories.person(), factories.person(role=Role.VIEWER, on=old)
    project = factories.project(by=lead, organisation=old, sharing=Sharing.ORGANISATION)

    for reader in (lead, colleague):
        found = db.session.scalars(visible(Project, reader)).all()
        assert [each.id for each in found] == [project.id]


def test_a_project_of_an_ended_board_says_so_and_the_role_of_its_administrator_stays_there(
    client: TrackerClient, log_in: LogIn, boards: Boards
) -> None:
    old, new = boards
    project = factories.project(by=factories.person(), organisation=old, sharing=Sharing.NETWORK)
    under_new = factories.project(by=factories.person(), organisation=new)
    log_in(factories.person(role=Role.ORGANISATION_ADMINISTRATOR, on=old))

    head = client.get(f"/projects/{project.id}").get_data(as_text=True)

    assert "Old Board ended on 31 March 2026 and was taken over by" in head
    assert f'<a href="/organisations/{new.id}">New Board</a>' in head
    assert client.get(f"/projects/{project.id}/settings").status_code == 200
    assert client.get(f"/projects/{under_new.id}").status_code == 404


def test_the_page_lists_what_would_move_and_one_press_moves_it(
    client: TrackerClient, log_in: LogIn, boards: Boards, db: SQLAlchemy
) -> None:
    old, new = boards
    factories.person("Rosa Example", role=Role.ORGANISATION_ADMINISTRATOR, on=old)
    log_in(factories.person(role=Role.SYSTEM_ADMINISTRATOR))
    url = f"/organisations/{old.id}/carry-over"

    before = client.get(url).get_data(as_text=True)
    done = client.post(url, follow_redirects=True).get_data(as_text=True)

    assert "Rosa Example" in before
    assert "Carried over to New Board" in done
    assert "Nothing to carry over" in client.get(url).get_data(as_text=True)
    assert len(held(db, new)) == 1


def test_a_board_with_several_successors_has_no_such_page(
    client: TrackerClient, log_in: LogIn, app: Flask
) -> None:
    old, one, two = (factories.organisation(kind=OrganisationKind.ICB) for _ in range(3))
    with unit_of_work():
        organisations.split(old, into=[one, two], going={}, on=ON, by=None)
    log_in(factories.person(role=Role.SYSTEM_ADMINISTRATOR))

    assert client.get(f"/organisations/{old.id}/carry-over").status_code == 404
