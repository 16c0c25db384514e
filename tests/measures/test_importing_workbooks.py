"""Excel workbooks: what a cell reads as, which sheet, and what a person is told of it."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from tracker.measures.importing import (
    Amount,
    MeasureFacts,
    Reason,
    Refused,
    Source,
    Status,
    Table,
    plan_import,
    read_file,
    suggest,
)

from .workbooks import (
    GOOD,
    HEADINGS,
    MONTH,
    SHARE,
    number,
    parts,
    row,
    text,
    xlsx,
    zipped,
)

TODAY = date(2025, 1, 15)
SHARES = MeasureFacts("monthly", True, is_share=True)
VALUES = MeasureFacts("monthly", False)


def only(data: bytes) -> Table:
    (table,) = read_file(data)
    return table


def sheet(*rows: str, tail: str = "", book: str = "") -> bytes:
    return zipped(parts("".join(rows), tail=tail, book=book))


def refusal(data: bytes) -> Refused:
    with pytest.raises(Refused) as refused:
        read_file(data)
    return refused.value


def test_a_workbook_is_read_like_the_csv_file_of_its_sheet() -> None:
    made = xlsx([["Month", "Seen", "All"], [date(2024, 6, 1), 9, 12], [date(2024, 7, 1), 8.5, 12]])
    table = only(made)
    assert table.source is Source.XLSX
    assert table.headers == ("Month", "Seen", "All")
    assert [list(row) for row in table.rows] == [
        ["2024-06-01", "9", "12"],
        ["2024-07-01", "8.5", "12"],
    ]
    preview = plan_import(table, suggest(table, SHARES), SHARES, {}, today=TODAY)
    assert [row.status for row in preview.rows] == [Status.NEW, Status.NEW]
    assert "Dates are read from cells that hold dates" in preview.reads


def test_openpyxl_and_xlsxwriter_write_the_same_table() -> None:
    rows: list[list[Any]] = [["Month", "Seen"], [datetime(2024, 6, 1), 0.1 + 0.2], ["x", "=A1"]]  # noqa: DTZ001
    book = openpyxl.Workbook()
    assert book.active is not None
    for each in rows:
        book.active.append(each)
    file = io.BytesIO()
    book.save(file)
    assert only(file.getvalue()).rows == only(xlsx(rows)).rows
    assert only(xlsx(rows)).rows[0] == ["2024-06-01", "0.3"]


def test_the_number_of_a_row_and_the_address_of_a_cell_are_the_sheets() -> None:
    table = only(xlsx([["Cord clamping"], [], ["Month", None, "Seen"], [], ["Jun-24", None, 9]]))
    assert table.headers == ("Month", "Seen")
    assert list(table.numbers) == [5]
    assert table.address(0, "Seen") == "C5"
    assert "Headings are in row 3; 1 row above left out" in table.notes


@pytest.mark.parametrize(
    ("cell", "reads"),
    [
        (number("B2", 0.75, SHARE), "75%"),
        (number("B2", 0.7512, SHARE), "75.12%"),
        (number("B2", "0.56999999999999995", SHARE), "57%"),
        (number("B2", "1E-3"), "0.001"),
        (number("B2", "0.30000000000000004"), "0.3"),
        (number("B2", "1_000"), "1_000"),
        (number("B2", "١٢"), "١٢"),
        (number("B2", "NaN"), "NaN"),
        (number("B2", "-1", MONTH), "-1"),
        (number("B2", 60, MONTH), "1900-02-29"),
        (number("B2", 1e12, MONTH), "1e+12"),
        (number("B2", 45351, MONTH), "2024-02-29"),
        (number("B2", 45351.75, MONTH), "2024-02-29"),
        ('<c r="B2" t="b"><v>1</v></c>', "TRUE"),
        ('<c r="B2" t="e"><v>#DIV/0!</v></c>', "#DIV/0!"),
        ('<c r="B2"><f>B3/C3</f><v>7</v></c>', "=B3/C3"),
        ('<c r="B2" t="str"><f>""</f><v></v></c>', '=""'),
        ('<c r="B2"><f t="shared" si="0"/><v>7</v></c>', "="),
        ('<c r="B2" t="d"><v>2024-06-01T00:00:00</v></c>', "2024-06-01T00:00:00"),
        ('<c r="B2" t="inlineStr"><is><r><t>9</t></r><r><t>5</t></r></is></c>', "95"),
        ('<c r="B2" t="inlineStr"><is><t>9</t><rPh><t>nine</t></rPh></is></c>', "9"),
        ("<c><v>7</v></c>", "7"),
    ],
)
def test_a_cell_reads_like_what_a_person_sees(cell: str, reads: str) -> None:
    assert only(sheet(HEADINGS, row(2, text("A2", "x"), cell))).rows[0][1] == reads


def test_a_percentage_is_the_number_a_person_sees_and_the_preview_says_so() -> None:
    heads = row(1, text("A1", "Month"), text("B1", "Share"))
    table = only(sheet(heads, row(2, number("A2", 45444, MONTH), number("B2", 0.75, SHARE))))
    preview = plan_import(table, suggest(table, VALUES), VALUES, {}, today=TODAY)
    assert preview.rows[0].value == 75
    assert "Share: a % sign left out of 1 cells" in preview.reads


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ('<c r="B2"><f>1+1</f><v>2</v></c>', "holds a formula"),
        ('<c r="B2" t="e"><v>#REF!</v></c>', "is a spreadsheet error"),
        ('<c r="B2" t="b"><v>1</v></c>', "“TRUE” is not a number"),
        (text("B2", "9,5"), "“9,5” is not a number"),
        (number("B2", 45444, MONTH), "“2024-06-01” is not a number"),
    ],
)
def test_what_is_no_number_is_refused_with_the_address_of_its_cell(cell: str, words: str) -> None:
    table = only(
        sheet(
            HEADINGS,
            row(2, number("A2", 45444, MONTH), cell, number("C2", 12)),
            row(3, number("A3", 45474, MONTH), number("B3", 9), number("C3", 12)),
        )
    )
    mapping = suggest(table, SHARES)
    mapping = replace(mapping, numerator=Amount(("Seen",)), denominator=Amount(("All",)))
    preview = plan_import(table, mapping, SHARES, {}, today=TODAY)
    (bad,) = preview.faulty
    assert bad.faults[0].address == "B2"
    assert words in bad.faults[0].message


def test_a_number_that_is_no_date_cell_is_no_date() -> None:
    table = only(
        sheet(HEADINGS, GOOD, row(3, number("A3", 45474), number("B3", 9), number("C3", 12)))
    )
    preview = plan_import(table, suggest(table, SHARES), SHARES, {}, today=TODAY)
    assert [fault.address for row in preview.faulty for fault in row.faults] == ["A3"]


def test_a_book_that_counts_from_1904_has_its_own_days() -> None:
    table = only(sheet(HEADINGS, GOOD, book='<workbookPr date1904="1"/>'))
    assert table.rows[0][0] == "2028-06-02"


def test_merged_cells_among_the_figures_are_refused_and_a_merged_title_is_not() -> None:
    def merged(reference: str) -> str:
        return f'<mergeCells count="1"><mergeCell ref="{reference}"/></mergeCells>'

    title = row(1, text("A1", "Cord clamping"))
    heads = row(2, text("A2", "Month"), text("B2", "Seen"))
    figures = row(3, text("A3", "Jun-24"), number("B3", 9))
    found = refusal(sheet(title, heads, figures, row(4, number("B4", 1)), tail=merged("A3:A4")))
    assert (found.address, found.row) == ("A3", 3)
    assert "A3 to A4 are merged" in found.message
    assert len(only(sheet(title, heads, figures, tail=merged("A1:F1"))).rows) == 1


def test_a_styled_cell_far_below_costs_nothing_and_a_filled_one_is_too_far() -> None:
    far = '<c r="D200000" s="2"/>'
    assert len(only(sheet(HEADINGS, GOOD, row(200_000, far))).rows) == 1
    found = refusal(sheet(HEADINGS, GOOD, row(200_000, text("A200000", "x"))))
    assert found.reason is Reason.TOO_BIG


def test_a_hidden_row_column_or_sheet_is_read_and_said() -> None:
    hidden = row(3, text("A3", "Jul-24"), number("B3", 9), attributes=' hidden="1"')
    made = parts(HEADINGS + row(2, text("A2", "Jun-24"), number("B2", 9)) + hidden)
    made["xl/workbook.xml"] = made["xl/workbook.xml"].replace("<sheet ", '<sheet state="hidden" ')
    at = "xl/worksheets/sheet1.xml"
    made[at] = made[at].replace(
        "<sheetData>", '<cols><col min="2" max="2" hidden="1"/></cols><sheetData>'
    )
    notes = only(zipped(made)).notes
    assert "1 row hidden in the workbook, read like the others" in notes
    assert "Seen: a column hidden in the workbook" in notes
    assert "This sheet is hidden in the workbook" in notes


def test_every_sheet_with_figures_is_offered_and_the_others_are_passed_over() -> None:
    good: list[list[Any]] = [["Month", "Seen"], ["Jun-24", 9]]
    tables = read_file(xlsx(good, [], [["Notes"]], [["Month", "All"], ["Jun-24", 12]]))
    assert [(table.sheet, table.headers[1]) for table in tables] == [
        ("Sheet1", "Seen"),
        ("Sheet4", "All"),
    ]
    assert "Sheet “Sheet1”:" in refusal(xlsx([["Notes"]], [])).message


def test_patients_on_any_sheet_refuse_the_workbook() -> None:
    good: list[list[Any]] = [["Month", "Seen"], ["Jun-24", 9]]
    found = refusal(xlsx(good, [["Month", "NHS number"], ["Jun-24", "x"]]))
    assert found.reason is Reason.PERSON
    found = refusal(xlsx(good, [["Month", "Seen"], ["Jun-24", "943 476 5919"]]))
    assert (found.reason, found.address) == (Reason.NHS_NUMBER, "B2")


def test_names_of_elements_may_carry_a_prefix() -> None:
    made = parts(HEADINGS + GOOD)
    at = "xl/worksheets/sheet1.xml"
    prefixed = made[at].replace("</", "\0").replace("<", "<x:").replace("\0", "</x:")
    made[at] = prefixed.replace("xmlns=", "xmlns:x=")
    assert only(zipped(made)).rows == [["2024-06-01", "9", "12"]]


def test_a_column_without_a_heading_is_named_with_its_row() -> None:
    found = refusal(xlsx([["Month", "Seen"], ["Jun-24", 9], ["Jul-24", 9, "see note"]]))
    assert (found.address, found.row) == ("C3", 3)
    assert "Column C has no heading" in found.message


def test_a_table_waits_as_it_was_read() -> None:
    table = only(xlsx([["Title"], ["Month", None, "Seen"], ["Jun-24", None, 9]]))
    again = Table.from_json(json.loads(json.dumps(table.as_json())))
    assert again == table
