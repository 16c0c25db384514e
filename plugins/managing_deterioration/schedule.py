"""Which sites may join Martha's Rule, and the rhythm of a collaborative."""

from __future__ import annotations

from tracker.plugin_api import Answer, Criterion, ExpressionOfInterest, ProgrammeEvent
from tracker.plugin_api.common import DESIGN

from .sources import DATA_COLLECTION, PHASE_1_LETTER, designed

P = "managing_deterioration"

MARTHAS_RULE_CALL = ExpressionOfInterest(
    key="marthas_rule",
    programme=P,
    title="Martha's Rule",
    criteria=(
        Criterion(
            key="mr_setting",
            text="Is it an acute inpatient site for adults, for children or for both?",
            evidence=("List of sites",),
            source=PHASE_1_LETTER,
        ),
        Criterion(
            key="mr_ccot",
            text="Does a critical care outreach team work on this site at every hour?",
            evidence=("Rota",),
            source=PHASE_1_LETTER,
        ),
        Criterion(
            key="mr_site_level",
            text="Which sites of the trust?",
            answer=Answer.TEXT,
            decides=False,
            evidence=("List of sites",),
            source=PHASE_1_LETTER,
        ),
        Criterion(
            key="mr_exec",
            text="Who is the executive lead?",
            answer=Answer.PERSON,
            evidence=("Name",),
            source=DESIGN,
        ),
        Criterion(
            key="mr_data",
            text="Will the site return data every month?",
            evidence=("Data lead",),
            source=DATA_COLLECTION,
        ),
        Criterion(
            key="mr_voice",
            text="Are patients and families partners in the work?",
            evidence=("Plan",),
            source=DESIGN,
        ),
    ),
    source=PHASE_1_LETTER,
    provisional=True,
)

EACH_MONTH = ("Enter the data of each month", "Have a call with the coach each month")
NO_DATES = designed("No source gives dates: this is the usual rhythm of a collaborative.")

EVENTS = tuple(
    ProgrammeEvent(
        key=key,
        programme=P,
        title=title,
        before_next=EACH_MONTH,
        coach_checks=("cr_component", *checks),
        source=NO_DATES,
        provisional=True,
    )
    for key, title, checks in (
        ("launch", "Launch", ("cr_aim", "cr_team", "cr_baseline", "cr_next")),
        ("workshop_1", "Workshop 1", ("cr_driver", "cr_pdsa", "cr_next")),
        ("workshop_2", "Workshop 2", ("cr_pdsa", "cr_balancing", "cr_equality", "cr_next")),
        ("workshop_3", "Workshop 3", ("cr_pdsa", "cr_stage", "cr_story", "cr_next")),
    )
)

CALLS = (MARTHAS_RULE_CALL,)
