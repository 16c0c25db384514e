"""Loads plugins and holds what they define. One host an app; a plugin that fails is set aside.

The guard protects against mistakes, not against malice: a plugin is code with all the rights of
the tracker. Endless loops, memory and `os._exit` are not guarded.
"""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pluggy

from tracker.plugin_api import (
    Definition,
    Event,
    PluginInfo,
    Programme,
    ReportSection,
    code_hooks,
    hookspecs,
)

from . import checks, mounting
from .discovery import Found, Origin, settle_names
from .faults import LoadStage, PluginFault, SetAside
from .lock import changed, meaning_changed
from .mounting import NO_CODE, Code
from .watch import Watch

D = TypeVar("D", bound=Definition)


@dataclass(frozen=True, slots=True)
class ActivePlugin:
    """A plugin in use, with all that it defines and brings."""

    info: PluginInfo
    found: Found
    definitions: tuple[Definition, ...]
    code: Code = NO_CODE

    @property
    def programmes(self) -> set[str]:
        """Keys of the programmes that it adds to."""
        defined = {one.programme for one in self.definitions}
        return defined | {section.programme for section in self.code.sections}

    @property
    def folder(self) -> Path | None:
        """Folder of its files; None if it is a single module."""
        return self.found.locate()

    def of(self, kind: type[D]) -> list[D]:
        """What it defines of one type, in its own order."""
        return [one for one in self.definitions if isinstance(one, kind)]


