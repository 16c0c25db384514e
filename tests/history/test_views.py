"""The history tab."""

from __future__ import annotations

from datetime import date

from flask import Flask

from tracker.db import unit_of_work
from tracker.projects import services
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.plugin import Clock


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


def test_the_history_is_narrowed_to_a_kind_or_a_person_and_goes_to_a_month(
    app: Flask, client: TrackerClient, stop_clock: Clock
) -> None:
    stop_clock(date(2026, 1, 20))
    jo = factories.person("Jo Example")
    project = factories.project("Fewer falls", by=jo)
    sam = factories.member(project, user=factories.person("Sam Example"))
    stop_clock(date(2026, 3, 5))
    factories.comment(project, "Well begun", by=sam)
    factories.cycle(project, by=jo)
    client.sign_in(jo)
    home = f"/projects/{project.id}"

    def listed(query: str) -> str:
        page = client.get(f"{home}/history?{query}").text
        return page.split('aria-label="What happened"')[1].split("</section>")[0]

    assert "March 2026" in listed("")
    assert "January 2026" in listed("")
    cycles = listed("kind=cycles")
    assert "planned a cycle" in cycles
    assert "wrote a comment" not in cycles
    rest = listed("kind=project")
    assert "started the project" in rest
    assert "planned a cycle" not in rest
    assert "wrote a comment" in listed(f"by={sam.id}")
    assert "planned a cycle" not in listed(f"by={sam.id}")
    january = listed("month=2026-01")
    assert "March 2026" not in january
    assert "started the project" in january
    for odd in ("month=9999-12", "month=x", "kind=x", "by=x"):
        assert client.get(f"{home}/history?{odd}").status_code == 200
    page = client.get(f"{home}/history?by={jo.id}").text
    assert f"{home}/history?by={jo.id}&amp;month=2026-01" in page
    changed = client.get(home).text.split('id="h-changed"')[1].split("</section>")[0]
    assert "Planned a cycle" in changed
