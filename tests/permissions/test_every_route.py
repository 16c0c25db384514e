"""Every route, every method, every access role: what the table says is what the app does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tracker.auth.models import Membership, User
from tracker.db import db, unit_of_work, utcnow
from tracker.testing.client import TrackerClient

from .table import ROLES, ROWS
from .walker import Walker

if TYPE_CHECKING:
    from .conftest import World

pytestmark = pytest.mark.usefixtures("blank_paper")

SIGN_IN = "/sign-in"
KEPT = {"case_studies.picture_file", "library.picture"}
"""Whose address names a content that never changes."""

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
def test_each_role_gets_the_answer_of_the_table_and_every_answer_carries_the_headers(
    world: World, new_client: NewClient, role: str
) -> None:
    user = None if role == "anonymous" else world.person(role)
    walker = Walker(new_client(), user)
    by = None if role == "foreign" else user
    differing = []
    for (endpoint, method), cells in ROWS.items():
        url = world.address(endpoint, by)
        answer = walker.open(endpoint, url, method=method, data=world.bodies.get(endpoint))
        if not fits(answer, method, cells[role]):
            location = answer.headers.get("Location", "")
            differing.append(
                f"{method} {endpoint}: {cells[role]}, not {answer.status_code} {location}"
            )
        differing += [
            f"{method} {endpoint} ({answer.status_code}): {name}"
            for name in unsaid(answer, endpoint)
        ]
    assert not differing, "\n".join(differing)


@pytest.mark.parametrize("role", ["qi_lead", "system_administrator"])
def test_a_suspended_account_is_asked_to_sign_in_everywhere(
    world: World, new_client: NewClient, role: str
) -> None:
    user = world.person(role)
    client = new_client()
    client.sign_in(user)
    with unit_of_work():
        db.session.get_one(User, user.id).disabled_at = utcnow()
    differing = []
    for (endpoint, method), cells in ROWS.items():
        if cells["anonymous"] != "yes":
            response = client.open(world.address(endpoint, user), method=method)
            if not fits(response, method, "sign-in"):
                differing.append(f"{method} {endpoint}: {response.status_code}")
    assert not differing, "\n".join(differing)


def test_a_member_who_was_removed_finds_nothing_of_the_project(
    world: World, new_client: NewClient
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
            response = client.open(world.address(endpoint, user), method=method)
            if response.status_code != 404:
                differing.append(f"{method} {endpoint}: {response.status_code}")
    assert not differing, "\n".join(differing)


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


def unsaid(answer: TestResponse, endpoint: str) -> list[str]:
    """What an answer has to say to every browser and does not, by the name of the header."""
    is_kept = answer.status_code == 200 and endpoint in KEPT
    expected = {
        "Content-Security-Policy": "default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cache-Control": "immutable" if endpoint == "static" or is_kept else "no-store",
        "X-Request-ID": "",
    }
    said = answer.headers
    missing = [n for n, part in expected.items() if n not in said or part not in said[n]]
    if str(answer.mimetype).startswith("text/") and "charset=utf-8" not in said["Content-Type"]:
        missing.append("charset")
    return missing