class PluginHost:
    """What has been loaded. Made empty; `load` fills it and needs neither app nor database.

    With `strict`, for tests and local work, the first plugin that fails raises.
    """

    def __init__(self, *, strict: bool = False) -> None:
        self.strict = strict
        self.active: dict[str, ActivePlugin] = {}
        self.set_aside: list[SetAside] = []
        self.replaced: list[Found] = []
        """Bundled plugins in whose place an installed one of the same name is used."""
        self.checked_at = _now()
        self.watch = Watch(_now, strict=strict)
        """Every call of a plugin's code while serving goes through it."""
        self._owners: dict[str, tuple[str, Definition]] = {}
        self._pm = pluggy.PluginManager(hookspecs.PROJECT)
        self._pm.add_hookspecs(hookspecs)
        self._pm.add_hookspecs(code_hooks)

    # --- loading ---------------------------------------------------------------------------------

    def load(self, found: Iterable[Found]) -> PluginHost:
        """Load bundled plugins, then others, by name; all or nothing for each.

        The first to define a thing owns it, so that no plugin added later takes a national
        programme away from its own.
        """
        used, replaced, clashing = settle_names(found)
        self.replaced += replaced
        bundled = {one.name for one in (*used, *replaced) if one.origin is Origin.BUNDLED}
        for one in sorted(used, key=lambda one: (one.name not in bundled, one.name)):
            self._admit(one)
        for one in clashing:
            fault = PluginFault(LoadStage.CONTRACT, "another plugin of this name is loaded first")
            self._put_aside(one, LoadStage.CONTRACT, fault)
        self._require_what_they_name(LoadStage.DEFINITIONS)
        return self

    def _admit(self, found: Found) -> None:
        stage, info = LoadStage.IMPORT, None
        try:
            plugin = found.load()
            stage = LoadStage.CONTRACT
            info = checks.info_of(plugin, found.name)
            if found.name in self.active:
                raise PluginFault(stage, "a plugin of this name is loaded already")
            if faults := tuple(checks.hook_faults(self._pm, plugin)):
                raise PluginFault(stage, *faults)
            self._pm.register(plugin, name=found.name)
            stage = LoadStage.DEFINITIONS
            definitions = checks.definitions_of(self._pm, plugin, found.name, self.watch)
            self._refuse_twice(definitions)
            stage = LoadStage.MOUNT
            code = mounting.code_of(self._pm, plugin, found.name, self.watch)
        except (Exception, SystemExit) as error:
            # Python stops for SystemExit; a plugin that asks for it is only set aside.
            self._put_aside(found, stage, error, info)
        else:
            self.active[found.name] = ActivePlugin(info, found, tuple(definitions), code)
            self._owners |= {one.ident: (found.name, one) for one in definitions}

    def _refuse_twice(self, definitions: list[Definition]) -> None:
        faults = [
            f"{ident} is defined twice"
            for ident, times in Counter(one.ident for one in definitions).items()
            if times > 1
        ]
        owner = {one.key: name for name, one in self._owners.values() if isinstance(one, Programme)}
        for one in definitions:
            if one.ident in self._owners:
                faults.append(f"{one.ident} is defined by {self._owners[one.ident][0]} already")
            elif isinstance(one, Programme) and one.key in owner:
                faults.append(f"the programme {one.key!r} belongs to {owner[one.key]}")
        if faults:
            raise PluginFault(LoadStage.DEFINITIONS, *faults)

    def _require_what_they_name(self, stage: LoadStage) -> None:
        """Set aside plugins that name something which is not there, until none is left.

        Done when all are loaded, because a plugin may add to the programme of any other.
        """
        while True:
            there = checks.names_of(self.of(Definition))
            lost = {
                name: faults
                for name, plugin in self.active.items()
                if (faults := tuple(checks.lacking(plugin.definitions, plugin.programmes, there)))
            }
            if not lost:
                return
            for name, faults in lost.items():
                self.retire(name, PluginFault(stage, *faults))

    def reconcile(self, known: Mapping[str, str]) -> None:
        """Compare with what the database holds: `ident` of each stored copy -> fingerprint.

        A plugin that changed the meaning of a definition in use, without a new version, is set
        aside; its stored copies stay as they are.
        """
        for name, plugin in list(self.active.items()):
            faults = [
                f"{one.ident} {meaning_changed(one)}" for one in changed(plugin.definitions, known)
            ]
            if faults:
                self.retire(name, PluginFault(LoadStage.RECONCILE, *faults))
        self._require_what_they_name(LoadStage.RECONCILE)

    def retire(self, name: str, fault: PluginFault) -> None:
        """Set a plugin aside that was active until now."""
        plugin = self.active.pop(name)
        self._owners = {i: held for i, held in self._owners.items() if held[0] != name}
        self._put_aside(plugin.found, fault.stage, fault, plugin.info)

    def _put_aside(
        self,
        found: Found,
        stage: LoadStage,
        error: BaseException,
        info: PluginInfo | None = None,
    ) -> None:
        if found.name not in self.active and self._pm.has_plugin(found.name):
            self._pm.unregister(name=found.name)
        if isinstance(error, PluginFault):
            stage, faults, detail = error.stage, error.faults, ""
        else:
            faults = (_told(error),)
            detail = "".join(traceback.format_exception(error))
        self.set_aside.append(
            SetAside(found.name, stage, faults, f"{found.origin}, {found.where}", info, detail)
        )
        if self.strict:
            raise error

    # --- asking ----------------------------------------------------------------------------------

    def of(self, kind: type[D]) -> list[D]:
        """Every definition of one type, in the order in which plugins were loaded."""
        return [one for _, one in self._owners.values() if isinstance(one, kind)]

    def get(self, kind: type[D], ref: str) -> D | None:
        """The definition of this type and name, `opioids/high_dose_count@1`; None if not loaded."""
        held = self._owners.get(f"{kind.kind_name}:{ref}")
        return held[1] if held and isinstance(held[1], kind) else None

    def plugin_of(self, definition: Definition) -> ActivePlugin:
        """The plugin that brings a definition. KeyError if none does now."""
        return self.active[self._owners[definition.ident][0]]

    # --- calling -----------------------------------------------------------------------------

    def sections(self, programme: str) -> list[tuple[str, ReportSection]]:
        """Sections for the projects of a programme, each with the name of its plugin, in order."""
        found = [
            (name, section)
            for name, plugin in self.active.items()
            for section in plugin.code.sections
            if section.programme == programme
        ]
        return sorted(found, key=lambda pair: (pair[1].order, pair[1].title, pair[0]))

    def tell(self, event: Event) -> None:
        """Tell every plugin that listens what happened. One that raises is logged, no more."""
        for name, plugin in list(self.active.items()):
            if plugin.code.listens:
                for listener in self._listeners(name, event):
                    self.watch.call(name, "tracker_on_event", listener, object)

    def _listeners(self, name: str, event: Event) -> Iterator[Callable[[], object]]:
        plugin = self._pm.get_plugin(name)
        return mounting.implementations(self._pm, "tracker_on_event", plugin, event=event)


def _now() -> datetime:
    return datetime.now(UTC)


def _told(error: BaseException) -> str:
    """One line on an exception: what, and the last place in the plugin's own call."""
    what = " ".join(f"{type(error).__name__}: {error}".split())
    if isinstance(error, SystemExit):
        what = f"it asked Python to stop ({what})"
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return what
    last = frames[-1]
    return f"{what} ({Path(last.filename).name}, line {last.lineno})"
