from __future__ import annotations

import pytest
from werkzeug.security import generate_password_hash

from tracker.auth import passwords

ABOUT = ("Jane Smith", "jane.smith@rowan.nhs.uk")
HERE = ("Demo Trust Rowan", "Opioids", "Bramblewick Community")


def why(password: str) -> str | None:
    return passwords.why_refused(password, about=ABOUT, here=HERE)


@pytest.mark.parametrize(
    "password",
    [
        "violet anchor biscuit",
        "pelican Basket 42 moss",
        "k7#pQ2!xW9zL",
        "janesmith-purple-kettle-otter",
        "éèàùçôîâêûäë",
        "😀😃😄😁😆😅🤣😂🙂🙃😉😊",
        "   violet   anchor   ",
        "thistle gravel canoe " * 6,
    ],
)
def test_long_and_hard_to_guess_passes_without_rules_of_composition(password: str) -> None:
    assert why(password) is None


@pytest.mark.parametrize(("length", "passes"), [(11, False), (12, True), (128, True), (129, False)])
def test_length_is_12_to_128_characters(length: int, passes: bool) -> None:
    password = ("vzoektpuwmrx" * 11)[:length]
    # Repeats would be refused as such: make the tail differ.
    password = "".join(chr(0x4E00 + i) for i in range(length)) if length > 12 else password
    assert (why(password) is None) is passes


def test_length_is_counted_after_composing() -> None:
    assert why("e\u0301" * 2 + "vzkt pumx") == "Password must have 12 characters or more"


@pytest.mark.parametrize("password", ["aaaaaaaaaaaaaaa", "abababababab", "abcdabcdabcd"])
def test_fewer_than_five_different_characters_are_refused(password: str) -> None:
    assert why(password) == "Password must have at least 5 different characters"


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword",
        "Password2026!!",
        "P@ssw0rd1234!",
        "qwertyuiop12",
        "poiuytrewq1!",
        "1qaz2wsx3edc",
        "abcdefghijklmnop",
        "0987654321098765",
        "Summer2026!abc",
        "kettle kettle kettle",
        "12.03.1978 12.03.1978",
        "NHS-Quality-2026!",
        "QiTracker QiTracker",
        "hospitalward7",
        "correct horse battery staple",
        "letmein-letmein",
        "Winter Monday 2025",
    ],
)
def test_what_people_try_first_is_refused(password: str) -> None:
    assert why(password) == (
        "This password is easy to guess. Try three or four words that do not belong together"
    )


@pytest.mark.parametrize("password", ["JaneSmith2024!", "jane.smith@rowan", "smith-jane-99"])
def test_own_name_and_address_are_refused(password: str) -> None:
    assert why(password) == "Password must not be made from your name or e-mail address"


def test_the_words_of_the_organisation_and_programme_are_refused() -> None:
    assert why("Bramblewick2026") == (
        "Password must not be made from the name of your organisation or programme"
    )
    assert passwords.why_refused("Bramblewick2026") is None


def test_the_shipped_list_is_there_and_folded() -> None:
    assert len(passwords.common()) > 200
    assert all(word == word.casefold() and word for word in passwords.common())


def test_a_hash_fits_its_password_in_either_composition_and_no_other() -> None:
    kept = passwords.hash_password("caf\u00e9 violet anchor")
    assert kept.startswith("scrypt:32768:8:3$")
    assert passwords.fits("cafe\u0301 violet anchor", kept)
    assert not passwords.fits("cafe violet anchor", kept)
    assert not passwords.fits("caf\u00e9 violet anchor ", kept)


def test_the_whole_length_counts() -> None:
    long = "violet anchor biscuit " * 5
    kept = passwords.hash_password(long)
    assert not passwords.fits(long[:-2], kept)


def test_nobodys_hash_has_todays_parameters_and_lets_nobody_in() -> None:
    assert not passwords.is_outdated(passwords.NOBODYS_HASH)
    assert not passwords.fits("violet anchor biscuit", None)
    assert len(passwords.NOBODYS_HASH) == len(passwords.hash_password("x"))


def test_another_method_is_outdated() -> None:
    assert passwords.is_outdated(generate_password_hash("x", "pbkdf2:sha256:1000"))
    assert passwords.is_outdated(generate_password_hash("x", "scrypt:1024:8:1"))
