"""Who to bring in, and what the abbreviations mean."""

from __future__ import annotations

from dataclasses import replace

from tracker.plugin_api import GlossaryTerm, Level, StakeholderRole, StakeholderSuggestion
from tracker.plugin_api.common import DESIGN, OVERVIEW, PROGRESS_REPORT, UNSOURCED

from .sources import APPENDIX_A, PHASE_1_LETTER

P = "managing_deterioration"
MEDIUM, HIGH = Level.MEDIUM, Level.HIGH
MAP = "Influence and interest are starting values of this product."

STAKEHOLDERS = tuple(
    StakeholderSuggestion(
        key=key,
        programme=P,
        title=title,
        group=group,
        role=role,
        influence=influence,
        interest=interest,
        source=source if source is DESIGN else replace(source, note=MAP),
    )
    for key, title, group, role, influence, interest, source in (
        (
            "patient_family",
            "Patients, families, carers",
            "People",
            StakeholderRole.LIVED_EXPERIENCE,
            MEDIUM,
            HIGH,
            OVERVIEW,
        ),
        ("ward_staff", "Ward staff", "Provider", StakeholderRole.MEMBER, MEDIUM, HIGH, OVERVIEW),
        (
            "ccot",
            "Critical care outreach, adult or paediatric",
            "Provider",
            None,
            HIGH,
            HIGH,
            PHASE_1_LETTER,
        ),
        (
            "exec_sponsor",
            "Executive sponsor",
            "Provider",
            StakeholderRole.SPONSOR,
            HIGH,
            MEDIUM,
            DESIGN,
        ),
        ("pss", "Patient Safety Specialist", "Provider", None, HIGH, HIGH, OVERVIEW),
        (
            "psp",
            "Patient Safety Partner",
            "People",
            StakeholderRole.LIVED_EXPERIENCE,
            MEDIUM,
            HIGH,
            OVERVIEW,
        ),
        ("icb", "Integrated care board", "System", None, HIGH, MEDIUM, OVERVIEW),
        ("care_home", "Care home managers and staff", "Care home", None, MEDIUM, HIGH, OVERVIEW),
        ("gp", "General practice", "Primary care", None, MEDIUM, MEDIUM, APPENDIX_A),
        ("ambulance", "Ambulance trust", "Urgent care", None, MEDIUM, MEDIUM, OVERVIEW),
        (
            "psc",
            "Patient Safety Collaborative",
            "Support",
            StakeholderRole.ADVISER,
            MEDIUM,
            HIGH,
            OVERVIEW,
        ),
        (
            "national_team",
            "National team",
            "National",
            StakeholderRole.INFORMED,
            HIGH,
            HIGH,
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
        provisional=source is UNSOURCED,
    )
    for key, title, expansion, meaning, source in (
        (
            "mandetsip",
            "ManDetSIP",
            "Managing Deterioration Safety Improvement Programme",
            "",
            PROGRESS_REPORT,
        ),
        ("pier", "PIER", "Prevent, Identify, Escalate, Respond", "", OVERVIEW),
        (
            "marthas_rule",
            "Martha's Rule",
            "",
            (
                "Patients, families, carers and staff can call for a rapid review by a separate "
                "team at any hour."
            ),
            OVERVIEW,
        ),
        ("news2", "NEWS2", "National Early Warning Score 2", "", OVERVIEW),
        ("pews", "PEWS", "National Paediatric Early Warning System", "", OVERVIEW),
        ("mews", "MEWS", "Maternity Early Warning Score", "", PROGRESS_REPORT),
        ("newtt2", "NEWTT2", "Newborn Early Warning Trigger and Track 2", "", PROGRESS_REPORT),
        ("pcsp", "PCSP", "Personalised care and support planning", "", OVERVIEW),
        ("coh", "CO@h", "COVID Oximetry@home", "", PROGRESS_REPORT),
        ("cvw", "CVW", "COVID Virtual Wards", "", PROGRESS_REPORT),
        ("psc", "PSC", "Patient Safety Collaborative", "", PROGRESS_REPORT),
        ("pss", "PSS", "Patient Safety Specialist", "", PROGRESS_REPORT),
        ("psp", "PSP", "Patient Safety Partner", "", PROGRESS_REPORT),
        ("sbar", "SBAR", "Situation, Background, Assessment, Recommendation", "", UNSOURCED),
    )
)
