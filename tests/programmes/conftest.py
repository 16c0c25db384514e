"""A patch of made-up organisations, and plugins of a test's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask

from tracker.auth.models import User
from tracker.organisations.domain import OrganisationKind
from tracker.organisations.models import Organisation
from tracker.permissions import Role
from tracker.plugin_api import (
    Cadence,
    Chart,
    Direction,
    Measure,
    MeasureKind,
    PluginInfo,
    Programme,
    ProgrammePlugin,
)
from tracker.plugin_host import PluginHost, given
from tracker.plugin_host.in_app import EXTENSION
from tracker.testing import factories

DAY = date(2025, 7, 15)


@dataclass(frozen=True)
class Patch:
    """PSC -> ICB -> two trusts; another PSC with a trust of its own."""

    psc: Organisation
    icb: Organisation
    rowan: Organisation
    fern: Organisation
    other_psc: Organisation
    alder: Organisation


@pytest.fixture
def patch(app: Flask) -> Patch:
    psc = factories.psc("Example PSC")
    icb = factories.organisation("Example ICB", kind=OrganisationKind.ICB, psc=psc)
    other_psc = factories.psc("Other PSC")
    return Patch(
        psc=psc,
        icb=icb,
        rowan=factories.organisation("Rowan Trust", part_of=icb),
        fern=factories.organisation("Fern Trust", part_of=icb),
        other_psc=other_psc,
        alder=factories.organisation("Alder Trust", psc=other_psc),
    )


@pytest.fixture
def manager(patch: Patch) -> User:
    return factories.person("Example Manager", role=Role.PSC_MANAGER, on=patch.psc)


@pytest.fixture
def falls() -> Programme:
    return Programme(key="falls", programme="falls", title="Preventing falls", purpose="Fewer")


@pytest.fixture
def rate() -> Measure:
    return Measure(
        key="rate",
        programme="falls",
        title="Falls rate",
        kind=MeasureKind.OUTCOME,
        unit="falls",
        better=Direction.DOWN,
        chart=Chart.RUN,
        cadence=Cadence.MONTHLY,
        numerator="Falls in the month",
    )


Bring = Callable[..., PluginHost]


@pytest.fixture
def bring(monkeypatch: pytest.MonkeyPatch) -> Bring:
    """Give an app a plugin `falls` with these definitions, and no other, till the test ends."""

    def bring(app: Flask, *definitions: Programme | Measure, version: str = "1.0") -> PluginHost:
        plugin = ProgrammePlugin(
            info=PluginInfo(
                name="falls", title="Falls", version=version, api=(1, 0), maintainer="Falls team"
            ),
            programmes=[one for one in definitions if isinstance(one, Programme)],
            measures=[one for one in definitions if isinstance(one, Measure)],
        )
        host = PluginHost().load([given(plugin)])
        monkeypatch.setitem(app.extensions, EXTENSION, host)
        return host

    return bring
