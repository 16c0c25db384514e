"""What was asked of a site, and three events. All of it is ours; nothing new starts."""

from __future__ import annotations

from datetime import datetime

from tracker.plugin_api import LONDON, Answer, Criterion, ExpressionOfInterest, ProgrammeEvent
from tracker.plugin_api.common import coach_review, key_enablers

from .sources import designed

P = "adoption_spread"

CALL = ExpressionOfInterest(
    key="site",
    programme=P,
    title="Taking part as a site",
    closes=datetime(2022, 3, 31, 23, 59, tzinfo=LONDON),
    criteria=tuple(
        Criterion(key=key, text=text, answer=answer, evidence=(evidence,))
        for key, text, answer, evidence in (
            (
                "a_audit",
                "Does the site take part in the national audit of this bundle?",
                Answer.CONFIRM,
                "Site code in the audit",
            ),
            (
                "a_lead",
                "Who are the clinical lead and the deputy?",
                Answer.PEOPLE,
                "Names",
            ),
            (
                "a_element",
                "Is every element delivered somewhere already?",
                Answer.CONFIRM,
                "Baseline of each element",
            ),
        )
    ),
    source=designed(
        "No source gives questions. The closing day is the end of the last year that the overview "
        "page names, as the programme is completed."
    ),
    provisional=True,
)

EVENTS = tuple(
    ProgrammeEvent(
        key=key,
        programme=P,
        title=title,
        before_next=tasks,
        coach_checks=checks,
        source=designed("No source gives a schedule."),
        provisional=True,
    )
    for key, title, tasks, checks in (
        (
            "start",
            "Start",
            ("Baseline of each element", "Share of patients with every element"),
            ("cr_baseline",),
        ),
        ("mid", "Midway", ("A PDSA cycle on the weakest element",), ("cr_pdsa", "cr_driver")),
        (
            "end",
            "End",
            ("Plan how to sustain it", "Spread to the next site"),
            ("cr_stage", "cr_story"),
        ),
    )
)

CALLS = (CALL,)
ASSESSMENTS = (coach_review(P), key_enablers(P))
