"""Stages of adoption, progress, and how mature the role of Medication Safety Officer is."""

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

P = "medsip_ambitions"

MSO_MATURITY = Rubric(
    key="mso_maturity",
    programme=P,
    title="Maturity of the Medication Safety Officer role",
    applies_to=AppliesTo.ORGANISATION,
    rated_by="Medication Safety Officer with the chief pharmacist",
    rated=Cadence.ANNUAL,
    stages=tuple(
        Stage(
            key=key,
            score=Decimal(score),
            label=label,
            descriptor=descriptor,
            provisional=True,
        )
        for score, key, label, descriptor in (
            (1, "named", "Named", "An officer is named"),
            (2, "protected_time", "Protected time", "Time for the role is protected"),
            (3, "networked", "Networked", "The officer takes part in a network"),
            (4, "reports_to_board", "Reports to the board", "The officer reports to the board"),
            (
                5,
                "leads_improvement",
                "Leads improvement",
                "The officer leads improvement projects",
            ),
        )
    ),
    source=DESIGN,
    provisional=True,
)

RUBRICS = (
    stage_of_adoption(P, applies_to=AppliesTo.CHANGE_IDEA),
    project_progress_score(P),
    MSO_MATURITY,
)
ASSESSMENTS = (coach_review(P), key_enablers(P))
