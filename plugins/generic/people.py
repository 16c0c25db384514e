"""Who most projects need, and the words that all of them meet."""

from __future__ import annotations

from dataclasses import replace

from tracker.plugin_api import GlossaryTerm, Level, StakeholderRole, StakeholderSuggestion
from tracker.plugin_api.common import DESIGN, PROGRESS_REPORT, UNSOURCED

P = "generic"
MEDIUM, HIGH = Level.MEDIUM, Level.HIGH
NAMED = replace(
    PROGRESS_REPORT,
    code="S002, PK:unsourced",
    note="The name is of its glossary; the meaning is general usage.",
)

STAKEHOLDERS = tuple(
    StakeholderSuggestion(
        key=key,
        programme=P,
        title=title,
        group=group,
        role=role,
        influence=influence,
        interest=interest,
        note=note,
        source=DESIGN,
    )
    for key, title, group, role, influence, interest, note in (
        (
            "sponsor",
            "Executive sponsor",
            "Provider",
            StakeholderRole.SPONSOR,
            HIGH,
            MEDIUM,
            "Removes what stands in the way",
        ),
        (
            "lead",
            "Project lead",
            "Provider",
            StakeholderRole.LEAD,
            HIGH,
            HIGH,
            "Has time set aside for the work",
        ),
        (
            "clinical_lead",
            "Clinical lead",
            "Provider",
            StakeholderRole.MEMBER,
            HIGH,
            HIGH,
            "Visibly leads the change",
        ),
        (
            "front_line",
            "Staff who will do it the new way",
            "Provider",
            StakeholderRole.MEMBER,
            MEDIUM,
            HIGH,
            "Of each shift and each profession",
        ),
        (
            "data_analyst",
            "Data analyst",
            "Provider",
            StakeholderRole.DATA,
            MEDIUM,
            MEDIUM,
            "Knows what the record holds, and how late it comes",
        ),
        (
            "qi_coach",
            "QI coach",
            "Support",
            StakeholderRole.QI,
            MEDIUM,
            HIGH,
            "Reviews the work between workshops",
        ),
        (
            "lived_experience",
            "People with lived experience, carers",
            "People",
            StakeholderRole.LIVED_EXPERIENCE,
            MEDIUM,
            HIGH,
            "Of the groups with the worst outcome here",
        ),
        (
            "safety_specialist",
            "Patient Safety Specialist",
            "Provider",
            StakeholderRole.ADVISER,
            MEDIUM,
            HIGH,
            "",
        ),
        (
            "psc",
            "Patient Safety Collaborative",
            "Support",
            StakeholderRole.ADVISER,
            MEDIUM,
            MEDIUM,
            "Knows who has done it elsewhere",
        ),
        (
            "next_site",
            "Where it could spread next",
            "System",
            StakeholderRole.INFORMED,
            MEDIUM,
            MEDIUM,
            "Hears early, and is not handed it at the end",
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
            NAMED,
        ),
        (
            "cqs",
            "CQS",
            "Composite Quality Score",
            "The share of all opportunities of care that were met, summed over people.",
            NAMED,
        ),
        ("icb", "ICB", "Integrated Care Board", "", PROGRESS_REPORT),
        ("ics", "ICS", "Integrated Care System", "", PROGRESS_REPORT),
        (
            "pdsa",
            "PDSA",
            "Plan, Do, Study, Act",
            "One small test of a change, with a prediction before it and a decision after it.",
            UNSOURCED,
        ),
        ("psc", "PSC", "Patient Safety Collaborative", "", PROGRESS_REPORT),
        ("qi", "QI", "Quality improvement", "", UNSOURCED),
        (
            "smart",
            "SMART",
            "Specific, measurable, achievable, relevant, time-bound",
            "An aim that says how much of what, for whom, by when.",
            UNSOURCED,
        ),
        (
            "spc",
            "SPC",
            "Statistical process control",
            "Charts that tell a change from the usual ups and downs.",
            UNSOURCED,
        ),
    )
)
