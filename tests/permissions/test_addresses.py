"""An address names a row only in its own project, and a form names only rows one may use."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from flask import Flask, url_for
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tracker.db import db, unit_of_work, utcnow
from tracker.pdsa.models import PdsaCycle, Prediction
from tracker.permissions import Permission, check_routes, requires
from tracker.permissions.guard import UndeclaredRoute
from tracker.projects.models import Project
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.plugin import Clock, LogIn, MakeApp

if TYPE_CHECKING:
    from .conftest import World

REFERENCE = re.compile(rb"[0-9a-f]{16}")
HUGE = (2**31 - 1, 2**31, 2**63, 10**30)


def with_ids(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if "<id:" in rule.rule]


def methods(rule: Rule) -> set[str]:
    return (rule.methods or set()) - {"HEAD", "OPTIONS"}


def build(app: Flask, rule: Rule, parts: dict[str, object]) -> str:
    wanted = {name: parts[name] for name in rule.arguments}
    with app.test_request_context():
        return url_for(rule.endpoint, **wanted)  # type: ignore[arg-type]


def test_a_row_under_another_project_is_not_found(
    app: Flask, world: World, client: TrackerClient, log_in: LogIn
) -> None:
    other = factories.project(by=world.lead, organisation=world.trust)
    log_in(world.lead)
    tried, found = 0, []
    for rule in with_ids(app):
        if "project_id" not in rule.arguments or len(rule.arguments) < 2:
            continue
        for method in methods(rule):
            tried += 1
            parts = world.parts(rule.endpoint, world.lead)
            parts["kind"], parts["subject_id"] = "pdsa_cycle", world.cycle.id
            url = build(app, rule, parts | {"project_id": other.id})
            status = client.open(url, method=method, data=world.bodies.get(rule.endpoint))
            if status.status_code != 404:
                found.append(f"{method} {rule.endpoint}: {status.status_code}")
    assert tried > 20
    assert not found, "\n".join(found)


@pytest.mark.parametrize("huge", HUGE)
def test_an_id_too_large_for_the_database_is_not_found(
    app: Flask, world: World, client: TrackerClient, log_in: LogIn, huge: int
) -> None:
    log_in(world.lead)
    found = []
    for rule in with_ids(app):
        url = re.sub(r"<id:\w+>", str(huge), rule.rule).replace("<kind>", "project")
        for method in methods(rule):
            status = client.open(url.replace("<key>", "generic"), method=method).status_code
            if status != 404:
                found.append(f"{method} {rule.rule}: {status}")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "01", "%31%00", "one", "１"])
def test_an_id_that_is_no_number_is_not_found(
    world: World, client: TrackerClient, log_in: LogIn, text: str
) -> None:
    log_in(world.lead)
    assert client.get(f"/projects/{text}").status_code == 404


@pytest.mark.parametrize("path", ["/projects/{}", "/projects/{}/aim/edit", "/projects/{}/cycles"])
def test_a_foreign_project_looks_like_one_that_never_was(
    world: World, client: TrackerClient, log_in: LogIn, stop_clock: Clock, path: str
) -> None:
    # The page says how many seconds the sign-in lasts.
    stop_clock(utcnow())
    log_in(world.person("foreign"))

    def seen(response: TestResponse) -> tuple[int, list[tuple[str, str]], bytes]:
        headers = [(k, v) for k, v in response.headers if k not in ("X-Request-ID", "Set-Cookie")]
        return response.status_code, headers, REFERENCE.sub(b"REFERENCE", response.data)

    foreign = client.get(path.format(world.project.id))
    missing = client.get(path.format(987_654_321))
    assert foreign.status_code == 404
    assert seen(foreign) == seen(missing)
    assert world.project.title not in foreign.text


Plan = Callable[..., dict[str, object]]


@pytest.fixture
def plan() -> Plan:
    def make(**more: object) -> dict[str, object]:
        return {
            "title": "Ask at every visit",
            "kind": "test",
            "objective": "Whether it fits",
            "starts_on-day": "6",
            "starts_on-month": "1",
            "starts_on-year": "2025",
            **more,
        }

    return make


def test_a_prediction_cannot_name_a_measure_of_another_project(
    app: Flask, world: World, client: TrackerClient, log_in: LogIn, plan: Plan
) -> None:
    other = factories.project(by=world.lead, organisation=world.trust)
    hidden = factories.measure(other, by=world.lead, title="Hidden measure")
    log_in(world.lead)
    prediction = {
        "predictions-0-text": "Fewer",
        "predictions-0-value": "3",
        "predictions-0-period": "April 2026",
    }
    url = f"/projects/{world.project.id}/cycles/new"
    refused = client.post(url, data=plan(**prediction, **{"predictions-0-measure_id": hidden.id}))
    assert refused.status_code == 422
    assert "Choose one of the options" in refused.text
    assert "Hidden measure" not in refused.text
    assert db.session.scalar(db.select(db.func.count(Prediction.id))) == 0

    own = client.post(
        url, data=plan(**prediction, **{"predictions-0-measure_id": world.measure.id})
    )
    assert own.status_code == 303
    assert db.session.scalars(db.select(Prediction.measure_id)).all() == [world.measure.id]


@pytest.mark.parametrize("which", ["foreign", "deleted", "nonsense"])
def test_a_cycle_cannot_follow_one_that_is_not_there(
    app: Flask, world: World, client: TrackerClient, log_in: LogIn, plan: Plan, which: str
) -> None:
    after: object = "1e3"
    if which == "foreign":
        other = factories.project(by=world.lead, organisation=world.trust)
        after = factories.cycle(other, by=world.lead, title="Hidden cycle").id
    elif which == "deleted":
        after = world.parts("pdsa.restore", world.lead)["cycle_id"]
    log_in(world.lead)
    url = f"/projects/{world.project.id}/cycles/new?after={after}"
    drawn = client.get(url)
    assert drawn.status_code == 200
    assert "Hidden cycle" not in drawn.text
    assert client.post(url, data=plan(title="Its own")).status_code == 303
    made = db.session.scalars(db.select(PdsaCycle).where(PdsaCycle.title == "Its own")).one()
    assert made.parent_id is None


def test_a_form_cannot_carry_the_project_the_owner_or_the_version_of_a_row(
    world: World, client: TrackerClient, log_in: LogIn
) -> None:
    log_in(world.lead)
    before = (world.project.organisation_id, world.project.is_demo, world.project.sharing)
    sent = client.post(
        f"/projects/{world.project.id}/settings",
        data={
            "title": "New title",
            "version": world.project.version,
            "organisation_id": world.elsewhere.id,
            "is_demo": "yes",
            "sharing": "national",
            "id": 999,
        },
    )
    assert sent.status_code == 303
    held = db.session.get_one(Project, world.project.id)
    assert (held.organisation_id, held.is_demo, held.sharing) == before
    assert held.title == "New title"


def test_a_project_cannot_be_given_a_psc_or_programme_that_is_not_offered(
    world: World, client: TrackerClient, log_in: LogIn
) -> None:
    log_in(world.lead)
    url = f"/projects/{world.project.id}/settings"
    sent = {"title": "T", "version": world.project.version}
    assert client.post(url, data={**sent, "psc_id": world.trust.id}).status_code == 422
    assert client.post(url, data={**sent, "programme": "no-such"}).status_code == 422
    assert client.post(url, data={**sent, "psc_id": world.psc.id}).status_code == 303


@pytest.mark.parametrize("kind", ["user", "membership", "organisation", "comment", "__class__"])
def test_a_comment_stands_only_beside_what_a_team_writes(
    world: World, client: TrackerClient, log_in: LogIn, kind: str
) -> None:
    log_in(world.lead)
    url = f"/projects/{world.project.id}/comments/{kind}/{world.lead.id}"
    assert client.get(url).status_code == 404
    assert client.post(url, data={"body": "Hello"}).status_code == 404


def test_the_app_does_not_start_with_a_route_that_says_nothing(make_app: MakeApp) -> None:
    app = make_app()
    check_routes(app)
    app.add_url_rule("/forgotten", "forgotten", lambda: "x")
    with pytest.raises(UndeclaredRoute, match=r"/forgotten \(forgotten\)"):
        check_routes(app)


def test_a_role_is_asked_for_again_in_every_request(
    world: World, client: TrackerClient, log_in: LogIn
) -> None:
    user = factories.member(world.project)
    log_in(user)
    url = f"/projects/{world.project.id}/cycles/new"
    assert client.get(url).status_code == 200
    with unit_of_work():
        held = db.session.get_one(type(user), user.id).memberships[0]
        held.ends_on = held.starts_on
    assert client.get(url).status_code == 404


def test_a_view_that_names_a_permission_lets_nobody_in_without_a_sign_in(
    make_app: MakeApp,
) -> None:
    app = make_app()

    @requires(Permission.SIGNED_IN)
    def secret() -> str:
        raise AssertionError("reached")

    app.add_url_rule("/secret", "secret", secret, methods=["GET", "POST"])
    assert app.test_client().get("/secret").status_code == 302
    assert app.test_client().post("/secret").status_code == 401
