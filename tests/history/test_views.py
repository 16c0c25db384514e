"""The history tab."""

from __future__ import annotations

from flask import Flask

from tracker.db import unit_of_work
from tracker.projects import services
from tracker.testing import factories
from tracker.testing.client import TrackerClient


def test_the_history_says_who_did_what(app: Flask, client: TrackerClient) -> None:
    lead = factories.person("Amina <b>Yusuf</b>")
    project = factories.project(by=lead)
    with unit_of_work():
        services.change(
            project,
            by=lead,
            title="Fewer falls",
            problem="",
            programme=None,
            psc=None,
            sites=["Ward 4"],
        )
    client.sign_in(lead)
    text = client.get(f"/projects/{project.id}/history").text
    assert "Amina &lt;b&gt;Yusuf&lt;/b&gt;</span> started the project" in text
    assert "changed the project&#39;s details" in text
    assert "became Fewer falls" in text
    assert "Sites: Ward 4" in text


def test_older_events_are_a_page_away(app: Flask, client: TrackerClient) -> None:
    lead = factories.person()
    project = factories.project(by=lead)
    for number in range(60):
        with unit_of_work():
            services.change(
                project,
                by=lead,
                title=f"Title {number}.",
                problem="",
                programme=None,
                psc=None,
                sites=[],
            )
    client.sign_in(lead)
    first = client.get(f"/projects/{project.id}/history").text
    assert "became Title 59." in first
    assert "started the project" not in first
    link = first.split('">Older events')[0].rsplit('href="', 1)[1]
    older = client.get(link.replace("&amp;", "&")).text
    assert "started the project" in older
    assert "Older events" not in older


def test_a_stranger_sees_no_history(app: Flask, client: TrackerClient) -> None:
    project = factories.project()
    client.sign_in(factories.person())
    assert client.get(f"/projects/{project.id}/history").status_code == 404
