"""The grid of periods to fill in, as a form: one row a period, several saved at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from tracker.drafts.forms import Edited
from tracker.pages import Dropdown, FieldList, FormField, Hidden, Option, SafeDecimal, SubForm, Text
from tracker.plugin_api import Cadence
from tracker.safe.dates import (
    NotADate,
    first_day,
    likely_style,
    name_period,
    odd_date,
    parse_day,
)
from tracker.safe.numbers import plain

from . import domain
from .figures import KINDS
from .models import Measure, PointKind
from .queries import Figure
from .recording import Row

SHOWN, MOST, BLANK = 3, 12, 6
"""Periods before the first one missing that are listed, rows at most, rows for events."""
REMOVE = "remove"
WHY = (*(Option(kind.value, words) for kind, words in KINDS.items()),)


class RowForm(SubForm):
    """One period."""

    period = Hidden()
    when = Text("Date", max_length=30, width=10)
    numerator = SafeDecimal("Number counted", width=10)
    denominator = SafeDecimal("Out of", width=10)
    value = SafeDecimal("Value", percent=True, width=10)
    kind = Dropdown[str]("Instead of a number", blank="A number", options=WHY)
    note = Text("Note", max_length=200)

    day: date | None = None
    name: str = ""
    """The period in words, which every label of the row begins with."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.words: dict[str, str] = {}
        super().__init__(*args, **kwargs)

    @property
    def boxes(self) -> list[Any]:
        """The boxes for numbers."""
        return [self.numerator, self.denominator, self.value]

    @property
    def is_blank(self) -> bool:
        """Nothing has been filled in."""
        return not self.kind.data and all(f.is_empty() for f in [*self.boxes, self.note, self.when])


class GridForm(Edited):
    """The figures of several periods of one measure."""

    rows = FieldList(FormField(RowForm))

    def fit(self, measure: Measure, held: Mapping[date, Figure], today: date) -> None:
        """Name every row after its period, and offer what can be said of it."""
        for entry in self.rows:
            row = entry.form
            row.day = _day(row.period.data)
            row.name = name_period(row.day, measure.cadence) if row.day else "New"
            for field in [row.when, *row.boxes, row.kind, row.note]:
                row.words[field.short_name] = field.label.text
                field.label.text = f"{row.name}: {field.label.text.lower()}"
                field.called = field.label.text
            if row.day in held:
                row.kind.options = (*WHY, Option(REMOVE, "Remove this figure"))
        self.measure, self.held, self.today = measure, held, today

    def accepted(self) -> bool:
        """The form was sent and every row can be."""
        valid = super().accepted()
        if not self.is_submitted():
            return False
        seen: set[date] = set()
        for entry in self.rows:
            fault = self._fault(entry.form, seen)
            if fault is not None:
                field, message = fault
                field.errors = [message]
                valid = False
        return valid

    @property
    def is_overtaken(self) -> bool:
        """Somebody saved figures since: a box empty here may be one that they filled."""
        return self.record is not None and self["version"].data != self.record.version

    def _fault(self, row: RowForm, seen: set[date]) -> tuple[Any, str] | None:
        """What keeps a row from being saved, and beside which field to say so."""
        if any(field.errors for field in row):
            return None
        if row.period.data == "" and not row.is_blank:
            fault = self._read_day(row)
            if fault:
                return row.when, fault
        if row.day is None:
            return None
        if row.day in seen:
            return row.when, "This day is in another row already"
        seen.add(row.day)
        ratio = self.measure.has_denominator
        boxes = [row.numerator, row.denominator] if ratio else [row.value]
        typed = [box for box in boxes if box.data is not None]
        if row.kind.data and row.kind.data != REMOVE:
            only_none = row.kind.data == PointKind.NO_ELIGIBLE_CASES and not any(
                box.data for box in typed
            )
            if typed and not only_none:
                return row.kind, "Empty the number boxes, or choose “A number”"
            return None
        if row.kind.data == REMOVE:
            return None
        if not typed:
            if not row.period.data:
                return boxes[0], "Enter the number, or choose why there is none"
            if row.day in self.held and not self.is_overtaken:
                return boxes[0], "Enter the number, or choose why there is none"
            return (boxes[0], "Enter the number the note is about") if row.note.data else None
        return self._number_fault(row, boxes)

    def _number_fault(self, row: RowForm, boxes: Sequence[Any]) -> tuple[Any, str] | None:
        for box in boxes:
            if box.data is None:
                return box, "Enter this number too"
            if box.data < 0 and not may_be_negative(self.measure):
                return box, f"{plain(box.data)} is below zero"
        if not self.measure.has_denominator:
            return None
        over, under = row.numerator.filled, row.denominator.filled
        if not under and over:
            return row.denominator, f"{plain(over)} out of none cannot be"
        if self.measure.is_share and over > under:
            return row.numerator, f"{plain(over)} is more than {plain(under)}"
        return None

    def _read_day(self, row: RowForm) -> str:
        style = likely_style([row.when.data])
        if style is None or style.is_month:
            return "Write the date, such as 13/04/2026"
        try:
            row.day = parse_day(row.when.data, style)
        except NotADate as error:
            return str(error)
        if row.day > self.today:
            return "This day is still to come"
        return odd_date(row.day, today=self.today) or ""

    @property
    def filled(self) -> list[Row]:
        """The rows that say something."""
        found = []
        for entry in self.rows:
            row = entry.form
            if row.day is None or row.is_blank or row.kind.data == REMOVE:
                continue
            kind = PointKind(row.kind.data) if row.kind.data else PointKind.VALUE
            if kind is PointKind.VALUE and row.denominator.data == 0:
                kind = PointKind.NO_ELIGIBLE_CASES
            is_number = kind is PointKind.VALUE
            ratio = self.measure.has_denominator
            under = row.denominator.data if is_number and ratio else None
            if kind is PointKind.NO_ELIGIBLE_CASES and ratio:
                under = Decimal(0)
            found.append(
                Row(
                    row.day,
                    kind=kind,
                    numerator=row.numerator.data if is_number and ratio else None,
                    denominator=under,
                    value=row.value.data if is_number and not ratio else None,
                    note=row.note.data,
                    is_partial=not domain.has_ended(row.day, self.measure.cadence, self.today),
                )
            )
        return found

    @property
    def removed(self) -> list[date]:
        """Periods whose figure is to go."""
        return [
            entry.form.day
            for entry in self.rows
            if entry.form.day is not None and entry.form.kind.data == REMOVE
        ]


