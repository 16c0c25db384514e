"""A national matrix: made-up levels of nine elements at 134 units over twelve quarters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from tracker.adoption.domain import Quarter, Side, quarters_to
from tracker.adoption.models import AdoptionUnit, Rating
from tracker.db import Base
from tracker.plugin_api import Rubric
from tracker.plugin_host import current_host
from tracker.programmes import services as programmes

UNITS, QUARTERS = 134, 12
PROGRAMME, RUBRIC = "matneo", "stage_of_adoption"
SETTINGS = ("Neonatal intensive care unit", "Local neonatal unit", "Special care unit")

Row = dict[str, Any]


def adopted() -> tuple[int, Rubric]:
    """The stored copy of the rubric, and the rubric. Inside a unit of work."""
    rubric = next(
        one for one in current_host().of(Rubric) if (one.programme, one.key) == (PROGRAMME, RUBRIC)
    )
    return programmes.adopt(rubric, by=None).id, rubric


def rows_of_adoption(
    units: Sequence[int],
    definition_id: int,
    rubric: Rubric,
    *,
    by: int,
    random: Random,
    today: date,
    now: datetime,
) -> list[tuple[type[Base], list[Row]]]:
    """One rating a quarter of each element at each unit, most of them a little higher."""
    quarters = quarters_to(Quarter.of(today).before, QUARTERS)
    ratings: list[Row] = []
    for unit in units:
        for element in rubric.elements:
            level = random.randrange(5)
            for quarter in quarters:
                level = min(max(level + random.choice((-1, 0, 0, 1, 1)), 0), 7)
                ratings.append(
                    {
                        "definition_id": definition_id,
                        "organisation_id": unit,
                        "element": element.key,
                        "level": rubric.stages[level].key,
                        "on": quarter.start + timedelta(days=random.randrange(80)),
                        "side": random.choice((Side.TEAM, Side.COACH)),
                        "by_id": by,
                        "at": now,
                    }
                )
    scope: list[Row] = [
        {
            "programme": rubric.programme,
            "organisation_id": unit,
            "setting": SETTINGS[number % 3],
            "starts_on": quarters[0].start,
            "by_id": by,
        }
        for number, unit in enumerate(units)
    ]
    return [(AdoptionUnit, scope), (Rating, ratings)]
