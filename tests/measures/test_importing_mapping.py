"""Which column is what: guessed, typed, remembered."""

import json
from pathlib import Path

import pytest

from tracker.measures.importing import (
    Amount,
    Filter,
    Mapping,
    MeasureFacts,
    parse_amount,
    read_csv,
    read_paste,
    suggest,
    unused_because,
)
from tracker.safe.dates import DateStyle

DATA = Path(__file__).parent / "data"
SHARE = MeasureFacts("monthly", True, is_share=True)


def test_telling_headings_decide() -> None:
    read = read_csv((DATA / "opioid_prescribing_excerpt.csv").read_bytes())
    guess = suggest(read, MeasureFacts("monthly", True))
    assert (guess.period, guess.style) == ("month", DateStyle.DAY_ISO)
    assert guess.numerator == Amount(("numerator",))
    assert guess.denominator == Amount(("denominator",))
    assert not guess.allow_thousands


def test_words_of_the_definition_decide_where_headings_are_short() -> None:
    facts = MeasureFacts(
        "monthly",
        True,
        is_share=True,
        numerator="babies with the trolley at the bedside",
        denominator="eligible babies under 34 weeks",
    )
    read = read_paste("Mth\telig <34\tDCC >=60s\ttrolley y\tinitials\nJul-22\t11\t10\t8\tAB\n")
    guess = suggest(read, facts)
    assert (guess.period, guess.style) == ("Mth", DateStyle.MONTH_NAMED)
    assert guess.numerator == Amount(("trolley y",))
    assert guess.denominator == Amount(("elig <34",))
    assert guess.allow_thousands
    assert guess.allow_percent


def test_the_part_is_the_smaller_where_no_heading_tells() -> None:
    guess = suggest(read_csv(b"m,x1,y1\n2024-06,12,10\n2024-07,11,11\n"), SHARE)
    assert guess.numerator == Amount(("y1",))
    assert guess.denominator == Amount(("x1",))


def test_measure_without_denominator_takes_a_value_and_a_note() -> None:
    read = read_csv(b"note,week,falls\nbank holiday,2024-06-03,3\n")
    guess = suggest(read, MeasureFacts("weekly", False))
    assert guess.value == Amount(("falls",))
    assert guess.numerator is None
    assert (guess.period, guess.note) == ("week", "note")


def test_the_style_outlives_a_misspelt_month() -> None:
    guess = suggest(read_paste("Mth\tn\nJuly\t1\nNovemeber\t2\nDec-22\t3"), SHARE)
    assert guess.style is DateStyle.MONTH_NAMED


def test_nothing_to_guess_is_no_fault() -> None:
    guess = suggest(read_csv(b"x,y\na,b\n"), SHARE)
    assert guess == Mapping()


def test_initials_are_better_left_out() -> None:
    assert unused_because("initials")
    assert not unused_because("elig <34")


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("", None),
        ("a", Amount(("a",))),
        (" a + b ", Amount(("a", "b"))),
        ("a + b - c", Amount(("a", "b"), ("c",))),
        ("a - b + c", Amount(("a", "c"), ("b",))),
        ("seen - total", Amount(("seen - total",))),
        ("seen - total - a", Amount(("seen - total",), ("a",))),
        ("type-1 - a", Amount(("type-1",), ("a",))),
    ],
)
def test_amounts_are_typed_as_sums_and_differences(text: str, amount: Amount | None) -> None:
    headers = ("a", "b", "c", "seen", "total", "seen - total", "type-1")
    assert parse_amount(text, headers) == amount
    if amount is not None:
        assert parse_amount(str(amount), headers) == amount


@pytest.mark.parametrize("text", ["x", "a + x", "a +", "- a", "a b", "a+b"])
def test_what_is_no_heading_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="does not begin with a heading"):
        parse_amount(text, ("a", "b"))


def test_mapping_survives_being_remembered() -> None:
    mapping = Mapping(
        "month",
        DateStyle.DAY_ISO,
        Amount(("a", "b"), ("c",)),
        Amount(("d",)),
        note="n",
        filters=(Filter("org", "RF4"), Filter("type", "1")),
        allow_percent=True,
    )
    assert Mapping.from_json(json.loads(json.dumps(mapping.as_json()))) == mapping
    assert Mapping.from_json(Mapping().as_json()) == Mapping()


@pytest.mark.parametrize(
    "change",
    [
        {"period": 3},
        {"style": "american"},
        {"numerator": {"plus": "abc", "minus": []}},
        {"numerator": {"plus": [1], "minus": []}},
        {"numerator": 5},
        {"filters": [["a"]]},
        {"filters": None},
    ],
)
def test_a_mapping_tampered_with_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the type is the claim
        Mapping.from_json(Mapping().as_json() | change)
    with pytest.raises(ValueError, match="not a mapping"):
        Mapping.from_json({})
