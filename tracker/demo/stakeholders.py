"""The stakeholder map of the neonatal team: who stands where, made up like the rest."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tracker.stakeholders import services
from tracker.stakeholders.domain import Details, Group, Kind, Quadrant, Stance, Way

if TYPE_CHECKING:
    from tracker.auth.models import User
    from tracker.projects.models import Project

ANALYST = "Data specialist"
BEGAN = date(2022, 4, 11)
LATER = date(2022, 10, 3)

S, Q, G = Stance, Quadrant, Group
PEOPLE = (
    ("Executive sponsor", "Board", Q.ENGAGE, G.COMMISSIONERS, S.LET, S.HELP, S.HELP,
     "Take the second trolley to the board", "QI lead", 12, ""),
    ("Obstetricians", "Maternity", Q.ENGAGE, G.COLLABORATORS, S.NEUTRAL, S.LET, S.MAKE,
     "Show the December result at audit", "Maternity lead", 6, ""),
    ("Theatre team", "Theatre", Q.INVOLVE, G.COLLABORATORS, S.OPPOSED, S.NEUTRAL, S.HELP,
     "Walk theatre 2 with the trolley", "Theatre lead", -6, ""),
    ("Finance", "Trust", Q.INVOLVE, G.COMMISSIONERS, S.NEUTRAL, S.NEUTRAL, S.LET,
     "Second trolley business case", "QI lead", 9, ""),
    ("Midwives", "Maternity", Q.ENGAGE, G.CHAMPIONS, S.LET, S.HELP, S.MAKE,
     "Drill leads on every shift", "Maternity lead", 5, ""),
    ("Parents’ voice group", "Families", Q.KEEP_ENGAGED, G.CONSUMERS, S.HELP, S.HELP, S.MAKE,
     "Rewrite what parents are told", "Patient Safety Partner", 7, ""),
    ("Anaesthetists", "Theatre", Q.KEEP_INFORMED, G.CONTRIBUTORS, S.NEUTRAL, S.NEUTRAL, S.LET,
     "Five minutes at the theatre meeting", "Theatre lead", 21, ""),
    ("Neonatal nurses", "Neonatal", Q.ENGAGE, G.CHAMPIONS, S.HELP, S.MAKE, S.MAKE,
     "Keep counting", "Neonatal lead", None, "Monthly"),
    ("Infant feeding team", "Maternity", Q.KEEP_ENGAGED, G.CHANNELS, S.LET, S.HELP, S.HELP,
     "Share the passport draft", "QI lead", 23, ""),
)  # fmt: skip
"""Name, organisation, place on the grid, group; stance at first, now and needed; what is next."""
SAID = (
    ("Theatre team", date(2022, 5, 12), "Theatre lead", Way.MEETING,
     "The ultrasound machine stands where the trolley should. They want to see it done first."),
    ("Obstetricians", LATER, "Maternity lead", Way.MET,
     "Two will try it at planned sections. They ask for the figures of a whole quarter."),
    ("Midwives", LATER, "Neonatal lead", Way.MEETING,
     "They offer a drill lead on each shift, if the roster leaves an hour for it."),
)  # fmt: skip
FLOWS = (
    ("Labour ward", "Neonatal unit", "Babies born before 34 weeks"),
    ("Labour ward", "Data specialist", "Clamp time on the birth record"),
    ("Data specialist", "Neonatal nurses", "The monthly chart"),
    ("Neonatal nurses", "Midwives", "What was learned at each birth"),
    ("Midwives", "Labour ward", "Drills on every shift"),
    ("Theatre team", "Labour ward", "Room and equipment for sections"),
    ("Finance", "Theatre team", "Money for a second trolley"),
    ("Parents’ voice group", "Midwives", "What parents want to be told"),
    ("Obstetricians", "Theatre team", "The plan for each section"),
    ("Neonatal network", "Neonatal unit", "Comparison with other units"),
)


def fill(project: Project, *, lead: User, day: date) -> None:
    """Draw the map, with its history. The data specialist has left by now: see `charter`."""
    vacant = Details(
        name=ANALYST,
        kind=Kind.PERSON,
        organisation="Informatics",
        team_role=ANALYST,
        group=G.CONTRIBUTORS,
        influence=Q.ENGAGE.influence,
        interest=Q.ENGAGE.interest,
        needed=S.HELP,
        action="Ask informatics for two hours a month",
        owner="QI lead",
        next_contact_on=day + timedelta(days=5),
    )
    services.add(project, vacant, on=BEGAN, by=lead)
    rows = {}
    for name, of, place, group, first, now, needed, action, owner, days, rhythm in PEOPLE:
        details = Details(
            name=name,
            organisation=of,
            group=group,
            influence=place.influence,
            interest=place.interest,
            now=first,
            needed=needed,
            rhythm=rhythm,
            owner=owner,
            lived_experience=group is G.CONSUMERS,
        )
        rows[name] = row = services.add(project, details, on=BEGAN, by=lead)
        services.set_standing(
            row,
            now=now,
            needed=needed,
            action=action,
            next_contact_on=None if days is None else day + timedelta(days=days),
            on=LATER,
            by=lead,
        )
    for name, on, who, way, outcome in SAID:
        row = rows[name]
        services.log_contact(
            row,
            on=on,
            who=who,
            way=way,
            outcome=outcome,
            now=row.now,
            next_contact_on=row.next_contact_on,
            by=lead,
        )
    for source, target, flows in FLOWS:
        services.add_link(project, source=source, target=target, flows=flows, by=lead)
