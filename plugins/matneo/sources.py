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
BUNDLE = public_page(
    "Table of a published perinatal bundle, BMJ Open Quality", "bmjopenquality.bmj.com"
)
NORTH_EAST = public_page(
    "Health Innovation North East and North Cumbria, impact", "impact.healthinnovationnenc.org.uk"
)
PRECEPT = public_page("NHS England, page on PReCePT", "england.nhs.uk")
TOOLKIT = public_page("Contents of the PReCePT toolkit, as described on Medscape", "medscape.co.uk")
EAST = public_page("Health Innovation East", "healthinnovationeast.co.uk")
TRIGGER = public_page("BMJ Medicine, e000748", "bmjmedicine.bmj.com")
PRESS = public_page("Public press; which paper is not written down")
ONE_PSC = public_page("Page of one Patient Safety Collaborative; not written down which")


def noted(source: Source, note: str) -> Source:
    """The same source, with what in the definition does not come from it."""
    return replace(source, note=note)
