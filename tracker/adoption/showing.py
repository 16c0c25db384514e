"""The matrix as a page draws it: cells with their shade, words and movement."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tracker.pages import number
from tracker.plugin_api import Rubric, Stage

from .domain import NOT_APPLICABLE, Quarter, Rated, Tally, shades
from .rollups import Course, Matrix

UP, DOWN = "up", "down"


class Show(StrEnum):
    """Which cells a reader wants to look at."""

    ALL = ""
    SHORT = "short"
    NEAR = "near"
    CHANGED = "changed"
    UNRATED = "unrated"

    @property
    def label(self) -> str:
        """As a person reads it."""
        return _SHOW[self]


_SHOW = {
    Show.ALL: "Every level",
    Show.SHORT: "Not counting yet",
    Show.NEAR: "One step away",
    Show.CHANGED: "Moved this quarter",
    Show.UNRATED: "Not rated",
}


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a rubric as it is printed."""

    key: str
    score: str
    label: str
    value: Decimal | None
    css: str
    counts: bool
    is_provisional: bool = False

    @property
    def words(self) -> str:
        """`level 4, Testing`."""
        return f"level {self.score}, {self.label}" if self.value is not None else self.label


NONE = Level("", "?", "not rated", None, "qi-lq", counts=False)
LEFT_OUT = Level(NOT_APPLICABLE, "n/a", "does not apply", None, "qi-lna", counts=False)


class Levels:
    """The levels of a rubric by key, with what is said where there is none."""

    def __init__(self, stages: Sequence[Stage]) -> None:
        shade = shades(stages)
        self.all = [
            Level(
                stage.key,
                number(stage.score),
                stage.label,
                stage.score,
                f"qi-l{shade[stage.key]}",
                counts=stage.counts,
                is_provisional=stage.provisional,
            )
            for stage in stages
        ]
        self._by_key = {one.key: one for one in self.all} | {NOT_APPLICABLE: LEFT_OUT}
        light = [one for one in self.all if not one.counts]
        self.near = light[-1] if light and len(light) < len(self.all) else None
        """The last level that does not count."""
        self.first = next((one for one in self.all if one.counts), None)
        """The first level that counts."""

    def of(self, rated: Rated | None) -> Level:
        """The level of a rating; of none, and of a level that the rubric has lost, too."""
        return NONE if rated is None else self.named(rated.level)

    def named(self, key: str) -> Level:
        """The level of a key. One that an older version had is printed as its key."""
        found = self._by_key.get(key)
        return found or Level(key, "?", key.replace("_", " "), None, "qi-lq", counts=False)


@dataclass(frozen=True, slots=True)
class Cell:
    """One pair on a day."""

    level: Level
    words: str
    url: str
    moved: str = ""
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One unit."""

    name: str
    url: str
    cells: list[Cell]
    share: str


@dataclass(frozen=True, slots=True)
class Lines:
    """Units of one kind."""

    title: str
    lines: list[Line]
    share: str


@dataclass(frozen=True, slots=True)
class Column:
    """An element, or a quarter."""

    title: str
    share: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A matrix with all that is printed around it."""

    columns: list[Column]
    groups: list[Lines]
    share: str
    total: Tally
    before: Tally
    ups: int
    downs: int
    units: int

    @property
    def shown(self) -> int:
        """How many units are left by the filters."""
        return sum(len(group.lines) for group in self.groups)

    def at_each(self, levels: Levels) -> list[tuple[Level, list[Line]]]:
        """The units at each level in the last column, the highest level first."""
        lines = [line for group in self.groups for line in group.lines]
        order = [*levels.all[::-1], LEFT_OUT, NONE]
        found = [(level, [one for one in lines if one.cells[-1].level == level]) for level in order]
        return [(level, at) for level, at in found if at or level.value is not None]


Where = Callable[[int, str], str]
"""Address of a pair: of a unit's id and an element."""


def grid_of_elements(rubric: Rubric, found: Matrix, show: Show, *, pair: Where, unit: str) -> Grid:
    """Units by elements. `unit` is the address of a unit, ending before its id."""
    levels = Levels(rubric.stages)
    titles = {one.key: one.title for one in rubric.elements}
    groups: dict[str, list[Line]] = {}
    ups = downs = 0
    for row in found.rows:
        cells = []
        for element, now, before in zip(found.elements, row.cells, row.before, strict=True):
            about = f"{row.unit.name}, {titles[element]}" if element else row.unit.name
            cell = _cell(levels, now, before, about, pair(row.unit.id, element), show)
            ups += cell.moved == UP
            downs += cell.moved == DOWN
            cells.append(cell)
        if _is_wanted(cells, show):
            line = Line(row.unit.name, f"{unit}{row.unit.id}", cells, percent(row.tally))
            groups.setdefault(row.unit.setting, []).append(line)
    return Grid(
        columns=[
            Column(titles.get(key, rubric.title), percent(found.by_element[key]))
            for key in found.elements
        ],
        groups=[
            Lines(title, lines, percent(found.by_setting[title])) for title, lines in groups.items()
        ],
        share=percent(found.total),
        total=found.total,
        before=found.before,
        ups=ups,
        downs=downs,
        units=len(found.rows),
    )


