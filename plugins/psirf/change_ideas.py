"""The change package: ideas by what they help, with where each comes from.

The report tells that they were tried or planned, not that they worked: none has evidence.
"""

from __future__ import annotations

from tracker.plugin_api import ChangeIdea, Source

from .sources import DESIGN, REPORT, noted

ENGAGEMENT = "Compassionate engagement"
LEARNING = "System-based learning"
PROPORTION = "Proportionate response"
OVERSIGHT = "Supportive oversight"
CULTURE = "Culture and leadership"
IMPROVEMENT = "Improvement"

FOR_AN_AIM = noted(DESIGN, "It serves an aim of S004; the idea is ours.")
TRUST = noted(REPORT, "Case study of a trust with several sites; no figure is given.")


def _idea(
    key: str,
    title: str,
    summary: str,
    theme: str,
    *,
    elements: tuple[str, ...] = (),
    source: Source = REPORT,
) -> ChangeIdea:
    return ChangeIdea(
        key=key,
        programme="psirf",
        title=title,
        summary=summary,
        theme=theme,
        elements=elements,
        provisional=source in (DESIGN, FOR_AN_AIM),
        source=source,
    )


CHANGE_IDEAS = (
    _idea(
        "ci_summit",
        "Staff summits",
        "Staff hear what is coming and say what they think of it.",
        CULTURE,
        source=TRUST,
    ),
    _idea(
        "ci_aar_pdsa",
        "One PDSA cycle on after action review",
        "Tried once before go-live, with a prediction.",
        LEARNING,
        elements=("aar",),
        source=TRUST,
    ),
    _idea(
        "ci_process_map",
        "Map the decision to start a response",
        "Who decides, on what, and when.",
        PROPORTION,
        source=TRUST,
    ),
    _idea(
        "ci_roadmap",
        "Road map to go-live",
        "Dates on one page, and very early drafts for comment.",
        OVERSIGHT,
        source=TRUST,
    ),
    _idea(
        "ci_qi_lens",
        "Look at the plan through a QI lens",
        "Each priority has an aim, a measure and a first test.",
        IMPROVEMENT,
    ),
    _idea(
        "ci_ask_expert",
        "Ask-the-expert hour",
        "Early adopters answer questions.",
        LEARNING,
    ),
    _idea(
        "ci_swarm_template",
        "Swarm template with SEIPS prompts",
        "One page to fill in while the team is there.",
        LEARNING,
        elements=("swarm_huddle", "seips"),
        source=noted(REPORT, "Isle of Wight: a misplaced nasogastric tube."),
    ),
    _idea(
        "ci_thematic",
        "Thematic review of what repeats",
        "One type of incident that comes back is looked at across events.",
        IMPROVEMENT,
        elements=("thematic_review",),
    ),
    _idea(
        "ci_appreciative",
        "Appreciative inquiry",
        "Ask what goes well and why, not only what went wrong.",
        CULTURE,
    ),
    _idea(
        "ci_asset_stocktake",
        "Asset-based stocktake",
        "Start from what people and places already have.",
        CULTURE,
    ),
    _idea(
        "ci_psp_input",
        "Patient Safety Partners shape the plan",
        "They read drafts early and say what is missing.",
        ENGAGEMENT,
    ),
    _idea(
        "ci_resource_pack",
        "One resource pack",
        "A pack and a shared page instead of many links.",
        OVERSIGHT,
    ),
    _idea(
        "ci_pan_regional",
        "One offer for the region",
        "Collaboratives offer support together, or through an academy.",
        OVERSIGHT,
    ),
    _idea(
        "ci_staff_comms",
        "Communications plan for staff",
        "Who hears what, when, and from whom.",
        CULTURE,
        source=TRUST,
    ),
    _idea(
        "ci_family_guide",
        "Plain guide for families",
        "What will happen, and how to take part.",
        ENGAGEMENT,
        source=FOR_AN_AIM,
    ),
    _idea(
        "ci_staff_support",
        "Support for staff affected",
        "An offer that is there on the day.",
        ENGAGEMENT,
        source=FOR_AN_AIM,
    ),
    _idea(
        "ci_engagement_lead",
        "Engagement lead for each response",
        "One named person whom a family can ring.",
        ENGAGEMENT,
        source=DESIGN,
    ),
    _idea(
        "ci_profile",
        "Incident and improvement profile",
        "From several sources of data, not from incidents alone.",
        PROPORTION,
        source=noted(REPORT, "What phase 4 asks for."),
    ),
    _idea(
        "ci_decision_tree",
        "One-page decision aid",
        "Which response, and who decides.",
        PROPORTION,
        source=DESIGN,
    ),
    _idea(
        "ci_oversight_map",
        "Map of oversight",
        "What provider, ICB and region each do.",
        OVERSIGHT,
        source=noted(REPORT, "What phase 3 asks for."),
    ),
    _idea(
        "ci_sqg_slot",
        "Slot at the system quality group",
        "Booked early, so that sign-off does not wait.",
        OVERSIGHT,
        source=TRUST,
    ),
    _idea(
        "ci_board_seminar",
        "Board seminar",
        "On just culture and on oversight.",
        CULTURE,
        source=DESIGN,
    ),
    _idea(
        "ci_action_measure",
        "A measure and an owner for every action",
        "An action without both is not finished.",
        IMPROVEMENT,
        source=DESIGN,
    ),
    _idea(
        "ci_seips_training",
        "Short practice of SEIPS",
        "With an event from here.",
        LEARNING,
        elements=("seips",),
        source=noted(REPORT, "Its example of the Isle of Wight."),
    ),
)
