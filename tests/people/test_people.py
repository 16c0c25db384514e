"""The people of an organisation: who may be given what by whom, and what ends at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tracker.auth import personal
from tracker.auth import queries as accounts
from tracker.auth import services as auth
from tracker.auth.models import Membership, OneTimeLink, User
from tracker.config import Smtp
from tracker.db import db, unit_of_work
from tracker.drafts import services as drafts
from tracker.mail.models import OutgoingMail
from tracker.organisations.domain import OrganisationKind
from tracker.organisations.models import Organisation
from tracker.people import queries, services
from tracker.people.domain import CannotInvite, OutOfReach
from tracker.permissions import Role
from tracker.safe.dates import today
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.plugin import LogIn, MakeApp

NEW = "thistle gravel canoe"
ANY = date(2020, 1, 1)


class Place:
    """A trust of an ICB and a PSC, with an administrator and a PSC manager."""

    def __init__(self) -> None:
        self.psc = factories.psc()
        self.icb = factories.organisation(kind=OrganisationKind.ICB)
        self.trust = factories.organisation("Alder Trust", part_of=self.icb, psc=self.psc)
        self.admin = factories.person(role=Role.ORGANISATION_ADMINISTRATOR, on=self.trust)
        self.manager = factories.person(role=Role.PSC_MANAGER, on=self.psc)
        self.url = f"/organisations/{self.trust.id}/people"

    def person(self, role: Role = Role.VIEWER, on: Any = None) -> User:
        return factories.person(role=role, on=on or self.trust, password_hash="set")


@pytest.fixture
def place(app: Flask) -> Place:
    return Place()


def add(client: TrackerClient, place: Place, role: Role, email: str = "sam@example.org") -> Any:
    data = {"name": "Sam Reed", "email": email, "role": role.value}
    return client.post(f"{place.url}/new", data=data)


def roles_of(user: User) -> set[tuple[Role, int | None]]:
    db.session.rollback()
    held = db.session.get_one(User, user.id).active_memberships()
    return {(m.role, m.organisation_id) for m in held}


# --- reach


def test_each_manager_is_offered_what_lies_within_reach(place: Place) -> None:
    system = factories.person(role=Role.SYSTEM_ADMINISTRATOR)
    above = factories.person(role=Role.ORGANISATION_ADMINISTRATOR, on=place.icb)

    def offered(by: User, on: Organisation) -> set[Role]:
        return set(queries.givable(on, by=by))

    of_administrator = {
        Role.VIEWER,
        Role.TEAM_MEMBER,
        Role.QI_LEAD,
        Role.COACH,
        Role.ORGANISATION_ADMINISTRATOR,
    }
    assert offered(place.admin, place.trust) == of_administrator
    assert offered(above, place.trust) == of_administrator
    assert offered(place.admin, place.icb) == set(), "not above"
    assert offered(place.manager, place.trust) == {Role.VIEWER, Role.QI_LEAD, Role.COACH}
    assert Role.PSC_MANAGER in offered(place.manager, place.psc)
    assert offered(system, place.trust) == of_administrator
    assert Role.SYSTEM_ADMINISTRATOR not in offered(system, place.psc)
    assert offered(place.person(Role.QI_LEAD), place.trust) == set()


def test_nobody_gives_what_lies_above_their_reach(place: Place, log_in: LogIn) -> None:
    client = log_in(place.manager)
    assert add(client, place, Role.ORGANISATION_ADMINISTRATOR).status_code == 422
    assert accounts.by_email("sam@example.org") is None
    other = place.person()
    answer = client.post(f"{place.url}/{other.id}/roles", data={"role": "psc_manager"})
    assert answer.status_code == 422
    with pytest.raises(OutOfReach), unit_of_work():
        services.give_role(
            other,
            Role.ORGANISATION_ADMINISTRATOR,
            organisation=place.trust,
            on=today(),
            by=place.manager,
        )
    assert roles_of(other) == {(Role.VIEWER, place.trust.id)}


def test_nobody_raises_themselves(place: Place, log_in: LogIn) -> None:
    client = log_in(place.manager)
    with pytest.raises(CannotInvite, match="themselves"), unit_of_work():
        services.give_role(
            place.admin, Role.QI_LEAD, organisation=place.trust, on=today(), by=place.admin
        )
    assert add(client, place, Role.QI_LEAD, place.manager.email).status_code == 422
    assert roles_of(place.manager) == {(Role.PSC_MANAGER, place.psc.id)}


def test_a_manager_whose_role_ended_a_moment_ago_may_nothing(
    place: Place, log_in: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, other, real = log_in(place.admin), place.person(), services.disable

    def late(user: User, **how: Any) -> User:
        held = db.session.scalars(
            select(Membership).where(Membership.user_id == place.admin.id)
        ).one()
        auth.end_membership(held, on=today(), by=None)
        db.session.expire_all()
        return real(user, **how)

    monkeypatch.setattr(services, "disable", late)
    assert client.post(f"{place.url}/{other.id}/disable").status_code == 403
    assert db.session.get_one(User, other.id).is_active


# --- inviting


def test_who_has_no_account_is_invited_and_the_link_is_shown_once(
    place: Place, log_in: LogIn, new_client: Callable[[], TrackerClient]
) -> None:
    client = log_in(place.admin)
    answer = add(client, place, Role.QI_LEAD)
    assert answer.status_code == 200
    found = re.search(r'value="http://127.0.0.1:5000(/set-password/[^"]+)"', answer.text)
    assert found is not None
    token = found[1].rpartition("/")[2]
    assert token not in client.get(place.url).text
    kept = db.session.scalars(select(OneTimeLink)).one()
    assert token != kept.token_hash
    sam = accounts.by_email("sam@example.org")
    assert sam is not None
    assert roles_of(sam) == {(Role.QI_LEAD, place.trust.id)}
    visitor = new_client()
    assert "Sam Reed" in visitor.get(found[1]).text
    assert visitor.post(found[1], data={"password": NEW}).status_code == 303
    answer = visitor.post("/sign-in", data={"email": "sam@example.org", "password": NEW})
    assert answer.status_code == 303


def test_with_a_mail_server_the_link_is_not_shown(
    make_app: MakeApp, place: Place, log_in: LogIn
) -> None:
    app = make_app(smtp=Smtp(host="127.0.0.1", port=9, sender="qi@example.nhs.uk"))
    client = TrackerClient(app, app.response_class, use_cookies=True)
    answer = add(log_in(place.admin, on=client), place, Role.QI_LEAD)
    assert answer.status_code == 303
    message = db.session.scalars(select(OutgoingMail)).one()
    assert message.recipient == "sam@example.org"
    assert "Alder Trust" in message.body


def test_who_has_an_account_gets_the_role_and_no_link(place: Place, log_in: LogIn) -> None:
    other = place.person()
    assert add(log_in(place.admin), place, Role.COACH, other.email).status_code == 303
    assert (Role.COACH, place.trust.id) in roles_of(other)
    assert db.session.scalars(select(OneTimeLink)).all() == []


def test_an_incomplete_form_says_what_is_missing(place: Place, log_in: LogIn) -> None:
    answer = log_in(place.admin).post(f"{place.url}/new", data={"email": "nobody"})
    assert answer.status_code == 422
    for said in ("Enter their name", "in the format", "Choose a role"):
        assert said in answer.text


def test_an_invitation_is_sent_again_withdrawn_and_made_anew(place: Place, log_in: LogIn) -> None:
    client = log_in(place.admin)
    first = add(client, place, Role.QI_LEAD).text
    link = re.search(r'value="http://127.0.0.1:5000(/set-password/[^"]+)"', first)
    sam = accounts.by_email("sam@example.org")
    assert link is not None
    assert sam is not None
    again = client.post(f"{place.url}/{sam.id}/invite-again")
    assert again.status_code == 200
    assert client.get(link[1]).status_code == 404, "the older link ended"
    assert client.post(f"{place.url}/{sam.id}/withdraw").status_code == 303
    assert roles_of(sam) == set()
    assert client.post(f"{place.url}/{sam.id}/invite-again").status_code == 409
    assert add(client, place, Role.VIEWER).status_code == 200
    assert roles_of(sam) == {(Role.VIEWER, place.trust.id)}


def test_asking_for_a_reset_ends_nobodys_invitation(place: Place, log_in: LogIn) -> None:
    client = log_in(place.admin)
    first = add(client, place, Role.QI_LEAD).text
    link = re.search(r'value="http://127.0.0.1:5000(/set-password/[^"]+)"', first)
    assert link is not None
    asked = client.post("/forgotten-password", data={"email": "sam@example.org"})
    assert asked.status_code == 303
    assert client.get(link[1]).status_code == 200


def test_who_has_set_a_password_has_no_invitation_to_withdraw(place: Place, log_in: LogIn) -> None:
    other, client = place.person(), log_in(place.admin)
    assert client.post(f"{place.url}/{other.id}/withdraw").status_code == 409
    assert client.post(f"{place.url}/{other.id}/invite-again").status_code == 409
    assert roles_of(other)


def test_an_invitation_that_was_disabled_is_not_made_anew_from_below(
    place: Place, log_in: LogIn
) -> None:
    system = factories.person(role=Role.SYSTEM_ADMINISTRATOR)
    with unit_of_work():
        personal.disable(system)
    client, lead = log_in(place.admin), place.person(Role.QI_LEAD)
    assert add(client, place, Role.VIEWER, system.email).status_code == 422
    project = factories.project(by=lead, organisation=place.trust)
    typed = {
        "name": "Sam Reed",
        "team_role": "Team member",
        "email": system.email,
        "access": "team_member",
        "invite": "yes",
    }
    log_in(lead).post(f"/projects/{project.id}/people/new", data=typed)
    db.session.rollback()
    assert not db.session.get_one(User, system.id).is_active
    assert db.session.scalars(select(OneTimeLink)).all() == []


def test_who_was_erased_is_not_invited_or_enabled(place: Place, log_in: LogIn) -> None:
    gone = place.person()
    with unit_of_work():
        personal.erase(gone)
    address, client = gone.email, log_in(place.admin)
    assert add(client, place, Role.VIEWER, address).status_code == 422
    for act in ("enable", "invite-again", "withdraw"):
        assert client.post(f"{place.url}/{gone.id}/{act}").status_code == 403, act
    db.session.rollback()
    assert not db.session.get_one(User, gone.id).is_active


def test_a_role_that_begins_later_counts_too(place: Place) -> None:
    lead, elsewhere = place.person(Role.QI_LEAD), factories.organisation()
    later = today() + timedelta(days=30)
    with unit_of_work():
        auth.give_membership(lead, Role.VIEWER, organisation_id=elsewhere.id, on=later, by=None)
    assert not queries.may_disable(lead, by=place.admin, on=today())


# --- leavers


def test_a_role_that_ends_is_gone_with_the_next_request(
    place: Place, log_in: LogIn, new_client: Callable[[], TrackerClient]
) -> None:
    lead = place.person(Role.QI_LEAD)
    theirs = log_in(lead, on=new_client())
    start = f"/organisations/{place.trust.id}/projects/new"
    assert theirs.get(start).status_code == 200
    held = db.session.scalars(select(Membership.id).where(Membership.user_id == lead.id)).one()
    client = log_in(place.admin)
    assert client.post(f"{place.url}/roles/{held}/end").status_code == 303
    assert theirs.get(start).status_code == 403


def test_a_disabled_account_is_out_at_once_and_its_drafts_stay(
    place: Place, log_in: LogIn, new_client: Callable[[], TrackerClient]
) -> None:
    lead = place.person(Role.QI_LEAD)
    with unit_of_work():
        drafts.keep(lead, "aim/1", {"measure": ["falls"]})
    theirs, client = log_in(lead, on=new_client()), log_in(place.admin)
    assert client.post(f"{place.url}/{lead.id}/disable").status_code == 303
    assert theirs.get("/account").status_code == 302
    assert drafts.find(lead, "aim/1") is not None
    assert "Disabled" in client.get(f"{place.url}/{lead.id}").text
    assert client.post(f"{place.url}/{lead.id}/enable").status_code == 303
    assert theirs.get("/account").status_code == 302, "sign-ins do not come back"
    assert accounts.is_let_in(db.session.get_one(User, lead.id))


def test_an_account_with_a_role_elsewhere_is_not_disabled(place: Place, log_in: LogIn) -> None:
    lead, elsewhere = place.person(Role.QI_LEAD), factories.organisation()
    with unit_of_work():
        auth.give_membership(lead, Role.VIEWER, organisation_id=elsewhere.id, on=ANY, by=None)
    client = log_in(place.admin)
    assert "outside your reach" in client.get(f"{place.url}/{lead.id}").text
    assert client.post(f"{place.url}/{lead.id}/disable").status_code == 403
    client = log_in(factories.person(role=Role.SYSTEM_ADMINISTRATOR))
    assert client.post(f"{place.url}/{lead.id}/disable").status_code == 303


def test_an_administrator_does_not_disable_themselves_and_is_warned_first(
    place: Place, log_in: LogIn
) -> None:
    client = log_in(place.admin)
    assert client.post(f"{place.url}/{place.admin.id}/disable").status_code == 403
    held = db.session.scalars(
        select(Membership.id).where(Membership.user_id == place.admin.id)
    ).one()
    warned = client.post(f"{place.url}/roles/{held}/end")
    assert "End your own role?" in warned.text
    assert roles_of(place.admin)
    assert client.post(f"{place.url}/roles/{held}/end", data={"sure": "yes"}).status_code == 303
    assert roles_of(place.admin) == set()
    assert client.get(place.url).status_code == 403


# --- the list


def test_a_person_of_another_organisation_is_not_found_here(place: Place, log_in: LogIn) -> None:
    stranger = factories.person(role=Role.VIEWER, on=factories.organisation())
    held = db.session.scalars(select(Membership.id).where(Membership.user_id == stranger.id)).one()
    client = log_in(place.admin)
    assert client.get(f"{place.url}/{stranger.id}").status_code == 404
    assert client.post(f"{place.url}/{stranger.id}/disable").status_code == 404
    assert client.post(f"{place.url}/roles/{held}/end").status_code == 404


def test_the_list_tells_roles_and_projects_in_few_statements(
    place: Place, log_in: LogIn, count_statements: Any
) -> None:
    project = factories.project("Fewer falls", by=place.person(), organisation=place.trust)
    for _ in range(8):
        factories.member(project, user=place.person())
    client = log_in(place.admin)
    client.get(place.url)
    with count_statements() as statements:
        text = client.get(place.url).text
    assert "Fewer falls" in text
    assert "Organisation administrator" in text
    assert len(statements) <= 6, statements


# --- a team


def test_a_lead_invites_who_has_no_account_to_the_team(place: Place, log_in: LogIn) -> None:
    lead = place.person(Role.QI_LEAD)
    project = factories.project(by=lead, organisation=place.trust)
    client, url = log_in(lead), f"/projects/{project.id}/people/new"
    typed = {
        "name": "Sam Reed",
        "team_role": "Team member",
        "email": "sam@example.org",
        "access": "team_member",
    }
    asked = client.post(url, data=typed)
    assert asked.status_code == 422
    assert "Tick below to invite them" in asked.text
    assert 'name="invite"' in asked.text
    answer = client.post(url, data=typed | {"invite": "yes"})
    assert answer.status_code == 200
    assert "/set-password/" in answer.text
    sam = accounts.by_email("sam@example.org")
    assert sam is not None
    held = db.session.scalars(select(Membership).where(Membership.user_id == sam.id)).one()
    assert (held.role, held.project_id) == (Role.TEAM_MEMBER, project.id)
    assert client.get(f"/projects/{project.id}/people").text.count("Sam Reed") >= 1
