"""A date in three boxes, as the NHS design system asks for one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from wtforms.validators import ValidationError

from tracker.safe.dates import DateStyle, NotADate, parse_day
from tracker.safe.text import clean

from .fields import Base
from .widgets import Drawn
from .wording import day

PARTS = ("day", "month", "year")

Limit = date | Callable[[], date]


@dataclass(frozen=True, slots=True)
class Part:
    """One of the three boxes."""

    id: str
    name: str
    label: str
    width: int
    shown: str
    bad: bool


class Day(Base[date]):
    """A date, sent as `<name>-day`, `<name>-month` and `<name>-year`; a month may be its name.

    `earliest` and `latest` are dates, or functions that give one, such as `today`.
    """

    widget = Drawn("date_input")

    def __init__(
        self,
        label: str | None = None,
        *,
        earliest: Limit | None = None,
        latest: Limit | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, **kwargs)
        self.earliest = earliest
        self.latest = latest
        self.typed = dict.fromkeys(PARTS, "")
        self.bad: tuple[str, ...] = ()

    @property
    def parts(self) -> list[Part]:
        """The boxes to draw; with no part to blame all three are marked."""
        bad = (self.bad or PARTS) if self.errors else ()
        return [
            Part(
                id=f"{self.id}-{part}",
                name=f"{self.name}-{part}",
                label=part.capitalize(),
                width=4 if part == "year" else 2,
                shown=self.typed[part],
                bad=part in bad,
            )
            for part in PARTS
        ]

    @property
    def error_id(self) -> str:
        return f"{self.id}-{(self.bad or PARTS)[0]}"

    def process_data(self, value: date | None) -> None:
        self.data = value
        parts = ("", "", "") if value is None else (value.day, value.month, value.year)
        self.typed = dict(zip(PARTS, map(str, parts), strict=True))

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        # The form holds three values, none of them under the name of the field.
        super().process(None, *args, **kwargs)
        if formdata is None:
            return
        self.raw_data = [clean(formdata.get(f"{self.name}-{part}", "")).strip() for part in PARTS]
        self.typed = dict(zip(PARTS, self.raw_data, strict=True))
        try:
            self.data = self._read()
        except ValueError as error:
            self.data = None
            self.process_errors = [*self.process_errors, str(error)]

    def is_empty(self) -> bool:
        return self.data is None and not any(self.typed.values())

    def check(self) -> None:
        first, last = _on(self.earliest), _on(self.latest)
        if self.data is not None and first is not None and self.data < first:
            raise ValidationError(f"{self.called} must be {day(first)} or later")
        if self.data is not None and last is not None and self.data > last:
            raise ValidationError(f"{self.called} must be {day(last)} or earlier")

    def _read(self) -> date | None:
        if not any(self.typed.values()):
            return None
        self.bad = tuple(part for part in PARTS if not self.typed[part])
        if self.bad:
            raise ValueError(f"{self.called} must include a {' and a '.join(self.bad)}")
        number, month, year = self.typed.values()
        if not (year.isascii() and year.isdigit() and len(year) == 4):
            self.bad = ("year",)
            raise ValueError(f"{self.called} must have a year with 4 digits")
        try:
            if month.isascii() and month.isalpha():
                return parse_day(f"{number} {month} {year}", DateStyle.DAY_NAMED)
            return parse_day(f"{number}/{month}/{year}", DateStyle.DAY_SLASHED)
        except NotADate:
            raise ValueError(f"{self.called} must be a real date") from None


def _on(limit: Limit | None) -> date | None:
    return limit() if callable(limit) else limit
