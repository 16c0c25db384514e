"""From the bytes of a file to its tables: what kind it is, its content says and not its name."""

from __future__ import annotations

from .reading import ZIPPED, read_csv
from .table import LIMITS, Limits, Table
from .workbook import read_xlsx


def read_file(
    data: bytes, limits: Limits = LIMITS, *, not_nhs_numbers: bool = False
) -> tuple[Table, ...]:
    """The tables in a file: one in CSV, one for each sheet in an Excel workbook.

    Raises `Refused`, and nothing else, whatever the bytes.
    """
    if data.startswith(ZIPPED) and len(data) <= limits.size:
        return read_xlsx(data, limits, not_nhs_numbers=not_nhs_numbers)
    return (read_csv(data, limits, not_nhs_numbers=not_nhs_numbers),)
