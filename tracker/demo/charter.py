"""The charter of "Hurry up and wait": approved, then changed when somebody left. All made up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from tracker.auth.models import User
from tracker.charter import queries, services
from tracker.charter.domain import Verdict
from tracker.charter.services import Assessment, CharterText, Contribution
from tracker.pdsa import queries as pdsa
from tracker.permissions import Role
from tracker.projects import queries as project_queries
from tracker.projects import services as projects
from tracker.projects.models import Project

from .people import LEAD, SPONSOR

BEGAN, LEFT = date(2022, 4, 4), date(2022, 12, 9)
REVIEW = timedelta(days=180)

TEXT = CharterText(
    problem="One baby in four has the cord clamped before 60 seconds.",
    background="Waiting a minute helps preterm babies, and costs nothing. "
    "Our audit of January to March 2022 found 26 of 35 babies had it. Parents asked us why it "
    "differs from night to night.",
    scope_in="Babies born before 34 weeks on the delivery suite and in maternity theatre.",
    scope_out="Births where mother or baby needs help at once: they are counted apart. Babies born "
    "at 34 weeks or later.",
    reports_to="Maternity and neonatal safety board, every month. Trust quality committee, every "
    "quarter.",
)
GROUPS = (
    Assessment(
        "People who do not speak English well",
        evidence="In our notes the talk before birth is missing three times as often where an "
        "interpreter was needed.",
        impact="Their babies get the same care; they are less often told what to expect.",
        mitigation="The leaflet in our six most used languages, and the interpreter asked for the "
        "antenatal visit.",
        stratum="Language spoken at home",
    ),
    Assessment(
        "People living in deprived areas",
        evidence="More preterm births from the two most deprived fifths of our area.",
        impact="They gain most if every birth is reached, and lose most if nights are not.",
        mitigation="Drills on every shift, nights first.",
        stratum="Deprivation quintile",
    ),
    Assessment(
        "Race and ethnicity",
        evidence="We do not know yet: ethnicity is missing on a third of the birth records.",
        impact="Not known.",
        mitigation="Ethnicity is asked for at booking, and the share without it is on the board.",
    ),
)


def fill(project: Project, people: Mapping[str, User], day: date) -> None:
    """Give the project its sponsor, charter, assessment and record. Inside a unit of work."""
    lead, sponsor = people[LEAD.email], people[SPONSOR.email]
    projects.add_member(
        project,
        by=lead,
        on=BEGAN,
        name=sponsor.name,
        team_role=queries.SPONSOR,
        user=sponsor,
        role=Role.VIEWER,
    )
    analyst = projects.add_member(
        project, by=lead, on=BEGAN, name="Owen Clarke", team_role="Data specialist"
    )
    services.write(project, TEXT, by=lead)
    for group in GROUPS:
        services.consider(project, group, by=lead)
    assessment = queries.equality_standing(project, queries.groups(project.id))
    services.sign_off(
        project,
        review_on=day + REVIEW,
        note="Ethnicity first, once it is recorded.",
        seen=assessment.fingerprint,
        by=lead,
    )
    cycles = {cycle.number: cycle.id for cycle in pdsa.cycles(project)}
    for said in (
        Contribution(
            "Patient Safety Partner",
            part="Watched two drills and said what a parent sees.",
            changed="Somebody now stands with the parent and counts the seconds aloud.",
            cycles=(cycles[7], cycles[8]),
        ),
        Contribution(
            "Parent of a preterm baby",
            part="Read the leaflet with us, line by line, before any family got it.",
            changed="A midwife tells it in person; the leaflet is what stays at home.",
            cycles=(cycles[6],),
        ),
    ):
        services.involve(project, said, by=lead)
    standing = queries.standing(project, project_queries.everybody(project))
    services.decide(
        project,
        Verdict.APPROVED,
        reason="Bring the figures by language to the board in the summer.",
        seen=standing.fingerprint,
        by=sponsor,
    )
    projects.remove_member(analyst, by=lead, on=LEFT)
