"""Every row of the tables of the content file is there, by its id, with what it says."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tracker.plugin_api import (
    Basis,
    CaseStudyTemplate,
    ChangeIdea,
    Chart,
    CompositeMeasure,
    DataQuality,
    Definition,
    Direction,
    Driver,
    DriverDiagramTemplate,
    ExpressionOfInterest,
    ImpactCalculator,
    Measure,
    MeasureKind,
    Medium,
    Pathway,
    PhaseStatus,
    Pooling,
    Programme,
    ProgrammeEvent,
    Rubric,
    SelfAssessment,
    StakeholderSuggestion,
    filled,
)
from tracker.plugin_api.fields import instances
from tracker.plugin_host import ActivePlugin, PluginHost, discover

PROCESS = """
    place_of_birth_pct magnesium_sulphate_pct intrapartum_antibiotics_pct
    antenatal_corticosteroids_pct optimal_cord_management_pct normothermia_pct
    maternal_breast_milk_24h_pct caffeine_24h_pct volume_targeted_ventilation_pct
    mews_escalation_pct newtt2_admitted_pct family_worry_recorded_pct training_recommend
"""
OUTCOME = """
    survival_discharge_pct brain_injury_pct nec_pct bpd_pct preterm_birth_pct stillbirth_rate
    neonatal_mortality_rate admissions_between_hypothermia mews_severe_complications
    mews_critical_interventions family_experience
"""
BALANCING = """
    bal_term_admission bal_polycythaemia_jaundice bal_maternal_side_effect bal_hyperthermia
"""
COMPOSITES = "preterm_acs preterm_cqs interventions_delivered"
ELEMENTS = """
    place_of_birth magnesium_sulphate intrapartum_antibiotics antenatal_corticosteroids
    optimal_cord_management normothermia maternal_breast_milk_24h caffeine_24h
    volume_targeted_ventilation
"""
IDEAS = """
    ci_bedside_trolley ci_dcc_policy ci_simulation ci_passport ci_prompt_card ci_precept_pack
    ci_temp_checklist ci_prewarm ci_support_worker ci_colostrum_pack ci_antenatal_education
    ci_infant_feeding_team ci_caffeine_order ci_vtv_default ci_bundle_prescription
    ci_preterm_proforma ci_inutero_transfer ci_culture_debrief ci_mdt_group ci_learning_set
    ci_documentation_fix ci_share_case ci_mews ci_newtt2 ci_bsots ci_escalation_toolkit
    ci_dashboard
"""
STAKEHOLDERS = """
    obstetrician midwife maternity_support_worker neonatologist neonatal_nurse theatre_staff
    infant_feeding_team families regional_chief_midwife neonatal_odn lmns
    maternity_safety_champion senior_manager exec_sponsor training_body digital_supplier
"""
CONTRADICTIONS = """
    inc_03 inc_04 inc_05 inc_06 inc_07 inc_13 inc_14 inc_15 inc_17 inc_19 inc_20 inc_22 inc_24
    inc_26 inc_28
