"""What a team should have to begin, and the year of a collaborative. All of it is ours."""

from __future__ import annotations

from tracker.plugin_api import Answer, Criterion, ExpressionOfInterest, ProgrammeEvent
from tracker.plugin_api.common import DESIGN

from .sources import designed

P = "medsip_ambitions"

CALL = ExpressionOfInterest(
    key="ready_to_begin",
    programme=P,
    title="Ready to begin",
    criteria=tuple(
        Criterion(key=key, text=text, answer=answer, evidence=(evidence,))
        for key, text, answer, evidence in (
            (
                "m_lead",
                "Who are the clinical lead and the pharmacy lead?",
                Answer.PEOPLE,
                "Names",
            ),
            (
                "m_search",
                "Can the practice or the trust run the search every month?",
                Answer.CONFIRM,
                "Data lead",
            ),
            (
                "m_people",
                "Is somebody with lived experience in the team?",
                Answer.CONFIRM,
                "Plan",
            ),
            (
                "m_balancing",
                "Which balancing measure was chosen?",
                Answer.TEXT,
                "The measure",
            ),
        )
    ),
    source=DESIGN,
    provisional=True,
)

EVENTS = tuple(
    ProgrammeEvent(
        key=key,
        programme=P,
        title=title,
        printed=printed,
        before_next=tasks,
        coach_checks=checks,
        source=designed("No source gives a schedule."),
        provisional=True,
    )
    for key, title, printed, tasks, checks in (
        (
            "launch",
            "Launch",
            "",
            ("Run the search for a baseline", "Write the aim"),
            ("cr_aim", "cr_baseline"),
        ),
        (
            "learning_set",
            "Learning set",
            "Every quarter",
            ("Run a PDSA cycle", "Share one thing learned"),
            ("cr_pdsa", "cr_balancing"),
        ),
        (
            "year_end",
            "End of the year",
            "",
            ("Write the case study", "Decide on spread"),
            ("cr_stage", "cr_story"),
        ),
    )
)

CALLS = (CALL,)
