"""Versions of a driver diagram: kept, read again, compared, and brought into another one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .domain import AIM, Diagram, Level, Node, folded


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