def may_be_negative(measure: Measure) -> bool:
    """Whether values below zero make sense: never for what is counted."""
    return not measure.has_denominator and measure.unit.strip().casefold() in domain.NOT_COUNTED


def rows_of(
    measure: Measure, held: Mapping[date, Figure], periods: Sequence[date]
) -> list[dict[str, Any]]:
    """The rows of the form for these periods, as the figures stand."""
    rows = [_row(period, held.get(period)) for period in periods]
    if measure.cadence is Cadence.PER_EVENT:
        rows += [{"period": "", "when": ""} for _ in range(BLANK)]
    return rows


def window(
    measure: Measure, held: Mapping[date, Figure], today: date, start: date | None
) -> list[date]:
    """The periods a grid lists: some held, then those missing, up to the one that runs now or the
    last there will ever be.

    With `start` it begins there. A first grid goes back as far as a fair baseline needs.
    """
    if measure.cadence is Cadence.PER_EVENT:
        return sorted(held)[-SHOWN:]
    now = first_day(today, measure.cadence)
    if measure.collected_until is not None:
        now = min(now, first_day(measure.collected_until, measure.cadence))
    if start is None:
        latest = max(held, default=None)
        start = latest if latest is not None else now
        for _ in range(SHOWN - 1 if latest else MOST - 1):
            start = domain.preceding(start, measure.cadence)
    periods = list(domain.calendar(first_day(start, measure.cadence), now, measure.cadence))
    return periods[:MOST]


def _row(period: date, figure: Figure | None) -> dict[str, Any]:
    if figure is None:
        return {"period": period.isoformat()}
    return {
        "period": period.isoformat(),
        "numerator": figure.numerator,
        "denominator": figure.denominator if figure.kind is PointKind.VALUE else None,
        "value": figure.value if figure.numerator is None else None,
        "kind": "" if figure.kind is PointKind.VALUE else figure.kind.value,
        "note": figure.note,
    }


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
