"""The database's own copies: what a project uses outlives the plugin."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tracker.auth.models import User
from tracker.db import db, unit_of_work
from tracker.plugin_api import Measure, Programme, Source
from tracker.plugin_host import LoadStage, current_host
from tracker.programmes import queries, services
from tracker.programmes.contents import all_contents, contents_of
from tracker.programmes.models import StoredDefinition
from tracker.programmes.reconciling import reconcile
from tracker.testing.plugin import KeepApp


@pytest.fixture
def here(keep_app: KeepApp) -> Any:
    """An app without plugins, its context open; tests bring their own."""
    app = keep_app(plugins=())
    with app.app_context():
        yield app


def adopt(measure: Measure, *, by: User | None = None) -> int:
    with unit_of_work():
        return services.adopt(measure, by=by).id


def test_the_first_use_makes_a_copy_and_the_next_finds_it(
    here: Flask, bring: Any, falls: Programme, rate: Measure
) -> None:
    bring(here, falls, rate, version="2.3")
    assert adopt(rate) == adopt(rate)
    row = db.session.scalars(select(StoredDefinition).where(StoredDefinition.key == "rate")).one()
    assert (row.ident, row.plugin, row.plugin_version) == (rate.ident, "falls", "2.3")
    assert row.fingerprint == rate.fingerprint()
    assert row.read() == rate


def test_its_programme_is_copied_with_it(
    here: Flask, bring: Any, falls: Programme, rate: Measure
) -> None:
    bring(here, falls, rate)
    adopt(rate)
    assert sorted(queries.fingerprints()) == [rate.ident, falls.ident]


def test_without_the_plugin_everything_in_use_can_still_be_read(
    here: Flask, bring: Any, make_app: Any, falls: Programme, rate: Measure
) -> None:
    bring(here, falls, rate)
    definition_id = adopt(rate)
    with make_app(plugins=()).app_context():
        assert current_host().active == {}
        assert queries.definition_of(definition_id) == rate
        assert queries.programme_title("falls") == "Preventing falls"
        assert queries.titles() == {"falls": "Preventing falls"}
        contents = contents_of("falls")
        assert contents is not None
        assert (contents.programme, contents.measures) == (falls, [rate])
        assert not contents.is_loaded
        assert [one.key for one in all_contents()] == ["falls"]


@pytest.mark.usefixtures("here")
def test_a_programme_never_copied_is_still_named_after_its_key() -> None:
    assert queries.programme_title("time_critical_meds") == "Time critical meds"
    assert contents_of("time_critical_meds") is None
    assert queries.definition_of(1) is None


def test_a_title_that_is_asked_for_often_is_read_once_a_request(
    here: Flask, bring: Any, falls: Programme, rate: Measure, count_statements: Any
) -> None:
    host = bring(here, falls, rate)
    adopt(rate)
    host.active.clear()
    host._owners.clear()
    with here.test_request_context(), count_statements() as statements:
        assert {queries.programme_title("falls") for _ in range(20)} == {"Preventing falls"}
    assert len(statements) == 1


def test_a_new_version_is_a_copy_of_its_own(
    here: Flask, bring: Any, falls: Programme, rate: Measure
) -> None:
    bring(here, falls, rate)
    first = adopt(rate)
    second = replace(rate, version=2, numerator="Falls with harm in the month")
    bring(here, falls, second)
    assert adopt(second) != first
    assert queries.definitions_of([first]) == {first: rate}


def test_a_changed_meaning_under_the_same_version_is_not_taken_into_use(
    here: Flask, bring: Any, falls: Programme, rate: Measure
) -> None:
    bring(here, falls, rate)
    adopt(rate)
    changed = replace(rate, numerator="Falls with harm in the month")
    bring(here, falls, changed)
    with pytest.raises(services.ChangedMeaning, match="publish it as version 2"):
        adopt(changed)


def test_two_processes_that_adopt_at_once_share_one_copy(
    here: Flask, bring: Any, falls: Programme, rate: Measure, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(here, falls, rate)
    first = adopt(rate)
    looked: list[str] = []
    honest = queries.stored

    def blind_once(definition: Any) -> StoredDefinition | None:
        looked.append(definition.ident)
        return None if looked.count(definition.ident) == 1 else honest(definition)

    monkeypatch.setattr(queries, "stored", blind_once)
    assert adopt(rate) == first


# --- refreshing words ----------------------------------------------------------------------------


def refresh() -> list[str]:
    with unit_of_work():
        return services.refresh_wording()


def test_better_words_reach_the_copies(
    here: Flask, bring: Any, falls: Programme, rate: Measure
) -> None:
    bring(here, falls, rate)
    definition_id = adopt(rate)
    better = replace(rate, title="Falls on the ward", source=Source(code="S", title="A report"))
    bring(here, falls, better, version="1.1")
    assert refresh() == [rate.ident]
    assert queries.definition_of(definition_id) == better
    assert db.session.get_one(StoredDefinition, definition_id).plugin_version == "1.1"
    assert refresh() == []


def test_a_changed_meaning_never_reaches_a_copy(
    here: Flask, bring: Any, falls: Programme, rate: Measure
) -> None:
    bring(here, falls, rate)
    definition_id = adopt(rate)
    bring(here, falls, replace(rate, numerator="Something else", title="Something else"))
    assert refresh() == []
    assert queries.definition_of(definition_id) == rate


def test_copies_without_a_plugin_are_left_alone(
    here: Flask, bring: Any, falls: Programme, rate: Measure
) -> None:
    bring(here, falls, rate)
    definition_id = adopt(rate)
    bring(here, falls)
    assert refresh() == []
    assert queries.definition_of(definition_id) == rate


# --- comparing -----------------------------------------------------------------------------------


def test_a_plugin_that_changed_a_meaning_in_use_is_set_aside(
    here: Flask, bring: Any, falls: Programme, rate: Measure
) -> None:
    bring(here, falls, rate)
    definition_id = adopt(rate)
    host = bring(here, falls, replace(rate, numerator="Something else"))
    assert reconcile()
    (one,) = host.set_aside
    assert (one.name, one.stage) == ("falls", LoadStage.RECONCILE)
    assert "publish it as version 2" in one.reason
    assert queries.definition_of(definition_id) == rate
    assert queries.programme_title("falls") == "Preventing falls"


def test_a_plugin_that_means_the_same_stays(
    here: Flask, bring: Any, falls: Programme, rate: Measure
) -> None:
    bring(here, falls, rate)
    adopt(rate)
    host = bring(here, falls, replace(rate, title="Better words"))
    assert reconcile()
    assert list(host.active) == ["falls"]


def test_comparing_happens_before_the_first_request_and_only_once(
    make_app: Any, bring: Any, falls: Programme, rate: Measure, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = make_app(plugins=())
    with fresh.app_context():
        bring(fresh, falls, rate)
        adopt(rate)
    host = bring(fresh, falls, replace(rate, numerator="Something else"))
    asked: list[None] = []
    honest = queries.fingerprints

    def counted() -> dict[str, str]:
        asked.append(None)
        return honest()

    monkeypatch.setattr(queries, "fingerprints", counted)
    client = fresh.test_client()
    client.get("/programmes")
    assert [one.name for one in host.set_aside] == ["falls"]
    client.get("/programmes")
    assert len(asked) == 1


def test_without_tables_it_asks_again_at_the_next_request(database: Any, make_app: Any) -> None:
    from tracker import create_app
    from tracker.testing.databases import test_settings

    bare = create_app(test_settings(database.spare(migrated=False), plugins=()))
    with bare.app_context():
        assert not reconcile()
        db.engine.dispose()
