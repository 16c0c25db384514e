"""Words of the programme. Expansions are the report's where it has them."""

from __future__ import annotations

from tracker.plugin_api import GlossaryTerm, Source

from .sources import METHODS, OVERVIEW, REPORT, UNSOURCED, noted

MEANING_OURS = noted(REPORT, "The report has the name; what it means is in our words.")


def _term(
    key: str, title: str, expansion: str, meaning: str = "", source: Source = MEANING_OURS
) -> GlossaryTerm:
    return GlossaryTerm(
        key=key,
        programme="psirf",
        title=title,
        expansion=expansion,
        meaning=meaning,
        provisional=source in (UNSOURCED, METHODS),
        source=source,
    )


GLOSSARY = (
    _term(
        "psirf",
        "PSIRF",
        "Patient Safety Incident Response Framework",
        "How NHS-funded providers respond to incidents for learning and improvement.",
        OVERVIEW,
    ),
    _term(
        "aar",
        "AAR",
        "After action review",
        "A group asks what was meant, what happened and why they differ.",
        METHODS,
    ),
    _term(
        "als",
        "ALS",
        "Action learning set",
        "Peers share, take one issue apart and leave with actions. Also printed as session.",
    ),
    _term("hssib", "HSSIB", "Health Services Safety Investigations Body", "", UNSOURCED),
    _term("icb", "ICB", "Integrated Care Board", "Plans and pays for care in a system.", REPORT),
    _term("ics", "ICS", "Integrated Care System", "", REPORT),
    _term(
        "just_culture",
        "Just culture",
        "",
        "People are treated fairly after an incident, and the system is looked at first.",
        UNSOURCED,
    ),
    _term(
        "lfpse",
        "LFPSE",
        "Learning from Patient Safety Events",
        "The national service to which incidents are reported.",
    ),
    _term("nrls", "NRLS", "National Reporting and Learning System", "Replaced by LFPSE."),
    _term("mdt", "MDT", "Multidisciplinary team", "", REPORT),
    _term("psc", "PSC", "Patient Safety Collaborative", "One of 15 in England.", REPORT),
    _term(
        "psii",
        "PSII",
        "Patient safety incident investigation",
        "A full investigation, for a complex event with much to learn from.",
        UNSOURCED,
    ),
    _term("psp", "PSP", "Patient Safety Partner", "A patient or carer who works on safety."),
    _term("pss", "PSS", "Patient Safety Specialist", "Leads safety in an organisation."),
    _term(
        "qart",
        "QART",
        "",
        "The return that each collaborative makes every quarter.",
    ),
    _term(
        "seips",
        "SEIPS",
        "Systems Engineering Initiative for Patient Safety",
        "A way to look at people, tasks, tools, organisation and environment. The report expands "
        "it in another way.",
        UNSOURCED,
    ),
    _term("sqg", "SQG", "System quality group", "Where an ICB looks at quality.", UNSOURCED),
    _term(
        "swarm",
        "Swarm huddle",
        "",
        "Those involved gather soon after, where it happened.",
        METHODS,
    ),
)
