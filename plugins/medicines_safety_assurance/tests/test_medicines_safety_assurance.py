"""The content of the programme, row by row, and its figures."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tracker.plugin_api import (
    ChangeIdea,
    Driver,
    DriverDiagramTemplate,
    ImpactCalculator,
    Measure,
    Programme,
    ProgrammeEvent,
    ProgrammeStatus,
    SelfAssessment,
    StakeholderSuggestion,
)
from tracker.plugin_api.fields import instances
from tracker.plugin_host import ActivePlugin
from tracker.testing.conformance import load_among_bundled

MEASURES = """
msa_response_pct process run per_event up
msa_domain_score process run annual up
msa_consistency process run annual up
msa_actions_closed_pct process p quarterly up
msa_severe_harm outcome u quarterly down
msa_reporting balancing u quarterly neither
"""


@pytest.fixture(scope="module")
def plugin() -> ActivePlugin:
    return load_among_bundled(Path(__file__).parents[1])


@pytest.fixture(scope="module")
def assessment(plugin: ActivePlugin) -> SelfAssessment:
    (found,) = [one for one in plugin.of(SelfAssessment) if one.key == "assurance_level"]
    return found


def test_measures_are_those_of_the_programme(plugin: ActivePlugin) -> None:
    rows = [
        f"{one.key} {one.kind} {one.chart} {one.cadence} {one.better}" for one in plugin.of(Measure)
    ]
    assert rows == MEASURES.strip().splitlines()


def test_no_domain_pretends_to_be_confirmed(assessment: SelfAssessment) -> None:
    assert [domain.key for domain in assessment.domains] == [f"domain_{n}" for n in range(1, 6)]
    assert assessment.provisional
    for domain in assessment.domains:
        assert domain.provisional
        assert domain.title.endswith("(working label)")
        assert len(domain.statements) == 2
        assert all(one.provisional for one in domain.statements)


def test_levels_run_from_0_to_4_and_high_ones_need_evidence(assessment: SelfAssessment) -> None:
    levels = {one.score: one.needs_evidence for one in assessment.responses}
    assert levels == {0: False, 1: False, 2: False, 3: True, 4: True, None: False}
    assert [one.evidence for one in assessment.responses][1:5] == [
        ("Minutes",),
        ("Audit",),
        ("Audit of all",),
        ("SPC chart",),
    ]


def test_ten_levels_make_60_percent(plugin: ActivePlugin, assessment: SelfAssessment) -> None:
    levels = [Decimal(n) for n in (4, 3, 3, 2, 2, 1, 0, 4, 3, 2)]
    most = max(one.score for one in assessment.responses if one.score is not None) * len(levels)
    score = {one.key: one for one in plugin.of(ImpactCalculator)}["domain_score"]
    assert score.work_out({"levels": sum(levels, Decimal(0)), "most": most}) == 60


@pytest.mark.parametrize(
    ("key", "given", "result"),
    [("halving_target", {"baseline": 100}, 50), ("gap_to_full", {"score": 60}, 40)],
)
def test_figures_are_worked_out(
    plugin: ActivePlugin, key: str, given: dict[str, int], result: int
) -> None:
    calculator = {one.key: one for one in plugin.of(ImpactCalculator)}[key]
    assert calculator.work_out({name: Decimal(number) for name, number in given.items()}) == result


def test_the_survey_was_open_for_46_days(plugin: ActivePlugin) -> None:
    days = {one.key: one.day for one in plugin.of(ProgrammeEvent)}
    opens, closes = days["survey_opens"], days["survey_closes"]
    assert opens is not None
    assert closes is not None
    assert (closes - opens).days == 46


def test_nobody_says_that_it_is_in_use(plugin: ActivePlugin) -> None:
    (programme,) = plugin.of(Programme)
    assert programme.status is ProgrammeStatus.PLANNED
    assert "19 May 2019" in programme.status_note


def test_primary_drivers_are_the_domains(plugin: ActivePlugin, assessment: SelfAssessment) -> None:
    (diagram,) = plugin.of(DriverDiagramTemplate)
    assert [one.key for one in diagram.primary] == [domain.key for domain in assessment.domains]
    hung = {key for one in instances(diagram, Driver) for key in one.change_ideas}
    assert hung == {one.key for one in plugin.of(ChangeIdea)}


def test_everyone_of_the_list_is_suggested(plugin: ActivePlugin) -> None:
    assert len(plugin.of(StakeholderSuggestion)) == 8