"""
SECONDARY = "s11 s12 s13 s21 s22 s23 s31 s32 s41 s42 s43 s51 s52 s61 s62 s71 s72"
PHASES = "navigate use_parallel pathfinder paper_rollout digital_test digital_rollout"


@pytest.fixture(scope="module")
def plugin() -> ActivePlugin:
    return PluginHost(strict=True).load(discover(["matneo"])).active["matneo"]


@pytest.fixture(scope="module")
def measures(plugin: ActivePlugin) -> dict[str, Measure]:
    return {one.key: one for one in plugin.of(Measure)}


@pytest.fixture(scope="module")
def adoption(plugin: ActivePlugin) -> Rubric:
    (rubric,) = (one for one in plugin.of(Rubric) if one.key == "stage_of_adoption")
    return rubric


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
        (CompositeMeasure, COMPOSITES),
        (ChangeIdea, IDEAS),
        (StakeholderSuggestion, STAKEHOLDERS),
        (CaseStudyTemplate, "matneo_narrative poster"),
        (Rubric, "stage_of_adoption project_progress_score"),
        (Pathway, "ewt_phase_mews ewt_phase_newtt2"),
        (SelfAssessment, "toolkit_adoption preterm_passport coach_review key_enablers"),
        (ProgrammeEvent, "regional_learning_set check_in_call open_drop_in"),
    ],
)
def test_other_tables_are_all_there(
    plugin: ActivePlugin, kind: type[Definition], keys: str
) -> None:
    there = [one.key for one in plugin.definitions if type(one) is kind]
    assert there == keys.split()


def test_there_are_nine_elements_each_with_its_measure(
    adoption: Rubric, measures: dict[str, Measure]
) -> None:
    assert [one.key for one in adoption.elements] == ELEMENTS.split()
    for one in adoption.elements:
        assert one.measure == f"{one.key}_pct"
        assert measures[one.measure].kind is MeasureKind.PROCESS


def test_limits_of_gestation_are_values_not_text(adoption: Rubric) -> None:
    eligible = {one.key: filled(one.eligible, adoption.parameters) for one in adoption.elements}
    assert eligible == {
        "place_of_birth": "Babies born before 27+0 weeks, twins or more before 28+0 weeks, or "
        "lighter than 800 g",
        "magnesium_sulphate": "Birth before 30+0 weeks",
        "intrapartum_antibiotics": "Birth before 34+0 weeks in established preterm labour",
        "antenatal_corticosteroids": "Birth before 34+0 weeks",
        "optimal_cord_management": "Babies born before 34+0 weeks",
        "normothermia": "Babies born before 34+0 weeks",
        "maternal_breast_milk_24h": "Babies born before 34+0 weeks",
        "caffeine_24h": "Babies born before 30+0 weeks",
        "volume_targeted_ventilation": "Babies ventilated invasively and born before 34+0 weeks",
    }
    assert all(one.provisional for one in adoption.elements)


def test_a_limit_means_the_same_in_rubric_and_measure(
    adoption: Rubric, measures: dict[str, Measure]
) -> None:
    rated = {one.key: one for one in adoption.parameters}
    counted = [one for each in adoption.elements for one in measures[each.measure].parameters]
    assert {one.key for one in counted} == rated.keys()
    assert all(one == rated[one.key] for one in counted)


def test_every_value_is_used_in_the_texts_of_its_definition(plugin: ActivePlugin) -> None:
    for one in (*plugin.of(Measure), *plugin.of(Rubric), *plugin.of(DriverDiagramTemplate)):
        for parameter in one.parameters:
            assert f"{{{parameter.key}}}" in repr(one), f"{one.ident}: {parameter.key}"


def test_five_measures_have_good_data_and_four_wait_for_the_record(
    measures: dict[str, Measure],
) -> None:
    assert {key for key, one in measures.items() if one.data_quality is DataQuality.GOOD} == {
        "place_of_birth_pct",
        "magnesium_sulphate_pct",
        "antenatal_corticosteroids_pct",
        "optimal_cord_management_pct",
        "normothermia_pct",
    }
    waiting = [one for one in measures.values() if one.data_quality is DataQuality.DEVELOPING]
    assert len(waiting) == 4


def test_percentages_are_percentages_and_rates_are_per_1000(measures: dict[str, Measure]) -> None:
    for one in measures.values():
        if one.chart is Chart.P:
            assert (one.unit, one.multiplier) == ("%", Decimal(100))
        if one.chart is Chart.U:
            assert one.unit.startswith("per 1,000")
            assert one.multiplier == 1000


def test_nothing_that_balances_has_a_direction(measures: dict[str, Measure]) -> None:
    for key in BALANCING.split():
        assert measures[key].better is Direction.NEITHER


def test_three_composites_of_the_nine_are_pooled_in_three_ways(plugin: ActivePlugin) -> None:
    pooling = {one.key: one.pooling for one in plugin.of(CompositeMeasure)}
    assert pooling == {
        "preterm_acs": Pooling.ALL_OR_NONE,
        "preterm_cqs": Pooling.OPPORTUNITY,
        "interventions_delivered": Pooling.COUNT,
    }
    for one in plugin.of(CompositeMeasure):
        assert one.components == tuple(f"{key}_pct" for key in ELEMENTS.split())


def test_phases_of_both_tools_are_on_paper_and_digital(plugin: ActivePlugin) -> None:
    for pathway in plugin.of(Pathway):
        assert [one.key for one in pathway.phases] == PHASES.split()
        assert [one.path for one in pathway.phases] == [
            Medium.ANY,
            Medium.PAPER,
            Medium.PAPER,
            Medium.PAPER,
            Medium.DIGITAL,
            Medium.DIGITAL,
        ]
        assert set(pathway.statuses) == set(PhaseStatus)
        assert all(one.evidence and one.note for one in pathway.phases)


def test_milestones_stand_as_printed(plugin: ActivePlugin) -> None:
    mews, newtt2 = plugin.of(Pathway)
    assert [one.printed for one in mews.milestones] == [
        "Before Q2 2023",
        "June 2023",
        "July 2023",
        "December 2023",
        "",
    ]
    assert [one.printed for one in newtt2.milestones] == [
        "June 2023",
        "September 2023",
        "September 2023",
        "January 2024",
        "",
    ]
    assert all(one.by is None for one in (*mews.milestones, *newtt2.milestones))


def test_every_idea_hangs_on_one_driver(plugin: ActivePlugin) -> None:
    (diagram,) = plugin.of(DriverDiagramTemplate)
    drivers = list(instances(diagram, Driver))
    assert [one.key for one in diagram.primary] == [f"p{number}" for number in range(1, 8)]
    assert [one.key for one in drivers if one.key.startswith("s")] == (
        [
            "s11",
            "s12",
            "s13",
            "s21",
            "s22",
            "s23",
            "s31",
            "s32",
            "s41",
            "s42",
            "s43",
            "s51",
            "s52",
            "s61",
            "s62",
            "s71",
            "s72",
        ]
    )
    hung = [key for one in drivers for key in one.change_ideas]
    assert sorted(hung) == sorted(IDEAS.split())


def test_contradictions_of_the_register_are_told(plugin: ActivePlugin) -> None:
    (programme,) = plugin.of(Programme)
    assert [one.key for one in programme.contradictions] == CONTRADICTIONS.split()


def test_the_narrative_has_the_headings_of_the_report(plugin: ActivePlugin) -> None:
    narrative, poster = plugin.of(CaseStudyTemplate)
    assert [one.text for one in narrative.headings] == [
        "Programme aim",
        "What problem were you trying to solve?",
        "What did you do?",
        "What did you continue to do?",
        "How did it go?",
        "What did you learn?",
    ]
    assert [one.text for one in poster.headings] == [
        "SMART aim",
        "Background",
        "Introduction",
        "Methods",
        "Results",
        "Conclusion",
    ]


def test_the_readiness_form_asks_everything(plugin: ActivePlugin) -> None:
    (form,) = plugin.of(ExpressionOfInterest)
    assert {one.key for one in form.criteria} >= {
        "onboard_path",
        "onboard_leads",
        "onboard_guideline",
        "onboard_training",
        "onboard_plan",
    }
    assert form.opens is None
    assert form.closes is None


def test_a_coach_looks_at_what_an_event_names(plugin: ActivePlugin) -> None:
    (review,) = (one for one in plugin.of(SelfAssessment) if one.key == "coach_review")
    asked = {each.key for domain in review.domains for each in domain.statements}
    for event in plugin.of(ProgrammeEvent):
        assert asked >= set(event.coach_checks)


def test_what_rests_on_general_knowledge_or_our_choice_is_provisional(
    plugin: ActivePlugin,
) -> None:
    """A document that was read is the only basis on which a definition is not provisional."""
    for kind in (Measure, ChangeIdea, StakeholderSuggestion, DriverDiagramTemplate):
        for one in plugin.of(kind):
            assert one.source is not None
            if one.source.basis in (Basis.UNSOURCED, Basis.DESIGN, Basis.PUBLIC_PAGE):
                assert one.provisional, one.ident


def test_calculators_have_the_formulas_of_the_file(plugin: ActivePlugin) -> None:
    words = {
        one.key: one.formula_in_words() for one in plugin.of(ImpactCalculator) if not one.reported
    }
    assert words == {
        "cp_avoided": "women treated ÷ number needed to treat",
        "cp_savings_gbp": "cases of cerebral palsy avoided × cost of one case",
        "ocm_lives": "babies with optimal cord management ÷ babies for one life saved",
        "ocm_lives_by_mortality": "babies with optimal cord management × share who would have "
        "died without it × share of those deaths prevented",
        "total_lives": "lives by cord management + lives by antibiotics",
        "interventions_gain": "interventions a month after - interventions a month before",
        "interventions_gain_pct": "100 × (interventions a month after - interventions a month "
        "before) ÷ interventions a month before",
        "rate_reduction": "100 × (rate before - rate after) ÷ rate before",
    }
    assert Decimal(37) in {one.value for one in plugin.of(ImpactCalculator)[0].inputs}


def test_only_ideas_with_an_effect_in_the_report_claim_to_have_worked(
    plugin: ActivePlugin,
) -> None:
    assert [one.key for one in plugin.of(ChangeIdea) if one.evidence] == [
        "ci_bedside_trolley",
        "ci_dcc_policy",
        "ci_simulation",
        "ci_support_worker",
        "ci_colostrum_pack",
        "ci_antenatal_education",
        "ci_infant_feeding_team",
        "ci_learning_set",
        "ci_escalation_toolkit",
    ]
