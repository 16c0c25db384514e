"""Hostile plugins beside the good ones: the app starts, says what is wrong, and works."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tracker.auth.models import User
from tracker.db import db, unit_of_work
from tracker.pdsa import services as pdsa
from tracker.pdsa.domain import Decision
from tracker.pdsa.models import PdsaCycle
from tracker.permissions import Role
from tracker.plugin_api import PdsaLogged, PluginInfo, Programme, ProgrammePlugin
from tracker.plugin_host import PluginHost, current_host
from tracker.plugin_host.watch import MANY
from tracker.programmes import services as programmes
from tracker.projects.models import Project
from tracker.testing import factories

from .hostile import GOOD, HEAD, HOSTILE, INDEX, SLOW

WritePlugin = Callable[..., Path]


def write_good(write: WritePlugin) -> Path:
    path = write("good", HEAD + GOOD)
    (path / "templates" / "good").mkdir(parents=True)
    (path / "templates" / "good" / "index.html").write_text(INDEX, encoding="utf-8")
    return path


@pytest.fixture
def write_code(write_plugin: WritePlugin) -> WritePlugin:
    """Write a plugin with code: its head imports what that needs."""
    from textwrap import dedent

    def write(name: str, code: str, **files: str) -> Path:
        return write_plugin(name, HEAD + dedent(code), **files)

    return write


@pytest.fixture
def slow(write_code: WritePlugin) -> Path:
    """One that takes a second to load: beside the others only where that is looked at."""
    return write_code("h_slow", SLOW)


@pytest.fixture
def hostile_app(
    app: Flask, make_app: Any, load_plugins: Any, folder: Path, write_code: WritePlugin
) -> Iterator[Flask]:
    """All of them and a good one, beside the bundled plugins, as a server loads them."""
    for name, (code, _, _) in HOSTILE.items():
        path = write_code(name, code)
        if name == "h_template_clash":
            (path / "templates").mkdir()
            (path / "templates" / "layout.html").write_text("mine", encoding="utf-8")
    write_good(write_code)
    key = "h_changed_meaning"
    before = ProgrammePlugin(
        info=PluginInfo(name=key, title="Changed", version="1.0", api=(1, 0), maintainer="A team"),
        programmes=[Programme(key=key, programme=key, title="Changed")],
    )
    with load_plugins(before).app_context(), unit_of_work():
        programmes.adopt_programme(key, by=None)
    made = make_app(plugin_folders=(folder,), strict_plugins=False)
    with made.app_context():
        yield made


@pytest.fixture
def lead() -> User:
    return factories.person()


@pytest.fixture
def project(hostile_app: Flask, lead: User) -> Project:
    """A project of the good plugin's programme."""
    return factories.project("Fewer falls & <b>slips</b>", by=lead, programme="good")


def client_of(app: Flask, user: User) -> Any:
    client: Any = app.test_client()
    client.sign_in(user)
    return client


def test_each_is_listed_with_its_stage_and_reason_and_the_good_ones_work(
    slow: Path, hostile_app: Flask
) -> None:
    administrator = factories.person(role=Role.SYSTEM_ADMINISTRATOR)
    text = client_of(hostile_app, administrator).get("/admin/plugins").text
    host = current_host()
    told = {one.name: (one.stage.value, one.reason) for one in host.set_aside}
    assert sorted(told) == sorted(HOSTILE)
    for name, (_, stage, said) in HOSTILE.items():
        assert told[name][0] == stage, name
        assert said in told[name][1]
        assert f"<h3>{name}" in text or f"{name} 1.0" in text
    assert {"generic", "opioids", "good", "h_slow"} <= host.active.keys()
    assert "11 plugins are set aside and 1 is slow." in text
    assert "tracker_report_sections took 1." in text
    assert "3 project sections, 4 pages, listens to events" in text


def test_every_good_page_answers(hostile_app: Flask, project: Project, lead: User) -> None:
    cycle = factories.cycle(project, by=lead)
    measure = factories.points(factories.measure(project, by=lead), [3, 5, 4], by=lead)
    client = client_of(hostile_app, lead)
    at = f"/projects/{project.id}"
    for address in (
        *(
            "/",
            "/projects",
            "/organisations/search",
            "/programmes",
            "/programmes/opioids",
            "/account",
        ),
        *("/p/good/", f"/p/good/projects/{project.id}"),
        *(at, f"{at}/aim", f"{at}/people", f"{at}/cycles", f"{at}/cycles/{cycle.id}"),
        *(f"{at}/measures", f"{at}/measures/{measure.id}", f"{at}/history"),
    ):
        assert client.get(address).status_code == 200, address


def test_what_was_set_aside_left_no_page_and_no_hook_behind(hostile_app: Flask, lead: User) -> None:
    client = client_of(hostile_app, lead)
    assert client.get("/p/h_open_route/everything").status_code == 404
    assert not any(b.startswith("h_") for b in hostile_app.blueprints)
    assert client.get("/programmes").status_code == 200


