"""From the bytes of a file, or the text of a paste, to a table: or a refusal with its row."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Final

from tracker.safe.dates import likely_style
from tracker.safe.numbers import PLAIN
from tracker.safe.text import clean

from .people import refuse_people
from .table import LIMITS, Limits, Reason, Refused, Source, Table, address, letters

_NOT_TEXT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_NAMES: Final = {",": "commas", ";": "semicolons", "\t": "tabs"}
_AS_XLSX: Final = "save it as “Excel Workbook (.xlsx)” and choose that file"
_OLD_EXCEL: Final = f"This is an older Excel workbook: {_AS_XLSX}"
_KNOWN: Final = (
    (b"\xd0\xcf\x11\xe0", _OLD_EXCEL),
    (b"\x09\x08", _OLD_EXCEL),
    (b"%PDF", "This is a PDF: choose the spreadsheet or CSV file it was made from"),
    (b"\x1f\x8b", "This file is compressed: unpack it and choose the file inside"),
    (b"<", f"This is a web page or XML, whatever its name says: open it in Excel, {_AS_XLSX}"),
)
ZIPPED: Final = (b"PK\x03\x04", b"PK\x05\x06")
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
_HEADER_SEARCH: Final = 65_536


def read_csv(data: bytes, limits: Limits = LIMITS, *, not_nhs_numbers: bool = False) -> Table:
    """The table in a CSV file. Raises `Refused`, and nothing else, whatever the bytes.

    The file is UTF-8, or UTF-16 with its mark; no encoding is guessed. Commas, semicolons or
    tabs, whichever the heading row uses. `not_nhs_numbers` is a person's word that numbers which
    pass the NHS number check are something else.
    """
    if len(data) > limits.size:
        raise Refused(
            f"The file is larger than {_megabytes(limits.size)} MB: keep only the rows you need",
            Reason.TOO_BIG,
        )
    _refuse_kinds(data)
    text, encoding = _decode(data)
    return _read(text, Source.CSV, encoding, limits, not_nhs_numbers=not_nhs_numbers)


def read_paste(text: str, limits: Limits = LIMITS, *, not_nhs_numbers: bool = False) -> Table:
    """The table in cells copied from a spreadsheet, which arrive separated by tabs.

    Text without tabs is read as CSV. Raises `Refused`, and nothing else.
    """
    if len(text) > limits.size:
        raise Refused(
            f"The paste is longer than {_megabytes(limits.size)} MB: choose a file instead",
            Reason.TOO_BIG,
        )
    return _read(
        text.removeprefix("\ufeff"), Source.PASTE, "", limits, not_nhs_numbers=not_nhs_numbers
    )


def build_table(
    records: Iterable[list[str]], source: Source, read_as: str, limits: Limits
) -> Table:
    """The table of the records of a sheet, empty ones included: the first with text has headings.

    Raises `Refused` for more rows, columns or text than the limits, for headings that are empty
    or occur twice, and for rows of another width than the headings.
    """
    headers: tuple[str, ...] = ()
    rows: list[list[str]] = []
    numbers: list[int] = []
    width = 0
    for number, record in enumerate(records, 1):
        if number > limits.rows_read + 1:
            raise Refused(
                f"There are more than {limits.rows_read:,} rows: keep only those you need",
                Reason.TOO_BIG,
                row=number,
            )
        if not any(record) or not any(map(str.strip, record)):
            continue
        if max(map(len, record)) > limits.cell:
            raise _too_long(record, number, limits)
        if not headers:
            headers = _headers(record, number, limits)
            width = len(headers)
            continue
        if len(record) != width:
            record = _fitted(record, width, number, source)
        rows.append(record)
        numbers.append(number)
    if not headers:
        raise Refused("There is nothing to read: the file is empty", Reason.SHAPE)
    if not rows:
        raise Refused("There are headings but no rows under them", Reason.SHAPE)
    places = [at for at, header in enumerate(headers) if header]
    if len(places) < width:
        _refuse_bare_columns(headers, rows, numbers)
        headers = tuple(headers[at] for at in places)
        rows = [[row[at] for at in places] for row in rows]
    return Table(source, headers, rows, numbers, places, read_as)


def _refuse_kinds(data: bytes) -> None:
    if data.startswith(ZIPPED):
        raise Refused("This is a workbook, not a CSV file", Reason.NOT_THIS_KIND)
    if data.startswith(_KNOWN[0][0]) and _LOCKED in data:
        raise Refused(
            "The workbook is locked with a password: save it without one and choose it again",
            Reason.NOT_THIS_KIND,
        )
    start = data[:64].removeprefix(codecs.BOM_UTF8).lstrip()
    for mark, message in _KNOWN:
        if data.startswith(mark) or start.startswith(mark):
            raise Refused(message, Reason.NOT_THIS_KIND)


def _decode(data: bytes) -> tuple[str, str]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding, name = "utf-16", "UTF-16"
    else:
        encoding, name = "utf-8-sig", "UTF-8"
    try:
        return data.decode(encoding), name
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, errors="ignore")
        row = _row_at(before, len(before))
        raise Refused(
            f"Row {row} holds a character that is not {name}:"
            " save the file as “CSV UTF-8” and choose it again",
            Reason.ENCODING,
            row=row,
        ) from None


def _read(
    text: str, source: Source, encoding: str, limits: Limits, *, not_nhs_numbers: bool
) -> Table:
    odd = _NOT_TEXT.search(text)
    if odd:
        row = _row_at(text, odd.start())
        raise Refused(
            f"Row {row} holds a control character: is this a text file?", Reason.ENCODING, row=row
        )
    delimiter = _delimiter(text)
    if source is Source.PASTE and delimiter != "\t":
        source = Source.CSV
    words = " ".join(filter(None, ("Text", encoding, "separated by", _NAMES[delimiter])))
    table = build_table(_records(text, delimiter), source, words, limits)
    refuse_people(table, text, not_nhs_numbers=not_nhs_numbers)
    return table


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    number = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, record in enumerate(reader, 1):  # noqa: B007 - read where the reader fails
            yield record
    except csv.Error as error:
        row = number + 1
        if "field limit" in str(error):
            raise Refused(f"Row {row} holds a very long cell", Reason.TOO_BIG, row=row) from None
        raise Refused(
            f"Row {row} has a quotation mark without its pair", Reason.SHAPE, row=row
        ) from None


def _delimiter(text: str) -> str:
    """What separates the headings: the heading row decides for the file."""
    counts = dict.fromkeys(_NAMES, 0)
    quoted = False
    for character in text[: len(text) - len(text.lstrip()) + _HEADER_SEARCH].lstrip(" \r\n"):
        if character == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif character in counts:
            counts[character] += 1
        elif character in "\r\n":
            break
    most = max(counts.values())
    likely = [delimiter for delimiter, count in counts.items() if count == most]
    if most == 0:
        raise Refused(
            "The first row has one column: give at least a period and a number,"
            " separated by commas, semicolons or tabs",
            Reason.SHAPE,
            row=1,
        )
    if len(likely) > 1:
        raise Refused(
            "The headings hold "
            + " and ".join(_NAMES[delimiter] for delimiter in likely)
            + " alike: use one of them to separate columns",
            Reason.SHAPE,
            row=1,
        )
    return likely[0]


def _headers(record: list[str], number: int, limits: Limits) -> tuple[str, ...]:
    headers = [" ".join(clean(cell).split()) for cell in record]
    while headers and not headers[-1]:
        headers.pop()
    if len(headers) > limits.columns:
        raise Refused(
            f"There are {len(headers)} columns; {limits.columns} is the most we read",
            Reason.TOO_BIG,
            row=number,
        )
    seen: dict[str, int] = {}
    for at, header in enumerate(headers):
        if not header:
            continue
        if header.casefold() in seen:
            raise Refused(
                f"Columns {letters(seen[header.casefold()])} and {letters(at)} have the same"
                " heading: rename one",
                Reason.SHAPE,
                row=number,
                address=address(at, number),
            )
        seen[header.casefold()] = at
    if all(PLAIN.fullmatch(header) or likely_style([header]) for header in headers if header):
        raise Refused(
            f"Row {number} reads like figures: put headings in the first row",
            Reason.SHAPE,
            row=number,
        )
    return tuple(headers)


def _fitted(record: list[str], width: int, number: int, source: Source) -> list[str]:
    extra = record[width:]
    if source is Source.XLSX and any(map(str.strip, extra)):
        at = next(at for at, cell in enumerate(record) if at >= width and cell.strip())
        raise _bare(at, number)
    # A text area drops the tabs that end the last line; a CSV row that is short was cut.
    if (len(record) < width and source is Source.CSV) or any(map(str.strip, extra)):
        raise Refused(
            f"Row {number} has {len(record)} {'cell' if len(record) == 1 else 'cells'},"
            f" the headings {width}: is there a separator too many or too few?",
            Reason.SHAPE,
            row=number,
        )
    return (record + [""] * width)[:width]


def _refuse_bare_columns(
    headers: tuple[str, ...], rows: list[list[str]], numbers: list[int]
) -> None:
    """A column without a heading may stand between others, as long as it holds nothing."""
    bare = [at for at, header in enumerate(headers) if not header]
    for row, number in zip(rows, numbers, strict=True):
        for at in bare:
            if row[at].strip():
                raise _bare(at, number)


def _bare(at: int, number: int) -> Refused:
    return Refused(
        f"Column {letters(at)} has no heading, and row {number} holds something in it",
        Reason.SHAPE,
        row=number,
        address=address(at, number),
    )


def _too_long(record: list[str], number: int, limits: Limits) -> Refused:
    at = next(at for at, cell in enumerate(record) if len(cell) > limits.cell)
    where = address(at, number)
    return Refused(
        f"Cell {where} holds more than {limits.cell:,} characters",
        Reason.TOO_BIG,
        row=number,
        address=where,
    )


def _row_at(text: str, position: int) -> int:
    before = text[:position].replace("\r\n", "\n")
    return before.count("\n") + before.count("\r") + 1


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:g}"
