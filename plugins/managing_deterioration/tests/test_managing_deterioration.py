"""The content of the programme, row by row, and its figures."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tracker.plugin_api import (
    ChangeIdea,
    Driver,
    DriverDiagramTemplate,
    ExpressionOfInterest,
    ImpactCalculator,
    Measure,
    Programme,
    Rubric,
    SelfAssessment,
    StakeholderSuggestion,
    filled,
)
from tracker.plugin_api.fields import instances
from tracker.plugin_host import ActivePlugin
from tracker.testing.conformance import load_among_bundled

MEASURES = """
mr_sites_live process run monthly up
mr_component_stage process run quarterly up
mr_calls_family process c monthly neither
mr_calls_staff process c monthly neither
mr_calls_rate process u monthly neither
mr_calls_deterioration_pct process p monthly neither
mr_calls_change_pct outcome p monthly neither
mr_transfers outcome c monthly neither
mr_response_minutes process xmr monthly down
wellness_asked_pct process p weekly up
days_between_arrest outcome t per_event up
unplanned_icu_rate outcome u monthly neither
obs_complete_pct process p weekly up
escalated_in_time_pct process p monthly up
homes_engaged process run quarterly up
homes_adopted process run quarterly up
home_admissions outcome u monthly down
home_los outcome xmr monthly down
staff_trained process run quarterly up
bal_call_burden balancing xmr monthly neither
bal_false_alarm_pct balancing p monthly neither
bal_admission_avoid_harm balancing g per_event neither
"""
DRIVERS = {
    "s11": {"ci_pcsp", "ci_tep"},
    "s21": {"ci_tool_train", "ci_daily_question", "ci_eobs"},
    "s31": {"ci_one_number", "ci_sbar", "ci_poster"},
    "s41": {"ci_outreach", "ci_review_bundle"},
    "s51": {"ci_codesign", "ci_translate"},
    "s61": {"ci_restore2", "ci_stop_watch", "ci_common_language"},
}


@pytest.fixture(scope="module")
def plugin() -> ActivePlugin:
    return load_among_bundled(Path(__file__).parents[1])


def test_measures_are_those_of_the_programme(plugin: ActivePlugin) -> None:
    rows = [
        f"{one.key} {one.kind} {one.chart} {one.cadence} {one.better}" for one in plugin.of(Measure)
    ]
    assert rows == MEASURES.strip().splitlines()


def test_rates_are_per_thousand_bed_days_and_per_hundred_residents(plugin: ActivePlugin) -> None:
    by = {one.key: one.multiplier for one in plugin.of(Measure) if one.chart == "u"}
    assert by == {"mr_calls_rate": 1000, "unplanned_icu_rate": 1000, "home_admissions": 100}


def test_general_knowledge_stays_marked(plugin: ActivePlugin) -> None:
    marked = {
        one.key for one in plugin.definitions if one.source and "unsourced" in one.source.code
    }
    assert marked == {
        "days_between_arrest",
        "unplanned_icu_rate",
        "obs_complete_pct",
        "ci_sbar",
        "ci_tep",
        "sbar",
    }
    assert all(one.provisional for one in plugin.definitions if one.key in marked)


def test_each_change_idea_hangs_on_its_driver(plugin: ActivePlugin) -> None:
    (diagram,) = plugin.of(DriverDiagramTemplate)
    hung = {one.key: set(one.change_ideas) for one in instances(diagram, Driver)}
    assert {key: ideas for key, ideas in hung.items() if ideas} == DRIVERS
    assert {one.key for one in plugin.of(ChangeIdea)} == set().union(*DRIVERS.values())


def test_nine_things_are_rated_at_each_site(plugin: ActivePlugin) -> None:
    (stages,) = plugin.of(Rubric)
    assert [one.key for one in stages.elements][:4] == [
        "component_1",
        "component_2",
        "component_3",
        "news2",
    ]
    assert len(stages.elements) == 9
    readings = {stage.score: [one.text for one in stage.readings] for stage in stages.stages}
    assert readings[Decimal(6)] == ["all wards", "the whole home", "for example 5 of 5 GPs"]
    assert readings[Decimal(3)] == []


def test_a_site_says_whether_it_is_ready_and_a_coach_asks_about_components(
    plugin: ActivePlugin,
) -> None:
    asked = {
        one.key: [statement.key for domain in one.domains for statement in domain.statements]
        for one in plugin.of(SelfAssessment)
    }
    assert asked["mr_readiness"] == [
        "outreach",
        "executive",
        "poster",
        "interpreter",
        "data_lead",
        "briefing",
    ]
    assert asked["coach_review"][-1] == "cr_component"
    assert len(asked["key_enablers"]) == 8


def test_sites_may_join_by_six_criteria(plugin: ActivePlugin) -> None:
    (call,) = plugin.of(ExpressionOfInterest)
    assert [one.key for one in call.criteria] == [
        "mr_setting",
        "mr_ccot",
        "mr_site_level",
        "mr_exec",
        "mr_data",
        "mr_voice",
    ]


@pytest.mark.parametrize(
    ("key", "given", "result"),
    [
        ("adoption_pct", {"adopted": "9164", "engaged": "11621"}, "78.9"),
        ("mr_change_pct", {"changed": "1058", "deterioration": "2277"}, "46"),
        ("mr_change_pct", {"changed": "1703", "deterioration": "3186"}, "53"),
        (
            "admissions_avoided",
            {"homes": "100", "residents": "40", "before": "0.50", "after": "0.45"},
            "200",
        ),
    ],
)
def test_figures_are_worked_out_as_printed(
    plugin: ActivePlugin, key: str, given: dict[str, str], result: str
) -> None:
    calculator = {one.key: one for one in plugin.of(ImpactCalculator)}[key]
    numbers = {name: Decimal(number) for name, number in given.items()}
    assert calculator.work_out(numbers) == Decimal(result)


def test_news2_bands_are_the_owners_to_enter(plugin: ActivePlugin) -> None:
    (programme,) = plugin.of(Programme)
    (bands,) = [one for one in programme.reference_lists if one.key == "news2_bands"]
    assert bands.provisional
    assert all(one.provisional for one in programme.parameters)
    texts = [filled(item.text, programme.parameters, {"news2_low": "x"}) for item in bands.items]
    assert texts == ["x", "3 in one item", "5 or 6", "7 or more"]


def test_phase_1_is_of_at_least_100_sites(plugin: ActivePlugin) -> None:
    (programme,) = plugin.of(Programme)
    assert [aim.figure for aim in programme.aims if aim.key == "phase_1_sites"] == [100]
    assert {one.key for one in programme.contradictions} >= {"inc_14", "inc_25"}


def test_everyone_of_the_list_is_suggested(plugin: ActivePlugin) -> None:
    assert len(plugin.of(StakeholderSuggestion)) == 12
