"""Projects with everything in them: measures with three years of points, cycles, a team, talk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from random import Random
from typing import Any

from tracker.comments.models import Comment
from tracker.db import Base
from tracker.drivers.domain import Level
from tracker.drivers.models import ChangeIdea, Driver, DriverLink
from tracker.measures import domain
from tracker.measures.models import Measure, Point
from tracker.pdsa.domain import Decision, DoneAsPlanned
from tracker.pdsa.models import PdsaCycle, Prediction
from tracker.plugin_api import Cadence, Chart, Direction, MeasureKind
from tracker.projects.models import ProjectMember, ProjectSite
from tracker.safe.dates import first_day
from tracker.tasks.models import Task

from . import words

MEASURES, POINTS, CYCLES = 10, 36, 10
COMMENTS, TEAM = 6, 6

Row = dict[str, Any]


@dataclass(slots=True)
class Parts:
    """Rows by table, in an order that foreign keys allow, and the ids of what was made."""

    rows: list[tuple[type[Base], list[Row]]]
    measures: list[tuple[int, int]]
    cycles: list[tuple[int, int]]


def rows_of_full(
    projects: Sequence[int], people: Sequence[int], random: Random, today: date, now: datetime
) -> Parts:
    """What is in these projects, as rows for an empty database."""
    measures: list[Row] = []
    points: list[Row] = []
    cycles: list[Row] = []
    predictions: list[Row] = []
    tasks: list[Row] = []
    members: list[Row] = []
    comments: list[Row] = []
    ids, cycle_ids = count(1), count(1)
    periods = _months(today)
    for project in projects:
        held = [_measure(project, next(ids), n, periods, random) for n in range(1, MEASURES + 1)]
        measures += [measure for measure, _ in held]
        points += [point for _, each in held for point in each]
        for number in range(1, CYCLES + 1):
            cycle = _cycle(project, next(cycle_ids), number, random, today)
            cycles.append(cycle)
            told = {"project_id": project, "cycle_id": cycle["id"]}
            predictions += _predictions(told, held[number % MEASURES][0], periods[-12 + number])
            tasks += [
                {**told, "position": n, "what": words.prose(random, 1), "who": words.name(random)}
                for n in (1, 2, 3)
            ]
        for _ in range(TEAM):
            members.append(
                {
                    "project_id": project,
                    "user_id": random.choice(people),
                    "name": words.name(random),
                    "team_role": random.choice(words.PARTS),
                    "joined_on": today - timedelta(days=300),
                }
            )
        for number in range(COMMENTS):
            comments.append(
                {
                    "project_id": project,
                    "subject_kind": "pdsa_cycle",
                    "subject_id": cycles[-1 - number]["id"],
                    "body": words.prose(random, 2),
                    "by_id": random.choice(people),
                    "at": now - timedelta(hours=random.randrange(1000)),
                }
            )
    sites = [
        {"project_id": project, "name": name}
        for project in projects
        for name in ("Main site", "Day unit")
    ]
    return Parts(
        rows=[
            (Measure, measures),
            (Point, points),
            (PdsaCycle, cycles),
            (Prediction, predictions),
            (Task, tasks),
            (ProjectMember, members),
            (ProjectSite, sites),
            (Comment, comments),
        ],
        measures=[(m["project_id"], m["id"]) for m in measures],
        cycles=[(c["project_id"], c["id"]) for c in cycles],
    )


def rows_of_drivers(projects: Sequence[int], random: Random) -> list[tuple[type[Base], list[Row]]]:
    """A small driver diagram in each: two drivers, and three ideas under the first."""
    drivers: list[Row] = []
    ideas: list[Row] = []
    links: list[Row] = []
    ids, idea_ids = count(1), count(1)
    for project in projects:
        own = [next(ids), next(ids)]
        for position, key in enumerate(own, start=1):
            text = f"{random.choice(words.WORK)} {random.choice(words.PLACES)}"
            drivers.append({"id": key, "project_id": project, "level": Level.PRIMARY, "text": text})
            links.append(
                {
                    "project_id": project,
                    "parent_id": None,
                    "child_id": key,
                    "idea_id": None,
                    "position": position,
                }
            )
        for position in (1, 2, 3):
            key = next(idea_ids)
            ideas.append(
                {
                    "id": key,
                    "project_id": project,
                    "text": random.choice(words.CHANGES),
                    "note": words.prose(random, 1),
                }
            )
            links.append(
                {
                    "project_id": project,
                    "parent_id": own[0],
                    "child_id": None,
                    "idea_id": key,
                    "position": position,
                }
            )
    return [(Driver, drivers), (ChangeIdea, ideas), (DriverLink, links)]


def _months(today: date) -> list[date]:
    """First days of the last 36 months that have ended, oldest first."""
    found = [domain.preceding(first_day(today, Cadence.MONTHLY), Cadence.MONTHLY)]
    while len(found) < POINTS:
        found.append(domain.preceding(found[-1], Cadence.MONTHLY))
    return found[::-1]


def _measure(
    project: int, key: int, number: int, periods: Sequence[date], random: Random
) -> tuple[Row, list[Row]]:
    """A percentage that got better in the last year, more or less, with its points."""
    start = random.uniform(55, 75)
    points: list[Row] = []
    for at, period in enumerate(periods):
        denominator = Decimal(random.randrange(40, 120))
        share = min(99.0, start + random.gauss(0, 4) + (12 if at > POINTS - 12 else 0))
        numerator = Decimal(round(float(denominator) * share / 100))
        points.append(
            {
                "project_id": project,
                "measure_id": key,
                "period": period,
                "numerator": numerator,
                "denominator": denominator,
                "value": domain.ratio(numerator, denominator, Decimal(100)),
            }
        )
    measure: Row = {
        "id": key,
        "project_id": project,
        "position": number,
        "title": f"{random.choice(words.WORK)}, measure {number}",
        "kind": list(MeasureKind)[number % 3],
        "unit": "%",
        "better": Direction.UP,
        "chart": Chart.RUN if number % 5 == 0 else Chart.XMR,
        "cadence": Cadence.MONTHLY,
        "numerator": "People it was done for in the month",
        "denominator": "All people in the month",
        "exclusions": words.prose(random, 1),
        "multiplier": Decimal(100),
        "target": Decimal(90),
        "data_version": 1,
        "points_count": POINTS,
        "latest_period": periods[-1],
        "latest_value": points[-1]["value"],
        "latest_numerator": points[-1]["numerator"],
        "latest_denominator": points[-1]["denominator"],
    }
    return {**measure, "chart_state": _state(measure, points)}, points


def _state(measure: Row, points: Sequence[Row]) -> dict[str, Any]:
    """As the product works it out when points are saved."""
    shape = domain.Shape(measure["chart"], measure["better"], measure["target"])
    described = domain.words_of(
        title=measure["title"],
        unit=measure["unit"],
        has_denominator=True,
        cadence=measure["cadence"],
        better=measure["better"],
    )
    chart = domain.analyse(shape, [(p["period"], p["value"]) for p in points])
    return domain.state_of(chart, described, is_stand_in=not shape.is_built)


def _cycle(project: int, key: int, number: int, random: Random, today: date) -> Row:
    """The last is under way and the one before lacks its decision; the others are decided."""
    left = CYCLES - number
    starts = today - timedelta(days=10 + 28 * left)
    is_done, is_decided = left > 0, left > 1
    return {
        "id": key,
        "project_id": project,
        "number": number,
        "parent_id": key - 1 if number > 1 else None,
        "title": random.choice(words.CHANGES),
        "change_idea": words.prose(random, 1),
        "objective": words.prose(random, 2),
        "questions": words.prose(random, 1),
        "theory": words.prose(random, 2),
        "scale": f"{random.randrange(1, 20)} patients, one week",
        "data_plan": words.prose(random, 1),
        "starts_on": starts,
        "ends_on": starts + timedelta(days=21),
        "done_as_planned": DoneAsPlanned.PARTLY if is_done else None,
        "observations": words.prose(random, 4) if is_done else "",
        "problems": words.prose(random, 2) if is_done else "",
        "learned": words.prose(random, 4) if is_done else "",
        "decision": Decision.ADAPT if is_decided else None,
        "decided_on": starts + timedelta(days=24) if is_decided else None,
        "next_change": words.prose(random, 1) if is_decided else "",
    }


def _predictions(told: Row, measure: Row, period: date) -> list[Row]:
    return [
        {
            **told,
            "position": 1,
            "text": "More people are asked",
            "measure_id": measure["id"],
            "value": Decimal("82.5"),
            "period": period,
        },
        {
            **told,
            "position": 2,
            "text": "Nobody finds it a burden",
            "measure_id": None,
            "value": None,
            "period": None,
        },
    ]
