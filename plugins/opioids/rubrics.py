"""Phases of the whole systems approach: one current phase for each ICB."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tracker.plugin_api import AppliesTo, Cadence, Rubric, Stage

from .sources import DESIGN, PHASES_BY_ANALOGY, REPORT

PLANNING = "Quality Planning"
IMPROVEMENT = "Quality Improvement"
GROUPING_FROM_REPORT = replace(
    PHASES_BY_ANALOGY,
    code="S002, PK:unsourced",
    note="The grouping is the report's; name and meaning are to be confirmed.",
)

WSA_PHASE = Rubric(
    key="wsa_phase",
    programme="opioids",
    title="Phases of the whole systems approach",
    applies_to=AppliesTo.ICB,
    rated_by="PSC workstream lead with the ICB lead",
    rated=Cadence.QUARTERLY,
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
            provisional=True,
            source=PHASES_BY_ANALOGY,
        ),
        Stage(
            key="local_picture",
            score=Decimal(2),
            label="Build the local picture",
            descriptor="Data by place, PCN and deprivation; people with lived experience heard",
            evidence=("Data pack",),
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
            provisional=True,
            source=PHASES_BY_ANALOGY,
        ),
    ),
    source=replace(
        REPORT, note="Seven phases, two groupings and the name of phase 6 are from the report."
    ),
    provisional=True,
)

RUBRICS = (WSA_PHASE,)
