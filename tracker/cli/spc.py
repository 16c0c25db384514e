"""`tracker spc`: analyse a series from a JSON document, without database, settings or web app."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

REFUSED = 2
"""Exit code of a single document that cannot be analysed."""


@click.command("spc")
@click.argument("file")
def spc(file: str) -> None:
    """Analyse the series in FILE, a JSON document with chart, args and input.

    Prints a document with points and chart. One that cannot be analysed gives {"error": "..."}
    and exit code 2.

    With - for FILE, reads one document a line and writes one a line. A line that cannot be
    analysed gives its error document and the next is read; the exit code is 0. Empty lines are
    passed over.
    """
    from tracker.spc.documents import answer_text

    if file == "-":
        _answer_lines(sys.stdin.buffer)
        return
    try:
        text = Path(file).read_bytes()
    except OSError as fault:
        _write({"error": f"The file cannot be read: {fault.strerror}."})
        sys.exit(REFUSED)
    document, accepted = answer_text(text)
    _write(document)
    if not accepted:
        sys.exit(REFUSED)


def _answer_lines(lines: Iterable[bytes]) -> None:
    from tracker.spc.documents import answer_text

    for line in lines:
        if line.strip():
            document, _ = answer_text(line)
            _write(document)


def _write(document: dict[str, object]) -> None:
    click.echo(json.dumps(document, allow_nan=False))
