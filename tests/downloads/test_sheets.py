"""Tables on their way out: nothing runs, nothing is lost, and they come in again as they were."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tracker.downloads import Cell, Sheet, csv_text, workbook
from tracker.downloads.sheets import names
from tracker.measures.importing import Refused, read_file
from tracker.safe.cells import is_formula_like, unguard_cell

FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", " =1", "\ufeff=1", "＝1+1", "\t=1", "\r=1", "\n=1"]
TEXT = st.text(st.sampled_from("=+-@'\t ,;\"0ab＝\ufeff")) | st.text(st.characters(codec="utf-8"))


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize("text", FORMULAS)
def test_no_spreadsheet_runs_a_cell(text: str) -> None:
    sheet = Sheet("Notes", ("note", "more"), [[text, "x"]])
    (_, (note, _)) = cells(csv_text(sheet))
    assert note == f"'{text}"
    book = openpyxl.load_workbook(io.BytesIO(workbook([sheet])))
    assert book["Notes"]["A2"].data_type in ("s", "inlineStr")
    made = zipfile.ZipFile(io.BytesIO(workbook([sheet])))
    assert not any(b"<f>" in made.read(name) for name in made.namelist())


def test_numbers_are_numbers_and_dates_are_dates() -> None:
    row: list[Cell] = [
        date(2024, 6, 1),
        Decimal("-0.10"),
        0.25,
        Decimal("1234567890123456.7"),
        None,
        "-",
    ]
    sheet = Sheet("Figures", tuple("abcdef"), [row])
    assert cells(csv_text(sheet))[1] == [
        "2024-06-01",
        "-0.1",
        "0.25",
        "1234567890123456.7",
        "",
        "'-",
    ]
    (page,) = openpyxl.load_workbook(io.BytesIO(workbook([sheet]))).worksheets
    values: list[Any] = [cell.value for cell in page[2]]
    assert [values[0].date(), *values[1:]] == [
        *(date(2024, 6, 1), -0.1, 0.25, "1234567890123456.7", None, "-"),
    ]  # fmt: skip


def test_a_csv_file_begins_with_its_mark_and_ends_lines_as_windows_does() -> None:
    assert csv_text(Sheet("", ("a", "b"), [["x", "y"]])) == "\ufeffa,b\r\nx,y\r\n"


@settings(deadline=None)
@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=5))
def test_text_comes_in_again_as_it_went_out(rows: list[tuple[str, str]]) -> None:
    sheet = Sheet("", ("what", "note"), [[f"x{one}", two] for one, two in rows])
    try:
        (table,) = read_file(csv_text(sheet).encode())
    except Refused:
        # Control characters, and what looks like an NHS number, do not come in again.
        return
    came = [(unguard_cell(one), unguard_cell(two)) for one, two in table.rows]
    assert came == [(f"x{one}", two) for one, two in rows]
    assert not any(is_formula_like(cell) for row in table.rows for cell in row)


@settings(deadline=None)
@given(st.lists(TEXT, max_size=8))
@example(["00" + "\U00010000" * 15])
def test_any_titles_make_names_of_sheets(titles: list[str]) -> None:
    made = names(titles)
    assert len({name.casefold() for name in made}) == len(titles)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in made)
    workbook([Sheet(title, ("a",), []) for title in titles or ["x"]])


def test_control_characters_are_left_out_of_a_workbook() -> None:
    made = workbook([Sheet("Notes", ("a", "b"), [["x\x00\x0b\ufffey", "z"]])])
    assert openpyxl.load_workbook(io.BytesIO(made))["Notes"]["A2"].value is not None
