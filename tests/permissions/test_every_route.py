"""Every route, every method, every access role: what the table says is what the app does."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask, url_for
from werkzeug.test import TestResponse

from tracker.auth.models import Membership, User
from tracker.db import db, unit_of_work, utcnow
from tracker.testing.client import TrackerClient

if TYPE_CHECKING:
    from .conftest import World

TABLE = Path(__file__).parents[1] / "permissions.csv"
ROWS = {
    (row.pop("endpoint"), row.pop("method")): row
    for row in csv.DictReader(TABLE.read_text("ascii").splitlines())
}
ROLES = [column for column in next(iter(ROWS.values())) if column != "permission"]
SIGN_IN = "/sign-in"

NewClient = Callable[[], TrackerClient]


def routes(app: Flask) -> set[tuple[str, str]]:
    return {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_every_route_and_method_has_a_row_and_every_row_a_route(app: Flask) -> None:
    assert sorted(ROWS) == sorted(routes(app))


def test_the_permission_in_the_table_is_the_one_of_the_view(app: Flask) -> None:
    declared = {
        (endpoint, method): getattr(app.view_functions[endpoint], "_permission") or "public"  # noqa: B009
        for endpoint, method in routes(app)
    }
    assert {row: cells["permission"] for row, cells in ROWS.items()} == declared


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_the_answer_of_the_table(
    app: Flask, world: World, new_client: NewClient, role: str
) -> None:
    anonymous = role == "anonymous"
    user = None if anonymous else world.person(role)
    differing = []
    for (endpoint, method), cells in ROWS.items():
        by = None if role == "foreign" else user
        response = ask(app, world, new_client(), endpoint, method, user=user, by=by)
        if not fits(response, method, cells[role]):
            location = response.headers.get("Location", "")
            differing.append(
                f"{method} {endpoint}: {cells[role]}, not {response.status_code} {location}"
            )
    assert not differing, "\n".join(differing)


@pytest.mark.parametrize("role", ["qi_lead", "system_administrator"])
def test_a_suspended_account_is_asked_to_sign_in_everywhere(
    app: Flask, world: World, new_client: NewClient, role: str
) -> None:
    user = world.person(role)
    client = new_client()
    client.sign_in(user)
    with unit_of_work():
        db.session.get_one(User, user.id).disabled_at = utcnow()
    differing = []
    for (endpoint, method), cells in ROWS.items():
        if cells["anonymous"] != "yes":
            response = client.open(address(app, world, endpoint, user), method=method)
            if not fits(response, method, "sign-in"):
                differing.append(f"{method} {endpoint}: {response.status_code}")
    assert not differing, "\n".join(differing)


def test_a_member_who_was_removed_finds_nothing_of_the_project(
    app: Flask, world: World, new_client: NewClient
) -> None:
    user = world.person("qi_lead")
    client = new_client()
    client.sign_in(user)
    assert client.get(f"/projects/{world.project.id}").status_code == 200
    with unit_of_work():
        for held in db.session.scalars(db.select(Membership).where(Membership.user_id == user.id)):
            held.ends_on = held.starts_on
    differing = []
    for (endpoint, method), cells in ROWS.items():
        if cells["foreign"] == "404" and not endpoint.startswith("auth."):
            response = client.open(address(app, world, endpoint, user), method=method)
            if response.status_code != 404:
                differing.append(f"{method} {endpoint}: {response.status_code}")
    assert not differing, "\n".join(differing)


def ask(
    app: Flask,
    world: World,
    client: TrackerClient,
    endpoint: str,
    method: str,
    *,
    user: User | None,
    by: User | None,
) -> TestResponse:
    url = address(app, world, endpoint, by)
    if user is not None:
        client.sign_in(user)
    return client.open(url, method=method, data=world.bodies.get(endpoint))


def address(app: Flask, world: World, endpoint: str, by: User | None) -> str:
    parts = world.parts(endpoint, by)
    # Of several addresses the shortest: the longer ones name a part that not every thing has.
    wanted = min((r.arguments for r in app.url_map.iter_rules(endpoint)), key=len)
    with app.test_request_context():
        return url_for(endpoint, **{name: parts[name] for name in wanted})  # type: ignore[arg-type]


def fits(response: TestResponse, method: str, expected: str) -> bool:
    status = response.status_code
    if expected == "sign-in":
        if method == "GET":
            return status == 302 and response.headers["Location"].startswith(SIGN_IN)
        return status == 401
    sent_away = response.headers.get("Location", "").startswith(SIGN_IN)
    if expected == "yes" and method == "GET":
        return status == 200 or (status in (302, 303) and not sent_away)
    if expected == "yes":
        return status not in (401, 403, 404, 405, 500)
    return str(status) == expected
