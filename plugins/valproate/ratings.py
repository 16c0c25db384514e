"""How far an ICB has come: stages, progress, and the phases of its pathway."""

from __future__ import annotations

from decimal import Decimal

from tracker.plugin_api import AppliesTo, Cadence, Rubric, Stage
from tracker.plugin_api.common import (
    DESIGN,
    coach_review,
    key_enablers,
    project_progress_score,
    stage_of_adoption,
)

P = "valproate"

PATHWAY_PHASE = Rubric(
    key="val_pathway_phase",
    programme=P,
    title="Phase of the pathway",
    applies_to=AppliesTo.ICB,
    rated_by="ICB lead",
    rated=Cadence.QUARTERLY,
    stages=tuple(
        Stage(
            key=key,
            score=Decimal(score),
            label=label,
            descriptor=descriptor,
            evidence=(evidence,),
            provisional=True,
        )
        for score, key, label, descriptor, evidence in (
            (1, "set_up", "Set up", "Sponsor and working group are named", "List of the group"),
            (
                2,
                "find_people",
                "Find people",
                "People who take valproate are found in primary care and specialist records",
                "Count by service",
            ),
            (
                3,
                "pathway_agreed",
                "Pathway agreed",
                "One pathway is agreed between primary care and specialists",
                "The pathway",
            ),
            (
                4,
                "reviews_under_way",
                "Reviews under way",
                "Reviews are taking place on the agreed pathway",
                "Reviews in the month",
            ),
            (
                5,
                "all_reviewed_once",
                "All reviewed once",
                "Everyone on the list has been reviewed once",
                "Chart of the measure",
            ),
            (
                6,
                "annual_reliable",
                "Annual and reliable",
                "Everyone is reviewed every year, reliably",
                "Chart over a year",
            ),
        )
    ),
    source=DESIGN,
    provisional=True,
)

RUBRICS = (
    PATHWAY_PHASE,
    stage_of_adoption(P, applies_to=AppliesTo.CHANGE_IDEA),
    project_progress_score(P),
)
ASSESSMENTS = (coach_review(P), key_enablers(P))
