"""What could be tried, each under the driver that it helps."""

from __future__ import annotations

from dataclasses import replace

from tracker.plugin_api import ChangeIdea, Parameter, Source

from .sources import (
    CLINICAL_PHARMACY,
    DESIGN,
    EPRESCRIBING_TOOLKIT,
    HSSIB,
    INVITATION,
    PARKINSONS_ON_TIME,
    PATIENT_SAFETY_LEARNING,
    P,
    public,
)

P1 = "People identified early"
P2 = "Prescribed correctly and at the person's own times"
P3 = "Medicine available"
P4 = "Given on time"
P5 = "People, families and staff as partners"
P6 = "Data and learning"

PARKINSONS = public(PARKINSONS_ON_TIME)
TOOLKIT = public(EPRESCRIBING_TOOLKIT)


def _idea(key: str, theme: str, title: str, summary: str, tool: str, source: Source) -> ChangeIdea:
    return ChangeIdea(
        key=key,
        programme=P,
        theme=theme,
        title=title,
        summary=summary,
        tools=(tool,),
        source=source,
    )


CHANGE_IDEAS = (
    _idea(
        "ci_ed_triage_prompt",
        P1,
        "Prompt at triage",
        "A question at triage, and a prompt when a listed medicine is named.",
        "Emergency department form",
        public(HSSIB, "The topic of the report; the idea is ours.", also="DES"),
    ),
    _idea(
        "ci_epma_flag",
        P1,
        "Flag on the record",
        "An electronic flag that shows on the handover list.",
        "ePMA configuration",
        PARKINSONS,
    ),
    _idea(
        "ci_alert_card",
        P1,
        "Alert card",
        "A card or a kit that the person carries.",
        "Card",
        public(PATIENT_SAFETY_LEARNING),
    ),
    _idea(
        "ci_specialist_alert",
        P1,
        "Alert to the specialist nurse",
        "The specialist nurse is told automatically of each admission.",
        "Rule in ePMA or the patient administration system",
        PARKINSONS,
    ),
    _idea(
        "ci_first_dose_stat",
        P2,
        "First dose at once",
        "The first dose is prescribed as a once-only dose.",
        "Order set",
        DESIGN,
    ),
    _idea(
        "ci_custom_times",
        P2,
        "The person's own times",
        "Order sets in which times are free, not tied to drug rounds.",
        "ePMA configuration",
        DESIGN,
    ),
    _idea(
        "ci_pharm_priority",
        P2,
        "Pharmacist's priority list",
        "A tool for the emergency department that ranks people P1 to P3 for the pharmacist.",
        "List",
        public(CLINICAL_PHARMACY),
    ),
    _idea(
        "ci_nbm_guide",
        P2,
        "Guide for nil by mouth",
        "What to do when somebody cannot swallow or is nil by mouth.",
        "Guideline",
        DESIGN,
    ),
    _idea(
        "ci_stock_list",
        P3,
        "Stock list",
        "A minimum stock list for each area, checked every week.",
        "List",
        DESIGN,
    ),
    _idea(
        "ci_pod_bring",
        P3,
        "Bring your own medicines",
        "People and ambulance crews are asked to bring the person's own medicines.",
        "Leaflet",
        DESIGN,
    ),
    _idea(
        "ci_ooh_cupboard",
        P3,
        "Emergency cupboard",
        "A cupboard for out of hours, with a finder that says where each medicine is.",
        "Finder",
        DESIGN,
    ),
    _idea(
        "ci_epma_alert",
        P4,
        "Reminder of the dose",
        "ePMA reminds before and at the due time.",
        "ePMA configuration",
        DESIGN,
    ),
    _idea(
        "ci_safety_huddle",
        P4,
        "Safety huddle",
        "The huddle names the people who have doses due in this shift.",
        "Board",
        DESIGN,
    ),
    _idea(
        "ci_self_admin",
        P4,
        "Taking your own medicines",
        "At admission it is assessed whether people can give themselves their medicines.",
        "Policy",
        PARKINSONS,
    ),
    _idea(
        "ci_alarm",
        P4,
        "Timer",
        "A pill timer or a clock at the bedside.",
        "Device",
        PARKINSONS,
    ),
    replace(
        _idea(
            "ci_missed_dose_escalation",
            P4,
            "Missed dose escalates",
            "A missed dose goes to the nurse in charge after {escalate_after}.",
            "Standard operating procedure",
            DESIGN,
        ),
        parameters=(
            Parameter(key="escalate_after", label="Escalates after", value="30", unit="minutes"),
        ),
    ),
    _idea(
        "ci_psp_codesign",
        P5,
        "Patient Safety Partner in the team",
        "A Patient Safety Partner is a member of the project team.",
        "Role",
        replace(INVITATION, note="Criterion 5."),
    ),
    _idea(
        "ci_training",
        P5,
        "Short training",
        "Short training for the area, simulation among it.",
        "Slides",
        DESIGN,
    ),
    _idea(
        "ci_story_video",
        P5,
        "A patient's story",
        "A patient's story opens training and papers for the board.",
        "Video",
        DESIGN,
    ),
    _idea(
        "ci_dashboard",
        P6,
        "Live dashboard",
        "Late and missed doses are seen as they happen.",
        "Reports from ePMA",
        TOOLKIT,
    ),
    _idea(
        "ci_reason_codes",
        P6,
        "Tidy list of reasons",
        "The reasons for not giving a dose are few and clear.",
        "ePMA configuration",
        TOOLKIT,
    ),
    _idea(
        "ci_aar",
        P6,
        "After action review",
        "A review after each miss that did harm.",
        "Template",
        replace(INVITATION, note="Alignment with the Patient Safety Incident Response Framework."),
    ),
)
