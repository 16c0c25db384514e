"""Workbooks for tests, written part by part: as programs write them, and as they should not."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MONTH, SHARE = 1, 2
"""Styles of cells: a date shown as a month, a percentage."""


def xlsx(rows: Sequence[Sequence[Any]], *more: Sequence[Sequence[Any]]) -> bytes:
    """A workbook as XlsxWriter makes it: dates as months, everything else as it is given."""
    import xlsxwriter

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        month = book.add_format({"num_format": "mmm-yy"})
        for each in (rows, *more):
            sheet = book.add_worksheet()
            for at, row in enumerate(each):
                for column, value in enumerate(row):
                    if isinstance(value, datetime | date):
                        sheet.write_datetime(at, column, value, month)
                    elif value is not None:
                        sheet.write(at, column, value)
    return file.getvalue()


def parts(
    sheet: str, *, strings: str = "", styles: str | None = None, book: str = "", tail: str = ""
) -> dict[str, str]:
    """The parts of a workbook of one sheet; `sheet` is what stands in `<sheetData>`."""
    found = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": links({"r1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">{book}<sheets>'
        '<sheet name="Figures" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": links(
            {
                "r1": ("worksheet", "worksheets/sheet1.xml"),
                "r2": ("sharedStrings", "sharedStrings.xml"),
                "r3": ("styles", "styles.xml"),
            }
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{sheet}</sheetData>'
        f"{tail}</worksheet>",
        "xl/styles.xml": STYLES if styles is None else styles,
    }
    if strings:
        found["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{strings}</sst>'
    return found


STYLES = (
    f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="17"/><xf numFmtId="9"/>'
    "</cellXfs></styleSheet>"
)


def links(to: Mapping[str, tuple[str, str]]) -> str:
    """A part that points at others."""
    each = "".join(
        f'<Relationship Id="{name}" Type="{LINKS}/{kind}" Target="{target}"/>'
        for name, (kind, target) in to.items()
    )
    return f'<Relationships xmlns="{PACKAGE}">{each}</Relationships>'


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """The parts as a file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def text(reference: str, words: str) -> str:
    """A cell with its text in it."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{words}</t></is></c>'


def number(reference: str, value: object, style: int = 0) -> str:
    """A cell with a number."""
    return f'<c r="{reference}" s="{style}"><v>{value}</v></c>'


def row(at: int, *cells: str, attributes: str = "") -> str:
    """A row of cells."""
    return f'<row r="{at}"{attributes}>{"".join(cells)}</row>'


HEADINGS = row(1, text("A1", "Month"), text("B1", "Seen"), text("C1", "All"))
GOOD = row(2, number("A2", 45444, MONTH), number("B2", 9), number("C2", 12))
"""Headings, and June 2024 with 9 of 12."""
