from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from tracker.audit.models import AuditEvent
from tracker.auth import domain, queries, services
from tracker.auth.models import LoginSession, OneTimeLink, User
from tracker.db import Base, db, unit_of_work
from tracker.limits.models import Attempt
from tracker.organisations.models import Organisation, OrganisationKind
from tracker.permissions import Role
from tracker.testing.plugin import Clock

Person = Callable[..., User]

NOON = datetime(2025, 7, 15, 12, tzinfo=UTC)
TODAY = NOON.date()
AT_HOME = {"address": "192.0.2.77", "browser": "Firefox/127.0"}


@pytest.fixture
def trust(app: Flask) -> Organisation:
    with unit_of_work():
        organisation = Organisation(
            code="X1", name="Bramblewick Community Trust", kind=OrganisationKind.TRUST
        )
        db.session.add(organisation)
    return organisation


def count(model: type[Base]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def actions() -> list[str]:
    return list(db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))


# --- accounts and roles


def test_an_account_is_made_once_for_an_address_however_it_is_typed(person: Person) -> None:
    person("jo")
    with pytest.raises(domain.EmailTaken, match="already"), unit_of_work():
        services.create_user(" JO@Example.NHS.uk ", "Another Jo", by=None)
    assert count(User) == 1


@pytest.mark.parametrize(("email", "name"), [("jo", "Jo"), ("jo@example.org", "  ")])
def test_an_account_needs_an_address_and_a_name(app: Flask, email: str, name: str) -> None:
    with pytest.raises(ValueError, match="Enter"), unit_of_work():
        services.create_user(email, name, by=None)
    assert count(User) == 0


def test_a_role_holds_from_its_first_to_its_last_day(person: Person, trust: Organisation) -> None:
    jo = person()
    first, last = date(2025, 3, 1), date(2025, 3, 31)
    with unit_of_work():
        services.give_membership(
            jo, Role.COACH, organisation_id=trust.id, on=first, until=last, by=None
        )
    days = [first - timedelta(1), first, last, last + timedelta(1)]
    assert [bool(jo.active_memberships(day)) for day in days] == [False, True, True, False]


def test_a_role_given_twice_is_one_role(person: Person, trust: Organisation) -> None:
    jo = person()
    with unit_of_work():
        for _ in range(2):
            services.give_membership(jo, Role.QI_LEAD, organisation_id=trust.id, on=TODAY, by=None)
    assert len(jo.memberships) == 1


def test_a_role_that_is_taken_away_is_gone_the_same_day_and_its_row_stays(
    person: Person, trust: Organisation
) -> None:
    jo, ann = person("jo"), person("ann")
    with unit_of_work():
        given = services.give_membership(
            jo, Role.QI_LEAD, organisation_id=trust.id, on=date(2025, 1, 1), by=ann
        )
    assert given.given_by_id == ann.id
    with unit_of_work():
        services.end_membership(given, on=TODAY, by=ann)
    assert jo.active_memberships(TODAY) == []
    assert len(jo.active_memberships(TODAY - timedelta(1))) == 1
    assert actions()[-2:] == ["membership.given", "membership.ended"]


def test_ending_an_ended_role_does_not_lengthen_it(person: Person, trust: Organisation) -> None:
    jo = person()
    with unit_of_work():
        given = services.give_membership(
            jo, Role.QI_LEAD, organisation_id=trust.id, on=date(2025, 1, 1), by=None
        )
        services.end_membership(given, on=date(2025, 2, 1), by=None)
        services.end_membership(given, on=date(2025, 6, 1), by=None)
    assert given.ends_on == date(2025, 1, 31)


def test_only_a_system_administrator_has_a_role_everywhere(
    person: Person, trust: Organisation
) -> None:
    jo = person()
    with pytest.raises(ValueError, match="everywhere"), unit_of_work():
        services.give_membership(jo, Role.NATIONAL_VIEWER, on=TODAY, by=None)
    with pytest.raises(ValueError, match="everywhere"), unit_of_work():
        services.give_membership(
            jo, Role.SYSTEM_ADMINISTRATOR, organisation_id=trust.id, on=TODAY, by=None
        )
    with pytest.raises(ValueError, match="not on both"), unit_of_work():
        services.give_membership(
            jo, Role.COACH, organisation_id=trust.id, project_id=1, on=TODAY, by=None
        )


def test_roles_are_told_in_words(person: Person, trust: Organisation) -> None:
    jo = person(role=Role.SYSTEM_ADMINISTRATOR)
    with unit_of_work():
        services.give_membership(jo, Role.COACH, organisation_id=trust.id, on=TODAY, by=None)
    told = [(held.role, held.where) for held in queries.roles_held(jo, TODAY)]
    assert set(told) == {
        ("System administrator", "Everywhere"),
        ("Coach", "Bramblewick Community Trust"),
    }
    assert "Bramblewick Community Trust" in queries.names_around(jo)


# --- sign-ins


