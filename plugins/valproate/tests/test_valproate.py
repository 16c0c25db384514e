"""The content of the programme, row by row, and its figures."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tracker.plugin_api import (
    CaseStudyTemplate,
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
from tracker.testing.conformance import load_among_bundled

MEASURES = """
val_female_count outcome xmr monthly down
val_in_pregnancy outcome g per_event up
val_days_between outcome t per_event up
val_ppp_pct process p monthly up
val_araf_year_pct process p monthly up
val_two_specialists_pct process p monthly up
val_review_wait process xmr monthly down
val_coded_pct process p monthly up
val_male_informed_pct process p monthly up
val_seizure_deaths balancing t per_event neither
val_relapse balancing c monthly neither
val_seizure_ed balancing c monthly neither
"""
DRIVERS = {
    "s11": ("ci_search", "ci_dashboard"),
    "s21": ("ci_araf_clinic", "ci_contraception_link"),
    "s31": ("ci_joint_clinic", "ci_pharmacist_review"),
    "s41": ("ci_switch_plan", "ci_helpline"),
    "s51": ("ci_codes", "ci_pharmacy_check"),
}
CHECKS = {
    "launch": ("cr_team", "cr_baseline"),
    "learning_event_1": ("cr_aim", "cr_pdsa"),
    "learning_event_2": ("cr_balancing", "cr_stage"),
    "learning_event_3": ("cr_story",),
}


@pytest.fixture(scope="module")
def plugin() -> ActivePlugin:
    return load_among_bundled(Path(__file__).parents[1])


def test_measures_are_those_of_the_programme(plugin: ActivePlugin) -> None:
    rows = [
        f"{one.key} {one.kind} {one.chart} {one.cadence} {one.better}" for one in plugin.of(Measure)
    ]
    assert rows == MEASURES.strip().splitlines()


def test_limits_are_for_the_organisation_to_set(plugin: ActivePlugin) -> None:
    by = {one.key: one for one in plugin.of(Measure)}
    rule = by["val_two_specialists_pct"]
    assert filled(rule.denominator or "", rule.parameters) == "People under 55 years in scope"
    assert rule.provisional
    form = by["val_araf_year_pct"]
    assert filled(form.numerator, form.parameters).endswith("in the last 12 months")


def test_an_icb_has_one_of_six_phases(plugin: ActivePlugin) -> None:
    phases = {one.key: one for one in plugin.of(Rubric)}["val_pathway_phase"]
    assert [(int(one.score), one.key) for one in phases.stages] == [
        (1, "set_up"),
        (2, "find_people"),
        (3, "pathway_agreed"),
        (4, "reviews_under_way"),
        (5, "all_reviewed_once"),
        (6, "annual_reliable"),
    ]
    assert phases.provisional


def test_each_change_idea_hangs_on_its_driver(plugin: ActivePlugin) -> None:
    (diagram,) = plugin.of(DriverDiagramTemplate)
    hung = {one.key: one.change_ideas for one in instances(diagram, Driver) if one.change_ideas}
    assert hung == DRIVERS
    assert {one.key for one in plugin.of(ChangeIdea)} == {k for v in DRIVERS.values() for k in v}


def test_events_have_their_coach_checks(plugin: ActivePlugin) -> None:
    assert {one.key: one.coach_checks for one in plugin.of(ProgrammeEvent)} == CHECKS


def test_27441_to_18235_is_33_and_a_half_percent_fewer(plugin: ActivePlugin) -> None:
    by = {one.key: one for one in plugin.of(ImpactCalculator)}
    given = {"before": Decimal(27441), "after": Decimal(18235)}
    assert by["pct_reduction"].work_out(given) == Decimal("33.5")


def test_the_reported_35_percent_is_never_worked_out(plugin: ActivePlugin) -> None:
    reported = {one.key: one for one in plugin.of(ImpactCalculator)}["reported_reduction"]
    assert reported.reported is not None
    assert reported.reported.figure == 35
    assert reported.period == "Not stated"
    with pytest.raises(Incalculable):
        reported.work_out({})


def test_both_figures_of_the_reduction_are_said_and_neither_is_picked(plugin: ActivePlugin) -> None:
    (programme,) = plugin.of(Programme)
    (one,) = programme.contradictions
    assert one.key == "inc_27"
    assert ["35%" in claim.text or "33.5%" in claim.text for claim in one.claims] == [True, True]


def test_babies_protected_are_not_worked_out(plugin: ActivePlugin) -> None:
    assert {one.key for one in plugin.of(ImpactCalculator)} == {
        "pct_reduction",
        "reported_reduction",
    }
    (programme,) = plugin.of(Programme)
    assert any("babies were protected" in one for one in programme.open_questions)


def test_a_story_says_what_happened_where_a_change_was_not_safe(plugin: ActivePlugin) -> None:
    (form,) = plugin.of(CaseStudyTemplate)
    prompts = {one.key: one.prompt for one in form.headings}
    assert "was not safe" in prompts["challenging"]
    assert "specialist records" in prompts["what_happened"]
    assert "who decided" in prompts["worked_well"]


def test_the_rest_of_the_list_is_there(plugin: ActivePlugin) -> None:
    (call,) = plugin.of(ExpressionOfInterest)
    assert [one.key for one in call.criteria] == [
        "v_sponsor",
        "v_group",
        "v_data",
        "v_specialists",
        "v_equality",
        "v_people",
    ]
    assert len(plugin.of(StakeholderSuggestion)) == 11
