"""The content of the programme, against its documents."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from tracker.plugin_api import (
    LONDON,
    AppliesTo,
    Basis,
    CaseStudyTemplate,
    ChangeIdea,
    Chart,
    Direction,
    Driver,
    DriverDiagramTemplate,
    ExpressionOfInterest,
    ImpactCalculator,
    Measure,
    MeasureKind,
    Programme,
    ProgrammeEvent,
    Proof,
    ReferenceList,
    Rubric,
    SelfAssessment,
    StakeholderSuggestion,
    filled,
)
from tracker.plugin_api.impact import Incalculable
from tracker.plugin_host import ActivePlugin, PluginHost, discover

OUTCOME, PROCESS, BALANCING = MeasureKind
UP, DOWN, NEITHER = Direction

MEASURES = {
    "tcm_omitted_pct": (OUTCOME, Chart.P, "weekly", DOWN),
    "tcm_delayed_pct": (OUTCOME, Chart.P, "weekly", DOWN),
    "tcm_on_time_pct": (PROCESS, Chart.P, "weekly", UP),
    "pd_on_time_pct": (PROCESS, Chart.P, "weekly", UP),
    "pd_omitted_pct": (OUTCOME, Chart.P, "weekly", DOWN),
    "tcm_median_delay": (PROCESS, Chart.XMR, "weekly", DOWN),
    "tcm_patients_all_on_time": (OUTCOME, Chart.P, "monthly", UP),
    "ed_first_dose_on_time": (PROCESS, Chart.P, "monthly", UP),
    "ed_identified_pct": (PROCESS, Chart.P, "monthly", UP),
    "missed_reason_stock_pct": (PROCESS, Chart.P, "monthly", DOWN),
    "blank_admin_pct": (PROCESS, Chart.P, "weekly", DOWN),
    "self_admin_pct": (PROCESS, Chart.P, "monthly", UP),
    "staff_trained_pct": (PROCESS, Chart.RUN, "monthly", UP),
    "tcm_incidents_rate": (OUTCOME, Chart.U, "monthly", NEITHER),
    "days_between_harm": (OUTCOME, Chart.T, "per_event", UP),
    "los_tcm": (OUTCOME, Chart.XMR, "monthly", DOWN),
    "remedial_time": (OUTCOME, Chart.RUN, "quarterly", DOWN),
    "patient_exp_on_time": (OUTCOME, Chart.P, "quarterly", UP),
    "other_meds_late_pct": (BALANCING, Chart.P, "monthly", NEITHER),
    "early_dose_pct": (BALANCING, Chart.P, "monthly", NEITHER),
    "alert_burden": (BALANCING, Chart.XMR, "monthly", NEITHER),
}
IDEAS = {
    "p1": "ci_ed_triage_prompt ci_epma_flag ci_alert_card ci_specialist_alert",
    "p2": "ci_first_dose_stat ci_custom_times ci_pharm_priority ci_nbm_guide",
    "p3": "ci_stock_list ci_pod_bring ci_ooh_cupboard",
    "p4": "ci_epma_alert ci_safety_huddle ci_self_admin ci_alarm ci_missed_dose_escalation",
    "p5": "ci_psp_codesign ci_training ci_story_video",
    "p6": "ci_dashboard ci_reason_codes ci_aar",
}
CRITERIA = (
    "trust_type epma team lead involvement exec_sponsor directors data_member qi_member eia "
    "measurement governance attendance"
)
READINESS = (
    "rd_policy rd_self_admin rd_epma_report rd_training rd_flag rd_alert_specialist rd_carer "
    "rd_alarms rd_stock rd_incidents"
)
STAKEHOLDERS = (
    "exec_sponsor medical_director nursing_director pharmacy_director project_lead bi_it qi_team "
    "patients_carers ward_staff mso sps_team parkinsons_uk ed_team pharmacy_team "
    "specialist_nurses ambulance"
)
EVENTS = {
    # Weekday, day, first and last hour, hours ahead of UTC.
    "intro": ("Tuesday", date(2025, 7, 8), 14, 15, 1),
    "w1": ("Tuesday", date(2025, 7, 15), 10, 13, 1),
    "w2": ("Wednesday", date(2025, 7, 30), 10, 13, 1),
    "w3": ("Wednesday", date(2025, 10, 8), 14, 17, 1),
    "w4": ("Tuesday", date(2026, 1, 20), 13, 16, 0),
    "celebrate": ("Wednesday", date(2026, 3, 18), 14, 17, 0),
}


@pytest.fixture(scope="module")
def plugin() -> ActivePlugin:
    return (
        PluginHost(strict=True).load(discover(["time_critical_meds"])).active["time_critical_meds"]
    )


@pytest.fixture(scope="module")
def programme(plugin: ActivePlugin) -> Programme:
    (programme,) = plugin.of(Programme)
    return programme


@pytest.fixture(scope="module")
def events(plugin: ActivePlugin) -> dict[str, ProgrammeEvent]:
    return {event.key: event for event in plugin.of(ProgrammeEvent)}


@pytest.fixture(scope="module")
def rubrics(plugin: ActivePlugin) -> dict[str, Rubric]:
    return {rubric.key: rubric for rubric in plugin.of(Rubric)}


def _list(programme: Programme, key: str) -> ReferenceList:
    (found,) = (one for one in programme.reference_lists if one.key == key)
    return found


def test_every_measure_is_there_as_listed(plugin: ActivePlugin) -> None:
    found = {
        one.key: (one.kind, one.chart, one.cadence.value, one.better) for one in plugin.of(Measure)
    }
    assert found == MEASURES


def test_percentages_are_counted_and_the_incident_rate_is_per_1000(plugin: ActivePlugin) -> None:
    by_unit: dict[str, set[Decimal]] = {}
    for measure in plugin.of(Measure):
        by_unit.setdefault(measure.unit, set()).add(measure.multiplier)
        assert (measure.unit == "%") == measure.key.endswith(
            ("_pct", "_all_on_time", "_dose_on_time", "_exp_on_time")
        )
    assert by_unit["%"] == {Decimal(100)}
    assert by_unit["per 1,000 bed days"] == {Decimal(1000)}


def test_no_target_is_set_for_the_trusts(plugin: ActivePlugin) -> None:
    assert all(measure.target is None for measure in plugin.of(Measure))


def test_every_measure_is_looked_at_by_deprivation(plugin: ActivePlugin) -> None:
    assert all("Deprivation" in measure.split_by for measure in plugin.of(Measure))


def test_windows_are_parameters_and_only_that_of_parkinsons_has_a_source(
    programme: Programme,
) -> None:
    windows = {one.key: one for one in programme.parameters}
    assert {key: one.value for key, one in windows.items()} == {
        "window_parkinsons": "30",
        "window_insulin": "60",
        "window_antiepileptic": "60",
        "window_anticoagulant": "120",
        "window_antimicrobial_sepsis": "60",
        "window_immunosuppressant": "60",
        "window_steroid_dependence": "60",
        "window_clozapine_lithium": "120",
        "window_opioid_substitution": "60",
    }
    assert [key for key, one in windows.items() if not one.provisional] == ["window_parkinsons"]


def test_each_group_names_its_window(programme: Programme) -> None:
    groups = _list(programme, "medicine_groups").items
    assert [f"window_{one.key}" for one in groups] == [one.key for one in programme.parameters]
    assert filled(groups[0].text, programme.parameters) == "On time within 30 minutes."
    own = {"window_insulin": "45"}
    assert "45 minutes" in filled(groups[1].text, programme.parameters, own)


def test_groups_from_memory_are_provisional(programme: Programme) -> None:
    for one in _list(programme, "medicine_groups").items:
        assert one.source is not None
        assert one.provisional == (one.source.basis is Basis.UNSOURCED)


def test_a_dose_falls_into_one_of_six_classes(programme: Programme) -> None:
    assert [one.key for one in _list(programme, "dose_outcomes").items] == [
        "on_time",
        "early",
        "late",
        "omitted_unjustified",
        "omitted_justified",
        "not_recorded",
    ]


def test_phases_are_named_after_the_events_and_ask_for_proof(rubrics: dict[str, Rubric]) -> None:
    phases = rubrics["tcm_collab_phase"].stages
    names = "selected initiation building_momentum delivering_change sustaining celebrated"
    assert [one.key for one in phases] == names.split()
    assert [one.score for one in phases] == list(range(6))
    asked = {one.key: {(n.any_of[0], n.at_least) for n in one.needs} for one in phases}
    assert (Proof.POINTS, 12) in asked["building_momentum"]
    assert (Proof.CLOSED_CYCLE, 2) in asked["delivering_change"]
    assert (Proof.CASE_STUDY, 1) in asked["celebrated"]
    assert all(one.reviewed for one in phases)


def test_adoption_is_rated_for_each_idea_in_each_area(rubrics: dict[str, Rubric]) -> None:
    assert set(rubrics) == {"tcm_collab_phase", "project_progress_score", "stage_of_adoption"}
    assert rubrics["stage_of_adoption"].applies_to is AppliesTo.CHANGE_IDEA
    assert rubrics["project_progress_score"].applies_to is AppliesTo.PROJECT


def test_every_item_of_the_readiness_checklist_is_there(plugin: ActivePlugin) -> None:
    found = {one.key: one for one in plugin.of(SelfAssessment)}
    assert set(found) == {"readiness", "coach_review", "key_enablers"}
    asked = [one.key for domain in found["readiness"].domains for one in domain.statements]
    assert asked == READINESS.split()


def test_every_idea_hangs_on_its_driver(plugin: ActivePlugin) -> None:
    (diagram,) = plugin.of(DriverDiagramTemplate)
    hung = {one.key: sorted(_ideas(one)) for one in diagram.primary}
    assert hung == {key: sorted(ideas.split()) for key, ideas in IDEAS.items()}
    assert sorted(one.key for one in plugin.of(ChangeIdea)) == sorted(
        " ".join(IDEAS.values()).split()
    )
    assert [len(one.drivers) for one in diagram.primary] == [2, 3, 3, 3, 2, 3]


def _ideas(driver: Driver) -> list[str]:
    return [*driver.change_ideas, *(key for inner in driver.drivers for key in _ideas(inner))]


def test_the_theme_of_an_idea_is_the_text_of_its_driver(plugin: ActivePlugin) -> None:
    (diagram,) = plugin.of(DriverDiagramTemplate)
    themes = {one.key: one.theme for one in plugin.of(ChangeIdea)}
    for primary in diagram.primary:
        assert {themes[key] for key in _ideas(primary)} == {primary.text}


def test_thirteen_criteria_decide_and_queries_do_not(plugin: ActivePlugin) -> None:
    (call,) = plugin.of(ExpressionOfInterest)
    assert [one.key for one in call.criteria if one.decides] == CRITERIA.split()
    assert [one.key for one in call.criteria if not one.decides] == ["queries"]
    least = {one.key: one.at_least for one in call.criteria if one.at_least}
    assert least == {"directors": 3, "attendance": 3}
    assert "publications" in call.consent


def test_applications_open_and_close_in_london_time(plugin: ActivePlugin) -> None:
    (call,) = plugin.of(ExpressionOfInterest)
    assert call.opens == datetime(2025, 5, 28, tzinfo=LONDON)
    assert call.closes is not None
    assert call.closes.isoformat() == "2025-06-30T09:00:00+01:00"
    assert call.opens.strftime("%A") == "Wednesday"
    assert call.closes.strftime("%A") == "Monday"
    assert call.met_by == call.starts_on == date(2025, 7, 8)


@pytest.mark.parametrize("key", EVENTS)
def test_events_fall_on_their_weekday_in_their_zone(
    events: dict[str, ProgrammeEvent], key: str
) -> None:
    weekday, day, first, last, ahead = EVENTS[key]
    event = events[key]
    assert event.starts is not None
    assert event.ends is not None
    assert (event.starts.strftime("%A"), event.starts.date()) == (weekday, day)
    assert (event.starts.hour, event.ends.hour) == (first, last)
    assert event.starts.utcoffset() == timedelta(hours=ahead)
    assert event.people_per_team == 3


def test_events_follow_one_another_with_16_hours_together(
    events: dict[str, ProgrammeEvent],
) -> None:
    assert list(events) == list(EVENTS)
    times = [(one.starts, one.ends) for one in events.values() if one.starts and one.ends]
    hours = sum((ends - starts for starts, ends in times), timedelta())
    assert hours == timedelta(hours=16)
    days = [starts.date() for starts, _ in times]
    gaps = [(b - a).days for a, b in pairwise(days)]
    assert gaps == [7, 15, 70, 104, 57]


def test_each_gap_has_work_and_coach_checks(events: dict[str, ProgrammeEvent]) -> None:
    assert {key: one.coach_checks for key, one in events.items()} == {
        "intro": ("cr_team",),
        "w1": ("cr_aim", "cr_baseline", "cr_equality"),
        "w2": ("cr_driver", "cr_pdsa", "cr_balancing"),
        "w3": ("cr_pdsa", "cr_stage"),
        "w4": ("cr_story", "cr_stage"),
        "celebrate": (),
    }
    assert all(one.before_next for key, one in events.items() if key != "celebrate")


def test_both_forms_ask_what_this_programme_wants_to_know(plugin: ActivePlugin) -> None:
    templates = {one.key: one for one in plugin.of(CaseStudyTemplate)}
    assert set(templates) == {"poster", "medsip_codevelopment"}
    for one in templates.values():
        assert [heading.key for heading in one.headings][-5:] == [
            "medicines",
            "epma",
            "patients",
            "before_after",
            "exemplar",
        ]


def test_every_stakeholder_is_there_with_a_role(plugin: ActivePlugin) -> None:
    found = plugin.of(StakeholderSuggestion)
    assert [one.key for one in found] == STAKEHOLDERS.split()
    assert all(one.role for one in found)


@pytest.mark.parametrize(
    ("key", "given", "result"),
    [
        ("doses_protected", {"baseline_pct": 12, "current_pct": 8, "doses_due": 5000}, 200),
        ("staff_hours_released", {"doses_protected": 200, "minutes": 15}, 50),
        ("bed_days_released", {"spells": 24, "los_before": 13, "los_after": 9}, 96),
    ],
)
def test_calculators_give_the_listed_results(
    plugin: ActivePlugin, key: str, given: dict[str, int], result: int
) -> None:
    calculator = {one.key: one for one in plugin.of(ImpactCalculator)}[key]
    assert calculator.work_out({name: Decimal(value) for name, value in given.items()}) == result


def test_background_figures_are_never_worked_out(plugin: ActivePlugin) -> None:
    context = [one for one in plugin.of(ImpactCalculator) if one.reported]
    assert [one.reported.figure for one in context if one.reported] == [27, 68, 21383]
    for one in context:
        assert one.provisional
        with pytest.raises(Incalculable):
            one.work_out({})
