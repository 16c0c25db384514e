"""Small numbers on every page and download: outside, a hidden figure changes nothing at all."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from tracker.auth.models import User
from tracker.db import unit_of_work
from tracker.measures import drawing, queries, services
from tracker.measures.models import Measure
from tracker.measures.services import Row
from tracker.organisations.domain import OrganisationKind
from tracker.organisations.models import Organisation
from tracker.pdsa import services as pdsa
from tracker.permissions import Permission, Role
from tracker.projects import services as projects
from tracker.projects.access import is_outside, outsiders
from tracker.projects.models import Project, Sharing, Status
from tracker.testing import factories
from tracker.testing.client import TrackerClient

HIDDEN, OTHER = 3, 2
AT = date(2024, 9, 1)
COUNTS = [12, 11, 13, 12, 14, 11, 12, 9, HIDDEN]
SHARES = [(40, 60), (44, 61), (41, 58), (45, 66), (40, 61), (41, 62), (39, 58), (40, 60), (57, 60)]
FALLS, CHECKS = "Falls with harm", "Falls checked within an hour"

NOT_WALKED = ("history.index", "charter.decide")
"""The history differs by what was done; on a charter only its sponsor and administrators decide."""

NewClient = Callable[[], TrackerClient]


class World:
    """A project read by its network, with figures that are too small to show."""

    def __init__(self) -> None:
        self.psc = factories.psc()
        self.trust = factories.organisation(psc=self.psc)
        self.lead = factories.person(role=Role.QI_LEAD, on=self.trust)
        self.project = factories.project(
            by=self.lead, organisation=self.trust, psc=self.psc, sharing=Sharing.NATIONAL
        )
        self.counts = factories.points(factories.measure(self.project, title=FALLS), COUNTS)
        self.shares = factories.points(
            factories.measure(
                self.project,
                title=CHECKS,
                unit="%",
                denominator="All falls",
                multiplier=Decimal(100),
            ),
            SHARES,
        )
        with unit_of_work():
            for measure in (self.counts, self.shares):
                services.set_baseline(
                    measure, name="All of it", first_on=date(2024, 1, 1), last_on=AT, by=self.lead
                )
            self.project.aim.baseline, self.project.aim.target = Decimal(12), Decimal(6)
            self.project.aim.unit, self.project.aim.measure_id = "people", self.counts.id
            self.project.aim.by = AT
        with unit_of_work():
            self.cycle = pdsa.plan(
                self.project,
                pdsa.CyclePlan(
                    title="Check the call bell",
                    starts_on=date(2024, 8, 1),
                    predictions=[
                        pdsa.PredictionPlan(
                            measure_id=self.counts.id, period=AT, value=Decimal(6), text="Fewer"
                        )
                    ],
                ),
                by=self.lead,
            )

    def count(self, number: int) -> None:
        """Put another number in the place of the hidden ones."""
        with unit_of_work():
            services.add_points(
                self.counts, [Row(AT, value=Decimal(number))], by=self.lead, source="test"
            )
        with unit_of_work():
            rest = Row(AT, numerator=Decimal(60 - number), denominator=Decimal(60))
            services.add_points(self.shares, [rest], by=self.lead, source="test")

    def pages(self, app: Flask) -> Iterator[str]:
        """Every page and download of the project that a reader may open, whatever feature's."""
        parts = {
            "project_id": self.project.id,
            "cycle_id": self.cycle.id,
            "organisation_id": self.trust.id,
        }
        for rule in app.url_map.iter_rules():
            permission = getattr(app.view_functions[rule.endpoint], "_permission", None)
            is_read = permission in (Permission.PROJECT_READ, Permission.DATA_EXPORT)
            if (
                "GET" not in (rule.methods or ())
                or "project_id" not in rule.arguments
                or not is_read
            ):
                continue
            for measure in (self.counts, self.shares):
                every = parts | {"measure_id": measure.id}
                if rule.arguments <= every.keys() and rule.endpoint not in NOT_WALKED:
                    yield rule.build({k: every[k] for k in rule.arguments})[1]  # type: ignore[index]
                if "measure_id" not in rule.arguments:
                    break
        yield "/"
        yield "/projects"
        yield f"/projects/{self.project.id}/measures/{self.counts.id}?figures=all"
        yield f"/projects/{self.project.id}/measures/{self.shares.id}?figures=all"


