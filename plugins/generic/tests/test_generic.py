from __future__ import annotations

import pytest

from tracker.plugin_api import (
    Measure,
    Programme,
    Rubric,
    SelfAssessment,
    StakeholderRole,
    StakeholderSuggestion,
    blanks,
)
from tracker.plugin_host import ActivePlugin, PluginHost, discover


@pytest.fixture(scope="module")
def plugin() -> ActivePlugin:
    return PluginHost(strict=True).load(discover(["generic"])).active["generic"]


def test_it_is_on_for_everyone_and_leaves_measures_to_the_team(plugin: ActivePlugin) -> None:
    assert [programme.on_by_default for programme in plugin.of(Programme)] == [True]
    assert plugin.of(Measure) == []


def test_a_project_is_scored_from_a_half_to_five(plugin: ActivePlugin) -> None:
    (score,) = plugin.of(Rubric)
    assert [float(stage.score) for stage in score.stages] == [n / 2 for n in range(1, 11)]


def test_every_project_is_asked_the_same(plugin: ActivePlugin) -> None:
    asked = {
        one.key: [statement.key for domain in one.domains for statement in domain.statements]
        for one in plugin.of(SelfAssessment)
    }
    assert asked["key_enablers"] == [
        "inequalities",
        "codesign",
        "safety_culture",
        "networks",
        "leadership",
        "capability",
        "measurement",
        "pipeline",
    ]
    assert [key.removeprefix("cr_") for key in asked["coach_review"]] == [
        "aim",
        "team",
        "baseline",
        "driver",
        "pdsa",
        "balancing",
        "equality",
        "stage",
        "story",
        "next",
    ]
    assert len(asked["collaborative_requirements"]) == 6


def test_an_aim_starts_from_everything_it_has_to_say(plugin: ActivePlugin) -> None:
    (programme,) = plugin.of(Programme)
    assert list(blanks(programme.aim_template)) == [
        "verb",
        "measure",
        "population",
        "place",
        "baseline",
        "baseline_period",
        "target",
        "date",
    ]


def test_the_roles_that_a_coach_asks_for_are_suggested(plugin: ActivePlugin) -> None:
    roles = {one.role for one in plugin.of(StakeholderSuggestion)}
    assert roles >= {
        StakeholderRole.SPONSOR,
        StakeholderRole.LEAD,
        StakeholderRole.QI,
        StakeholderRole.DATA,
        StakeholderRole.LIVED_EXPERIENCE,
    }