def test_a_section_that_fails_or_is_no_markup_is_told_in_its_place(
    hostile_app: Flask, project: Project, lead: User, capsys: pytest.CaptureFixture[str]
) -> None:
    response = client_of(hostile_app, lead).get(f"/projects/{project.id}")
    assert response.status_code == 200
    assert "<p>Fewer falls &amp; &lt;b&gt;slips&lt;/b&gt;: 20" in response.text
    assert response.text.count("This section isn’t available.") == 2
    assert "Not declared safe" not in response.text
    reference = response.headers["X-Request-ID"]
    assert f"Reference {reference}" in response.text
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    failed = [line for line in lines if line["event"] == "a plugin failed"]
    assert [(one["plugin"], one["hook"], one["error_id"]) for one in failed] == [
        ("good", "section breaks", reference),
        ("good", "section plain", reference),
    ]
    assert all("ms" in line for line in lines if line["event"] == "plugin called")


def test_sections_are_not_asked_for_while_the_programme_is_off(
    hostile_app: Flask, project: Project, lead: User
) -> None:
    with unit_of_work():
        programmes.switch_off(project.organisation, "good", by=None, on=factories.LONG_AGO)
    text = client_of(hostile_app, lead).get(f"/projects/{project.id}").text
    assert "Breaking" not in text


def test_a_page_that_fails_is_told_by_name_and_the_next_one_works(
    hostile_app: Flask, lead: User
) -> None:
    client = client_of(hostile_app, lead)
    for address in ("/p/good/fails", "/p/good/odd"):
        response = client.get(address)
        assert response.status_code == 500
        assert "It belongs to the plugin A title, which failed." in response.text
    assert client.get("/p/good/").status_code == 200
    assert client.get("/p/good/projects/999").status_code == 404
    assert hostile_app.test_client().get("/p/good/").status_code == 302


def test_a_link_of_a_plugin_is_in_the_navigation(hostile_app: Flask, lead: User) -> None:
    client = client_of(hostile_app, lead)
    assert '<a href="/p/good/">Good</a>' in client.get("/").text
    assert '<a href="/p/good/" aria-current="page">Good</a>' in client.get("/p/good/").text


def test_failing_again_and_again_is_called_degraded(
    hostile_app: Flask, project: Project, lead: User
) -> None:
    client = client_of(hostile_app, lead)
    for _ in range(MANY):
        client.get("/p/good/fails")
    administrator = factories.person(role=Role.SYSTEM_ADMINISTRATOR)
    text = client_of(hostile_app, administrator).get("/admin/plugins").text
    assert "11 plugins are set aside and 1 is degraded." in text
    assert "It failed 5 times within 10 minutes" in text
    assert "RuntimeError: a page fails" in text
    assert client.get("/p/good/").status_code == 200, "nothing is switched off by itself"


def test_pages_of_a_plugin_set_aside_while_serving_say_so(hostile_app: Flask, lead: User) -> None:
    from tracker.plugin_host import LoadStage, PluginFault

    current_host().retire("good", PluginFault(LoadStage.RECONCILE, "as if its meaning changed"))
    response = client_of(hostile_app, lead).get("/p/good/")
    assert response.status_code == 404
    assert "It belongs to the plugin good, which this server does not use" in response.text


# --- events --------------------------------------------------------------------------------------


def heard(host: PluginHost) -> list[Any]:
    import sys

    assert "good" in host.active
    found: list[Any] = sys.modules["tracker_plugins.good"].heard
    return found


def decide(cycle: PdsaCycle, by: User) -> None:
    pdsa.decide(cycle, Decision.ADOPT, next_change="", on=factories.STARTED, by=by)


def test_a_listener_hears_what_was_saved_and_nothing_that_was_not(
    hostile_app: Flask, project: Project, lead: User
) -> None:
    cycle = factories.cycle(project, by=lead)
    (planned,) = heard(current_host())
    assert isinstance(planned, PdsaLogged)
    assert (planned.project_id, planned.cycle_id, planned.step) == (project.id, cycle.id, "plan")
    assert planned.by_id == lead.id
    with suppress(ZeroDivisionError), unit_of_work():
        decide(cycle, lead)
        _ = 1 / 0
    assert len(heard(current_host())) == 1


def test_a_listener_that_raises_never_hurts_the_save(
    hostile_app: Flask, project: Project, lead: User
) -> None:
    cycle = factories.cycle(project, by=lead)
    response = client_of(hostile_app, lead).post(
        f"/projects/{project.id}/cycles/{cycle.id}/act",
        data={
            "decision": "adopt",
            "next_change": "",
            "decided_on-day": "6",
            "decided_on-month": "2",
            "decided_on-year": "2025",
            "version": str(cycle.version),
        },
    )
    assert response.status_code == 303
    db.session.rollback()
    assert db.session.get_one(PdsaCycle, cycle.id).decision is Decision.ADOPT
    assert [f.hook for f in current_host().watch.failures("good")] == ["tracker_on_event"]
    assert len(heard(current_host())) == 2
