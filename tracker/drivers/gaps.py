"""What is missing in a driver diagram, named kindly."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .domain import Diagram, IdeaStatus, Level, Node, arrange


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
