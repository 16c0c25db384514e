"""Scales that several programmes rate on: stages of adoption, progress of a project, support."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from ..evidence import Need, Proof
from ..measure import Cadence
from ..rubric import AppliesTo, Element, Rubric, Stage
from .sources import DESIGN, PROGRESS_REPORT

_TRAINED = Need(any_of=(Proof.TRAINING,), text="A training record")
_TRIED = Need(any_of=(Proof.USE, Proof.CYCLE, Proof.CHART), text="A dated use, a cycle or a chart")


def stage_of_adoption(
    programme: str,
    *,
    elements: Iterable[Element] = (),
    applies_to: AppliesTo = AppliesTo.ELEMENT,
    roll_up: str = "A&S score",
) -> Rubric:
    """Stages 0 to 7 of adoption; 5 and above count.

    >>> [stage.label for stage in stage_of_adoption("falls").stages if stage.counts]
    ['In use for some', 'In use for all eligible', 'Embedded']
    """
    return Rubric(
        key="stage_of_adoption",
        programme=programme,
        title="Stage of adoption",
        applies_to=applies_to,
        elements=tuple(elements),
        rated_by="PSC workstream lead, from evidence of the site",
        confirmed_by="coach",
        rated=Cadence.QUARTERLY,
        roll_up=roll_up,
        stages=_ADOPTION,
        source=replace(
            PROGRESS_REPORT,
            code="S002, DES",
            note="Stages are those of its appendix A, in our words, written there for tools that "
            "spot deterioration. What has to be shown for stages 4, 6 and 7 is ours, as are six "
            "months.",
        ),
    )


def project_progress_score(programme: str) -> Rubric:
    """Scores 0.5 to 5.0 of one project against its aim.

    >>> [str(stage.score) for stage in project_progress_score("falls").stages if stage.counts]
    ['4.0', '4.5', '5.0']
    """
    return Rubric(
        key="project_progress_score",
        programme=programme,
        title="Project progress score",
        applies_to=AppliesTo.PROJECT,
        rated_by="coach with the project lead",
        rated=Cadence.QUARTERLY,
        stages=_PROGRESS,
        source=replace(
            PROGRESS_REPORT,
            code="S002, DES",
            note="Scores are those of its appendix B, in our words. That 4.0 and above counts as "
            "improved is ours.",
        ),
    )


def psc_support_level(programme: str) -> Rubric:
    """How closely a PSC works with a system: none to full."""
    return Rubric(
        key="psc_support_level",
        programme=programme,
        title="Support by the PSC",
        applies_to=AppliesTo.ICB,
        rated_by="PSC workstream lead",
        rated=Cadence.QUARTERLY,
        stages=(
            Stage(
                key="none",
                score=Decimal(0),
                label="None",
                descriptor="No support by a PSC",
                source=DESIGN,
            ),
            Stage(
                key="shared_learning_only",
                score=Decimal(1),
                label="Shared learning only",
                descriptor="Not on the framework, but gets shared learning or data",
            ),
            Stage(
                key="light",
                score=Decimal(2),
                label="Light",
                descriptor="Lighter help: updates at meetings, data packs, training places, links "
                "to peers",
            ),
            Stage(
                key="full",
                score=Decimal(3),
                label="Full",
                descriptor="The PSC works intensively with the system through the phases",
            ),
        ),
        source=PROGRESS_REPORT,
    )


_ADOPTION = (
    Stage(
        key="not_contacted",
        score=Decimal(0),
        label="Not contacted",
        descriptor="No contact made, or no reply. Sites of the kind about which nothing is known "
        "are counted here",
    ),
    Stage(
        key="aware",
        score=Decimal(1),
        label="Aware",
        descriptor="Information was sent, and there is a sign that the site knows about it",
        evidence=("Email reply", "Attendance list", "Message through a commissioner"),
    ),
    Stage(
        key="interest_assessed",
        score=Decimal(2),
        label="Interest assessed",
        descriptor="The site's interest has been gauged, by reply or at a meeting",
        evidence=("Meeting note", "Expression of interest"),
    ),
    Stage(
        key="committed",
        score=Decimal(3),
        label="Committed, training begun",
        descriptor="The site has decided to take part, and at least one person there is trained. "
        "Digital sites of which nothing more is known stay here",
        evidence=("Signed agreement", "Training register with at least one person"),
    ),
    Stage(
        key="testing",
        score=Decimal(4),
        label="Testing",
        descriptor="Training is done, and it has been used at least once with one person",
        evidence=("PDSA cycle", "One completed chart"),
        needs=(_TRAINED, _TRIED),
    ),
    Stage(
        key="partial_use",
        score=Decimal(5),
        label="In use for some",
        descriptor="Used for a part of the people who are eligible",
        evidence=("Audit showing part coverage", "List of areas"),
        counts=True,
    ),
    Stage(
        key="full_use",
        score=Decimal(6),
        label="In use for all eligible",
        descriptor="All staff use it for everyone who is eligible in the organisation",
        evidence=("Audit of all areas",),
        needs=(Need(any_of=(Proof.MEASURE,), text="A measure with data of how many it reaches"),),
        counts=True,
    ),
    Stage(
        key="embedded",
        score=Decimal(7),
        label="Embedded",
        descriptor="Business as usual, used reliably every time it applies",
        evidence=("Sustained run of audit data", "Policy", "Induction training"),
        needs=(Need(any_of=(Proof.MONTHS_BELOW,), at_least=6, text="Six months at stage 6"),),
        counts=True,
    ),
)

_PROGRESS = (
    Stage(
        key="intent",
        score=Decimal("0.5"),
        label="Intent",
        descriptor="Means to take part",
        evidence=("Expression of interest",),
    ),
    Stage(
        key="commitment",
        score=Decimal("1.0"),
        label="Commitment",
        descriptor="Has committed to take part",
        evidence=("Sponsor's agreement", "Named lead"),
    ),
    Stage(
        key="planning",
        score=Decimal("1.5"),
        label="Planning",
        descriptor="Planning of the project has begun",
        evidence=("Draft aim", "Team list"),
    ),
    Stage(
        key="activity_no_change",
        score=Decimal("2.0"),
        label="Activity, no change",
        descriptor="Work is going on, and nothing has changed yet",
        evidence=("Meeting notes", "Baseline data"),
    ),
    Stage(
        key="changes_no_improvement",
        score=Decimal("2.5"),
        label="Changes, no improvement",
        descriptor="Changes are tested, and nothing has improved yet",
        evidence=("At least one PDSA cycle", "Data points"),
    ),
    Stage(
        key="modest_improvement",
        score=Decimal("3.0"),
        label="Modest improvement",
        descriptor="Improvement that can so far be described, but not shown in data",
        evidence=("Stories", "Feedback"),
    ),
    Stage(
        key="improvement",
        score=Decimal("3.5"),
        label="Improvement",
        descriptor="Data show significant movement towards the aim",
        evidence=("A signal in the wanted direction on the chart",),
    ),
    Stage(
        key="significant_improvement",
        score=Decimal("4.0"),
        label="Significant improvement",
        descriptor="The aim is reached, shown by data",
        evidence=("The value of the aim is reached on the chart",),
        counts=True,
    ),
    Stage(
        key="sustained",
        score=Decimal("4.5"),
        label="Sustained",
        descriptor="The change is embedded, and the gain has held for more than 6 months",
        evidence=("6 or more further monthly points",),
        counts=True,
    ),
    Stage(
        key="outstanding_sustained",
        score=Decimal("5.0"),
        label="Outstanding, sustained",
        descriptor="The change is embedded, and the gain has held for more than 12 months",
        evidence=("12 or more further monthly points",),
        counts=True,
    ),
)
