"""What an import would do, row by row, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from collections.abc import Sequence
from datetime import date

from tracker.safe.dates import name_period

from .cells import PointKind, Reading, RowFault, read_amount, read_note
from .crowd import find_crowd
from .mapping import Filter, Mapping, MeasureFacts
from .periods import Period, read_periods
from .preview import Existing, Part, Preview, PreviewRow, Problem, Status
from .table import LIMITS, Limits, Table


def plan_import(
    table: Table,
    mapping: Mapping,
    facts: MeasureFacts,
    existing: MappingType[date, Existing],
    *,
    today: date,
    limits: Limits = LIMITS,
) -> Preview:
    """What importing the table would do to the points held, keyed by the first day of the period.

    Raises `Refused` where the rows look like one person each. Nothing else is raised for what a
    file or a mapping holds.
    """
    problems = _mapping_problems(table, mapping, facts)
    if problems:
        return Preview(problems=problems)
    kept = _kept(table, mapping.filters)
    left_out = len(table.rows) - len(kept)
    if not kept:
        chosen = " and ".join(map(str, mapping.filters))
        message = f"No row has {chosen}"
        return Preview(left_out=left_out, problems=(Problem(Part.FILTERS, message),))
    periods = read_periods(table, mapping, facts.cadence, kept, today)
    crowd = find_crowd(table, mapping, facts, kept, periods)
    if crowd is not None:
        problem, columns = crowd
        return Preview(left_out=left_out, problems=(problem,), filter_columns=columns)
    if len(kept) > limits.rows_kept:
        message = f"{len(kept):,} rows are more than the {limits.rows_kept:,} one import may keep"
        return Preview(left_out=left_out, problems=(Problem(Part.FILTERS, message),))
    rows = _rows(table, mapping, facts, existing, kept, periods)
    return Preview(
        rows=rows, left_out=left_out, reads=_reads(mapping, rows, table, kept, facts.cadence)
    )


def _mapping_problems(table: Table, mapping: Mapping, facts: MeasureFacts) -> tuple[Problem, ...]:
    problems = []

    def check(part: Part, columns: Sequence[str]) -> None:
        for column in columns:
            if column not in table.headers:
                problems.append(Problem(part, f"The file has no column headed “{column}”"))

    check(Part.PERIOD, [mapping.period] if mapping.period else [])
    check(Part.NOTE, [mapping.note] if mapping.note else [])
    check(Part.FILTERS, [each.column for each in mapping.filters])
    for name, amount in mapping.amounts():
        check(Part(name), amount.columns)
    if not mapping.period:
        problems.append(Problem(Part.PERIOD, "Choose the column that holds the period"))
    elif mapping.style is None:
        problems.append(
            Problem(Part.PERIOD, f"Nothing under “{mapping.period}” reads like a month or a date")
        )
    wanted = (Part.NUMERATOR, Part.DENOMINATOR) if facts.has_denominator else (Part.VALUE,)
    given = {name for name, _ in mapping.amounts()}
    for part in wanted:
        if part not in given:
            problems.append(Problem(part, f"Choose the column that holds the {part}"))
    for name in given - set(wanted):
        problems.append(Problem(Part(name), f"This measure has no {name}: choose no column for it"))
    for name, amount in mapping.amounts():
        if len(set(amount.columns)) < len(amount.columns) or not amount.plus:
            problems.append(Problem(Part(name), "Use each column once, and add at least one"))
        elif mapping.period in amount.columns:
            problems.append(
                Problem(Part(name), f"“{mapping.period}” holds the period: choose another column")
            )
    if mapping.numerator is not None and mapping.numerator == mapping.denominator:
        problems.append(Problem(Part.DENOMINATOR, "Numerator and denominator are the same column"))
    return tuple(problems)


def _kept(table: Table, filters: Sequence[Filter]) -> list[int]:
    """Positions of the rows for which every filter holds."""
    kept = list(range(len(table.rows)))
    for each in filters:
        at, wanted = table.column(each.column), each.value.strip()
        kept = [position for position in kept if table.rows[position][at].strip() == wanted]
    return kept


def _rows(
    table: Table,
    mapping: Mapping,
    facts: MeasureFacts,
    existing: MappingType[date, Existing],
    kept: Sequence[int],
    periods: Sequence[Period],
) -> tuple[PreviewRow, ...]:
    seen: dict[date, int] = {}
    rows = []
    for position, period in zip(kept, periods, strict=True):
        faults = list(period.faults)
        if period.first is not None and not faults:
            earlier = seen.setdefault(period.first, table.numbers[position])
            if earlier != table.numbers[position]:
                name = name_period(period.first, facts.cadence)
                faults.append(
                    RowFault(
                        mapping.period,
                        table.address(position, mapping.period),
                        f"{name[:1].upper()}{name[1:]} is in row {earlier} already",
                    )
                )
        reading = read_amount(table, mapping, facts, position)
        note, note_fault = read_note(table, mapping, position)
        faults += reading.faults
        if note_fault:
            faults.append(note_fault)
        held = existing.get(period.first) if period.first is not None else None
        rows.append(
            PreviewRow(
                number=table.numbers[position],
                written=period.written,
                period=period.first,
                status=_status(reading, note, period, held, bool(faults)),
                kind=reading.kind,
                numerator=reading.numerator,
                denominator=reading.denominator,
                value=reading.value,
                note=note or (held.note if held else ""),
                is_partial=period.is_partial,
                held=held,
                faults=tuple(faults),
                warnings=period.warnings + reading.warnings,
            )
        )
    return tuple(rows)


def _status(
    reading: Reading, note: str, period: Period, held: Existing | None, faulty: bool
) -> Status:
    if faulty:
        return Status.FAULT
    if reading.is_blank and not note and period.is_partial and held is None:
        return Status.NOT_DUE
    if held is None:
        return Status.NEW
    return Status.HELD if _same(reading, note, held) else Status.CHANGES


def _same(reading: Reading, note: str, held: Existing) -> bool:
    """True where the row says nothing that is not held; an empty note says nothing."""
    if held.kind != reading.kind or note not in ("", held.note):
        return False
    if reading.kind is PointKind.NO_ELIGIBLE_CASES:
        return True
    if reading.value is not None:
        return held.value == reading.value
    return (held.numerator, held.denominator) == (reading.numerator, reading.denominator)


def _reads(
    mapping: Mapping, rows: Sequence[PreviewRow], table: Table, kept: Sequence[int], cadence: str
) -> tuple[str, ...]:
    """How cells were read that could have been read otherwise."""
    reads = [table.read_as, *table.notes]
    first = next((row for row in rows if row.period is not None), None)
    if first is not None and first.period is not None:
        reads.append(
            f"{mapping.period}: “{first.written}” read as {name_period(first.period, cadence)}"
        )
    places = {
        column: table.column(column) for _, amount in mapping.amounts() for column in amount.columns
    }
    for mark, allowed, words in (
        (",", mapping.allow_thousands, "a thousands comma"),
        ("%", mapping.allow_percent, "a % sign"),
    ):
        if not allowed:
            continue
        for column, at in places.items():
            count = sum(mark in table.rows[position][at] for position in kept)
            if count:
                reads.append(f"{column}: {words} left out of {count:,} cells")
    return tuple(reads)
