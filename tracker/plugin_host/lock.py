"""The lock file of a plugin: fingerprints of everything it has published.

It lets an author find a changed meaning before users do. Lines stay when a definition goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tracker.plugin_api import Definition

LOCK = "definitions.lock"
_HEAD = "# Fingerprints of what is published. Written by `tracker plugins lock`; not by hand.\n"


def read_lock(folder: Path) -> dict[str, str]:
    """`ident` -> fingerprint of what is published; empty when there is no lock file yet.

    Raises ValueError for a line that is not a name and a fingerprint.
    """
    path = folder / LOCK
    if not path.is_file():
        return {}
    published: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        match line.split():
            case [ident, fingerprint]:
                published[ident] = fingerprint
            case _:
                raise ValueError(f"{LOCK}, line {number}: not a name and a fingerprint: {line!r}")
    return published


def write_lock(folder: Path, definitions: Iterable[Definition]) -> None:
    """Add what is new to the lock file. The caller has seen that nothing published changed."""
    lines = read_lock(folder) | {one.ident: one.fingerprint() for one in definitions}
    body = "".join(f"{ident} {fingerprint}\n" for ident, fingerprint in sorted(lines.items()))
    (folder / LOCK).write_text(_HEAD + body, encoding="utf-8")


def changed(definitions: Iterable[Definition], published: Mapping[str, str]) -> list[Definition]:
    """Definitions whose meaning is not what was published under the same version."""
    return [
        one
        for one in definitions
        if one.ident in published and published[one.ident] != one.fingerprint()
    ]


def lock_faults(definitions: Iterable[Definition], published: Mapping[str, str]) -> Iterator[str]:
    """A sentence for each definition that is not what the lock file says, or not in it."""
    definitions = tuple(definitions)
    for one in changed(definitions, published):
        yield f"{one.ident} {meaning_changed(one)}"
    for one in definitions:
        if one.ident not in published:
            yield f"{one.ident} is not in {LOCK}; write it with: tracker plugins lock"


def meaning_changed(one: Definition) -> str:
    """What to tell an author whose definition changed its meaning."""
    return f"has changed its meaning; publish it as version {one.version + 1}"
