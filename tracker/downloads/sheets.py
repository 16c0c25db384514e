"""Tables on their way out: text that no spreadsheet runs, numbers that it can add up.

Pure: rows in, the bytes of a file out.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from tracker.safe.cells import guard_cell
from tracker.safe.numbers import plain
from tracker.safe.text import clean

Cell = str | Decimal | float | date | None

CSV, XLSX = (
    "text/csv; charset=utf-8",
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
)
_MARK: Final = "\ufeff"
"""A byte order mark, or a spreadsheet takes the text for another encoding."""
_LONGEST: Final = 32_767
"""Characters that a cell of a workbook can hold."""
_DIGITS: Final = 15
"""Digits of a number that a spreadsheet keeps; a longer one is written as text."""
_UNFIT: Final = re.compile(r"[\[\]:*?/\\]+")
_ASTRAL: Final = re.compile("[\U00010000-\U0010ffff]")
"""Letters that Excel counts as two, such as emoji; its limit is in its own count."""
_LONGEST_NAME: Final = 31


@dataclass(frozen=True, slots=True)
class Sheet:
    """Headings and rows. `name` is what the sheet is called in a workbook."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def csv_lines(sheet: Sheet) -> Iterator[str]:
    """The sheet as the lines of a CSV file, one after the other."""
    yield _MARK + _line(sheet.headings)
    for row in sheet.rows:
        yield _line(row)


def csv_text(sheet: Sheet) -> str:
    """The same in one piece."""
    return "".join(csv_lines(sheet))


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """An Excel workbook. Nothing in it is a formula or a link."""
    import xlsxwriter

    file = io.BytesIO()
    # Rows go out as they come: a large list is never held twice.
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for sheet, name in zip(sheets, names([each.name for each in sheets]), strict=True):
            page = book.add_worksheet(name)
            page.freeze_panes(1, 0)
            for at, heading in enumerate(sheet.headings):
                page.set_column(at, at, max(12, min(len(heading) + 2, 60)))
                page.write_string(0, at, heading, head)
            for number, row in enumerate(sheet.rows, 1):
                for at, cell in enumerate(row):
                    _write(page, number, at, cell, day)
    return file.getvalue()


def names(wanted: Sequence[str]) -> list[str]:
    """Names as a workbook allows them: short, without signs, each once whatever its case."""
    taken: set[str] = set()
    found = []
    for name in wanted:
        bare = (
            " ".join(_UNFIT.sub(" ", _ASTRAL.sub(" ", clean(name))).split()).strip("'") or "Sheet"
        )
        # Excel keeps this name for itself.
        bare = "History of figures" if bare.casefold() == "history" else bare
        short, number = bare[:_LONGEST_NAME].strip(" '"), 1
        while short.casefold() in taken:
            number += 1
            ending = f" ({number})"
            short = bare[: _LONGEST_NAME - len(ending)].rstrip(" '") + ending
        taken.add(short.casefold())
        found.append(short)
    return found


def _line(cells: Sequence[Cell]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow([_as_text(cell) for cell in cells])
    return text.getvalue()


def _as_text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case Decimal():
            return plain(cell)
        case float() | int():
            return repr(cell)
        case date():
            return cell.isoformat()
    return guard_cell(cell)


def _write(page: Any, row: int, column: int, cell: Cell, day: Any) -> None:
    match cell:
        case None | "":
            return
        case Decimal() if len(cell.as_tuple().digits) > _DIGITS:
            page.write_string(row, column, plain(cell))
        case Decimal() | float() | int():
            page.write_number(row, column, float(cell))
        case date():
            page.write_datetime(row, column, cell, day)
        case str():
            page.write_string(row, column, clean(cell)[:_LONGEST])
