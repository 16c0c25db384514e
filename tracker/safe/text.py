"""Free text: cleaned before it is kept, and searched for what would name a patient."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

_GAP: Final = r"[ \u00a0\u2007\u202f.\-\u2010-\u2015\u2212]{0,2}"
_TEN_DIGITS: Final = re.compile(rf"(?<!\d)(\d{{3}}){_GAP}(\d{{3}}){_GAP}(\d{{4}})(?!\d)")
_UNKEPT: Final = dict.fromkeys(
    [
        *(code for code in range(0x20) if code not in (0x09, 0x0A)),
        *range(0x7F, 0xA0),
        # Bidirectional overrides and isolates make text read otherwise than it is stored.
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        0xFEFF,
        *range(0xD800, 0xE000),
    ]
)
_NEWLINES: Final = re.compile("\r\n|\r|\u0085|\u2028|\u2029")


@dataclass(frozen=True, slots=True)
class Found:
    """Where an NHS number seems to stand, and how to show it without repeating it."""

    masked: str
    start: int
    end: int


def find_nhs_number(text: str) -> Found | None:
    """The first ten digits, written 3-3-4 with or without gaps, that pass the NHS number check.

    Weights 10 to 2, check digit 11 - (sum mod 11), 11 counts as 0 and 10 is never issued (NHS
    Data Dictionary, "NHS NUMBER"). One in eleven random numbers passes, so a person may say
    that a hit is something else.
    """
    for hit in _TEN_DIGITS.finditer(text):
        digits = "".join(hit.groups())
        if _passes(digits):
            return Found(_masked(hit[1]), hit.start(), hit.end())
    return None


def mask_nhs_numbers(text: str) -> str:
    """The text with every such number masked, for what is kept before anybody has checked it."""
    return _TEN_DIGITS.sub(
        lambda hit: _masked(hit[1]) if _passes("".join(hit.groups())) else hit[0], text
    )


def clean(text: str) -> str:
    """Composed (NFC), lines ended by a line feed, no control characters but those and tabs."""
    return unicodedata.normalize("NFC", _NEWLINES.sub("\n", text).translate(_UNKEPT))


def looks_like_person_column(header: str) -> str | None:
    """What a column so headed would hold about one person, in words; None for any other.

    Names of places and measures (`org_name`, `Ward name`) are not people; a bare `Name` is
    taken for one, because files of patients are headed so.
    """
    heading = _words(header)
    for what, pattern in _PERSONAL:
        if pattern.search(heading):
            return what
    return None


def looks_like_initials(header: str) -> bool:
    """Initials alone name nobody for certain, but have no place in counts either."""
    return bool(re.search(r"\binitials\b", _words(header)))


def _masked(first: str) -> str:
    return f"{first} ••• ••••"


def _passes(digits: str) -> bool:
    figures = [int(digit) for digit in digits]
    if len(set(figures)) == 1:
        return False
    total = sum(weight * figure for weight, figure in zip(range(10, 1, -1), figures, strict=False))
    return (11 - total % 11) % 11 == figures[9]


def _words(header: str) -> str:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", unicodedata.normalize("NFKC", header))
    return " ".join(re.findall(r"[^\W_]+", spaced.casefold()))


_WHO: Final = r"(patient|pt|person|client|service user|resident|baby|child|mother|father|parent)"
_NUMBER: Final = r"(number|num|no|nr|id|identifier)"
_PERSONAL: Final = tuple(
    (what, re.compile("|".join(patterns)))
    for what, *patterns in (
        (
            "a person’s name",
            r"^names?$",
            r"\b(first|last|fore|sur|family|full|given|middle|maiden|preferred) ?names?\b",
            rf"\b{_WHO}s? ?(full )?names?\b",
            rf"^names? of {_WHO}",
            r"\bnext of kin\b",
        ),
        (
            "a date of birth",
            r"\bdob\b",
            r"\bd o b\b",
            r"\bdate of birth\b",
            r"\bbirth ?(date|day)\b",
        ),
        (
            "an NHS number",
            r"\bnhs ?(number|num|no|nr|id|identifier)s?\b",
            r"\bchi ?(number|no)\b",
        ),
        (
            "a hospital number",
            rf"\b(hospital|hosp|pas|medical record|case ?note) ?{_NUMBER}\b",
            r"\bmrn\b",
            rf"\b{_WHO} ?{_NUMBER}\b",
            r"\b(spell|episode|attendance|admission) ?(id|identifier)\b",
            r"\blocal patient identifier\b",
        ),
        (
            "a person’s address",
            rf"\b({_WHO}|home) ?(post ?code|address|phone|telephone|mobile|e ?mail)\b",
        ),
    )
)
