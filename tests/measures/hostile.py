"""Files that are wrong by accident or on purpose, made here; and what becomes of each.

Run by itself, this reads the files of a folder and prints what it took.
"""

from __future__ import annotations

import io
import json
import resource
import struct
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from tracker.measures.importing import (
    Amount,
    MeasureFacts,
    Refused,
    plan_import,
    read_file,
    suggest,
)

from .workbooks import GOOD, HEADINGS, MONTH, SHARE, links, number, parts, row, text, xlsx, zipped

TODAY = date(2025, 1, 15)
FACTS = MeasureFacts("monthly", True, is_share=True)
CSV = "Month,Seen,All\r\n2024-06-01,9,12\r\n"
LONG = 20_000_000
SHEET = "xl/worksheets/sheet1.xml"

Made = Callable[[], bytes]


def outcome(data: bytes) -> str:
    """`ready 1`; `refused shape` with the row, if one is to blame; `fix B2 C3` for rows to fix."""
    try:
        tables = read_file(data)
    except Refused as refusal:
        at = refusal.address or refusal.row
        return f"refused {refusal.reason.value}{f' {at}' if at else ''}"
    mapping = replace(
        suggest(tables[0], FACTS), numerator=Amount(("Seen",)), denominator=Amount(("All",))
    )
    preview = plan_import(tables[0], mapping, FACTS, {}, today=TODAY)
    if preview.problems:
        return "choose columns"
    if preview.faulty:
        return "fix " + " ".join(f.address for r in preview.faulty for f in r.faults)
    return f"ready {len(preview.rows)}"


def line(cells: str) -> Made:
    """A CSV file with a good row, and this one under it."""
    return lambda: (CSV + cells + "\r\n").encode()


def sheet(*rows: str, tail: str = "", strings: str = "") -> Made:
    """A workbook with these rows."""
    return lambda: zipped(parts("".join(rows), tail=tail, strings=strings))


def cell(*cells: str) -> Made:
    """A workbook with a good row, and one under it of these cells."""
    return sheet(HEADINGS, GOOD, row(3, *cells))


def part(name: str, content: str | bytes | None) -> Made:
    """A good workbook with one part written anew, or left out."""

    def made() -> bytes:
        found: dict[str, str | bytes] = {**parts(HEADINGS + GOOD)}
        if content is None:
            del found[name]
        else:
            found[name] = content
        return zipped(found)

    return made


def doctype(words: str) -> Made:
    """A good workbook whose sheet begins with a document type."""
    return lambda: part(SHEET, words + parts(HEADINGS + GOOD)[SHEET])()


def laughs() -> str:
    more = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    return f'<!DOCTYPE x [<!ENTITY l0 "ha">{more}]>'


def lying() -> bytes:
    """A zip whose directory says its sheet is small."""
    data = zipped({**parts(""), SHEET: b"<worksheet>" + b" " * LONG * 2})
    real, told = struct.pack("<I", LONG * 2 + 11), struct.pack("<I", 1000)
    assert real in data
    return data.replace(real, told)


