"""What a plugin must satisfy before anybody sees its definitions. No database is needed."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Iterator

import pluggy

from tracker.plugin_api import (
    API_VERSION,
    DEFINITION_HOOKS,
    Definition,
    DefinitionError,
    PluginInfo,
)

from .faults import LoadStage, PluginFault


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
            near = difflib.get_close_matches(name, DEFINITION_HOOKS, n=1)
            yield f"there is no hook {name}" + (f"; did you mean {near[0]}?" if near else "")
        elif marked["wrapper"] or marked["hookwrapper"]:
            yield f"{name} is a wrapper; hooks are called one by one, so wrappers are refused"


def definitions_of(pm: pluggy.PluginManager, plugin: object) -> list[Definition]:
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
            returned = impl.function()
            if returned is None or isinstance(returned, str | Definition):
                faults.append(f"{hook} returned {_short(returned)}, not a list")
                continue
            for item in list(returned):
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


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
