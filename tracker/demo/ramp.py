"""The cycles of the cord project, and what was logged on the ward. Every word is made up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from tracker.auth.models import User
from tracker.measures import explaining
from tracker.measures import services as measures
from tracker.measures.models import AnnotationKind, Measure
from tracker.pdsa import services as pdsa
from tracker.pdsa.domain import Decision, DoneAsPlanned, Size
from tracker.pdsa.models import PdsaCycle
from tracker.projects.models import Project

from .projects import DemoCycle

TROLLEY, POLICY = "LifeStart trolley", "Deferred-clamping policy"
LEAFLET, DRILLS = "Antenatal leaflet", "Simulation drills"


def cycles(today: date, began: date) -> tuple[DemoCycle, ...]:
    """Four ramps; the last cycle is planned for three weeks from today."""
    return (
        DemoCycle(
            "Trolley at one birth",
            TROLLEY,
            "One shift",
            0,
            20,
            "Can care start at the bedside with the cord intact?",
            "Babies are carried away because the equipment is across the room.",
            value=Decimal(85),
            size=Size.SHIFT,
            done=DoneAsPlanned.PARTLY,
            saw="The trolley fitted beside the bed.",
            problems="Short cord; the ultrasound machine was in the way.",
            learned="It works when the cord side of the bed is kept free.",
            decision=Decision.ADAPT,
            next_change="Move the trolley to the left of the bed, on every shift.",
        ),
        DemoCycle(
            "Trolley on every shift",
            TROLLEY,
            "One week, all shifts",
            28,
            28,
            "Does the left side work for every team?",
            "A free cord side saves the seconds that were lost.",
            value=Decimal(85),
            size=Size.WEEK,
            done=DoneAsPlanned.YES,
            saw="Ten of twelve, and no baby was cold.",
            learned="It works at night too. In theatre people wait for somebody else to say so.",
            decision=Decision.ADAPT,
            next_change="Every birth in the unit, theatre too.",
            after=1,
        ),
        DemoCycle(
            "Trolley at every birth",
            TROLLEY,
            "Whole unit, one month",
            58,
            27,
            "Does the trolley hold up when everybody uses it?",
            "What works on every shift for a week works for the unit.",
            value=Decimal(90),
            size=Size.UNIT,
            done=DoneAsPlanned.YES,
            saw="Eleven of twelve; the twelfth was an abruption.",
            learned="With the trolley there, waiting is what most people do.",
            decision=Decision.ADOPT,
            next_change="The charge midwife checks the trolley at each handover.",
            after=2,
        ),
        DemoCycle(
            "A policy people can find",
            POLICY,
            "One shift, six people",
            92,
            10,
            "Can people find what the policy says while they work?",
            "Nobody wants to be the one who waits without it in writing.",
            words="Found in one minute",
            words_met=True,
            size=Size.SHIFT,
            done=DoneAsPlanned.YES,
            saw="5 of 6 could",
            learned="The number of the page on the wall is enough.",
            decision=Decision.ADAPT,
            next_change="Agree it with anaesthetics, and put it up in theatre.",
        ),
        DemoCycle(
            "The policy in theatre and labour rooms",
            POLICY,
            "Whole unit, one month",
            150,
            28,
            "Does the policy make waiting normal in theatre too?",
            "A team that has agreed it beforehand does not argue over it.",
            value=Decimal(95),
            size=Size.UNIT,
            done=DoneAsPlanned.YES,
            saw="Twelve of twelve.",
            learned="Theatre asks for the trolley before the mother arrives.",
            decision=Decision.ADOPT,
            next_change="Read out in the team brief; the policy group keeps it.",
            after=4,
        ),
        DemoCycle(
            "A leaflet at the antenatal clinic",
            LEAFLET,
            "Five families",
            182,
            14,
            "Do families remember what we plan to do?",
            "Parents who know the plan will ask for it.",
            words="4 of 5 recall the plan",
            words_met=False,
            size=Size.ONE,
            done=DoneAsPlanned.YES,
            saw="2 of 5 did",
            learned="A conversation was remembered, a leaflet was not.",
            decision=Decision.ABANDON,
            next_change="The midwife talks about it at the booking visit instead.",
        ),
        DemoCycle(
            "Ten-minute drill at handover",
            DRILLS,
            "One shift",
            211,
            24,
            "Does a drill fit into a handover?",
            "Early clamps came from where people and machines stood, not from the policy.",
            value=Decimal(92),
            size=Size.SHIFT,
            done=DoneAsPlanned.YES,
            saw="Eleven of twelve, and the drill took ten minutes.",
            learned="People stand where they stood in the drill.",
            decision=Decision.ADAPT,
            next_change="Every shift, with a short cord and with twins.",
        ),
        DemoCycle(
            "Short-cord and twins drill, every shift in the unit",
            DRILLS,
            "Whole unit, all shifts, one month",
            241,
            30,
            "Does a ten-minute drill prevent early clamping when the cord is short or at twins?",
            "People do in an emergency what they did last week in the drill.",
            value=Decimal(95),
            size=Size.UNIT,
            done=DoneAsPlanned.PARTLY,
            saw="48 of 62 handovers had the drill.",
            after=7,
        ),
        DemoCycle(
            "Trolley in the second unit",
            TROLLEY,
            "Second unit, one month",
            (today - began).days + 21,
            30,
            "Does the trolley work where the rooms are smaller?",
            "The charge midwife there has seen it work here.",
            words="80% in the second unit",
            size=Size.BEYOND,
            after=3,
        ),
    )


NOTES = (
    (1, date(2022, 4, 9), "Trolley used once, at night.", "Short cord; ultrasound in the way."),
    (8, date(2022, 12, 9), "Short cord; ultrasound machine in the way", ""),
    (
        8,
        date(2022, 12, 17),
        "Twins by section",
        "The second trolley would not fit in theatre 2.",
    ),
    (8, date(2022, 12, 28), "Drill took four minutes once people knew it", ""),
)


def fill(project: Project, measure: Measure, made: Sequence[PdsaCycle], *, by: User) -> None:
    """What was logged on the ward, the day the policy came, and what explains the signal."""
    for position, on, what, surprise in NOTES:
        pdsa.note(made[position - 1], what=what, surprise=surprise, on=on, by=by)
    policy = measures.annotate(
        project,
        kind=AnnotationKind.POLICY,
        starts_on=date(2022, 9, 1),
        text="Deferred-clamping policy in force",
        by=by,
    )
    explaining.explain(
        measure,
        rule="run-above",
        period=date(2022, 4, 1),
        text="The trolley came in April, shift by shift. The policy kept it going in theatre.",
        cycle_ids=[cycle.id for cycle in made[:3]],
        annotation_ids=[policy.id],
        by=by,
    )
