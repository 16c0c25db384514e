"""The change package: ideas by element, with where each comes from."""

from __future__ import annotations

from tracker.plugin_api import ChangeIdea, Source

from .sources import DESIGN, OVERVIEW, REPORT, TOOLKIT, noted

CORD = ("optimal_cord_management",)
WARMTH = ("normothermia",)
MILK = ("maternal_breast_milk_24h",)
ANTENATAL = ("magnesium_sulphate", "intrapartum_antibiotics", "antenatal_corticosteroids")
DETERIORATION = "Deterioration"

CORD_CASE = noted(
    REPORT, "Case study of Wythenshawe: a clear effect of all ideas together; no number is given."
)
MILK_CASE = noted(
    REPORT,
    "Case study of Wythenshawe: a marked improvement by the end of the year, of all ideas "
    "together; no number is given.",
)


def _idea(
    key: str,
    title: str,
    summary: str,
    *,
    elements: tuple[str, ...] = (),
    theme: str = "",
    source: Source = REPORT,
    evidence: Source | None = None,
) -> ChangeIdea:
    """Ideas that are ours, and those of public pages, are provisional.

    `evidence` only where the report tells that it worked.
    """
    return ChangeIdea(
        key=key,
        programme="matneo",
        title=title,
        summary=summary,
        elements=elements,
        theme=theme,
        evidence=evidence,
        provisional=source in (DESIGN, TOOLKIT),
        source=source,
    )


CHANGE_IDEAS = (
    _idea(
        "ci_bedside_trolley",
        "Bedside resuscitation trolley",
        "Care starts beside the mother, with the cord intact. Needs a business case and a policy.",
        elements=CORD,
        evidence=noted(
            REPORT,
            "Case study of Wythenshawe: two maternity units; a clear effect is told, no number is "
            "given. Short cords, vaginal births with ultrasound near the bed and twins by section "
            "were hard.",
        ),
    ),
    _idea(
        "ci_dcc_policy",
        "Written policy for late clamping",
        "Says who waits, how long, and when not to.",
        elements=CORD,
        evidence=CORD_CASE,
    ),
    _idea(
        "ci_simulation",
        "Simulations with the trolley",
        "Maternity, neonatal and theatre staff practise the cord and the trolley together.",
        elements=CORD,
        evidence=CORD_CASE,
    ),
    _idea(
        "ci_passport",
        "Preterm passport",
        "One document that parents and staff share, in a version that the neonatal network has "
        "agreed on.",
        source=noted(REPORT, "In use or agreed on in the East Midlands and the East."),
    ),
    _idea(
        "ci_prompt_card",
        "Reminders in labour ward and theatre",
        "A card with the elements and their times where they are needed.",
        elements=ANTENATAL,
        source=DESIGN,
    ),
    _idea(
        "ci_precept_pack",
        "Magnesium pack",
        "A proforma, staff training, a leaflet for parents and a log of what the unit learns.",
        elements=("magnesium_sulphate",),
        source=TOOLKIT,
    ),
    _idea(
        "ci_temp_checklist",
        "Temperature checklist in four steps",
        "From birth to admission, so that the step at which a baby cools is seen.",
        elements=WARMTH,
        source=noted(REPORT, "A poster tells of it; its numbers are corrupted and not used."),
    ),
    _idea(
        "ci_prewarm",
        "Warm everything before birth",
        "Towels, hats and the transport incubator are warm before the baby comes.",
        elements=WARMTH,
        source=noted(REPORT, "A poster tells of it; its text is partly corrupted."),
    ),
    _idea(
        "ci_support_worker",
        "Support workers start expressing",
        "Maternity support workers help mothers to express soon after birth.",
        elements=MILK,
        evidence=MILK_CASE,
    ),
    _idea(
        "ci_colostrum_pack",
        "Colostrum packs and pumps at birth",
        "Packs and pumps are in the room, and staff can teach expressing by hand.",
        elements=MILK,
        evidence=MILK_CASE,
    ),
    _idea(
        "ci_antenatal_education",
        "Talk with parents before birth",
        "Parents at higher risk hear about milk and the other elements in clinic.",
        elements=MILK,
        evidence=MILK_CASE,
    ),
    _idea(
        "ci_infant_feeding_team",
        "Infant feeding team for preterm babies",
        "The team puts its first effort into mothers of preterm babies.",
        elements=MILK,
        evidence=MILK_CASE,
    ),
    _idea(
        "ci_caffeine_order",
        "Caffeine in the admission order set",
        "The order shows the time by which it is due.",
        elements=("caffeine_24h",),
        source=DESIGN,
    ),
    _idea(
        "ci_vtv_default",
        "Volume-targeted mode as the default",
        "The ventilator starts in it, and a guide hangs at the cot.",
        elements=("volume_targeted_ventilation",),
        source=DESIGN,
    ),
    _idea(
        "ci_bundle_prescription",
        "One antenatal prescription set",
        "Steroids, magnesium and antibiotics on one order.",
        elements=ANTENATAL,
        source=DESIGN,
    ),
    _idea(
        "ci_preterm_proforma",
        "Proforma for threatened preterm labour",
        "With the times at which each decision is due.",
        elements=ANTENATAL,
        source=TOOLKIT,
    ),
    _idea(
        "ci_inutero_transfer",
        "Transfer before birth with one call",
        "One number finds the cot, the bed and the ambulance.",
        elements=("place_of_birth",),
        source=DESIGN,
    ),
    _idea(
        "ci_culture_debrief",
        "Debrief of the culture survey",
        "The team hears its survey and acts on it.",
        source=OVERVIEW,
    ),
    _idea(
        "ci_mdt_group",
        "Joint perinatal group",
        "Obstetric, midwifery, neonatal and theatre staff run the work together.",
        source=noted(REPORT, "Case study of Wythenshawe."),
    ),
    _idea(
        "ci_learning_set",
        "Learning set, national or regional",
        "Units learn from each other, element by element.",
        elements=("antenatal_corticosteroids",),
        evidence=noted(
            REPORT, 'Steroids: "an increase of 10%", helped by the learning sets, says the report.'
        ),
    ),
    _idea(
        "ci_documentation_fix",
        "Complete records",
        "What was done is recorded, so that it counts.",
    ),
    _idea(
        "ci_share_case",
        "Learn from what has held",
        "Elements in quality control serve as a case study of how to sustain.",
        elements=("place_of_birth", "magnesium_sulphate"),
    ),
    _idea(
        "ci_mews",
        "National MEWS",
        "With an onboarding meeting and e-learning.",
        theme=DETERIORATION,
    ),
    _idea(
        "ci_newtt2",
        "NEWTT2",
        "With an onboarding meeting and a look through the guidelines that it touches.",
        theme=DETERIORATION,
        source=noted(REPORT, "Adopted by three hospitals in the East of England."),
    ),
    _idea(
        "ci_bsots",
        "BSOTS maternity triage",
        "Women are seen in the order of need, by their symptoms.",
        theme=DETERIORATION,
    ),
    _idea(
        "ci_escalation_toolkit",
        "Escalation toolkit first",
        "Adopted before the scores come, with learning sets, so that escalation works by then.",
        theme=DETERIORATION,
        evidence=noted(REPORT, "West Midlands: felt to be very helpful."),
    ),
    _idea(
        "ci_dashboard",
        "National preterm dashboard",
        "Networks look at it together.",
    ),
)
