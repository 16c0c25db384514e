"""A neonatal team's year: clamping the cord at 60 seconds or later. Every figure is made up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tracker.pdsa.domain import Decision, DoneAsPlanned
from tracker.projects.domain import AimDirection, AimParts

from .people import LEAD
from .projects import DemoBaseline, DemoCycle, DemoMeasure, DemoProject

TITLE = "Hurry up and wait at our unit"
BEGAN = date(2022, 4, 4)
CLAMPED = (
    (9, 12), (8, 11), (9, 12), (9, 11), (10, 12), (11, 12),
    (10, 11), (11, 12), (12, 12), (11, 11), (11, 12), (12, 12),
)  # fmt: skip


CORD = """
Team readiness
    Everyone knows the policy
        - Deferred-clamping policy
        - Prompt card in theatre and labour rooms
    Skills practised together
        - Simulation drills
Equipment at the bedside
    Care can start with the cord intact
        - LifeStart trolley
    The room is laid out
        - Ultrasound machine kept off the cord side
Parents know what to expect
    Antenatal conversation
        - Antenatal leaflet
Data capture
    Every birth is recorded
        - Clamp time on the birth record
        - Prompt card in theatre and labour rooms
Not placed yet:
    - Flag preterm sections on the theatre list
"""


def project(today: date) -> DemoProject:
    """The project as it stood at the end of 2022, its cycles counted from its first."""
    return DemoProject(
        title=TITLE,
        problem="One baby in four has the cord clamped before 60 seconds.",
        programme="matneo",
        at="DEMO-OAK",
        psc="PSC-GM",
        lead=LEAD,
        sites=("Delivery suite", "Maternity theatre"),
        aim=AimParts(
            direction=AimDirection.INCREASE,
            measure="babies with the cord clamped at or after 60 seconds",
            population="babies born before 34 weeks",
            place="Demo Oak Hospital",
            unit="%",
            baseline=Decimal(75),
            target=Decimal(95),
            by=date(2022, 6, 30),
        ),
        zero=(today - BEGAN).days,
        measures=(
            DemoMeasure(
                "optimal_cord_management_pct",
                figures=CLAMPED,
                first=date(2022, 1, 1),
                target=Decimal(95),
                baseline=DemoBaseline("Before the trolley", date(2022, 1, 1), date(2022, 3, 1)),
            ),
        ),
        cycles=(
            DemoCycle(
                "Trolley at one birth",
                "LifeStart trolley",
                "One shift",
                0,
                20,
                "Can care start at the bedside with the cord intact?",
                "Babies are carried away because the equipment is across the room.",
                value=Decimal(85),
                done=DoneAsPlanned.PARTLY,
                saw="The trolley fitted beside the bed.",
                problems="Short cord; the ultrasound machine was in the way.",
                learned="It works when the cord side of the bed is kept free.",
                decision=Decision.ADAPT,
                next_change="Move the trolley to the left of the bed, on every shift.",
            ),
            DemoCycle(
                "Trolley on every shift",
                "LifeStart trolley",
                "One week, all shifts",
                28,
                28,
                "Does the left side work for every team?",
                "A free cord side saves the seconds that were lost.",
                value=Decimal(85),
                done=DoneAsPlanned.YES,
                saw="Ten of twelve, and no baby was cold.",
                learned="People need the policy in writing to wait in theatre.",
                decision=Decision.ADAPT,
                next_change="A written policy, agreed with anaesthetics.",
                after=1,
            ),
            DemoCycle(
                "Trolley and a written policy",
                "Deferred-clamping policy",
                "Both units, one month",
                58,
                27,
                "Does a policy make waiting normal in theatre too?",
                "Nobody wants to be the one who waits.",
                value=Decimal(90),
                done=DoneAsPlanned.YES,
                saw="Eleven of twelve; the twelfth was an abruption.",
                learned="With trolley and policy, waiting is what everybody does.",
                decision=Decision.ADOPT,
                next_change="Both units keep the trolley list; simulation every month.",
                after=2,
            ),
        ),
        comments=("The target was missed in June and reached by December: worth a case study.",),
        members=(
            ("Priya Nair", "Neonatal lead"),
            ("Maya Fox", "Maternity lead"),
            ("Joel Adams", "QI lead"),
            ("Dana Price", "Patient Safety Partner"),
        ),
        drivers=CORD,
        data_plan="The labour ward keeps the time of clamping on the birth record.",
    )
