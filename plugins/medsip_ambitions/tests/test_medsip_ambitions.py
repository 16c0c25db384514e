"""The content of the programme, row by row, and its reported figures."""

from __future__ import annotations

from datetime import date
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
    why_not_added,
)
from tracker.plugin_api.fields import instances
from tracker.plugin_host import ActivePlugin
from tracker.testing.conformance import load_among_bundled

MEASURES = """
ac_dose_right_pct process p monthly up
ac_nsaid_bleed_risk process xmr monthly down
ac_bleed_rate outcome u monthly down
ac_stroke_rate balancing u monthly neither
nsaid_no_gastro process xmr monthly down
mtx_overdose_risk process xmr monthly down
ld_psychotropic_pct outcome p quarterly down
ld_review_pct process p monthly up
ld_behaviour_bal balancing c monthly neither
fr_acb_pct process p monthly down
fr_frid_review_pct process p monthly up
fr_fractures_rate outcome u monthly down
aki_triple_count process xmr monthly down
aki_med_rate outcome u monthly down
aki_sickday_pct process p quarterly up
mso_in_post_pct process run quarterly up
mso_time process run annual up
"""
IDEAS = {
    "anticoagulants": {"ci_renal_search", "ci_dose_table", "ci_alert_card"},
    "stomp_stamp": {"ci_structured_review", "ci_pbs", "ci_easy_read"},
    "frailty_falls": {"ci_acb_search", "ci_falls_pharmacist", "ci_bone_check"},
    "aki": {"ci_triple_search", "ci_sickday_card", "ci_ward_renal"},
    "mso_workforce": {"ci_network", "ci_job_plan"},
}
REPORTED = {
    "lives_all": 518,
    "lives_anticoagulants": 68,
    "lives_nsaid": 36,
    "bleeds_fewer": 24,
    "methotrexate_fewer": 2255,
    "aki_fewer": 1979,
    "severe_harms": 4676,
    "readmissions_avoided": 24_128,
    "cost_avoided": 9_600_000,
}
OPIOIDS = 414
"""Lives that the opioids programme reports; part of the 518."""


@pytest.fixture(scope="module")
def plugin() -> ActivePlugin:
    return load_among_bundled(Path(__file__).parents[1])


@pytest.fixture(scope="module")
def figures(plugin: ActivePlugin) -> dict[str, ImpactCalculator]:
    return {one.key: one for one in plugin.of(ImpactCalculator)}


def test_measures_are_those_of_the_programme(plugin: ActivePlugin) -> None:
    rows = [
        f"{one.key} {one.kind} {one.chart} {one.cadence} {one.better}" for one in plugin.of(Measure)
    ]
    assert rows == MEASURES.strip().splitlines()


def test_three_of_five_workstreams_are_explored_until_march_2027(plugin: ActivePlugin) -> None:
    (programme,) = plugin.of(Programme)
    assert [one.key for one in programme.workstreams] == list(IDEAS)
    window = (date(2024, 4, 1), date(2027, 3, 31))
    dated = [one.key for one in programme.workstreams if (one.opened_on, one.closed_on) == window]
    assert dated == ["stomp_stamp", "frailty_falls", "aki"]


def test_each_workstream_has_a_diagram_with_its_ideas(plugin: ActivePlugin) -> None:
    hung = {
        diagram.key: {key for one in instances(diagram, Driver) for key in one.change_ideas}
        for diagram in plugin.of(DriverDiagramTemplate)
    }
    assert hung == IDEAS
    assert {one.key for one in plugin.of(ChangeIdea)} == set().union(*IDEAS.values())


def test_figures_are_kept_as_reported(figures: dict[str, ImpactCalculator]) -> None:
    assert {key: one.reported and one.reported.figure for key, one in figures.items()} == REPORTED
    for one in figures.values():
        with pytest.raises(Incalculable):
            one.work_out({})


def test_lives_add_up_with_those_of_opioids_and_harms_do_not() -> None:
    parts = REPORTED["lives_anticoagulants"] + REPORTED["lives_nsaid"] + OPIOIDS
    assert parts == REPORTED["lives_all"]
    harms = ("bleeds_fewer", "methotrexate_fewer", "aki_fewer")
    assert REPORTED["severe_harms"] - sum(REPORTED[key] for key in harms) == 418
    assert round(REPORTED["cost_avoided"] / REPORTED["readmissions_avoided"]) == 398


def test_no_figure_is_added_to_one_that_holds_it(figures: dict[str, ImpactCalculator]) -> None:
    assert why_not_added(figures["lives_all"], figures["lives_nsaid"])
    assert why_not_added(figures["severe_harms"], figures["bleeds_fewer"])


def test_where_sources_disagree_the_programme_says_so(plugin: ActivePlugin) -> None:
    (programme,) = plugin.of(Programme)
    assert [one.key for one in programme.contradictions] == [
        "inc_18",
        "inc_11",
        "cost_per_readmission",
    ]


def test_an_officer_matures_in_five_levels(plugin: ActivePlugin) -> None:
    maturity = {one.key: one for one in plugin.of(Rubric)}["mso_maturity"]
    assert [one.key for one in maturity.stages] == [
        "named",
        "protected_time",
        "networked",
        "reports_to_board",
        "leads_improvement",
    ]


def test_limits_are_for_the_organisation_to_set(plugin: ActivePlugin) -> None:
    review = {one.key: one for one in plugin.of(Measure)}["ld_review_pct"]
    assert filled(review.numerator, review.parameters) == "People reviewed in the last 6 months"
    ward = {one.key: one for one in plugin.of(ChangeIdea)}["ci_ward_renal"]
    assert filled(ward.summary, ward.parameters).endswith("within 24 hours")


def test_the_rest_of_the_list_is_there(plugin: ActivePlugin) -> None:
    (call,) = plugin.of(ExpressionOfInterest)
    assert [one.key for one in call.criteria] == ["m_lead", "m_search", "m_people", "m_balancing"]
    assert {one.key: one.coach_checks for one in plugin.of(ProgrammeEvent)} == {
        "launch": ("cr_aim", "cr_baseline"),
        "learning_set": ("cr_pdsa", "cr_balancing"),
        "year_end": ("cr_stage", "cr_story"),
    }
    assert len(plugin.of(StakeholderSuggestion)) == 11