def overlapping() -> bytes:
    """Many entries that unpack the same bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(SHEET, b" " * 1_000_000)
        first = archive.getinfo(SHEET)
        for at in range(150):
            again = zipfile.ZipInfo(f"xl/worksheets/{at}.xml")
            for name in ("header_offset", "compress_size", "file_size", "CRC", "compress_type"):
                setattr(again, name, getattr(first, name))
            archive.filelist.append(again)
            archive.NameToInfo[again.filename] = again
    return file.getvalue()


def nested() -> bytes:
    inner = b" " * 1_000_000
    for _ in range(6):
        inner = zipped({"inner.zip": inner})
    return inner


def locked() -> bytes:
    data = bytearray(zipped(parts(HEADINGS + GOOD)))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(mark, place + 1)
    return bytes(data)


def other_packing() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as archive:
        for name, content in parts(HEADINGS + GOOD).items():
            archive.writestr(name, content)
    return file.getvalue()


def broken_checksum() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts(HEADINGS + GOOD).items():
            archive.writestr(name, content)
    return file.getvalue().replace(b"Month", b"Munth")


def many_sheets_of_one_part() -> bytes:
    found = parts("".join(row(at, *(["<c/>"] * 50)) for at in range(1, 8000)))
    each = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="r1"/>' for n in range(1, 5000))
    book = found["xl/workbook.xml"]
    found["xl/workbook.xml"] = book.replace("</sheets>", f"{each}</sheets>")
    return zipped(found)


def twice() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in [*parts(HEADINGS + GOOD).items(), (SHEET, "<worksheet/>")]:
            archive.writestr(zipfile.ZipInfo(name), content)
    return file.getvalue()


HOSTILE: dict[str, tuple[Made, str]] = {
    # Text that is not what it says.
    "nothing": (lambda: b"", "refused shape 1"),
    "blank lines": (lambda: b"\r\n\r\n  \r\n", "refused shape 1"),
    "a single byte": (lambda: b"\xff", "refused encoding 1"),
    "headings alone": (lambda: b"Month,Seen,All\r\n", "refused shape"),
    "Windows code page": (lambda: CSV.encode() + b"2024-07-01,9,\xa312\r\n", "refused encoding 3"),
    "UTF-16 without its mark": (lambda: CSV.encode("utf-16-le"), "refused encoding 1"),
    "UTF-16 cut in a character": (lambda: CSV.encode("utf-16")[:-1], "refused encoding 3"),
    "UTF-16 mark on UTF-8": (lambda: b"\xff\xfe" + CSV.encode(), "refused encoding 1"),
    "UTF-32": (lambda: CSV.encode("utf-32"), "refused encoding 1"),
    "UTF-7": (lambda: b"Month,Seen,All\r\n2024-06-01,+ADk-,12\r\n", "fix B2"),
    "marks in the middle": (line("\ufeff2024-07-01,\ufeff9,12"), "fix A3 B3"),
    "two marks": (lambda: ("\ufeff\ufeff" + CSV).encode(), "ready 1"),
    "NUL": (line("2024-07-01,9\0,12"), "refused encoding 3"),
    "control characters": (line("2024-07-01,9\x1b[31m,12"), "refused encoding 3"),
    "surrogate in UTF-8": (
        lambda: CSV.encode() + b"2024-07-01,\xed\xa0\x80,12\r\n",
        "refused encoding 3",
    ),
    "overlong UTF-8": (lambda: CSV.encode() + b"2024-07-01,\xc0\xaf,12\r\n", "refused encoding 3"),
    # Tables out of shape.
    "a million columns": (lambda: b"a," * 1_000_000 + b"b\r\n1,2\r\n", "refused too_big 1"),
    "a million cells in a row": (lambda: CSV.encode() + b"1," * 1_000_000, "refused shape 3"),
    "a million rows": (lambda: CSV.encode() + b"\r\n" * 1_000_000, "refused too_big 100002"),
    "one long line": (lambda: b"x" * 8_000_000, "refused shape 1"),
    "a quotation mark that never ends": (
        lambda: CSV.encode() + b'2024-07-01,"9,12\r\n' * 9,
        "refused shape 3",
    ),
    "only quotation marks": (lambda: b'"' * 8_000_000, "refused shape 1"),
    "a huge cell": (line("2024-07-01,9," + "1" * 6_000), "refused too_big C3"),
    "a huge quoted cell": (line('2024-07-01,9,"' + "1" * 200_000 + '"'), "refused too_big 3"),
    "over the limit": (lambda: CSV.encode() * 400_000, "refused too_big"),
    "a cell too many": (line("2024-07-01,9,12,13"), "refused shape 3"),
    "a cell too few": (line("2024-07-01,9"), "refused shape 3"),
    "headings twice": (lambda: b"Month,Seen,seen\r\n2024-06-01,9,12\r\n", "refused shape C1"),
    "no headings": (lambda: b"2024-06-01,9,12\r\n2024-07-01,9,12\r\n", "refused shape 1"),
    "two separators": (lambda: b"Month,Seen;All\r\n2024-06-01,9;12\r\n", "refused shape 1"),
    "a row for each person": (lambda: b"Month,DOB,All\r\n2024-06-01,9,12\r\n", "refused person"),
    "an NHS number": (line("2024-07-01,9,9434765919"), "refused nhs_number C3"),
    # Cells that are no number or date.
    "a formula": (line("2024-07-01,=1+1,12"), "fix B3"),
    "a command": (line("2024-07-01,9,\"=cmd|' /C calc'!A0\""), "fix C3"),
    "a full-width formula": (line("2024-07-01,＝1+1,12"), "fix B3"),
    "infinity": (line("2024-07-01,inf,12"), "fix B3"),
    "not a number": (line("2024-07-01,nan,12"), "fix B3"),
    "a power of ten": (line("2024-07-01,1e400,12"), "fix B3"),
    "underscores": (line("2024-07-01,1_000,1_000"), "fix B3 C3"),
    "Arabic digits": (line("2024-07-01,٩,١٢"), "fix B3 C3"),
    "hexadecimal": (line("2024-07-01,0x9,12"), "fix B3"),
    "a thousand digits": (line("2024-07-01,9," + "1" * 1_000), "fix C3"),
    "below zero": (line("2024-07-01,-9,12"), "fix B3"),
    "more than all": (line("2024-07-01,13,12"), "fix B3"),
    "out of none": (line("2024-07-01,9,0"), "fix B3"),
    "29 February of a common year": (line("2023-02-29,9,12"), "fix A3"),
    "29 February of a leap year": (line("2024-02-29,9,12"), "ready 2"),
    "month 13": (line("2024-13-01,9,12"), "fix A3"),
    "year 0": (line("0000-01-01,9,12"), "fix A3"),
    "month first": (line("07/31/2024,9,12"), "fix A3"),
    "the same month twice": (line("2024-06-15,9,12"), "fix A3"),
    "a spreadsheet error": (line("2024-07-01,#DIV/0!,12"), "fix B3"),
    # Other kinds of file.
    "an old workbook": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000,
        "refused not_this_kind",
    ),
    "a workbook with a password": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "refused not_this_kind",
    ),
    "a PDF": (lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "refused not_this_kind"),
    "a web page": (
        lambda: b"<html><table><tr><td>Month</td></tr></table>",
        "refused not_this_kind",
    ),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "refused encoding 1"),
    "OpenDocument": (
        lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
        "refused not_this_kind",
    ),
    "Numbers": (lambda: zipped({"Index/Document.iwa": "x"}), "refused not_this_kind"),
    "Word": (lambda: zipped({"word/document.xml": "<x/>"}), "refused not_this_kind"),
    "a binary workbook": (lambda: zipped({"xl/workbook.bin": "x"}), "refused not_this_kind"),
    "a zip of CSV files": (lambda: zipped({"figures.csv": CSV}), "refused not_this_kind"),
    "an empty zip": (lambda: zipped({}), "refused not_this_kind"),
    "locked entries": (locked, "refused not_this_kind"),
    # Zips that are no zips, or too much of one.
    "a truncated zip": (lambda: xlsx([["Month", "Seen"], ["Jun-24", 9]])[:-100], "refused shape"),
    "half a zip": (lambda: xlsx([["Month", "Seen"], ["Jun-24", 9]])[:2000], "refused shape"),
    "the start of a zip": (lambda: b"PK\x03\x04" + b"\0" * 100, "refused shape"),
    "a zip bomb": (lambda: zipped({**parts(""), SHEET: b" " * LONG * 5}), "refused too_big"),
    "a zip bomb that lies": (lying, "refused shape"),
    "a bomb in a part nobody reads": (
        lambda: zipped({**parts(HEADINGS + GOOD), "xl/media/a.bin": b"\0" * LONG * 2}),
        "refused too_big",
    ),
    "nested zips": (nested, "refused not_this_kind"),
    "overlapping entries": (overlapping, "refused too_big"),
    "many entries": (lambda: zipped({f"{at}.xml": "" for at in range(20_000)}), "refused too_big"),
    "a part twice": (twice, "refused shape"),
    "packed another way": (other_packing, "refused shape"),
    "a wrong checksum": (broken_checksum, "refused shape"),
    # XML that is hostile.
    "a billion laughs": (doctype(laughs()), "refused not_this_kind"),
    "an outside entity": (
        doctype('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
        "refused not_this_kind",
    ),
    "an outside document type": (
        doctype('<!DOCTYPE x SYSTEM "http://localhost/x.dtd">'),
        "refused not_this_kind",
    ),
    "a document type in a part nobody reads": (
        part("docProps/app.xml", f"{laughs()}<x/>"),
        "refused not_this_kind",
    ),
    "a document type in UTF-16": (
        part("docProps/app.xml", f"{laughs()}<x/>".encode("utf-16")),
        "refused not_this_kind",
    ),
    "an entity nobody defined": (cell(text("A3", "&nothing;")), "refused shape"),
    "XML that is cut": (part(SHEET, "<worksheet><sheetData><row r='1'>"), "refused shape"),
    "a sheet that is no XML": (part(SHEET, "Month,Seen"), "refused shape"),
    "an encoding nobody knows": (
        part(SHEET, "<?xml version='1.0' encoding='x-none'?><worksheet/>"),
        "refused shape",
    ),
    "no sheet": (part(SHEET, None), "refused shape"),
    "no workbook": (part("xl/workbook.xml", None), "refused shape"),
    "no links": (part("xl/_rels/workbook.xml.rels", None), "refused shape"),
    "no links of the package": (part("_rels/.rels", None), "refused shape"),
    "links out of the package": (
        part("xl/_rels/workbook.xml.rels", links({"r1": ("worksheet", "../../../../etc/passwd")})),
        "refused shape",
    ),
    "no styles": (part("xl/styles.xml", None), "choose columns"),
    "styles that are not there": (
        cell(number("A3", 45474, 99), number("B3", 9), number("C3", 12)),
        "refused shape",
    ),
    "shared text without its table": (cell('<c r="A3" t="s"><v>7</v></c>'), "refused shape"),
    "shared text before the table": (
        sheet(HEADINGS, GOOD, row(3, '<c r="A3" t="s"><v>-1</v></c>'), strings="<si><t>x</t></si>"),
        "refused shape",
    ),
    "many short shared texts": (
        sheet(HEADINGS, GOOD, strings="<si/>" * 3_000_000),
        "refused too_big",
    ),
    "one long text used often": (
        sheet(
            HEADINGS,
            *(row(at, f'<c r="C{at}" t="s"><v>0</v></c>') for at in range(2, 20_000)),
            strings=f"<si><t>{'x' * 4_900}</t></si>",
        ),
        "refused too_big 1713",
    ),
    "millions of empty elements": (
        part(SHEET, f"<worksheet>{'<a/>' * 4_900_000}</worksheet>"),
        "refused too_big",
    ),
    "elements inside elements": (part(SHEET, "<a>" * 2_000_000), "refused too_big"),
    "an element with many attributes": (
        part(SHEET, "<worksheet " + "".join(f"a{n}='' " for n in range(1_000_000)) + "/>"),
        "refused too_big",
    ),
    "a sheet named five thousand times": (many_sheets_of_one_part, "refused shape"),
    "a very long text": (cell(text("A3", "x" * 15_000_000)), "refused too_big"),
    # Cells of workbooks.
    "a styled cell far below": (
        sheet(HEADINGS, GOOD, row(200_000, '<c r="D200000" s="2"/>')),
        "ready 1",
    ),
    "a million styled cells": (
        sheet(HEADINGS, GOOD, *(row(at, "<c/>") for at in range(3, 500_003))),
        "ready 1",
    ),
    "a filled cell far below": (
        sheet(HEADINGS, GOOD, row(1_048_576, text("A1048576", "x"))),
        "refused too_big 100002",
    ),
    "a row that is not there": (
        sheet(HEADINGS, GOOD, row(99_999_999_999, "<c/>")),
        "refused shape",
    ),
    "a row with a number nobody can read": (
        sheet(HEADINGS, f'<row r="{"9" * 5_000}"/>'),
        "refused shape",
    ),
    "rows out of order": (sheet(HEADINGS, row(1, "<c/>")), "refused shape"),
    "cells out of order": (cell(number("B3", 9), number("A3", 45474)), "refused shape"),
    "a cell of another row": (cell(number("A7", 45474)), "refused shape"),
    "a cell far to the right": (cell(text("XFD3", "x")), "refused too_big"),
    "a column that is not there": (cell(text("ZZZ3", "x")), "refused shape"),
    "merged figures": (
        sheet(HEADINGS, GOOD, tail='<mergeCells><mergeCell ref="A2:A3"/></mergeCells>'),
        "refused shape A2",
    ),
    "a merge that is none": (
        sheet(HEADINGS, GOOD, tail='<mergeCells><mergeCell ref="A:A"/></mergeCells>'),
        "refused shape",
    ),
    "a formula in a workbook": (
        cell(number("A3", 45474, MONTH), '<c r="B3"><f>1+1</f><v>2</v></c>', number("C3", 12)),
        "fix B3",
    ),
    "an Excel error": (
        cell(number("A3", 45474, MONTH), '<c r="B3" t="e"><v>#N/A</v></c>', number("C3", 12)),
        "fix B3",
    ),
    "TRUE": (
        cell(number("A3", 45474, MONTH), '<c r="B3" t="b"><v>1</v></c>', number("C3", 12)),
        "fix B3",
    ),
    "infinity in a workbook": (
        cell(number("A3", 45474, MONTH), number("B3", "INF"), number("C3", 12)),
        "fix B3",
    ),
    "a number out of reach": (
        cell(number("A3", 45474, MONTH), number("B3", "1E300"), number("C3", 12)),
        "fix B3",
    ),
    "a date before dates": (
        cell(number("A3", -5, MONTH), number("B3", 9), number("C3", 12)),
        "fix A3",
    ),
    "29 February 1900": (
        cell(number("A3", 60, MONTH), number("B3", 9), number("C3", 12)),
        "fix A3",
    ),
    "a date after dates": (
        cell(number("A3", "1E15", MONTH), number("B3", 9), number("C3", 12)),
        "fix A3",
    ),
    "a date that is a number": (
        cell(number("A3", 45474), number("B3", 9), number("C3", 12)),
        "fix A3",
    ),
    "a share where a count belongs": (
        cell(number("A3", 45474, MONTH), number("B3", 0.75, SHARE), number("C3", 12)),
        "fix B3",
    ),
    "a chart sheet alone": (
        part("xl/_rels/workbook.xml.rels", links({"r1": ("chartsheet", "chartsheets/sheet1.xml")})),
        "refused shape",
    ),
}


def peak_megabytes() -> float:
    """The most memory this program has held; `getrusage` would count what its parent held too."""
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (each for each in status.read_text().splitlines() if each.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(folder: Path) -> None:
    """Read every file of the folder, and print what became of each and what it took."""
    found = {}
    for path in sorted(folder.iterdir()):
        data = path.read_bytes()
        began = time.process_time()
        found[path.name] = (outcome(data), time.process_time() - began)
    sys.stdout.write(json.dumps({"files": found, "megabytes": peak_megabytes()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
