"""Phases of the collaborative for a trust's project, with the scales of all programmes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tracker.plugin_api import AppliesTo, Cadence, Need, Proof, Rubric, Stage
from tracker.plugin_api.common import project_progress_score, stage_of_adoption

from .sources import INVITATION, P

COLLAB_PHASE = Rubric(
    key="tcm_collab_phase",
    programme=P,
    title="Phases of the collaborative",
    applies_to=AppliesTo.PROJECT,
    rated_by="coach",
    rated=Cadence.PER_EVENT,
    summed_up="Share of the cohort at each phase or past it, after each workshop",
    stages=(
        Stage(
            key="selected",
            score=Decimal(0),
            label="Selected",
            descriptor="The expression of interest is accepted",
            evidence=("Outcome of the expression of interest",),
            reviewed="Week of 30 June 2025",
        ),
        Stage(
            key="initiation",
            score=Decimal(1),
            label="Project initiation",
            descriptor="Team, sponsor, scope and problem are agreed",
            evidence=("Team list", "Charter", "List of areas", "Equality impact assessment begun"),
            needs=(Need(any_of=(Proof.DOCUMENT,), text="The charter or the team list"),),
            reviewed="After Workshop 1",
        ),
        Stage(
            key="building_momentum",
            score=Decimal(2),
            label="Building momentum",
            descriptor="Aim, driver diagram, measurement plan and baseline are in place, and a "
            "first PDSA cycle is planned",
            evidence=("Aim", "Driver diagram", "12 baseline points"),
            needs=(
                Need(any_of=(Proof.POINTS,), at_least=12, text="12 baseline points"),
                Need(any_of=(Proof.CYCLE,), text="A PDSA cycle, planned or begun"),
            ),
            reviewed="After Workshop 2",
        ),
        Stage(
            key="delivering_change",
            score=Decimal(3),
            label="Delivering change",
            descriptor="At least 2 PDSA cycles are complete, with data",
            evidence=("PDSA log", "Annotated chart"),
            needs=(
                Need(any_of=(Proof.CLOSED_CYCLE,), at_least=2, text="Two completed PDSA cycles"),
                Need(any_of=(Proof.CHART,), text="A chart with notes"),
            ),
            reviewed="After Workshop 3",
        ),
        Stage(
            key="sustaining",
            score=Decimal(4),
            label="Sustaining improvement",
            descriptor="A change is adopted in at least one area, with a plan to sustain and "
            "spread it",
            evidence=("Stage 6 of adoption in one area", "Plan to sustain and spread"),
            needs=(
                Need(any_of=(Proof.DOCUMENT,), at_least=2, text="The plan to sustain and spread"),
                Need(
                    any_of=(Proof.MEASURE, Proof.CHART),
                    text="Data that show use for everyone eligible in one area",
                ),
            ),
            reviewed="After Workshop 4",
        ),
        Stage(
            key="celebrated",
            score=Decimal(5),
            label="Celebrated",
            descriptor="The case study is published, and the work is handed over to business as "
            "usual",
            evidence=("Case study",),
            needs=(Need(any_of=(Proof.CASE_STUDY,), text="A published case study"),),
            reviewed="At the Celebration Event",
        ),
    ),
    source=replace(
        INVITATION,
        code="S000, DES",
        note="Phases are named after its events. When a phase is entered, and what has to be "
        "shown, is ours.",
    ),
)

PROGRESS = replace(
    project_progress_score(P),
    rated_by="coach, after each workshop",
    summed_up="Median and distribution over the cohort",
)

ADOPTION = replace(
    stage_of_adoption(P, applies_to=AppliesTo.CHANGE_IDEA),
    rated_by="trust lead",
    confirmed_by="coach",
    summed_up="Share of all pairs of a change idea and an area that are at stage 5 or above",
)

RUBRICS = (COLLAB_PHASE, PROGRESS, ADOPTION)