@pytest.fixture
def world(app: Flask) -> World:
    return World()


def read(client: TrackerClient, address: str) -> bytes | dict[str, bytes]:
    """What an address answers, without what differs each time."""
    response = client.get(address)
    assert response.status_code == 200, address
    body = response.data
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as held:
            return {name: held.read(name) for name in held.namelist() if "docProps" not in name}
    body = re.sub(rb'name="idem_key" value="[^"]*"', b"", body)
    # What was done last, as the history tells it.
    body = re.sub(rb'<li>[^<]* <span class="qi-meta">[^<]*, \d+ \w+ \d{4}</span></li>', b"", body)
    body = re.sub(rb'data-left="\d+"|ends in \d+ minutes', b"", body)
    return re.sub(rb'(csrf[-_]token"[^>]*?(?:value|content)=)"[^"]*"', rb'\1""', body)


def everything(world: World, app: Flask, client: TrackerClient) -> dict[str, object]:
    return {address: read(client, address) for address in world.pages(app)}


def test_outside_no_page_or_download_depends_on_a_hidden_number(
    world: World, app: Flask, new_client: NewClient
) -> None:
    outside, inside = new_client(), new_client()
    outside.sign_in(factories.person(role=Role.PSC_MANAGER, on=world.psc))
    inside.sign_in(world.lead)
    told, known = everything(world, app, outside), everything(world, app, inside)
    assert len(told) > 12
    world.count(OTHER)
    assert everything(world, app, outside) == told
    differ = {
        address
        for address, body in everything(world, app, inside).items()
        if body != known[address]
    }
    here = f"/projects/{world.project.id}"
    assert {
        here,
        f"{here}/measures",
        f"{here}/cycles/{world.cycle.id}",
        *(
            f"{here}/measures/{measure.id}{end}"
            for measure in (world.counts, world.shares)
            for end in ("", "/chart.svg", "/data.csv")
        ),
    } <= differ, "inside, each of them tells the number"


def test_outside_a_reader_is_told_what_is_hidden_and_why(
    world: World, new_client: NewClient
) -> None:
    outside = new_client()
    outside.sign_in(factories.person())
    here = f"/projects/{world.project.id}"
    page = outside.get(f"{here}/measures/{world.counts.id}").text
    assert "Small numbers are hidden." in page
    assert "&lt;5" in page
    assert "the latest value was fewer than 5 in September 2024" in page
    assert "Figure not shown" in page
    assert "All but &lt;5" in outside.get(f"{here}/measures/{world.shares.id}").text
    assert "&lt;5 " in outside.get(f"{here}/measures").text
    assert "The figure is too small to show." in outside.get(f"{here}/cycles/{world.cycle.id}").text
    table = outside.get(f"{here}/measures/{world.shares.id}/data.csv").text
    assert "All but <5,60,Not shown" in table
    assert "Figure" not in outside.get(f"{here}/history").text


def test_inside_nothing_is_hidden(world: World, new_client: NewClient) -> None:
    inside = new_client()
    inside.sign_in(factories.member(world.project))
    page = inside.get(f"/projects/{world.project.id}/measures/{world.counts.id}").text
    assert "Small numbers are hidden." not in page
    assert "the latest value was 3 in September 2024" in page


def test_a_list_tells_outside_what_was_stored_for_it(world: World) -> None:
    assert drawing.latest_in_words(world.counts, outside=True) == "Fewer than 5"
    assert drawing.latest_in_words(world.counts, outside=False).startswith("3")
    charts = queries.charts_of([world.counts, world.shares], outside=True)
    for measure in (world.counts, world.shares):
        assert queries.seen(measure, outside=True).chart == charts[measure.id]


