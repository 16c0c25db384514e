"""A driver diagram as indented text, and read again from it. Pure.

    Aim: Clamp the cord at 60 seconds for 95% of babies
    Team readiness
        Everyone knows the policy
            - Prompt card in theatre
    Not placed yet:
        Secondary driver: The room is laid out
        - Preterm passport

How deep a line stands says what a driver is; a dash makes an idea. A box under two drivers stands
under both, in the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from .domain import AIM, DRIVERS, LABELS, Branch, Diagram, Level, Node, arrange, folded

STEP = "    "
UNPLACED = "Not placed yet:"
LONGEST = 200
MOST = 500
_BULLET = re.compile(r"^[-*•–]\s*")
_AIM = re.compile(r"^aim\s*:", re.IGNORECASE)
_NAMED = {f"{LABELS[level]}:".casefold(): level for level in DRIVERS}


class NotAnOutline(ValueError):
    """The text cannot be read as a diagram. `faults` says why, each with its line."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(faults[0])
        self.faults = faults


def as_text(diagram: Diagram, aim: str = "") -> str:
    """The diagram as lines, its aim first."""
    arranged = arrange(diagram)
    lines = [f"Aim: {aim}"] if aim else []
    for branch in arranged.placed:
        lines += _lines(diagram, branch, 0)
    if arranged.unplaced:
        lines.append(UNPLACED)
        for branch in arranged.unplaced:
            lines += _lines(diagram, branch, 1, named=True)
    return "\n".join(lines) + "\n" if lines else ""


def _lines(diagram: Diagram, branch: Branch, depth: int, *, named: bool = False) -> Iterator[str]:
    yield _line(branch.node, depth, named=named)
    drawn = {child.node.key: child for child in branch.children}
    for node in diagram.under(branch.node.key):
        if node.key in drawn:
            yield from _lines(diagram, drawn[node.key], depth + 1)
        else:
            yield _line(node, depth + 1)


def _line(node: Node, depth: int, *, named: bool = False) -> str:
    if node.level is Level.IDEA:
        return f"{STEP * depth}- {node.text}"
    name = f"{LABELS[node.level]}: " if named else ""
    return f"{STEP * depth}{name}{_escaped(node.text)}"


def _escaped(text: str) -> str:
    """Words that would be read as something else, with a backslash before them."""
    low = text.casefold()
    taken = _BULLET.match(text) or _AIM.match(text) or text.startswith("\\")
    return f"\\{text}" if taken or low == UNPLACED.casefold() or _level_named(text) else text


def _level_named(text: str) -> Level | None:
    low = text.casefold()
    return next((level for name, level in _NAMED.items() if low.startswith(name)), None)


@dataclass(slots=True)
class _Open:
    """A driver that lines below it may hang under."""

    indent: int
    level: Level
    key: str


def read(text: str) -> Diagram:
    """The diagram that a text says. Raises NotAnOutline."""
    nodes: dict[str, Node] = {}
    links: dict[str, list[str]] = {}
    known: dict[tuple[Level, str], str] = {}
    faults: list[str] = []
    above: list[_Open] = []
    is_unplaced = False
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.expandtabs(4)
        said = " ".join(line.split())
        indent = len(line) - len(line.lstrip())
        if not said or (_AIM.match(said) and not nodes):
            continue
        if said.casefold() == UNPLACED.casefold():
            is_unplaced, above = True, []
            continue
        while above and above[-1].indent >= indent:
            above.pop()
        parent = above[-1] if above else None
        fault = ""
        level: Level
        bullet = _BULLET.match(said)
        if bullet:
            level, words = Level.IDEA, said[bullet.end() :]
        elif parent is None and is_unplaced and (name := _level_named(said)):
            level, words = name, said[len(LABELS[name]) + 1 :].strip()
        else:
            words = said
            depth = DRIVERS.index(parent.level) + 1 if parent else 0
            level = DRIVERS[min(depth, len(DRIVERS) - 1)]
            if depth >= len(DRIVERS):
                fault = "nothing hangs under a change concept but ideas: begin it with a dash"
            elif parent is None and is_unplaced:
                fault = f"begin it with “Secondary driver:” or another level, under “{UNPLACED}”"
        if level is not Level.IDEA and words.startswith("\\"):
            words = words[1:]
        if not words:
            fault = "it has no words"
        elif len(words) > LONGEST:
            fault = f"use {LONGEST} characters or fewer"
        elif parent is None and level is Level.IDEA and not is_unplaced and not nodes:
            fault = "begin with a driver: an idea hangs under one"
        if fault:
            faults.append(f"Line {number}: {fault}.")
            continue
        key = known.setdefault((level, folded(words)), f"line-{number}")
        nodes.setdefault(key, Node(key, level, words))
        if parent is not None or level is Level.PRIMARY:
            under = links.setdefault(parent.key if parent else AIM, [])
            if key not in under:
                under.append(key)
        if level is not Level.IDEA:
            above.append(_Open(indent, level, key))
    if len(nodes) > MOST:
        faults.append(f"That is more than {MOST} drivers and ideas.")
    if not nodes and not faults:
        faults.append("There is no driver in it. Write one on each line.")
    if faults:
        raise NotAnOutline(faults)
    return Diagram(nodes, {parent: tuple(children) for parent, children in links.items()})


def noted(diagram: Diagram, source: Diagram) -> Diagram:
    """The diagram with the notes that its boxes have in the source it was copied from."""
    notes = {(n.level, folded(n.text)): n.note for n in source.nodes.values()}
    nodes: Mapping[str, Node] = {
        key: replace(n, note=notes.get((n.level, folded(n.text)), n.note))
        for key, n in diagram.nodes.items()
    }
    return replace(diagram, nodes=nodes)
