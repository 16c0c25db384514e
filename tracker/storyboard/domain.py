"""What of a long story fits on one page, and how the rest is counted. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from tracker.drivers.domain import Branch, IdeaStatus, Level
from tracker.pdsa.domain import Decision

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Cut(Generic[T]):
    """The first things of a list, and how many more there are."""

    shown: Sequence[T] = ()
    more: int = 0

    def __bool__(self) -> bool:
        return bool(self.shown) or self.more > 0

    @property
    def words(self) -> str:
        """`and 12 more`; empty where all is shown."""
        return f"and {self.more} more" if self.more else ""


def cut(items: Sequence[T], most: int) -> Cut[T]:
    """No more than `most` of them."""
    return Cut(tuple(items[:most]), max(0, len(items) - most))


def short(text: str, most: int) -> str:
    """The text in one line of no more than `most` characters, ended between words.

    >>> short("It works when the cord side is free", 20)
    'It works when the…'
    """
    bare = " ".join(text.split())
    if len(bare) <= most:
        return bare
    head = bare[: most - 1]
    if " " in head and bare[most - 1] != " ":
        head = head.rpartition(" ")[0]
    return head.rstrip(" ,.;:") + "…"


@dataclass(frozen=True, slots=True)
class Room:
    """How much of each part a sheet of paper has room for. `lines` are those of a list or tree."""

    tree: int
    ramps: int
    charts: int
    learned: int
    onward: int
    team: int


A3 = Room(tree=46, ramps=28, charts=2, learned=7, onward=6, team=14)
A4 = Room(tree=24, ramps=16, charts=2, learned=4, onward=4, team=10)
ON_A_LINE = 60
"""Letters, in a column of either sheet."""


def lines_in(text: str) -> int:
    """How many lines a text takes in its column, more or less."""
    return -(-len(text) // ON_A_LINE) or 1


# --- drivers -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Twig:
    """A box of the diagram in small. Of an idea it says where it stands."""

    level: Level
    text: str
    status: IdeaStatus | None
    under: Cut[Twig]

    @property
    def lines(self) -> int:
        """How many lines it takes with all that is shown under it."""
        tag = f" {self.status.label}" if self.status else ""
        return lines_in(self.text + tag) + lines_of(self.under)


def lines_of(twigs: Cut[Twig]) -> int:
    """How many lines they take; where none is shown, what is under a box is counted beside it."""
    return sum(twig.lines for twig in twigs.shown) + (1 if twigs.more and twigs.shown else 0)


WIDEST = 8
LONGEST_BOX = 90
WIDTHS = [(WIDEST, ideas) for ideas in range(WIDEST, -1, -1)]
WIDTHS += [(drivers, 0) for drivers in range(WIDEST - 1, -1, -1)]
"""How many drivers and how many ideas are shown under a box: tried in turn."""


def tree(
    branches: Sequence[Branch], statuses: Mapping[str, IdeaStatus], *, lines: int
) -> Cut[Twig]:
    """The diagram with as many boxes under each as fit into so many lines.

    Ideas give way to drivers, and those that nobody has tested to those that were decided. Every
    primary driver is named as long as there is a line for it.
    """
    found: Cut[Twig] = Cut()
    for widths in WIDTHS:
        found = Cut(tuple(_twig(each, statuses, widths) for each in branches))
        if lines_of(found) <= lines:
            return found
    room = 0
    for number, twig in enumerate(found.shown, start=1):
        lines -= twig.lines
        room = number if lines > 0 else room
    return cut(found.shown, max(1, room))


_WORTH = (
    IdeaStatus.ADOPTED,
    IdeaStatus.ADAPTED,
    IdeaStatus.TESTING,
    IdeaStatus.ABANDONED,
    IdeaStatus.PROPOSED,
)


def _twig(branch: Branch, statuses: Mapping[str, IdeaStatus], widths: tuple[int, int]) -> Twig:
    def worth(child: Branch) -> int:
        return _WORTH.index(statuses.get(child.node.key, IdeaStatus.PROPOSED))

    ideas = sorted((c for c in branch.children if c.node.level is Level.IDEA), key=worth)
    drivers = [c for c in branch.children if c.node.level is not Level.IDEA]
    kept = [*drivers[: widths[0]], *ideas[: widths[1]]]
    left = [*drivers[widths[0] :], *ideas[widths[1] :]]
    return Twig(
        branch.node.level,
        short(branch.node.text, LONGEST_BOX),
        statuses.get(branch.node.key),
        Cut(
            tuple(_twig(child, statuses, widths) for child in kept),
            sum(1 for child in left for _ in child.walk()),
        ),
    )


# --- ramps ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tried:
    """A cycle as the story tells it. `idea` is what it tests, in words."""

    number: int
    title: str
    idea: str
    scale: str
    starts_on: date
    decision: Decision | None
    stage: str
    learned: str
    next_change: str


@dataclass(frozen=True, slots=True)
class Ramp:
    """The cycles of one idea, in order; the earlier ones may only be counted."""

    idea: str
    earlier: int
    steps: Sequence[Tried]

    @property
    def lines(self) -> int:
        """How many lines it takes."""
        steps = sum(lines_in(f"1 {s.title} {s.scale} {s.stage}") for s in self.steps)
        return lines_in(self.idea) + steps + (1 if self.earlier else 0)


def ramps(cycles: Iterable[Tried], *, lines: int) -> Cut[Ramp]:
    """The cycles of each idea side by side, the idea tried last first, in so many lines.

    Of a long ramp the last steps are shown: they are the largest tests.
    """
    by_idea: dict[str, list[Tried]] = {}
    for cycle in cycles:
        by_idea.setdefault(cycle.idea, []).append(cycle)
    order = sorted(
        by_idea.items(), key=lambda each: (each[1][-1].starts_on, each[1][-1].number), reverse=True
    )
    made: list[Ramp] = []
    for longest in range(WIDEST, 0, -1):
        made = [_ramp(idea, steps, longest) for idea, steps in order]
        if sum(ramp.lines for ramp in made) <= lines:
            return Cut(tuple(made))
    # One step each is still too much: those tried last, and the others counted.
    room, used = 0, 1
    for ramp in made:
        used += ramp.lines
        if used > lines:
            break
        room += 1
    return cut(made, max(1, room))


def _ramp(idea: str, steps: Sequence[Tried], longest: int) -> Ramp:
    return Ramp(idea, max(0, len(steps) - longest), tuple(steps[-longest:]))


def learned(cycles: Sequence[Tried], *, most: int) -> Cut[Tried]:
    """What was learned, the latest first."""
    return cut([c for c in reversed(cycles) if c.learned], most)


def onward(cycles: Sequence[Tried], *, most: int) -> Cut[Tried]:
    """What comes next: cycles that go on, and what the last decision on each idea asks for."""
    last = {cycle.idea: cycle for cycle in cycles}
    going = [c for c in cycles if c.decision is None]
    asked = [c for c in reversed(list(last.values())) if c.decision is not None and c.next_change]
    return cut([*going, *asked], most)
