"""What a system needs to begin, and the rhythm of a Breakthrough Series."""

from __future__ import annotations

from dataclasses import replace

from tracker.plugin_api import (
    Answer,
    Criterion,
    Domain,
    ExpressionOfInterest,
    ProgrammeEvent,
    Statement,
)
from tracker.plugin_api.common import coach_review, key_enablers

from .sources import DESIGN, REPORT, P, case_study, noted

ELIGIBILITY = ExpressionOfInterest(
    key="eligibility",
    programme=P,
    title="Ready for the whole systems approach",
    criteria=(
        Criterion(
            key="willing",
            text="Is the ICS willing to take the whole systems approach?",
            evidence=("Sponsor's letter",),
            source=noted(REPORT, 'The report says "willing ICSs".'),
        ),
        Criterion(
            key="named_place_lead",
            text="Who is the place lead, with time for this?",
            answer=Answer.PERSON,
            evidence=("Name",),
            source=case_study("3"),
        ),
        Criterion(
            key="core_team",
            text="Is there a small core team, with a wider home team?",
            evidence=("List of both teams",),
            details="Who is in the core team",
            source=case_study("3"),
        ),
        Criterion(
            key="data",
            text="Do you have access to comparator data?",
            evidence=("Named analyst",),
            details="Who analyses them",
            source=DESIGN,
        ),
        Criterion(
            key="lived",
            text="Do people with lived experience have a say from the start?",
            evidence=("Plan",),
            source=REPORT,
        ),
        Criterion(
            key="days",
            text="Can the team attend every full-day workshop?",
            evidence=("Diary",),
            source=case_study("3"),
        ),
    ),
    source=noted(
        REPORT, "The questions and what to have at hand are ours, in its sense.", also="DES"
    ),
)

_REVIEW = coach_review(P)
OWN_CHECKS = Domain(
    key="whole_system",
    title="The whole system",
    statements=(
        Statement(key="cr_map_shared", text="The map is shared with providers"),
        Statement(key="cr_phase_agreed", text="The rating of the phase is agreed"),
    ),
)
COACH_REVIEW = replace(_REVIEW, domains=(*_REVIEW.domains, OWN_CHECKS))
COACH_CHECKS = tuple(one.key for domain in COACH_REVIEW.domains for one in domain.statements)

SELF_ASSESSMENTS = (COACH_REVIEW, key_enablers(P))


def _event(
    key: str, title: str, *, leaves_with: str, before_next: tuple[str, ...], printed: str = ""
) -> ProgrammeEvent:
    return ProgrammeEvent(
        key=key,
        programme=P,
        title=title,
        printed=printed,
        leaves_with=leaves_with,
        before_next=before_next,
        coach_checks=COACH_CHECKS,
        source=noted(
            REPORT,
            "The pattern is that of case study 3; how the work is spread over it is ours.",
            also="DES",
        ),
    )


EVENTS = (
    _event(
        "pre_work",
        "Work beforehand",
        leaves_with="Expectations and a team list",
        before_next=("Read the data pack", "List stakeholders"),
    ),
    _event(
        "launch",
        "Launch",
        printed="July",
        leaves_with="The programme, and a story of lived experience",
        before_next=("Recruit the home team",),
    ),
    _event(
        "w1",
        "Workshop 1",
        leaves_with="Stakeholders, systems thinking and involvement; a start on the system map, "
        "the aim, the driver diagram and a first PDSA cycle",
        before_next=("Finish the map", "Hear 3 people with lived experience"),
    ),
    _event(
        "w2",
        "Workshop 2",
        leaves_with="Aim and measures agreed",
        before_next=("Close the first PDSA cycle",),
    ),
    _event(
        "w3",
        "Workshop 3",
        leaves_with="Tests reviewed",
        before_next=("Close the second PDSA cycle", "Plan how to spread"),
    ),
    _event(
        "w4",
        "Workshop 4",
        leaves_with="How to sustain",
        before_next=("Write the case study", "Hand over"),
    ),
)
