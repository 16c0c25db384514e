"""The thinking about driver diagrams: what hangs under what, and what is missing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

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


# --- what is missing -----------------------------------------------------------------------------


class GapKind(StrEnum):
    """A loose end of a diagram, the most pressing first."""

    IDEA_WITHOUT_DRIVER = "idea_without_driver"
    DRIVER_WITHOUT_PLACE = "driver_without_place"
    DRIVER_WITHOUT_IDEA = "driver_without_idea"
    CYCLE_WITHOUT_IDEA = "cycle_without_idea"
    IDEA_WITHOUT_MEASURE = "idea_without_measure"

    def says(self, count: int) -> str:
        """`2 ideas have no driver`."""
        one, many, lacks = SAID[self]
        return f"1 {one} has {lacks}" if count == 1 else f"{count} {many} have {lacks}"


SAID = {
    GapKind.IDEA_WITHOUT_DRIVER: ("idea", "ideas", "no driver"),
    GapKind.DRIVER_WITHOUT_PLACE: ("driver", "drivers", "no place"),
    GapKind.DRIVER_WITHOUT_IDEA: ("driver", "drivers", "no idea"),
    GapKind.CYCLE_WITHOUT_IDEA: ("cycle", "cycles", "no change idea"),
    GapKind.IDEA_WITHOUT_MEASURE: ("idea", "ideas", "no measure"),
}


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing, and for which boxes (or cycles, by number)."""

    kind: GapKind
    keys: tuple[str, ...]

    @property
    def says(self) -> str:
        """`2 ideas have no driver`."""
        return self.kind.says(len(self.keys))


def gaps(
    diagram: Diagram, statuses: Mapping[str, IdeaStatus], loose_cycles: Sequence[str] = ()
) -> list[Gap]:
    """The loose ends of a diagram; `loose_cycles` names the cycles that test no idea of it.

    A driver has an idea when there is one anywhere under it. An idea has a measure when one hangs
    on it or on a driver above it; nothing is asked of an abandoned one.
    """
    arranged = arrange(diagram)
    ideas = [n for n in diagram.nodes.values() if n.level is Level.IDEA]
    placed = {b.node.key for one in arranged.placed for b in one.walk()}
    found = {
        GapKind.IDEA_WITHOUT_DRIVER: [n.key for n in ideas if not diagram.above(n.key)],
        GapKind.DRIVER_WITHOUT_PLACE: [
            b.node.key for b in arranged.unplaced if b.node.level is not Level.IDEA
        ],
        GapKind.DRIVER_WITHOUT_IDEA: _without_ideas(diagram, placed),
        GapKind.CYCLE_WITHOUT_IDEA: list(loose_cycles),
        GapKind.IDEA_WITHOUT_MEASURE: [
            n.key
            for n in ideas
            if statuses.get(n.key) is not IdeaStatus.ABANDONED and not _is_measured(diagram, n)
        ],
    }
    return [Gap(kind, tuple(keys)) for kind, keys in found.items() if keys]


def _without_ideas(diagram: Diagram, placed: Collection[str]) -> list[str]:
    """Drivers without an idea under them; of one above another, the outer: there it is missing."""
    bare: list[str] = []

    def has_idea(node: Node) -> bool:
        return node.level is Level.IDEA or any(has_idea(c) for c in diagram.under(node.key))

    for node in diagram.nodes.values():
        if node.key in placed and node.level is not Level.IDEA and not has_idea(node):
            bare.append(node.key)
    return [key for key in bare if not any(child.key in bare for child in diagram.under(key))]


def _is_measured(diagram: Diagram, node: Node) -> bool:
    return bool(node.measures) or any(
        _is_measured(diagram, parent) for parent in diagram.above(node.key)
    )


# --- versions ------------------------------------------------------------------------------------


def as_json(diagram: Diagram) -> dict[str, Any]:
    """A diagram as a version keeps it."""
    return {
        "nodes": [
            {
                "key": n.key,
                "level": n.level.value,
                "text": n.text,
                "note": n.note,
                "measures": list(n.measures),
            }
            for n in diagram.nodes.values()
        ],
        "links": {parent: list(children) for parent, children in diagram.links.items()},
        "measures": list(diagram.measures),
    }


