"""Who to bring in, and what the abbreviations mean."""

from __future__ import annotations

from tracker.plugin_api import GlossaryTerm, StakeholderRole, StakeholderSuggestion
from tracker.plugin_api.common import OVERVIEW, PROGRESS_REPORT, UNSOURCED

from .sources import CONSULTATION, CONSULTATION_AND_OVERVIEW

P = "medicines_safety_assurance"

STAKEHOLDERS = tuple(
    StakeholderSuggestion(
        key=key, programme=P, title=title, group=group, role=role, source=CONSULTATION_AND_OVERVIEW
    )
    for key, title, group, role in (
        ("local_councils", "Local councils", "System", None),
        ("nhs_organisations", "NHS organisations in the system", "System", StakeholderRole.MEMBER),
        ("system_leaders", "System leaders", "System", StakeholderRole.SPONSOR),
        ("commissioners", "Commissioners", "System", None),
        ("chief_pharmacists", "Chief pharmacists", "Provider", StakeholderRole.LEAD),
        ("msos", "Medication Safety Officers", "Provider", StakeholderRole.MEMBER),
        ("patients", "Patients", "People", StakeholderRole.LIVED_EXPERIENCE),
        ("national_team", "National programme team", "National", StakeholderRole.INFORMED),
    )
)

TERMS = tuple(
    GlossaryTerm(
        key=key,
        programme=P,
        title=title,
        expansion=expansion,
        source=source,
        provisional=source is UNSOURCED,
    )
    for key, title, expansion, source in (
        ("stp", "STP", "Sustainability and transformation partnership", CONSULTATION),
        ("ics", "ICS", "Integrated Care System", PROGRESS_REPORT),
        ("icb", "ICB", "Integrated Care Board", PROGRESS_REPORT),
        ("mso", "MSO", "Medication Safety Officer", OVERVIEW),
        ("medsip", "MedSIP", "Medicines Safety Improvement Programme", PROGRESS_REPORT),
        ("who", "WHO", "World Health Organization", CONSULTATION),
        ("lfpse", "LFPSE", "Learn from patient safety events", UNSOURCED),
        ("epma", "ePMA", "Electronic prescribing and medicines administration", UNSOURCED),
    )
)
