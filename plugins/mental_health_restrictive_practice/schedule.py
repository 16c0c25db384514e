"""What was asked of a ward, and the rhythm of the collaborative. Nothing new starts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time

from tracker.plugin_api import (
    LONDON,
    Answer,
    Criterion,
    ExpressionOfInterest,
    ProgrammeEvent,
)
from tracker.plugin_api.common import DESIGN

from .programme import CLOSED_ON
from .sources import RCPSYCH

P = "mental_health_restrictive_practice"

CALL = ExpressionOfInterest(
    key="ward",
    programme=P,
    title="Taking part as a ward",
    closes=datetime.combine(CLOSED_ON, time(23, 59), tzinfo=LONDON),
    criteria=tuple(
        Criterion(key=key, text=text, answer=answer, decides=decides, evidence=(evidence,))
        for key, text, answer, decides, evidence in (
            (
                "r_ward",
                "Which ward, of which type, with how many beds?",
                Answer.TEXT,
                False,
                "Record of the ward",
            ),
            (
                "r_lead",
                "Does the ward manager lead, with time for it?",
                Answer.CONFIRM,
                True,
                "Name",
            ),
            (
                "r_data",
                "Are counts and bed days available every week?",
                Answer.CONFIRM,
                True,
                "Data lead",
            ),
            (
                "r_people",
                "Is an expert by experience in the team?",
                Answer.CONFIRM,
                True,
                "Role",
            ),
            ("r_sponsor", "Who is the executive sponsor?", Answer.PERSON, True, "Name"),
        )
    ),
    source=replace(DESIGN, note="It closed with the programme; no source gives the questions."),
    provisional=True,
)

LEARNING_DAY = ProgrammeEvent(
    key="learning_day",
    programme=P,
    title="Learning day",
    printed="Every two months, for 18 months",
    topics=("Breakthrough Series",),
    before_next=(
        "Enter data every week",
        "Run at least one PDSA cycle",
        "Have a visit of the coach",
    ),
    coach_checks=("cr_pdsa", "cr_people_test", "cr_next"),
    source=replace(
        RCPSYCH,
        code="PK, DES",
        note="The series, its length, its days and its coaches are of the page; the rest is ours.",
    ),
    provisional=True,
)

CALLS = (CALL,)
EVENTS = (LEARNING_DAY,)
