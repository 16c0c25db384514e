"""JSON documents: what they may hold, what is refused, and that nothing breaks the reading."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.spc.documents import answer, answer_text


def document(chart: str = "run", **parts: object) -> dict[str, object]:
    return {"chart": chart, "args": {}, "input": {"x": [1, 2], "y": [3, 4]}} | parts


def error(of: object) -> str:
    text = of if isinstance(of, (str, bytes)) else json.dumps(of)
    found, accepted = answer_text(text)
    assert not accepted
    assert list(found) == ["error"]
    message = found["error"]
    assert isinstance(message, str)
    assert message.endswith(".")
    return message


def column(found: dict[str, Any], name: str) -> object:
    return found["points"][name]


def test_args_may_be_left_out_and_null_is_as_not_given() -> None:
    bare = document("xmr")
    del bare["args"]
    nulls = dict.fromkeys(
        ("improvement_direction", "target", "rebase", "fix_after_n_points", "screen_outliers")
    )
    assert answer(bare) == answer(document("xmr", args=nulls)) == answer(document("xmr", args=None))


def test_other_keys_of_a_document_are_left_alone() -> None:
    assert answer(document(title="Falls", expected=[])) == answer(document())


def test_an_empty_run_chart_is_empty_columns_and_no_signal() -> None:
    found = answer(document(input={"x": [], "y": []}))
    assert found["chart"] == {"parts": [], "runs_signal": False, "sigma_signal": False}
    assert set(map(tuple, found["points"].values())) == {()}  # type: ignore[attr-defined]


def test_arguments_reach_the_chart() -> None:
    given_x, given_y = [1, 1, 2, 3, 4], [1, 3, 5, 4, 90]
    args = {
        "part": [3],
        "exclude": [2],
        "multiply": 10,
        "agg_fun": "sum",
        "cl": 3,
        "screen_moving_ranges": False,
        "target": 5,
    }
    found = answer(document("i", args=args, input={"x": given_x, "y": given_y}))
    assert column(found, "y") == [40, 50, 40, 900]
    assert column(found, "centre") == [30] * 4
    assert column(found, "part") == [1, 1, 1, 2]
    assert column(found, "include") == [True, False, True, True]


def test_rows_without_an_x_are_left_out_of_a_run_chart_and_refused_in_an_xmr() -> None:
    undated = {"x": [1, None, 3], "y": [5, 6, 7], "n": [10, 10, 10]}
    assert column(answer(document(input=undated)), "y") == [0.5, 0.7]
    assert error(document("xmr", input=undated)).startswith("Row 2: x is None")


def test_dates_come_back_as_they_went_in() -> None:
    days = {"x": ["2025-02-28", "2024-02-29"], "y": [1, 2]}
    assert column(answer(document(input=days)), "x") == ["2024-02-29", "2025-02-28"]
    assert column(answer(document("xmr", input=days)), "y") == [2, 1]


@pytest.mark.parametrize(
    "day",
    ["2025-02-29", "20250201", "2025-W05-1", "2025-2-1", "2025-02-01T00:00", "٢٠٢٥-02-01", ""],
)
def test_a_date_in_another_form_is_refused(day: str) -> None:
    assert "must look like 2025-04-01" in error(document(input={"x": [day], "y": [1]}))
    assert "dates like 2025-04-01" in error(document("xmr", args={"rebase": [day]}))


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_json_that_is_not_json_numbers_is_refused(number: str) -> None:
    text = json.dumps(document()).replace("4", number)
    assert f"{number} is not a number in JSON" in error(text)


@pytest.mark.parametrize("number", ["1e999", "-1e999", "1" + "0" * 400, "1" * 5000])
def test_a_number_too_large_for_the_computer_is_refused(number: str) -> None:
    text = json.dumps(document(args={"target": 9}))
    for place in ("1", "3", "9"):  # in x, in y, as the target
        message = error(text.replace(place, number))
        assert "too large" in message or "not a finite number" in message


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not JSON"),
        ("{", "not JSON: .* at line 1, column 2"),
        ("[" * 200_000, "nested too deeply"),
        ('{"chart":' * 100_000, "nested too deeply"),
        (b"\xff\xfe{}", "not UTF-8"),
        ("[]", "must be an object"),
        ("null", "must be an object"),
        ('"\\ud800"', "must be an object"),
        ('{"chart": "\\ud800"}', "There is no chart called"),
    ],
)
def test_text_that_is_no_document(text: str | bytes, says: str) -> None:
    assert re.search(says, error(text))


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({"chart": None}, "There is no chart called None"),
        ({"chart": {"a": []}}, "There is no chart called"),
        ({"chart": "p"}, "The p chart is not built yet"),
        ({"args": []}, "args must be an object"),
        ({"args": {"freez": 3}}, "The run chart has no argument 'freez'; it takes freeze, part"),
        ({"args": {"rebase": []}}, "The run chart has no argument 'rebase'"),
        ({"args": {"part": 3}}, "part must be a list of positions"),
        ({"args": {"part": ["3"]}}, "Each of part must be a whole number"),
        ({"args": {"exclude": [[3]]}}, "Each of exclude must be a whole number"),
        ({"args": {"freeze": 0}}, "freeze must be after point 1"),
        ({"args": {"cl": "3"}}, "cl must be a number; it is '3'"),
        ({"args": {"multiply": True}}, "multiply must be a number"),
        ({"args": {"agg_fun": "mode"}}, "agg_fun must be one of mean, median, sum, sd"),
        ({"args": {"screen_moving_ranges": 1}}, "must be true or false; it is 1"),
        ({"input": None}, "input must be an object"),
        ({"input": {"x": [1]}}, "input must have a list y"),
        ({"input": {"x": "ab", "y": [1, 2]}}, "input must have a list x"),
        ({"input": {"x": [1], "y": [1], "n": 5}}, "n must be a list"),
        ({"input": {"x": [1], "y": [1], "z": [1]}}, "unknown column 'z'"),
        ({"input": {"x": [1, 2], "y": [1]}}, "x has 2, y has 1"),
        ({"input": {"x": [1, None], "y": [1]}}, "x has 2, y has 1"),
        ({"input": {"x": [1], "y": ["5"]}}, "Row 1: y is '5'"),
        ({"input": {"x": [1], "y": [[[]]]}}, "Row 1: y is "),
        ({"input": {"x": [1, "2025-01-01"], "y": [1, 2]}}, "dates or numbers, not both"),
    ],
)
def test_a_run_document_that_is_refused(parts: dict[str, object], says: str) -> None:
    assert says in error(document() | parts)


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ({"freeze": 12}, "The xmr chart has no argument 'freeze'"),
        ({"improvement_direction": "up"}, "must be one of increase, decrease, neutral"),
        ({"improvement_direction": ["increase"]}, "must be one of increase, decrease, neutral"),
        ({"rebase": "2025-01-01"}, "rebase must be a list of dates"),
        ({"rebase": [20250101]}, "rebase must be a list of dates"),
        ({"rebase": ["2025-01-01"]}, "rebased at a date"),
        ({"fix_after_n_points": 11}, "12 points or more"),
        ({"fix_after_n_points": 12.5}, "must be a whole number"),
        ({"target": [95]}, "target must be a number"),
        ({"screen_outliers": "yes"}, "must be true or false"),
    ],
)
def test_an_xmr_document_that_is_refused(args: dict[str, object], says: str) -> None:
    assert says in error(document("xmr", args=args))


def test_a_long_value_is_shortened_in_the_message() -> None:
    assert len(error(document(input={"x": ["a" * 10_000], "y": [1]}))) < 150


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
names = ("improvement_direction", "target", "rebase", "fix_after_n_points", "part", "cl", "freeze")


@settings(deadline=None, database=None, max_examples=300)
@given(
    st.fixed_dictionaries(
        {
            "chart": st.sampled_from(["xmr", "run", "i", "p", None]),
            "args": st.dictionaries(st.sampled_from(names), json_values, max_size=2) | json_values,
            "input": st.fixed_dictionaries(
                {"x": st.lists(st.integers(0, 9)), "y": st.lists(json_values | st.floats())}
            )
            | json_values,
        }
    )
    | json_values
)
def test_any_json_gets_an_answer_that_is_json(given_document: object) -> None:
    found, accepted = answer_text(json.dumps(given_document))
    json.dumps(found, allow_nan=False)
    assert accepted == ("error" not in found)
