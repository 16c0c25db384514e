"""A plugin of the first release, frozen: every later core loads it with the same fingerprints.

Never change the plugin or a fingerprint here. If a test fails, the core broke the contract: every
plugin in use would be set aside by the upgrade.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tracker.plugin_api import (
    AppliesTo,
    Block,
    Cadence,
    CaseStudyTemplate,
    Chart,
    Definition,
    Direction,
    Heading,
    Measure,
    MeasureKind,
    PluginInfo,
    Programme,
    ProgrammeAim,
    ProgrammePlugin,
    Replaces,
    Rubric,
    Source,
    Stage,
)
from tracker.plugin_host import PluginHost, given

PROGRAMME = Programme(
    key="first",
    programme="first",
    title="First release",
    unit_of_adoption="trust",
    aims=(ProgrammeAim(key="aim", title="Aim", text="Less", by=date(2026, 3, 31)),),
)
SPARSE = Measure(
    key="sparse",
    programme="first",
    title="Sparse",
    kind=MeasureKind.PROCESS,
    unit="people",
    better=Direction.UP,
    chart=Chart.RUN,
    cadence=Cadence.WEEKLY,
    numerator="People trained in the week",
)
FULL = Measure(
    key="full",
    programme="first",
    version=2,
    title="Full",
    kind=MeasureKind.OUTCOME,
    unit="%",
    better=Direction.DOWN,
    chart=Chart.P,
    cadence=Cadence.MONTHLY,
    numerator="Doses missed",
    denominator="Doses due",
    exclusions=("Doses refused", "Nil by mouth"),
    multiplier=Decimal("100.0"),
    target=Decimal("2.50"),
    data_source="Electronic prescribing",
    lag_months=1,
    notes=("A note",),
    source=Source(code="S", title="A source"),
)
RUBRIC = Rubric(
    key="use",
    programme="first",
    version=2,
    title="Use",
    applies_to=AppliesTo.SITE,
    stages=(
        Stage(key="none", score=Decimal(0), label="None", descriptor="Not used"),
        Stage(
            key="all",
            score=Decimal("1.0"),
            label="All",
            descriptor="Used for all",
            evidence=("Audit",),
            grouping="Adopted",
            counts=True,
        ),
    ),
    rated=Cadence.QUARTERLY,
    replaces=Replaces(version=1, stage_map={"no": "none", "yes": "all"}),
)
TEMPLATE = CaseStudyTemplate(
    key="story",
    programme="first",
    title="Story",
    headings=(
        Heading(key="why", text="Why", words=100),
        Heading(key="chart", text="Chart", block=Block.CHART, required=False),
    ),
)
FINGERPRINTS: dict[str, tuple[Definition, str]] = {
    "programme": (PROGRAMME, "975644745ca32f27c0102bd91c93188249738178eecc2cd57ed1f80f64d138b2"),
    "sparse": (SPARSE, "c9a772a97dc9b7a97479a4149741e9c729aa5865571dc782c67a949879f16df7"),
    "full": (FULL, "40f67462f70b452998627b87eb4690fbfbca9978e2b8c615bf17db94415860d9"),
    "rubric": (RUBRIC, "2822ec9c6fb58fefdc97de916d9849887cd4f3b4fc897eb1023e370b2af8137c"),
    "template": (TEMPLATE, "1a6cc0d6363e101b6291fefe9c0bfa9c724d5f64ab4fb91046ac1769cbd1d011"),
}


@pytest.mark.parametrize("name", FINGERPRINTS)
def test_fingerprints_of_the_first_release_hold(name: str) -> None:
    definition, fingerprint = FINGERPRINTS[name]
    assert definition.fingerprint() == fingerprint


def test_the_first_release_loads() -> None:
    plugin = ProgrammePlugin(
        info=PluginInfo(name="first", title="First", version="1.0", api=(1, 0), maintainer="A"),
        programmes=[PROGRAMME],
        measures=[SPARSE, FULL],
        rubrics=[RUBRIC],
        case_study_templates=[TEMPLATE],
    )
    assert list(PluginHost(strict=True).load([given(plugin)]).active) == ["first"]
