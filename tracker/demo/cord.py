"""A neonatal team's year: clamping the cord at 60 seconds or later. Every figure is made up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tracker.projects.domain import AimDirection, AimParts

from . import ramp
from .people import LEAD
from .projects import DemoBaseline, DemoMeasure, DemoProject

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
                baseline=DemoBaseline(
                    "Before the trolley", date(2022, 1, 1), date(2022, 3, 1), holds_lines=True
                ),
            ),
        ),
        cycles=ramp.cycles(today, BEGAN),
        comments_on=3,
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
