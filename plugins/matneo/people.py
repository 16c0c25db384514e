"""Who to bring in. Where each stands on the map is for the team to say."""

from __future__ import annotations

from tracker.plugin_api import Source, StakeholderRole, StakeholderSuggestion

from .sources import DESIGN, EAST, OVERVIEW, REPORT


def _somebody(
    key: str,
    title: str,
    group: str,
    *,
    role: StakeholderRole | None = None,
    note: str = "",
    source: Source = REPORT,
) -> StakeholderSuggestion:
    return StakeholderSuggestion(
        key=key,
        programme="matneo",
        title=title,
        group=group,
        role=role,
        note=note,
        provisional=source in (DESIGN, EAST),
        source=source,
    )


STAKEHOLDERS = (
    _somebody("obstetrician", "Obstetrician", "Maternity team"),
    _somebody("midwife", "Midwife", "Maternity team"),
    _somebody("maternity_support_worker", "Maternity support worker", "Maternity team"),
    _somebody("neonatologist", "Neonatologist", "Neonatal team"),
    _somebody("neonatal_nurse", "Neonatal nurse", "Neonatal team"),
    _somebody("theatre_staff", "Theatre staff", "Theatre"),
    _somebody("infant_feeding_team", "Infant feeding team", "Feeding"),
    _somebody(
        "families",
        "Women, parents and voluntary organisations",
        "Families",
        role=StakeholderRole.LIVED_EXPERIENCE,
    ),
    _somebody(
        "regional_chief_midwife", "Regional chief midwife", "Region", note="Champion in the region."
    ),
    _somebody("neonatal_odn", "Neonatal operational delivery network", "Network"),
    _somebody("lmns", "Local maternity and neonatal system", "System", source=EAST),
    _somebody("maternity_safety_champion", "Maternity safety champion", "Trust", source=OVERVIEW),
    _somebody(
        "senior_manager", "Senior manager", "Trust", note="For governance and the business case."
    ),
    _somebody(
        "exec_sponsor",
        "Board sponsor",
        "Trust",
        role=StakeholderRole.SPONSOR,
        source=DESIGN,
    ),
    _somebody(
        "training_body",
        "Health Education England",
        "National",
        note="Made the training packages; its name in the report of Q2 2023/24.",
    ),
    _somebody("digital_supplier", "Suppliers of records and charts", "Digital"),
)
