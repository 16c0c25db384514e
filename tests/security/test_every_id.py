"""Ids of others are of no use anywhere, and who has no role today finds nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from tracker.auth import services as auth
from tracker.auth.models import User
from tracker.db import Base, db, unit_of_work, utcnow
from tracker.permissions import Role
from tracker.projects import services as projects
from tracker.projects.models import Project, ProjectMember
from tracker.safe.dates import today
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.plugin import LogIn

from .walking import HTMX, ROWS, Walker, World, every_form, said, walk

pytestmark = pytest.mark.usefixtures("blank_paper")

NewClient = Callable[[], TrackerClient]

HUGE = str(2**63)
ODD = (HUGE, "-1", "1e3", "\u00b2", "\u0661", "\x00", "")
ASKED = (
    *("after", "before", "from", "to", "id", "project", "project_id", "measure", "measure_id"),
    *("cycle", "cycle_id", "organisation", "organisation_id", "place", "psc", "user", "user_id"),
    *("member", "member_id", "event", "event_id", "comment", "page", "programme", "status"),
)


def test_no_query_shows_a_row_of_others_or_makes_a_page_fail(
    world: World, client: TrackerClient, log_in: LogIn
) -> None:
    theirs = Hidden(world)
    log_in(world.lead)
    wrong = []
    for endpoint, _, url in walk(world, world.lead, "GET"):
        for value in (theirs.id, HUGE, "-1", "\x00", "9999-12-31", "0001-01-01"):
            answer = client.get(url, query_string=dict.fromkeys(ASKED, value))
            if answer.status_code >= 500:
                wrong.append(f"{endpoint}: {value!r}: {answer.status_code}")
            if Hidden.NAME in said(answer):
                wrong.append(f"{endpoint}: {value!r}: shows what is hidden")
    assert not wrong, "\n".join(wrong)


class Hidden:
    """A project of another organisation, whose every row says so."""

    NAME = "Hidden from you"

    def __init__(self, world: World) -> None:
        lead = factories.person(self.NAME, role=Role.QI_LEAD, on=world.elsewhere)
        project = factories.project(self.NAME, by=lead, organisation=world.elsewhere)
        makers: list[Callable[[], Any]] = [
            lambda: factories.person(self.NAME, role=Role.QI_LEAD, on=world.elsewhere),
            lambda: factories.project(self.NAME, by=lead, organisation=world.elsewhere),
            lambda: factories.measure(project, by=lead, title=self.NAME),
            lambda: factories.cycle(project, by=lead, title=self.NAME),
        ]
        rows = [make() for make in makers]
        # One id for all: whatever kind of row a field takes, it is tried by one request.
        while len({row.id for row in rows}) > 1:
            behind = min(range(len(rows)), key=lambda at: rows[at].id)
            rows[behind] = makers[behind]()
        self.id = str(rows[0].id)


def test_no_form_takes_an_id_of_another_project_or_fails_on_one_that_cannot_be(
    world: World, client: TrackerClient, log_in: LogIn
) -> None:
    theirs = Hidden(world)
    log_in(world.lead)
    assert crossing() == []
    wrong, tried = [], 0
    for endpoint, to, fields, typed in [*every_form(world, client, world.lead)]:
        for name in fields:
            if name in {"csrf_token", "form_key", "version", *typed}:
                continue
            for value in (theirs.id, *ODD):
                tried += 1
                usual = dict.fromkeys(typed, "3")
                answer = client.post(to, data={**fields, **usual, name: value})
                if answer.status_code >= 500:
                    wrong.append(f"{endpoint}: {name}={value!r}: {answer.status_code}")
                if Hidden.NAME in said(answer):
                    wrong.append(f"{endpoint}: {name}={value!r}: shows what is hidden")
    assert not wrong, "\n".join(wrong)
    assert crossing() == []
    assert tried > 300


def crossing() -> list[str]:
    """Foreign keys from a row of one project to a row of another; there must be none."""
    db.session.rollback()
    found = []
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            other = key.column.table.alias()
            if "project_id" in table.c and "project_id" in other.c:
                crossed = (
                    db.select(db.func.count())
                    .select_from(table.join(other, key.parent == other.c[key.column.name]))
                    .where(table.c.project_id != other.c.project_id)
                )
                if db.session.scalar(crossed):
                    found.append(f"{table.name}.{key.parent.name}")
    return found


TODAY = date(2026, 3, 10)
Leave = Callable[["World", User], None]


def _role(world: World, user: User, *, on: date, until: date | None, **where: Any) -> None:
    with unit_of_work():
        auth.give_membership(user, Role.QI_LEAD, on=on, until=until, by=None, **where)


AWAY: dict[str, Leave] = {
    "a project role that ended yesterday": lambda w, u: _role(
        w, u, on=date(2020, 1, 1), until=TODAY - timedelta(1), project_id=w.project.id
    ),
    "an organisation role that ended yesterday": lambda w, u: _role(
        w, u, on=date(2020, 1, 1), until=TODAY - timedelta(1), organisation_id=w.trust.id
    ),
    "a project role that starts tomorrow": lambda w, u: _role(
        w, u, on=TODAY + timedelta(1), until=None, project_id=w.project.id
    ),
    "an organisation role that starts tomorrow": lambda w, u: _role(
        w, u, on=TODAY + timedelta(1), until=None, organisation_id=w.trust.id
    ),
    "no role at all": lambda w, u: None,
}


def test_who_has_no_role_today_finds_nothing(
    world: World, new_client: NewClient, stop_clock: Callable[[date], None]
) -> None:
    people = {how: factories.person() for how in AWAY}
    for how, user in people.items():
        AWAY[how](world, user)
    stop_clock(TODAY)
    asking: dict[str, tuple[TrackerClient, dict[str, str]]] = {}
    for how, user in people.items():
        client = new_client()
        client.sign_in(user)
        asking |= {how: (client, {}), f"{how}, by htmx": (client, HTMX)}
    assert found_by(world, asking) == []
    assert len(asking) == 2 * len(AWAY)


def test_a_member_who_was_taken_off_the_team_finds_nothing(
    world: World, client: TrackerClient
) -> None:
    user = factories.member(world.project, role=Role.QI_LEAD)
    client.sign_in(user)
    assert client.get(f"/projects/{world.project.id}").status_code == 200
    with unit_of_work():
        held = db.session.scalars(
            db.select(ProjectMember).where(ProjectMember.user_id == user.id)
        ).one()
        projects.remove_member(held, by=world.lead, on=today())
    assert found_by(world, {"a former member": (client, {})}) == []


def test_nobody_finds_a_part_of_a_deleted_project(
    app: Flask, world: World, client: TrackerClient
) -> None:
    routes = [
        (endpoint, method, world.address(endpoint, world.lead))
        for endpoint, method in ROWS
        if "project_id" in next(app.url_map.iter_rules(endpoint)).arguments
    ]
    with unit_of_work():
        db.session.execute(update(Project).values(deleted_at=utcnow()))
    client.sign_in(world.lead)
    there = [
        f"{method} {endpoint}: {status}"
        for endpoint, method, url in routes
        if (status := client.open(url, method=method).status_code) != 404
    ]
    # Only its way back is open.
    assert [line for line in there if "restore" not in line and "deleted" not in line] == []
    assert len(routes) > 40


def found_by(
    world: World, asking: Mapping[str, tuple[TrackerClient, Mapping[str, str]]]
) -> list[str]:
    """What anybody of these finds that a stranger does not; who finds nothing uses nothing up."""
    found, asked = [], 0
    for (endpoint, method), row in ROWS.items():
        if row["foreign"] == "404" and not endpoint.startswith("auth."):
            asked += 1
            url = world.address(endpoint, world.lead)
            for who, (client, headers) in asking.items():
                status = client.open(url, method=method, headers=headers).status_code
                if status != 404:
                    found.append(f"{who}: {method} {endpoint}: {status}")
    assert asked > 40
    return found


@pytest.mark.parametrize("role", ["anonymous", "viewer", "coach", "foreign", "qi_lead"])
def test_htmx_is_let_in_and_kept_out_as_a_browser_is(
    world: World, client: TrackerClient, role: str
) -> None:
    user = None if role == "anonymous" else world.person(role)
    by = world.lead if user is None or role == "foreign" else user
    walker = Walker(client, user)
    differing = []
    for endpoint, method, url in walk(world, by):
        body = world.bodies.get(endpoint)
        answer = walker.open(endpoint, url, method=method, headers=HTMX, data=body)
        expected, status = ROWS[endpoint, method][role], answer.status_code
        if expected == "sign-in":
            fits = status == 401 and answer.headers["HX-Redirect"].startswith("/sign-in")
        elif expected == "yes":
            fits = status not in {401, 403, 404, 405, 500}
        else:
            fits = str(status) == expected
        if not fits:
            differing.append(f"{method} {endpoint}: {expected}, not {status}")
    assert not differing, "\n".join(differing)
