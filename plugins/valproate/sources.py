"""Where the content comes from. Codes are those of the programme's content file."""

from __future__ import annotations

from dataclasses import replace

from tracker.plugin_api import Source
from tracker.plugin_api.common import DESIGN, OVERVIEW, public_page

NCL = public_page(
    "The Pharmaceutical Journal, article on valproate in North Central London",
    "pharmaceutical-journal.com",
)
SEIZURE = public_page("Seizure, audit of the pregnancy prevention programme", "seizure-journal.com")
PRESCQIPP = public_page("PrescQIPP, valproate review in Sheffield", "prescqipp.info")


def overview(note: str) -> Source:
    """The overview page, with what in the definition is not from there."""
    return replace(OVERVIEW, code="S004, DES", note=note)


def designed(note: str) -> Source:
    """A choice of this product, with what it follows."""
    return replace(DESIGN, note=note)
