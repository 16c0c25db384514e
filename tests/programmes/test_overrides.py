"""What organisations set for themselves: values and names, dated, inherited, and named."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tracker.audit.models import AuditEvent
from tracker.auth.models import User
from tracker.db import db, unit_of_work
from tracker.organisations.models import Organisation
from tracker.permissions import Role
from tracker.plugin_api import Definition, Parameter, ParameterKind
from tracker.plugin_host import PluginHost, given
from tracker.plugin_host.in_app import EXTENSION
from tracker.programmes import overriding, queries
from tracker.programmes.models import DefinitionOverride
from tracker.programmes.overriding import CannotOverride, reading_of
from tracker.programmes.slots import Slot, slot_of, slots_of
from tracker.safe.dates import today
from tracker.testing import factories, samples

WINDOW = "parameter.window"
MAY, JUNE = date(2025, 5, 1), date(2025, 6, 1)


@pytest.fixture(autouse=True)
def falls(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    host = PluginHost(strict=True).load([given(samples.falls_plugin())])
    monkeypatch.setitem(app.extensions, EXTENSION, host)
    return app


def say(
    organisation: Organisation,
    value: str | None,
    *,
    on: date = MAY,
    field: str = WINDOW,
    definition: Definition = samples.ASSESSED,
    by: User | None = None,
) -> None:
    with unit_of_work():
        if value is None:
            overriding.end_value(organisation, definition, field, on=on, reason="Over", by=by)
        else:
            overriding.set_value(
                organisation, definition, field, value, on=on, reason="Local audit", by=by
            )


def window(organisation: Organisation, on: date = JUNE) -> str:
    """The text of the measure as an organisation reads it."""
    return reading_of(organisation.id, "falls", on).text(
        samples.ASSESSED, "Within {window} of arrival"
    )


# --- what may be set -----------------------------------------------------------------------------


def test_only_values_and_names_may_be_set() -> None:
    assert [slot.field for slot in slots_of(samples.ASSESSED)] == [WINDOW, "title"]
    fields = {slot.field for one in samples.ALL for slot in slots_of(one)}
    assert fields == {
        WINDOW,
        "title",
        "stage.none",
        "stage.all",
        "element.shoes",
        "phase.plan",
        "phase.use",
        "domain.people",
    }
    assert slot_of(samples.ASSESSED, "numerator") is None


@pytest.mark.parametrize(
    ("kind", "value", "fault"),
    [
        (ParameterKind.NUMBER, "60", None),
        (ParameterKind.NUMBER, "an hour", "'an hour' is not a number"),
        (ParameterKind.DATE, "2025-02-30", "'2025-02-30' is not a date; write it as 2026-03-31"),
        (ParameterKind.GESTATION, "34+0", None),
        (
            ParameterKind.GESTATION,
            "34+7",
            "'34+7' is not a gestation; write weeks and days as 33+6",
        ),
        (ParameterKind.TEXT, " ", "Enter a value"),
        (ParameterKind.TEXT, "a" * 201, "Enter 200 characters or fewer"),
    ],
)
def test_a_value_has_to_be_of_its_kind(kind: ParameterKind, value: str, fault: str | None) -> None:
    parameter = Parameter(key="window", label="Window", value="30", kind=kind)
    assert Slot(WINDOW, "Window", "30", False, parameter).fault(value) == fault


def test_anything_else_is_refused_by_the_service_too(patch: Any) -> None:
    for field, value in (("numerator", "Others"), (WINDOW, "soon")):
        with pytest.raises(CannotOverride):
            say(patch.rowan, value, field=field)
    assert db.session.scalars(select(DefinitionOverride)).all() == []


# --- what is in force ----------------------------------------------------------------------------


def test_without_an_own_value_the_national_one_holds(patch: Any) -> None:
    assert window(patch.rowan) == "Within 4 hours of arrival"
    assert reading_of(None, "falls", JUNE).text(samples.ASSESSED, "{window}") == "4 hours"


def test_a_value_holds_from_its_day_for_those_under_it(patch: Any) -> None:
    say(patch.psc, "6")
    assert window(patch.rowan) == "Within 6 hours of arrival"
    assert window(patch.rowan, MAY - timedelta(1)) == "Within 4 hours of arrival"
    assert window(patch.alder) == "Within 4 hours of arrival"


def test_the_nearest_decides_whoever_spoke_last(patch: Any) -> None:
    say(patch.rowan, "2")
    say(patch.icb, "8", on=JUNE)
    assert window(patch.rowan) == "Within 2 hours of arrival"
    assert window(patch.fern) == "Within 8 hours of arrival"


def test_what_is_ended_gives_way_to_what_is_above(patch: Any) -> None:
    say(patch.psc, "6")
    say(patch.rowan, "2")
    say(patch.rowan, None, on=JUNE)
    assert window(patch.rowan, JUNE - timedelta(1)) == "Within 2 hours of arrival"
    assert window(patch.rowan) == "Within 6 hours of arrival"


def test_a_blank_that_is_no_parameter_stays_for_the_team(patch: Any) -> None:
    text = reading_of(patch.rowan.id, "falls", JUNE).text(samples.DIAGRAM, "Fewer in {ward}")
    assert text == "Fewer in {ward}"


def test_roll_ups_can_name_who_deviates(patch: Any) -> None:
    say(patch.rowan, "2")
    say(patch.fern, "4")  # As it is nationally: no deviation.
    say(patch.psc, "6")
    say(patch.psc, None, on=JUNE)
    say(patch.alder, "Our levels", field="title", definition=samples.USE)
    found = queries.deviations("falls", JUNE)
    assert [(one.organisation, one.words, one.since) for one in found] == [
        ("Alder Trust", "Name: Our levels (national: Use)", MAY),
        ("Rowan Trust", "Window: 2 hours (national: 4 hours)", MAY),
    ]
    assert queries.deviations("falls", MAY - timedelta(1)) == []
    assert queries.deviations("nowhere", JUNE) == []


def test_readings_of_many_are_one_statement(patch: Any, count_statements: Any) -> None:
    say(patch.psc, "6")
    ids = [patch.rowan.id, patch.fern.id, patch.alder.id]
    with count_statements() as statements:
        found = overriding.readings(ids, "falls", JUNE)
    assert len(statements) == 1
    assert set(found) == {patch.rowan.id, patch.fern.id}


# --- pages ---------------------------------------------------------------------------------------


@pytest.fixture
def client(falls: Flask, patch: Any, manager: User, log_in: Any) -> Any:
    return log_in(manager, on=falls.test_client())


def own(organisation: Organisation, tail: str = "") -> str:
    return f"/organisations/{organisation.id}/programmes/falls/own{tail}"


ASSESSED = f"/measure/assessed/{WINDOW}"


def post(
    client: Any, url: str, *, on: date = MAY, reason: str = "Local audit", **typed: Any
) -> Any:
    day = {"from_date-day": on.day, "from_date-month": on.month, "from_date-year": on.year}
    return client.post(url, data={"idem_key": str(uuid.uuid4()), "reason": reason, **day, **typed})


def text_of(response: Any) -> str:
    assert response.status_code == 200
    return " ".join(response.text.split())


def test_a_manager_finds_sets_and_ends_a_value_and_the_history_keeps_it(
    client: Any, patch: Any, manager: User
) -> None:
    home = text_of(client.get(f"/organisations/{patch.psc.id}/programmes"))
    assert f'href="{own(patch.psc)}"' in home
    assert own(patch.psc, ASSESSED) in text_of(client.get(own(patch.psc)))
    assert "Nationally: <strong>4 hours</strong>" in text_of(client.get(own(patch.psc, ASSESSED)))
    response = post(client, own(patch.psc, ASSESSED), value="6")
    assert (response.status_code, response.location) == (303, own(patch.psc))
    text = text_of(client.get(own(patch.psc)))
    assert '6 hours<br><span class="qi-meta">Set by Example PSC from 1 May 2025' in text
    assert "Example Manager: Local audit" in text
    measures = text_of(client.get("/programmes/falls/measures"))
    assert "People assessed within 6 hours of arrival" in measures
    assert "Set by Example PSC from 1 May 2025 (national: 4 hours)" in measures
    programme = text_of(client.get("/programmes/falls"))
    assert (
        "<strong>Example PSC</strong>, Assessed: Window: 6 hours (national: 4 hours)" in programme
    )
    assert post(client, own(patch.psc, f"{ASSESSED}/end"), on=JUNE).status_code == 303
    assert "Ended, from 1 June 2025" in text_of(client.get(own(patch.psc)))
    assert "within 4 hours of arrival" in text_of(client.get("/programmes/falls/measures"))
    done = db.session.scalars(
        select(AuditEvent).where(AuditEvent.action.like("override.%")).order_by(AuditEvent.id)
    ).all()
    assert [event.action for event in done] == ["override.set", "override.ended"]
    assert done[0].detail["value"] == "6 hours"
    assert {event.organisation_id for event in done} == {patch.psc.id}


def test_somebody_of_no_organisation_reads_the_national_text(
    client: Any, patch: Any, falls: Flask, log_in: Any
) -> None:
    post(client, own(patch.psc, ASSESSED), value="6")
    anyone = log_in(factories.person(), on=falls.test_client())
    assert "within 4 hours of arrival" in text_of(anyone.get("/programmes/falls/measures"))
    text = text_of(anyone.get("/programmes/falls"))
    assert "Example PSC</strong>, Assessed: Window: 6 hours" in text


def test_a_name_of_an_own_is_shown_with_the_national_one(client: Any, patch: Any) -> None:
    post(client, own(patch.psc, "/rubric/use/stage.all"), value="All of them")
    text = text_of(client.get("/programmes/falls/levels"))
    assert "All of them" in text
    assert f"Set by Example PSC from 1 May 2025 (national: All)" in text  # noqa: F541


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"value": "soon"}, "is not a number"),
        ({"value": ""}, "Enter a value"),
        ({"value": "6", "reason": ""}, "Say why, in a few words"),
        ({"value": "6", "from_date-day": "40"}, "From which day?"),
    ],
)
def test_what_cannot_be_is_refused_with_what_was_typed(
    client: Any, patch: Any, typed: dict[str, Any], said: str
) -> None:
    response = post(client, own(patch.psc, ASSESSED), **typed)
    assert response.status_code == 422
    assert said in response.text
    assert typed["value"] in response.text
    assert "Local audit" in response.text or not typed.get("reason", "x")
    assert db.session.scalars(select(DefinitionOverride)).all() == []


def test_nothing_of_an_own_cannot_be_ended(client: Any, patch: Any) -> None:
    say(patch.psc, "6")
    response = client.get(own(patch.rowan, f"{ASSESSED}/end"))
    assert response.status_code == 303
    assert "has set nothing of its own here" in text_of(client.get(response.location))


@pytest.mark.parametrize(
    "tail",
    ["/measure/assessed/numerator", "/measure/nothing/title", "/rubric/use/stage.nothing"],
)
def test_what_may_not_be_set_is_not_found(client: Any, patch: Any, tail: str) -> None:
    assert client.get(own(patch.psc, tail)).status_code == 404
    assert client.get(own(patch.psc, f"{tail}/end")).status_code == 404


def test_setting_is_for_those_who_run_the_organisation(
    falls: Flask, patch: Any, client: Any, log_in: Any
) -> None:
    lead = factories.person(role=Role.QI_LEAD, on=patch.rowan)
    for tail in ("", ASSESSED, f"{ASSESSED}/end"):
        assert log_in(lead, on=falls.test_client()).get(own(patch.rowan, tail)).status_code == 403
        assert client.get(own(patch.alder, tail)).status_code == 403


def test_the_form_starts_today_from_what_holds(client: Any, patch: Any) -> None:
    say(patch.psc, "6")
    text = text_of(client.get(own(patch.rowan, ASSESSED)))
    assert 'value="6"' in text
    assert f'value="{today().year}"' in text
    assert "Now here: <strong>6 hours</strong>, set by Example PSC from 1 May 2025" in text
