from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select

from tracker.auth.models import User
from tracker.db import unit_of_work
from tracker.permissions import Role
from tracker.plugin_api import Measure, Programme, ProgrammeAim, Source
from tracker.plugin_host import LoadStage, SetAside, current_host
from tracker.programmes import queries, services
from tracker.programmes.models import ProgrammeSwitch
from tracker.safe.dates import today
from tracker.testing import factories


@pytest.fixture
def anyone(app: Flask) -> User:
    return factories.person("Example Viewer")


@pytest.fixture
def administrator(app: Flask) -> User:
    return factories.person("Example Administrator", role=Role.SYSTEM_ADMINISTRATOR)


# --- programmes ----------------------------------------------------------------------------------


def test_the_list_says_what_each_programme_brings(log_in: Any, anyone: User) -> None:
    text = log_in(anyone).get("/programmes").text
    assert "19 measures, 5 rubrics, 5 case study forms, " in text
    assert text.index(">Opioids</a>") < text.index(">Any improvement project</a>")
    assert "Switch programmes on or off" not in text


def test_the_pages_of_a_programme_show_all_of_it_with_sources(log_in: Any, anyone: User) -> None:
    client = log_in(anyone)
    for part, shown in {
        "": (
            "Medicines Safety Improvement Programme",
            "30,000 fewer people, by 31 March 2024.",
            "People prescribed opioids in 4 or more consecutive months",
            'href="/programmes/opioids/sources#source-s002-national-patient-safety',
            "No organisation yet.",
        ),
        "/measures": (
            "About this measure",
            "Numerator divided by denominator, times 100, in %",
            "Neither way is better in itself",
            "Monthly, 2 months late",
        ),
        "/levels": (
            "One level for each ICB, each quarter, by the PSC workstream lead with the ICB lead.",
            "Quality Planning",
        ),
    }.items():
        response = client.get(f"/programmes/opioids{part}")
        assert response.status_code == 200
        text = " ".join(response.text.split())
        for one in shown:
            assert one in text, one
    assert "Where are we now (month, year)?" in client.get("/programmes/opioids/forms").text
    sources = client.get("/programmes/opioids/sources").text
    for one in (
        "Open question 1:",
        'id="source-s002-national-patient-safety',
        "a decision of this product, not a claim about the NHS",
    ):
        assert one in sources, one
    # 3 aims, 3 measures and the 2 rubrics with 6 provisional levels each, and once in the margin.
    assert client.get("/programmes/opioids").text.count("qi-tag--prov") == 3 + 3 + 2 + 1
    assert client.get("/programmes/opioids/levels").text.count("qi-tag--prov") == 6 + 6


def test_a_list_is_read_with_its_windows(log_in: Any, anyone: User) -> None:
    text = log_in(anyone).get("/programmes/time_critical_meds/words").text
    assert "On time within 30 minutes." in text
    assert "{window" not in text


def test_an_unknown_programme_is_not_found(log_in: Any, anyone: User) -> None:
    assert log_in(anyone).get("/programmes/nowhere").status_code == 404


def test_nobody_sees_programmes_without_signing_in(client: Any) -> None:
    assert client.get("/programmes").status_code == 302


def test_a_programme_in_use_keeps_its_page_without_its_plugin(
    app: Flask, log_in: Any, anyone: User, keep_app: Any
) -> None:
    measure = current_host().get(Measure, "opioids/high_dose_count@1")
    assert measure is not None
    with unit_of_work():
        services.adopt(measure, by=None)
    client = log_in(anyone, on=keep_app(plugins=()).test_client())
    text = client.get("/programmes/opioids").text
    assert "This programme’s plugin is not loaded." in text
    assert "People on more than 120 mg oral morphine equivalent a day" in text
    assert "opioid_4m_count" not in text
    assert "Plugin not loaded" in client.get("/programmes").text


def test_a_closed_programme_says_so_and_starts_nothing(
    keep_app: Any, bring: Any, falls: Programme, log_in: Any
) -> None:
    app = keep_app(plugins=())
    bring(app, replace(falls, closed_on=date(2023, 9, 30)))
    with app.app_context():
        lead = factories.person(role=Role.QI_LEAD, on=factories.organisation())
        client = log_in(lead, on=app.test_client())
    text = client.get("/programmes/falls").text
    assert "This programme closed on 30 September 2023" in text
    assert "Start a project" not in text


