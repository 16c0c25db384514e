"""The pages of programmes as people see them, wide and on a phone: axe, and what is done there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from tracker.db import db
from tracker.demo.people import LEAD, PASSWORD, PSC_MANAGER
from tracker.measures.models import Measure as ProjectMeasure
from tracker.plugin_api import Measure
from tracker.plugin_host import current_host
from tracker.programmes.models import StoredDefinition
from tracker.projects.models import Project
from tracker.testing.browser import LiveServer, Tabs

from .hands import Hands, check_both

pytestmark = pytest.mark.browser
PARTS = ("measures", "levels", "change-package", "forms", "joining", "impact", "words", "sources")


@pytest.mark.parametrize("programme", ["opioids", "matneo", "time_critical_meds"])
def test_every_page_of_a_programme_can_be_read_by_everyone(tabs: Tabs, programme: str) -> None:
    page = tabs()
    hands = Hands(page)
    page.goto("/")
    hands.sign_in(LEAD.email, PASSWORD)
    check_both(page, f"/programmes/{programme}")
    bar = page.get_by_role("navigation", name="Programme", exact=True)
    links = bar.get_by_role("link").evaluate_all("found => found.map(one => one.pathname)")
    parts = [link for link in links if link.rsplit("/", 1)[-1] in PARTS]
    assert len(parts) >= 4
    for part in parts:
        check_both(page, part)


def test_a_manager_sets_a_value_for_the_patch(tabs: Tabs) -> None:
    page = tabs()
    hands = Hands(page)
    page.goto("/")
    hands.sign_in(PSC_MANAGER.email, PASSWORD)
    page.goto("/programmes")
    page.locator("section", has=page.get_by_text("Switch programmes on or off")).get_by_role(
        "link"
    ).first.click()
    check_both(page)
    page.get_by_role("link", name="Own values for Maternity and neonatal").click()
    check_both(page)
    page.get_by_role("link", name="Set").first.click()
    check_both(page)
    page.get_by_label("Why?").fill("Agreed by the network")
    page.get_by_role("button", name="Set it").click()
    check_both(page)
    expect(page.get_by_text("Agreed by the network")).to_be_visible()


OPEN = "Safer pain care across our places"


@pytest.fixture
def newer(live: LiveServer) -> Iterator[str]:
    """A version 2 of a measure that a project of the demonstration counts; its address."""
    with live.app.app_context():
        row, held = db.session.execute(
            select(ProjectMeasure, StoredDefinition)
            .join(StoredDefinition, StoredDefinition.id == ProjectMeasure.definition_id)
            .join(Project, Project.id == ProjectMeasure.project_id)
            .where(Project.title == OPEN)
            .order_by(ProjectMeasure.id)
            .limit(1)
        ).one()
        host = current_host()
        old = host.get(Measure, f"{held.programme}/{held.key}@{held.version}")
        assert old is not None
        new = replace(old, version=held.version + 1, numerator=f"{old.numerator}, counted anew")
        owner, _ = host._owners[old.ident]
        host._owners[new.ident] = (owner, new)
        yield f"/projects/{row.project_id}/measures/{row.id}"
        del host._owners[new.ident]


def test_a_lead_takes_up_a_newer_definition(tabs: Tabs, newer: str) -> None:
    page = tabs()
    hands = Hands(page)
    page.goto("/")
    hands.sign_in(LEAD.email, PASSWORD)
    check_both(page, newer)
    page.get_by_role("link", name="See what changed").click()
    check_both(page)
    page.get_by_role("button", name="Take it up").click()
    expect(page.get_by_text("Counted by version 1 of the national definition")).to_be_visible()
    check_both(page)
