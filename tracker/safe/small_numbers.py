"""Counts so small that they may point to a person, and what stands in their place.

Whoever reads from outside gets a series without them, as if its source had left them out, and
everything said or drawn is worked out from that series. So no line, reading, total or picture can
give one away: whatever the hidden number was, the page is the same. See ADR 0012.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

FEWEST_SHOWN = 5
"""Smaller counts than this are hidden outside, except nought. The same for every measure, so that
nobody has to ask which threshold holds for what they read."""


class Hidden(StrEnum):
    """Why a figure is hidden. Each leaves at least four numbers that it could be."""

    FEW = "few"
    """The count is 1 to 4."""
    ALL_BUT_FEW = "all_but_few"
    """Of those counted out of, 1 to 4 are left: taken away from all, they would show."""
    FEW_TO_COUNT = "few_to_count"
    """There were 1 to 4 to count, so all or none of them says something of each."""
    EITHER = "either"
    """Out of 5 to 9, where "few" and "all but few" would meet in a single number."""
    PART = "part"
    """Part of a period: taken away from the whole, when that is in, it would show the rest."""


class Told(NamedTuple):
    """What stands in the cells of a hidden figure. An empty text keeps what is held."""

    numerator: str
    denominator: str
    value: str


FEW = f"<{FEWEST_SHOWN}"
NOT_SHOWN = "Not shown"
TOLD = {
    Hidden.FEW: Told(FEW, "", NOT_SHOWN),
    Hidden.ALL_BUT_FEW: Told(f"All but {FEW}", "", NOT_SHOWN),
    Hidden.FEW_TO_COUNT: Told(NOT_SHOWN, FEW, NOT_SHOWN),
    Hidden.EITHER: Told(NOT_SHOWN, "", NOT_SHOWN),
    Hidden.PART: Told(NOT_SHOWN, "", NOT_SHOWN),
}
SAID = {
    Hidden.FEW: f"fewer than {FEWEST_SHOWN}",
    Hidden.ALL_BUT_FEW: f"all but fewer than {FEWEST_SHOWN}",
    Hidden.FEW_TO_COUNT: f"out of fewer than {FEWEST_SHOWN}",
    Hidden.EITHER: "too small to show",
    Hidden.PART: "part of the period",
}
"""The same in a sentence."""

NO_COUNT = re.compile(
    r"^(?:seconds|minutes|hours|days|weeks|months|years|scores?|points|mean|median|average|rate"
    r"|ratio|index|percent(?:age)?|£|pounds|gbp|mg|ml|°c)(?!\w)"
    r"|[%£]|\b(?:thousand|million)s?\b|\bper (?!(?:day|week|month|quarter|year)\b)",
    re.IGNORECASE,
)
"""What a unit says when a number in it is not a count of people or events."""


def is_count(unit: str) -> bool:
    """Whether a number in this unit counts people or events; in doubt, it does.

    >>> is_count("people over 65 years"), is_count("days between"), is_count("per 1,000 days")
    (True, False, False)
    """
    return NO_COUNT.search(unit.strip()) is None


def in_ones(words: str) -> int:
    """What a number stands for that counts in thousands or millions, as its definition says.

    >>> in_ones("Registered list, in thousands")
    1000
    """
    found = re.search(r"\bin (thousand|million)s\b", words, re.IGNORECASE)
    return {"thousand": 1_000, "million": 1_000_000}[found[1].lower()] if found else 1


def is_small(number: Decimal | None) -> bool:
    """Whether a count is too small to show. Nought names nobody, and is shown."""
    return number is not None and 0 < abs(number) < FEWEST_SHOWN


def hides_count(count: Decimal | None) -> Hidden | None:
    """Whether a count that stands alone is hidden."""
    return Hidden.FEW if is_small(count) else None


def hides_ratio(numerator: Decimal | None, denominator: Decimal | None) -> Hidden | None:
    """Whether a count out of others is hidden, and with it what is worked out from the two.

    >>> hides_ratio(Decimal(97), Decimal(100))
    <Hidden.ALL_BUT_FEW: 'all_but_few'>
    """
    if is_small(denominator):
        return Hidden.FEW_TO_COUNT
    few = is_small(numerator)
    rest = None if numerator is None or denominator is None else denominator - numerator
    if not few and not is_small(rest):
        return None
    if denominator is not None and denominator < 2 * FEWEST_SHOWN:
        return Hidden.EITHER
    return Hidden.FEW if few else Hidden.ALL_BUT_FEW
