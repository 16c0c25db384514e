"""The programme, its consultation in 2019, and what is still open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tracker.plugin_api import (
    Programme,
    ProgrammeAim,
    ProgrammeEvent,
    ProgrammeStatus,
    ReferenceItem,
    ReferenceList,
)
from tracker.plugin_api.common import DESIGN, OVERVIEW, PROGRESS_REPORT

from .sources import CONSULTATION, CONSULTATION_AND_OVERVIEW, PROGRAMME_PAGE

P = "medicines_safety_assurance"

HALF = ProgrammeAim(
    key="half",
    title="Medication without harm",
    text="A contribution to the third global challenge of the World Health Organization: half as "
    "much severe avoidable harm from medicines.",
    figure=Decimal(50),
    unit="% less",
    source=CONSULTATION,
)

UNITS = ReferenceList(
    key="units",
    title="What assesses itself",
    text="A system, fed by its organisations. What a system is has changed, so each assessment "
    "names its own.",
    source=CONSULTATION,
    items=(
        ReferenceItem(
            key="stps",
            title="2016: 44 sustainability and transformation partnerships",
            text="Some became integrated care systems",
        ),
        ReferenceItem(
            key="icbs",
            title="2023/24: 42 integrated care boards",
            source=replace(
                PROGRESS_REPORT,
                code="S002, S004",
                title=f"{PROGRESS_REPORT.title}, and {OVERVIEW.title}",
            ),
        ),
    ),
)

CONFIDENCE = ReferenceList(
    key="confidence",
    title="How sure an answer is",
    text="Say it in the note of the answer, with the owner of what comes next and by when.",
    source=DESIGN,
    items=(
        ReferenceItem(key="self_assessed", title="Self-assessed"),
        ReferenceItem(key="peer_reviewed", title="Peer reviewed"),
        ReferenceItem(key="verified", title="Verified"),
    ),
)

NEARBY = ReferenceList(
    key="nearby",
    title="Nearby: what is not this model",
    text="For the owner, who has to name the five domains. None of these is one of them.",
    provisional=True,
    source=PROGRAMME_PAGE,
    items=(
        ReferenceItem(
            key="working_group",
            title="Short-life working group, 2018: four domains",
            text="Medicines; professionals; systems and practices; patients",
        ),
        ReferenceItem(
            key="lenses",
            title="National programme, 2019: three lenses",
            text="High-risk medicines; high-risk parts of the process; the most vulnerable people",
        ),
    ),
)

PROGRAMME = Programme(
    key=P,
    programme=P,
    title="Medicines safety assurance",
    purpose="Systems assess how safely they use medicines, find and support best practice, and "
    "reduce the risk of harm. The model asks how practice in organisations becomes consistent "
    "across a system.",
    parent="National Medicines Safety Programme, NHS Improvement (2019); later the Medicines "
    "Safety Improvement Programme",
    lead="National medicines safety programme team",
    unit_of_adoption="system (ICS or ICB), fed by its organisations",
    settings="NHS organisations of a system, with local councils",
    status=ProgrammeStatus.PLANNED,
    status_note="The consultation was open from 3 April to 19 May 2019, after a scoping phase with "
    "system leaders. Whether the model has been in use since has not been confirmed.",
    aims=(HALF,),
    aim_template="Severe avoidable medicines harm in {system} down by {reduction} by {date}",
    reference_lists=(UNITS, CONFIDENCE, NEARBY),
    open_questions=(
        (
            "Names of the five domains and the questions of the model: they are in a document that "
            "was not found. The labels here are working labels until an owner confirms them."
        ),
        (
            "The questions of the baseline survey of 2019. Here the first round of the "
            "self-assessment is the baseline, before the model is used."
        ),
        "Whether the model was put into use after the consultation.",
    ),
    source=CONSULTATION_AND_OVERVIEW,
)

EVENTS = (
    ProgrammeEvent(
        key="survey_opens",
        programme=P,
        title="Survey opens",
        day=date(2019, 4, 3),
        people_per_team=0,
        before_next=("Invite organisations", "Remind them"),
        source=CONSULTATION,
    ),
    ProgrammeEvent(
        key="survey_closes",
        programme=P,
        title="Survey closes",
        day=date(2019, 5, 19),
        people_per_team=0,
        before_next=("Check the answers", "Compare organisations"),
        source=CONSULTATION,
    ),
    ProgrammeEvent(
        key="results_shared",
        programme=P,
        title="Results shared",
        printed="As soon as possible",
        people_per_team=0,
        before_next=("Give each organisation that answered its feedback",),
        source=CONSULTATION,
    ),
    ProgrammeEvent(
        key="next_cycle",
        programme=P,
        title="Next round",
        printed="Every year",
        before_next=("Work on the actions",),
        coach_checks=("cr_gaps", "cr_next"),
        source=replace(DESIGN, note="No source says how often."),
        provisional=True,
    ),
)
