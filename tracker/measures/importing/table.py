"""A table as it was handed in: every reader makes one, everything after reads only this."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Final

DAMAGED: Final = "The workbook is damaged: open it in Excel, save it again and choose that file"


class Reason(StrEnum):
    """Why a file is refused, for a page that offers what to do about it."""

    NOT_THIS_KIND = "not_this_kind"
    TOO_BIG = "too_big"
    ENCODING = "encoding"
    SHAPE = "shape"
    PERSON = "person"
    NHS_NUMBER = "nhs_number"
    """The only one a person may overrule: "This is not an NHS number"."""


class Refused(ValueError):
    """The whole file is refused. The message is fit for the page and never repeats a cell.

    `row` counts as a spreadsheet does, headings included; `address` is a cell such as `C7`.
    """

    def __init__(
        self, message: str, reason: Reason, *, row: int | None = None, address: str | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.reason = reason
        self.row = row
        self.address = address


class Source(StrEnum):
    """How a table came in: what a person may have typed differs."""

    CSV = "csv"
    PASTE = "paste"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one import may hold. `size` is in bytes, or characters of a paste or a workbook.

    `unpacked`, `parts` and `elements` are of a workbook: its XML, empty styled cells included.
    """

    size: int = 8 * 1024 * 1024
    unpacked: int = 20 * 1024 * 1024
    parts: int = 200
    elements: int = 1_500_000
    rows_read: int = 100_000
    rows_kept: int = 20_000
    columns: int = 50
    cell: int = 5_000


LIMITS: Final = Limits()


@dataclass(frozen=True, slots=True)
class Table:
    """Headings, each once, and rows of cells as they were written, each as wide as the headings.

    `numbers[i]` is the row number of `rows[i]` in the spreadsheet, where headings and empty rows
    count; `places[j]` is the place of column j there, from 0, where empty columns count.
    `read_as` says in words how the table was read, `notes` what a person may not expect of it.
    `sheet` is the name of the sheet in a workbook.
    """

    source: Source
    headers: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    numbers: Sequence[int]
    places: Sequence[int]
    read_as: str
    sheet: str = ""
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain values, to carry a table from the preview to the save."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> Table:
        """The table `as_json` wrote."""
        return cls(
            **{
                **body,
                "source": Source(body["source"]),
                "headers": tuple(body["headers"]),
                "notes": tuple(body["notes"]),
            }
        )

    def column(self, header: str) -> int:
        """Position of the column so headed. Raises `KeyError`."""
        try:
            return self.headers.index(header)
        except ValueError:
            raise KeyError(header) from None

    def cells(self, header: str) -> Iterator[str]:
        """The cells under a heading, from the top."""
        at = self.column(header)
        return (row[at] for row in self.rows)

    def address(self, position: int, header: str) -> str:
        """Where a cell of `rows[position]` stands: `C7`."""
        return address(self.places[self.column(header)], self.numbers[position])


def address(column: int, row: int) -> str:
    """The spreadsheet's name for a cell; `column` counts from 0."""
    return f"{letters(column)}{row}"


def letters(column: int) -> str:
    """The spreadsheet's name for a column: 0 is `A`, 26 is `AA`."""
    name = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        name = chr(ord("A") + digit) + name
    return name


@dataclass(frozen=True, slots=True)
class Distinct:
    """Values of a column, sorted, with how many rows hold each; `more` where the list was cut."""

    values: tuple[tuple[str, int], ...]
    more: bool


def distinct(cells: Iterable[str], *, limit: int = 300) -> Distinct:
    """The first `limit` values of a column, for a list to choose from."""
    counts = Counter(map(str.strip, cells))
    return Distinct(tuple(sorted(counts.items())[:limit]), len(counts) > limit)
