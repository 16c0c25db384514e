"""Who to bring in, with a place on the map to start from."""

from __future__ import annotations

from tracker.plugin_api import Level, Source, StakeholderRole, StakeholderSuggestion

from .sources import OVERVIEW, REPORT, noted

PLACES_OURS = noted(REPORT, "The report names them; influence and interest are ours, to start.")
FAMILIES = noted(OVERVIEW, "The first aim; influence and interest are ours, to start.")
LOW, MEDIUM, HIGH = Level.LOW, Level.MEDIUM, Level.HIGH


def _somebody(
    key: str,
    title: str,
    group: str,
    influence: Level,
    interest: Level,
    *,
    role: StakeholderRole | None = None,
    note: str = "",
    source: Source = PLACES_OURS,
) -> StakeholderSuggestion:
    return StakeholderSuggestion(
        key=key,
        programme="psirf",
        title=title,
        group=group,
        influence=influence,
        interest=interest,
        role=role,
        note=note,
        source=source,
    )


STAKEHOLDERS = (
    _somebody("chief_nurse", "Chief nurse", "Provider", HIGH, HIGH),
    _somebody("pss", "Patient Safety Specialist", "Provider or ICB", HIGH, HIGH),
    _somebody(
        "psp",
        "Patient Safety Partner",
        "People",
        MEDIUM,
        HIGH,
        role=StakeholderRole.LIVED_EXPERIENCE,
    ),
    _somebody(
        "provider_quality_lead",
        "Quality and safety lead of the provider",
        "Provider",
        HIGH,
        HIGH,
        note="Also the associate director for quality.",
    ),
    _somebody("ics_quality_lead", "Quality and safety lead of the system", "System", HIGH, HIGH),
    _somebody("midwife", "Midwife", "Provider", MEDIUM, MEDIUM),
    _somebody("clinician", "Clinicians and clinical networks", "Provider", MEDIUM, MEDIUM),
    _somebody("nonclinical_network", "Non-clinical networks", "Provider", LOW, MEDIUM),
    _somebody("region", "NHS England region", "Oversight", HIGH, MEDIUM),
    _somebody("national_team", "NHS England national team", "National", HIGH, HIGH),
    _somebody("early_adopter", "Early adopter sites", "Peer", LOW, HIGH),
    _somebody("independent", "Independent providers", "Provider", MEDIUM, MEDIUM),
    _somebody("hssib", "HSSIB", "National", LOW, LOW, note="For its training."),
    _somebody("academic", "Academics in safety and family engagement", "Academic", LOW, MEDIUM),
    _somebody("psc_lead", "PSC workstream lead and coordinators", "Support", MEDIUM, HIGH),
    _somebody("academy", "Improvement academy", "Support", LOW, MEDIUM),
    _somebody(
        "families",
        "Patients and families affected",
        "People",
        MEDIUM,
        HIGH,
        role=StakeholderRole.LIVED_EXPERIENCE,
        source=FAMILIES,
    ),
)