def test_text_of_a_plugin_is_shown_as_text(
    keep_app: Any, bring: Any, falls: Programme, rate: Measure, log_in: Any
) -> None:
    evil = "<script>alert(1)</script>"
    app = keep_app(plugins=())
    source = Source(code=evil, title=evil, note=evil)
    aim = ProgrammeAim(key="a", title=evil, text=evil, source=source)
    bring(
        app,
        replace(falls, title=evil, purpose=evil, open_questions=(evil,), aims=(aim,)),
        replace(rate, title=evil, numerator=evil, unit=evil, notes=(evil,), source=source),
    )
    with app.app_context():
        client = log_in(factories.person(), on=app.test_client())
    for address in ("/programmes", "/programmes/falls", "/programmes/falls/measures"):
        text = client.get(address).text
        assert "&lt;script&gt;" in text
        assert evil not in text


@pytest.mark.parametrize("address", ["/programmes", "/programmes/opioids"])
def test_pages_are_few_statements(
    log_in: Any, anyone: User, count_statements: Any, address: str
) -> None:
    client = log_in(anyone)
    client.get(address)
    with count_statements() as statements:
        client.get(address)
    assert len(statements) <= 8


# --- plugins -------------------------------------------------------------------------------------


def test_the_plugins_page_lists_what_works(log_in: Any, administrator: User) -> None:
    text = log_in(administrator).get("/admin/plugins").text
    assert f"All {len(current_host().active)} plugins work." in text
    assert "opioids 1.1" in text
    assert "Everyone who has not switched it off" in text
    assert "No organisations" in text


def test_the_plugins_page_says_what_is_set_aside_where_and_why(
    make_app: Any, bring: Any, falls: Programme, rate: Measure, log_in: Any
) -> None:
    app = make_app(plugins=())
    with app.app_context():
        bring(app, falls, rate)
        with unit_of_work():
            services.adopt(rate, by=None)
        host = bring(app, falls, replace(rate, numerator="Something else"))
        host.set_aside.append(
            SetAside("broken", LoadStage.IMPORT, ("it <b>broke</b>",), "folder, x", detail="Trace")
        )
        administrator = factories.person(role=Role.SYSTEM_ADMINISTRATOR)
        client = log_in(administrator, on=app.test_client())
    text = client.get("/admin/plugins").text
    assert "2 plugins are set aside." in text
    assert "Import: stopped here" in text
    assert "it &lt;b&gt;broke&lt;/b&gt;" in text
    assert "What the server recorded" in text
    assert "No project uses it." in text
    assert "Reconcile: stopped here" in text
    assert "publish it as version 2" in text
    assert "keep 2 stored definitions and work as before" in text
    assert "Ask: Falls team." in text


def test_the_plugins_page_names_what_is_no_longer_here(
    app: Flask, administrator: User, log_in: Any, keep_app: Any
) -> None:
    with unit_of_work():
        services.adopt_programme("opioids", by=None)
    bare = keep_app(plugins=())
    text = log_in(administrator, on=bare.test_client()).get("/admin/plugins").text
    assert "No plugins are loaded." in text
    assert "Safe mode." in text
    assert "No longer here" in text
    assert "keep 1 stored definition and work as before" in text


def test_the_plugins_page_is_for_system_administrators(log_in: Any, manager: User) -> None:
    assert log_in(manager).get("/admin/plugins").status_code == 403


# --- switching -----------------------------------------------------------------------------------


def address(organisation: Any, turn: str = "") -> str:
    tail = f"/opioids/{turn}" if turn else ""
    return f"/organisations/{organisation.id}/programmes{tail}"


def post(client: Any, url: str, **typed: Any) -> Any:
    import uuid

    return client.post(url, data={"idem_key": str(uuid.uuid4()), **typed})


def test_a_psc_manager_finds_the_way_from_the_list(log_in: Any, manager: User, patch: Any) -> None:
    text = log_in(manager).get("/programmes").text
    assert f'href="{address(patch.psc)}"' in text


def test_the_page_of_an_organisation_says_how_each_programme_stands(
    log_in: Any, manager: User, patch: Any
) -> None:
    text = log_in(manager).get(address(patch.rowan)).text
    assert "Nobody has switched it on" in text
    assert "By default" in text
    assert address(patch.rowan, "on") in text


def test_switching_on_asks_who_gets_it(log_in: Any, manager: User, patch: Any) -> None:
    text = " ".join(log_in(manager).get(address(patch.psc, "on")).text.split())
    assert "You are switching on <strong>Opioids</strong>" in text
    for name in ("Example PSC itself", "Example ICB", "Rowan Trust", "Fern Trust"):
        assert name in text
    assert "Alder Trust" not in text
    assert text.count(" checked") == 4
    assert "Phases of the whole systems approach, levels 0 to 7" in text


