"""Reads the fields of a definition: as JSON and back, as meaning only, and for wrong types.

Works from the type hints of the dataclasses, so a definition type is written once and no field is
listed again anywhere.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum, StrEnum
from functools import cache
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
_WORDING = "wording"
_TAG = "is"

Wording = Annotated[T, _WORDING]
"""Marks a field whose edits do not change what is measured: titles, labels, help, sources.

It is left out of the fingerprint, so a better word needs no new version of the definition.
"""

Json = Any
"""What the json module reads and writes."""


class DefinitionError(ValueError):
    """A definition that cannot be used. `faults` are sentences for the plugin's author."""

    def __init__(self, *faults: str) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class FieldInfo:
    """One field: its type without the marker, and its default (`MISSING` if it has none)."""

    name: str
    hint: Any
    is_wording: bool
    default: Any


@cache
def fields_of(kind: type) -> tuple[FieldInfo, ...]:
    """Fields of a definition type, those of its bases first."""
    hints = get_type_hints(kind, include_extras=True)
    return tuple(_field_info(field, hints[field.name]) for field in dataclasses.fields(kind))


def _field_info(field: dataclasses.Field[Any], hint: Any) -> FieldInfo:
    marked = get_origin(hint) is Annotated
    return FieldInfo(
        name=field.name,
        hint=get_args(hint)[0] if marked else hint,
        is_wording=marked and _WORDING in hint.__metadata__,
        default=field.default,
    )


# --- as JSON -------------------------------------------------------------------------------------


