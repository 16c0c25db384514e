"""Words of the programme."""

from __future__ import annotations

from tracker.plugin_api import GlossaryTerm, Source

from .sources import DESIGN, INVITATION, OVERVIEW, UNSOURCED, P


def _term(
    key: str, title: str, source: Source, *, expansion: str = "", meaning: str = ""
) -> GlossaryTerm:
    return GlossaryTerm(
        key=key,
        programme=P,
        title=title,
        expansion=expansion,
        meaning=meaning,
        provisional=source is UNSOURCED,
        source=source,
    )


GLOSSARY = (
    _term(
        "time_critical_medicine",
        "Time critical medicine",
        INVITATION,
        meaning="A medicine that can do harm when people do not get it on time.",
    ),
    _term(
        "on_time",
        "On time",
        DESIGN,
        meaning="Given within the window of its medicine group, counted from the prescribed time.",
    ),
    _term(
        "epma",
        "ePMA",
        INVITATION,
        expansion="Electronic prescribing and medicines administration",
        meaning="The system in which doses are prescribed and recorded as given.",
    ),
    _term("sps", "SPS", INVITATION, expansion="NHS Specialist Pharmacy Service"),
    _term("medsip", "MedSIP", INVITATION, expansion="Medicines Safety Improvement Programme"),
    _term(
        "appreciative_inquiry",
        "Appreciative inquiry",
        INVITATION,
        meaning="Finding out what has already been improved and what worked well.",
    ),
    _term("psirf", "PSIRF", INVITATION, expansion="Patient Safety Incident Response Framework"),
    _term(
        "psp",
        "Patient Safety Partner",
        INVITATION,
        meaning="One of the people, with patients, families and carers, whom a team works with.",
    ),
    _term("mso", "MSO", OVERVIEW, expansion="Medication Safety Officer"),
    _term(
        "eia",
        "EIA",
        INVITATION,
        expansion="Equality impact assessment",
        meaning="Done for the proposed work and used throughout the project.",
    ),
    _term("lfpse", "LFPSE", UNSOURCED, expansion="Learn from patient safety events"),
    _term("npsa", "NPSA", UNSOURCED, expansion="National Patient Safety Agency"),
)
