"""Newer versions of definitions in use: what is offered, and how it differs, field by field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any, TypeVar

from tracker.pages import day, number
from tracker.plugin_api import Definition, Parameter, Programme
from tracker.plugin_api.sources import Part, Source
from tracker.plugin_host import current_host

D = TypeVar("D", bound=Definition)


class Standing(StrEnum):
    """How a definition in use stands to what the plugins bring today."""

    CURRENT = "current"
    NEWER = "newer"
    """A newer version is offered."""
    RETIRED = "retired"
    """Its programme is loaded and no longer brings it."""
    NOT_LOADED = "not_loaded"
    """No plugin brings its programme."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that reads otherwise in the newer version."""

    label: str
    old: str
    new: str


def newest(definitions: Iterable[D]) -> list[D]:
    """Of each definition its newest version, in the order in which the first of it comes."""
    found: dict[tuple[str, str, str], D] = {}
    for one in definitions:
        name = one.kind_name, one.programme, one.key
        if name not in found or found[name].version < one.version:
            found[name] = one
    return list(found.values())


def newer_than(definition: D) -> D | None:
    """The newest version that is loaded, if it is newer than this one."""
    same = [
        one
        for one in current_host().of(type(definition))
        if (one.programme, one.key) == (definition.programme, definition.key)
        and one.version > definition.version
    ]
    return max(same, key=lambda one: one.version, default=None)


def standing_of(definition: Definition) -> Standing:
    """Whether a definition in use is what the plugins bring today."""
    host = current_host()
    if newer_than(definition) is not None:
        return Standing.NEWER
    if host.get(type(definition), definition.ref) is not None:
        return Standing.CURRENT
    is_loaded = any(one.key == definition.programme for one in host.of(Programme))
    return Standing.RETIRED if is_loaded else Standing.NOT_LOADED


LABELS = {
    "chart": "Chart",
    "unit": "Unit",
    "numerator": "What is counted",
    "denominator": "Out of",
    "multiplier": "Times",
    "better": "Better is",
    "cadence": "How often",
    "kind": "Type",
    "lag_months": "Months until data arrive",
    "exclusions": "Left out",
    "stages": "Levels",
    "source": "Where it comes from",
}
UNTOLD = frozenset({"key", "programme", "version", "provisional", "replaces"})


def differences(old: Definition, new: Definition) -> list[Difference]:
    """Every field that differs, in the order of the definition, in words."""
    found = []
    for field in fields(new):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if field.name in UNTOLD or before == after:
            continue
        label = LABELS.get(field.name, field.name.replace("_", " ").capitalize())
        found.append(Difference(label, words_of(before), words_of(after)))
    return found


def words_of(value: Any) -> str:
    """A value of a definition as a person reads it."""
    match value:
        case None | "" | ():
            return "Nothing"
        case bool():
            return "Yes" if value else "No"
        case Enum():
            return str(value.value).replace("_", " ")
        case Decimal() | int():
            return number(value)
        case tuple():
            return "; ".join(words_of(one) for one in value)
        case Parameter():
            return f"{value.label}: {value.shown()}"
        case Source():
            return f"{value.title}. {value.note}" if value.note else value.title
        case Part():
            return _part(value)
        case _ if hasattr(value, "isoformat"):
            return day(value)
        case _:
            return str(value)


def _part(part: Part) -> str:
    names = (getattr(part, name, "") for name in ("label", "title", "text"))
    name = next((one for one in names if one), part.key)
    meaning = getattr(part, "descriptor", "") or getattr(part, "definition", "")
    return f"{name} ({meaning})" if meaning else str(name)
