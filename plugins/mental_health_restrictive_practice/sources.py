"""Where the content comes from. Codes are those of the programme's content file."""

from __future__ import annotations

from dataclasses import replace

from tracker.plugin_api.common import OVERVIEW, PROGRESS_REPORT, public_page

REPORT_AND_OVERVIEW = replace(
    PROGRESS_REPORT,
    code="S002, S004",
    title=f"{PROGRESS_REPORT.title}, and {OVERVIEW.title}",
)
RCPSYCH = public_page(
    "Royal College of Psychiatrists, Reducing Restrictive Practice Collaborative", "rcpsych.ac.uk"
)
NWC = public_page(
    "Health Innovation North West Coast, restrictive practice", "healthinnovationnwc.nhs.uk"
)
