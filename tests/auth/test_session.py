from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from tracker.auth import services
from tracker.auth.models import LoginSession, User
from tracker.db import db, unit_of_work
from tracker.permissions import Role
from tracker.testing.client import TrackerClient
from tracker.testing.plugin import Clock

Person = Callable[..., User]
Probed = Callable[..., Flask]
Browser = Callable[[Flask], TrackerClient]

NOON = datetime(2025, 7, 15, 12, tzinfo=UTC)


def test_a_page_for_a_signed_in_person_asks_who_they_are_in_one_statement(
    probed: Probed, browser: Browser, person: Person, count_statements: Any
) -> None:
    client = browser(probed())
    client.sign_in(person(role=Role.SYSTEM_ADMINISTRATOR))
    client.get("/help")  # the first request of a process compares plugins with stored copies
    with count_statements() as statements:
        answer = client.get("/probe", buffered=True)
    assert answer.text == "Jo True"
    assert len(statements) == 1, statements


def test_an_anonymous_request_asks_the_database_nothing(
    probed: Probed, browser: Browser, count_statements: Any
) -> None:
    client = browser(probed())
    client.get("/help")  # the first request of a process compares plugins with stored copies
    with count_statements() as statements:
        answer = client.get("/probe?a=1&b=2")
    assert not statements
    assert answer.status_code == 302
    assert answer.location == "/sign-in?next=/probe?a%3D1%26b%3D2"


def test_htmx_is_sent_to_sign_in_by_a_header_and_comes_back_to_its_page(
    probed: Probed, browser: Browser
) -> None:
    client = browser(probed())
    headers = {"HX-Request": "true", "HX-Current-URL": "http://localhost/probe?a=1"}
    for method in (client.get, client.post):
        answer = method("/probe/part", headers=headers)
        assert answer.status_code == 401
        assert answer.text == ""
        assert answer.headers["HX-Redirect"] == "/sign-in?next=/probe?a%3D1"


@pytest.mark.parametrize(
    "here", ["https://elsewhere.example/probe", "http://localhost/nowhere", "garbage", ""]
)
def test_htmx_is_never_sent_back_to_another_site_or_to_no_page(
    probed: Probed, browser: Browser, here: str
) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": here}
    answer = browser(probed()).get("/probe/part", headers=headers)
    assert answer.headers["HX-Redirect"] in ("/sign-in?next=/", "/sign-in?next=/probe/part")


def test_a_role_that_ends_is_gone_at_the_next_request(
    probed: Probed, browser: Browser, person: Person, stop_clock: Clock
) -> None:
    jo = person(role=Role.SYSTEM_ADMINISTRATOR)
    client = browser(probed())
    client.sign_in(jo)
    assert client.get("/probe").text == "Jo True"
    with unit_of_work():
        services.end_membership(jo.memberships[0], on=datetime.now(UTC).date(), by=None)
    assert client.get("/probe").text == "Jo False"


def test_roles_are_read_again_inside_a_unit_of_work(person: Person) -> None:
    jo = person()
    assert jo.active_memberships() == []
    with unit_of_work():
        services.give_membership(jo, Role.SYSTEM_ADMINISTRATOR, on=NOON.date(), by=None)
    with unit_of_work():
        assert len(jo.active_memberships()) == 1


def test_a_page_notes_that_somebody_is_here_after_its_answer(
    probed: Probed, browser: Browser, person: Person, stop_clock: Clock, count_statements: Any
) -> None:
    client = browser(probed())
    stop_clock(NOON)
    client.sign_in(person())
    later = NOON + timedelta(minutes=6)
    stop_clock(later)
    with count_statements() as statements:
        answer = client.get("/probe")
    writes = [sql for sql in statements if not sql.startswith("SELECT")]
    assert not writes, "the work of a GET writes nothing"
    answer.close()
    assert db.session.scalars(select(LoginSession.last_seen_at)).one() == later
    with count_statements() as statements:
        client.get("/probe").close()
    assert not [sql for sql in statements if sql.startswith("UPDATE")]


def test_a_database_that_cannot_note_it_does_not_spoil_the_answer(
    probed: Probed,
    browser: Browser,
    person: Person,
    stop_clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = browser(probed())
    stop_clock(NOON)
    client.sign_in(person())
    stop_clock(NOON + timedelta(minutes=6))

    def locked() -> None:
        raise OperationalError("UPDATE", {}, Exception("database is locked"))

    monkeypatch.setattr(services, "unit_of_work", locked)
    answer = client.get("/probe", buffered=True)
    assert answer.text == "Jo False"


def test_use_keeps_a_sign_in_alive_and_an_hour_without_ends_it(
    probed: Probed, browser: Browser, person: Person, stop_clock: Clock
) -> None:
    client = browser(probed())
    stop_clock(NOON)
    client.sign_in(person())
    for minutes in (50, 100, 150):
        stop_clock(NOON + timedelta(minutes=minutes))
        assert client.get("/probe", buffered=True).status_code == 200
    stop_clock(NOON + timedelta(minutes=210))
    assert client.get("/probe").status_code == 302


def test_private_answers_are_stored_nowhere(
    probed: Probed, browser: Browser, person: Person
) -> None:
    client = browser(probed())
    client.sign_in(person())
    assert client.get("/account").headers["Cache-Control"] == "no-store"
    assert client.get("/sign-in").headers["Cache-Control"] == "no-store"


def test_two_people_in_two_browsers_stay_apart(
    probed: Probed, browser: Browser, person: Person
) -> None:
    app = probed()
    one, other = browser(app), browser(app)
    one.sign_in(person("jo"))
    other.sign_in(person("ann"))
    assert one.get("/probe").text.startswith("Jo ")
    assert other.get("/probe").text.startswith("Ann ")


def test_a_page_knows_how_long_the_sign_in_lasts_and_staying_makes_it_longer(
    client: TrackerClient, person: Person, log_in: Any, stop_clock: Clock
) -> None:
    stop_clock(NOON)
    log_in(person())
    stop_clock(NOON + timedelta(minutes=4))
    assert client.get("/account").headers["Qi-Sign-In"] == str(56 * 60)
    stayed = client.post("/account/stay", headers={"HX-Request": "true"})
    assert (stayed.status_code, stayed.headers["Qi-Sign-In"]) == (204, str(60 * 60))
    stop_clock(NOON + timedelta(minutes=63))
    assert client.get("/account").status_code == 200


def test_nobody_stays_beyond_the_longest_time(
    client: TrackerClient, person: Person, log_in: Any, stop_clock: Clock
) -> None:
    stop_clock(NOON)
    log_in(person())
    for hours in range(1, 24):
        stop_clock(NOON + timedelta(minutes=30 * hours))
        client.post("/account/stay")
    stop_clock(NOON + timedelta(hours=11, minutes=45))
    answer = client.post("/account/stay", headers={"HX-Request": "true"})
    assert answer.headers["Qi-Sign-In"] == str(15 * 60)
    stop_clock(NOON + timedelta(hours=12))
    assert client.post("/account/stay").status_code == 401
