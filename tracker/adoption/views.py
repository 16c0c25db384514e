"""The matrix of a programme: elements by units, or units by quarters, and its download."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.organisations import queries as organisations
from tracker.pages import page
from tracker.permissions import Permission, can, requires
from tracker.plugin_api import AppliesTo, Rubric
from tracker.programmes import queries as programmes
from tracker.safe.dates import today
from tracker.safe.numbers import parse_id

from . import queries, rollups, showing
from .blueprint import AT, Place, bp, place_of
from .domain import Quarter, quarters_to
from .downloads import csv_file
from .showing import Grid, Levels, Show

QUARTERS_OFFERED = 12
QUARTERS_ACROSS = 6
UNITS = {
    AppliesTo.ICB: ("ICB", "ICBs"),
    AppliesTo.PLACE: ("place", "places"),
    AppliesTo.ORGANISATION: ("organisation", "organisations"),
}
"""What a rubric's rows are called, one and many; else units."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    psc: int | None
    setting: str
    show: Show
    quarter: Quarter
    on: date

    @property
    def is_running(self) -> bool:
        """The quarter has not ended."""
        return self.on < self.quarter.end


def asked_for() -> Asked:
    """The filters of the address; whatever cannot be is left out."""
    args, day = request.args, today()
    now = Quarter.of(day)
    offered = {one.key: one for one in quarters_to(now, QUARTERS_OFFERED)}
    quarter = offered.get(args.get("at", ""), now)
    show = args.get("show", "")
    return Asked(
        psc=parse_id(args.get("psc", "")),
        setting=args.get("unit", "")[:200],
        show=Show(show) if show in set(Show) else Show.ALL,
        quarter=quarter,
        on=min(quarter.end, day),
    )


@bp.get(AT)
@requires(Permission.PROGRAMME_READ)
def matrix(key: str) -> ResponseReturnValue:
    """How far each element has come at each unit."""
    place = place_of(key)
    if not place.rubrics:
        return page("adoption/nothing.html", place=place)
    rubric, asked = place.rubric(request.args.get("rubric", "")), asked_for()
    grid = grid_of(place, rubric, asked)
    one, many = UNITS.get(rubric.applies_to, ("unit", "units"))
    said, then = showing.finding(rubric, grid, one, many)
    pscs = queries.collaboratives(key, asked.on)
    if asked.psc is not None and asked.psc not in dict(pscs):
        # A roll-up by ICB leads here with one.
        pscs += [(one.id, one.name) for one in organisations.by_ids([asked.psc])]
    return page(
        "adoption/matrix.html",
        place=place,
        rubric=rubric,
        levels=Levels(rubric.stages),
        asked=asked,
        grid=grid,
        unit_word=one,
        units_word=many,
        said=said,
        then=then,
        behind=showing.behind(grid),
        pscs=pscs,
        psc_name=next((name for id_, name in pscs if id_ == asked.psc), ""),
        settings=queries.settings(key, asked.on),
        shows=_shows(rubric),
        quarters=quarters_to(Quarter.of(today()), QUARTERS_OFFERED)[::-1],
        deviations=programmes.deviations(key, asked.on),
        may_scope=can(current_user, Permission.ADOPTION_SCOPE),
    )


@bp.get(f"{AT}/matrix.csv")
@requires(Permission.DATA_EXPORT)
def matrix_csv(key: str) -> ResponseReturnValue:
    """The same pairs as a table, one line a pair."""
    place = place_of(key)
    rubric, asked = place.rubric(request.args.get("rubric", "")), asked_for()
    levels = Levels(rubric.stages)
    elements = rollups.elements_of(rubric)
    titles = {one.key: one.title for one in rubric.elements}
    found = rollups.matrix(
        rubric, elements, asked.quarter, asked.on, under=asked.psc, setting=asked.setting
    )
    rows = []
    for row in found.rows:
        for element, rated in zip(elements, row.cells, strict=True):
            level = levels.of(rated)
            rows.append(
                [
                    row.unit.name,
                    row.unit.setting,
                    titles.get(element, ""),
                    level.score,
                    level.label,
                    rated.on.isoformat() if rated else "",
                    rated.side.value if rated else "",
                    asked.on.isoformat(),
                    rubric.ref,
                ]
            )
    headings = (
        *("unit", "kind", "element", "level", "name", "rated_on", "rated_by"),
        *("position_at", "definition"),
    )
    return csv_file(f"{place.title} {rubric.title}", headings, rows, programme=key)


def grid_of(place: Place, rubric: Rubric, asked: Asked) -> Grid:
    """The matrix that an address asks for."""
    home = url_for(".matrix", key=place.key)

    def pair(unit: int, element: str) -> str:
        # A thousand of them a page, and building each by name takes as long as all the rest.
        ending = f"/{element}" if element else ""
        return f"{home}/{unit}/levels/{rubric.key}{ending}"

    if rubric.elements:
        found = rollups.matrix(
            rubric,
            rollups.elements_of(rubric),
            asked.quarter,
            asked.on,
            under=asked.psc,
            setting=asked.setting,
        )
        return showing.grid_of_elements(rubric, found, asked.show, pair=pair, unit=f"{home}/")
    quarters = quarters_to(asked.quarter, QUARTERS_ACROSS)
    courses = rollups.courses(rubric, quarters, asked.on, under=asked.psc, setting=asked.setting)
    return showing.grid_of_quarters(
        rubric, courses, quarters, asked.show, pair=pair, unit=f"{home}/"
    )


def _shows(rubric: Rubric) -> list[Show]:
    """What can be asked for; where no level counts, none is short of it."""
    if any(stage.counts for stage in rubric.stages):
        return list(Show)
    return [Show.ALL, Show.CHANGED, Show.UNRATED]
