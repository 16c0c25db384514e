"""Files about patients are refused: a measure holds counts, never people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tracker.safe.numbers import PLAIN
from tracker.safe.text import Found, find_nhs_number, looks_like_person_column

from .table import Reason, Refused, Table, address

COUNTS_ONLY: Final = "QI Tracker holds counts, never patients: add the rows up for each period"
_ONE_PERSON: Final = frozenset({"0", "1", "0.0", "1.0", "y", "n", "yes", "no", "true", "false", ""})
_FEWEST: Final = 5


def refuse_people(table: Table, text: str, *, not_nhs_numbers: bool) -> None:
    """Raise `Refused` for a heading that names a person's details, or a cell with an NHS number.

    Every column counts, mapped or not. `text` is what the table was read from.
    """
    for header in table.headers:
        what = looks_like_person_column(header)
        if what:
            raise Refused(
                f"The column headed “{header}” looks like {what}. {COUNTS_ONLY}."
                " If it is something else, rename the heading",
                Reason.PERSON,
            )
    # No hit spans two cells, so a look at the whole text first spares a look at every cell.
    if not not_nhs_numbers and find_nhs_number(text):
        _refuse_nhs_numbers(table)


def one_row_per_person(amounts: Sequence[Sequence[str]], rows_sharing_a_period: int) -> bool:
    """True where nearly every cell is one person's yes or no and nearly every row shares a period.

    `amounts` are the cells of each number mapped: what is counted and, if given, out of how many.
    """
    count = len(amounts[0])
    if count < _FEWEST or rows_sharing_a_period < 0.8 * count:
        return False
    return all(
        sum(cell.strip().casefold() in _ONE_PERSON for cell in cells) >= 0.95 * count
        for cells in amounts
    )


def _refuse_nhs_numbers(table: Table) -> None:
    for row, number in zip(table.rows, table.numbers, strict=True):
        for place, cell in zip(table.places, row, strict=True):
            found = _hit(cell)
            if found:
                where = address(place, number)
                raise Refused(
                    f"Cell {where} looks like an NHS number ({found.masked}). {COUNTS_ONLY}",
                    Reason.NHS_NUMBER,
                    row=number,
                    address=where,
                )


def _hit(cell: str) -> Found | None:
    bare = cell.strip()
    if "." in bare and PLAIN.fullmatch(bare):
        # 123456.7890 is a measured amount: nobody writes an NHS number with one dot after six.
        return None
    return find_nhs_number(cell)