def test_the_database_holds_no_token_and_no_whole_address(person: Person) -> None:
    jo = person()
    with unit_of_work():
        token = services.sign_in(jo, **AT_HOME)
    row = db.session.scalars(select(LoginSession)).one()
    assert token not in (row.token_hash, row.address, row.browser)
    assert row.token_hash == domain.fingerprint(token)
    assert row.address == "192.0.2.0/24"
    assert row.user_id == jo.id


def test_a_sign_in_ends_when_idle_for_an_hour(person: Person, stop_clock: Clock) -> None:
    jo = person()
    stop_clock(NOON)
    with unit_of_work():
        token = services.sign_in(jo, **AT_HOME)
    stop_clock(NOON + timedelta(minutes=59))
    found = queries.signed_in(token)
    assert found is not None
    assert found[0] is jo
    stop_clock(NOON + timedelta(minutes=60))
    assert queries.signed_in(token) is None


def test_a_sign_in_in_use_ends_after_twelve_hours(person: Person, stop_clock: Clock) -> None:
    jo = person()
    stop_clock(NOON)
    with unit_of_work():
        token = services.sign_in(jo, **AT_HOME)
    for minutes in range(0, 12 * 60, 30):
        stop_clock(NOON + timedelta(minutes=minutes))
        found = queries.signed_in(token)
        assert found is not None
        services.note_seen(found[1])
    stop_clock(NOON + timedelta(hours=12))
    assert queries.signed_in(token) is None


def test_being_here_is_noted_every_five_minutes_at_most(person: Person, stop_clock: Clock) -> None:
    jo = person()
    stop_clock(NOON)
    with unit_of_work():
        token = services.sign_in(jo, **AT_HOME)
    version = jo.version
    for minutes, noted in ((4, 0), (5, 5), (9, 5), (10, 10)):
        now = NOON + timedelta(minutes=minutes)
        stop_clock(now)
        found = queries.signed_in(token)
        assert found is not None
        assert found[1].is_due(now) is (minutes % 5 == 0)
        if found[1].is_due(now):
            services.note_seen(found[1])
        row = db.session.scalars(select(LoginSession)).one()
        assert row.last_seen_at == NOON + timedelta(minutes=noted)
    assert jo.last_seen_at == NOON + timedelta(minutes=10)
    assert jo.version == version, "being here is no edit"


def test_two_requests_at_once_never_move_the_note_back(person: Person, stop_clock: Clock) -> None:
    jo = person()
    stop_clock(NOON)
    with unit_of_work():
        token = services.sign_in(jo, **AT_HOME)
    found = queries.signed_in(token)
    assert found is not None
    stop_clock(NOON + timedelta(minutes=30))
    services.note_seen(found[1])
    stop_clock(NOON + timedelta(minutes=29))
    services.note_seen(found[1])
    row = db.session.scalars(select(LoginSession)).one()
    assert row.last_seen_at == NOON + timedelta(minutes=30)


def test_signing_in_clears_away_what_has_run_out(person: Person, stop_clock: Clock) -> None:
    jo, ann = person("jo"), person("ann")
    stop_clock(NOON)
    with unit_of_work():
        services.sign_in(jo, **AT_HOME)
    stop_clock(NOON + timedelta(minutes=30))
    with unit_of_work():
        services.sign_in(jo, **AT_HOME)
    stop_clock(NOON + timedelta(minutes=61))
    with unit_of_work():
        services.sign_in(ann, **AT_HOME)
    assert count(LoginSession) == 2
    assert [row.user_id for row in queries.sign_ins(jo)] == [jo.id]


def test_an_ended_sign_in_and_a_made_up_token_are_nobodys(person: Person) -> None:
    jo = person()
    with unit_of_work():
        token = services.sign_in(jo, **AT_HOME)
    assert queries.signed_in(token) is not None
    with unit_of_work():
        services.end_sign_in(token)
        services.end_sign_in(token)
    assert queries.signed_in(token) is None
    assert queries.signed_in(domain.fingerprint(token)) is None
    assert queries.signed_in("") is None
    assert actions().count("sign_in.ended") == 1


def test_a_disabled_account_is_out_at_once(person: Person) -> None:
    jo = person()
    with unit_of_work():
        token = services.sign_in(jo, **AT_HOME)
    with unit_of_work():
        jo.disabled_at = NOON
    assert queries.signed_in(token) is None


def test_people_end_their_own_sign_ins_and_nobody_elses(person: Person) -> None:
    jo, ann = person("jo"), person("ann")
    with unit_of_work():
        services.sign_in(jo, **AT_HOME)
        anns = services.sign_in(ann, **AT_HOME)
    found = queries.signed_in(anns)
    assert found is not None
    with unit_of_work():
        assert not services.end_own_sign_in(jo, found[1].id)
    assert queries.signed_in(anns) is not None
    with unit_of_work():
        assert services.end_own_sign_in(ann, found[1].id)
    assert queries.signed_in(anns) is None


# --- limits


