"""Who was in it, and what the abbreviations mean."""

from __future__ import annotations

from dataclasses import replace

from tracker.plugin_api import GlossaryTerm, Level, StakeholderRole, StakeholderSuggestion
from tracker.plugin_api.common import DESIGN, OVERVIEW, PROGRESS_REPORT

from .sources import RCPSYCH

P = "mental_health_restrictive_practice"
MEDIUM, HIGH = Level.MEDIUM, Level.HIGH
ON_PAGE = replace(OVERVIEW, note="Influence and interest are starting values of this product.")

STAKEHOLDERS = tuple(
    StakeholderSuggestion(
        key=key,
        programme=P,
        title=title,
        role=role,
        influence=influence,
        interest=interest,
        source=source,
    )
    for key, title, role, influence, interest, source in (
        (
            "people_on_ward",
            "People on the ward, carers",
            StakeholderRole.LIVED_EXPERIENCE,
            MEDIUM,
            HIGH,
            ON_PAGE,
        ),
        (
            "expert_by_experience",
            "Former patient as coach",
            StakeholderRole.LIVED_EXPERIENCE,
            MEDIUM,
            HIGH,
            RCPSYCH,
        ),
        (
            "ward_team",
            "Nurses, support workers, activity workers",
            StakeholderRole.MEMBER,
            HIGH,
            HIGH,
            ON_PAGE,
        ),
        (
            "matron_consultant",
            "Matron, consultant",
            None,
            HIGH,
            MEDIUM,
            replace(RCPSYCH, code="PK, DES", note="The page names the matron."),
        ),
        ("qi_coach", "Dedicated QI coach", StakeholderRole.QI, MEDIUM, HIGH, RCPSYCH),
        ("trust_sponsor", "Executive sponsor", StakeholderRole.SPONSOR, HIGH, MEDIUM, DESIGN),
        (
            "nccmh",
            "National Collaborating Centre for Mental Health",
            StakeholderRole.ADVISER,
            MEDIUM,
            HIGH,
            ON_PAGE,
        ),
        (
            "mh_network",
            "Mental health patient safety network, PSC",
            StakeholderRole.ADVISER,
            MEDIUM,
            HIGH,
            ON_PAGE,
        ),
    )
)

TERMS = tuple(
    GlossaryTerm(key=key, programme=P, title=title, expansion=expansion, source=PROGRESS_REPORT)
    for key, title, expansion in (
        ("mhsip", "MHSIP", "Mental Health Safety Improvement Programme"),
        ("nccmh", "NCCMH", "National Collaborating Centre for Mental Health"),
        ("psn", "PSN", "Patient Safety Network"),
        ("psc", "PSC", "Patient Safety Collaborative"),
    )
)
