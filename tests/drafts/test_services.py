"""Drafts and once-only keys, without a page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from tracker.auth.models import User
from tracker.db import db, unit_of_work, utcnow
from tracker.drafts import services
from tracker.drafts.models import Draft, IdempotencyKey
from tracker.testing import factories
from tracker.testing.plugin import Clock

NUMBER = "943 476 5919"


@pytest.fixture
def writer(app: Flask) -> User:
    return factories.person()


def keep(user: User, key: str = "aim/1", **fields: list[str]) -> dict[str, list[str]]:
    with unit_of_work():
        body: dict[str, list[str]] = services.keep(user, key, fields).body
    return body


def test_a_draft_holds_what_was_typed_last(writer: User) -> None:
    keep(writer, measure=["first"])
    keep(writer, measure=["second"], tasks=["a", "b"])
    assert db.session.scalars(db.select(Draft.body)).all() == [
        {"measure": ["second"], "tasks": ["a", "b"]}
    ]


def test_a_draft_is_found_by_its_writer_only(writer: User) -> None:
    keep(writer, measure=["mine"])
    assert services.find(writer, "aim/1") is not None
    assert services.find(factories.person(), "aim/1") is None
    assert services.find(writer, "aim/2") is None


@pytest.mark.parametrize("name", ["password", "old_password", "csrf_token", "idem_key"])
def test_secrets_and_tokens_never_become_part_of_a_draft(writer: User, name: str) -> None:
    with unit_of_work():
        kept = services.keep(writer, "aim/1", {name: ["violet anchor biscuit"], "title": ["T"]})
    assert kept.body == {"title": ["T"]}


@pytest.mark.parametrize(
    "written", [NUMBER, "9434765919", "943-476-5919", "943\u00a0476\u00a05919"]
)
def test_what_looks_like_an_nhs_number_is_masked_in_a_draft(writer: User, written: str) -> None:
    body = keep(writer, observations=[f"Seen {written} twice, {written}."])
    assert body["observations"] == ["Seen 943 ••• •••• twice, 943 ••• ••••."]


def test_a_number_that_somebody_says_is_none_is_kept(writer: User) -> None:
    body = keep(writer, problems=[NUMBER], learned=[NUMBER], not_nhs_number=["problems"])
    assert body["problems"] == [NUMBER]
    assert body["learned"] == ["943 ••• ••••"]


def test_a_key_with_a_control_character_does_not_reach_the_database(writer: User) -> None:
    keep(writer, "aim/\x001", title=["T"])
    assert services.find(writer, "aim/1") is not None


def test_a_create_is_remembered_for_its_person_alone(writer: User) -> None:
    with unit_of_work():
        services.remember(writer, "k", "/projects/1")
    assert services.result_of(writer, "k") == "/projects/1"
    assert services.result_of(factories.person(), "k") is None


def test_old_drafts_and_keys_are_pruned_and_young_ones_stay(
    writer: User, stop_clock: Clock
) -> None:
    begun = datetime(2026, 3, 1, 9, tzinfo=UTC)
    for days in (0, 20):
        stop_clock(begun + timedelta(days=days))
        keep(writer, f"aim/{days}", title=["T"])
        with unit_of_work():
            services.remember(writer, f"key {days}", "/")
    stop_clock(begun + timedelta(days=20, hours=23))
    with unit_of_work():
        services.prune(utcnow())
    assert db.session.scalars(db.select(IdempotencyKey.key)).all() == ["key 20"]
    assert len(db.session.scalars(db.select(Draft.id)).all()) == 2
    stop_clock(begun + timedelta(days=30, minutes=1))
    with unit_of_work():
        services.prune(utcnow())
    assert db.session.scalars(db.select(Draft.form_key)).all() == ["aim/20"]
