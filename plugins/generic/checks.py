"""What any project is asked: how far it has come, what helps it, and what a coach looks at."""

from __future__ import annotations

from dataclasses import replace

from tracker.plugin_api import AppliesTo, Domain, SelfAssessment, Statement
from tracker.plugin_api.common import (
    LAUNCH,
    coach_review,
    key_enablers,
    project_progress_score,
)

P = "generic"

COLLABORATIVE = SelfAssessment(
    key="collaborative_requirements",
    programme=P,
    title="What a collaborative asks",
    applies_to=AppliesTo.PROJECT,
    answered_by="project lead",
    domains=(
        Domain(
            key="requirements",
            title="What a collaborative asks",
            statements=(
                Statement(key="patients", text="Patients and families are involved"),
                Statement(key="evaluate", text="The work is evaluated from the start, and adapted"),
                Statement(key="staff", text="All staff can change things"),
                Statement(key="leaders", text="Leaders understand the problems and back the staff"),
                Statement(
                    key="measurement",
                    text="What is measured nationally is measured in the same way here",
                ),
                Statement(key="priorities", text="What comes first is decided locally"),
            ),
        ),
    ),
    source=replace(LAUNCH, note="The requirements are of the launch; the statements are ours."),
)

RUBRICS = (project_progress_score(P),)
ASSESSMENTS = (coach_review(P), key_enablers(P), COLLABORATIVE)
