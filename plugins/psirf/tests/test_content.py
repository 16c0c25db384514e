"""Every row of the tables of the content file is there, by its id, with what it says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tracker.plugin_api import (
    Basis,
    CaseStudyTemplate,
    ChangeIdea,
    Chart,
    Definition,
    Direction,
    Driver,
    DriverDiagramTemplate,
    ExpressionOfInterest,
    ImpactCalculator,
    Level,
    Measure,
    MeasureKind,
    Pathway,
    Phase,
    Programme,
    ProgrammeEvent,
    Rubric,
    SelfAssessment,
    StakeholderRole,
    StakeholderSuggestion,
)
from tracker.plugin_api.fields import instances
from tracker.plugin_api.impact import Incalculable
from tracker.plugin_host import ActivePlugin, PluginHost, discover

PROCESS = """
    phase_distribution policy_plan_agreed_pct learning_responses response_start_days
    response_close_days engagement_offered_pct staff_engaged_pct actions_measured_pct
    plan_priority_coverage_pct trained_leads_pct psp_recruited als_attendance
"""
OUTCOME = """
    transitioned_pct family_experience_score action_effective_pct days_between_repeat
    incidents_rate
"""
BALANCING = "bal_workload bal_psii_share bal_complaints"
METHODS = "swarm_huddle aar mdt_review thematic_review psii seips other"
IDEAS = """
    ci_summit ci_aar_pdsa ci_process_map ci_roadmap ci_qi_lens ci_ask_expert ci_swarm_template
    ci_thematic ci_appreciative ci_asset_stocktake ci_psp_input ci_resource_pack ci_pan_regional
    ci_staff_comms ci_family_guide ci_staff_support ci_engagement_lead ci_profile
    ci_decision_tree ci_oversight_map ci_sqg_slot ci_board_seminar ci_action_measure
    ci_seips_training
"""
STAKEHOLDERS = """
    chief_nurse pss psp provider_quality_lead ics_quality_lead midwife clinician
    nonclinical_network region national_team early_adopter independent hssib academic psc_lead
    academy families
