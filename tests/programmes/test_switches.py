from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select

from tracker.audit.models import AuditEvent
from tracker.auth.models import User
from tracker.db import unit_of_work
from tracker.organisations.models import Organisation
from tracker.plugin_api import Programme
from tracker.programmes import queries, services
from tracker.programmes.models import ProgrammeSwitch
from tracker.testing import factories

DAY = date(2025, 7, 15)
LATER = DAY + timedelta(days=30)


def on(organisation: Organisation, programme: str = "opioids", *, day: date = DAY) -> None:
    with unit_of_work():
        services.switch_on(organisation, programme, by=None, on=day)


def off(organisation: Organisation, programme: str = "opioids", *, day: date = DAY) -> None:
    with unit_of_work():
        services.switch_off(organisation, programme, by=None, on=day)


def offered(organisation: Organisation, *, day: date = DAY) -> list[str]:
    return [programme.key for programme in queries.offered_programmes(organisation.id, day)]


def test_at_first_only_the_programme_for_any_project_is_offered(patch: Any) -> None:
    assert offered(patch.rowan) == ["generic"]


def test_what_is_on_is_offered_and_the_default_comes_last(patch: Any) -> None:
    on(patch.rowan)
    assert offered(patch.rowan) == ["opioids", "generic"]
    assert offered(patch.fern) == ["generic"]


def test_a_psc_speaks_for_its_patch(patch: Any) -> None:
    on(patch.psc)
    assert [offered(each)[0] for each in (patch.psc, patch.icb, patch.rowan, patch.fern)] == [
        "opioids"
    ] * 4
    assert offered(patch.alder) == ["generic"]


def test_an_organisation_has_the_last_word_about_itself(patch: Any) -> None:
    off(patch.rowan, day=DAY - timedelta(days=100))
    on(patch.psc)
    assert offered(patch.rowan) == ["generic"]
    assert "opioids" in offered(patch.fern)


def test_the_nearest_above_has_the_word_for_those_that_say_nothing(patch: Any) -> None:
    off(patch.icb)
    on(patch.psc, day=LATER)
    assert offered(patch.rowan, day=LATER) == ["generic"]
    assert "opioids" in offered(patch.psc, day=LATER)


def test_the_default_can_be_switched_off(patch: Any) -> None:
    off(patch.icb, "generic")
    assert offered(patch.rowan) == []
    assert offered(patch.psc) == ["generic"]


def test_it_holds_from_its_day_and_every_earlier_day_keeps_its_answer(patch: Any) -> None:
    on(patch.psc, day=LATER)
    assert offered(patch.rowan, day=LATER - timedelta(days=1)) == ["generic"]
    off(patch.psc, day=LATER + timedelta(days=30))
    assert "opioids" in offered(patch.rowan, day=LATER)
    assert offered(patch.rowan, day=LATER + timedelta(days=30)) == ["generic"]


def test_a_programme_no_plugin_brings_cannot_be_switched_on(patch: Any) -> None:
    with pytest.raises(services.UnknownProgramme, match="nowhere"):
        on(patch.psc, "nowhere")


def test_a_closed_programme_is_not_offered(bring: Any, keep_app: Any, falls: Programme) -> None:
    app = keep_app(plugins=())
    with app.app_context():
        psc = factories.psc()
        bring(app, replace(falls, closed_on=DAY))
        on(psc, "falls")
        assert offered(psc, day=DAY) == ["falls"]
        assert offered(psc, day=DAY + timedelta(days=1)) == []


def test_rows_are_added_and_audited(patch: Any, db: SQLAlchemy, manager: User) -> None:
    with unit_of_work():
        services.switch_on(patch.psc, "opioids", by=manager, on=DAY, reason="Asked for")
        services.switch_off(patch.psc, "opioids", by=manager, on=LATER)
    newest, oldest = queries.switch_history(patch.psc.id)
    assert (oldest.state, oldest.reason, oldest.by) == ("on", "Asked for", manager)
    assert (newest.state, newest.from_date) == ("off", LATER)
    actions = db.session.scalars(
        select(AuditEvent.action)
        .where(AuditEvent.organisation_id == patch.psc.id, AuditEvent.user_id == manager.id)
        .order_by(AuditEvent.id)
    ).all()
    assert actions == ["programme.switched_on", "programme.switched_off"]


# --- choosing who gets it ------------------------------------------------------------------------


def choose(patch: Any, *chosen: Organisation) -> int:
    with unit_of_work():
        return services.switch_on_for(
            patch.psc,
            "opioids",
            chosen={one.id for one in chosen},
            among=[patch.icb, patch.rowan, patch.fern],
            by=None,
            on=DAY,
        )


