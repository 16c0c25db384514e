"""Phases of the whole systems approach, with the scales that all programmes share."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tracker.plugin_api import AppliesTo, Cadence, Need, Proof, Rubric, Stage
from tracker.plugin_api.common import project_progress_score, psc_support_level, stage_of_adoption

from .sources import DESIGN, PHASES_BY_ANALOGY, REPORT, P, noted

PLANNING = "Quality Planning"
IMPROVEMENT = "Quality Improvement"
GROUPING_FROM_REPORT = replace(
    PHASES_BY_ANALOGY,
    code="S002, PK:unsourced",
    note="The grouping is the report's; name and meaning are to be confirmed.",
)


def _document(text: str) -> Need:
    return Need(any_of=(Proof.DOCUMENT, Proof.NOTE), text=text)


WSA_PHASE = Rubric(
    key="wsa_phase",
    programme="opioids",
    title="Phases of the whole systems approach",
    applies_to=AppliesTo.ICB,
    rated_by="PSC workstream lead with the ICB lead",
    rated=Cadence.QUARTERLY,
    summed_up="Count of ICBs in each phase and each grouping, split by the support of the PSC",
    stages=(
        Stage(
            key="not_started",
            score=Decimal(0),
            label="Not on the approach",
            descriptor="No work on the whole systems approach",
            source=DESIGN,
        ),
        Stage(
            key="set_up",
            score=Decimal(1),
            label="Set up",
            descriptor="Leaders agree to the approach; sponsor and core team are named",
            evidence=("Sponsor letter",),
            needs=(_document("The sponsor's letter"),),
            provisional=True,
            source=PHASES_BY_ANALOGY,
        ),
        Stage(
            key="local_picture",
            score=Decimal(2),
            label="Build the local picture",
            descriptor="Data by place, PCN and deprivation; people with lived experience heard",
            evidence=("Data pack",),
            needs=(_document("The data pack"),),
            grouping=PLANNING,
            provisional=True,
            source=GROUPING_FROM_REPORT,
        ),
        Stage(
            key="system_map",
            score=Decimal(3),
            label="Map the system",
            descriptor="Workshops map services and gaps",
            evidence=("System map",),
            needs=(_document("The system map"),),
            grouping=PLANNING,
            provisional=True,
            source=GROUPING_FROM_REPORT,
        ),
        Stage(
            key="shared_aim",
            score=Decimal(4),
            label="Agree aim and drivers",
            descriptor="Aim statement, driver diagram and priorities agreed",
            evidence=("Aim statement", "Driver diagram"),
            needs=(_document("The aim statement or the driver diagram"),),
            grouping=IMPROVEMENT,
            provisional=True,
            source=GROUPING_FROM_REPORT,
        ),
        Stage(
            key="plan",
            score=Decimal(5),
            label="Plan action and measures",
            descriptor="Action plan and measurement plan written, first PDSA cycle planned",
            evidence=("Action plan",),
            needs=(_document("The action plan"),),
            grouping=IMPROVEMENT,
            provisional=True,
            source=GROUPING_FROM_REPORT,
        ),
        Stage(
            key="action",
            score=Decimal(6),
            label="Action",
            descriptor="The action plan is being carried out and PDSA cycles are running",
            evidence=("PDSA log", "Data"),
            needs=(
                Need(any_of=(Proof.CYCLE,), text="A PDSA cycle"),
                Need(any_of=(Proof.POINTS, Proof.CHART), text="Data"),
            ),
            grouping=IMPROVEMENT,
            source=replace(
                REPORT, note="PDSA cycles and the evidence expected are this product's reading."
            ),
        ),
        Stage(
            key="sustain",
            score=Decimal(7),
            label="Sustain and refresh",
            descriptor="Learning held in governance, with a cycle of review",
            evidence=("Review minutes",),
            needs=(_document("Minutes of the review"),),
            provisional=True,
            source=PHASES_BY_ANALOGY,
        ),
    ),
    source=replace(
        REPORT, note="Seven phases, two groupings and the name of phase 6 are from the report."
    ),
    provisional=True,
)

WSA_PHASE_OF_PLACE = replace(
    WSA_PHASE,
    key="wsa_phase_place",
    title="Phases of the whole systems approach, by place",
    applies_to=AppliesTo.PLACE,
    rated_by="place lead with the PSC workstream lead",
    summed_up="Not summed up: where an ICB works by place, this shows how far each has come",
    source=noted(
        REPORT,
        "The phases are those of the ICB. Rating each place as well is optional and ours.",
        also="DES",
    ),
)

PROGRESS = replace(
    project_progress_score(P),
    rated_by="coach with the project lead, for an ICS against its aim",
)

ADOPTION = replace(
    stage_of_adoption(P, applies_to=AppliesTo.CHANGE_IDEA),
    summed_up="Optional: share of all pairs of a change idea and a place at stage 5 or above",
)

RUBRICS = (WSA_PHASE, WSA_PHASE_OF_PLACE, psc_support_level(P), PROGRESS, ADOPTION)
