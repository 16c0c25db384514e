"""Readiness for MEWS and NEWTT2, and the rhythm of support between sites."""

from __future__ import annotations

from tracker.plugin_api import Answer, Criterion, ExpressionOfInterest, ProgrammeEvent

from .sources import DESIGN, REPORT, noted

ONBOARDING = ExpressionOfInterest(
    key="onboarding",
    programme="matneo",
    title="Ready for MEWS and NEWTT2",
    criteria=(
        Criterion(
            key="onboard_path",
            text="Are your records on paper or digital?",
            answer=Answer.CHOICE,
            choices=("Paper", "Digital"),
            help="It decides the phase: paper sites come first.",
        ),
        Criterion(
            key="onboard_supplier",
            text="Who supplies your records and charts?",
            answer=Answer.TEXT,
            decides=False,
            required=False,
            source=noted(REPORT, "The report names suppliers; that the form asks is ours."),
        ),
        Criterion(
            key="onboard_leads",
            text="Who are your maternity and your neonatal lead?",
            answer=Answer.PEOPLE,
            at_least=2,
            provisional=True,
            source=DESIGN,
        ),
        Criterion(
            key="onboard_guideline",
            text="Have local guidelines been reviewed?",
            evidence=("List of guidelines that the tools touch",),
        ),
        Criterion(
            key="onboard_training",
            text="Is the training package planned?",
            evidence=("Training plan",),
        ),
        Criterion(
            key="onboard_plan",
            text="Does a local plan cover phases 3 to 6?",
            evidence=("Plan for adoption and spread",),
        ),
        Criterion(
            key="onboard_go_live",
            text="When do you mean to go live?",
            answer=Answer.DATE,
            decides=False,
            required=False,
            provisional=True,
            source=DESIGN,
        ),
    ),
    source=noted(
        REPORT, "Made from what the report tells of onboarding meetings; the questions are ours."
    ),
)

ARRANGED = "Arranged by each collaborative"
FROM_WEST_MIDLANDS = noted(
    REPORT, "The example of the West Midlands. What a coach looks at is ours."
)

EVENTS = (
    ProgrammeEvent(
        key="regional_learning_set",
        programme="matneo",
        title="Regional learning set",
        printed=ARRANGED,
        people_per_team=0,
        topics=("What sites have learned, element by element and tool by tool",),
        before_next=("Look at the stage of each element again", "Close a PDSA cycle"),
        coach_checks=(
            "cr_element_stage",
            "cr_data_quality",
            "cr_pdsa",
            "cr_family_input",
        ),
        source=FROM_WEST_MIDLANDS,
    ),
    ProgrammeEvent(
        key="check_in_call",
        programme="matneo",
        title="Informal check-in call",
        printed=ARRANGED,
        people_per_team=0,
        topics=("One site and the collaborative: how it goes, what is in the way",),
        source=FROM_WEST_MIDLANDS,
    ),
    ProgrammeEvent(
        key="open_drop_in",
        programme="matneo",
        title="Open drop-in session",
        printed=ARRANGED,
        people_per_team=0,
        topics=("Anyone may come with a question",),
        source=FROM_WEST_MIDLANDS,
    ),
)
