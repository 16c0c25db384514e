"""Made-up levels of adoption: eighteen units of the preterm pathway, and the phases of two ICBs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from tracker.adoption import services
from tracker.adoption.domain import NOT_APPLICABLE, Quarter, Side, quarters_to
from tracker.adoption.services import Judgement
from tracker.auth.models import User
from tracker.organisations import services as organisations
from tracker.organisations.models import Organisation, OrganisationKind
from tracker.plugin_api import Rubric
from tracker.plugin_host import current_host

QUARTERS = 6
UNITS = (
    ("Neonatal intensive care unit", ("Ash", "Beech", "Cedar", "Elm")),
    ("Local neonatal unit", ("Aspen", "Cherry", "Elder", "Fern", "Holly", "Larch", "Linden")),
    ("Special care unit", ("Gorse", "Hawthorn", "Heather", "Juniper", "Laurel", "Maple", "Willow")),
)
"""Kinds of neonatal unit, and made-up names."""
LAGGING = ("ventilation", "breast_milk", "milk")
"""Elements that start lower have one of these in their key."""


def fill(homes: Sequence[Organisation], *, team: User, coach: User, day: date) -> None:
    """Units under these ICBs with their levels, and the phase of each ICB a quarter.

    Whatever programme is not loaded is left out.
    """
    random = Random(2023)  # noqa: S311 - the same demonstration every time
    quarters = quarters_to(Quarter.of(day), QUARTERS)
    stages = _rubric("matneo", "stage_of_adoption")
    if stages is not None:
        _units(homes, stages, quarters, random, team=team, coach=coach, day=day)
    phases = _rubric("opioids", "wsa_phase")
    if phases is not None:
        services.include("opioids", homes, on=quarters[0].start, by=coach)
        for start, home in zip((1, 2), homes, strict=False):
            for level, quarter in enumerate(quarters[1:], start):
                said = Judgement(level=phases.stages[level].key, on=quarter.start, side=Side.COACH)
                services.rate(home, phases, said, by=coach)


def _units(
    homes: Sequence[Organisation],
    rubric: Rubric,
    quarters: Sequence[Quarter],
    random: Random,
    *,
    team: User,
    coach: User,
    day: date,
) -> None:
    made = list(_made(homes))
    for setting, units in made:
        services.include(
            rubric.programme, units, on=quarters[0].start, by=coach, setting=f"{setting}s"
        )
    first = made[0][1][0]
    services.record_training(
        first,
        programme=rubric.programme,
        given_by="Practice educator",
        what="Simulation of a preterm birth",
        on=quarters[-2].start,
        people=14,
        role="midwives",
        by=team,
    )
    for setting, units in made:
        for unit in units:
            for element in rubric.elements:
                if setting.startswith("Special") and "ventilation" in element.key:
                    said = Judgement(
                        level=NOT_APPLICABLE,
                        on=quarters[0].start,
                        side=Side.COACH,
                        reason="Babies who need it are moved to another unit",
                    )
                    services.rate(unit, rubric, said, by=coach, element=element.key)
                    continue
                lags = any(part in element.key for part in LAGGING)
                level = random.randint(2, 4) if lags else random.randint(4, 6)
                for quarter in sorted((quarters[0], *random.sample(quarters[1:], 2))):
                    on = min(quarter.start + timedelta(days=random.randrange(60)), day)
                    side = random.choice((Side.TEAM, Side.COACH, Side.COACH))
                    said = Judgement(level=rubric.stages[level].key, on=on, side=side)
                    by = team if side is Side.TEAM else coach
                    services.rate(unit, rubric, said, by=by, element=element.key)
                    level = min(level + random.choice((0, 1, 1)), 7)


def _made(homes: Sequence[Organisation]) -> Iterator[tuple[str, list[Organisation]]]:
    number = 0
    for setting, names in UNITS:
        units = []
        for name in names:
            home = homes[number % len(homes)]
            number += 1
            units.append(
                organisations.add(
                    f"Demo {name} unit",
                    code=f"DEMO-UNIT-{number}",
                    kind=OrganisationKind.SITE,
                    by=None,
                    part_of=home,
                    is_demo=True,
                )
            )
        yield setting, units


def _rubric(programme: str, key: str) -> Rubric | None:
    return next(
        (one for one in current_host().of(Rubric) if (one.programme, one.key) == (programme, key)),
        None,
    )