def grid_of_quarters(
    rubric: Rubric,
    found: tuple[Sequence[Course], Sequence[Tally]],
    quarters: Sequence[Quarter],
    show: Show,
    *,
    pair: Where,
    unit: str,
) -> Grid:
    """Units by quarters, of a rubric without elements: the last is the one the filters are of."""
    levels = Levels(rubric.stages)
    courses, tallies = found
    groups: dict[str, list[Line]] = {}
    ups = downs = 0
    for course in courses:
        before: tuple[Rated | None, ...] = (None, *course.levels[:-1])
        url = pair(course.unit.id, "")
        cells = [
            _cell(levels, now, earlier, f"{course.unit.name}, {quarter}", url, Show.ALL)
            for quarter, now, earlier in zip(quarters, course.levels, before, strict=True)
        ]
        last = _cell(levels, course.levels[-1], before[-1], "", "", show)
        ups += last.moved == UP
        downs += last.moved == DOWN
        if not last.is_quiet:
            line = Line(course.unit.name, f"{unit}{course.unit.id}", cells, "")
            groups.setdefault(course.unit.setting, []).append(line)
    counts = any(stage.counts for stage in rubric.stages)
    shares = [percent(one) if counts else _rated(one) for one in tallies]
    return Grid(
        columns=[
            Column(str(quarter), share) for quarter, share in zip(quarters, shares, strict=True)
        ],
        groups=[Lines(title, lines, "") for title, lines in groups.items()],
        share=shares[-1],
        total=tallies[-1],
        before=tallies[-2],
        ups=ups,
        downs=downs,
        units=len(courses),
    )


def _cell(
    levels: Levels, now: Rated | None, before: Rated | None, about: str, url: str, show: Show
) -> Cell:
    level, earlier = levels.of(now), levels.of(before)
    moved = ""
    if level.value is not None and earlier.value is not None and level is not earlier:
        moved = UP if level.value > earlier.value else DOWN
    words = level.words
    if moved:
        words += f", {moved} from {earlier.score}"
    is_quiet = not {
        Show.ALL: True,
        Show.SHORT: not level.counts and level is not LEFT_OUT,
        Show.NEAR: levels.near is not None and level is levels.near,
        Show.CHANGED: bool(moved),
        Show.UNRATED: level is NONE,
    }[show]
    return Cell(level, f"{words}: {about}", url, moved, is_quiet)


def _is_wanted(cells: Iterable[Cell], show: Show) -> bool:
    return show is Show.ALL or any(not cell.is_quiet for cell in cells)


def percent(tally: Tally) -> str:
    """`86%`; a dash where nothing is in scope."""
    return "–" if tally.percent is None else f"{tally.percent}%"


def _rated(tally: Tally) -> str:
    return f"{tally.in_scope - tally.unrated} of {tally.in_scope}"


def finding(rubric: Rubric, grid: Grid, one: str, many: str) -> tuple[str, str]:
    """What the matrix found: the sentence in bold, and how it goes on."""
    total, before = grid.total, grid.before
    if not total.in_scope:
        return "There is nothing to count yet", "."
    levels = Levels(rubric.stages)
    if levels.first is None:
        rated = total.in_scope - total.unrated
        said = f"{rated} of {total.in_scope} {one if total.in_scope == 1 else many} have a level"
        if not grid.ups + grid.downs:
            return said, "; none has moved since last quarter."
        return said, f"; {grid.ups} moved up since last quarter and {grid.downs} moved down."
    name = rubric.roll_up or "share that counts"
    said = f"The {name} is {percent(total)}"
    then = ""
    if total.percent is not None and before.percent is not None:
        if total.percent > before.percent:
            then = f", up from {percent(before)} last quarter"
        elif total.percent < before.percent:
            then = f", down from {percent(before)} last quarter"
        else:
            then = ", as last quarter"
    short = total.in_scope - total.counting
    if not short:
        return said, f"{then}. Every pair in scope counts."
    near = total.by_level[levels.near.key] if levels.near else 0
    step = f" {near} of the {short} still short {_be(near)} one step away." if near else ""
    return said, f"{then}.{step}"


def _be(count: int) -> str:
    return "is" if count == 1 else "are"


def behind(grid: Grid, most: int = 2) -> str:
    """The columns furthest behind: `volume-targeted ventilation (31%)`."""
    shares = [
        (int(column.share[:-1]), number_, column.title)
        for number_, column in enumerate(grid.columns)
        if column.share.endswith("%")
    ]
    found = sorted(shares)[:most] if len(shares) > most else []
    return " and ".join(f"{title} ({share}%)" for share, _, title in found if share < 100)


def counts_by_level(levels: Levels, tally: Tally) -> list[tuple[Level, int]]:
    """How many pairs are at each level, those that are not rated last."""
    found = [(level, tally.by_level[level.key]) for level in levels.all]
    return [*found, (NONE, tally.unrated)] if tally.unrated else found
