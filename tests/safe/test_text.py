import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.safe.text import clean, find_nhs_number, looks_like_initials, looks_like_person_column

# 943 476 5919 is the published example of a valid number; no patient has it.


@pytest.mark.parametrize(
    "text",
    [
        "9434765919",
        "seen 943 476 5919 today",
        "943-476-5919",
        "943.476.5919",
        "943\u00a0\u00a0476\u00a05919",
        "943- 476 5919",
        "943–476–5919",
        "NHS:9434765919.",
    ],
)
def test_nhs_number_is_found_however_it_is_spaced(text: str) -> None:
    found = find_nhs_number(text)
    assert found is not None
    assert found.masked == "943 ••• ••••"
    assert "5919" not in found.masked
    assert text[found.start : found.end].startswith("943")


@pytest.mark.parametrize(
    "text",
    [
        "9434765918",
        "94347659190",
        "09434765919",
        "943   476 5919",
        "94 3476 5919",
        "1111111111",
        "0000000000",
        "2024-06-01 12:00",
        "020 7946 0958",
        "",
    ],
)
def test_other_digits_are_not_an_nhs_number(text: str) -> None:
    assert find_nhs_number(text) is None


def test_check_digit_ten_is_never_issued() -> None:
    # 10 x 1 + 2 x 1 = 12 leaves 1 over 11, so the check would be 10.
    assert [end for end in range(10) if find_nhs_number(f"100000001{end}")] == []


def test_check_digit_eleven_counts_as_nought() -> None:
    # 10 x 1 + 4 x 3 = 22 leaves nothing over 11.
    assert [end for end in range(10) if find_nhs_number(f"100000300{end}")] == [0]


def test_a_number_that_fails_does_not_hide_the_next() -> None:
    found = find_nhs_number("call 9434765918 or 943 476 5919")
    assert found is not None
    assert found.start == 19


@given(st.integers(min_value=0, max_value=999_999_999))
def test_one_check_digit_at_most_passes(first_nine: int) -> None:
    passing = [end for end in range(10) if find_nhs_number(f"{first_nine:09d}{end}")]
    assert len(passing) <= 1


def test_clean_composes_and_drops_what_cannot_be_seen() -> None:
    assert clean("e\u0301\x00 a\x07b\r\nc\rd\te\u202e\ufeff\u2028f") == "é ab\nc\nd\te\nf"


@given(st.text())
def test_clean_text_is_clean(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert "\x00" not in once
    assert "\r" not in once
    once.encode("utf-8")


@pytest.mark.parametrize(
    ("header", "what"),
    [
        ("Name", "name"),
        ("Patient Name", "name"),
        ("firstName", "name"),
        ("SURNAME", "name"),
        ("D.O.B.", "birth"),
        ("date_of_birth", "birth"),
        ("NHS No.", "NHS number"),
        ("NHSNumber", "NHS number"),
        ("Hospital number", "hospital number"),
        ("MRN", "hospital number"),
        ("patientId", "hospital number"),
        ("home postcode", "address"),
    ],
)
def test_headings_of_personal_columns(header: str, what: str) -> None:
    found = looks_like_person_column(header)
    assert found is not None
    assert what in found


@pytest.mark.parametrize(
    "header",
    [
        "org_name",
        "Ward name",
        "Trust name",
        "Patients",
        "Number of patients",
        "patient numbers",
        "Births",
        "Home births",
        "Birth weight",
        "NHS trust",
        "Numerator",
        "month",
        "Babies",
        "elig <34",
        "",
    ],
)
def test_headings_of_counts_and_places_are_not_personal(header: str) -> None:
    assert looks_like_person_column(header) is None


def test_initials_are_told_apart() -> None:
    assert looks_like_initials("Initials")
    assert not looks_like_initials("initial assessments")
