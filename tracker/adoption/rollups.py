"""Many pairs in one picture: the matrix of a quarter, and roll-ups over quarters."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from tracker.db import db
from tracker.organisations.domain import FOREVER, OrganisationKind
from tracker.organisations.models import Organisation, OrganisationClosure
from tracker.plugin_api import AppliesTo, Rubric

from .domain import Membership, Pair, Quarter, Rated, Tally, in_force, over_time, tally
from .models import AdoptionUnit
from .queries import Unit, copies, every_rating, standing, steps, units

_CARE = frozenset(
    {
        OrganisationKind.TRUST,
        OrganisationKind.PROVIDER,
        OrganisationKind.PRACTICE,
        OrganisationKind.SITE,
    }
)
RATED: Mapping[AppliesTo, frozenset[OrganisationKind]] = {
    AppliesTo.ELEMENT: _CARE,
    AppliesTo.SITE: _CARE,
    AppliesTo.ICB: frozenset({OrganisationKind.ICB}),
    AppliesTo.PLACE: frozenset(
        {OrganisationKind.PLACE, OrganisationKind.SUB_ICB, OrganisationKind.PCN}
    ),
    AppliesTo.ORGANISATION: _CARE | {OrganisationKind.ICB},
}
"""Which kinds of organisation a rubric rates. A project, or an idea, is in no matrix."""


def is_of_units(rubric: Rubric) -> bool:
    """Whether a rubric rates organisations, or elements at them."""
    return rubric.applies_to in RATED


def elements_of(rubric: Rubric) -> list[str]:
    """Keys of what is rated at each unit; one without a name where it is the unit itself."""
    return [element.key for element in rubric.elements] or [""]


@dataclass(frozen=True, slots=True)
class Row:
    """One unit of the matrix: its cells in the order of the elements."""

    unit: Unit
    cells: tuple[Rated | None, ...]
    before: tuple[Rated | None, ...]
    """The same cells a quarter earlier."""
    tally: Tally


@dataclass(frozen=True, slots=True)
class Matrix:
    """Elements by units at the end of a quarter, with the roll-ups of rows, columns and all."""

    quarter: Quarter
    elements: tuple[str, ...]
    rows: tuple[Row, ...]
    by_element: Mapping[str, Tally]
    by_setting: Mapping[str, Tally]
    total: Tally
    before: Tally
    """The total a quarter earlier, of the units in scope now."""


def matrix(
    rubric: Rubric,
    elements: Sequence[str],
    quarter: Quarter,
    on: date,
    *,
    under: int | None = None,
    setting: str = "",
) -> Matrix:
    """The matrix on a day of a quarter: four statements, whatever its size.

    Rows come lowest score first within their setting.
    """
    ids = copies(rubric)
    there = units(
        rubric.programme, on, kinds=RATED[rubric.applies_to], under=under, setting=setting
    )
    now = standing(ids, on)
    earlier = standing(ids, quarter.before.end)
    counting = {stage.key for stage in rubric.stages if stage.counts}

    def of(pairs: list[Pair], held: Mapping[Pair, Rated] = now) -> Tally:
        return tally(pairs, held, counting)

    rows = []
    for one in there:
        pairs = [Pair(one.id, element) for element in elements]
        rows.append(
            Row(
                one,
                tuple(now.get(pair) for pair in pairs),
                tuple(earlier.get(pair) for pair in pairs),
                of(pairs),
            )
        )
    rows.sort(key=lambda row: (row.unit.setting, _percent(row.tally), row.unit.name))
    every = [Pair(one.id, element) for one in there for element in elements]
    by_setting: dict[str, list[Pair]] = {}
    for one in there:
        by_setting.setdefault(one.setting, []).extend(Pair(one.id, e) for e in elements)
    return Matrix(
        quarter=quarter,
        elements=tuple(elements),
        rows=tuple(rows),
        by_element={e: of([Pair(one.id, e) for one in there]) for e in elements},
        by_setting={name: of(pairs) for name, pairs in by_setting.items()},
        total=of(every),
        before=of(every, earlier),
    )


@dataclass(frozen=True, slots=True)
class Course:
    """One unit over quarters, oldest first, of a rubric without elements."""

    unit: Unit
    levels: tuple[Rated | None, ...]


def courses(
    rubric: Rubric,
    quarters: Sequence[Quarter],
    on: date,
    *,
    under: int | None = None,
    setting: str = "",
) -> tuple[list[Course], list[Tally]]:
    """The level of each unit at the end of each quarter, and a tally of the units a quarter.

    The last quarter is as it stands on `on`. Three statements.
    """
    there = units(
        rubric.programme, on, kinds=RATED[rubric.applies_to], under=under, setting=setting
    )
    ratings = every_rating(copies(rubric), on)
    counting = {stage.key for stage in rubric.stages if stage.counts}
    held = [in_force(ratings, min(quarter.end, on)) for quarter in quarters]
    pairs = [Pair(one.id) for one in there]
    return (
        [Course(one, tuple(each.get(Pair(one.id)) for each in held)) for one in there],
        [tally(pairs, each, counting) for each in held],
    )


def _percent(tally: Tally) -> int:
    return 101 if tally.percent is None else tally.percent


@dataclass(frozen=True, slots=True)
class Group:
    """What is counted together: the units of a PSC or an ICB, or one element at every unit."""

    id: int
    name: str
    key: str = ""


class By(StrEnum):
    """What a roll-up is by."""

    PSC = "psc"
    ICB = "icb"
    ELEMENT = "element"


KINDS = {By.PSC: OrganisationKind.PSC, By.ICB: OrganisationKind.ICB}
EVERYWHERE = Group(0, "All units")


def by_group(
    rubric: Rubric,
    elements: Sequence[str],
    quarters: Sequence[Quarter],
    *,
    kind: OrganisationKind = OrganisationKind.PSC,
) -> dict[Group, list[Tally]]:
    """Tallies a quarter for each PSC (or ICB), from pairs: three statements."""
    return over_time(
        steps(copies(rubric), quarters[-1].end),
        _memberships(rubric, kind),
        elements,
        quarters,
        {stage.key for stage in rubric.stages if stage.counts},
    )


def over_quarters(
    rubric: Rubric, quarters: Sequence[Quarter], on: date, by: By
) -> tuple[list[Tally], dict[Group, list[Tally]]]:
    """Tallies a quarter of all pairs and of each group, as ratings stood by `on`.

    All is counted from every pair in scope, also where no group has it. Four statements.
    """
    ratings = steps(copies(rubric), min(quarters[-1].end, on))
    counting = {stage.key for stage in rubric.stages if stage.counts}
    elements = elements_of(rubric)
    everywhere = _everywhere(rubric)
    if by is not By.ELEMENT:
        grouped = [*everywhere, *_memberships(rubric, KINDS[by])]
        found = over_time(ratings, grouped, elements, quarters, counting)
        return found.pop(EVERYWHERE, [Tally() for _ in quarters]), found
    titles = {one.key: one.title for one in rubric.elements}
    of_element: dict[str, list[tuple[int, str, str, date]]] = {one: [] for one in elements}
    for step in ratings:
        if step[1] in of_element:
            of_element[step[1]].append(step)
    found = {}
    for number, (element, own) in enumerate(of_element.items()):
        counted = over_time(own, everywhere, [element], quarters, counting)
        group = Group(number, titles.get(element, rubric.title), element)
        found[group] = counted.get(EVERYWHERE, [Tally() for _ in quarters])
    return added_up(found.values(), len(quarters)), found


def _everywhere(rubric: Rubric) -> list[Membership[Group]]:
    rows = db.session.execute(
        select(AdoptionUnit.organisation_id, AdoptionUnit.starts_on, AdoptionUnit.ends_on)
        .join(AdoptionUnit.organisation)
        .where(
            AdoptionUnit.programme == rubric.programme,
            Organisation.kind.in_(list(RATED[rubric.applies_to])),
        )
    )
    return [
        Membership(unit, EVERYWHERE, starts_on, ends_on or FOREVER)
        for unit, starts_on, ends_on in rows
    ]


def added_up(tallies: Collection[Sequence[Tally]], number: int) -> list[Tally]:
    """The tallies of all groups in one: pairs added to pairs."""
    totals = [Tally() for _ in range(number)]
    for of_group in tallies:
        for total, one in zip(totals, of_group, strict=True):
            total.counting += one.counting
            total.by_level += one.by_level
            total.unrated += one.unrated
            total.left_out += one.left_out
    return totals


def _memberships(rubric: Rubric, kind: OrganisationKind) -> list[Membership[Group]]:
    unit = aliased(Organisation)
    rows = db.session.execute(
        select(
            AdoptionUnit.organisation_id,
            AdoptionUnit.starts_on,
            AdoptionUnit.ends_on,
            OrganisationClosure.valid_from,
            OrganisationClosure.valid_to,
            Organisation.id,
            Organisation.name,
        )
        .join(
            OrganisationClosure,
            and_(
                OrganisationClosure.descendant_id == AdoptionUnit.organisation_id,
                OrganisationClosure.is_lead,
            ),
        )
        .join(Organisation, Organisation.id == OrganisationClosure.ancestor_id)
        .join(unit, unit.id == AdoptionUnit.organisation_id)
        .where(
            AdoptionUnit.programme == rubric.programme,
            Organisation.kind == kind,
            unit.kind.in_(list(RATED[rubric.applies_to])),
        )
        .order_by(Organisation.name, AdoptionUnit.organisation_id)
    )
    return [
        Membership(unit, Group(id_, name), max(starts_on, start), min(ends_on or FOREVER, end))
        for unit, starts_on, ends_on, start, end, id_, name in rows
    ]