def test_ten_failures_in_fifteen_minutes_make_an_account_wait(
    app: Flask, stop_clock: Clock
) -> None:
    for minute in range(10):
        stop_clock(NOON + timedelta(minutes=minute))
        assert queries.wait("jo@example.org", "192.0.2.1") is None
        with unit_of_work():
            services.record_failure("jo@example.org", address="192.0.2.1", user=None)
    assert queries.wait("JO@example.org ", "198.51.100.9") == timedelta(minutes=6)
    assert queries.wait("ann@example.org", "192.0.2.1") is None
    stop_clock(NOON + timedelta(minutes=15))
    assert queries.wait("jo@example.org", "192.0.2.1") is None


def test_two_hundred_failures_make_an_address_wait_whatever_the_account(
    app: Flask, stop_clock: Clock
) -> None:
    stop_clock(NOON)
    with unit_of_work():
        for nth in range(199):
            services.record_failure(f"p{nth}@example.org", address="192.0.2.1", user=None)
    assert queries.wait("new@example.org", "192.0.2.1") is None
    with unit_of_work():
        services.record_failure("last@example.org", address="192.0.2.1", user=None)
    assert queries.wait("new@example.org", "192.0.2.1") == domain.SIGN_IN_PER_ACCOUNT.within
    assert queries.wait("new@example.org", "192.0.2.2") is None


def test_failures_hold_neither_account_nor_address_and_do_not_pile_up(
    app: Flask, stop_clock: Clock
) -> None:
    stop_clock(NOON)
    with unit_of_work():
        services.record_failure("jo@example.org", address="192.0.2.1", user=None)
    account, address = db.session.scalars(select(Attempt.subject_hash)).all()
    assert "jo" not in account
    assert len(account) == len(address) == 64
    assert address != account
    stop_clock(NOON + domain.SIGN_IN_PER_ACCOUNT.within)
    with unit_of_work():
        services.record_failure("ann@example.org", address="192.0.2.1", user=None)
    assert count(Attempt) == 2


# --- passwords and one-time links


def test_a_new_password_ends_other_sign_ins_and_open_links(person: Person) -> None:
    jo = person()
    with unit_of_work():
        here, there = (services.sign_in(jo, **AT_HOME) for _ in range(2))
        link = services.make_link(jo, purpose=domain.LinkPurpose.RESET, by=None)
    with unit_of_work():
        services.set_password(jo, "another-hash", by=jo, keep=here)
    assert queries.signed_in(here) is not None
    assert queries.signed_in(there) is None
    assert queries.open_link(link) is None
    assert jo.password_hash == "another-hash"


def test_a_link_is_kept_hashed_works_once_and_ends_every_sign_in(person: Person) -> None:
    jo = person()
    with unit_of_work():
        signed_in = services.sign_in(jo, **AT_HOME)
        link = services.make_link(jo, purpose=domain.LinkPurpose.INVITATION, by=None)
    row = db.session.scalars(select(OneTimeLink)).one()
    assert link != row.token_hash == domain.fingerprint(link)
    assert queries.open_link(link) is not None, "looking does not use it up"
    with unit_of_work():
        assert services.use_link(link, "new-hash") is jo
    assert queries.signed_in(signed_in) is None
    with pytest.raises(domain.LinkNotUsable), unit_of_work():
        services.use_link(link, "third-hash")
    assert jo.password_hash == "new-hash"


@pytest.mark.parametrize(
    ("purpose", "lasts"),
    [(domain.LinkPurpose.RESET, 1), (domain.LinkPurpose.FIRST_ADMINISTRATOR, 24)],
)
def test_a_link_runs_out(
    person: Person, stop_clock: Clock, purpose: domain.LinkPurpose, lasts: int
) -> None:
    jo = person()
    stop_clock(NOON)
    with unit_of_work():
        link = services.make_link(jo, purpose=purpose, by=None)
    stop_clock(NOON + timedelta(hours=lasts, seconds=-1))
    assert queries.open_link(link) is not None
    stop_clock(NOON + timedelta(hours=lasts))
    assert queries.open_link(link) is None


def test_a_newer_link_ends_the_older_one_and_a_disabled_account_has_none(person: Person) -> None:
    jo = person()
    with unit_of_work():
        older = services.make_link(jo, purpose=domain.LinkPurpose.INVITATION, by=None)
        newer = services.make_link(jo, purpose=domain.LinkPurpose.INVITATION, by=None)
    assert queries.open_link(older) is None
    assert queries.open_link(newer) is not None
    with unit_of_work():
        jo.disabled_at = NOON
    assert queries.open_link(newer) is None


def test_the_history_tells_no_secret_and_no_address(person: Person) -> None:
    jo = person()
    with unit_of_work():
        token = services.sign_in(jo, **AT_HOME)
        link = services.make_link(jo, purpose=domain.LinkPurpose.RESET, by=jo)
        services.record_failure(jo.email, address="192.0.2.77", user=jo)
        services.set_password(jo, "scrypt-hash", by=jo)
    told = " ".join(
        f"{event.action} {event.detail}" for event in db.session.scalars(select(AuditEvent))
    )
    assert "sign_in.started" in told
    assert "sign_in.refused" in told
    assert "password.set" in told
    for secret in (token, link, "scrypt-hash", jo.email, "192.0.2"):
        assert secret not in told
