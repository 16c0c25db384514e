"""Where the content comes from. Codes are those of the programme's content file."""

from __future__ import annotations

from dataclasses import replace

from tracker.plugin_api import Basis, Source
from tracker.plugin_api.common import DESIGN, OVERVIEW, UNSOURCED, public_page
from tracker.plugin_api.common import PROGRESS_REPORT as REPORT

__all__ = ["DESIGN", "OVERVIEW", "REPORT", "UNSOURCED"]

P = "opioids"
"""Key of the programme."""

REPORT_AND_OVERVIEW = replace(
    REPORT,
    code="S002, S004",
    title=f"{REPORT.title}, and the programmes overview page of NHS England",
)
WEST_MIDLANDS = public_page(
    'Health Innovation West Midlands, "Reducing harm from opioids"',
    "healthinnovationwestmidlands.org",
)
MANCHESTER = public_page("Health Innovation Manchester", "healthinnovationmanchester.com")
UCLPARTNERS = public_page(
    "UCLPartners, national scoping of over 130 interventions", "uclpartners.com"
)
COMPARATORS = public_page("NHSBSA, opioid prescribing comparators", "nhsbsa.nhs.uk")
PHASES_BY_ANALOGY = Source(
    code="PK:unsourced",
    title="By analogy with the public whole systems approach to obesity",
    basis=Basis.UNSOURCED,
    note="The report names phase 6 and two groupings only. To be confirmed.",
)


def noted(source: Source, note: str, *, also: str = "") -> Source:
    """The source with what does not come from it; `also` are codes of what it rests on besides."""
    return replace(source, note=note, code=f"{source.code}, {also}" if also else source.code)


def case_study(number: str) -> Source:
    """One of the four case studies of the report."""
    return noted(REPORT, f"Case study {number}.")


def open_prescribing(measure: str, note: str = "") -> Source:
    """A measure of OpenPrescribing, by its id there."""
    return Source(
        code="OpenPrescribing",
        title=f"OpenPrescribing, measure {measure}",
        url=f"https://openprescribing.net/measure/{measure}/",
        licence="MIT; from NHSBSA prescribing data, Open Government Licence v3.0",
        note=note,
    )
