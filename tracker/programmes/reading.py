"""A programme's texts as an organisation reads them: with the values in force there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from tracker.plugin_api import Definition, Parameter, filled
from tracker.plugin_api.sources import Part

from .slots import TITLE

Name = tuple[str, str, str]
"""Kind and key of a definition, and the field of it that is set."""


@dataclass(frozen=True, slots=True)
class OwnValue:
    """What an organisation set, and from when."""

    organisation: str
    value: str
    since: date


@dataclass(frozen=True, slots=True)
class ValueInForce:
    """A parameter as it stands; `own` is None where the national value holds."""

    parameter: Parameter
    own: OwnValue | None

    @property
    def shown(self) -> str:
        """The value that holds, with its unit."""
        return self.parameter.shown(self.own.value if self.own else None)


@dataclass(frozen=True, slots=True)
class Reading:
    """How one organisation reads. Without any it is the national text."""

    own: Mapping[Name, OwnValue] = field(default_factory=dict)

    def text(self, definition: Definition, text: str) -> str:
        """A text with the values in force in place of `{key}`."""
        if not definition.parameters:
            return text
        values = {
            one.parameter.key: one.own.value for one in self.parameters(definition) if one.own
        }
        return filled(text, definition.parameters, values)

    def parameters(self, definition: Definition) -> Iterator[ValueInForce]:
        """Its parameters with the value of each."""
        for one in definition.parameters:
            yield ValueInForce(one, self._own(definition, f"parameter.{one.key}"))

    def title(self, definition: Definition) -> str:
        """Its title, or what the organisation calls it."""
        own = self.own_title(definition)
        return own.value if own else self.text(definition, str(getattr(definition, TITLE)))

    def own_title(self, definition: Definition) -> OwnValue | None:
        """What the organisation calls it, if that is something else."""
        return self._own(definition, TITLE)

    def name(self, definition: Definition, what: str, part: Part, national: str) -> str:
        """The name of a part, such as a stage, or what the organisation calls it."""
        own = self.own_name(definition, what, part)
        return own.value if own else self.text(definition, national)

    def own_name(self, definition: Definition, what: str, part: Part) -> OwnValue | None:
        """What the organisation calls a part."""
        return self._own(definition, f"{what}.{part.key}")

    def _own(self, definition: Definition, field: str) -> OwnValue | None:
        return self.own.get((definition.kind_name, definition.key, field))


NATIONAL = Reading()
