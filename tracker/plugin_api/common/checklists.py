"""Checklists asked of every project: what a coach reviews, and the key enablers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..rubric import AppliesTo
from ..self_assessment import Domain, SelfAssessment, Statement
from .sources import DESIGN, PROGRESS_REPORT


def coach_review(programme: str, *, more: Iterable[Statement] = ()) -> SelfAssessment:
    """What a coach looks at between workshops; events name these by key.

    `more` is what a programme asks besides.
    """
    return SelfAssessment(
        key="coach_review",
        programme=programme,
        title="Coach review",
        applies_to=AppliesTo.PROJECT,
        answered_by="coach",
        domains=(
            Domain(key="review", title="Since the last review", statements=(*_REVIEW, *more)),
        ),
        source=DESIGN,
    )


def key_enablers(programme: str) -> SelfAssessment:
    """The eight enablers of improvement, asked of every project."""
    return SelfAssessment(
        key="key_enablers",
        programme=programme,
        title="Key enablers",
        applies_to=AppliesTo.PROJECT,
        answered_by="project lead",
        domains=(Domain(key="enablers", title="Key enablers", statements=_ENABLERS),),
        source=replace(PROGRESS_REPORT, note="The names are the report's; the questions are ours."),
    )


_REVIEW = (
    Statement(key="cr_aim", text="The aim is specific, with a number and a date"),
    Statement(
        key="cr_team",
        text="Sponsor, lead, QI, data and lived experience roles are filled",
    ),
    Statement(
        key="cr_baseline",
        text="There is a baseline of 12 points or more, or a stated reason",
    ),
    Statement(key="cr_driver", text="Each change idea hangs on a driver"),
    Statement(
        key="cr_pdsa",
        text="A cycle has been closed since the last review, with a prediction and a decision",
    ),
    Statement(key="cr_balancing", text="There is a balancing measure with data"),
    Statement(key="cr_equality", text="An equality impact assessment is done and used"),
    Statement(key="cr_stage", text="The ratings match the evidence"),
    Statement(key="cr_story", text="A case study is drafted"),
    Statement(key="cr_next", text="Next actions are agreed, each with an owner and a date"),
)

_ENABLERS = (
    Statement(
        key="inequalities",
        text="Addressing inequalities",
        help="Which groups have the worst outcome here, and does the change help them first?",
    ),
    Statement(
        key="codesign",
        text="Co-design with patients and carers",
        help="Who with lived experience shaped this, and do they reflect the population?",
    ),
    Statement(
        key="safety_culture",
        text="Safety culture",
        help="Which insight into culture, from a survey or a debrief, informed the approach?",
    ),
    Statement(
        key="networks",
        text="Patient safety networks",
        help="Which network carries this work?",
    ),
    Statement(
        key="leadership",
        text="Improvement leadership",
        help="Which leaders, clinical ones among them, are visibly leading?",
    ),
    Statement(
        key="capability",
        text="Capacity and capability",
        help="Who needs how much training in QI?",
    ),
    Statement(
        key="measurement",
        text="Measurement for improvement",
        help="Is there a plan with outcome, process and balancing measures?",
    ),
    Statement(
        key="pipeline",
        text="Improvement and innovation pipeline",
        help="What should the national team learn from this, or look out for?",
    ),
)
