"""Where the content comes from. Codes are those of the programme's content file."""

from __future__ import annotations

from dataclasses import replace

from tracker.plugin_api import Source
from tracker.plugin_api.common import DESIGN, OVERVIEW, public_page

OXFORD = public_page(
    "Health Innovation Oxford and Thames Valley, COPD and asthma bundles",
    "healthinnovationoxford.org",
)
COPD_BOX = public_page(
    "Royal College of Physicians journals, box of the COPD bundle; Respiratory Academy",
    "rcpjournals.org",
)
ASTHMA_PAGE = public_page(
    "Health Innovation Oxford and Thames Valley, asthma page; Independent Pharmacist",
    "healthinnovationoxford.org",
)
RCP_JOURNALS = public_page("Royal College of Physicians journals", "rcpjournals.org")
NETWORK_CASE = public_page(
    "The Health Innovation Network, case study", "thehealthinnovationnetwork.co.uk"
)
JAMA = public_page("JAMA Surgery 2019, abstract on emergency laparotomy")
MORTALITY = public_page(
    "PMC4312892, emergency laparotomy bundle", "pmc.ncbi.nlm.nih.gov/articles/PMC4312892"
)
AUDITS = replace(RCP_JOURNALS, title=f"{RCP_JOURNALS.title}; {JAMA.title}")


def overview(note: str) -> Source:
    """The overview page, with what in the definition is not from there."""
    return replace(OVERVIEW, code="S004, DES", note=note)


def designed(note: str) -> Source:
    """A choice of this product, with what it follows."""
    return replace(DESIGN, note=note)
