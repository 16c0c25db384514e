"""The content of the closed programme, row by row, and its figures."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tracker.plugin_api import (
    LONDON,
    CaseStudyTemplate,
    ChangeIdea,
    CompositeMeasure,
    Driver,
    DriverDiagramTemplate,
    ExpressionOfInterest,
    ImpactCalculator,
    Incalculable,
    Measure,
    Pooling,
    Programme,
    ProgrammeEvent,
    ProgrammeStatus,
    StakeholderSuggestion,
)
from tracker.plugin_api.fields import instances
from tracker.plugin_host import ActivePlugin
from tracker.programmes.domain import is_closed
from tracker.testing.conformance import load_among_bundled

MEASURES = """
rp_restraint_rate outcome u weekly down
rp_seclusion_rate outcome u weekly down
rp_rapid_tranq_rate outcome u weekly down
rp_days_between outcome t per_event up
rp_prone_pct process p monthly down
rp_debrief_pct process p monthly up
rp_safety_huddle process p weekly up
rp_patient_safe outcome run monthly up
rp_staff_safe balancing run monthly neither
rp_assaults balancing u monthly neither
rp_self_harm balancing u monthly neither
"""
DRIVERS = {
    "p1": ("ci_own_care_plan", "ci_dasa"),
    "p2": ("ci_activity", "ci_calm_room"),
    "p3": ("ci_deescalation", "ci_lived_coach"),
    "p4": ("ci_rule_review",),
    "p5": ("ci_debrief", "ci_poster_data"),
    "p6": ("ci_huddle", "ci_stable_team"),
}


@pytest.fixture(scope="module")
def plugin() -> ActivePlugin:
    return load_among_bundled(Path(__file__).parents[1])


@pytest.fixture(scope="module")
def programme(plugin: ActivePlugin) -> Programme:
    (found,) = plugin.of(Programme)
    return found


def test_it_closed_at_the_end_of_september_2023_and_says_what_it_achieved(
    programme: Programme,
) -> None:
    assert programme.status is ProgrammeStatus.CLOSED
    assert not is_closed(programme, date(2023, 9, 30))
    assert is_closed(programme, date(2023, 10, 1))
    assert "September 2023" in programme.status_note
    assert "15%" in programme.status_note
    assert {one.status for one in programme.workstreams} == {ProgrammeStatus.CLOSED}


def test_no_ward_can_join_any_more(plugin: ActivePlugin) -> None:
    (call,) = plugin.of(ExpressionOfInterest)
    assert call.closes is not None
    assert call.closes < datetime(2023, 10, 1, tzinfo=LONDON)
    assert [one.key for one in call.criteria] == [
        "r_ward",
        "r_lead",
        "r_data",
        "r_people",
        "r_sponsor",
    ]


def test_the_two_parts_keep_their_own_aims(programme: Programme) -> None:
    assert {one.key: one.figure for one in programme.aims} == {
        "first_third": 33,
        "spread_quarter": 25,
    }
    assert {one.key for one in programme.contradictions} == {"inc_21", "inc_25"}


def test_measures_are_those_of_the_programme(plugin: ActivePlugin) -> None:
    rows = [
        f"{one.key} {one.kind} {one.chart} {one.cadence} {one.better}" for one in plugin.of(Measure)
    ]
    assert rows == MEASURES.strip().splitlines()
    assert {one.multiplier for one in plugin.of(Measure) if one.chart == "u"} == {1000}


def test_the_total_adds_the_three_kinds(plugin: ActivePlugin) -> None:
    (total,) = plugin.of(CompositeMeasure)
    assert total.key == "rp_total"
    assert total.pooling is Pooling.COUNT
    assert total.components == ("rp_restraint_rate", "rp_seclusion_rate", "rp_rapid_tranq_rate")


def test_each_change_idea_hangs_on_its_driver(plugin: ActivePlugin) -> None:
    (diagram,) = plugin.of(DriverDiagramTemplate)
    assert {one.key: one.change_ideas for one in instances(diagram, Driver)} == DRIVERS
    assert {one.key for one in plugin.of(ChangeIdea)} == {k for v in DRIVERS.values() for k in v}


@pytest.mark.parametrize(
    ("key", "given", "result"),
    [
        ("pooled_reduction", {"before": 1000, "after": 850}, "15.0"),
        ("achieved_vs_aim", {"achieved": 15, "aim": 33}, "45"),
    ],
)
def test_figures_are_worked_out(
    plugin: ActivePlugin, key: str, given: dict[str, int], result: str
) -> None:
    calculator = {one.key: one for one in plugin.of(ImpactCalculator)}[key]
    numbers = {name: Decimal(number) for name, number in given.items()}
    assert calculator.work_out(numbers) == Decimal(result)


def test_the_reported_15_percent_is_never_worked_out(plugin: ActivePlugin) -> None:
    reported = {one.key: one for one in plugin.of(ImpactCalculator)}["reported_reduction"]
    with pytest.raises(Incalculable):
        reported.work_out({})


def test_an_account_asks_for_consent_first(plugin: ActivePlugin) -> None:
    forms = {one.key: one for one in plugin.of(CaseStudyTemplate)}
    assert set(forms) == {"poster", "medsip_lived_experience"}
    assert (
        forms["medsip_lived_experience"].headings[0].prompt.startswith("Ask for explicit consent")
    )


def test_learning_days_come_every_two_months(plugin: ActivePlugin) -> None:
    (day,) = plugin.of(ProgrammeEvent)
    assert day.printed == "Every two months, for 18 months"
    assert "cr_people_test" in day.coach_checks


def test_everyone_of_the_list_is_suggested(plugin: ActivePlugin) -> None:
    assert len(plugin.of(StakeholderSuggestion)) == 8
