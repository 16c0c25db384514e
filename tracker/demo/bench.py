"""What else the neonatal team keeps with its project: risks, papers. All of it is made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tracker.attachments import services as attachments
from tracker.attachments.domain import PaperKind
from tracker.blobs.papers import checked
from tracker.comments import services as comments
from tracker.risks import services as risks
from tracker.risks.services import Judgement
from tracker.sustaining import services as sustaining
from tracker.sustaining.domain import Answer, Sheet

if TYPE_CHECKING:
    from tracker.auth.models import User
    from tracker.projects.models import Project

SINGLE_TROLLEY = Judgement(
    "The unit has one trolley: with two preterm births at once, one baby is carried away",
    owner="Priya Nair",
    response="The second birth waits on the ordinary table with the cord side kept free. "
    "A second trolley is in the capital plan.",
    likelihood=3,
    impact=3,
)
NEW_DOCTORS = Judgement(
    "When doctors change over in August, those who come have not practised waiting",
    owner="Ruth Bell",
    response="Simulation in the first week of every rotation; the prompt card hangs in theatre.",
    likelihood=4,
    impact=2,
)
COLD = Judgement(
    "Babies who stay with the cord intact get cold",
    owner="Priya Nair",
    response="Temperature on admission is taken with every birth and looked at each month.",
    likelihood=2,
    impact=4,
)
ENABLERS = (
    Answer("inequalities", "part", "Clamp times are split by ethnicity from this year"),
    Answer("codesign", "yes", "Dana Price wrote the leaflet with two families"),
    Answer("safety_culture", "part", "Debrief after every early clamp; no survey yet"),
    Answer("networks", "yes", "The perinatal network meets every month"),
    Answer("leadership", "yes", "Ruth Bell opens every review"),
    Answer("capability", "part", "Two of nine have done QI training"),
    Answer("measurement", "yes"),
    Answer("pipeline", "no"),
)
FACTORS = (
    Answer("benefits", "begun", "Care starts sooner; nobody has timed it"),
    Answer("credibility", "mostly", "The chart hangs in the coffee room"),
    Answer("adaptability", "begun", "It hangs on one trolley"),
    Answer("monitoring", "mostly", "The clamp time is on the birth record"),
    Answer("training", "mostly", "Simulation every month"),
    Answer("behaviours", "firm"),
    Answer("senior_leaders", "mostly"),
    Answer("clinical_leaders", "firm", "Obstetrics and neonatology lead it together"),
    Answer("fit", "mostly"),
    Answer("infrastructure", "absent", "No second trolley, no time in job plans"),
)
LOGIC_MODEL = """Hurry up and wait: logic model, in short

Because the equipment stood across the room, babies were carried away and cords clamped early.
If care can start beside the bed, and everybody knows the policy, then teams wait 60 seconds,
so that babies born before 34 weeks have the blood that is theirs.

What we put in: a trolley, a written policy, simulation every month, a leaflet for parents.
What we count: babies with the cord clamped at or after 60 seconds.
What must not get worse: temperature on admission.
"""


def fill(project: Project, *, lead: User, coach: User, day: date) -> None:
    """Put it with the project."""
    _risks(project, lead, coach, day)
    _documents(project, lead)
    _sustaining(project, lead)


def _risks(project: Project, lead: User, coach: User, day: date) -> None:
    trolley = risks.add(project, _on(SINGLE_TROLLEY, day + timedelta(days=21)), by=lead)
    risks.add(project, _on(NEW_DOCTORS, day - timedelta(days=6)), by=lead)
    cold = risks.add(project, COLD, by=lead)
    risks.close(
        cold,
        "Twelve months of temperatures without a change for the worse.",
        on=day - timedelta(days=30),
        by=lead,
    )
    comments.add(trolley, "Has the network a trolley to lend?", by=coach, field="response")


def _on(said: Judgement, review_on: date) -> Judgement:
    return replace(said, review_on=review_on)


def _documents(project: Project, lead: User) -> None:
    attachments.add_file(
        project,
        checked(LOGIC_MODEL.encode(), "Logic model.txt"),
        title="Logic model in short",
        kind=PaperKind.LOGIC_MODEL,
        by=lead,
    )
    attachments.add_link(
        project,
        "https://www.england.nhs.uk/patient-safety/",
        title="National patient safety pages",
        kind=PaperKind.PAPER,
        by=lead,
    )


def _sustaining(project: Project, lead: User) -> None:
    sustaining.add_round(project, Sheet.ENABLERS, ENABLERS, on=date(2022, 12, 12), by=lead)
    sustaining.add_round(
        project,
        Sheet.SUSTAINABILITY,
        FACTORS,
        on=date(2022, 7, 4),
        note="Nine of the team, at the review in July.",
        by=lead,
    )
