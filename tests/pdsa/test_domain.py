"""Scoring predictions, and where a cycle stands."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tracker.pdsa.domain import Stage, mean_error, score, stage

TODAY = date(2022, 5, 1)


def test_the_three_predictions_of_the_cord_clamping_ramp() -> None:
    # Predicted 85, 85, 90; observed 9/11, 10/12, 11/12: one of three met, mean error -1.1 points.
    pairs = [(85, Decimal(900) / 11), (85, Decimal(1000) / 12), (90, Decimal(1100) / 12)]
    scores = [score(Decimal(p), o, better="up", unit="%") for p, o in pairs]
    assert [s.was_met for s in scores] == [False, False, True]
    assert scores[0].words == "missed by 3.2 points"
    mean = mean_error(scores)
    assert mean is not None
    assert round(mean, 1) == Decimal("-1.1")


@pytest.mark.parametrize(
    ("predicted", "observed", "better", "unit", "words"),
    [
        ("95", "100", "up", "%", "met by 5.0 points"),
        ("90", "90", "up", "%", "met exactly"),
        ("1200", "1302", "down", "people", "missed by 102 people"),
        ("1200", "1100", "down", "people", "met by 100 people"),
        ("2.5", "3", "down", "days", "missed by 0.5 days"),
        ("2.5", "2.54", "neither", "days", "met by 0.0 days"),
        ("2.5", "2.6", "neither", "days", "missed by 0.1 days"),
    ],
)
def test_a_score_in_words(
    predicted: str, observed: str, better: str, unit: str, words: str
) -> None:
    assert score(Decimal(predicted), Decimal(observed), better=better, unit=unit).words == words


def test_without_a_score_there_is_no_mean_error() -> None:
    assert mean_error([]) is None


@pytest.mark.parametrize(
    ("starts", "ends", "done", "studied", "decided", "expected"),
    [
        (date(2022, 5, 2), None, False, False, False, Stage.PLAN),
        (date(2022, 5, 1), None, False, False, False, Stage.DO),
        (date(2022, 4, 1), date(2022, 4, 30), False, False, False, Stage.DO),
        (date(2022, 4, 1), date(2022, 5, 31), True, False, False, Stage.DO),
        (date(2022, 4, 1), date(2022, 4, 30), True, False, False, Stage.STUDY),
        (date(2022, 4, 1), None, True, False, False, Stage.STUDY),
        (date(2022, 4, 1), None, True, True, False, Stage.ACT),
        (date(2022, 4, 1), None, True, True, True, Stage.CLOSED),
    ],
)
def test_where_a_cycle_stands(
    starts: date, ends: date | None, done: bool, studied: bool, decided: bool, expected: Stage
) -> None:
    found = stage(
        starts_on=starts,
        ends_on=ends,
        has_been_done=done,
        has_been_studied=studied,
        is_decided=decided,
        today=TODAY,
    )
    assert found is expected
