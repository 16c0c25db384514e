"""Who an ICB or a place would think of, with where they start on the map."""

from __future__ import annotations

from tracker.plugin_api import Level, StakeholderRole, StakeholderSuggestion

from .sources import REPORT, P, noted

LOW, MEDIUM, HIGH = Level
PLACED_BY_US = noted(REPORT, "Where they start on the map is ours.", also="DES")


def _suggested(
    key: str,
    title: str,
    group: str,
    influence: Level,
    interest: Level,
    role: StakeholderRole | None = None,
) -> StakeholderSuggestion:
    return StakeholderSuggestion(
        key=key,
        programme=P,
        title=title,
        group=group,
        influence=influence,
        interest=interest,
        role=role,
        source=PLACED_BY_US,
    )


STAKEHOLDERS = (
    _suggested("icb_chief_pharmacist", "ICB chief pharmacist", "System leader", HIGH, HIGH),
    _suggested("mo_lead", "Lead medicines optimisation pharmacist", "System leader", HIGH, HIGH),
    _suggested(
        "pcn_pharmacist",
        "PCN lead pharmacist and practice pharmacy staff",
        "Primary care",
        MEDIUM,
        HIGH,
    ),
    _suggested("pcn_manager", "PCN manager", "Primary care", MEDIUM, MEDIUM),
    _suggested("gp", "General practitioner", "Primary care", HIGH, MEDIUM),
    _suggested(
        "place_lead", "Named place lead and core team", "Place", HIGH, HIGH, StakeholderRole.LEAD
    ),
    _suggested("health_coach", "Health and wellbeing coach", "Primary care", LOW, HIGH),
    _suggested("social_prescriber", "Social prescriber", "Community", LOW, HIGH),
    _suggested(
        "acute_pain", "Chronic pain service of the acute trust", "Secondary care", HIGH, MEDIUM
    ),
    _suggested(
        "secondary_pharmacy", "Secondary care pharmacy lead", "Secondary care", MEDIUM, MEDIUM
    ),
    _suggested(
        "public_health", "Public health consultant and council team", "Council", MEDIUM, HIGH
    ),
    _suggested(
        "cd_officer",
        "Regional controlled drug accountable officer, and the network CDLIN",
        "Oversight",
        HIGH,
        MEDIUM,
    ),
    _suggested("ambulance_ooh", "Ambulance and out of hours providers", "Urgent care", LOW, MEDIUM),
    _suggested(
        "vcse",
        "Voluntary, community and social enterprise groups",
        "Community",
        LOW,
        HIGH,
    ),
    _suggested(
        "lwwp",
        "Live Well with Pain and its lived experience trainers",
        "National charity",
        MEDIUM,
        HIGH,
    ),
    _suggested(
        "lived_experience",
        "People living with chronic pain",
        "People",
        MEDIUM,
        HIGH,
        StakeholderRole.LIVED_EXPERIENCE,
    ),
    _suggested("evaluator", "University or network evaluation team", "Academic", LOW, MEDIUM),
    _suggested("nhsbsa", "NHSBSA data team", "Data", MEDIUM, LOW),
    _suggested("psc", "Patient Safety Collaborative", "Support", MEDIUM, HIGH),
    _suggested("national_team", "NHS England national team", "National", HIGH, MEDIUM),
)
