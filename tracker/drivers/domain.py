"""The thinking about driver diagrams: what there is, and what hangs under what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from tracker.pdsa.domain import Decision

AIM = ""
"""Key of the aim, under which the primary drivers hang."""


class Level(StrEnum):
    """What a box of the diagram is, from the aim outwards."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    CONCEPT = "concept"
    IDEA = "idea"

    @property
    def label(self) -> str:
        """As a person reads it."""
        return LABELS[self]

    @property
    def parents(self) -> tuple[Level, ...]:
        """What it may hang under; nothing for what hangs under the aim."""
        return PARENTS[self]

    @property
    def below(self) -> Level | None:
        """The drivers that hang under it; none under a change concept or an idea."""
        return BELOW.get(self)


LABELS = {
    Level.PRIMARY: "Primary driver",
    Level.SECONDARY: "Secondary driver",
    Level.CONCEPT: "Change concept",
    Level.IDEA: "Change idea",
}
PARENTS: dict[Level, tuple[Level, ...]] = {
    Level.PRIMARY: (),
    Level.SECONDARY: (Level.PRIMARY,),
    Level.CONCEPT: (Level.SECONDARY,),
    Level.IDEA: (Level.PRIMARY, Level.SECONDARY, Level.CONCEPT),
}
BELOW = {Level.PRIMARY: Level.SECONDARY, Level.SECONDARY: Level.CONCEPT}
DRIVERS = (Level.PRIMARY, Level.SECONDARY, Level.CONCEPT)


class IdeaStatus(StrEnum):
    """Where a change idea stands; its cycles say so."""

    PROPOSED = "proposed"
    TESTING = "testing"
    ADOPTED = "adopted"
    ADAPTED = "adapted"
    ABANDONED = "abandoned"

    @property
    def label(self) -> str:
        """As a tag says it."""
        return self.value.capitalize()


DECIDED = {
    Decision.ADOPT: IdeaStatus.ADOPTED,
    Decision.ADAPT: IdeaStatus.ADAPTED,
    Decision.ABANDON: IdeaStatus.ABANDONED,
}


def status_of(decisions: Sequence[Decision | None]) -> IdeaStatus:
    """What the decisions of an idea's cycles make of it, in the order of the cycles.

    While one is open the idea is being tested; then the last decision holds.
    """
    if not decisions:
        return IdeaStatus.PROPOSED
    last = decisions[-1]
    if last is None or None in decisions:
        return IdeaStatus.TESTING
    return DECIDED[last]


def counted(counts: Mapping[IdeaStatus, int]) -> str:
    """How many ideas stand where, in words."""
    order = (
        IdeaStatus.ADOPTED,
        IdeaStatus.ADAPTED,
        IdeaStatus.TESTING,
        IdeaStatus.PROPOSED,
        IdeaStatus.ABANDONED,
    )
    return ", ".join(f"{counts[s]} {s.value}" for s in order if s in counts)


@dataclass(frozen=True, slots=True)
class Node:
    """One box. `measures` are the keys of those that hang on it."""

    key: str
    level: Level
    text: str
    note: str = ""
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Diagram:
    """Boxes by key, and under each parent (or `AIM`) its children in order.

    A box may hang under several. Every face of a diagram is made from this one value: the page,
    the picture, the text, a version.
    """

    nodes: Mapping[str, Node] = field(default_factory=dict)
    links: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    measures: tuple[str, ...] = ()
    """Of the aim."""

    def under(self, parent: str) -> list[Node]:
        """What hangs under a box, in order."""
        return [self.nodes[key] for key in self.links.get(parent, ()) if key in self.nodes]

    def above(self, key: str) -> list[Node]:
        """The boxes that a box hangs under, in the order of the diagram."""
        return [
            self.nodes[parent]
            for parent, children in self.links.items()
            if key in children and parent in self.nodes
        ]


@dataclass(frozen=True, slots=True)
class Branch:
    """A box in its place, with all that is drawn under it.

    A box that hangs under several is drawn under the first; `also` are the others, in words.
    """

    node: Node
    children: tuple[Branch, ...] = ()
    also: tuple[str, ...] = ()

    def walk(self) -> Iterator[Branch]:
        """This box and all under it, as they are read."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Arranged:
    """A diagram as it is drawn: what hangs under the aim, and what hangs nowhere yet."""

    placed: tuple[Branch, ...]
    unplaced: tuple[Branch, ...]

    @property
    def has_concepts(self) -> bool:
        """Whether a column is needed for change concepts."""
        return any(b.node.level is Level.CONCEPT for one in self.placed for b in one.walk())


def arrange(diagram: Diagram) -> Arranged:
    """Draw each box once, under the first box it hangs under."""
    parents: dict[str, list[str]] = {}
    for parent, children in diagram.links.items():
        for child in children:
            parents.setdefault(child, []).append(parent)
    drawn: set[str] = set()

    def branch(node: Node, under: str) -> Branch:
        drawn.add(node.key)
        children = tuple(
            branch(child, node.key) for child in diagram.under(node.key) if child.key not in drawn
        )
        also = tuple(
            diagram.nodes[each].text
            for each in parents.get(node.key, ())
            if each != under and each in diagram.nodes
        )
        return Branch(node, children, also)

    placed = tuple(branch(node, AIM) for node in diagram.under(AIM))
    # From the outside in, so that a box goes under what it hangs under though that has no place.
    loose = []
    for level in (Level.PRIMARY, Level.SECONDARY, Level.CONCEPT, Level.IDEA):
        for node in diagram.nodes.values():
            if node.level is level and node.key not in drawn:
                loose.append(branch(node, _first(diagram, parents.get(node.key, ()))))
    order = {Level.IDEA: 0, Level.CONCEPT: 1, Level.SECONDARY: 2, Level.PRIMARY: 3}
    return Arranged(placed, tuple(sorted(loose, key=lambda one: order[one.node.level])))


def _first(diagram: Diagram, parents: Iterable[str]) -> str:
    return next((each for each in parents if each in diagram.nodes), AIM)


def folded(text: str) -> str:
    """A text as two are compared: whatever its case and its spaces."""
    return " ".join(text.split()).casefold()


def same(diagram: Diagram, level: Level, text: str) -> Node | None:
    """The box of this level that says this already."""
    wanted = folded(text)
    return next(
        (n for n in diagram.nodes.values() if n.level is level and folded(n.text) == wanted), None
    )
