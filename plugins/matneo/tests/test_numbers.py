"""The test vectors of the content file, and the figures that are only reported."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tracker.plugin_api import ImpactCalculator
from tracker.plugin_api.formulas import Change
from tracker.plugin_api.impact import Incalculable, why_not_added
from tracker.plugin_host import PluginHost, discover


@pytest.fixture(scope="module")
def calculators() -> dict[str, ImpactCalculator]:
    plugin = PluginHost(strict=True).load(discover(["matneo"])).active["matneo"]
    return {one.key: one for one in plugin.of(ImpactCalculator)}


@pytest.mark.parametrize(
    ("key", "given", "result"),
    [
        ("cp_avoided", {"women_treated": 14270}, "385"),
        ("cp_avoided", {"women_treated": 15540}, "420"),
        ("cp_avoided", {"women_treated": 15947}, "431"),
        ("cp_savings_gbp", {"cp_cases": 420}, "420000000"),
        ("cp_savings_gbp", {"cp_cases": 431, "unit_cost": 1023202}, "441000000"),
        ("ocm_lives", {"babies_ocm": 13956, "babies_per_life": "22.26"}, "627"),
        ("ocm_lives", {"babies_ocm": 13956, "babies_per_life": 20}, "698"),
        ("ocm_lives", {"babies_ocm": 13956, "babies_per_life": 30}, "465"),
        ("ocm_lives", {"babies_ocm": 13956, "babies_per_life": 50}, "279"),
        ("ocm_lives_by_mortality", {"babies_ocm": 13956, "base_mortality": "0.1348"}, "627"),
        ("total_lives", {"ocm_lives": 627, "antibiotic_lives": 16}, "643"),
        ("interventions_gain", {"before": 1213, "after": 1722}, "509"),
        ("interventions_gain_pct", {"before": 1213, "after": 1722}, "42.0"),
        ("rate_reduction", {"old": "5.1", "new": "3.8"}, "25.5"),
        ("rate_reduction", {"old": "2.0", "new": "1.3"}, "35.0"),
    ],
)
def test_vectors(
    calculators: dict[str, ImpactCalculator], key: str, given: dict[str, int | str], result: str
) -> None:
    assert calculators[key].work_out(
        {name: Decimal(value) for name, value in given.items()}
    ) == Decimal(result)


def test_lives_a_month_are_consistent_with_a_baseline_of_8() -> None:
    change = Change(before="before", after="after")
    assert change.result({"before": Decimal(8), "after": Decimal(17)}) == 9


@pytest.mark.parametrize(
    ("key", "figure"),
    [
        ("cp_avoided_reported_420", 420),
        ("cp_avoided_reported_385", 385),
        ("cp_avoided_reported_431", 431),
        ("cp_savings_reported_420m", 420_000_000),
        ("cp_savings_reported_441m", 441_000_000),
        ("ocm_lives_reported", 627),
        ("total_lives_reported", 645),
        ("antibiotic_lives_reported", 16),
        ("ocm_lives_month_reported", 17),
        ("ocm_lives_month_gain_reported", 9),
        ("strep_reported", 71),
        ("stillbirths_fewer_reported", 752),
        ("neonatal_deaths_fewer_reported", 412),
    ],
)
def test_a_reported_figure_is_never_worked_out(
    calculators: dict[str, ImpactCalculator], key: str, figure: int
) -> None:
    reported = calculators[key].reported
    assert reported is not None
    assert reported.figure == figure
    assert calculators[key].period, "a reported figure says of when it is"
    with pytest.raises(Incalculable):
        calculators[key].work_out({})


def test_figures_of_the_same_babies_are_never_added(
    calculators: dict[str, ImpactCalculator],
) -> None:
    lives = ("ocm_lives", "ocm_lives_by_mortality", "ocm_lives_reported", "total_lives_reported")
    for key in lives[1:]:
        assert why_not_added(calculators[lives[0]], calculators[key])
    cases = [key for key in calculators if key.startswith("cp_avoided")]
    assert len(cases) == 4
    for key in cases[1:]:
        assert why_not_added(calculators[cases[0]], calculators[key])


def test_every_figure_that_is_an_upper_bound_says_so(
    calculators: dict[str, ImpactCalculator],
) -> None:
    for one in calculators.values():
        if one.reported and one.reported.printed.startswith("up to"):
            assert one.is_up_to, one.key
