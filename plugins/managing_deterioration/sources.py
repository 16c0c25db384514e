"""Where the content comes from. Codes are those of the programme's content file."""

from __future__ import annotations

from dataclasses import replace

from tracker.plugin_api import Source
from tracker.plugin_api.common import DESIGN, OVERVIEW, PROGRESS_REPORT, public_page

OVERVIEW_AND_REPORT = replace(
    PROGRESS_REPORT,
    code="S004, S002",
    title=f"{OVERVIEW.title}, and {PROGRESS_REPORT.title}",
)
APPENDIX_A = replace(PROGRESS_REPORT, title=f"{PROGRESS_REPORT.title}, appendix A")
PHASE_1_LETTER = public_page(
    "Martha's Rule phase 1, letter inviting expressions of interest", "www.england.nhs.uk"
)
MARTHAS_RULE = public_page("Martha's Rule programme pages", "www.england.nhs.uk")
DATA_COLLECTION = public_page("Martha's Rule data collection", "www.england.nhs.uk")
EAST = public_page("Health Innovation East, managing deterioration", "healthinnovationeast.co.uk")
WEST = public_page("Health Innovation West of England, Martha's Rule", "healthinnowest.net")
EAST_LANCASHIRE = public_page("East Lancashire Hospitals, Call for Concern", "elht.nhs.uk")
LONDONER = public_page("South West Londoner, quoting NHS England", "swlondoner.co.uk")


def overview(note: str) -> Source:
    """The overview page, with what in the definition is not from there."""
    return replace(OVERVIEW, code="S004, DES", note=note)


def designed(note: str) -> Source:
    """A choice of this product, with what it follows."""
    return replace(DESIGN, note=note)
