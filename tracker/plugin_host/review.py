"""What an author is told about a plugin that loads: is it documented, sourced, locked, readable?

None of this stops a plugin from working. Needs no database, settings or test packages.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from tracker.plugin_api import (
    DEFINITION_HOOKS,
    Definition,
    Programme,
    ProgrammeEvent,
    SelfAssessment,
    as_json,
    blanks,
    hookspecs,
)

from .discovery import PACKAGE
from .host import ActivePlugin
from .lock import lock_faults, read_lock

CONTRACT = "tracker.plugin_api"
_ADDED = re.compile(r"Added in (\d+)\.(\d+)\.")
_FOR_THE_TEAM = ("aim", "aim_template")
"""Fields whose blanks are for the team to fill."""
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")


def review(plugin: ActivePlugin) -> list[str]:
    """A sentence for each finding, empty when there is nothing to say."""
    return [finding for look in TOPICS.values() for finding in look(plugin)]


def _source_findings(plugin: ActivePlugin) -> Iterator[str]:
    for one in plugin.definitions:
        if one.source is None:
            yield f"{one.ident} has no source"
        if isinstance(one, Programme):
            yield from (
                f"{one.ident}: aim {aim.key!r} has no source"
                for aim in one.aims
                if aim.source is None
            )


def _title_findings(plugin: ActivePlugin) -> Iterator[str]:
    """Two definitions that a person cannot tell apart in a list."""
    for kind in DEFINITION_HOOKS.values():
        seen: dict[tuple[str, str], Definition] = {}
        for one in plugin.of(kind):
            title = str(getattr(one, "title", "")).casefold()
            first = seen.setdefault((one.programme, title), one)
            if first.key != one.key:
                yield f"{one.ident} has the same title as {first.ident}"


def _text_findings(plugin: ActivePlugin) -> Iterator[str]:
    for one in plugin.definitions:
        for where, text in _texts(as_json(one), one.ident):
            if text != text.strip():
                yield f"{where} has a space at its start or end"
            if _TAG.search(text):
                yield f"{where} has HTML in it; write plain text"


def _texts(value: object, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _texts(part, f"{where}.{key}")
    elif isinstance(value, list):
        for i, part in enumerate(value):
            yield from _texts(part, f"{where}[{i}]")


def _blank_findings(plugin: ActivePlugin) -> Iterator[str]:
    """Texts that refer to a parameter which the definition does not have."""
    for one in plugin.definitions:
        known = {parameter.key for parameter in one.parameters}
        for where, text in _texts(as_json(one), one.ident):
            if where.rpartition(".")[2] in _FOR_THE_TEAM:
                continue
            for name in blanks(text):
                if name not in known:
                    yield f"{where} refers to {{{name}}}, which is none of its parameters"


def _coach_findings(plugin: ActivePlugin) -> Iterator[str]:
    """Coach checks of events that no self-assessment of the programme asks."""
    asked = {
        (one.programme, statement.key)
        for one in plugin.of(SelfAssessment)
        for domain in one.domains
        for statement in domain.statements
    }
    for event in plugin.of(ProgrammeEvent):
        for key in event.coach_checks:
            if (event.programme, key) not in asked:
                yield (
                    f"{event.ident} names the coach check {key!r}; add a self-assessment with a "
                    f"statement of that key, such as common.coach_review({event.programme!r})"
                )


def _api_findings(plugin: ActivePlugin) -> Iterator[str]:
    """Hooks in use that are newer than the plugin API which the plugin says it is written for."""
    for hook, kind in DEFINITION_HOOKS.items():
        added = _ADDED.search(getattr(hookspecs, hook).__doc__ or "")
        since = (int(added[1]), int(added[2])) if added else (1, 0)
        if since > plugin.info.api and plugin.of(kind):
            yield f"uses {hook}, which came later than its info.api; write api={since}"


def _folder_findings(plugin: ActivePlugin) -> Iterator[str]:
    if plugin.folder is None:
        yield "it is a single module; make it a folder, for its README and lock file"


def _lock_findings(plugin: ActivePlugin) -> Iterator[str]:
    if (folder := plugin.folder) is None:
        return
    try:
        published = read_lock(folder)
    except ValueError as error:
        yield str(error)
        return
    yield from lock_faults(plugin.definitions, published)


def _readme_findings(plugin: ActivePlugin) -> Iterator[str]:
    if (folder := plugin.folder) is None:
        return
    readme = folder / "README.md"
    if not readme.is_file():
        yield "has no README.md"
    elif "maintainer" not in readme.read_text(encoding="utf-8").casefold():
        yield "README.md names no maintainer"


def _import_findings(plugin: ActivePlugin) -> Iterator[str]:
    """Imports of the tracker beyond the contract; they break without notice."""
    if (folder := plugin.folder) is None:
        return
    name = plugin.info.name
    own = (f"{PACKAGE}.{name}", folder.name)
    for path in sorted(folder.rglob("*.py")):
        inside = path.relative_to(folder)
        # Its tests may use the tracker's test kit.
        if inside.parts[0] == "tests":
            continue
        for line, module in _imports(path):
            is_tracker = module.split(".")[0] in ("tracker", PACKAGE)
            if is_tracker and not _within(module, CONTRACT, *own):
                yield f"{inside}, line {line} imports {module}; only {CONTRACT} is for plugins"


def _imports(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_bytes(), filename=str(path))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            # The names matter only where they may be modules: `from tracker import db`.
            if node.module in ("tracker", PACKAGE):
                yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, node.module


def _within(module: str, *allowed: str) -> bool:
    return any(module == one or module.startswith(f"{one}.") for one in allowed)


TOPICS: Mapping[str, Callable[[ActivePlugin], Iterator[str]]] = MappingProxyType(
    {
        "sources": _source_findings,
        "titles": _title_findings,
        "texts": _text_findings,
        "parameters": _blank_findings,
        "coach checks": _coach_findings,
        "plugin API": _api_findings,
        "folder": _folder_findings,
        "lock file": _lock_findings,
        "README": _readme_findings,
        "imports": _import_findings,
    }
)
"""What is looked at, each under its name in the conformance suite."""
