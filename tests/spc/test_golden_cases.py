"""Every golden case of cases/ comes out as the reference package has it."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

from tracker.spc import BUILT
from tracker.spc.documents import answer

NHSRDATASETS = (
    "NHSRdatasets 0.3.3 (CC0-1.0); underlying NHS England / ONS statistics"
    " under the Open Government Licence v3.0"
)

CASES = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parent / "cases").glob("*.json"))
}


def differences(found: Any, expected: Any, path: str = "") -> list[str]:
    """Where two documents differ: numbers by more than a relative 1e-9, the rest at all."""
    if isinstance(expected, dict):
        if not isinstance(found, dict) or found.keys() != expected.keys():
            return [f"{path}: keys {found!r}, not {sorted(expected)}"]
        pairs = [(found[key], expected[key], f"{path}/{key}") for key in expected]
    elif isinstance(expected, list):
        if not isinstance(found, list) or len(found) != len(expected):
            return [f"{path}: {found!r}, not {len(expected)} entries"]
        pairs = [
            (one, other, f"{path}/{place}")
            for place, (one, other) in enumerate(zip(found, expected, strict=True))
        ]
    else:
        same = (
            math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-12)
            if is_number(found) and is_number(expected)
            else type(found) is type(expected) and found == expected
        )
        return [] if same else [f"{path}: {found!r}, not {expected!r}"]
    return [line for pair in pairs for line in differences(*pair)]


def is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


@pytest.mark.parametrize("name", CASES)
def test_case_comes_out_as_in_the_reference(name: str) -> None:
    case = CASES[name]
    assert differences(answer(case), case["expected"]) == []


def test_every_chart_that_is_built_has_cases() -> None:
    assert {case["chart"] for case in CASES.values()} == set(BUILT)


def test_no_case_holds_data_we_may_not_pass_on() -> None:
    licences = {case["data"]["licence"] for case in CASES.values()}
    assert licences == {
        "own work, simulated",
        "MIT (example values)",
        NHSRDATASETS,
    }


@pytest.mark.parametrize(
    ("found", "expected"),
    [(1.0, 1.00000001), (None, 0), (0, None), (True, 1), (0, False), ([1], [1, 2]), ({}, {"a": 1})],
)
def test_the_comparison_itself_sees_a_difference(found: object, expected: object) -> None:
    assert differences(found, expected) != []
