"""Aim statements, and when figures are late: the thinking, without an app."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tracker.projects.domain import (
    AimDirection,
    AimFault,
    AimParts,
    faults,
    late_period,
    sentence,
)

GOOD = AimParts(
    direction=AimDirection.INCREASE,
    measure="cord clamping at 60 seconds or later",
    population="eligible babies born before 34 weeks",
    place="our unit",
    unit="%",
    baseline=Decimal(75),
    target=Decimal(95),
    by=date(2022, 6, 30),
)
TODAY = date(2022, 5, 1)


def test_the_sentence_is_composed_from_the_parts() -> None:
    assert sentence(GOOD) == (
        "Increase cord clamping at 60 seconds or later for eligible babies born before 34 weeks "
        "in our unit from 75% to 95% by 30 June 2022."
    )


def test_from_75_to_95_percent_in_3_months_passes() -> None:
    assert faults(GOOD) == []


def test_improve_the_rates_over_12_months_names_two_faults() -> None:
    # "To improve the rates of delayed cord clamping in preterm babies over a 12 month period"
    vague = replace(GOOD, baseline=None, target=None, by=date(2023, 3, 31))
    assert [str(f) for f in faults(vague)] == ["no baseline", "no target"]


@pytest.mark.parametrize(
    ("direction", "baseline", "target", "is_wrong"),
    [
        (AimDirection.INCREASE, 75, 95, False),
        (AimDirection.INCREASE, 95, 75, True),
        (AimDirection.REDUCE, 1269, 1100, False),
        (AimDirection.REDUCE, 1100, 1100, True),
    ],
)
def test_a_target_behind_the_baseline_is_a_fault(
    direction: AimDirection, baseline: int, target: int, is_wrong: bool
) -> None:
    aim = replace(GOOD, direction=direction, baseline=Decimal(baseline), target=Decimal(target))
    assert (AimFault.WRONG_WAY in faults(aim)) is is_wrong


def test_a_unit_that_is_not_percent_follows_its_number() -> None:
    aim = replace(GOOD, unit="people", baseline=Decimal("1269"), target=Decimal("1100.5"))
    assert "from 1,269 people to 1,100.5 people" in sentence(aim)


@pytest.mark.parametrize(
    ("latest", "lag", "today", "late"),
    [
        (date(2022, 1, 1), 0, date(2022, 3, 14), None),
        (date(2022, 1, 1), 0, date(2022, 3, 15), date(2022, 2, 1)),
        (date(2022, 1, 1), 2, date(2022, 5, 14), None),
        (date(2022, 1, 1), 2, date(2022, 5, 15), date(2022, 2, 1)),
        (date(2022, 12, 1), 0, date(2023, 2, 15), date(2023, 1, 1)),
        (None, 0, date(2030, 1, 1), None),
    ],
)
def test_data_are_late_a_fortnight_after_they_were_due(
    latest: date | None, lag: int, today: date, late: date | None
) -> None:
    assert late_period(latest, months=1, lag_months=lag, today=today) == late
