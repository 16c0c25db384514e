"""Where the content comes from. Codes are those of the programme's content file."""

from __future__ import annotations

from dataclasses import replace

from tracker.plugin_api import Source
from tracker.plugin_api.common import DESIGN, OVERVIEW, UNSOURCED, public_page

BGS = public_page("British Geriatrics Society, poster on anticholinergic burden", "bgs.org.uk")
SPS = public_page("Specialist Pharmacy Service, webinars", "sps.nhs.uk")
OVERVIEW_AND_GENERAL = replace(
    UNSOURCED,
    code="S004, PK:unsourced",
    title=f"{OVERVIEW.title}; general knowledge, no page read",
)


def designed(note: str) -> Source:
    """A choice of this product, with what it follows."""
    return replace(DESIGN, note=note)
