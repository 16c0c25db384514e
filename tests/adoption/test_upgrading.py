"""A newer version of a rubric: ratings keep their words, and a person confirms how they read."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tracker.adoption import upgrading
from tracker.adoption.models import Rating
from tracker.auth.models import User
from tracker.db import db
from tracker.permissions import Role
from tracker.plugin_api import PluginInfo, Programme, ProgrammePlugin, Replaces, Rubric, Stage
from tracker.plugin_host import PluginHost, given
from tracker.plugin_host.in_app import EXTENSION
from tracker.testing import factories

from .conftest import USE, Region

DAY = date(2024, 5, 1)
V2 = replace(
    USE,
    version=2,
    stages=tuple(
        Stage(
            key=key, score=Decimal(score), label=label, descriptor=f"Now {label}", counts=score > 1
        )
        for score, (key, label) in enumerate(
            [("knows", "Knows of it"), ("trying", "Trying out"), ("used", "Everyone gets it")]
        )
    ),
    replaces=Replaces(version=1, stage_map={"aware": "knows", "testing": "trying"}),
)


@pytest.fixture
def newer(app: Flask, region: Region, monkeypatch: pytest.MonkeyPatch) -> Rubric:
    """Version 2 is published, after what a test has rated by version 1."""
    region.rate(region.alder, "cord", "testing", DAY)
    region.rate(region.alder, "milk", "embedded", DAY)
    plugin = ProgrammePlugin(
        info=PluginInfo(
            name="preterm", title="Preterm", version="2.0", api=(1, 0), maintainer="Example team"
        ),
        programmes=[Programme(key="preterm", programme="preterm", title="Preterm")],
        rubrics=[V2],
    )
    monkeypatch.setitem(app.extensions, EXTENSION, PluginHost(strict=True).load([given(plugin)]))
    return V2


@pytest.fixture
def lead(region: Region) -> User:
    return factories.person(role=Role.QI_LEAD, on=region.alder)


def address(region: Region, element: str) -> str:
    return f"/programmes/preterm/adoption/{region.alder.id}/levels/stage_of_adoption/{element}"


def form_of(client: Any, region: Region, element: str) -> str:
    """The address of the form, to which the page of the pair leads."""
    form = address(region, element).replace("/levels/", "/rate/")
    assert f'href="{form}"' in client.get(address(region, element)).text
    return form


def test_a_level_reads_as_the_map_says_and_only_from_the_version_it_is_of() -> None:
    assert upgrading.reads_as(V2, 1, "testing") == "trying"
    assert upgrading.reads_as(V2, 1, "embedded") is None
    assert upgrading.reads_as(replace(V2, version=4), 3, "testing") is None
    assert upgrading.reads_as(USE, 1, "testing") is None


def test_of_the_version_in_force_nothing_is_proposed(region: Region) -> None:
    region.rate(region.alder, "cord", "testing", DAY)
    assert upgrading.of_pair(USE, region.alder.id, "cord") is None
    assert upgrading.of_pair(V2, region.beech.id, "cord") is None


def test_the_level_is_proposed_by_the_map_and_a_person_confirms_it(
    region: Region, newer: Rubric, log_in: Any, lead: User
) -> None:
    client = log_in(lead)
    text = " ".join(client.get(address(region, "cord")).text.split())
    assert "Rated by version 1 of Stage of adoption: level 1, Testing." in text
    assert "In version 2 that reads level 1, Trying out." in text
    url = form_of(client, region, "cord")
    form = " ".join(client.get(url).text.split())
    assert 'value="trying" checked' in form
    sent = {"level": "trying", "on-day": "1", "on-month": "6", "on-year": "2024"}
    response = client.post(url, data={"idem_key": str(uuid.uuid4()), **sent})
    assert response.status_code == 303
    assert upgrading.of_pair(newer, region.alder.id, "cord") is None
    rows = db.session.scalars(
        select(Rating).where(Rating.element == "cord").order_by(Rating.id)
    ).all()
    assert [row.level for row in rows] == ["testing", "trying"]
    assert len({row.definition_id for row in rows}) == 2
    text = " ".join(client.get(address(region, "cord")).text.split())
    assert "Rated by version 1" not in text
    assert "Testing" in text
    assert "Trying out" in text


def test_a_level_that_the_map_leaves_out_is_rated_anew(
    region: Region, newer: Rubric, log_in: Any, lead: User
) -> None:
    client = log_in(lead)
    text = " ".join(client.get(address(region, "milk")).text.split())
    assert "level 3, Embedded." in text
    assert "Version 2 does not say how that reads: rate it anew." in text
    assert " checked" not in client.get(form_of(client, region, "milk")).text


def test_who_may_not_rate_is_told_and_not_led_to_the_form(
    region: Region, newer: Rubric, log_in: Any
) -> None:
    text = log_in(factories.person()).get(address(region, "cord")).text
    assert "Rated by version 1 of Stage of adoption" in text
    assert "/rate/" not in text