def said(db: SQLAlchemy) -> dict[int, str]:
    rows = db.session.scalars(select(ProgrammeSwitch).order_by(ProgrammeSwitch.id))
    return {row.organisation_id: row.state.value for row in rows}


def test_when_all_get_it_the_psc_speaks_for_them(patch: Any, db: SQLAlchemy) -> None:
    assert choose(patch, patch.psc, patch.icb, patch.rowan, patch.fern) == 4
    assert said(db) == {patch.psc.id: "on"}


def test_when_all_get_it_those_that_said_no_are_asked_anew(patch: Any, db: SQLAlchemy) -> None:
    off(patch.fern, day=DAY - timedelta(days=1))
    choose(patch, patch.psc, patch.icb, patch.rowan, patch.fern)
    assert said(db) == {patch.psc.id: "on", patch.fern.id: "on"}
    assert "opioids" in offered(patch.fern)


@pytest.mark.parametrize("left_out", ["psc", "icb", "rowan", "fern"])
def test_who_is_left_out_does_not_get_it_and_the_others_do(patch: Any, left_out: str) -> None:
    everyone = {name: getattr(patch, name) for name in ("psc", "icb", "rowan", "fern")}
    choose(patch, *(one for name, one in everyone.items() if name != left_out))
    for name, one in everyone.items():
        assert ("opioids" in offered(one)) == (name != left_out), name


def test_choosing_the_same_again_adds_nothing(patch: Any, db: SQLAlchemy) -> None:
    choose(patch, patch.psc, patch.rowan)
    before = len(db.session.scalars(select(ProgrammeSwitch.id)).all())
    choose(patch, patch.psc, patch.rowan)
    assert len(db.session.scalars(select(ProgrammeSwitch.id)).all()) == before


# --- for sharing and for pages -------------------------------------------------------------------


def test_programmes_on_for_any_of_several(patch: Any) -> None:
    on(patch.psc)
    assert queries.programmes_on([patch.alder.id, patch.rowan.id], on=DAY) == ["opioids"]
    assert queries.programmes_on([patch.alder.id], on=DAY) == []
    assert queries.programmes_on([], on=DAY) == []


def test_a_default_shares_nothing(patch: Any) -> None:
    assert "generic" not in queries.programmes_on([patch.rowan.id], on=DAY)


def test_sharing_does_not_depend_on_the_plugin(patch: Any, keep_app: Any) -> None:
    on(patch.psc)
    rowan = patch.rowan.id
    with keep_app(plugins=()).app_context():
        assert queries.programmes_on([rowan], on=DAY) == ["opioids"]


def test_a_standing_says_who_decided(patch: Any) -> None:
    on(patch.psc)
    off(patch.rowan)
    for organisation, is_on, by in (
        (patch.psc, True, None),
        (patch.fern, True, "Example PSC"),
        (patch.rowan, False, None),
    ):
        standing = queries.standing(organisation.id, "opioids", DAY)
        assert standing is not None
        assert (standing.is_on, standing.said_by) == (is_on, by)


def test_a_standing_is_kept_when_the_plugin_is_gone(patch: Any, keep_app: Any) -> None:
    on(patch.psc)
    rowan = patch.rowan.id
    with keep_app(plugins=()).app_context():
        (standing,) = queries.standings(rowan, DAY)
        assert (standing.title, standing.is_on, standing.is_loaded) == ("Opioids", True, False)


def test_switched_on_lists_those_who_said_so_themselves(patch: Any) -> None:
    on(patch.psc)
    on(patch.alder)
    on(patch.rowan)
    off(patch.rowan, day=DAY)
    names = [one.organisation for one in queries.switched_on(DAY)["opioids"]]
    assert names == ["Alder Trust", "Example PSC"]
    assert queries.switched_on(DAY - timedelta(days=1)) == {}


@pytest.mark.usefixtures("app")
def test_the_question_is_one_statement_however_many_organisations(
    count_statements: Callable[[], AbstractContextManager[Any]],
) -> None:
    ids = [factories.organisation().id for _ in range(5)]
    with count_statements() as statements:
        queries.programmes_on(ids, on=DAY)
    assert len(statements) == 1


def test_own_pages_and_offers_are_few_statements(
    patch: Any, count_statements: Callable[[], AbstractContextManager[Any]]
) -> None:
    on(patch.psc)
    rowan = patch.rowan.id
    with count_statements() as statements:
        queries.offered_programmes(rowan, DAY)
    assert len(statements) == 1
    with count_statements() as statements:
        queries.standings(rowan, DAY)
    assert len(statements) == 2
