"""How far a ward has come: stages of adoption, progress, and the coach's review."""

from __future__ import annotations

from tracker.plugin_api import AppliesTo, Statement
from tracker.plugin_api.common import (
    coach_review,
    key_enablers,
    project_progress_score,
    stage_of_adoption,
)

P = "mental_health_restrictive_practice"

RUBRICS = (stage_of_adoption(P, applies_to=AppliesTo.CHANGE_IDEA), project_progress_score(P))
ASSESSMENTS = (
    coach_review(
        P,
        more=(Statement(key="cr_people_test", text="People on the ward are testing with us"),),
    ),
    key_enablers(P),
)
