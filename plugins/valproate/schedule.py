"""What an ICB should have to begin, and the events of a collaborative. All of it is ours."""

from __future__ import annotations

from tracker.plugin_api import Answer, Criterion, ExpressionOfInterest, ProgrammeEvent
from tracker.plugin_api.common import DESIGN

from .sources import designed

P = "valproate"

CALL = ExpressionOfInterest(
    key="ready_to_begin",
    programme=P,
    title="Ready to begin",
    criteria=tuple(
        Criterion(key=key, text=text, answer=answer, evidence=(evidence,))
        for key, text, answer, evidence in (
            ("v_sponsor", "Who is the sponsor at the ICB?", Answer.PERSON, "Name"),
            (
                "v_group",
                (
                    "Does a working group bring primary care, secondary care and mental health "
                    "together?"
                ),
                Answer.CONFIRM,
                "List of the group",
            ),
            (
                "v_data",
                "Are a list of people and counts available every month?",
                Answer.CONFIRM,
                "Data lead",
            ),
            (
                "v_specialists",
                "Is there a specialist lead for epilepsy and one for bipolar disorder?",
                Answer.CONFIRM,
                "Names",
            ),
            (
                "v_equality",
                "When will the equality impact assessment be done?",
                Answer.DATE,
                "Date",
            ),
            (
                "v_people",
                "Are people with lived experience involved?",
                Answer.CONFIRM,
                "Plan",
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
        before_next=tasks,
        coach_checks=checks,
        source=designed("No source gives a schedule."),
        provisional=True,
    )
    for key, title, tasks, checks in (
        (
            "launch",
            "Launch",
            ("Find people", "Count them", "Map the pathway"),
            ("cr_team", "cr_baseline"),
        ),
        (
            "learning_event_1",
            "Learning event 1",
            ("Agree the pathway", "Run the first clinic as a PDSA cycle"),
            ("cr_aim", "cr_pdsa"),
        ),
        (
            "learning_event_2",
            "Learning event 2",
            ("Widen the clinics", "Code records"),
            ("cr_balancing", "cr_stage"),
        ),
        (
            "learning_event_3",
            "Learning event 3",
            ("Make the annual cycle reliable", "Hand over"),
            ("cr_story",),
        ),
    )
)

CALLS = (CALL,)
