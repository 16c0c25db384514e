"""The first collaborative: how trusts applied, and when teams meet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from tracker.plugin_api import LONDON, Answer, Criterion, ExpressionOfInterest, ProgrammeEvent

from .sources import INVITATION, START, P

PEOPLE_PER_TEAM = 3

COHORT_1 = ExpressionOfInterest(
    key="cohort_1",
    programme=P,
    title="First collaborative",
    opens=datetime(2025, 5, 28, tzinfo=LONDON),
    closes=datetime(2025, 6, 30, 9, tzinfo=LONDON),
    met_by=START,
    starts_on=START,
    answer_by="Week of 30 June 2025",
    consent="Data that the trust provides in the collaborative may be used by the NHS Specialist "
    "Pharmacy Service and NHS England for education and training, publications among them.",
    criteria=(
        Criterion(
            key="trust_type",
            text="Are you an acute or mental health NHS trust in England?",
            answer=Answer.CHOICE,
            choices=("Acute NHS trust", "Mental health NHS trust", "Neither"),
            evidence=("ODS code",),
            help="The list of organisations says which you are.",
        ),
        Criterion(
            key="epma",
            text="Will an electronic prescribing and medicines administration (ePMA) system be "
            "used in the planned areas?",
            evidence=("Name of the system", "List of areas"),
            details="The system, the areas, and the day it goes live",
        ),
        Criterion(
            key="team",
            text="Can you form a project team dedicated to leading this work?",
            evidence=("Team list with roles",),
            details="Members of the team",
        ),
        Criterion(
            key="lead",
            text="Who is the project lead, able and resourced to lead until at least the end of "
            "March 2026?",
            answer=Answer.PERSON,
            evidence=("Job role", "Agreement of the line manager"),
            details="Time set aside",
        ),
        Criterion(
            key="involvement",
            text="Will you work with patients, families, carers and staff, and have a plan to "
            "embed it?",
            help="For example Patient Safety Partners, public voice partners, people with lived "
            "experience, staff focus groups. The plan is due during the collaborative.",
            evidence=("Involvement plan",),
            details="How you will do so",
        ),
        Criterion(
            key="exec_sponsor",
            text="Who is the executive sponsor?",
            answer=Answer.PERSON,
            evidence=("Statement of the sponsor",),
        ),
        Criterion(
            key="directors",
            text="Do the Medical Director, the Director of Nursing and the Director of Pharmacy, "
            "or equivalents, support this?",
            answer=Answer.PEOPLE,
            at_least=3,
            evidence=("Letter or electronic signature of each",),
            details="The date on which each confirmed",
        ),
        Criterion(
            key="data_member",
            text="Which member of the Business Intelligence or IT team is the data specialist?",
            answer=Answer.PERSON,
            evidence=("Team list",),
        ),
        Criterion(
            key="qi_member",
            text="Which member of the QI team, or equivalent, supports the project?",
            answer=Answer.PERSON,
            evidence=("Team list", "Name of the method"),
            details="Your local QI method, and how the work aligns with wider safety work such as "
            "PSIRF",
        ),
        Criterion(
            key="eia",
            text="Do you agree to do an equality impact assessment and to use it throughout?",
            evidence=("Equality impact assessment",),
            details="When it is due",
        ),
        Criterion(
            key="measurement",
            text="Will you work with the programme team, so that measurement and data collection "
            "are in place and data are routinely provided?",
            evidence=("Data plan",),
            details="Who to contact about data",
        ),
        Criterion(
            key="governance",
            text="How will the project be managed and run, with reports to all stakeholders?",
            answer=Answer.TEXT,
            evidence=("Governance chart", "Reporting calendar"),
        ),
        Criterion(
            key="attendance",
            text="How many team members will attend each online event, on Microsoft Teams?",
            answer=Answer.NUMBER,
            at_least=PEOPLE_PER_TEAM,
            evidence=("Attendance list",),
            details="Names for each event",
        ),
        Criterion(
            key="queries",
            text="Do you have any queries?",
            answer=Answer.TEXT,
            decides=False,
            required=False,
            help="They are answered before the closing date.",
        ),
    ),
    source=replace(
        INVITATION,
        note="The criteria are the invitation's, asked as questions of ours. What to have at hand "
        "is ours.",
    ),
)


def _event(
    key: str,
    title: str,
    day: date,
    hours: tuple[int, int],
    *,
    before_next: tuple[str, ...] = (),
    coach_checks: tuple[str, ...] = (),
) -> ProgrammeEvent:
    starts, ends = (datetime(day.year, day.month, day.day, hour, tzinfo=LONDON) for hour in hours)
    return ProgrammeEvent(
        key=key,
        programme=P,
        title=title,
        starts=starts,
        ends=ends,
        place="Online, Microsoft Teams",
        people_per_team=PEOPLE_PER_TEAM,
        before_next=before_next,
        coach_checks=coach_checks,
        source=replace(
            INVITATION,
            code="S000, DES" if before_next else "S000",
            note="Work before the next event, and what the coach looks at, are ours."
            if before_next
            else "",
        ),
    )


EVENTS = (
    _event(
        "intro",
        "Introduction to the collaborative",
        START,
        (14, 15),
        before_next=(
            "Confirm team and sponsor",
            "Pick area and medicine group",
            "Ask for the ePMA extract",
            "Draft the problem statement",
        ),
        coach_checks=("cr_team",),
    ),
    _event(
        "w1",
        "Workshop 1: Project Initiation",
        date(2025, 7, 15),
        (10, 13),
        before_next=(
            "Map the process",
            "Map stakeholders",
            "Get patients' input",
            "Draft the aim",
            "Extract the baseline",
            "Begin the equality impact assessment",
        ),
        coach_checks=("cr_aim", "cr_baseline", "cr_equality"),
    ),
    _event(
        "w2",
        "Workshop 2: Building Momentum",
        date(2025, 7, 30),
        (10, 13),
        before_next=(
            "Draw the driver diagram",
            "Write the measurement plan",
            "Run 2 to 4 PDSA cycles",
            "Chart data every week",
            "Meet the coach in the middle of this time and at its end",
        ),
        coach_checks=("cr_driver", "cr_pdsa", "cr_balancing"),
    ),
    _event(
        "w3",
        "Workshop 3: Delivering Change",
        date(2025, 10, 8),
        (14, 17),
        before_next=(
            "Adapt or adopt",
            "Begin in a second area",
            "Analyse the reasons for misses",
            "Report to the sponsor",
        ),
        coach_checks=("cr_pdsa", "cr_stage"),
    ),
    _event(
        "w4",
        "Workshop 4: Sustaining Improvement",
        date(2026, 1, 20),
        (13, 16),
        before_next=(
            "Plan how to sustain",
            "Plan how to spread",
            "Write the case study",
            "Bring the final data",
        ),
        coach_checks=("cr_story", "cr_stage"),
    ),
    _event("celebrate", "Celebration Event", date(2026, 3, 18), (14, 17)),
)
