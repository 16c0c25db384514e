"""Runs analysis: the tables of the Anhøj rules and the edges of counting."""

from __future__ import annotations

from math import comb

import pytest

from tracker.spc.runs import COUNTED_EXACTLY, crossings_needed, longest_run_allowed, runs

# Useful points: the last of each stretch with the same answer, and the answer.
LONGEST_RUN = {1: 3, 2: 4, 5: 5, 11: 6, 22: 7, 45: 8, 90: 9, 181: 10, 362: 11}
CROSSINGS = {
    5: 0, 8: 1, 11: 2, 13: 3, 16: 4, 18: 5, 21: 6, 23: 7, 26: 8, 28: 9, 30: 10, 33: 11, 35: 12,
    37: 13, 40: 14, 42: 15, 44: 16, 47: 17, 49: 18, 51: 19, 53: 20, 56: 21, 58: 22, 60: 23,
}  # fmt: skip


def stretched(table: dict[int, int]) -> dict[int, int]:
    answers = {}
    first = 1
    for last, value in table.items():
        answers.update(dict.fromkeys(range(first, last + 1), value))
        first = last + 1
    return answers


def test_longest_run_allowed_is_that_of_the_published_table() -> None:
    table = stretched(LONGEST_RUN)
    assert {useful: longest_run_allowed(useful) for useful in table} == table


def test_crossings_needed_are_those_of_the_published_table() -> None:
    table = stretched(CROSSINGS)
    assert {useful: crossings_needed(useful) for useful in table} == table


@pytest.mark.parametrize("useful", [COUNTED_EXACTLY + 2, 1537, 2500, 5001])
def test_crossings_of_long_series_agree_with_counting_every_way(useful: int) -> None:
    trials = useful - 1
    needed = crossings_needed(useful)
    seen = sum(comb(trials, crossings) for crossings in range(needed))
    assert 20 * seen < 2**trials <= 20 * (seen + comb(trials, needed))


def test_crossings_needed_of_a_million_points_are_near_the_normal_quantile() -> None:
    assert crossings_needed(1_000_001) == pytest.approx(500_000 - 1.6449 * 500, abs=1)


def test_points_on_the_line_neither_break_a_run_nor_add_to_it() -> None:
    found = runs([1, 0, 1, 0, 0, 1, -1])
    assert (found.n_useful, found.longest_run, found.n_crossings) == (4, 3, 1)


def test_missing_points_neither_break_a_run_nor_add_to_it() -> None:
    found = runs([None, -1, None, -1, 1])
    assert (found.n_useful, found.longest_run, found.n_crossings) == (3, 2, 1)


@pytest.mark.parametrize("sides", [[], [0, 0, 0], [None, None], [0, None]])
def test_without_a_useful_point_there_are_no_figures_and_no_signal(
    sides: list[int | None],
) -> None:
    found = runs(sides)
    assert found.n_useful == 0
    assert found.longest_run is found.longest_run_max is None
    assert found.n_crossings is found.n_crossings_min is None
    assert found.signal is False


def test_a_run_of_the_longest_length_allowed_is_no_signal_and_one_more_is() -> None:
    # 10 useful points: a run of 6 may be chance, and one crossing is needed from 6 on.
    assert runs([1] * 6 + [-1, 1, -1, 1]).signal is False
    assert runs([1] * 7 + [-1, 1, -1]).signal is True


def test_too_few_crossings_are_a_signal_without_a_long_run() -> None:
    found = runs(([1] * 5 + [-1] * 5) * 2)
    assert found.longest_run == 5
    assert found.longest_run_max == 7
    assert (found.n_crossings, found.n_crossings_min) == (3, 6)
    assert found.signal is True


def test_as_many_crossings_as_needed_are_no_signal_and_one_fewer_is() -> None:
    # 12 useful points need 3 crossings and allow a run of 7.
    assert runs([1] * 3 + [-1] * 3 + [1] * 3 + [-1] * 3).signal is False
    assert runs([1] * 4 + [-1] * 4 + [1] * 4).signal is True
