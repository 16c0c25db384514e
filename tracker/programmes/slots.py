"""What of a definition a deploying organisation may set for itself: values, and names of things.

Nothing else can be overridden: what is counted and how levels are told apart stays national.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from tracker.plugin_api import Definition, Parameter, Pathway, Rubric, SelfAssessment

TITLE: Final = "title"
LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing that may be set. `field` names it within its definition: `parameter.window`."""

    field: str
    label: str
    """What it is, for people."""
    national: str
    is_provisional: bool
    parameter: Parameter | None = None
    """None for a name of something."""

    def shown(self, value: str) -> str:
        """A value with its unit."""
        return self.parameter.shown(value) if self.parameter else value

    def fault(self, value: str) -> str | None:
        """Why a value cannot stand here, as a sentence; None if it can."""
        if not value.strip():
            return "Enter a value"
        if len(value) > LONGEST:
            return f"Enter {LONGEST} characters or fewer"
        fault = self.parameter.value_fault(value) if self.parameter else None
        return f"{fault[:1].upper()}{fault[1:]}" if fault else None


def slots_of(definition: Definition) -> Iterator[Slot]:
    """All that may be set: its parameters first, then its title and the names of its parts."""
    for one in definition.parameters:
        yield Slot(f"parameter.{one.key}", one.label, one.value, one.provisional, one)
    title = getattr(definition, TITLE, "")
    if title:
        yield Slot(TITLE, "Name", title, definition.provisional)
    match definition:
        case Rubric():
            yield from _names("stage", ((s.key, s.label, s.provisional) for s in definition.stages))
            yield from _names(
                "element", ((e.key, e.title, e.provisional) for e in definition.elements)
            )
        case Pathway():
            yield from _names("phase", ((p.key, p.title, p.provisional) for p in definition.phases))
        case SelfAssessment():
            yield from _names(
                "domain", ((d.key, d.title, d.provisional) for d in definition.domains)
            )
        case _:
            pass


def slot_of(definition: Definition, field: str) -> Slot | None:
    """One of them by its field; None if nothing of this name may be set."""
    return next((one for one in slots_of(definition) if one.field == field), None)


def _names(what: str, parts: Iterable[tuple[str, str, bool]]) -> Iterator[Slot]:
    for key, label, is_provisional in parts:
        yield Slot(f"{what}.{key}", f"Name of the {what}", label, is_provisional)
