"""The projects of the demonstration. Only the prescribing series are real."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from tracker.pdsa.domain import Decision, DoneAsPlanned, Size
from tracker.projects.domain import AimDirection, AimParts

from .people import LEAD, SECOND_LEAD, DemoPerson

MADE_UP = "Made-up figures, for demonstration only."


def month_before(day: date, months: int) -> date:
    """First day of the month so many months before the one `day` is in."""
    total = day.year * 12 + day.month - 1 - months
    return date(total // 12, total % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class DemoBaseline:
    """A named period that the improvement is measured from."""

    name: str
    first: date
    last: date
    holds_lines: bool = False


@dataclass(frozen=True, slots=True)
class DemoMeasure:
    """A measure of the demonstration: the programme's definition `key`, with figures.

    `real` names an area of the prescribing file. Otherwise `figures` are monthly, from `first` on,
    or with the last of them `ends` months before today; pairs are numerator and denominator.
    """

    key: str
    real: str = ""
    figures: Sequence[int | tuple[int, int]] = ()
    ends: int = 1
    first: date | None = None
    baseline: DemoBaseline | None = None
    target: Decimal | None = None
    phase_months_ago: int | None = None
    phase_reason: str = ""


@dataclass(frozen=True, slots=True)
class DemoCycle:
    """A cycle. `start` and `days` are counted from the project's own day zero."""

    title: str
    idea: str
    scale: str
    start: int
    days: int
    objective: str
    theory: str = ""
    words: str = ""
    words_met: bool | None = None
    value: Decimal | None = None
    """Prediction for the project's first made-up measure in the month the cycle ends."""
    done: DoneAsPlanned | None = None
    saw: str = ""
    problems: str = ""
    learned: str = ""
    decision: Decision | None = None
    next_change: str = ""
    after: int | None = None
    """Position, from 1, of the cycle it follows."""
    size: Size | None = None


@dataclass(frozen=True, slots=True)
class DemoProject:
    """A project with all that is in it. `zero` is how many days before today its cycles count."""

    title: str
    problem: str
    at: str
    psc: str
    lead: DemoPerson
    sites: Sequence[str]
    aim: AimParts
    zero: int
    measures: Sequence[DemoMeasure]
    cycles: Sequence[DemoCycle]
    comments: Sequence[str] = ()
    comments_on: int = 0
    """Position, from 1, of the cycle they are on; the last when it is nought."""
    ended_on: date | None = None
    ending: str = ""
    members: Sequence[tuple[str, str]] = field(default=())
    programme: str = "opioids"
    data_plan: str = "The practice pharmacist keeps a tally sheet."
    drivers: str = ""
    """The driver diagram as indented text."""


PAIN = """
Reviews look at the whole person
    There is time for a long conversation
        - Holistic pain review template
        - Double appointments for reviews
    Other help is known and near
        - Pain café at the medical centre
Doses come down with support
    Tapering is planned step by step
        - Taper guide
        - Shared action plan
    Somebody calls between visits
        - Calls from the practice pharmacist
Practices see their own figures
    Figures come back every month
"""


def projects(today: date) -> list[DemoProject]:
    """The projects of the opioids programme, their dates counted back from `today`."""
    return [_closed(today), _early(today), _active(today)]


def _active(today: date) -> DemoProject:
    return DemoProject(
        title="Safer pain care across our places",
        problem="Too many people stay on high doses of opioids for years without a review.",
        at="DEMO-ALDER",
        psc="PSC-GM",
        lead=LEAD,
        sites=("Demo Alder Medical Centre", "Demo Millbrook Surgery"),
        aim=AimParts(
            direction=AimDirection.REDUCE,
            measure="people on more than 120 mg oral morphine equivalent a day",
            population="adults registered with our practices",
            place="Demo Alder Place",
            unit="people",
            baseline=Decimal(1269),
            target=Decimal(1100),
            by=month_before(today, -5) - timedelta(days=1),
        ),
        zero=400,
        drivers=PAIN,
        measures=(
            DemoMeasure(
                "high_dose_count",
                figures=(
                    1268,
                    1281,
                    1259,
                    1274,
                    1262,
                    1290,
                    1271,
                    1255,
                    1296,
                    1283,
                    1246,
                    1240,
                    1266,
                    1283,
                    1261,
                    1288,
                    1258,
                    1192,
                    1206,
                    1199,
                    1210,
                    1187,
                    1302,
                    1190,
                    1201,
                    1181,
                    1148,
                    1141,
                ),
                ends=3,
                target=Decimal(1100),
                phase_months_ago=13,
                phase_reason="Review template in all practices",
            ),
            DemoMeasure("opioidome", real="01G"),
            DemoMeasure("opioidper1000", real="01G"),
        ),
        cycles=(
            DemoCycle(
                "Review template, one practice",
                "Holistic pain review template",
                "One practice, ten patients",
                0,
                28,
                "Does the template fit into a twenty-minute review?",
                "Reviews are put off because nobody knows what to cover.",
                words="Eight of ten reviews finish in time",
                words_met=False,
                done=DoneAsPlanned.YES,
                saw="Six of ten finished in time. Two people brought a carer, which helped.",
                problems="The medicines part took longest.",
                learned="The template works when people have thought about it before they come.",
                decision=Decision.ADAPT,
                next_change="Send two short questionnaires before the visit.",
            ),
            DemoCycle(
                "Review template with questionnaires, nine practices",
                "Holistic pain review template",
                "Nine practices, one month",
                45,
                30,
                "Do questionnaires before the visit shorten the review?",
                "People who have thought about their pain need less time to agree a plan.",
                words="Most reviews finish in time",
                words_met=True,
                value=Decimal(1240),
                done=DoneAsPlanned.PARTLY,
                saw="31 of 38 reviews finished in time; one practice could not send the texts.",
                learned="Questionnaires are worth it. Paper copies are needed for some.",
                decision=Decision.ADOPT,
                next_change="The place pharmacist keeps the template up to date every quarter.",
                after=1,
            ),
            DemoCycle(
                "Taper guide and follow-up calls",
                "Taper guide",
                "Five practices, six weeks",
                150,
                42,
                "Do calls after two weeks keep people on their plan?",
                "People give up a taper in the second week, alone.",
                value=Decimal(1200),
                done=DoneAsPlanned.YES,
                saw="29 of 34 people were reached; 22 were still on their plan.",
                problems="Calls in the afternoon were not answered.",
                learned="A call keeps most people going. Mornings work better.",
                decision=Decision.ADAPT,
                next_change="Call in the morning, and offer a text first.",
            ),
            DemoCycle(
                "Taper guide with morning calls and a text",
                "Taper guide",
                "Nine practices, three months",
                250,
                90,
                "Do morning calls after a text reach nearly everyone?",
                "Call in the morning, and offer a text first.",
                words="Nine of ten people are reached",
                value=Decimal(1160),
                done=DoneAsPlanned.YES,
                saw="61 of 66 people were reached.",
                after=3,
            ),
            DemoCycle(
                "Two-part plan owned by the patient",
                "Shared action plan",
                "Two practices, one month",
                380,
                45,
                "Do people use a plan they keep themselves?",
                "A plan that stays with the person is seen by every team.",
                words="Half of the plans are brought to the next visit",
            ),
        ),
        comments=(
            "The ramp of the review template reads well. What would make cycle 4 a clear success?",
        ),
        members=(("Pat Doyle", "Patient Safety Partner"), ("Ben Carter", "Data specialist")),
    )


