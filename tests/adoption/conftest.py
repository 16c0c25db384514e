"""A pathway of two elements, followed at three units of two PSCs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from tracker.adoption import services
from tracker.adoption.domain import Side
from tracker.adoption.models import Rating
from tracker.auth.models import User
from tracker.db import unit_of_work
from tracker.organisations.models import Organisation
from tracker.plugin_api import (
    AppliesTo,
    Element,
    Need,
    PluginInfo,
    Programme,
    ProgrammePlugin,
    Proof,
    Rubric,
    Stage,
)
from tracker.plugin_host import PluginHost, given
from tracker.plugin_host.in_app import EXTENSION
from tracker.testing import factories

SINCE = date(2023, 1, 1)

USE = Rubric(
    key="stage_of_adoption",
    programme="preterm",
    title="Stage of adoption",
    applies_to=AppliesTo.ELEMENT,
    roll_up="A&S score",
    elements=(
        Element(key="cord", title="Cord management", definition="Clamped at 60 s or later"),
        Element(key="milk", title="Early milk", definition="Milk within 24 h"),
    ),
    stages=tuple(
        Stage(
            key=key,
            score=Decimal(score),
            label=key.capitalize(),
            descriptor=f"It is {key}",
            counts=score >= 2,
            needs=(Need(any_of=(Proof.TRAINING,), text="A training record"),) if score else (),
        )
        for score, key in enumerate(["aware", "testing", "used", "embedded"])
    ),
)
ELEMENTS = ["cord", "milk"]


@dataclass
class Region:
    """Two PSCs with their units, and somebody who rates."""

    north: Organisation
    south: Organisation
    alder: Organisation
    beech: Organisation
    cedar: Organisation
    rater: User

    def rate(
        self,
        unit: Organisation,
        element: str,
        level: str,
        on: date,
        *,
        side: Side = Side.TEAM,
    ) -> Rating:
        with unit_of_work():
            return services.rate(
                unit,
                USE,
                services.Judgement(level=level, on=on, side=side),
                by=self.rater,
                element=element,
            )


@pytest.fixture
def region(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Region:
    plugin = ProgrammePlugin(
        info=PluginInfo(
            name="preterm", title="Preterm", version="1.0", api=(1, 0), maintainer="Example team"
        ),
        programmes=[Programme(key="preterm", programme="preterm", title="Preterm")],
        rubrics=[USE],
    )
    # The app is shared with other tests.
    monkeypatch.setitem(app.extensions, EXTENSION, PluginHost().load([given(plugin)]))
    north, south = factories.psc("North PSC"), factories.psc("South PSC")
    found = Region(
        north,
        south,
        factories.organisation("Alder unit", psc=north),
        factories.organisation("Beech unit", psc=north),
        factories.organisation("Cedar unit", psc=south),
        factories.person(),
    )
    with unit_of_work():
        for setting, units in (("NICU", [found.alder]), ("LNU", [found.beech, found.cedar])):
            services.include("preterm", units, on=SINCE, by=found.rater, setting=setting)
    return found
