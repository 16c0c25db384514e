"""What is asked of a provider and of a project: standards, coach review, key enablers."""

from __future__ import annotations

from dataclasses import replace

from tracker.plugin_api import AppliesTo, Cadence, Domain, SelfAssessment, Statement
from tracker.plugin_api.common import coach_review, key_enablers

from .sources import STANDARDS, noted

NOT_COPIED = "Read the standards themselves: their text is not copied here. Note which are not met."


def _heading(key: str, title: str, about: str) -> Domain:
    return Domain(
        key=key,
        title=title,
        provisional=True,
        statements=(
            Statement(
                key=f"{key}_met",
                text=f"We meet the national standards on {about}",
                help=NOT_COPIED,
                level="organisation",
                provisional=True,
            ),
        ),
    )


STANDARDS_SELFCHECK = SelfAssessment(
    key="standards_selfcheck",
    programme="psirf",
    title="Check against the standards",
    applies_to=AppliesTo.ORGANISATION,
    answered_by="Lead of the provider",
    moderated_by="ICB",
    repeated=Cadence.ANNUAL,
    domains=(
        _heading(
            "policy_planning_oversight",
            "Policy, planning and oversight",
            "policy, planning and oversight",
        ),
        _heading("competence_capacity", "Competence and capacity", "competence and capacity"),
        _heading(
            "engagement_involvement",
            "Engagement and involvement",
            "engaging and involving those affected",
        ),
        _heading("proportionate_responses", "Proportionate responses", "proportionate responses"),
    ),
    provisional=True,
    source=noted(
        STANDARDS,
        "The four headings are from this page; who answers and how often are ours. The domain "
        "owner enters each standard.",
    ),
)

COMMON_REVIEW = coach_review("psirf")
REVIEW = replace(
    COMMON_REVIEW,
    domains=(
        *COMMON_REVIEW.domains,
        Domain(
            key="psirf",
            title="Between action learning sets",
            statements=(
                Statement(
                    key="cr_action_closed",
                    text="The action logged at the last set is closed, or has a new date",
                ),
                Statement(key="cr_phase_evidence", text="The evidence for each phase is there"),
                Statement(key="cr_families_engaged", text="Families are engaged"),
                Statement(
                    key="cr_barrier_escalated",
                    text="What nobody here can solve has been passed on",
                ),
            ),
        ),
    ),
)

SELF_ASSESSMENTS = (STANDARDS_SELFCHECK, REVIEW, key_enablers("psirf"))
