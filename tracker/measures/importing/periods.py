"""The period of each row: first day, warnings, faults."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.safe.cells import is_formula_like, unguard_cell
from tracker.safe.dates import (
    DateStyle,
    NotADate,
    first_day,
    last_day,
    name_day,
    name_period,
    odd_date,
    parse_day,
)

from .cells import RowFault
from .mapping import Mapping
from .table import Table


@dataclass(frozen=True, slots=True)
class Period:
    """One row's period. `first` is None where the cell could not be read, and then faults say why.

    `is_partial`: the period had not ended on the day of the import.
    """

    written: str
    first: date | None
    is_partial: bool = False
    faults: tuple[RowFault, ...] = ()
    warnings: tuple[str, ...] = ()


def read_periods(
    table: Table, mapping: Mapping, cadence: str, kept: Sequence[int], today: date
) -> list[Period]:
    """The period of each kept row, in their order. `mapping.style` must be known."""
    style = mapping.style
    if style is None:
        raise ValueError("the mapping has no style of dates")
    at = table.column(mapping.period)
    # A file of many organisations writes each month many times: each spelling is read once.
    known: dict[str, Period | str] = {}
    periods = []
    for position in kept:
        cell = table.rows[position][at]
        if cell not in known:
            known[cell] = _read(cell, style, cadence, today)
        period = known[cell]
        if isinstance(period, str):
            fault = RowFault(mapping.period, table.address(position, mapping.period), period)
            period = Period(cell.strip(), None, faults=(fault,))
        periods.append(period)
    return periods


def _read(cell: str, style: DateStyle, cadence: str, today: date) -> Period | str:
    """The period, or the message of the fault."""
    written = cell.strip()
    if is_formula_like(written):
        return "This cell holds a formula: paste the result instead"
    try:
        day = parse_day(unguard_cell(written), style)
    except NotADate as error:
        return str(error)
    if style.is_month and cadence in ("weekly", "per_event", "daily"):
        return f"“{written}” is a month; this measure needs the day"
    first = first_day(day, cadence)
    warnings = []
    odd = odd_date(day, today=today)
    if odd:
        warnings.append(odd)
    if first != day and cadence in ("weekly", "quarterly", "annual"):
        warnings.append(f"{name_day(day)} is kept under {name_period(first, cadence)}")
    is_partial = last_day(first, cadence) >= today
    if cadence == "per_event":
        is_partial = first > today
    return Period(written, first, is_partial, warnings=tuple(warnings))
