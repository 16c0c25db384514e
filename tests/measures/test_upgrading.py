"""A newer version of a national definition: offered, compared, taken up from a day."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tracker.audit.models import AuditEvent
from tracker.auth.models import User
from tracker.db import db, unit_of_work
from tracker.measures import queries, services, upgrading
from tracker.measures.models import Measure, Phase
from tracker.measures.upgrading import CannotUpgrade
from tracker.permissions import Role
from tracker.plugin_api import Cadence, Chart
from tracker.plugin_api import Measure as MeasureDefinition
from tracker.plugin_host import PluginHost, given
from tracker.plugin_host.in_app import EXTENSION
from tracker.programmes.upgrading import Standing, differences, newest, standing_of
from tracker.projects.models import Sharing
from tracker.testing import factories, samples

V1 = replace(samples.RATE, chart=Chart.RUN, target=Decimal(5), exclusions=("Visitors",))
V2 = replace(
    V1,
    version=2,
    numerator="Falls with harm in the month",
    exclusions=("Visitors", "Day cases"),
    target=Decimal(4),
)
ADOPTED = date(2024, 7, 10)

Bring = Callable[..., None]


@pytest.fixture
def bring(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Bring:
    """Load the plugin `falls` with these measures, and nothing else."""

    def bring(*measures: MeasureDefinition, is_loaded: bool = True) -> None:
        plugin = samples.falls_plugin()
        plugin._measures = (*measures, samples.ASSESSED)
        plugin._composites = plugin._impact_calculators = ()
        found = [given(plugin)] if is_loaded else []
        monkeypatch.setitem(app.extensions, EXTENSION, PluginHost(strict=True).load(found))

    bring(V1)
    return bring


@pytest.fixture
def lead(app: Flask) -> User:
    return factories.person("Example Lead")


@pytest.fixture
def measure(bring: Bring, lead: User) -> Measure:
    """A year of figures, counted by version 1."""
    project = factories.project(by=lead, programme="falls", sharing=Sharing.ORGANISATION)
    with unit_of_work():
        taken = services.add_from_definition(project, V1, by=lead)
        rows = [
            services.Row(date(2024, month, 1), numerator=Decimal(month), denominator=Decimal(2))
            for month in range(1, 13)
        ]
        services.add_points(taken, rows, by=lead, source="grid")
    return taken


def address(measure: Measure, tail: str = "") -> str:
    return f"/projects/{measure.project_id}/measures/{measure.id}{tail}"


def post(client: Any, measure: Measure, on: date) -> Any:
    version = services.figures(measure).version
    return client.post(
        address(measure, "/newer"),
        data={
            "version": version,
            "idem_key": str(uuid.uuid4()),
            "starts_on-day": on.day,
            "starts_on-month": on.month,
            "starts_on-year": on.year,
        },
    )


def text_of(response: Any) -> str:
    assert response.status_code == 200
    return " ".join(response.text.split())


# --- what is offered -----------------------------------------------------------------------------


def test_a_definition_in_use_is_current_newer_retired_or_not_loaded(bring: Bring) -> None:
    assert standing_of(V1) is Standing.CURRENT
    bring(V2)
    assert standing_of(V1) is Standing.NEWER
    assert standing_of(V2) is Standing.CURRENT
    bring()
    assert standing_of(V1) is Standing.RETIRED
    bring(is_loaded=False)
    assert standing_of(V1) is Standing.NOT_LOADED


def test_only_what_reads_otherwise_is_told_in_words() -> None:
    assert [(d.label, d.old, d.new) for d in differences(V1, V2)] == [
        ("What is counted", "Falls in the month", "Falls with harm in the month"),
        ("Left out", "Visitors", "Visitors; Day cases"),
        ("Target", "5", "4"),
    ]
    changed = replace(
        samples.USE,
        version=2,
        stages=(samples.USE.stages[0], replace(samples.USE.stages[1], descriptor="By everyone")),
    )
    (levels,) = differences(samples.USE, changed)
    assert (levels.label, levels.new) == ("Levels", "None (Not used); All (By everyone)")


def test_of_each_definition_the_newest_is_offered_to_a_project(
    bring: Bring, measure: Measure
) -> None:
    bring(V1, V2)
    assert newest([V1, V2, samples.ASSESSED]) == [V2, samples.ASSESSED]
    (offered,) = queries.offered(measure.project).values()
    assert offered == [V2, samples.ASSESSED]


def test_without_a_newer_version_nothing_is_offered(
    log_in: Any, lead: User, measure: Measure
) -> None:
    client = log_in(lead)
    assert "Newer national definition" not in text_of(client.get(address(measure)))
    response = client.get(address(measure, "/newer"))
    assert (response.status_code, response.location) == (303, address(measure))


def test_a_newer_version_is_told_on_every_page_of_the_measure_and_changes_nothing(
    bring: Bring, log_in: Any, lead: User, measure: Measure
) -> None:
    bring(V2)
    client = log_in(lead)
    for page in ("", "/measures", f"/measures/{measure.id}"):
        text = text_of(client.get(f"/projects/{measure.project_id}{page}"))
        assert "Newer national definition" in text
        assert f'href="{address(measure, "/newer")}"' in text
    text = text_of(client.get(address(measure, "/newer")))
    assert "Falls with harm in the month" in text
    assert measure.numerator == "Falls in the month"


def test_who_may_not_change_a_measure_is_not_led_to_the_form(
    bring: Bring, log_in: Any, measure: Measure
) -> None:
    bring(V2)
    viewer = factories.person(role=Role.VIEWER, on=measure.project.organisation)
    client = log_in(viewer)
    text = text_of(client.get(address(measure)))
    assert "Newer national definition" in text
    assert address(measure, "/newer") not in text
    assert client.get(address(measure, "/newer")).status_code == 403


# --- taking it up --------------------------------------------------------------------------------


def test_taken_up_from_a_day_the_chart_splits_and_old_figures_keep_their_label(
    bring: Bring, log_in: Any, lead: User, measure: Measure
) -> None:
    bring(V2)
    client = log_in(lead)
    before = queries.points(measure)
    assert post(client, measure, ADOPTED).status_code == 303
    db.session.refresh(measure)
    assert measure.numerator == "Falls with harm in the month"
    assert (measure.exclusions, measure.target) == ("Visitors\nDay cases", Decimal(4))
    assert [f.value for f in queries.points(measure)] == [f.value for f in before]
    (phase,) = db.session.scalars(select(Phase).where(Phase.measure_id == measure.id))
    assert (phase.starts_on, phase.name) == (date(2024, 7, 1), "version 2")
    assert "by version 1 before" in phase.reason
    _, _, chart = queries.seen(measure, outside=False)
    assert [part.first for part in chart.parts] == [0, 6]
    (former,) = upgrading.formers(measure)
    assert (former.version, former.until) == (1, date(2024, 7, 1))
    text = text_of(client.get(address(measure) + "?figures=all"))
    assert text.count("Counted by version 1") == 6 + 1
    assert "Until 1 July 2024" in text
    assert "Newer national definition" not in text
    (event,) = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "measure.upgraded"))
    assert event.detail["definition"] == [V1.ident, V2.ident]


def test_what_the_team_set_itself_stays(bring: Bring, lead: User, measure: Measure) -> None:
    with unit_of_work():
        services.set_target(measure, Decimal(3), by=lead)
    bring(V2)
    take_up(measure, lead)
    assert measure.target == Decimal(3)


def test_the_label_stays_when_the_phase_is_taken_away(
    bring: Bring, lead: User, measure: Measure
) -> None:
    bring(V2)
    take_up(measure, lead)
    with unit_of_work():
        (phase,) = queries.phases(measure)
        services.remove_phase(measure, phase, by=lead)
    assert [one.version for one in upgrading.formers(measure)] == [1]


def test_each_figure_of_a_download_says_what_counted_it(
    bring: Bring, log_in: Any, lead: User, measure: Measure
) -> None:
    bring(V2)
    take_up(measure, lead)
    client = log_in(lead)
    text = client.get(address(measure, "/data.csv")).text.lstrip("\ufeff")
    counted = [row["definition"] for row in csv.DictReader(io.StringIO(text))]
    assert counted == ["falls/rate@1"] * 6 + ["falls/rate@2"] * 6
    factories.points(factories.measure(measure.project, by=lead), [3], by=lead)
    whole = client.get(f"/projects/{measure.project_id}/measures.csv").text
    assert whole.strip().endswith(",own")


def test_it_is_undone_while_no_figure_was_entered_since(
    bring: Bring, log_in: Any, lead: User, measure: Measure
) -> None:
    with unit_of_work():
        services.set_phase(measure, starts_on=ADOPTED, name="Move", reason="New ward", by=lead)
    held = (measure.numerator, measure.exclusions, measure.target, measure.definition_id)
    bring(V2)
    client = log_in(lead)
    post(client, measure, ADOPTED)
    assert "Go back to version 1" in client.get(address(measure)).text
    client.post(address(measure, "/newer/undo"))
    db.session.refresh(measure)
    assert (measure.numerator, measure.exclusions, measure.target, measure.definition_id) == held
    assert [(p.name, p.reason) for p in queries.phases(measure)] == [("Move", "New ward")]
    assert upgrading.formers(measure) == []

    take_up(measure, lead)
    with unit_of_work():
        row = services.Row(date(2025, 1, 1), numerator=Decimal(1), denominator=Decimal(2))
        services.add_points(measure, [row], by=lead, source="grid")
    assert "Go back to version 1" not in client.get(address(measure)).text
    after = client.post(address(measure, "/newer/undo"), follow_redirects=True)
    assert "its figures have changed since" in after.text
    assert len(upgrading.formers(measure)) == 1


def test_a_third_version_keeps_both_labels(
    bring: Bring, log_in: Any, lead: User, measure: Measure
) -> None:
    bring(V2)
    take_up(measure, lead)
    bring(replace(V2, version=3, numerator="Falls with severe harm"))
    take_up(measure, lead, on=date(2024, 10, 1))
    text = text_of(log_in(lead).get(address(measure) + "?figures=all"))
    assert text.count("Counted by version 1") == 6 + 1
    # In three rows, as what it was until then, and as the reason of its phase.
    assert text.count("Counted by version 2") == 3 + 1 + 1


@pytest.mark.parametrize(
    ("newer", "said"),
    [
        (replace(V2, cadence=Cadence.QUARTERLY), "it is counted at another rhythm"),
        (replace(V2, denominator=None), "one is out of a number, the other is not"),
        (replace(V2, unit="falls"), "its figures are on another scale"),
        (replace(V2, multiplier=Decimal(1000)), "its figures are on another scale"),
    ],
)
def test_figures_that_cannot_be_on_one_chart_are_kept_apart(
    bring: Bring,
    log_in: Any,
    lead: User,
    measure: Measure,
    newer: MeasureDefinition,
    said: str,
) -> None:
    bring(newer)
    client = log_in(lead)
    text = text_of(client.get(address(measure, "/newer")))
    assert said in text
    assert "Take it up" not in text
    post(client, measure, ADOPTED)
    with pytest.raises(CannotUpgrade):
        take_up(measure, lead)
    db.session.refresh(measure)
    assert measure.numerator == "Falls in the month"


def test_it_cannot_be_taken_up_from_a_day_to_come(
    bring: Bring, log_in: Any, lead: User, measure: Measure
) -> None:
    bring(V2)
    assert post(log_in(lead), measure, date(2099, 1, 1)).status_code == 422
    assert upgrading.formers(measure) == []


def take_up(measure: Measure, lead: User, on: date = ADOPTED) -> None:
    offer = upgrading.offer_for(measure)
    assert offer is not None
    with unit_of_work():
        upgrading.take_up(measure, offer, on=on, by=lead)


# --- no longer there -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("is_loaded", "said"), [(True, "Retired nationally"), (False, "Plugin not loaded")]
)
def test_without_its_definition_a_measure_says_so_and_works(
    bring: Bring, log_in: Any, lead: User, measure: Measure, is_loaded: bool, said: str
) -> None:
    bring(is_loaded=is_loaded)
    client = log_in(lead)
    assert said in text_of(client.get(address(measure)))
    assert client.get(address(measure, "/data.csv")).status_code == 200


def test_offers_of_many_measures_are_one_statement(
    bring: Bring, lead: User, measure: Measure, count_statements: Any
) -> None:
    bring(V2)
    held = list(queries.of_projects([measure.project_id]))
    with count_statements() as statements:
        assert [new for _, new in upgrading.offers(held)] == [V2]
    assert len(statements) == 1
