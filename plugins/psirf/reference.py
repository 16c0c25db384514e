"""Lists to look things up in: methods, tasks, the printed example, a quarter's report."""

from __future__ import annotations

from tracker.plugin_api import ReferenceItem, ReferenceList

from .methods import RESPONSE_METHODS
from .sources import REPORT, REPORT_AND_OVERVIEW, noted

RELATED = ReferenceList(
    key="related",
    title="What it replaces and what goes with it",
    items=(
        ReferenceItem(
            key="serious_incident",
            title="Serious Incident framework",
            text="Replaced by PSIRF.",
        ),
        ReferenceItem(key="lfpse", title="LFPSE", text="Replaces the NRLS."),
        ReferenceItem(
            key="partners", title="Patient Safety Partners", text="Being recruited alongside."
        ),
        ReferenceItem(
            key="specialists", title="Patient Safety Specialists", text="Key allies in the work."
        ),
        ReferenceItem(
            key="involving",
            title="Framework for involving patients in patient safety",
            text="Partners are recruited under it.",
        ),
    ),
    source=REPORT_AND_OVERVIEW,
)
KEY_TASKS = ReferenceList(
    key="key_tasks",
    title="Key tasks in 2023/24",
    items=(
        ReferenceItem(
            key="coordinate",
            title="Coordinate and coach",
            text="All 15 collaboratives work with systems and providers: coaching and QI support "
            "through action learning and shared insights.",
        ),
        ReferenceItem(
            key="through_phases",
            title="Support through phases 3 to 6",
            text="Every provider of NHS-funded care to transition by the end of autumn 2023.",
        ),
        ReferenceItem(
            key="embed",
            title="Embed",
            text="From October 2023 to March 2024: sustainable change, as told in the quarter's "
            "returns, and a part in the evaluation that NHS England leads.",
        ),
    ),
    source=REPORT,
)
LEARNING_MODEL = ReferenceList(
    key="als_model",
    title="How an action learning set runs",
    items=(
        ReferenceItem(key="share", title="Share what systems have learned"),
        ReferenceItem(key="define", title="Define an issue"),
        ReferenceItem(key="explore", title="Explore solutions, QI tools among them"),
        ReferenceItem(key="act", title="Agree on actions", text="Looked at again in the next set."),
    ),
    source=REPORT,
)
EXAMPLE = ReferenceList(
    key="worked_example",
    title="Case study in the report: a road map to go-live",
    text="A trust with several sites in Buckinghamshire, Oxfordshire and Berkshire; the report "
    "does not name it. Partners: Health Innovation Oxford and Thames Valley, NHS England South "
    "East, the ICB.",
    items=(
        ReferenceItem(
            key="on_2023_09_27",
            title="27 September 2023",
            text="Pivotal online meeting on how to support.",
        ),
        ReferenceItem(
            key="in_2023_10", title="October 2023", text="Four safety summits supported."
        ),
        ReferenceItem(key="in_2023_11", title="November 2023", text="Feedback to the trust."),
        ReferenceItem(
            key="on_2023_12_06",
            title="6 December 2023",
            text="Training in incident response begins.",
        ),
        ReferenceItem(
            key="in_2023_12",
            title="December 2023 to January 2024",
            text="First early drafts of policy and plan.",
        ),
        ReferenceItem(
            key="in_2024_01", title="January 2024", text="PDSA cycle on after action review."
        ),
        ReferenceItem(
            key="on_2024_02_02", title="2 February 2024", text="First full draft for comment."
        ),
        ReferenceItem(
            key="on_2024_03_08",
            title="8 March 2024",
            text="Plan and policy to the ICB's system quality group.",
        ),
        ReferenceItem(key="on_2024_03_20", title="20 March 2024", text="The ICB signs off."),
        ReferenceItem(key="on_2024_04_01", title="1 April 2024", text="Go-live."),
    ),
    source=noted(REPORT, "Dates after the report's quarter were plans when it was written."),
)
CHALLENGES = ReferenceList(
    key="challenge_tags",
    title="Challenges, as tags of the quarterly report",
    items=(
        ReferenceItem(
            key="governance",
            title="Governance",
            text="Structures of some systems were still being built, and posts were empty.",
        ),
        ReferenceItem(
            key="variation",
            title="Variation",
            text="Providers, systems and regions are in different phases.",
        ),
        ReferenceItem(
            key="understanding",
            title="Understanding",
            text="Not every system understands the framework in the same way.",
        ),
        ReferenceItem(
            key="resources",
            title="Resources",
            text="Providers asked for money, people and help with business cases.",
        ),
        ReferenceItem(
            key="training_access",
            title="Access to training",
            text="Hard for independent providers, for example to that of HSSIB.",
        ),
    ),
    source=REPORT,
)
QUARTERLY_REPORT = ReferenceList(
    key="quarterly_report",
    title="Part of the quarterly report",
    text="Headings in the order of the report, and what feeds each.",
    items=(
        ReferenceItem(
            key="outcomes_deliverables",
            title="Expected outcomes, deliverables, key tasks",
            text="Text. From this programme.",
        ),
        ReferenceItem(
            key="progress",
            title="Progress",
            text="Spread over the phases; 15 collaboratives and 42 systems engaged. From the "
            "pathway. Figure 18, a timeline of the phases.",
        ),
        ReferenceItem(
            key="updates",
            title="Key updates, learning topics",
            text="A list for each collaborative. From the quarter's return.",
        ),
        ReferenceItem(
            key="under_way",
            title="Work under way",
            text="The ambition of the quarter, partnerships. From the quarter's return.",
        ),
        ReferenceItem(
            key="action_learning_sets",
            title="Action learning sets",
            text="Dates, topics, outputs. From the events. Figures 19 and 20, uploaded pictures.",
        ),
        ReferenceItem(
            key="context",
            title="Context, challenges",
            text="Text with tags. From the quarter's return.",
        ),
        ReferenceItem(
            key="learnings", title="Key learnings", text="Points. From the quarter's return."
        ),
        ReferenceItem(
            key="case_studies",
            title="Case studies",
            text="Narrative and links. From the published case studies.",
        ),
    ),
    source=REPORT,
)

REFERENCE_LISTS = (
    RESPONSE_METHODS,
    RELATED,
    KEY_TASKS,
    LEARNING_MODEL,
    EXAMPLE,
    CHALLENGES,
    QUARTERLY_REPORT,
)
