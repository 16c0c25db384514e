"""Which provider needs focused support, and the action learning sets of the collaboratives."""

from __future__ import annotations

from datetime import date

from tracker.plugin_api import Criterion, ExpressionOfInterest, ProgrammeEvent

from .sources import REPORT, noted

FOCUSED_SUPPORT = ExpressionOfInterest(
    key="focused_support",
    programme="psirf",
    title="Focused support",
    criteria=(
        Criterion(
            key="need_phase",
            text="Is the provider behind the date of its phase?",
            decides=False,
            required=False,
            evidence=("Phases of PSIRF",),
        ),
        Criterion(
            key="need_request",
            text="Does the provider ask for help?",
            decides=False,
            required=False,
            evidence=("The request",),
        ),
        Criterion(
            key="need_capacity",
            text="Does it lack resources or training?",
            decides=False,
            required=False,
            evidence=("A statement",),
        ),
        Criterion(
            key="need_culture",
            text="Has it several sites or a complex culture?",
            decides=False,
            required=False,
            evidence=("A note",),
            source=noted(REPORT, "From its case study."),
        ),
        Criterion(
            key="accepted",
            text="Has the provider accepted the support, and the ICB agreed?",
            evidence=("Record of the agreement",),
        ),
    ),
    source=noted(REPORT, "How needs were found, as the report tells; the questions are ours."),
)

LOG_AN_ACTION = "Each collaborative logs an action, with owner, QI tool and date"
CHECKS = ("cr_action_closed", "cr_phase_evidence", "cr_families_engaged", "cr_barrier_escalated")
SET = noted(REPORT, "Date and topics are the report's; what a coach looks at is ours.")


def _learning_set(number: int, day: date, printed: str, topics: tuple[str, ...]) -> ProgrammeEvent:
    return ProgrammeEvent(
        key=f"als_{number}",
        programme="psirf",
        title=f"Action learning set {number}",
        day=day,
        printed=printed,
        people_per_team=0,
        topics=topics,
        leaves_with="Actions, looked at again in the next set",
        before_next=(LOG_AN_ACTION,),
        coach_checks=CHECKS,
        source=SET,
    )


EVENTS = (
    _learning_set(
        1,
        date(2022, 12, 13),
        "Q3 2022/23",
        ("Culture in implementation", "Actions made with QI methods"),
    ),
    _learning_set(
        2, date(2023, 2, 14), "Q4 2022/23", ("LFPSE", "Family engagement in patient safety")
    ),
    _learning_set(
        3,
        date(2023, 7, 21),
        "Q2 2023/24",
        ("Swarm huddle, MDT review, after action review and thematic review in practice",),
    ),
)
