"""What is asked of a site and of a project: tools in use, coach review, key enablers."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tracker.plugin_api import (
    AppliesTo,
    Cadence,
    Domain,
    Response,
    SelfAssessment,
    Statement,
)
from tracker.plugin_api.common import coach_review, key_enablers

from .sources import REPORT, noted

NAMED_ONLY = noted(REPORT, "The report names the tools; the questions are ours.")

TOOLKITS = SelfAssessment(
    key="toolkit_adoption",
    programme="matneo",
    title="Tools in use",
    applies_to=AppliesTo.SITE,
    answered_by="Maternity and neonatal leads of the site",
    repeated=Cadence.QUARTERLY,
    responses=(
        Response(key="yes", label="Yes", score=Decimal(1)),
        Response(key="no", label="No", score=Decimal(0)),
    ),
    domains=(
        Domain(
            key="tools",
            title="Tools for deterioration",
            statements=(
                Statement(
                    key="bsots",
                    text="BSOTS is in use",
                    help="Triage of pregnant women by their symptoms.",
                ),
                Statement(
                    key="escalation_toolkit",
                    text="The escalation toolkit is in use",
                    help="Each Baby Counts Learn and Support.",
                ),
            ),
        ),
    ),
    source=NAMED_ONLY,
)
PASSPORT = SelfAssessment(
    key="preterm_passport",
    programme="matneo",
    title="Preterm passport",
    applies_to=AppliesTo.SITE,
    answered_by="Maternity and neonatal leads of the site",
    repeated=Cadence.QUARTERLY,
    responses=(
        Response(key="regional", label="The region's", score=Decimal(1)),
        Response(key="trust", label="The trust's own", score=Decimal(1)),
        Response(key="other", label="Another", score=Decimal(1)),
        Response(key="none", label="None", score=Decimal(0)),
    ),
    domains=(
        Domain(
            key="passport",
            title="Passport",
            statements=(
                Statement(key="passport_type", text="Which preterm passport is in use here?"),
            ),
        ),
    ),
    source=NAMED_ONLY,
)

COMMON_REVIEW = coach_review("matneo")
REVIEW = replace(
    COMMON_REVIEW,
    domains=(
        *COMMON_REVIEW.domains,
        Domain(
            key="matneo",
            title="Maternity and neonatal",
            statements=(
                Statement(
                    key="cr_element_stage",
                    text="The stage of each element has been looked at again",
                ),
                Statement(
                    key="cr_data_quality",
                    text="How far each measure's data can be relied on is written down",
                ),
                Statement(key="cr_family_input", text="Women and families had a say"),
            ),
        ),
    ),
)

SELF_ASSESSMENTS = (TOOLKITS, PASSPORT, REVIEW, key_enablers("matneo"))
