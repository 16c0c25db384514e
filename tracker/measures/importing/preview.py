"""What an import would do, as a page shows it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from .cells import PointKind, RowFault


class Status(StrEnum):
    """What would become of a row."""

    NEW = "new"
    HELD = "held"
    """Already held, the same in every part."""
    CHANGES = "changes"
    """Replaces what is held for the period."""
    NOT_DUE = "not_due"
    """Left out: nothing entered, for a period that has not ended."""
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Existing:
    """The point a measure holds for a period."""

    kind: PointKind
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row of the file as it would be kept. With faults, what could be read is still shown.

    `number` is the row in the spreadsheet; `written` the period as typed. `is_partial`: the
    period had not ended on the day of the import.
    """

    number: int
    written: str
    period: date | None
    status: Status
    kind: PointKind | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None
    note: str = ""
    is_partial: bool = False
    held: Existing | None = None
    faults: tuple[RowFault, ...] = ()
    warnings: tuple[str, ...] = ()


class Part(StrEnum):
    """The part of the mapping a problem is about, so that it is told beside that field."""

    PERIOD = "period"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    VALUE = "value"
    NOTE = "note"
    FILTERS = "filters"


@dataclass(frozen=True, slots=True)
class Problem:
    """What keeps the whole file from being read as mapped."""

    part: Part
    message: str


@dataclass(frozen=True, slots=True)
class Preview:
    """Rows kept by the filters, and what stands in the way of saving them.

    With problems there are no rows. `filter_columns` are those that tell apart the rows of one
    period: where to choose which rows to keep. `reads` says how cells were read, for the page.
    """

    rows: tuple[PreviewRow, ...] = ()
    left_out: int = 0
    problems: tuple[Problem, ...] = ()
    filter_columns: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()

    @property
    def ready(self) -> bool:
        """All rows can be saved: none has a fault. One fault, and none is."""
        return not self.problems and bool(self.rows) and not self.faulty

    @property
    def faulty(self) -> tuple[PreviewRow, ...]:
        """The rows to put right, in the order of the file."""
        return tuple(row for row in self.rows if row.status is Status.FAULT)

    @property
    def to_write(self) -> tuple[PreviewRow, ...]:
        """The rows that would change what is held, in the order of the file."""
        return tuple(row for row in self.rows if row.status in (Status.NEW, Status.CHANGES))

    @property
    def changes_nothing(self) -> bool:
        """Ready, and everything in it is held already: the same file again."""
        return self.ready and not self.to_write

    @property
    def counts(self) -> dict[Status, int]:
        """How many rows have each status; statuses no row has are 0."""
        return dict.fromkeys(Status, 0) | Counter(row.status for row in self.rows)

    @property
    def summary(self) -> str:
        """`3 new, 1 already held, 2 to fix`."""
        counts = self.counts
        said = [f"{counts[status]:,} {words}" for status, words in _SAID if counts[status]]
        if self.left_out:
            said.append(f"{self.left_out:,} left out by your choice of rows")
        return ", ".join(said)


_SAID = (
    (Status.NEW, "new"),
    (Status.HELD, "already held"),
    (Status.CHANGES, "to change"),
    (Status.NOT_DUE, "not due yet"),
    (Status.FAULT, "to fix"),
)
