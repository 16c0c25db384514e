"""Numbers and dates that texts refer to, and that a deploying organisation may set for itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from tracker.safe.dates import name_day

from .fields import Wording
from .sources import Part

_BLANK = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_GESTATION = re.compile(r"[1-4]?\d\+[0-6]")


class ParameterKind(StrEnum):
    """What a value has to look like."""

    NUMBER = "number"
    DATE = "date"
    """As in 2026-03-31."""
    GESTATION = "gestation"
    """Weeks and days, as in 33+6."""
    TEXT = "text"


@dataclass(frozen=True, kw_only=True, slots=True)
class Parameter(Part):
    """A threshold, date, limit or window. Texts of its definition refer to it as `{key}`.

    `value` is written as it is read: "30", "33+6", "2026-03-31".

    >>> window = Parameter(key="window", label="On time within", value="30", unit="minutes")
    >>> filled("Doses given within {window} of the time", [window])
    'Doses given within 30 minutes of the time'
    >>> filled("Doses given within {window} of the time", [window], {"window": "60"})
    'Doses given within 60 minutes of the time'
    """

    label: Wording[str]
    value: str
    unit: str = ""
    kind: ParameterKind = ParameterKind.NUMBER

    def shown(self, value: str | None = None) -> str:
        """A value, or its own, with the unit; a date as people read it."""
        text = self.value if value is None else value
        if self.kind is ParameterKind.DATE and _is_date(text):
            text = name_day(date.fromisoformat(text))
        return f"{text} {self.unit}".strip()

    def value_fault(self, value: str) -> str | None:
        """Why a value cannot stand here; None if it can."""
        match self.kind:
            case ParameterKind.NUMBER if not _is_number(value):
                return f"{value!r} is not a number"
            case ParameterKind.DATE if not _is_date(value):
                return f"{value!r} is not a date; write it as 2026-03-31"
            case ParameterKind.GESTATION if not _GESTATION.fullmatch(value):
                return f"{value!r} is not a gestation; write weeks and days as 33+6"
            case ParameterKind.TEXT if not value.strip():
                return "is empty"
        return None


def filled(
    text: str, parameters: Iterable[Parameter], values: Mapping[str, str] | None = None
) -> str:
    """A text with its parameters in place; `values` are those of a deploying organisation.

    Blanks that are no parameter stay: an aim has some for the team to fill.
    """
    known = {one.key: one.shown((values or {}).get(one.key)) for one in parameters}
    return _BLANK.sub(lambda found: known.get(found[1], found[0]), text)


def blanks(text: str) -> Iterator[str]:
    """Names in curly brackets, in the order of the text."""
    yield from (found[1] for found in _BLANK.finditer(text))


def _is_number(value: str) -> bool:
    try:
        return Decimal(value).is_finite()
    except InvalidOperation:
        return False


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
