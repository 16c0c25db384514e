"""Where the content comes from. Codes are those of the programme's content file."""

from __future__ import annotations

from dataclasses import replace

from tracker.plugin_api import Basis, Source
from tracker.plugin_api.common import DESIGN, OVERVIEW, PROGRESS_REPORT, UNSOURCED, public_page

__all__ = ["DESIGN", "OVERVIEW", "UNSOURCED"]

REPORT = PROGRESS_REPORT
REPORT_AND_OVERVIEW = replace(
    REPORT,
    code="S002, S004",
    title=f"{REPORT.title}, and the programmes overview page of NHS England",
)
DERIVED = replace(
    REPORT, code="S002, D", basis=Basis.DERIVED, note="Worked out from figures of the report."
)
OPEN = "To be confirmed by a domain owner."
BUNDLE = public_page(
    "Table of a published perinatal bundle, BMJ Open Quality", "bmjopenquality.bmj.com", OPEN
)
NORTH_EAST = public_page(
    "Health Innovation North East and North Cumbria, impact",
    "impact.healthinnovationnenc.org.uk",
    OPEN,
)
PRECEPT = public_page("NHS England, page on PReCePT", "england.nhs.uk", OPEN)
TOOLKIT = public_page(
    "Contents of the PReCePT toolkit, as described on Medscape", "medscape.co.uk", OPEN
)
EAST = public_page("Health Innovation East", "healthinnovationeast.co.uk", OPEN)
TRIGGER = public_page("BMJ Medicine, e000748", "bmjmedicine.bmj.com", OPEN)
PRESS = public_page("Public press; which paper is not written down", note=OPEN)
ONE_PSC = public_page("Page of one Patient Safety Collaborative; not written down which", note=OPEN)


def noted(source: Source, note: str) -> Source:
    """The same source, with what in the definition does not come from it."""
    return replace(source, note=note)
