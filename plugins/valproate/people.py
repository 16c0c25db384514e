"""Who to bring in, and what the abbreviations mean."""

from __future__ import annotations

from dataclasses import replace

from tracker.plugin_api import GlossaryTerm, Level, StakeholderRole, StakeholderSuggestion
from tracker.plugin_api.common import DESIGN, OVERVIEW, PROGRESS_REPORT, UNSOURCED

from .sources import NCL, SEIZURE, overview

P = "valproate"
LOW, MEDIUM, HIGH = Level.LOW, Level.MEDIUM, Level.HIGH
CONDITION = overview("The page names the condition; who to ask is ours.")

STAKEHOLDERS = tuple(
    StakeholderSuggestion(
        key=key,
        programme=P,
        title=title,
        role=role,
        influence=influence,
        interest=interest,
        note=note,
        source=source,
    )
    for key, title, role, influence, interest, note, source in (
        (
            "icb_sponsor",
            "ICB",
            StakeholderRole.SPONSOR,
            HIGH,
            HIGH,
            "Chief pharmacist or medical director",
            overview("The page names ICBs; the role is ours."),
        ),
        ("neurology", "Neurology and epilepsy nurses", None, HIGH, HIGH, "", CONDITION),
        (
            "psychiatry",
            "Psychiatry and community mental health",
            None,
            HIGH,
            MEDIUM,
            "",
            CONDITION,
        ),
        ("learning_disability", "Learning disability team", None, MEDIUM, HIGH, "", DESIGN),
        ("gp_pcn", "Practices and PCN pharmacists", None, MEDIUM, MEDIUM, "", NCL),
        ("community_pharmacy", "Community pharmacy", None, LOW, MEDIUM, "", DESIGN),
        (
            "contraception",
            "Contraception and sexual health service",
            None,
            MEDIUM,
            MEDIUM,
            "",
            DESIGN,
        ),
        ("maternity", "Maternity and pre-pregnancy care", None, MEDIUM, HIGH, "", DESIGN),
        (
            "people_families",
            "People taking valproate, and groups of families who were harmed",
            StakeholderRole.LIVED_EXPERIENCE,
            MEDIUM,
            HIGH,
            "",
            DESIGN,
        ),
        (
            "mso",
            "Medication Safety Officer",
            None,
            MEDIUM,
            HIGH,
            "",
            replace(OVERVIEW, note="Influence and interest are starting values of this product."),
        ),
        ("local_authority", "Local authority", None, LOW, MEDIUM, "", NCL),
    )
)

TERMS = tuple(
    GlossaryTerm(
        key=key,
        programme=P,
        title=title,
        expansion=expansion,
        source=source,
        provisional=source in (UNSOURCED, SEIZURE),
    )
    for key, title, expansion, source in (
        ("icb", "ICB", "Integrated Care Board", PROGRESS_REPORT),
        ("medsip", "MedSIP", "Medicines Safety Improvement Programme", PROGRESS_REPORT),
        ("mso", "MSO", "Medication Safety Officer", OVERVIEW),
        ("ppp", "PPP", "Pregnancy prevention programme", SEIZURE),
        ("araf", "ARAF", "Annual risk acknowledgement form", UNSOURCED),
        ("pcn", "PCN", "Primary care network", UNSOURCED),
        ("nhsbsa", "NHSBSA", "NHS Business Services Authority", UNSOURCED),
    )
)
