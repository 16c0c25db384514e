"""The elements of the four bundles, each rated at each site."""

from __future__ import annotations

from dataclasses import replace

from tracker.plugin_api import Element, Parameter, Rubric
from tracker.plugin_api.common import OVERVIEW, stage_of_adoption

from .sources import ASTHMA_PAGE, COPD_BOX, JAMA

P = "adoption_spread"

COPD, ASTHMA, TRACHEOSTOMY, LAPAROTOMY = (
    "copd_discharge",
    "asthma_discharge",
    "tracheostomy",
    "emergency_laparotomy",
)
BUNDLES = {
    COPD: (
        "COPD discharge bundle",
        COPD_BOX,
        (
            (
                "inhaler_technique",
                "Inhaler technique",
                "Medicines are reviewed, and the inhaler technique is shown",
            ),
            (
                "self_management",
                "Self-management",
                "A written plan, and an emergency pack where that is fitting",
            ),
            ("smoking", "Smoking", "Smoking is asked about, and a referral is offered"),
            ("pulmonary_rehab", "Pulmonary rehabilitation", "Assessed for rehabilitation"),
            ("follow_up", "Follow-up", "Follow-up is arranged, with a call within {call_within}"),
        ),
    ),
    ASTHMA: (
        "Asthma discharge bundle",
        ASTHMA_PAGE,
        (
            ("inhaler_technique", "Inhaler technique", "Inhaler technique is assessed"),
            ("medication_review", "Medicines", "Medicines are reviewed"),
            ("action_plan", "Action plan", "A written action plan and self-management"),
            ("triggers", "Triggers", "What triggers it or makes it worse is considered"),
            ("follow_up", "Follow-up", "Follow-up is arranged"),
        ),
    ),
    TRACHEOSTOMY: (
        "Tracheostomy safety",
        OVERVIEW,
        (
            ("bedhead_sign", "Bedhead sign", "A sign at the head of the bed"),
            ("emergency_equipment", "Emergency equipment", "Emergency equipment is at hand"),
            ("daily_care", "Daily care", "The daily care bundle is given"),
        ),
    ),
    LAPAROTOMY: (
        "Emergency laparotomy bundle",
        JAMA,
        (
            ("lactate", "Lactate", "Blood lactate is measured promptly"),
            ("sepsis", "Sepsis", "Sepsis is looked for and treated early"),
            ("theatre_time", "Time to theatre", "In theatre within the time that is set"),
            ("fluid", "Fluids", "Fluids are given to a goal"),
            ("critical_care", "Critical care", "Critical care after the operation"),
            (
                "senior_team",
                "Senior team",
                "A senior team of several professions decides and delivers",
            ),
        ),
    ),
}
"""Bundle to its title, its source, and its elements: key, title, definition."""

ELEMENTS = tuple(
    Element(
        key=f"{bundle}_{key}",
        title=f"{title}: {name[0].lower()}{name[1:]}",
        definition=definition,
        grouping=title,
        provisional=source is not OVERVIEW,
        source=source,
        measure={
            COPD: f"copd_element_pct_{key}",
            TRACHEOSTOMY: f"trache_element_pct_{key}",
        }.get(bundle, ""),
    )
    for bundle, (title, source, rows) in BUNDLES.items()
    for key, name, definition in rows
)


def elements_of(*bundles: str) -> tuple[str, ...]:
    """Keys of the elements of these bundles."""
    return tuple(f"{bundle}_{key}" for bundle in bundles for key, _, _ in BUNDLES[bundle][2])


def _rubric() -> Rubric:
    return replace(
        stage_of_adoption(P, elements=ELEMENTS),
        parameters=(
            Parameter(
                key="call_within",
                label="Call after discharge within",
                value="72",
                unit="hours",
                provisional=True,
                source=COPD_BOX,
            ),
        ),
    )


RUBRICS = (_rubric(),)