def _early(today: date) -> DemoProject:
    return DemoProject(
        title="Fewer new long-term opioid prescriptions",
        problem="People leave hospital with opioids and nobody says when to stop.",
        at="DEMO-BIRCH",
        psc="PSC-UCLP",
        lead=SECOND_LEAD,
        sites=("Demo Birch Health Centre",),
        aim=AimParts(
            direction=AimDirection.REDUCE,
            measure="new opioid prescriptions that go on past 90 days",
            population="adults leaving hospital after surgery",
            place="Demo Birch Primary Care Network",
            unit="%",
            by=month_before(today, -9) - timedelta(days=1),
        ),
        zero=20,
        measures=(DemoMeasure("opioidome", real="08N"),),
        cycles=(
            DemoCycle(
                "Stop date on the discharge letter",
                "Limit on supply at discharge",
                "One ward, one week",
                14,
                21,
                "Will the ward team write a stop date on each letter?",
                "A stop date makes the first review happen.",
                words="Seven of ten letters carry a stop date",
            ),
        ),
        comments=("Where will the baseline come from? The ward's discharge letters may do.",),
    )


def _closed(today: date) -> DemoProject:
    return DemoProject(
        title="Opioid reviews, first round",
        problem="Repeat opioid prescriptions were renewed without a review.",
        at="DEMO-ALDER",
        psc="PSC-GM",
        lead=LEAD,
        sites=("Demo Alder Medical Centre",),
        aim=AimParts(
            direction=AimDirection.REDUCE,
            measure="high dose opioid items per 1,000 registered",
            population="all registered people",
            place="Demo Alder Place",
            unit="items per 1,000",
            baseline=Decimal("5.4"),
            target=Decimal("4.5"),
            by=date(2019, 11, 30),
        ),
        zero=(today - date(2018, 3, 1)).days,
        measures=(DemoMeasure("opioidome", real="07H"), DemoMeasure("opioidspercent", real="07H")),
        cycles=(
            DemoCycle(
                "Search list on paper",
                "Search for people at risk",
                "One practice",
                0,
                21,
                "Can reception find everyone on a high dose?",
                words="The list takes an hour",
                words_met=False,
                done=DoneAsPlanned.YES,
                saw="It took most of a day.",
                learned="Paper is too slow.",
                decision=Decision.ADAPT,
                next_change="Use the search in the clinical system.",
            ),
            DemoCycle(
                "Search in the clinical system",
                "Search for people at risk",
                "One practice",
                40,
                14,
                "Does the saved search find the same people?",
                words="It finds them all in minutes",
                words_met=True,
                done=DoneAsPlanned.YES,
                saw="Ten minutes, and three people the paper list had missed.",
                learned="The search is better and quicker.",
                decision=Decision.ADOPT,
                next_change="The practice manager runs it on the first Monday of each month.",
                after=1,
            ),
            DemoCycle(
                "Letter that invites to a review",
                "Invitation to review",
                "Forty people",
                120,
                60,
                "Will a letter bring people in?",
                words="Half come",
                words_met=False,
                done=DoneAsPlanned.YES,
                saw="Nine of forty came.",
                learned="A letter alone does not bring people in.",
                decision=Decision.ABANDON,
                next_change="Call instead.",
            ),
            DemoCycle(
                "Call by the practice pharmacist",
                "Invitation to review",
                "Forty people",
                210,
                60,
                "Will a call bring people in?",
                words="Half come",
                words_met=True,
                done=DoneAsPlanned.YES,
                saw="Twenty-six of forty came.",
                learned="People come when somebody they know calls.",
                decision=Decision.ADOPT,
                next_change="Two hours a week of the pharmacist are kept for calls.",
            ),
        ),
        ended_on=date(2019, 12, 20),
        ending="Reviews are routine now. The letter did not work; the call did.",
    )
