"""Where the content comes from. Codes are those of the programme's content file."""

from __future__ import annotations

from dataclasses import replace

from tracker.plugin_api import Source
from tracker.plugin_api.common import DESIGN, OVERVIEW, PROGRESS_REPORT, UNSOURCED, public_page

__all__ = ["DESIGN", "OVERVIEW", "UNSOURCED"]

REPORT = PROGRESS_REPORT
REPORT_AND_OVERVIEW = replace(
    REPORT,
    code="S002, S004",
    title=f"{REPORT.title}, and the programmes overview page of NHS England",
)
METHODS = public_page("Morgan Human Systems, on learning responses", "morganhumansystems.co.uk")
INVESTIGATION = public_page(
    "Conventus Law, on patient safety incident investigations", "conventuslaw.com"
)
STANDARDS = public_page("Patient safety incident response standards, version 1.2", "england.nhs.uk")
GUIDE = public_page("PSIRF preparation guide of NHS England", "england.nhs.uk")


def noted(source: Source, note: str) -> Source:
    """The same source, with what in the definition does not come from it."""
    return replace(source, note=note)
