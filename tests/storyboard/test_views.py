"""A project on one page: what is missing says so, what is too much is counted, one sheet is one."""

from __future__ import annotations

import re
import zlib
from datetime import date, timedelta

import pytest
from flask import Flask

from tracker.auth.models import User
from tracker.db import unit_of_work
from tracker.documents import pdf
from tracker.drivers import bringing
from tracker.drivers.outline import read
from tracker.pdsa import services as pdsa
from tracker.projects import services as projects
from tracker.projects.domain import AimDirection, AimParts
from tracker.projects.models import Project
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.plugin import CountStatements, LogIn

ODD = "</p><script>alert(1)</script> & “quoted”"


def pages_in(made: bytes) -> int:
    """Of a PDF whose objects may be packed."""
    unpacked = [made]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", made, re.DOTALL):
        try:
            unpacked.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return sum(len(re.findall(rb"/Type\s*/Page\b(?!s)", part)) for part in unpacked)


def outline(primary: int, secondary: int, ideas: int) -> str:
    lines = []
    for a in range(primary):
        lines.append(f"Primary driver {a} {ODD}")
        for b in range(secondary):
            lines.append(f"    Secondary driver {a}.{b}, which says what people would have to do")
            lines += [
                f"        - Idea {a}.{b}.{c} to ask everybody at every visit what matters to them"
                for c in range(ideas)
            ]
    return "\n".join(lines)


def fill(project: Project, by: User, *, ideas: tuple[int, int, int], cycles: int) -> None:
    with unit_of_work():
        bringing.bring_in(project, read(outline(*ideas)), replacing=True, why="Test", by=by)
        for number in range(cycles):
            pdsa.plan(
                project,
                pdsa.CyclePlan(
                    title=f"Test {number} {ODD}",
                    starts_on=date(2025, 1, 6) + timedelta(days=number),
                    change_idea=f"Another idea {number % 13}",
                    scale="Two practices for one week",
                ),
                by=by,
            )


@pytest.fixture
def lead(app: Flask) -> User:
    return factories.person("Jo Example")


@pytest.fixture
def project(lead: User) -> Project:
    return factories.project("Cord", by=lead, problem="")


def test_an_empty_project_says_what_is_missing_and_where_it_is_added(
    project: Project, lead: User, client: TrackerClient, log_in: LogIn
) -> None:
    log_in(lead)
    page = client.get(f"/projects/{project.id}/storyboard").text
    for what in ("the aim", "the problem", "the drivers", "figures", "tests of change"):
        assert f"</span> {what}" in page
    assert f'href="/projects/{project.id}/aim/edit"' in page


def test_the_page_takes_the_same_statements_however_long_the_story_is(
    project: Project,
    lead: User,
    client: TrackerClient,
    log_in: LogIn,
    count_statements: CountStatements,
) -> None:
    log_in(lead)
    home = f"/projects/{project.id}/storyboard"
    fill(project, lead, ideas=(1, 1, 1), cycles=1)
    client.get(home)
    with count_statements() as few:
        client.get(home)
    fill(project, lead, ideas=(7, 3, 3), cycles=40)
    with count_statements() as many:
        page = client.get(home).text
    assert len(few) == len(many) <= 16, few
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "3 under it" in page
    assert re.search(r"and \d+ more", page)


def test_sixty_ideas_and_forty_cycles_fit_on_one_sheet_of_either_size(
    project: Project,
    lead: User,
    client: TrackerClient,
    log_in: LogIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with unit_of_work():
        parts = AimParts(AimDirection.INCREASE, "babies " + "w" * 60, "born early", "here", "%")
        projects.set_aim(project.aim, parts, by=lead)
    for number in range(3):
        factories.points(
            factories.measure(project, by=lead, title=f"Measure {number}"), [3, 5, 4, 6], by=lead
        )
    fill(project, lead, ideas=(7, 3, 3), cycles=40)
    log_in(lead)
    tried: list[str] = []

    def watched(html: str, css: str, *, on_one_page: list[str]) -> bytes:
        tried.append(html)
        # The smallest letters are those that have to hold it.
        return pdf(html, css, on_one_page=on_one_page[-1:])

    monkeypatch.setattr("tracker.storyboard.views.pdf", watched)
    for sheet in ("a4", "a3"):
        answer = client.get(f"/projects/{project.id}/storyboard/{sheet}.pdf")
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Content-Disposition"].endswith(f"storyboard-{sheet}.pdf")
        assert pages_in(answer.data) == 1
    assert not any("<script" in html for html in tried)
    assert "downloaded figures" in client.get(f"/projects/{project.id}/history").text