"""


@pytest.fixture(scope="module")
def plugin() -> ActivePlugin:
    return PluginHost(strict=True).load(discover(["psirf"])).active["psirf"]


@pytest.fixture(scope="module")
def measures(plugin: ActivePlugin) -> dict[str, Measure]:
    return {one.key: one for one in plugin.of(Measure)}


@pytest.fixture(scope="module")
def pathway(plugin: ActivePlugin) -> Pathway:
    (pathway,) = plugin.of(Pathway)
    return pathway


@pytest.fixture(scope="module")
def programme(plugin: ActivePlugin) -> Programme:
    (programme,) = plugin.of(Programme)
    return programme


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        (MeasureKind.PROCESS, PROCESS),
        (MeasureKind.OUTCOME, OUTCOME),
        (MeasureKind.BALANCING, BALANCING),
    ],
)
def test_measures_are_all_there_and_of_their_kind(
    measures: dict[str, Measure], kind: MeasureKind, keys: str
) -> None:
    assert [key for key, one in measures.items() if one.kind is kind] == keys.split()


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        (ChangeIdea, IDEAS),
        (StakeholderSuggestion, STAKEHOLDERS),
        (CaseStudyTemplate, "psirf_support poster"),
        (Rubric, "support_need stage_of_adoption project_progress_score"),
        (SelfAssessment, "standards_selfcheck coach_review key_enablers"),
        (ImpactCalculator, "transition_pct engaged_icbs_pct days_saved"),
    ],
)
def test_other_tables_are_all_there(
    plugin: ActivePlugin, kind: type[Definition], keys: str
) -> None:
    assert [one.key for one in plugin.definitions if type(one) is kind] == keys.split()


def test_charts_and_directions_are_those_of_the_file(measures: dict[str, Measure]) -> None:
    charts: dict[Chart, set[str]] = {}
    for key, one in measures.items():
        charts.setdefault(one.chart, set()).add(key)
    assert charts[Chart.C] == {"learning_responses", "bal_complaints"}
    assert charts[Chart.XMR] == {
        "response_start_days",
        "response_close_days",
        "family_experience_score",
        "bal_workload",
    }
    assert charts[Chart.T] == {"days_between_repeat"}
    assert charts[Chart.U] == {"incidents_rate"}
    assert charts[Chart.P] == {
        "engagement_offered_pct",
        "staff_engaged_pct",
        "actions_measured_pct",
        "action_effective_pct",
        "bal_psii_share",
    }
    falling = {key for key, one in measures.items() if one.better is Direction.DOWN}
    assert falling == {"response_start_days", "response_close_days"}


def test_targets_are_those_of_the_file(measures: dict[str, Measure]) -> None:
    targets = {key: int(one.target) for key, one in measures.items() if one.target is not None}
    assert targets.pop("als_attendance") == 15
    assert set(targets.values()) == {100}
    assert set(targets) == {
        "transitioned_pct",
        "policy_plan_agreed_pct",
        "engagement_offered_pct",
        "staff_engaged_pct",
        "actions_measured_pct",
        "plan_priority_coverage_pct",
        "trained_leads_pct",
    }


def test_measures_are_proposals_because_no_figures_were_collected(
    measures: dict[str, Measure],
) -> None:
    assert all(one.provisional for one in measures.values())


def test_seven_phases_have_months_and_dates(pathway: Pathway) -> None:
    def printed(phase: Phase) -> tuple[str, int | None, int | None, date | None, date | None]:
        return (
            phase.key,
            phase.starts_month,
            phase.ends_month,
            phase.starts_on,
            phase.ends_on,
        )

    assert [printed(one) for one in pathway.phases] == [
        ("orientation", 1, 3, date(2022, 9, 1), date(2022, 12, 31)),
        ("diagnostic_discovery", 4, 7, date(2022, 12, 1), date(2023, 3, 31)),
        ("governance_quality", 6, 9, date(2023, 2, 1), date(2023, 7, 31)),
        ("response_planning", 7, 10, date(2023, 4, 1), date(2023, 7, 31)),
        ("policy_plan", 9, 12, date(2023, 7, 1), date(2023, 11, 30)),
        ("transition", 12, None, date(2023, 9, 1), None),
        ("embedding", 12, None, date(2023, 10, 1), date(2024, 3, 31)),
    ]
    assert all(one.evidence for one in pathway.phases)


def test_a_provider_has_transitioned_when_its_plan_is_agreed_and_work_begun(
    pathway: Pathway,
) -> None:
    assert pathway.arrival is not None
    assert pathway.arrival.complete == ("policy_plan",)
    assert pathway.arrival.begun == ("transition",)


def test_the_national_date_is_a_value(pathway: Pathway, programme: Programme) -> None:
    (by,) = pathway.parameters
    assert by.value == "2023-11-30"
    assert programme.aims[0].by == date.fromisoformat(by.value)


def test_methods_are_a_list_and_all_but_the_local_one_can_be_rated(
    plugin: ActivePlugin, programme: Programme
) -> None:
    (methods,) = (one for one in programme.reference_lists if one.key == "response_methods")
    assert [one.key for one in methods.items] == METHODS.split()
    (adoption,) = (one for one in plugin.of(Rubric) if one.key == "stage_of_adoption")
    assert [one.key for one in adoption.elements] == METHODS.split()[:-1]


def test_support_need_has_three_levels(plugin: ActivePlugin) -> None:
    rubric = plugin.of(Rubric)[0]
    assert [(int(one.score), one.key) for one in rubric.stages] == [
        (0, "none"),
        (1, "light"),
        (2, "focused"),
    ]


def test_standards_are_under_four_headings_and_not_copied(plugin: ActivePlugin) -> None:
    check = plugin.of(SelfAssessment)[0]
    assert len(check.domains) == 4
    assert all(domain.provisional for domain in check.domains)
    assert [one.label for one in check.responses] == ["Yes", "Part", "No"]


def test_every_idea_hangs_on_one_driver(plugin: ActivePlugin) -> None:
    (diagram,) = plugin.of(DriverDiagramTemplate)
    assert [one.key for one in diagram.primary] == [f"p{number}" for number in range(1, 7)]
    hung = [key for one in instances(diagram, Driver) for key in one.change_ideas]
    assert sorted(hung) == sorted(IDEAS.split())


def test_stakeholders_start_on_the_map(plugin: ActivePlugin) -> None:
    places = {one.key: (one.influence, one.interest) for one in plugin.of(StakeholderSuggestion)}
    assert places["chief_nurse"] == (Level.HIGH, Level.HIGH)
    assert places["region"] == (Level.HIGH, Level.MEDIUM)
    assert places["early_adopter"] == (Level.LOW, Level.HIGH)
    assert places["hssib"] == (Level.LOW, Level.LOW)
    assert None not in {place for pair in places.values() for place in pair}
    lived = {
        one.key
        for one in plugin.of(StakeholderSuggestion)
        if one.role is StakeholderRole.LIVED_EXPERIENCE
    }
    assert lived == {"psp", "families"}


def test_focused_support_asks_why_and_needs_agreement(plugin: ActivePlugin) -> None:
    (form,) = plugin.of(ExpressionOfInterest)
    assert [one.key for one in form.criteria] == [
        "need_phase",
        "need_request",
        "need_capacity",
        "need_culture",
        "accepted",
    ]
    assert [one.key for one in form.criteria if one.decides] == ["accepted"]


def test_action_learning_sets_have_their_days(plugin: ActivePlugin) -> None:
    events = plugin.of(ProgrammeEvent)
    assert [one.day for one in events] == [
        date(2022, 12, 13),
        date(2023, 2, 14),
        date(2023, 7, 21),
    ]
    review = plugin.of(SelfAssessment)[1]
    asked = {each.key for domain in review.domains for each in domain.statements}
    assert all(asked >= set(one.coach_checks) for one in events)


def test_the_printed_road_map_has_ten_steps(programme: Programme) -> None:
    (example,) = (one for one in programme.reference_lists if one.key == "worked_example")
    assert len(example.items) == 10
    assert example.items[0].title == "27 September 2023"
    assert example.items[-1].title == "1 April 2024"


def test_contradictions_are_told(programme: Programme) -> None:
    assert [one.key for one in programme.contradictions] == [
        "inc_15",
        "inc_16",
        "inc_22",
        "who_by_autumn",
        "seips_name",
    ]


@pytest.mark.parametrize(
    ("key", "given", "result"),
    [
        ("transition_pct", {"n": 243, "total": 270}, 90),
        ("engaged_icbs_pct", {"n": 42}, 100),
        ("days_saved", {"before": 60, "after": 45, "responses": 20}, 300),
    ],
)
def test_vectors(plugin: ActivePlugin, key: str, given: dict[str, int], result: int) -> None:
    (calculator,) = (one for one in plugin.of(ImpactCalculator) if one.key == key)
    figures = {name: Decimal(value) for name, value in given.items()}
    assert calculator.work_out(figures) == result


def test_a_share_of_no_providers_is_not_worked_out(plugin: ActivePlugin) -> None:
    calculator = plugin.of(ImpactCalculator)[0]
    with pytest.raises(Incalculable):
        calculator.work_out({"n": Decimal(0), "total": Decimal(0)})


def test_what_rests_on_general_knowledge_or_our_choice_is_provisional(
    plugin: ActivePlugin,
) -> None:
    for kind in (Measure, ChangeIdea, StakeholderSuggestion, DriverDiagramTemplate):
        for one in plugin.of(kind):
            assert one.source is not None
            if one.source.basis in (Basis.UNSOURCED, Basis.DESIGN, Basis.PUBLIC_PAGE):
                assert one.provisional, one.ident


def test_no_idea_claims_to_have_worked(plugin: ActivePlugin) -> None:
    """The report tells of tries and plans, and prints no effect."""
    assert [one.key for one in plugin.of(ChangeIdea) if one.evidence] == []
