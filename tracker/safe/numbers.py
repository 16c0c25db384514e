"""Numbers as people type them: plain ASCII digits or a plain refusal, never a guess."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

PLAIN: Final = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
_THOUSANDS: Final = re.compile(r"-?[0-9]{1,3}(,[0-9]{3}){1,4}(\.[0-9]{1,15})?")
_POWERS: Final = re.compile(r"[-+]?[0-9.]+[eE][-+]?[0-9]+")
_MANY_DIGITS: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?")
LARGEST_ID: Final = 2**31 - 1
_SHOWN: Final = 40


class NotANumber(ValueError):
    """The text is not a number we take. The message is a sentence fit for the page."""


def parse_number(
    text: str, *, allow_thousands: bool = False, allow_percent: bool = False
) -> Decimal:
    """The number typed, exactly: `"12"`, `"-0.5"`, `"1,200"` and `"83%"` (as 83) where allowed.

    `float()` and `Decimal()` also take `nan`, `inf`, `1e400`, `1_000` and Arabic-Indic digits;
    none of these is a count or a rate anyone meant, so they raise `NotANumber`.
    """
    typed = text.strip()
    bare = typed
    if allow_percent and bare.endswith("%"):
        bare = bare[:-1].rstrip()
    if PLAIN.fullmatch(bare):
        return Decimal(bare)
    if allow_thousands and _THOUSANDS.fullmatch(bare):
        return Decimal(bare.replace(",", ""))
    raise NotANumber(_why(typed))


def parse_whole(text: str, *, allow_thousands: bool = False) -> int:
    """The whole number typed; `"12.0"`, as spreadsheets write it, is 12. Raises `NotANumber`."""
    number = parse_number(text, allow_thousands=allow_thousands)
    whole = int(number)
    if number != whole:
        raise NotANumber(f"{quoted(text)} is not a whole number")
    return whole


def parse_id(text: str) -> int | None:
    """The id of a row as an address or a form carries it; None where no row can have it.

    1 to 2^31-1: ids have four bytes on PostgreSQL, which fails on a larger number.
    """
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST_ID))):
        return None
    number = int(text)
    return number if 1 <= number <= LARGEST_ID else None


def plain(number: Decimal) -> str:
    """The number without exponent or trailing zeros: `Decimal("1.50E+2")` reads `150`."""
    if not number.is_finite():
        raise ValueError("only finite numbers have a plain form")
    digits = format(number, "f")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits in ("-0", "") else digits


def quoted(text: str) -> str:
    """The text in quotation marks for a message, cut where it is long."""
    shown = " ".join(text.split())
    if len(shown) > _SHOWN:
        shown = shown[: _SHOWN - 1] + "…"
    return f"“{shown}”"


def _why(typed: str) -> str:
    if not typed:
        return "Enter a number"
    if typed.endswith("%") and PLAIN.fullmatch(typed[:-1].rstrip()):
        return f"Enter {quoted(typed)} without the % sign"
    if _THOUSANDS.fullmatch(typed):
        return f"Enter {quoted(typed)} without the comma"
    if _POWERS.fullmatch(typed):
        return f"Enter {quoted(typed)} in full, without powers of ten"
    if _MANY_DIGITS.fullmatch(typed):
        return f"{quoted(typed)} is not a number we can hold: use up to 15 digits each side"
    return f"{quoted(typed)} is not a number"
