"""Where every box of a driver diagram stands when it is drawn to be taken away. Pure.

Columns from the aim outwards, leaves one under the other, each parent in the middle of its
children. The picture, the slide and the page on paper are drawn from the same places.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from tracker.charts.svg import wrap

from .domain import Arranged, Branch, IdeaStatus, Level

WIDTHS = {
    None: 190.0,
    Level.PRIMARY: 180.0,
    Level.SECONDARY: 220.0,
    Level.CONCEPT: 200.0,
    Level.IDEA: 400.0,
}
"""Of the aim, with no level, and of each column."""
BETWEEN = 36.0
"""Columns."""
GAP = 8.0
"""Boxes one under the other."""
GROUP = 8.0
"""More between the children of one box and those of the next."""
PAD = 10.0
LINE = 18.0
SIZE = 14
SMALL = 12
TAG = 78.0
"""Room for the status of an idea, at its right."""
HEAD = 30.0
"""Room for what each column is."""
UNPLACED = "Not placed yet"


@dataclass(frozen=True, slots=True)
class Placed:
    """A box: its corner and size, its words in lines, and under which box it hangs (by number)."""

    level: Level | None
    x: float
    y: float
    w: float
    h: float
    lines: Sequence[str]
    small: Sequence[str]
    """Measures and other drivers, under the words."""
    status: IdeaStatus | None
    parent: int | None

    @property
    def middle(self) -> float:
        """The height at which lines meet it."""
        return self.y + self.h / 2


@dataclass(frozen=True, slots=True)
class Heading:
    """What a column is, or a part of the picture."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Layout:
    """All boxes, the aim first, and the size of the whole."""

    boxes: Sequence[Placed]
    headings: Sequence[Heading]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Words:
    """What a box says besides its own words: by key."""

    measures: Mapping[str, Sequence[str]]
    statuses: Mapping[str, IdeaStatus]


def lay_out(
    aim: str, arranged: Arranged, words: Words, *, aim_measures: Sequence[str] = ()
) -> Layout:
    """Find a place for everything. Never fails: an empty diagram is the aim alone."""
    pen = _Pen(arranged, words)
    pen.boxes.append(
        _box(None, pen.column(None), aim or "The aim is not written yet", aim_measures)
    )
    for branch in arranged.placed:
        pen.draw(branch, 0)
    bottom = pen.y - GAP
    first = [b.middle for b in pen.boxes if b.parent == 0]
    middle = (first[0] + first[-1]) / 2 if first else HEAD + pen.boxes[0].h / 2
    pen.boxes[0] = replace(pen.boxes[0], y=max(HEAD, middle - pen.boxes[0].h / 2))
    pen.y = max(bottom, pen.boxes[0].y + pen.boxes[0].h) + GAP
    headings = [Heading(pen.column(level), 16.0, title) for level, title in pen.titles()]
    if arranged.unplaced:
        headings.append(Heading(0, pen.y + 28, UNPLACED))
        pen.y += 40
        for branch in arranged.unplaced:
            pen.draw(branch, None)
    return Layout(pen.boxes, headings, pen.width, pen.y - GAP)


def split(arranged: Arranged, fits: Callable[[Arranged], bool]) -> list[Arranged]:
    """The diagram in parts that fit on a sheet, primary drivers kept whole.

    What hangs nowhere is on the last. A primary driver that does not fit has a sheet to itself.
    """
    parts: list[list[Branch]] = [[]]
    for branch in arranged.placed:
        if parts[-1] and not fits(Arranged((*parts[-1], branch), ())):
            parts.append([])
        parts[-1].append(branch)
    last = Arranged(tuple(parts[-1]), arranged.unplaced)
    if arranged.unplaced and parts[-1] and not fits(last):
        return [Arranged(tuple(part), ()) for part in parts] + [Arranged((), arranged.unplaced)]
    return [*(Arranged(tuple(part), ()) for part in parts[:-1]), last]


class _Pen:
    """Goes down the page, leaf by leaf."""

    def __init__(self, arranged: Arranged, words: Words) -> None:
        used = {b.node.level for one in (*arranged.placed, *arranged.unplaced) for b in one.walk()}
        levels: list[Level | None] = [None, Level.PRIMARY, Level.SECONDARY]
        levels += [Level.CONCEPT] if Level.CONCEPT in used else []
        levels.append(Level.IDEA)
        self._at: dict[Level | None, float] = {}
        x = 0.0
        for level in levels:
            self._at[level] = x
            x += WIDTHS[level] + BETWEEN
        self.width = x - BETWEEN
        self.words = words
        self.boxes: list[Placed] = []
        self.y = HEAD

    def column(self, level: Level | None) -> float:
        return self._at[level]

    def titles(self) -> list[tuple[Level | None, str]]:
        return [(level, f"{level.label}s" if level else "Aim") for level in self._at]

    def draw(self, branch: Branch, parent: int | None) -> None:
        """A box beside its children; one taller than they are pushes the next down."""
        node = branch.node
        small = list(self.words.measures.get(node.key, ()))
        if branch.also:
            small.append(f"Also serves {' and '.join(branch.also)}")
        status = self.words.statuses.get(node.key)
        box = _box(node.level, self.column(node.level), node.text, small, status, parent)
        number = len(self.boxes)
        self.boxes.append(box)
        top = self.y
        for child in branch.children:
            self.draw(child, number)
        if not branch.children:
            self.boxes[number] = replace(box, y=top)
            self.y = top + box.h + GAP
            return
        under = [b.middle for b in self.boxes[number + 1 :] if b.parent == number]
        middle = (under[0] + under[-1]) / 2
        y = middle - box.h / 2
        if y < top:
            # Taller than what is under it: all of that moves down to its middle.
            for n in range(number + 1, len(self.boxes)):
                self.boxes[n] = replace(self.boxes[n], y=self.boxes[n].y + top - y)
            self.y += top - y
            y = top
        self.boxes[number] = replace(box, y=y)
        self.y = max(self.y, y + box.h + GAP) + GROUP


def _box(
    level: Level | None,
    x: float,
    text: str,
    small: Sequence[str] = (),
    status: IdeaStatus | None = None,
    parent: int | None = None,
) -> Placed:
    w = WIDTHS[level]
    room = w - 2 * PAD - (TAG if status else 0)
    bold = level in (None, Level.PRIMARY)
    lines = wrap(text, room, SIZE, bold=bold) or [""]
    said = [line for each in small for line in wrap(each, room, SMALL)]
    h = max(34.0, len(lines) * LINE + len(said) * (LINE - 2) + 14)
    return Placed(level, x, HEAD, w, h, lines, said, status, parent)