def test_a_section_of_a_plugin_is_handed_what_its_reader_may_see(world: World) -> None:
    told = queries.values_of([world.counts, world.shares], outside=True)
    assert AT not in dict(told[world.counts.id])
    assert AT in dict(queries.values_of([world.counts], outside=False)[world.counts.id])
    assert len(told[world.shares.id]) == 8


def test_what_was_stored_before_says_nothing_outside(world: World) -> None:
    world.counts.chart_state = {k: v for k, v in world.counts.chart_state.items() if k != "outside"}
    assert drawing.latest_in_words(world.counts, outside=True) == ""
    assert drawing.variation_icon_of(world.counts, outside=True) == ""


def test_a_series_of_small_numbers_alone_is_drawn_without_any(world: World, app: Flask) -> None:
    measure = factories.points(factories.measure(world.project), [1, 2, 3])
    chart = queries.charts_of([measure], outside=True)[measure.id]
    assert {p.y for p in chart.points} == {None}
    with app.test_request_context():
        [tile] = drawing.tiles([measure], outside=True)
    assert (tile.value, tile.says) == ("<5", "Too small to judge")
    assert "Too small to show" in tile.thumbnail


def test_who_is_inside(world: World) -> None:
    group = factories.organisation(kind=OrganisationKind.TRUST)
    site = factories.organisation(kind=OrganisationKind.SITE, part_of=group)
    icb = factories.organisation(kind=OrganisationKind.ICB)
    trust = factories.organisation(part_of=icb)

    def sees(user: User, organisation: Organisation, project: Project | None = None) -> bool:
        at = project or factories.project(organisation=organisation, sharing=Sharing.NATIONAL)
        return not is_outside(at, user)

    viewer = Role.VIEWER
    assert sees(factories.person(role=viewer, on=trust), trust)
    assert sees(factories.person(role=viewer, on=group), site), "all of one provider"
    assert not sees(factories.person(role=viewer, on=site), group), "a site is not its trust"
    assert not sees(factories.person(role=viewer, on=icb), trust), "an ICB is above, not within"
    assert not sees(
        factories.person(role=Role.PSC_MANAGER, on=world.psc), world.trust, world.project
    )
    nation = factories.organisation(kind=OrganisationKind.NATIONAL)
    assert not sees(factories.person(role=Role.NATIONAL_VIEWER, on=nation), trust)
    assert not sees(factories.person(), trust)
    coach = factories.person(role=Role.COACH, on=world.project)
    assert sees(coach, world.trust, world.project), "a role on the project itself"
    helper = factories.person(role=Role.TEAM_MEMBER, on=world.psc)
    assert sees(helper, world.trust, world.project), "who enters the figures knows them"
    with unit_of_work():
        projects.close(world.project, Status.FINISHED, on=AT, note="Done", by=world.lead)
    assert sees(helper, world.trust, world.project), "and still does when the project has ended"


def test_who_is_inside_many_projects_is_one_statement(
    world: World, count_statements: Callable[[], object]
) -> None:
    projects = [factories.project(organisation=factories.organisation()) for _ in range(4)]
    reader = factories.person(role=Role.VIEWER, on=factories.organisation())
    reader.active_memberships()
    assert len({p.organisation_id for p in projects}) == 4
    with count_statements() as statements:  # type: ignore[attr-defined]
        assert len(outsiders(projects, reader)) == 4
    assert len(statements) == 1


def test_a_baseline_that_is_small_itself_is_hidden(world: World) -> None:
    measure: Measure = factories.measure(world.project)
    with unit_of_work():
        baseline = services.set_baseline(
            measure,
            name="2023",
            first_on=date(2023, 1, 1),
            last_on=date(2023, 12, 1),
            figure=Decimal(2),
            by=world.lead,
        )
    assert queries.hides_baseline(measure, baseline, [])
