"""The numbers and the note of one row, with a message and an address for what cannot be kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from tracker.safe.cells import is_formula_like, unguard_cell
from tracker.safe.numbers import NotANumber, parse_number, plain
from tracker.safe.text import clean

from .mapping import Amount, Mapping, MeasureFacts
from .table import Table

_NOTHING: Final = frozenset({"", "-", "–", "—"})
_SUPPRESSED: Final = re.compile(r"\*|< ?[0-9]{1,2}")
_SHEET_ERROR: Final = re.compile(r"#(N/A|DIV/0!|REF!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!)")
_MOST: Final = Decimal(10) ** 15
_PLACES: Final = 9
_FORMULA: Final = "This cell holds a formula: paste the result instead"


class PointKind(StrEnum):
    """What is known about a period. "Not yet due" is no point: it is the calendar's to say."""

    VALUE = "value"
    NO_ELIGIBLE_CASES = "no_eligible_cases"
    NOT_REPORTED = "not_reported"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True, slots=True)
class RowFault:
    """What must be put right: under which heading, in which cell, and why."""

    column: str
    address: str
    message: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The numbers of a row. `is_blank`: every number cell was empty, not even a dash."""

    kind: PointKind | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None
    is_blank: bool = False
    faults: tuple[RowFault, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Cell:
    """An amount: a number, or the mark that stands for one."""

    number: Decimal | None = None
    mark: PointKind | None = None
    fault: RowFault | None = None


def read_amount(table: Table, mapping: Mapping, facts: MeasureFacts, position: int) -> Reading:
    """The numbers of one row, checked against what the measure says they are."""
    read: dict[str, _Cell] = {}
    for name, amount in mapping.amounts():
        whole = facts.whole_denominator if name == "denominator" else facts.whole_numerator
        read[name] = _amount(table, mapping, amount, position, whole=whole, signed=facts.signed)
    is_blank = not any(
        table.rows[position][table.column(column)].strip()
        for _, amount in mapping.amounts()
        for column in amount.columns
    )
    faults = tuple(cell.fault for cell in read.values() if cell.fault)
    over, under = read.get("numerator", _Cell()), read.get("denominator", _Cell())
    value = read.get("value")
    if faults:
        only = value.number if value else None
        return Reading(None, over.number, under.number, only, faults=faults)
    if value:
        return Reading(value.mark or PointKind.VALUE, value=value.number, is_blank=is_blank)
    return _ratio(table, mapping, facts, position, over, under, is_blank=is_blank)


def _ratio(
    table: Table,
    mapping: Mapping,
    facts: MeasureFacts,
    position: int,
    over: _Cell,
    under: _Cell,
    *,
    is_blank: bool,
) -> Reading:
    def fault(amount: Amount | None, message: str) -> Reading:
        column = amount.columns[0] if amount else ""
        found = RowFault(column, table.address(position, column), message)
        return Reading(None, over.number, under.number, faults=(found,))

    over_name = facts.numerator or str(mapping.numerator)
    under_name = facts.denominator or str(mapping.denominator)
    if PointKind.SUPPRESSED in (over.mark, under.mark):
        return Reading(PointKind.SUPPRESSED, over.number, under.number)
    if under.number == 0:
        if over.number:
            return fault(mapping.numerator, f"{plain(over.number)} {over_name} out of none")
        return Reading(PointKind.NO_ELIGIBLE_CASES, None, Decimal(0))
    if under.number is None:
        if over.number is not None:
            return fault(mapping.denominator, f"There is no number for {under_name}")
        return Reading(PointKind.NOT_REPORTED, is_blank=is_blank)
    if over.number is None:
        warning = f"{plain(under.number)} {under_name}, but no number for {over_name}"
        return Reading(PointKind.NOT_REPORTED, None, under.number, warnings=(warning,))
    if facts.is_share and over.number > under.number:
        return fault(
            mapping.numerator,
            f"{plain(over.number)} {over_name} is more than {plain(under.number)} {under_name}",
        )
    return Reading(PointKind.VALUE, over.number, under.number)


def read_note(table: Table, mapping: Mapping, position: int) -> tuple[str, RowFault | None]:
    """The note of a row, cleaned."""
    if not mapping.note:
        return "", None
    cell = table.rows[position][table.column(mapping.note)].strip()
    # A note may well begin with a dash; with =, + or @ it is a formula or a slip.
    if is_formula_like(cell) and cell[0] != "-":
        return "", _fault(table, mapping.note, position, _FORMULA)
    return clean(unguard_cell(cell)), None


def _amount(
    table: Table, mapping: Mapping, amount: Amount, position: int, *, whole: bool, signed: bool
) -> _Cell:
    """The columns of an amount, added up; one cell without a number leaves none for the amount."""
    total = Decimal(0)
    marks = set()
    for column in amount.columns:
        cell = table.rows[position][table.column(column)].strip()
        unguarded = unguard_cell(cell)
        if unguarded in _NOTHING:
            marks.add(PointKind.NOT_REPORTED)
            continue
        if _SUPPRESSED.fullmatch(unguarded):
            marks.add(PointKind.SUPPRESSED)
            continue
        try:
            number = parse_number(
                cell, allow_thousands=mapping.allow_thousands, allow_percent=mapping.allow_percent
            )
        except NotANumber as error:
            return _Cell(fault=_fault(table, column, position, _refusal(cell, str(error))))
        message = _unfit(number, whole=whole, signed=signed)
        if message:
            return _Cell(fault=_fault(table, column, position, message))
        total += number if column in amount.plus else -number
    if marks:
        mark = PointKind.SUPPRESSED if PointKind.SUPPRESSED in marks else PointKind.NOT_REPORTED
        return _Cell(mark=mark)
    if total < 0 and not signed:
        message = f"{amount} is {plain(total)}, below zero"
        return _Cell(fault=_fault(table, amount.columns[0], position, message))
    if abs(total) >= _MOST:
        message = f"{plain(total)} is larger than we can hold"
        return _Cell(fault=_fault(table, amount.columns[0], position, message))
    return _Cell(number=total)


def _refusal(cell: str, message: str) -> str:
    if _SHEET_ERROR.fullmatch(cell):
        return f"“{cell}” is a spreadsheet error: put it right in the sheet, or leave it empty"
    return _FORMULA if is_formula_like(cell) else message


def _unfit(number: Decimal, *, whole: bool, signed: bool) -> str:
    if number < 0 and not signed:
        return f"{plain(number)} is below zero"
    if whole and number != number.to_integral_value():
        return f"{plain(number)} is not a whole number"
    if -int(number.normalize().as_tuple().exponent) > _PLACES:
        return f"{plain(number)} has more than {_PLACES} decimal places: round it"
    return ""


def _fault(table: Table, column: str, position: int, message: str) -> RowFault:
    return RowFault(column, table.address(position, column), message)
