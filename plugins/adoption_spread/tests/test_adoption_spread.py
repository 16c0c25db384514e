"""The content of the completed programme, row by row, and its figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tracker.plugin_api import (
    ChangeIdea,
    Driver,
    DriverDiagramTemplate,
    ExpressionOfInterest,
    ImpactCalculator,
    Incalculable,
    Measure,
    Programme,
    ProgrammeEvent,
    Rubric,
    StakeholderSuggestion,
    filled,
)
from tracker.plugin_api.fields import instances
from tracker.plugin_host import ActivePlugin
from tracker.programmes.domain import is_closed
from tracker.testing.conformance import load_among_bundled

MEASURES = """
copd_acs process p monthly up
copd_element_pct_inhaler_technique process p monthly up
copd_element_pct_self_management process p monthly up
copd_element_pct_smoking process p monthly up
copd_element_pct_pulmonary_rehab process p monthly up
copd_element_pct_follow_up process p monthly up
copd_readmit_30 outcome p monthly down
asthma_acs process p monthly up
asthma_readmit_30 outcome p monthly down
trache_sites_pct process run quarterly up
trache_element_pct_bedhead_sign process run quarterly up
trache_element_pct_emergency_equipment process run quarterly up
trache_element_pct_daily_care process run quarterly up
trache_los outcome xmr monthly down
trache_days_harm outcome t per_event up
elap_acs process p monthly up
elap_mortality outcome p quarterly down
bal_los balancing xmr monthly neither
bal_discharge_delay balancing xmr monthly neither
"""
ELEMENTS = """
copd_discharge_inhaler_technique copd_discharge_self_management copd_discharge_smoking
copd_discharge_pulmonary_rehab copd_discharge_follow_up
asthma_discharge_inhaler_technique asthma_discharge_medication_review
asthma_discharge_action_plan asthma_discharge_triggers asthma_discharge_follow_up
tracheostomy_bedhead_sign tracheostomy_emergency_equipment tracheostomy_daily_care
emergency_laparotomy_lactate emergency_laparotomy_sepsis emergency_laparotomy_theatre_time
emergency_laparotomy_fluid emergency_laparotomy_critical_care emergency_laparotomy_senior_team
"""
REPORTED = {
    "copd_reported": 24,
    "asthma_reported": 56,
    "trache_sites_reported": 92,
    "patients_reached": 15_000,
    "trache_saving_reported": 1_920_000,
    "elap_hospitals_reported": 97,
}


@pytest.fixture(scope="module")
def plugin() -> ActivePlugin:
    return load_among_bundled(Path(__file__).parents[1])


@pytest.fixture(scope="module")
def calculators(plugin: ActivePlugin) -> dict[str, ImpactCalculator]:
    return {one.key: one for one in plugin.of(ImpactCalculator)}


def test_it_is_completed_and_says_what_it_achieved(plugin: ActivePlugin) -> None:
    (programme,) = plugin.of(Programme)
    assert is_closed(programme, date(2022, 4, 1))
    for figure in ("24%", "56%", "92%", "97%", "2021-22"):
        assert figure in programme.status_note
    assert [one.key for one in programme.workstreams] == [
        "copd_discharge",
        "asthma_discharge",
        "tracheostomy",
        "emergency_laparotomy",
    ]


def test_no_site_can_join_any_more(plugin: ActivePlugin) -> None:
    (call,) = plugin.of(ExpressionOfInterest)
    assert call.closes is not None
    assert call.closes.date() == date(2022, 3, 31)
    assert [one.key for one in call.criteria] == ["a_audit", "a_lead", "a_element"]


def test_measures_are_those_of_the_programme(plugin: ActivePlugin) -> None:
    rows = [
        f"{one.key} {one.kind} {one.chart} {one.cadence} {one.better}" for one in plugin.of(Measure)
    ]
    assert rows == MEASURES.strip().splitlines()


def test_each_element_is_rated_and_copd_and_tracheostomy_have_their_measures(
    plugin: ActivePlugin,
) -> None:
    (rubric,) = plugin.of(Rubric)
    assert [one.key for one in rubric.elements] == ELEMENTS.split()
    measured = [one.measure for one in rubric.elements if one.measure]
    assert len(measured) == 8
    call = {one.key: one for one in rubric.elements}["copd_discharge_follow_up"]
    assert filled(call.definition, rubric.parameters).endswith("within 72 hours")


def test_only_what_the_overview_names_is_not_provisional(plugin: ActivePlugin) -> None:
    (rubric,) = plugin.of(Rubric)
    assert {one.key for one in rubric.elements if not one.provisional} == {
        "tracheostomy_bedhead_sign",
        "tracheostomy_emergency_equipment",
        "tracheostomy_daily_care",
    }


def test_24_is_three_times_8(calculators: dict[str, ImpactCalculator]) -> None:
    given = {"after": Decimal(24), "before": Decimal(8)}
    assert calculators["fold_change"].work_out(given) == Decimal("3.0")


def test_ten_hospitals_save_19_million(calculators: dict[str, ImpactCalculator]) -> None:
    saved = calculators["trache_saving"].work_out({"hospitals": Decimal(10)})
    assert saved == Decimal(19_200_000)
    assert "Never multiply" in calculators["trache_saving"].caveat


def test_reported_figures_are_never_worked_out(calculators: dict[str, ImpactCalculator]) -> None:
    found = {key: one.reported.figure for key, one in calculators.items() if one.reported}
    assert found == REPORTED
    for key in REPORTED:
        with pytest.raises(Incalculable):
            calculators[key].work_out({})


def test_97_percent_is_of_hospitals(calculators: dict[str, ImpactCalculator]) -> None:
    assert "not of patients" in calculators["elap_hospitals_reported"].caveat


def test_each_change_idea_hangs_on_a_driver(plugin: ActivePlugin) -> None:
    (diagram,) = plugin.of(DriverDiagramTemplate)
    assert [one.key for one in diagram.primary] == ["p1", "p2", "p3", "p4", "p5"]
    hung = {key for one in instances(diagram, Driver) for key in one.change_ideas}
    assert hung == {one.key for one in plugin.of(ChangeIdea)}
    assert len(hung) == 7


def test_events_have_their_coach_checks(plugin: ActivePlugin) -> None:
    assert {one.key: one.coach_checks for one in plugin.of(ProgrammeEvent)} == {
        "start": ("cr_baseline",),
        "mid": ("cr_pdsa", "cr_driver"),
        "end": ("cr_stage", "cr_story"),
    }


def test_everyone_of_the_list_is_suggested(plugin: ActivePlugin) -> None:
    assert len(plugin.of(StakeholderSuggestion)) == 10
