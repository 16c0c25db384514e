"""A table of adoption as a CSV file, noted in the history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask import Response

from tracker.downloads import CSV, Sheet, attachment, csv_text, noted


def csv_file(
    title: str, headings: Sequence[str], rows: Iterable[Sequence[str]], *, programme: str
) -> Response:
    """The rows as a file named after the title."""
    answer = attachment(csv_text(Sheet(title, headings, rows)), CSV, title, "csv")
    return noted(answer, {"programme": programme, "table": title, "as": "csv"})