def test_a_psc_manager_switches_a_programme_on_for_some(
    log_in: Any, manager: User, patch: Any, db: SQLAlchemy
) -> None:
    client = log_in(manager)
    response = post(
        client,
        address(patch.psc, "on"),
        who=[str(patch.psc.id), str(patch.icb.id), str(patch.rowan.id)],
        reason="Asked for",
    )
    assert (response.status_code, response.location) == (303, address(patch.psc))
    for one, is_on in ((patch.psc, True), (patch.rowan, True), (patch.fern, False)):
        standing = queries.standing(one.id, "opioids", today())
        assert standing is not None
        assert standing.is_on == is_on
    rows = db.session.scalars(select(ProgrammeSwitch)).all()
    assert {row.by_id for row in rows} == {manager.id}
    text = client.get(address(patch.psc)).text
    assert "Opioids switched on for 3 organisations" in text
    assert "Example Manager: Asked for" in text


def test_nobody_ticked_is_refused_and_what_was_typed_is_kept(
    log_in: Any, manager: User, patch: Any, db: SQLAlchemy
) -> None:
    response = post(log_in(manager), address(patch.psc, "on"), reason="Asked for")
    assert response.status_code == 422
    assert "Choose at least one organisation" in response.text
    assert 'value="Asked for"' in response.text
    assert db.session.scalars(select(ProgrammeSwitch)).all() == []


def test_an_organisation_out_of_the_patch_cannot_be_slipped_in(
    log_in: Any, manager: User, patch: Any, db: SQLAlchemy
) -> None:
    response = post(log_in(manager), address(patch.psc, "on"), who=[str(patch.alder.id)])
    assert response.status_code == 422
    assert db.session.scalars(select(ProgrammeSwitch)).all() == []


def test_sent_twice_it_is_switched_once(
    log_in: Any, manager: User, patch: Any, db: SQLAlchemy
) -> None:
    client = log_in(manager)
    sent = {"idem_key": "one-key", "who": [str(patch.rowan.id)]}
    for _ in range(2):
        client.post(address(patch.rowan, "on"), data=sent)
    assert len(db.session.scalars(select(ProgrammeSwitch)).all()) == 1


def test_switching_off_says_who_switched_it_on(log_in: Any, manager: User, patch: Any) -> None:
    with unit_of_work():
        services.switch_on(patch.psc, "opioids", by=None, on=today())
    client = log_in(manager)
    assert "which Example PSC switched on" in client.get(address(patch.rowan, "off")).text
    assert post(client, address(patch.rowan, "off"), reason="Not now").status_code == 303
    rowan = queries.standing(patch.rowan.id, "opioids", today())
    fern = queries.standing(patch.fern.id, "opioids", today())
    assert rowan is not None
    assert fern is not None
    assert (rowan.is_on, fern.is_on) == (False, True)


@pytest.mark.parametrize(("turn", "said"), [("on", "is on already"), ("off", "is off already")])
def test_switching_to_what_is_says_so(
    log_in: Any, manager: User, patch: Any, turn: str, said: str
) -> None:
    if turn == "on":
        with unit_of_work():
            services.switch_on(patch.psc, "opioids", by=None, on=today())
    client = log_in(manager)
    response = client.get(address(patch.psc, turn))
    assert response.status_code == 303
    assert f"Opioids {said}" in client.get(response.location).text


def test_what_is_not_loaded_cannot_be_switched_on(
    log_in: Any, manager: User, patch: Any, keep_app: Any, db: SQLAlchemy
) -> None:
    with unit_of_work():
        services.switch_on(patch.psc, "opioids", by=None, on=today())
        services.switch_off(patch.psc, "opioids", by=None, on=today())
    client = log_in(manager, on=keep_app(plugins=()).test_client())
    response = post(client, address(patch.psc, "on"), who=[str(patch.psc.id)])
    assert response.status_code == 303
    assert "its plugin is not loaded" in client.get(response.location).text


@pytest.mark.parametrize("turn", ["", "on", "off"])
def test_switching_is_for_those_who_run_the_organisation(
    log_in: Any, patch: Any, turn: str
) -> None:
    lead = factories.person(role=Role.QI_LEAD, on=patch.rowan)
    assert log_in(lead).get(address(patch.rowan, turn)).status_code == 403


def test_a_psc_manager_switches_in_the_own_patch_only(
    log_in: Any, manager: User, patch: Any
) -> None:
    client = log_in(manager)
    assert client.get(address(patch.rowan, "on")).status_code == 200
    assert client.get(address(patch.alder, "on")).status_code == 403


def test_an_unknown_programme_or_organisation_is_not_found(
    log_in: Any, manager: User, patch: Any
) -> None:
    client = log_in(manager)
    assert client.get(f"/organisations/{patch.psc.id}/programmes/nowhere/on").status_code == 404
    assert client.get("/organisations/987654321/programmes/opioids/on").status_code == 404