def from_json(body: Mapping[str, Any]) -> Diagram:
    """The same read again."""
    nodes = [
        Node(n["key"], Level(n["level"]), n["text"], n["note"], tuple(n["measures"]))
        for n in body["nodes"]
    ]
    return Diagram(
        {n.key: n for n in nodes},
        {parent: tuple(children) for parent, children in body["links"].items()},
        tuple(body["measures"]),
    )


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two diagrams, in words; `verb` is added, removed, changed or moved."""

    verb: str
    level: Level | None
    text: str
    detail: str = ""


def compare(old: Diagram, new: Diagram, measures: Mapping[str, str] | None = None) -> list[Change]:
    """What became of a diagram: `measures` gives the titles of measures by key."""
    titles = measures or {}
    changes = [
        Change("added", n.level, n.text, _place(new, n))
        for key, n in new.nodes.items()
        if key not in old.nodes
    ]
    changes += [
        Change("removed", n.level, n.text, _place(old, n))
        for key, n in old.nodes.items()
        if key not in new.nodes
    ]
    for key, now in new.nodes.items():
        was = old.nodes.get(key)
        if was is None:
            continue
        if was.text != now.text:
            changes.append(Change("changed", now.level, was.text, f"became “{now.text}”"))
        if was.note != now.note:
            changes.append(Change("changed", now.level, now.text, "has another note"))
        place_was, place_now = _place(old, was), _place(new, now)
        if now.level is not Level.PRIMARY and place_was != place_now:
            changes.append(Change("moved", now.level, now.text, f"{place_was}; now {place_now}"))
        changes += _measured(now.level, now.text, was.measures, now.measures, titles)
    changes += _measured(None, "Aim", old.measures, new.measures, titles)
    return changes + _reordered(old, new)


def _place(diagram: Diagram, node: Node) -> str:
    above = [f"“{parent.text}”" for parent in diagram.above(node.key)]
    if node.level is Level.PRIMARY:
        return "under the aim"
    return f"under {' and '.join(above)}" if above else "without a place"


def _measured(
    level: Level | None,
    text: str,
    was: Sequence[str],
    now: Sequence[str],
    titles: Mapping[str, str],
) -> list[Change]:
    def called(keys: Iterable[str]) -> str:
        return ", ".join(titles.get(key, "a measure that is gone") for key in keys)

    added = [key for key in now if key not in was]
    gone = [key for key in was if key not in now]
    said = [Change("changed", level, text, f"has the measure {called(added)}")] if added else []
    if gone:
        said.append(Change("changed", level, text, f"no longer has {called(gone)}"))
    return said


def _reordered(old: Diagram, new: Diagram) -> list[Change]:
    """Where what stayed under one box stands in another order."""
    changes = []
    for parent, now in new.links.items():
        was = [key for key in old.links.get(parent, ()) if key in now and key in new.nodes]
        kept = [key for key in now if key in was and key in new.nodes]
        if was != kept:
            node = new.nodes.get(parent)
            text = node.text if node else "Aim"
            changes.append(
                Change("moved", node.level if node else None, text, "has another order under it")
            )
    return changes


def brought_in(
    current: Diagram,
    incoming: Diagram,
    *,
    replacing: bool,
    keep: Collection[str] = (),
    with_measures: bool = False,
) -> Diagram:
    """The diagram that comes of bringing another in: added to what is there, or in its place.

    A box is the same when it has the same key or, failing that, the same level and words. What
    has the same key takes the words of the incoming one; what has the same words stays. Boxes in
    `keep` stay, unplaced, even when they are replaced: they have cycles.
    """
    known = {(n.level, folded(n.text)): key for key, n in current.nodes.items()}
    nodes: dict[str, Node] = {} if replacing else dict(current.nodes)
    called: dict[str, str] = {AIM: AIM}
    for node in incoming.nodes.values():
        name = (node.level, folded(node.text))
        if node.key in current.nodes:
            called[node.key], nodes[node.key] = node.key, node
        elif name in known:
            key = called[node.key] = known[name]
            nodes.setdefault(key, current.nodes.get(key, replace(node, key=key)))
        else:
            called[node.key], nodes[node.key] = node.key, node
            known[name] = node.key
    links: dict[str, list[str]] = (
        {} if replacing else {p: list(children) for p, children in current.links.items()}
    )
    for parent, children in incoming.links.items():
        if parent not in called:
            continue
        held = links.setdefault(called[parent], [])
        held += [
            called[c] for c in dict.fromkeys(children) if c in called and called[c] not in held
        ]
    for key in keep:
        if key not in nodes and key in current.nodes:
            nodes[key] = current.nodes[key]
    return Diagram(
        nodes,
        {parent: tuple(dict.fromkeys(children)) for parent, children in links.items()},
        incoming.measures if with_measures else current.measures,
    )
