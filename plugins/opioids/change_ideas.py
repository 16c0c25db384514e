"""What could be tried, each under the driver that it helps."""

from __future__ import annotations

from dataclasses import replace

from tracker.plugin_api import ChangeIdea, Source

from .sources import COMPARATORS, DESIGN, REPORT, P, case_study, noted

P1 = "Prevent initiation"
P2 = "Find chronic use"
P3 = "Treat pain differently"
P4 = "De-escalate"
P5 = "Sustain"
P6 = "System leadership and voice"
P7 = "Shared picture of services"

LIGHT_SUPPORT = noted(REPORT, "Examples of light support.")


def _idea(key: str, theme: str, title: str, summary: str, source: Source) -> ChangeIdea:
    return ChangeIdea(
        key=key, programme=P, theme=theme, title=title, summary=summary, source=source
    )


CHANGE_IDEAS = (
    replace(
        _idea(
            "ci_florey",
            P4,
            "Questions before the visit",
            "Two questionnaires by text message, one on health and wellbeing and one on medicines. "
            "They are answered before the visit and filed in the record.",
            case_study("1"),
        ),
        tools=("Text questionnaire",),
    ),
    _idea(
        "ci_review_template",
        P4,
        "Holistic review template",
        "A template for a holistic pain review inside the clinical system.",
        case_study("1"),
    ),
    _idea(
        "ci_action_plan",
        P4,
        "Shared action plan",
        "A plan in two parts, self-management and medicines, that the patient owns and all teams "
        "can see.",
        case_study("1"),
    ),
    _idea(
        "ci_system_map",
        P7,
        "Map of services",
        "A half-day mapping workshop in each place, joined into one map of the system.",
        case_study("2"),
    ),
    _idea(
        "ci_business_case",
        P7,
        "Business case for gaps",
        "A business case for the gaps that the map shows.",
        case_study("2"),
    ),
    _idea(
        "ci_bts",
        P6,
        "Breakthrough Series",
        "A launch and four full-day workshops, for a place lead with a core team, and a wider home "
        "team behind them.",
        case_study("3"),
    ),
    _idea(
        "ci_pain_cafe",
        P3,
        "Pain cafe",
        "A cafe led by peers, with guided movement.",
        case_study("4"),
    ),
    _idea(
        "ci_lwwp_training",
        P3,
        "Live Well with Pain",
        "Places on Live Well with Pain training.",
        REPORT,
    ),
    _idea(
        "ci_lived_experience",
        P6,
        "Led by lived experience",
        "People with lived experience lead, and test materials.",
        noted(REPORT, "Case studies 1 and 4."),
    ),
    _idea(
        "ci_logic_model",
        P6,
        "Logic model",
        "Evaluation specialists help a small pilot to write its logic model.",
        case_study("4"),
    ),
    _idea(
        "ci_data_pack",
        P2,
        "Data pack",
        "Data of the ICB, cut to PCN, practice and fifths of deprivation.",
        LIGHT_SUPPORT,
    ),
    _idea(
        "ci_epact_search",
        P2,
        "Search with comparators",
        "A search for people at risk through the prescribing comparators.",
        COMPARATORS,
    ),
    _idea(
        "ci_deprivation_split",
        P2,
        "Start where need is greatest",
        "Begin where rates and deprivation are highest.",
        REPORT,
    ),
    _idea(
        "ci_cdlin",
        P5,
        "Slot at the controlled drug network",
        "A regular slot at the Controlled Drug Local Improvement Network.",
        LIGHT_SUPPORT,
    ),
    _idea(
        "ci_quarterly_feedback",
        P5,
        "Quarterly letter",
        "A letter to practices each quarter, with their figures.",
        DESIGN,
    ),
    _idea(
        "ci_discharge_limit",
        P1,
        "Limit at discharge",
        "A limit on what is supplied at discharge, with a date to stop.",
        DESIGN,
    ),
    _idea(
        "ci_first_line_nonopioid",
        P1,
        "First line without opioids",
        "A first-line pathway without opioids.",
        DESIGN,
    ),
    _idea(
        "ci_social_prescribing",
        P3,
        "Social prescribing",
        "Social prescribers are part of the pathway.",
        case_study("4"),
    ),
    _idea(
        "ci_health_coaching",
        P3,
        "Health coaching",
        "Health and wellbeing coaches run pain programmes.",
        case_study("1"),
    ),
    _idea(
        "ci_taper_guide",
        P4,
        "Taper guide",
        "A guide to reducing the dose, with follow-up calls.",
        DESIGN,
    ),
    _idea(
        "ci_sponsor",
        P6,
        "Place leads nominated",
        "The executive sponsor and the chief pharmacist nominate place leads.",
        case_study("3"),
    ),
)
