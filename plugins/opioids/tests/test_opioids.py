"""The content of the programme, against its documents."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tracker.plugin_api import Chart, Direction, Measure, Programme, Rubric, Stage
from tracker.plugin_host import ActivePlugin, PluginHost, discover
from tracker.plugin_host.review import review


@pytest.fixture(scope="module")
def plugin() -> ActivePlugin:
    return PluginHost(strict=True).load(discover(["opioids"])).active["opioids"]


@pytest.fixture(scope="module")
def stages(plugin: ActivePlugin) -> tuple[Stage, ...]:
    (rubric,) = plugin.of(Rubric)
    assert rubric.key == "wsa_phase"
    return rubric.stages


def test_it_is_sourced_locked_documented_and_keeps_to_the_contract(plugin: ActivePlugin) -> None:
    assert review(plugin) == []


def test_national_measures_count_people_and_prescribing_measures_do_not(
    plugin: ActivePlugin,
) -> None:
    units = {measure.key: measure.unit for measure in plugin.of(Measure)}
    assert units == {
        "opioid_4m_count": "people",
        "high_dose_count": "people",
        "opioidome": "mg per 1,000",
        "opioidper1000": "items per 1,000",
        "opioidspercent": "%",
        "gabapentinoidsddd": "DDD per 1,000",
    }


def test_national_measures_are_charted_one_figure_at_a_time(plugin: ActivePlugin) -> None:
    for measure in plugin.of(Measure)[:2]:
        assert measure.chart is Chart.XMR
        assert measure.denominator is None
        assert measure.better is Direction.DOWN
        assert measure.target is None, "30,000 fewer is a change, not a level to reach"


def test_a_direction_that_no_source_sets_is_provisional(plugin: ActivePlugin) -> None:
    provisional = {measure.key for measure in plugin.of(Measure) if measure.provisional}
    assert provisional == {"opioidome", "gabapentinoidsddd"}


def test_the_share_is_a_percentage(plugin: ActivePlugin) -> None:
    (share,) = (measure for measure in plugin.of(Measure) if measure.unit == "%")
    assert share.multiplier == 100


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
