"""From the bytes of an Excel workbook to a table for each of its sheets: or a refusal."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from .people import refuse_people
from .reading import build_table
from .sheet import Book, Cells, Formats, Links, Merged, Strings
from .table import LIMITS, Limits, Reason, Refused, Source, Table, letters
from .unpacking import Parts

_MOST_SHEETS: Final = 50


def read_xlsx(
    data: bytes, limits: Limits = LIMITS, *, not_nhs_numbers: bool = False
) -> tuple[Table, ...]:
    """The tables in an Excel workbook, one for each sheet that can be read, in their order.

    Raises `Refused`, and nothing else, whatever the bytes: where no sheet can be read, with what
    is wrong with the first that holds anything; where any sheet names patients, for all of them.
    """
    parts = Parts(data, limits)
    book_at, links, book = _book(parts)
    strings, formats = Strings(), Formats()
    for handler, kind in ((strings, "sharedStrings"), (formats, "styles")):
        name = _linked(links, book_at, kind)
        if name in parts:
            parts.parse(name, handler)
    tables: list[Table] = []
    refused: list[Refused] = []
    several = len(book.sheets) > 1
    read: set[str] = set()
    for title, link, is_hidden in book.sheets[:_MOST_SHEETS]:
        kind, target = links.get(link, ("", ""))
        name = _path(book_at, target)
        if kind != "worksheet" or name in read:
            continue
        read.add(name)
        cells = Cells(strings.found, formats.forms, from_1904=book.from_1904, limits=limits)
        parts.parse(name, cells)
        if not cells.rows:
            continue
        try:
            table = _table(cells, title, is_hidden, limits)
            text = "\n".join("\t".join(row) for row in table.rows)
            refuse_people(table, text, not_nhs_numbers=not_nhs_numbers)
        except Refused as refusal:
            told = _naming(refusal, title) if several else refusal
            if refusal.reason in (Reason.PERSON, Reason.NHS_NUMBER):
                raise told from None
            refused.append(told)
        else:
            tables.append(table)
    if tables:
        return tuple(tables)
    if refused:
        raise refused[0]
    raise Refused("There is nothing to read: the workbook is empty", Reason.SHAPE)


def _book(parts: Parts) -> tuple[str, dict[str, tuple[str, str]], Book]:
    """Where the workbook itself stands, what it points at, and what it says."""
    package = Links()
    parts.parse("_rels/.rels", package)
    at = _linked(package.found, "", "officeDocument")
    links, book = Links(), Book()
    folder, name = posixpath.split(at)
    parts.parse(posixpath.join(folder, "_rels", f"{name}.rels"), links)
    parts.parse(at, book)
    return at, links.found, book


def _linked(links: dict[str, tuple[str, str]], base: str, wanted: str) -> str:
    return next((_path(base, target) for kind, target in links.values() if kind == wanted), "")


def _path(base: str, target: str) -> str:
    """A target as the name of a part: it counts from the folder of the part that names it."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(base), target)).lstrip("/")


def _table(cells: Cells, title: str, is_hidden: bool, limits: Limits) -> Table:
    numbers = sorted(cells.rows)
    width = max(max(row) for row in cells.rows.values()) + 1
    if width > limits.columns:
        raise Refused(
            f"There is something in column {letters(width - 1)};"
            f" {limits.columns} columns are the most we read",
            Reason.TOO_BIG,
        )
    first = _heading_row(cells.rows, numbers)
    _refuse_merged(cells, first, numbers[-1], width)
    table = build_table(_records(cells.rows, first, width), Source.XLSX, "Excel workbook", limits)
    return replace(table, sheet=title, notes=tuple(_notes(cells, table, first, numbers, is_hidden)))


def _heading_row(rows: dict[int, dict[int, str]], numbers: Sequence[int]) -> int:
    """The first row with two cells: a lone cell above it is a title."""
    return next((number for number in numbers if len(rows[number]) > 1), numbers[0])


def _records(rows: dict[int, dict[int, str]], first: int, width: int) -> Iterator[list[str]]:
    """Every row of the sheet to the last that holds anything, those above the headings empty."""
    nothing = [""] * width
    for number in range(1, max(rows) + 1):
        row = rows.get(number) if number >= first else None
        yield nothing if row is None else [row.get(at, "") for at in range(width)]


def _refuse_merged(cells: Cells, first: int, last: int, width: int) -> None:
    def touches(merged: Merged) -> bool:
        return first <= merged.bottom and merged.top <= last and merged.left < width

    found = next(filter(touches, cells.merged), None)
    if found is not None:
        where = f"{letters(found.left)}{found.top}"
        raise Refused(
            f"Cells {found} are merged: unmerge them, so that every row has its own",
            Reason.SHAPE,
            row=found.top,
            address=where,
        )


def _notes(
    cells: Cells, table: Table, first: int, numbers: Sequence[int], is_hidden: bool
) -> Iterator[str]:
    """What a person who looks at the sheet may not expect."""
    above = [number for number in numbers if number < first]
    if above:
        yield f"Headings are in row {first}; {_rows(len(above))} above left out"
    if is_hidden:
        yield "This sheet is hidden in the workbook"
    hidden = len(cells.hidden_rows.intersection(table.numbers))
    if hidden:
        yield f"{_rows(hidden)} hidden in the workbook, read like the others"
    for place, header in zip(table.places, table.headers, strict=True):
        if place in cells.hidden_columns:
            yield f"{header}: a column hidden in the workbook"
    if cells.dates:
        yield "Dates are read from cells that hold dates"


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


def _naming(refusal: Refused, title: str) -> Refused:
    return Refused(
        f"Sheet “{title[:40]}”: {refusal.message}",
        refusal.reason,
        row=refusal.row,
        address=refusal.address,
    )
