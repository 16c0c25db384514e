"""Where the content comes from. Codes are those of the programme's content file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tracker.plugin_api import Source
from tracker.plugin_api.common import DESIGN, OVERVIEW, PROGRESS_REPORT, UNSOURCED, public_page

__all__ = ["DESIGN", "OVERVIEW", "PROGRESS_REPORT", "UNSOURCED"]

P = "time_critical_meds"
"""Key of the programme."""

START = date(2025, 7, 8)
"""First day of the first collaborative."""

INVITATION = Source(
    code="S000",
    title="Invitation to the first Safer Use of Time Critical Medicines Quality Improvement "
    "Collaborative, NHS Specialist Pharmacy Service",
)
PARKINSONS_ON_TIME = ("Parkinson's UK, pages on time critical medication", "parkinsons.org.uk")
PARKINSONS_GET_INVOLVED = (
    "Parkinson's UK, pages on getting involved",
    "parkinsons.org.uk/get-involved",
)
PARKINSONS_CAMPAIGN = ("Parkinson's UK, campaign pages", "campaign.parkinsons.org.uk")
PARKINSONS_UNIT = (
    "Article on a specialist Parkinson's unit, PubMed Central PMC4228081",
    "ncbi.nlm.nih.gov/pmc/articles/PMC4228081",
)
CLINICAL_PHARMACY = (
    "UK Clinical Pharmacy Association, page on emergency departments",
    "ukclinicalpharmacy.org",
)
PHARMACEUTICAL_JOURNAL = (
    'The Pharmaceutical Journal, "Every minute counts"',
    "pharmaceutical-journal.com",
)
EPRESCRIBING_TOOLKIT = ("ePrescribing Toolkit", "eprescribingtoolkit.com")
SPS_ARTICLE = (
    "NHS Specialist Pharmacy Service, article on improving safe use of time critical medicines",
    "sps.nhs.uk",
)
HSSIB = ("Health Services Safety Investigations Body, report on emergency departments", "")
PATIENT_SAFETY_LEARNING = (
    "Patient Safety Learning hub, Parkinson's kit for stays away from home",
    "pslhub.org",
)


def public(page: tuple[str, str], note: str = "", *, also: str = "") -> Source:
    """A public page; `also` are codes of what the statement rests on besides."""
    source = public_page(*page, note=note)
    return replace(source, code=f"{source.code}, {also}") if also else source
