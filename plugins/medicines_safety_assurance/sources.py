"""Where the content comes from. Codes are those of the programme's content file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tracker.plugin_api import Source
from tracker.plugin_api.common import OVERVIEW, public_page

CONSULTATION = Source(
    code="S001",
    title="Medicines Safety Assurance Model, consultation of NHS Improvement",
    published=date(2019, 4, 3),
)
CONSULTATION_AND_OVERVIEW = replace(
    CONSULTATION, code="S001, S004", title=f"{CONSULTATION.title}, and {OVERVIEW.title}"
)
PROGRAMME_PAGE = public_page(
    "NHS Improvement, national medicines safety programme", "improvement.nhs.uk"
)


def consultation(note: str) -> Source:
    """The consultation, with what in the definition is not from there."""
    return replace(CONSULTATION, code="S001, DES", note=note)
