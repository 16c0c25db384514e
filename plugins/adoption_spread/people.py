"""Who was in it, and what the abbreviations mean."""

from __future__ import annotations

from dataclasses import replace

from tracker.plugin_api import GlossaryTerm, StakeholderRole, StakeholderSuggestion
from tracker.plugin_api.common import (
    DESIGN,
    LAUNCH,
    OVERVIEW,
    PROGRESS_REPORT,
    UNSOURCED,
)

from .sources import AUDITS, NETWORK_CASE, RCP_JOURNALS

P = "adoption_spread"

STAKEHOLDERS = tuple(
    StakeholderSuggestion(
        key=key, programme=P, title=title, group=bundles, role=role, source=source
    )
    for key, title, bundles, role, source in (
        (
            "respiratory_nurse",
            "Respiratory specialist nurse",
            "COPD and asthma",
            None,
            NETWORK_CASE,
        ),
        (
            "audit_facilitator",
            "Audit facilitator",
            "COPD and asthma",
            StakeholderRole.DATA,
            NETWORK_CASE,
        ),
        (
            "general_physician",
            "Physicians outside respiratory medicine, care of the elderly",
            "COPD",
            None,
            RCP_JOURNALS,
        ),
        (
            "ward_team",
            "Ward nurses and therapists",
            "All bundles",
            StakeholderRole.MEMBER,
            DESIGN,
        ),
        (
            "critical_care",
            "Critical care and outreach",
            "Tracheostomy and emergency laparotomy",
            None,
            DESIGN,
        ),
        (
            "surgeon_anaesthetist",
            "Surgeons, anaesthetists, theatre",
            "Emergency laparotomy",
            None,
            DESIGN,
        ),
        ("speech_therapy", "Speech and language therapy", "Tracheostomy", None, DESIGN),
        (
            "patients_carers",
            "Patients and carers",
            "All bundles",
            StakeholderRole.LIVED_EXPERIENCE,
            replace(LAUNCH, note="A requirement of every collaborative."),
        ),
        (
            "national_audit",
            "National clinical audit team",
            "COPD, asthma and emergency laparotomy",
            StakeholderRole.DATA,
            AUDITS,
        ),
        (
            "psc",
            "Patient Safety Collaborative",
            "All bundles",
            StakeholderRole.ADVISER,
            OVERVIEW,
        ),
    )
)

TERMS = tuple(
    GlossaryTerm(
        key=key,
        programme=P,
        title=title,
        expansion=expansion,
        meaning=meaning,
        source=source,
        provisional="unsourced" in source.code,
    )
    for key, title, expansion, meaning, source in (
        (
            "acs",
            "ACS",
            "Appropriate Care Score",
            "The share of people who got every element for which they were eligible: all or none.",
            replace(
                PROGRESS_REPORT,
                code="S002, PK:unsourced",
                note="The name is of its glossary; the meaning is general usage.",
            ),
        ),
        ("bts", "BTS", "British Thoracic Society", "", UNSOURCED),
        ("copd", "COPD", "Chronic obstructive pulmonary disease", "", OVERVIEW),
        ("psc", "PSC", "Patient Safety Collaborative", "", PROGRESS_REPORT),
    )
)
