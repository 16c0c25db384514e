"""What somebody brought in, as it waits between choosing it and saving it: a draft of theirs.

A workbook waits as the tables that were read from it. No file is ever kept.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.drafts import services as drafts
from tracker.pages.fields import NOT_NHS_NUMBER
from tracker.safe.text import clean

from . import importing
from .importing import Refused, Source, Table
from .models import Measure

if TYPE_CHECKING:
    from tracker.auth.models import User


@dataclass(frozen=True, slots=True)
class Held:
    """The tables on their way in: one, or one for each sheet of a workbook."""

    tables: Sequence[Table]
    not_nhs_numbers: bool

    def sheet(self, number: int) -> int:
        """The same number, or 0 where there is no such sheet."""
        return number if number < len(self.tables) else 0


def text_key(measure: Measure) -> str:
    """Name of the draft that holds the text."""
    return f"{drafts.OWN}import-text/{measure.id}"


def choices_key(measure: Measure) -> str:
    """Name of the draft that says how to read it."""
    return f"import/{measure.id}"


def read(raw: bytes | str, *, not_nhs_numbers: bool) -> Sequence[Table]:
    """The tables in a file or a paste. Raises `Refused`."""
    if isinstance(raw, bytes):
        return importing.read_file(raw, not_nhs_numbers=not_nhs_numbers)
    return (importing.read_paste(raw, not_nhs_numbers=not_nhs_numbers),)


def keep(
    user: User,
    measure: Measure,
    raw: bytes | str,
    tables: Sequence[Table],
    *,
    not_nhs_numbers: bool,
) -> None:
    """Keep what was read in place of what waited before. Runs in a unit of work."""
    if isinstance(raw, str):
        text, kind = clean(raw), "paste"
    elif tables[0].source is Source.XLSX:
        text, kind = json.dumps([table.as_json() for table in tables]), "xlsx"
    else:
        is_wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
        text, kind = raw.decode("utf-16" if is_wide else "utf-8-sig"), "csv"
    body = {
        "text": [text],
        "kind": [kind],
        "sure": ["yes"] if not_nhs_numbers else [],
        # Its cells were searched one by one; a draft would mask digits across them.
        NOT_NHS_NUMBER: ["text"],
    }
    drafts.keep(user, text_key(measure), body)
    drafts.drop(user, choices_key(measure))


def held(user: User, measure: Measure) -> Held | None:
    """What waits, read anew by the rules of today; None when nothing does."""
    draft = drafts.find(user, text_key(measure))
    if draft is None:
        return None
    text, sure, kind = draft.body["text"][0], bool(draft.body["sure"]), draft.body["kind"][0]
    try:
        if kind == "xlsx":
            tables: Sequence[Table] = [Table.from_json(each) for each in json.loads(text)]
        else:
            tables = read(text.encode() if kind == "csv" else text, not_nhs_numbers=sure)
    except Refused:
        # It was readable when it was kept: the rules have become stricter since.
        return None
    return Held(tables, sure)


def forget(user: User, measure: Measure) -> None:
    """Drop what waited, and how it was to be read. Runs in a unit of work."""
    drafts.drop(user, text_key(measure))
    drafts.drop(user, choices_key(measure))
