"""The content of the programme, against its documents."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TypeVar

import pytest

from tracker.plugin_api import (
    AppliesTo,
    CaseStudyTemplate,
    ChangeIdea,
    Chart,
    CompositeMeasure,
    Definition,
    Direction,
    Driver,
    DriverDiagramTemplate,
    EventKind,
    ExpressionOfInterest,
    ImpactCalculator,
    Measure,
    MeasureKind,
    Pooling,
    Programme,
    ProgrammeEvent,
    Reproduced,
    Rubric,
    SelfAssessment,
    Stage,
    StakeholderSuggestion,
)
from tracker.plugin_api.impact import Incalculable, why_not_added
from tracker.plugin_host import ActivePlugin, PluginHost, discover
from tracker.plugin_host.review import review

D = TypeVar("D", bound=Definition)

OUTCOME, PROCESS, BALANCING = MeasureKind
NATIONAL = {
    "opioid_4m_count": (OUTCOME, Chart.XMR, "monthly"),
    "high_dose_count": (OUTCOME, Chart.XMR, "monthly"),
}
PRESCRIBING = {
    "opioidome": (OUTCOME, Chart.XMR, "monthly"),
    "opioidper1000": (OUTCOME, Chart.U, "monthly"),
    "opioidspercent": (OUTCOME, Chart.P, "monthly"),
    "gabapentinoidsddd": (BALANCING, Chart.XMR, "monthly"),
}
OTHERS = {
    "opioid_4m_rate": (OUTCOME, Chart.U, "monthly"),
    "wsa_icb_count": (PROCESS, Chart.RUN, "quarterly"),
    "wsa_icb_full_by_phase": (PROCESS, Chart.RUN, "quarterly"),
    "icb_engaged_pct": (PROCESS, Chart.RUN, "quarterly"),
    "reviews_done": (PROCESS, Chart.C, "monthly"),
    "high_dose_reviewed_pct": (PROCESS, Chart.P, "monthly"),
    "new_starts_90d_pct": (PROCESS, Chart.P, "monthly"),
    "action_plans_shared": (PROCESS, Chart.C, "monthly"),
    "staff_trained": (PROCESS, Chart.RUN, "quarterly"),
    "patient_reported": (OUTCOME, Chart.XMR, "quarterly"),
    "bal_gabapentinoid": (BALANCING, Chart.XMR, "monthly"),
    "bal_withdrawal": (BALANCING, Chart.C, "monthly"),
    "bal_ed_pain": (BALANCING, Chart.XMR, "monthly"),
}
IDEAS = {
    "p1": "ci_discharge_limit ci_first_line_nonopioid",
    "p2": "ci_epact_search ci_data_pack ci_deprivation_split",
    "p3": "ci_lwwp_training ci_pain_cafe ci_social_prescribing ci_health_coaching",
    "p4": "ci_florey ci_review_template ci_action_plan ci_taper_guide",
    "p5": "ci_quarterly_feedback ci_cdlin",
    "p6": "ci_sponsor ci_lived_experience ci_bts ci_logic_model",
    "p7": "ci_system_map ci_business_case",
}
STAKEHOLDERS = (
    "icb_chief_pharmacist mo_lead pcn_pharmacist pcn_manager gp place_lead health_coach "
    "social_prescriber acute_pain secondary_pharmacy public_health cd_officer ambulance_ooh vcse "
    "lwwp lived_experience evaluator nhsbsa psc national_team"
)


@pytest.fixture(scope="module")
def plugin() -> ActivePlugin:
    return PluginHost(strict=True).load(discover(["opioids"])).active["opioids"]


@pytest.fixture(scope="module")
def stages(plugin: ActivePlugin) -> tuple[Stage, ...]:
    return _of(plugin, Rubric)["wsa_phase"].stages


def _of(plugin: ActivePlugin, kind: type[D]) -> dict[str, D]:
    return {one.key: one for one in plugin.of(kind)}


def test_it_is_sourced_locked_documented_and_keeps_to_the_contract(plugin: ActivePlugin) -> None:
    assert review(plugin) == []


def test_every_measure_is_there_as_listed(plugin: ActivePlugin) -> None:
    found = {one.key: (one.kind, one.chart, one.cadence.value) for one in plugin.of(Measure)}
    assert found == NATIONAL | PRESCRIBING | OTHERS


def test_national_measures_count_people_and_prescribing_measures_do_not(
    plugin: ActivePlugin,
) -> None:
    measures = _of(plugin, Measure)
    assert {measures[key].unit for key in NATIONAL} == {"people"}
    assert {key: measures[key].unit for key in PRESCRIBING} == {
        "opioidome": "mg per 1,000",
        "opioidper1000": "items per 1,000",
        "opioidspercent": "%",
        "gabapentinoidsddd": "DDD per 1,000",
    }


def test_national_measures_are_charted_one_figure_at_a_time(plugin: ActivePlugin) -> None:
    for key in NATIONAL:
        measure = _of(plugin, Measure)[key]
        assert measure.denominator is None
        assert measure.better is Direction.DOWN
        assert measure.target is None, "30,000 fewer is a change, not a level to reach"
        assert measure.lag_months == 2


def test_balancing_measures_have_no_better_way(plugin: ActivePlugin) -> None:
    balancing = [one for one in plugin.of(Measure) if one.kind is MeasureKind.BALANCING]
    assert len(balancing) == 4
    assert all(one.better is Direction.NEITHER for one in balancing)


def test_the_count_names_both_baselines_and_has_a_figure_for_neither(plugin: ActivePlugin) -> None:
    baselines = _of(plugin, Measure)["opioid_4m_count"].baselines
    assert [(one.key, one.ends) for one in baselines] == [
        ("y2021", date(2021, 12, 31)),
        ("march_2023", date(2023, 3, 31)),
    ]
    assert all(one.figure is None for one in baselines)


def test_bank_holidays_and_policy_are_known_on_national_charts(plugin: ActivePlugin) -> None:
    for key in NATIONAL:
        known = {one.key: one for one in _of(plugin, Measure)[key].known_events}
        assert known["bank_holidays"].months == (4, 5, 6)
        assert known["bank_holiday_2023"].starts == date(2023, 5, 1)
        assert known["incentives_removed"].kind is EventKind.POLICY
        assert known["restructuring"].starts is None, "the report gives no day"


def test_the_rolling_mean_is_of_six_months_of_the_count(plugin: ActivePlugin) -> None:
    (rolling,) = plugin.of(CompositeMeasure)
    assert rolling.key == "opioid_4m_roll6"
    assert rolling.pooling is Pooling.ROLLING_MEAN
    assert (rolling.components, rolling.periods) == (("opioid_4m_count",), 6)


def test_limits_of_measures_of_our_own_are_parameters(plugin: ActivePlugin) -> None:
    found = {
        one.key: {each.key: each.value for each in one.parameters}
        for one in plugin.of(Measure)
        if one.parameters
    }
    assert found == {
        "opioid_4m_rate": {"months": "4", "adult": "18"},
        "icb_engaged_pct": {"icbs": "42"},
        "high_dose_reviewed_pct": {"high_dose": "120", "months": "6"},
        "new_starts_90d_pct": {"day": "90"},
        "bal_gabapentinoid": {"adult": "18"},
    }


def test_what_no_source_sets_is_provisional(plugin: ActivePlugin) -> None:
    provisional = {measure.key for measure in plugin.of(Measure) if measure.provisional}
    assert provisional == {"opioidome", "gabapentinoidsddd", "bal_gabapentinoid"}


def test_percentages_are_times_a_hundred(plugin: ActivePlugin) -> None:
    shares = [measure for measure in plugin.of(Measure) if measure.unit == "%"]
    assert len(shares) == 4
    assert {one.multiplier for one in shares} == {Decimal(100)}


def test_aims_of_the_report_have_their_figures_and_dates(plugin: ActivePlugin) -> None:
    (programme,) = plugin.of(Programme)
    confirmed = [(aim.figure, aim.by) for aim in programme.aims if not aim.provisional]
    assert confirmed == [(Decimal(figure), date(2024, 3, 31)) for figure in (15, 21, 30000)]


def test_phases_run_from_0_to_7(stages: tuple[Stage, ...]) -> None:
    assert [stage.score for stage in stages] == list(range(8))


def test_only_what_the_report_names_is_not_provisional(stages: tuple[Stage, ...]) -> None:
    assert [stage.label for stage in stages if not stage.provisional] == [
        "Not on the approach",
        "Action",
    ]


def test_phases_are_grouped_as_the_report_groups_them(stages: tuple[Stage, ...]) -> None:
    groups: dict[str | None, list[int]] = {}
    for stage in stages:
        groups.setdefault(stage.grouping, []).append(int(stage.score))
    assert groups == {
        None: [0, 1, 7],
        "Quality Planning": [2, 3],
        "Quality Improvement": [4, 5, 6],
    }


def test_places_have_the_same_phases(plugin: ActivePlugin, stages: tuple[Stage, ...]) -> None:
    of_place = _of(plugin, Rubric)["wsa_phase_place"]
    assert of_place.applies_to is AppliesTo.PLACE
    assert of_place.stages == stages


def test_every_phase_above_none_asks_for_proof(stages: tuple[Stage, ...]) -> None:
    assert [bool(stage.needs) for stage in stages] == [False] + [True] * 7


def test_the_shared_scales_are_there(plugin: ActivePlugin) -> None:
    applies = {key: one.applies_to for key, one in _of(plugin, Rubric).items()}
    assert applies == {
        "wsa_phase": AppliesTo.ICB,
        "wsa_phase_place": AppliesTo.PLACE,
        "psc_support_level": AppliesTo.ICB,
        "project_progress_score": AppliesTo.PROJECT,
        "stage_of_adoption": AppliesTo.CHANGE_IDEA,
    }


def test_each_contradiction_of_the_register_is_said_and_handled(plugin: ActivePlugin) -> None:
    (programme,) = plugin.of(Programme)
    assert [one.key for one in programme.contradictions] == [
        *("inc_01", "inc_02", "inc_08", "inc_09", "inc_10", "inc_11", "inc_12", "inc_18"),
        "area_of_kent",
    ]


def test_every_idea_hangs_on_its_driver(plugin: ActivePlugin) -> None:
    (diagram,) = plugin.of(DriverDiagramTemplate)
    hung = {one.key: sorted(_ideas(one)) for one in diagram.primary}
    assert hung == {key: sorted(ideas.split()) for key, ideas in IDEAS.items()}
    assert set(_of(plugin, ChangeIdea)) == set(" ".join(IDEAS.values()).split())
    assert all(len(one.drivers) == 2 for one in diagram.primary)


def _ideas(driver: Driver) -> list[str]:
    return [*driver.change_ideas, *(key for inner in driver.drivers for key in _ideas(inner))]


def test_the_theme_of_an_idea_is_the_text_of_its_driver(plugin: ActivePlugin) -> None:
    (diagram,) = plugin.of(DriverDiagramTemplate)
    ideas = _of(plugin, ChangeIdea)
    for primary in diagram.primary:
        assert {ideas[key].theme for key in _ideas(primary)} == {primary.text}


@pytest.mark.parametrize(
    ("key", "headings"),
    [
        (
            "medsip_codevelopment",
            [
                "Background",
                "What happened",
                "Who was involved in the collaboration?",
                "What worked well?",
                "What was challenging?",
                "Where are we now (month, year)?",
                "Summary",
            ],
        ),
        ("medsip_workshop", ["Workshop aim", "Background", "Outcome"]),
        ("medsip_collaborative_setup", ["", "Key enablers", "Challenges", "", "", ""]),
        ("medsip_lived_experience", [""] * 8),
        (
            "poster",
            ["SMART aim", "Background", "Introduction", "Methods", "Results", "Conclusion"],
        ),
    ],
)
def test_forms_have_the_headings_of_the_report(
    plugin: ActivePlugin, key: str, headings: list[str]
) -> None:
    form = _of(plugin, CaseStudyTemplate)[key]
    assert [heading.text for heading in form.headings] == headings
    assert all(heading.prompt for heading in form.headings)


def test_every_stakeholder_starts_somewhere_on_the_map(plugin: ActivePlugin) -> None:
    found = plugin.of(StakeholderSuggestion)
    assert [one.key for one in found] == STAKEHOLDERS.split()
    assert all(one.influence and one.interest and one.group for one in found)


def test_six_questions_before_the_start_without_a_date(plugin: ActivePlugin) -> None:
    (call,) = plugin.of(ExpressionOfInterest)
    assert [one.key for one in call.criteria] == [
        *("willing", "named_place_lead", "core_team", "data", "lived", "days"),
    ]
    assert (call.opens, call.closes) == (None, None)


def test_the_series_has_its_events_in_order_each_with_all_coach_checks(
    plugin: ActivePlugin,
) -> None:
    events = _of(plugin, ProgrammeEvent)
    assert list(events) == ["pre_work", "launch", "w1", "w2", "w3", "w4"]
    assert events["launch"].printed == "July"
    asked = {
        one.key
        for domain in _of(plugin, SelfAssessment)["coach_review"].domains
        for one in domain.statements
    }
    assert {"cr_map_shared", "cr_phase_agreed"} <= asked
    for event in events.values():
        assert set(event.coach_checks) == asked
        assert event.leaves_with
        assert event.before_next


@pytest.mark.parametrize(
    ("key", "given", "result"),
    [
        ("deaths_prevented_nnh", {"fewer_people": 30000}, 484),
        ("deaths_prevented_nnh", {"fewer_people": 25693}, 414),
        ("deaths_prevented_nnh", {"fewer_people": 25000}, 403),
        ("moderate_harm_avoided", {"fewer_people": 25693}, 2570),
        ("high_dose_risk_halved", {"fewer_high_dose": 7217}, 7217),
        ("admissions_avoided_nnh", {"stopped_high_dose": 4500}, 500),
        ("pct_of_icbs", {"icbs": 29}, 69),
        ("pct_of_icbs", {"icbs": 28}, 67),
        ("pct_of_icbs", {"icbs": 37}, 88),
        ("pct_of_icbs", {"icbs": 36}, 86),
        ("medsip_lives_saved", {}, 518),
    ],
)
def test_calculators_give_the_listed_results(
    plugin: ActivePlugin, key: str, given: dict[str, int], result: int
) -> None:
    calculator = _of(plugin, ImpactCalculator)[key]
    assert calculator.work_out({name: Decimal(value) for name, value in given.items()}) == result


def test_what_a_source_does_not_state_is_marked(plugin: ActivePlugin) -> None:
    found = {
        (one.key, example.printed): example.reproduced
        for one in plugin.of(ImpactCalculator)
        for example in one.examples
        if example.reproduced is not Reproduced.YES
    }
    assert found == {
        ("deaths_prevented_nnh", "about 400"): Reproduced.WITH_PUBLIC_INPUT,
        ("moderate_harm_avoided", "2,570"): Reproduced.IMPLIED,
        ("admissions_avoided_nnh", "500"): Reproduced.WITH_PUBLIC_INPUT,
        ("pct_of_icbs", "37 (88%)"): Reproduced.NO,
    }


def test_reported_figures_are_never_worked_out(plugin: ActivePlugin) -> None:
    reported = {key: one for key, one in _of(plugin, ImpactCalculator).items() if one.reported}
    assert {key: one.reported.figure for key, one in reported.items() if one.reported} == {
        "fewer_long_term_reported": Decimal(25693),
        "fewer_high_dose_reported": Decimal(7217),
        "medsip_severe_harms": Decimal(4676),
        "medsip_readmissions": Decimal(24128),
        "medsip_cost_avoided": Decimal("9.6"),
    }
    for one in reported.values():
        with pytest.raises(Incalculable):
            one.work_out({})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("deaths_prevented_nnh", "medsip_lives_saved"),
        ("high_dose_risk_halved", "fewer_high_dose_reported"),
    ],
)
def test_what_counts_the_same_people_is_not_added(
    plugin: ActivePlugin, one: str, other: str
) -> None:
    found = _of(plugin, ImpactCalculator)
    assert why_not_added(found[one], found[other]) == "They count some of the same people."
