"""What every definition has: a name, a version, a source, and a fingerprint of its meaning."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from .fields import DefinitionError, Json, Wording, instances, meaning, plain, read, type_faults
from .parameters import Parameter
from .sources import Part, Source

KEY = re.compile(r"[a-z][a-z0-9_]{0,62}")
"""Keys are lower_snake_case: they stand in addresses, in the database and in exports."""

D = TypeVar("D", bound="Definition")


@dataclass(frozen=True, slots=True)
class Reference:
    """A name that a definition uses for something that must be there.

    `kind` is the word for a definition type, or "element"; `key` is a key of the same programme,
    or `programme/key`; `where` says what names it.
    """

    kind: str
    key: str
    where: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Definition:
    """One thing a programme defines. Frozen, compared and hashed by content.

    `version` is the version of the meaning: raise it when what is measured or rated changes.
    `provisional` marks content that nobody who owns the programme has confirmed.
    `parameters` are values that its texts refer to as `{key}`.
    """

    kind_name: ClassVar[str] = "definition"
    """Word for the type in stored copies, lock files and messages."""

    key: str
    programme: str
    version: int = 1
    source: Wording[Source | None] = None
    provisional: Wording[bool] = False
    parameters: tuple[Parameter, ...] = ()

    @property
    def ref(self) -> str:
        """Its name among definitions of the same type: `opioids/high_dose_count@1`."""
        return f"{self.programme}/{self.key}@{self.version}"

    @property
    def ident(self) -> str:
        """Its name among all definitions: `measure:opioids/high_dose_count@1`."""
        return f"{self.kind_name}:{self.ref}"

    def fingerprint(self) -> str:
        """Hash of the meaning, in hexadecimal. Wording, sources and default values leave it alone.

        >>> from tracker.plugin_api import Programme
        >>> one = Programme(key="falls", programme="falls", title="Falls")
        >>> two = Programme(key="falls", programme="falls", title="Preventing falls")
        >>> one.fingerprint() == two.fingerprint()
        True
        """
        body = {"kind": self.kind_name, **meaning(self)}
        return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()

    def faults(self) -> Iterator[str]:
        """A sentence for each thing the types cannot say. Types add their own to these."""
        for name in ("key", "programme"):
            if not KEY.fullmatch(getattr(self, name)):
                yield f"{name} {getattr(self, name)!r} is not lower_snake_case"
        if self.version < 1:
            yield f"version is {self.version}; versions start at 1"
        yield from key_faults("parameter", (one.key for one in self.parameters))
        for one in self.parameters:
            if fault := one.value_fault(one.value):
                yield f"parameter {one.key!r}: {fault}"

    def references(self) -> Iterator[Reference]:
        """What it names that must be there too. Types say theirs."""
        yield from ()

    def parts(self) -> Iterator[Part]:
        """Everything in it that has a source and a provisional mark of its own, in order."""
        yield from instances(self, Part)

    def sources(self) -> Iterator[Source]:
        """Every source that it or a part of it rests on, in order, as often as it is named."""
        yield from instances(self, Source)

    def check(self) -> None:
        """Raise DefinitionError unless the definition can be used."""
        # Other rules rely on the types, so a wrong type is reported alone.
        found = tuple(type_faults(type(self), self, self.kind_name)) or tuple(self.faults())
        if found:
            raise DefinitionError(*(f"{self.ident}: {fault}" for fault in found))


def as_json(definition: Definition) -> dict[str, Json]:
    """The whole definition as plain values: the body of a stored copy."""
    body: dict[str, Json] = plain(definition)
    return body


def from_json(kind: type[D], body: dict[str, Json]) -> D:
    """The definition of which `body` is the stored copy; the plugin need not be there.

    Raises DefinitionError when the body does not fit the type.
    """
    definition: D = read(kind, body, kind.kind_name)
    return definition


def repeated(keys: Iterable[Any]) -> list[Any]:
    """Values that occur more than once, each once, in the order in which they were first met."""
    return [key for key, times in Counter(keys).items() if times > 1]


def key_faults(what: str, keys: Iterable[str]) -> Iterator[str]:
    """Faults in the keys of a definition's parts: badly written, or used twice."""
    keys = tuple(keys)
    yield from (f"{what} {k!r}: keys are lower_snake_case" for k in keys if not KEY.fullmatch(k))
    yield from (f"{what} {k!r} occurs twice" for k in repeated(keys))
