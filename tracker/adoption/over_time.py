"""Roll-ups over quarters, by collaborative, by ICB and by element: chart, table and download."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from tracker.charts.shares import level_bar, share_line, share_spark
from tracker.pages import page
from tracker.permissions import Permission, requires
from tracker.plugin_api import ProgrammeAim, Rubric
from tracker.programmes import queries as programmes
from tracker.safe.dates import today

from . import rollups
from .blueprint import AT, Place, bp, place_of
from .domain import Quarter, Tally, quarters_to, shades
from .downloads import csv_file
from .rollups import By, Group
from .showing import DOWN, UP, Levels, counts_by_level, percent

QUARTERS = 12
SHOWN = 5
"""Quarters in the table; the chart and the download have all."""
TITLES = {By.PSC: "collaborative", By.ICB: "ICB", By.ELEMENT: "element"}


@dataclass(frozen=True, slots=True)
class Line:
    """One group of the table."""

    name: str
    url: str
    tallies: Sequence[Tally]
    spark: Markup
    change: int | None
    near: int | None
    bar: Markup
    spread: str

    @property
    def now(self) -> Tally:
        """The last quarter."""
        return self.tallies[-1]

    @property
    def way(self) -> str:
        """Whether it moved up or down since the quarter before."""
        return "" if not self.change else UP if self.change > 0 else DOWN


@bp.get(f"{AT}/over-time")
@requires(Permission.PROGRAMME_READ)
def over_time(key: str) -> ResponseReturnValue:
    """How the share that counts has moved, and who has most to gain."""
    place = place_of(key)
    rubric, by = _rubric(place), _by()
    quarters, day = quarters_to(Quarter.of(today()), QUARTERS), today()
    total, groups = rollups.over_quarters(rubric, quarters, day, by)
    levels = Levels(rubric.stages)
    ambition = ambition_of(place, rubric)
    begun = next((n for n, one in enumerate(total) if one.in_scope), len(total) - 1)
    lines = _lines(place, rubric, levels, groups, by)
    return page(
        "adoption/over_time.html",
        place=place,
        rubric=rubric,
        rubrics=[one for one in place.rubrics if any(stage.counts for stage in one.stages)],
        levels=levels,
        by=by,
        titles=TITLES,
        quarters=quarters[-SHOWN:],
        is_running=day < quarters[-1].end,
        on=day,
        total=total,
        year_ago=total[-5] if len(total) >= 5 else None,
        ambition=ambition,
        chart=share_line(
            [
                (short(quarter), one.percent)
                for quarter, one in zip(quarters[begun:], total[begun:], strict=True)
            ],
            int(ambition.figure) if ambition and ambition.figure is not None else None,
            _in_words(rubric, quarters[begun:], total[begun:]),
            ids="adoption",
        ),
        lines=lines,
        shown=SHOWN,
        deviations=programmes.deviations(key, day),
        below=True,
    )


@bp.get(f"{AT}/over-time.csv")
@requires(Permission.DATA_EXPORT)
def over_time_csv(key: str) -> ResponseReturnValue:
    """Every quarter of every group, with the pairs at each level."""
    place = place_of(key)
    rubric, by = _rubric(place), _by()
    quarters = quarters_to(Quarter.of(today()), QUARTERS)
    total, groups = rollups.over_quarters(rubric, quarters, today(), by)
    rows = []
    for group, tallies in {rollups.EVERYWHERE: total, **groups}.items():
        for quarter, one in zip(quarters, tallies, strict=True):
            if one.in_scope or one.left_out:
                rows.append(
                    [
                        group.name,
                        str(quarter),
                        min(quarter.end, today()).isoformat(),
                        str(one.counting),
                        str(one.in_scope),
                        "" if one.percent is None else str(one.percent),
                        *(str(one.by_level[stage.key]) for stage in rubric.stages),
                        str(one.unrated),
                        str(one.left_out),
                        rubric.ref,
                    ]
                )
    headings = (
        by.value,
        "quarter",
        "position_at",
        "counting",
        "in_scope",
        "percent",
        *(stage.key for stage in rubric.stages),
        "not_rated",
        "not_applicable",
        "definition",
    )
    return csv_file(f"{place.title} over time by {TITLES[by]}", headings, rows, programme=key)


def ambition_of(place: Place, rubric: Rubric) -> ProgrammeAim | None:
    """The programme's aim for this very share, which its unit names: `% A&S score`."""
    programme = place.contents.programme
    aims = programme.aims if programme and rubric.roll_up else ()
    return next(
        (aim for aim in aims if aim.figure is not None and aim.unit == f"% {rubric.roll_up}"), None
    )


def short(quarter: Quarter) -> str:
    """`Q2 23/24`, for an axis."""
    name = str(quarter)
    return name[:3] + name[5:]


def _by() -> By:
    asked = request.args.get("by", "")
    return By(asked) if asked in set(By) else By.PSC


def _rubric(place: Place) -> Rubric:
    """The rubric asked for; without one, the first in which a level counts. Aborts with 404."""
    key = request.args.get("rubric", "")
    if not key:
        counted = [one for one in place.rubrics if any(stage.counts for stage in one.stages)]
        key = counted[0].key if counted else ""
    return place.rubric(key)


def _lines(
    place: Place, rubric: Rubric, levels: Levels, groups: dict[Group, list[Tally]], by: By
) -> list[Line]:
    shade = shades(rubric.stages)
    kept = {group: tallies for group, tallies in groups.items() if tallies[-1].in_scope}
    shares = [one.percent for tallies in kept.values() for one in tallies[-SHOWN:]]
    low = min((share for share in shares if share is not None), default=0) // 10 * 10
    found = []
    for group, tallies in kept.items():
        last = tallies[-SHOWN:]
        now, before = tallies[-1].percent, tallies[-2].percent
        spread = counts_by_level(levels, tallies[-1])
        url = (
            url_for(".matrix", key=place.key, rubric=rubric.key)
            if by is By.ELEMENT
            else url_for(".matrix", key=place.key, rubric=rubric.key, psc=group.id)
        )
        found.append(
            Line(
                group.name,
                url,
                last,
                share_spark([one.percent for one in last], low),
                None if now is None or before is None else now - before,
                tallies[-1].by_level[levels.near.key] if levels.near else None,
                level_bar([(shade.get(level.key), count) for level, count in spread]),
                ", ".join(f"{count} at {level.score}" for level, count in spread if count),
            )
        )
    return sorted(found, key=lambda one: (one.now.percent or 0, one.name.casefold()))


def _in_words(rubric: Rubric, quarters: Sequence[Quarter], total: Sequence[Tally]) -> str:
    said = [
        f"{quarter} {percent(one)}"
        for quarter, one in zip(quarters, total, strict=True)
        if one.percent is not None
    ]
    return f"{rubric.roll_up or rubric.title} a quarter: {', '.join(said) or 'nothing yet'}"
