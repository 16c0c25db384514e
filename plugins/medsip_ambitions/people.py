"""Who to bring in by workstream, and what the abbreviations mean."""

from __future__ import annotations

from tracker.plugin_api import GlossaryTerm, StakeholderRole, StakeholderSuggestion
from tracker.plugin_api.common import DESIGN, OVERVIEW, PROGRESS_REPORT, UNSOURCED

from .sources import BGS

P = "medsip_ambitions"
ALL = "All workstreams"

STAKEHOLDERS = tuple(
    StakeholderSuggestion(
        key=key, programme=P, title=title, group=workstreams, role=role, source=source
    )
    for key, title, workstreams, role, source in (
        ("mso", "Medication Safety Officers and their network", ALL, None, OVERVIEW),
        ("sps", "Specialist Pharmacy Service", ALL, None, OVERVIEW),
        ("icb_pharmacy", "ICB pharmacy and medicines team", ALL, None, DESIGN),
        (
            "gp_pcn",
            "Practices, PCN pharmacists",
            "All but Medication Safety Officers",
            None,
            DESIGN,
        ),
        (
            "stomp_stamp_campaign",
            "Partners of the STOMP and STAMP campaigns",
            "Learning disability",
            None,
            OVERVIEW,
        ),
        (
            "ld_team_family",
            "Learning disability team, person, family",
            "Learning disability",
            StakeholderRole.LIVED_EXPERIENCE,
            DESIGN,
        ),
        (
            "falls_group",
            "National Falls Prevention Coordination Group",
            "Frailty, falls and fractures",
            None,
            OVERVIEW,
        ),
        (
            "falls_service",
            "Local falls service and pharmacist",
            "Frailty, falls and fractures",
            None,
            BGS,
        ),
        ("anticoag_clinic", "Anticoagulation clinic", "Safer anticoagulants", None, DESIGN),
        ("renal_lab", "Renal team and laboratory", "Kidney injury", None, DESIGN),
        ("psc", "Patient Safety Collaborative", ALL, StakeholderRole.ADVISER, OVERVIEW),
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
        ("medsip", "MedSIP", "Medicines Safety Improvement Programme", PROGRESS_REPORT),
        ("mso", "MSO", "Medication Safety Officer", OVERVIEW),
        ("sps", "SPS", "Specialist Pharmacy Service", OVERVIEW),
        ("aki", "AKI", "Acute kidney injury", OVERVIEW),
        ("nsaid", "NSAID", "Non-steroidal anti-inflammatory drug", UNSOURCED),
        (
            "stomp",
            "STOMP",
            "Stopping over medication of people with a learning disability and autistic people",
            UNSOURCED,
        ),
        (
            "stamp",
            "STAMP",
            "Supporting treatment and appropriate medication in paediatrics",
            UNSOURCED,
        ),
    )
)
