"""Finds plugins: installed distributions, the bundled folder, and folders a server owner names."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from importlib.machinery import PathFinder
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec, module_from_spec
from pathlib import Path

from tracker.plugin_api import PluginInfo

from .faults import LoadStage, PluginFault

GROUP = "tracker.plugins"
PACKAGE = "tracker_plugins"
"""Name under which plugin folders are imported, wherever they are."""
INSTALLED_AS = "tracker_plugin_"
"""Start of the name of a distribution's own package."""


class Origin(StrEnum):
    """How a plugin came here."""

    INSTALLED = "installed"
    BUNDLED = "bundled"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class Found:
    """A plugin that has been found and not yet imported. `load` may raise anything.

    `where` tells a server owner which one it is: a distribution with its version, or a path.
    """

    name: str
    origin: Origin
    where: str
    load: Callable[[], object]
    locate: Callable[[], Path | None] = lambda: None
    """Folder of the plugin's files, once it has been loaded; None if it is a single module."""


def discover(names: Sequence[str] | None = None, folders: Sequence[Path] = ()) -> list[Found]:
    """Every plugin there is, or exactly those named; empty `names` is safe mode.

    A name or folder that leads nowhere is returned too, as one that fails to load: it ends up on
    the plugins page and not in a log nobody reads.
    """
    if names is not None and not names:
        return []
    found = [*installed(), *bundled()]
    for folder in folders:
        found += in_folder(folder)
    if names is None:
        return found
    there = {one.name for one in found}
    missing = [
        _failing(name, Origin.FOLDER, "TRACKER_PLUGINS", _UNKNOWN)
        for name in names
        if name not in there
    ]
    return [one for one in found if one.name in names] + missing


def installed() -> Iterator[Found]:
    """Distributions with an entry point in the group `tracker.plugins`."""
    points = entry_points(group=GROUP)
    for point in sorted(points, key=lambda point: (point.name, _distribution(point))):
        yield Found(
            name=point.name,
            origin=Origin.INSTALLED,
            where=_distribution(point),
            load=point.load,
            locate=partial(_folder_of, point.module),
        )


def bundled() -> Iterator[Found]:
    """Plugins that come with the tracker, imported as `tracker_plugins.<name>`."""
    try:
        package = importlib.import_module(PACKAGE)
    except ModuleNotFoundError:
        yield _failing(PACKAGE, Origin.BUNDLED, PACKAGE, _NOT_INSTALLED)
        return
    # A namespace package has no file: then a stray folder was found, not the bundled plugins.
    where = getattr(package, "__file__", None)
    if where is None:
        yield _failing(PACKAGE, Origin.BUNDLED, PACKAGE, _NOT_INSTALLED)
        return
    yield from _folders(Path(where).parent, Origin.BUNDLED)


def in_folder(folder: Path) -> Iterator[Found]:
    """Plugin folders inside a folder named in TRACKER_PLUGIN_FOLDERS."""
    if not folder.is_dir():
        yield _failing(str(folder), Origin.FOLDER, str(folder), _NO_FOLDER)
        return
    yield from _folders(folder, Origin.FOLDER)


def in_place(folder: Path) -> Found:
    """The one plugin in this folder, installed or not: a package, or that of a distribution."""
    name = folder.name.removeprefix(INSTALLED_AS)
    return Found(name, Origin.FOLDER, str(folder), partial(_plugin_in, folder), lambda: folder)


def given(plugin: object, name: str | None = None) -> Found:
    """A plugin that is at hand already: for tests, and for trying one out."""
    info = getattr(plugin, "info", None)
    own = info.name if isinstance(info, PluginInfo) else type(plugin).__name__.lower()
    return Found(name or own, Origin.FOLDER, "given", lambda: plugin)


def settle_names(found: Iterable[Found]) -> tuple[list[Found], list[Found], list[Found]]:
    """One plugin for each name: (used, in name order; replaced; clashing).

    An installed distribution replaces the bundled folder of its name, so that a PSC can ship a
    newer programme without waiting for the tracker. Any other second of a name clashes.
    """
    order = list(Origin)
    ranked = sorted(found, key=lambda one: (one.name, order.index(one.origin)))
    used: dict[str, Found] = {}
    replaced: list[Found] = []
    clashing: list[Found] = []
    for one in ranked:
        first = used.setdefault(one.name, one)
        if first is one:
            continue
        is_newer = first.origin is Origin.INSTALLED and one.origin is Origin.BUNDLED
        (replaced if is_newer else clashing).append(one)
    return list(used.values()), replaced, clashing


_NOT_INSTALLED = (
    f"the package {PACKAGE} with the bundled plugins is not installed; "
    "install the tracker with pip, from a checkout with: pip install -e ."
)
_NO_FOLDER = "TRACKER_PLUGIN_FOLDERS names this folder, but it does not exist"
_UNKNOWN = (
    "TRACKER_PLUGINS names it, but no plugin of this name is installed, bundled or in a folder of "
    "TRACKER_PLUGIN_FOLDERS"
)
_BAD_NAME = "a plugin folder needs a lower_snake_case name, because Python imports it by that name"


def _failing(name: str, origin: Origin, where: str, why: str) -> Found:
    def load() -> object:
        raise PluginFault(LoadStage.IMPORT, why)

    return Found(name, origin, where, load)


def _folders(folder: Path, origin: Origin) -> Iterator[Found]:
    for inner in sorted(folder.iterdir()):
        if inner.name.startswith(("_", ".")) or not (inner / "__init__.py").is_file():
            continue
        if not inner.name.isidentifier():
            yield _failing(inner.name, origin, str(inner), _BAD_NAME)
            continue
        yield Found(
            name=inner.name,
            origin=origin,
            where=str(inner),
            load=partial(_plugin_in, inner),
            locate=partial(Path, inner),
        )


def _plugin_in(path: Path) -> object:
    """Import a plugin folder as `tracker_plugins.<name>` and give its `plugin`."""
    name = path.name if path.name.startswith(INSTALLED_AS) else f"{PACKAGE}.{path.name}"
    spec = PathFinder.find_spec(name, [str(path.parent)])
    if spec is None or spec.loader is None:
        raise PluginFault(LoadStage.IMPORT, f"Python finds no package in {path}")
    module = sys.modules.get(name)
    if module is None or module.__spec__ is None or module.__spec__.origin != spec.origin:
        _forget(name)
        module = module_from_spec(spec)
        sys.modules[name] = module
        try:
            spec.loader.exec_module(module)
        except BaseException:
            _forget(name)
            raise
    try:
        plugin: object = module.plugin
    except AttributeError:
        raise PluginFault(
            LoadStage.CONTRACT, "its __init__.py makes nothing that is called `plugin`"
        ) from None
    return plugin


def _forget(name: str) -> None:
    for loaded in [m for m in sys.modules if m == name or m.startswith(f"{name}.")]:
        del sys.modules[loaded]


def _distribution(point: EntryPoint) -> str:
    return f"{point.dist.name} {point.dist.version}" if point.dist else point.value


def _folder_of(module: str) -> Path | None:
    spec = find_spec(module)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations)))
