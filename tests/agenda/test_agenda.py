"""The calendar feed and the weekly message: for one person, what they may read, and no more."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask

from tracker.agenda import digest, queries, services
from tracker.agenda.models import CalendarFeed, WeeklyMessage
from tracker.auth import personal
from tracker.auth.models import User
from tracker.cli import main
from tracker.db import db, unit_of_work
from tracker.mail import writing
from tracker.mail.models import OutgoingMail
from tracker.permissions import Role
from tracker.projects import services as projects
from tracker.projects.models import Project
from tracker.risks import services as risks
from tracker.risks.services import Judgement
from tracker.tasks import services as tasks
from tracker.tasks.services import Asked
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.plugin import Clock, LogIn

DAY = date(2026, 3, 10)


def on(days: int) -> date:
    return DAY + timedelta(days=days)


@dataclass
class Ward:
    """Two projects with something due in each; Jo is on the team of the first alone."""

    jo: User
    coach: User
    own: Project
    other: Project


@pytest.fixture
def ward(app: Flask, stop_clock: Clock) -> Ward:
    stop_clock(DAY)
    jo, sam = factories.person("Jo Example"), factories.person("Sam Example")
    own = factories.project("Fewer falls", by=jo)
    other = factories.project("Not for Jo", by=sam)
    coach = factories.member(own, role=Role.COACH, user=factories.person("Cas Coach"))
    for project, by in ((own, jo), (other, sam)):
        factories.cycle(project, by=by, title="Low beds", starts_on=on(-9), ends_on=on(3))
        factories.cycle(project, by=by, title="Ended", starts_on=on(-20), ends_on=on(-2))
        with unit_of_work():
            for what, away in (("Walk the ward", -1), ("Book; the room", 2), ("Later", 30)):
                asked = Asked(what=what, who="Jo Example", due_on=on(away))
                tasks.add(project, asked, by=by)
            risks.add(project, Judgement("Beds run out", review_on=on(5)), by=by)
    factories.comment(own, "Words that are for the page alone", by=coach)
    return Ward(jo, coach, own, other)


@pytest.fixture
def jo(ward: Ward, client: TrackerClient, log_in: LogIn) -> TrackerClient:
    return log_in(ward.jo)


ADDRESS = re.compile(r"/calendar/([\w-]{43})\.ics")


def test_a_calendar_address_is_shown_once_renewed_and_closed(
    jo: TrackerClient, ward: Ward, new_client: Callable[[], TrackerClient]
) -> None:
    program = new_client()
    assert not ADDRESS.search(jo.get("/account/calendar").text)
    found = ADDRESS.search(jo.post("/account/calendar/make").text)
    assert found is not None
    assert not ADDRESS.search(jo.get("/account/calendar").text)
    feed = db.session.scalars(db.select(CalendarFeed)).one()
    assert found[1] not in feed.token_hash
    assert program.get(found[0]).status_code == 200
    renewed = ADDRESS.search(jo.post("/account/calendar/make").text)
    assert renewed is not None
    assert [program.get(f[0]).status_code for f in (found, renewed)] == [404, 200]
    jo.post("/account/calendar/end")
    assert program.get(renewed[0]).status_code == 404


def test_a_feed_holds_what_its_person_may_read_at_that_moment(
    ward: Ward, new_client: Callable[[], TrackerClient]
) -> None:
    with unit_of_work():
        secret = services.make_feed(ward.jo)
    program, url = new_client(), f"/calendar/{secret}.ics"
    answer = program.get(url)
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert "no-store" in answer.headers["Cache-Control"]
    unfolded = answer.text.replace("\r\n ", "")
    summaries = re.findall("SUMMARY:(.*)\r", unfolded)
    assert summaries == [
        "Cycle 2 ends: Ended",
        "Task: Walk the ward",
        "Task: Book\\; the room",
        "Cycle 1 ends: Low beds",
        "Look at a risk again: Beds run out",
        "Task: Later",
    ]
    assert "Not for Jo" not in unfolded
    uids = re.findall("UID:(.*)\r", unfolded)
    assert len(set(uids)) == len(uids)
    assert re.findall("UID:(.*)\r", program.get(url).text.replace("\r\n ", "")) == uids
    with unit_of_work():
        member = projects.add_member(
            ward.other, name="Jo Example", team_role="Nurse", user=ward.jo,
            role=Role.TEAM_MEMBER, on=DAY, by=ward.coach,
        )  # fmt: skip
    assert "Not for Jo" in program.get(url).text
    with unit_of_work():
        projects.remove_member(member, on=DAY, by=ward.coach)
    with unit_of_work():
        personal.disable(ward.jo)
    assert program.get(url).status_code == 404


def test_a_feed_that_is_asked_for_too_often_has_to_wait(
    ward: Ward, client: TrackerClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with unit_of_work():
        secret = services.make_feed(ward.jo)
    monkeypatch.setattr("tracker.agenda.views.PER_CALENDAR", _few("calendar.feed"))
    monkeypatch.setattr("tracker.agenda.views.PER_ADDRESS", _few("calendar.address"))
    for url, status in ((f"/calendar/{secret}.ics", 200), ("/calendar/guessed.ics", 404)):
        assert [client.get(url).status_code for _ in range(3)] == [status, status, 429]
    assert int(client.get(f"/calendar/{secret}.ics").headers["Retry-After"]) > 0


def _few(kind: str) -> Any:
    from tracker.limits.domain import Limit

    return Limit(kind, most=2, within=timedelta(hours=1))


def outbox() -> list[OutgoingMail]:
    return list(db.session.scalars(db.select(OutgoingMail).order_by(OutgoingMail.id)))


def test_the_message_tells_what_there_is_and_nothing_of_others(ward: Ward) -> None:
    done = digest.write_all(DAY)
    letters = {row.recipient: row for row in outbox()}
    assert done.written == len(letters)
    letter = letters[ward.jo.email]
    assert letter.subject == (
        "Your improvement work: 1 overdue task, 3 things this week, 1 cycle waiting, "
        "1 project with new comments"
    )
    for words in (
        "Walk the ward (Fewer falls), due 9 March 2026",
        "Book; the room (Fewer falls), due 12 March 2026",
        "Cycle 1 ends: Low beds (Fewer falls), 13 March 2026",
        "Look at a risk again: Beds run out (Fewer falls), 15 March 2026",
        "Say what happened in cycle 2 (Fewer falls)",
        "1 comment on Fewer falls",
    ):
        assert words in letter.body
    assert "Not for Jo" not in letter.body
    assert "Later" not in letter.body
    assert "for the page alone" not in letter.body
    # A coach is told of the days of the project, and not to do the team's work.
    coachs = letters[ward.coach.email].body
    assert "Cycle 1 ends" in coachs
    assert "Say what happened" not in coachs


def test_a_week_is_told_once_also_by_a_round_that_was_stopped(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, killed = writing.write, [False]

    def dies(*words: Any, **more: Any) -> None:
        write(*words, **more)
        if len(outbox()) == 2 and not killed[0]:
            killed[0] = True
            raise KeyboardInterrupt

    monkeypatch.setattr(writing, "write", dies)
    with pytest.raises(KeyboardInterrupt):
        digest.write_all(DAY)
    assert len(outbox()) == 1  # the second was written in a transaction that never was
    assert digest.write_all(DAY).written >= 2
    everybody = [row.recipient for row in outbox()]
    assert len(set(everybody)) == len(everybody)
    assert digest.write_all(on(5)).written == 0  # Sunday of the same week
    assert digest.write_all(on(6)).written >= 1


def test_a_link_stops_the_message_by_a_press_and_by_no_look(
    ward: Ward, new_client: Callable[[], TrackerClient], jo: TrackerClient
) -> None:
    digest.write_all(DAY)
    body = next(row.body for row in outbox() if row.recipient == ward.jo.email)
    link = re.search(r"https?://[^/]+(/weekly-message/stop/\S+)", body)
    assert link is not None
    anybody = new_client()
    assert anybody.get(link[1]).status_code == 200
    assert queries.wants_messages(ward.jo)
    assert anybody.get(link[1][:-2]).status_code == 404
    assert anybody.post(link[1][:-2]).status_code == 404
    assert "You get no weekly message any more" in anybody.post(link[1]).text
    db.session.expire_all()
    assert not queries.wants_messages(ward.jo)
    before = len(outbox())
    digest.write_all(on(7))
    assert ward.jo.email not in [row.recipient for row in outbox()[before:]]
    assert "You have stopped it." in jo.get("/account/calendar").text
    jo.post("/account/weekly-message/start")
    db.session.expire_all()
    assert queries.wants_messages(ward.jo)


def test_who_has_nothing_or_is_not_let_in_gets_none(ward: Ward) -> None:
    factories.person("Nobody Yet")
    with unit_of_work():
        personal.disable(ward.jo)
    digest.write_all(DAY)
    to = {row.recipient for row in outbox()}
    assert ward.jo.email not in to
    assert "Nobody Yet" not in "".join(row.body for row in outbox())
    told = db.session.scalars(db.select(WeeklyMessage)).all()
    assert len(told) == len(to)


def test_the_command_writes_and_delivers(
    ward: Ward, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.cli.digest.app_from_env", lambda: app)
    db.session.rollback()
    said = CliRunner().invoke(main, ["digest", "--on", "2026-03-10"])
    assert said.exit_code == 0, said.output
    assert re.match(
        r"Written: [1-9]\d*\. Nothing to say to: \d+\. Delivered now: \d+\.", said.output
    )
