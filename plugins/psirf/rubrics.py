"""How much support a provider needs, how far each method is used, and the score of a project."""

from __future__ import annotations

from decimal import Decimal

from tracker.plugin_api import AppliesTo, Cadence, Rubric, Stage
from tracker.plugin_api.common import project_progress_score, stage_of_adoption

from .methods import METHOD_ELEMENTS
from .sources import DESIGN, REPORT, noted

SUPPORT_NEED = Rubric(
    key="support_need",
    programme="psirf",
    title="Need of support",
    applies_to=AppliesTo.ORGANISATION,
    rated_by="PSC workstream lead with the ICB",
    rated=Cadence.QUARTERLY,
    stages=(
        Stage(
            key="none",
            score=Decimal(0),
            label="None",
            descriptor="On track",
            provisional=True,
            source=DESIGN,
        ),
        Stage(
            key="light",
            score=Decimal(1),
            label="Light",
            descriptor="Resources and events are enough",
            provisional=True,
            source=DESIGN,
        ),
        Stage(
            key="focused",
            score=Decimal(2),
            label="Focused",
            descriptor="Collaborative, ICB and region work with the provider",
        ),
    ),
    source=noted(REPORT, "The report tells of focused support; the three levels are ours."),
)

RUBRICS = (
    SUPPORT_NEED,
    stage_of_adoption("psirf", elements=METHOD_ELEMENTS, roll_up="Methods in use"),
    project_progress_score("psirf"),
)
