"""The pages of `docs/plugins/hooks/`: one for each hook, from what the code says of itself."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import re
import types
from collections.abc import Iterator
from enum import Enum
from typing import Any, Union, get_args, get_origin

from tracker.plugin_api import DEFINITION_HOOKS, Definition, hookspecs
from tracker.plugin_api.fields import FieldInfo, fields_of

WRITTEN = "<!-- Written by `make docs` from the code. -->"
SHARED = "definition.md"
"""Page of what every definition has."""
WORDS = {
    "str": "text",
    "int": "whole number",
    "bool": "True or False",
    "Decimal": "Decimal",
    "date": "date",
    "datetime": "date and time with its zone",
}


def pages() -> dict[str, str]:
    """Each page by its file name."""
    shared = _parts(Definition)
    written = {f"{hook}.md": _joined(_page(hook, kind)) for hook, kind in DEFINITION_HOOKS.items()}
    text = ["# What every definition has", "", WRITTEN]
    for kind in (Definition, *shared):
        text += ["", *_type(kind, own=False)]
    return written | {SHARED: _joined(text)}


def _page(hook: str, kind: type[Definition]) -> Iterator[str]:
    text = inspect.getdoc(getattr(hookspecs, hook)) or ""
    said, _, example = text.partition("\n\n")
    argument = hook.removeprefix("tracker_")
    yield from (f"# {hook}", "", WRITTEN, "", said, "")
    yield f"Argument of `ProgrammePlugin`: `{argument}`. Type: `{kind.__name__}`, which also has"
    yield f"[what every definition has]({SHARED})."
    yield from ("", "## Example", "", "```python", *_code(example), "```")
    shared = _parts(Definition)
    for one in (kind, *(part for part in _parts(kind) if part not in shared)):
        yield from ("", *_type(one, own=True))


def _code(example: str) -> Iterator[str]:
    """The lines of a doctest that a person types."""
    before = ""
    for line in example.splitlines():
        typed = line[4:] if line.startswith((">>> ", "... ")) else f"# {line}"
        is_past_imports = before.startswith(("from ", "import ")) and not typed.startswith("from ")
        is_past_class = before.startswith("    ") and typed[:1] not in " )]}#"
        if is_past_class or typed.startswith("class "):
            yield from ("", "")
        elif is_past_imports:
            yield ""
        yield typed
        before = typed


# --- types ---------------------------------------------------------------------------------------


def _type(kind: type, *, own: bool) -> Iterator[str]:
    yield from (f"## {kind.__name__}", "", *_prose(kind), "")
    yield from _members(kind) if issubclass(kind, Enum) else _fields(kind, own=own)


def _members(kind: type[Enum]) -> Iterator[str]:
    said = _attribute_docs(kind)
    yield from ("| | |", "|---|---|")
    yield from (f"| `{one.name}` | {said.get(one.name, '')} |" for one in kind)


def _fields(kind: type, *, own: bool) -> Iterator[str]:
    """The fields of a type; with `own`, without those that every definition has."""
    said = _attribute_docs(kind)
    shared = {f.name for f in fields_of(Definition)} if own and Definition in kind.__mro__ else ()
    yield from ("| field | takes | if left out | |", "|---|---|---|---|")
    for f in fields_of(kind):
        if f.name not in shared:
            mark = "wording" if f.is_wording else ""
            told = ". ".join(part for part in (mark, said.get(f.name, "")) if part)
            yield f"| `{f.name}` | {_takes(f.hint)} | {_default(f)} | {told} |"


def _prose(kind: type) -> Iterator[str]:
    yield from (inspect.getdoc(kind) or "").partition("\n\n>>>")[0].splitlines()


def _takes(hint: Any) -> str:
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return " or ".join("None" if arm is types.NoneType else _takes(arm) for arm in args)
    if origin is tuple:
        return f"tuple of {_takes(args[0])}"
    if origin is not None:
        return f"mapping of {_takes(args[0])} to {_takes(args[1])}"
    name = hint.__name__
    return WORDS.get(name, f"`{name}`")


def _default(f: FieldInfo) -> str:
    if f.default is dataclasses.MISSING:
        return "must be given"
    if isinstance(f.default, Enum):
        return f"`{f.default.name}`"
    if isinstance(f.default, tuple):
        names = [getattr(one, "name", getattr(one, "key", "")) for one in f.default]
        return ", ".join(f"`{name}`" for name in names) or "none"
    return "none" if f.default in (None, "") else f"{f.default}"


def _parts(kind: type) -> list[type]:
    """Types that are needed to write one of these, in the order in which they are met."""
    found: dict[type, None] = {}

    def look(hint: Any) -> None:
        for arm in get_args(hint):
            look(arm)
        if not isinstance(hint, type) or hint in found or hint is kind:
            return
        if issubclass(hint, Enum) or dataclasses.is_dataclass(hint):
            found[hint] = None
            if dataclasses.is_dataclass(hint):
                walk(hint)

    def walk(one: type) -> None:
        for f in fields_of(one):
            look(f.hint)

    walk(kind)
    return list(found)


def _attribute_docs(kind: type) -> dict[str, str]:
    """What stands under each field or member in the source."""
    said: dict[str, str] = {}
    for one in reversed(kind.__mro__):
        if not one.__module__.startswith("tracker."):
            continue
        (body,) = ast.parse(inspect.getsource(one)).body
        assert isinstance(body, ast.ClassDef)
        for node, after in zip(body.body, body.body[1:], strict=False):
            if not (isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)):
                continue
            target = node.targets[0] if isinstance(node, ast.Assign) else None
            target = node.target if isinstance(node, ast.AnnAssign) else target
            if isinstance(target, ast.Name) and isinstance(after.value.value, str):
                said[target.id] = re.sub(r"\s+", " ", after.value.value).strip()
    return said


def _joined(lines: Iterator[str] | list[str]) -> str:
    return "\n".join(lines) + "\n"
