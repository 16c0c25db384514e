"""What a plugin must satisfy before anybody sees its definitions. No database is needed."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Collection, Iterable, Iterator

import pluggy

from tracker.plugin_api import (
    API_VERSION,
    DEFINITION_HOOKS,
    Definition,
    DefinitionError,
    PluginInfo,
    Programme,
    Rubric,
)
from tracker.plugin_api.code_hooks import CODE_HOOKS

from .faults import LoadStage, PluginFault
from .watch import Watch

ELEMENT = "element"
"""Word by which references name the elements of a rubric, which are no definitions."""


def info_of(plugin: object, name: str) -> PluginInfo:
    """The plugin's information about itself. Raises PluginFault unless it fits this tracker."""
    info = getattr(plugin, "info", None)
    if not isinstance(info, PluginInfo):
        raise PluginFault(LoadStage.CONTRACT, "has no `info` of type PluginInfo")
    faults = tuple(_info_faults(info, name))
    if faults:
        raise PluginFault(LoadStage.CONTRACT, *faults)
    return info


def _info_faults(info: PluginInfo, name: str) -> Iterator[str]:
    for field in dataclasses.fields(info):
        value = getattr(info, field.name)
        if field.name != "api" and (not isinstance(value, str) or not value.strip()):
            yield f"info.{field.name} is {value!r}; write some text"
    if info.name != name:
        yield f"info.name is {info.name!r}, but the plugin was found as {name!r}"
    match info.api:
        case (int(major), int(minor)):
            if major != API_VERSION[0] or minor > API_VERSION[1]:
                ours = ".".join(map(str, API_VERSION))
                yield f"is written for plugin API {major}.{minor}; this tracker has {ours}"
        case other:
            yield f"info.api is {other!r}; write two whole numbers, as in (1, 0)"


def hook_faults(pm: pluggy.PluginManager, plugin: object) -> Iterator[str]:
    """Hooks that would be ignored or could not be guarded, seen before the plugin is registered."""
    for name in dir(plugin):
        marked = pm.parse_hookimpl_opts(plugin, name)
        known = hasattr(pm.hook, name)
        if marked is None:
            if known and name.startswith("tracker_"):
                yield f"{name} lacks @hookimpl, so it would never be called"
        elif not known:
            near = difflib.get_close_matches(name, [*DEFINITION_HOOKS, *CODE_HOOKS], n=1)
            yield f"there is no hook {name}" + (f"; did you mean {near[0]}?" if near else "")
        elif marked["wrapper"] or marked["hookwrapper"]:
            yield f"{name} is a wrapper; hooks are called one by one, so wrappers are refused"


def definitions_of(
    pm: pluggy.PluginManager, plugin: object, name: str, watch: Watch
) -> list[Definition]:
    """All that a registered plugin defines, checked one by one.

    Lists are made here, inside the guard: a generator that fails late fails now. Raises
    PluginFault with every fault, and whatever a hook raises.
    """
    definitions: list[Definition] = []
    faults: list[str] = []
    for hook, kind in DEFINITION_HOOKS.items():
        for impl in getattr(pm.hook, hook).get_hookimpls():
            if impl.plugin is not plugin:
                continue
            with watch.timed(name, hook):
                returned = impl.function()
                if returned is None or isinstance(returned, str | Definition):
                    faults.append(f"{hook} returned {_short(returned)}, not a list")
                    continue
                items = list(returned)
            for item in items:
                # A subclass would lose its own fields in the stored copy.
                if type(item) is not kind:
                    faults.append(f"{hook} returned {_short(item)}, not a {kind.__name__}")
                    continue
                try:
                    item.check()
                except DefinitionError as error:
                    faults += error.faults
                else:
                    definitions.append(item)
    if faults:
        raise PluginFault(LoadStage.DEFINITIONS, *faults)
    return definitions


def names_of(definitions: Iterable[Definition]) -> set[str]:
    """All that can be named: `measure:opioids/high_dose_count`, `element:matneo/caffeine`."""
    names: set[str] = set()
    for one in definitions:
        names.add(_name(one.programme, one.kind_name, one.key))
        if isinstance(one, Rubric):
            names |= {_name(one.programme, ELEMENT, element.key) for element in one.elements}
    return names


def lacking(
    definitions: Iterable[Definition], programmes: Iterable[str], there: Collection[str]
) -> Iterator[str]:
    """A sentence for each programme added to, and for each reference, that leads nowhere."""
    absent = {key for key in programmes if _name(key, Programme.kind_name, key) not in there}
    for key in sorted(absent):
        yield f"it adds to the programme {key!r}, which is not loaded"
    for one in definitions:
        if one.programme in absent:
            continue
        for reference in one.references():
            name = _name(one.programme, reference.kind, reference.key)
            if name not in there:
                word = reference.kind.replace("_", " ")
                start, _, key = name.rpartition("/")
                keys = [n.rpartition("/")[2] for n in there if n.startswith(f"{start}/")]
                near = difflib.get_close_matches(key, keys, n=1)
                hint = f"; did you mean {near[0]!r}?" if near else ""
                yield (
                    f"{one.ident}: {reference.where} names the {word} {reference.key!r}, "
                    f"which is not there{hint}"
                )


def _name(programme: str, kind: str, key: str) -> str:
    return f"{kind}:{key}" if "/" in key else f"{kind}:{programme}/{key}"


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
