"""What could be changed and why it would help: change ideas and the drivers they hang on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from .definitions import Definition, Reference, key_faults
from .fields import Wording, instances
from .sources import Part, Source


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeIdea(Definition):
    """An idea for a test of change. `elements` are those it helps; none named is all of them.

    `theme` groups ideas that belong to no element. `evidence` is where it has worked.
    """

    kind_name: ClassVar[str] = "change_idea"

    title: Wording[str]
    summary: Wording[str] = ""
    elements: Wording[tuple[str, ...]] = ()
    theme: Wording[str] = ""
    tools: Wording[tuple[str, ...]] = ()
    evidence: Wording[Source | None] = None

    def faults(self) -> Iterator[str]:
        """See Definition."""
        yield from Definition.faults(self)
        if not self.title.strip():
            yield "has no title"

    def references(self) -> Iterator[Reference]:
        """See Definition."""
        yield from (Reference("element", key, "it") for key in self.elements)


@dataclass(frozen=True, kw_only=True, slots=True)
class Driver(Part):
    """What the aim depends on: primary, with secondary ones inside. Ideas are named by key."""

    text: Wording[str]
    drivers: tuple[Driver, ...] = ()
    change_ideas: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class DriverDiagramTemplate(Definition):
    """A diagram that a project copies and makes its own. `aim` has {blanks} for the team."""

    kind_name: ClassVar[str] = "driver_diagram"

    title: Wording[str]
    aim: Wording[str]
    primary: tuple[Driver, ...]

    def faults(self) -> Iterator[str]:
        """See Definition."""
        yield from Definition.faults(self)
        for name in ("title", "aim"):
            if not getattr(self, name).strip():
                yield f"has no {name}"
        if not self.primary:
            yield "has no primary drivers"
        drivers = tuple(instances(self.primary, Driver))
        yield from key_faults("driver", (driver.key for driver in drivers))
        yield from (f"driver {one.key!r} has no text" for one in drivers if not one.text.strip())

    def references(self) -> Iterator[Reference]:
        """See Definition."""
        for driver in instances(self.primary, Driver):
            for key in driver.change_ideas:
                yield Reference("change_idea", key, f"driver {driver.key!r}")
