from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.safe.numbers import NotANumber, parse_id, parse_number, parse_whole, plain


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", "12"), ("-0.5", "-0.5"), (" 007 ", "7"), ("123456789012345.123456789012345",) * 2],
)
def test_plain_number_is_read_exactly(text: str, number: str) -> None:
    assert parse_number(text) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        "nan",
        "NaN",
        "inf",
        "-Infinity",
        "1e400",
        "1E2",
        "1_000",
        "١٢",
        "１２",
        "²",
        "+5",
        ".5",
        "5.",
        "0x10",
        "1 000",
        "--1",
        "−1",
        "1,200",
        "83%",
        "=1+1",
        "1234567890123456",
        "0.1234567890123456",
        "True",
        "12\n13",
        "",
        "  ",
    ],
)
def test_anything_else_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(NotANumber) as refused:
        parse_number(text)
    assert len(str(refused.value)) > 10


def test_thousands_and_percent_only_where_allowed() -> None:
    assert parse_number("1,234,567.5", allow_thousands=True) == Decimal("1234567.5")
    assert parse_number("83.5 %", allow_percent=True) == Decimal("83.5")
    for odd in ("12,34", "1234,567", ",123", "1,2345", "1,,234"):
        with pytest.raises(NotANumber):
            parse_number(odd, allow_thousands=True)
    with pytest.raises(NotANumber, match="without the comma"):
        parse_number("1,200")
    with pytest.raises(NotANumber, match="without the % sign"):
        parse_number("83%")


def test_whole_number_may_end_in_point_zero_as_spreadsheets_write_it() -> None:
    assert parse_whole("12.0") == 12
    with pytest.raises(NotANumber, match=r"“12.5” is not a whole number"):
        parse_whole("12.5")


def test_message_cuts_long_text() -> None:
    with pytest.raises(NotANumber) as refused:
        parse_number("x" * 10_000)
    assert len(str(refused.value)) < 100


@given(st.text())
def test_what_is_read_is_what_was_typed(text: str) -> None:
    try:
        number = parse_number(text)
    except NotANumber:
        return
    assert text.strip().isascii()
    assert Decimal(text.strip()) == number


@pytest.mark.parametrize(
    ("number", "shown"),
    [("1.50E+2", "150"), ("0.10", "0.1"), ("-0.0", "0"), ("1E-7", "0.0000001"), ("100", "100")],
)
def test_plain_has_no_exponent_and_no_trailing_zeros(number: str, shown: str) -> None:
    assert plain(Decimal(number)) == shown


def test_plain_refuses_what_is_not_finite() -> None:
    with pytest.raises(ValueError, match="finite"):
        plain(Decimal("nan"))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1),
        ("2147483647", 2147483647),
        ("2147483648", None),
        ("9" * 400, None),
        ("0", None),
        ("-1", None),
        ("1.0", None),
        ("٣", None),
        ("", None),
    ],
)
def test_an_id_is_one_that_a_row_can_have(text: str, number: int | None) -> None:
    assert parse_id(text) == number
