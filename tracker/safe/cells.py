"""Text cells of a CSV file that a spreadsheet would otherwise run as a formula."""

from __future__ import annotations

import re
from typing import Final

from .numbers import PLAIN

# As the OWASP list on CSV injection, with the full-width forms spreadsheets also obey.
_FORMULA: Final = re.compile("[ \u00a0\ufeff]*[=+\\-@＝＋－＠\t\r\n]")


def is_formula_like(text: str) -> bool:
    """True where a spreadsheet might run the text: plain negative numbers are not."""
    return _FORMULA.match(text) is not None and PLAIN.fullmatch(text.strip(" \u00a0")) is None


def guard_cell(text: str) -> str:
    """The text as a CSV cell that no spreadsheet runs: a leading `'` where it is formula-like."""
    # What already begins with ' gets one more, so that taking one off always gives it back.
    return f"'{text}" if is_formula_like(text.lstrip("'")) else text


def unguard_cell(text: str) -> str:
    """The text `guard_cell` was given."""
    return text[1:] if text.startswith("'") and is_formula_like(text.lstrip("'")) else text