def plain(value: Any) -> Json:
    """A value as the json module takes it, every field included, numbers as they were written."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        held = {f.name: plain(getattr(value, f.name)) for f in fields_of(type(value))}
        return _tag(value) | held
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def meaning(value: Any) -> Json:
    """A value reduced to what it means: no wording, nothing that equals its default.

    So a field that a later core adds leaves older fingerprints alone. Numbers are normalised, 62
    is 62.0, and moments are UTC.
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        held = ((f, getattr(value, f.name)) for f in fields_of(type(value)) if not f.is_wording)
        return _tag(value) | {f.name: meaning(part) for f, part in held if part != f.default}
    if isinstance(value, Mapping):
        return {str(key): meaning(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [meaning(part) for part in value]
    if isinstance(value, bool):
        return value
    if isinstance(value, int | Decimal):
        return format(Decimal(value).normalize(), "f")
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC).isoformat()
    return plain(value)


def _tag(value: object) -> dict[str, Json]:
    """Which of several types this is, for a field that may hold any of them."""
    tag = getattr(type(value), "tag", None)
    return {} if tag is None else {_TAG: tag}


def instances(value: object, kind: type[T]) -> Iterator[T]:
    """Every part of this type inside a definition, at any depth, in the order of its fields."""
    parts: Iterable[object] = ()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        parts = (getattr(value, f.name) for f in fields_of(type(value)))
    elif isinstance(value, tuple):
        parts = value
    for part in parts:
        if isinstance(part, kind):
            yield part
        yield from instances(part, kind)


# --- from JSON -----------------------------------------------------------------------------------


def read(hint: Any, value: Json, where: str) -> Any:
    """The typed value that `plain` wrote.

    Fields it does not know are passed over: a stored copy may come from a newer release. Raises
    DefinitionError naming `where` the value does not fit.
    """
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return _read_dataclass(hint, value, where)
    if arms := _arms(hint):
        if value is None and types.NoneType in get_args(hint):
            return None
        return read(_tagged(arms, value, where), value, where)
    origin, args = get_origin(hint), get_args(hint)
    if origin is tuple:
        _expect(list, value, where)
        return tuple(read(args[0], part, f"{where}[{i}]") for i, part in enumerate(value))
    if origin is not None and issubclass(origin, Mapping):
        _expect(dict, value, where)
        return {key: read(args[1], part, f"{where}[{key}]") for key, part in value.items()}
    try:
        return _read_scalar(hint, value)
    except (ValueError, TypeError, InvalidOperation):
        raise DefinitionError(f"{where} is {value!r}, not {_name(hint)}") from None


def _tagged(arms: tuple[Any, ...], value: Json, where: str) -> Any:
    if len(arms) == 1:
        return arms[0]
    _expect(dict, value, where)
    for arm in arms:
        if arm.tag == value.get(_TAG):
            return arm
    raise DefinitionError(f"{where} is of an unknown type {value.get(_TAG)!r}")


def _read_dataclass(kind: type, value: Json, where: str) -> Any:
    _expect(dict, value, where)
    known = fields_of(kind)
    lacking = [f.name for f in known if f.default is dataclasses.MISSING and f.name not in value]
    if lacking:
        raise DefinitionError(f"{where} lacks {', '.join(lacking)}")
    given = {
        f.name: read(f.hint, value[f.name], f"{where}.{f.name}") for f in known if f.name in value
    }
    return kind(**given)


def _read_scalar(hint: Any, value: Json) -> Any:
    if hint is Decimal:
        return Decimal(value)
    if hint is datetime or hint is date:
        return hint.fromisoformat(value)
    if issubclass(hint, StrEnum):
        return hint(value)
    if type(value) is not hint:
        raise TypeError
    return value


def _expect(kind: type, value: Json, where: str) -> None:
    if not isinstance(value, kind):
        raise DefinitionError(f"{where} is {value!r}, not {_name(kind)}")


# --- wrong types ---------------------------------------------------------------------------------


def type_faults(hint: Any, value: Any, where: str) -> Iterator[str]:
    """A sentence for each place where a value is not of its declared type.

    Authors who run mypy never see these; the check is for those who do not.
    """
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        if type(value) is not hint:
            yield f"{where} is {_describe(value)}; give it {_name(hint)}"
            return
        for f in fields_of(type(value)):
            yield from type_faults(f.hint, getattr(value, f.name), f"{where}.{f.name}")
    elif arms := _arms(hint):
        if value is None and types.NoneType in get_args(hint):
            return
        arm = next((arm for arm in arms if type(value) is arm), arms[0] if len(arms) == 1 else None)
        if arm is None:
            names = ", ".join(arm.__name__ for arm in arms)
            yield f"{where} is {_describe(value)}; give it one of {names}"
            return
        yield from type_faults(arm, value, where)
    elif get_origin(hint) is tuple:
        if not isinstance(value, tuple):
            yield f"{where} is {_describe(value)}; write a tuple, with round brackets"
            return
        for i, part in enumerate(value):
            yield from type_faults(get_args(hint)[0], part, f"{where}[{i}]")
    elif get_origin(hint) is not None:
        if not isinstance(value, Mapping):
            yield f"{where} is {_describe(value)}; give it {_name(hint)}"
            return
        for key, part in value.items():
            yield from type_faults(get_args(hint)[0], key, f"{where} key {key!r}")
            yield from type_faults(get_args(hint)[1], part, f"{where}[{key}]")
    else:
        yield from _scalar_faults(hint, value, where)


def _scalar_faults(hint: Any, value: Any, where: str) -> Iterator[str]:
    if hint is Decimal and type(value) in (int, float):
        yield f'{where} is {_describe(value)}; write Decimal("{value}")'
    elif hint is Decimal and isinstance(value, Decimal) and not value.is_finite():
        yield f"{where} is {value}, not a number"
    elif type(value) is not hint:
        yield f"{where} is {_describe(value)}; give it {_name(hint)}"


def _arms(hint: Any) -> tuple[Any, ...]:
    """X of `X | None`, X and Y of `X | Y`; empty for any other hint."""
    if get_origin(hint) not in (Union, types.UnionType):
        return ()
    arms = tuple(arm for arm in get_args(hint) if arm is not types.NoneType)
    if len(arms) > 1 and not all(hasattr(arm, "tag") for arm in arms):
        raise TypeError(f"{hint}: a field holds one type, or types that have a tag each")
    return arms


_NAMES: Mapping[Any, str] = {
    str: "text",
    int: "a whole number",
    bool: "True or False",
    Decimal: "a Decimal",
    date: "a date",
    datetime: "a date and time",
    list: "a list",
    dict: "a mapping",
}


def _name(hint: Any) -> str:
    origin = get_origin(hint)
    if origin is not None:
        return "a mapping" if issubclass(origin, Mapping) else "a list"
    return _NAMES.get(hint) or f"one of {hint.__name__}"


def _describe(value: Any) -> str:
    text = repr(value)
    return f"{text if len(text) <= 60 else text[:57] + '...'} ({type(value).__name__})"
