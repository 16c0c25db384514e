"""Migrating the tables of plugins, and what those that are gone have left in the database.

Not imported with the host, because it loads the database libraries.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import Row, func, inspect, select, text

from tracker.db import db, migrations
from tracker.db.migrations import History, Pending

from .faults import LoadStage, PluginFault
from .host import PluginHost


def histories(host: PluginHost) -> dict[str, History]:
    """The history of each active plugin with tables, by its name."""
    return {
        name: migrations.history_of(
            name, plugin.code.tables.metadata, plugin.code.tables.migrations
        )
        for name, plugin in host.active.items()
        if plugin.code.tables is not None
    }


def pending(app: Flask, host: PluginHost) -> tuple[list[Pending], list[str]]:
    """What the tables of active plugins still need, and a sentence for each that cannot be told."""
    steps: list[Pending] = []
    faults = []
    for name, history in histories(host).items():
        found = _steps(app, history)
        if isinstance(found, str):
            faults.append(f"{name}: {found}")
        else:
            steps += found
    return steps, faults


def set_aside_behind(app: Flask, host: PluginHost) -> None:
    """Set aside the plugins whose tables are not as their code expects."""
    for name, history in histories(host).items():
        found = _steps(app, history)
        if isinstance(found, str):
            host.retire(name, PluginFault(LoadStage.RECONCILE, found))
        elif found:
            told = "1 change is" if len(found) == 1 else f"{len(found)} changes are"
            fault = f"its tables are behind: {told} pending; run tracker migrate, then restart"
            host.retire(name, PluginFault(LoadStage.RECONCILE, fault))


def upgrade(app: Flask, history: History) -> list[Pending] | str:
    """Migrate the tables of one plugin, all or nothing: the steps, or what went wrong."""
    try:
        return migrations.upgrade(app, history=history)
    except (migrations.DatabaseNewer, migrations.BrokenReferences) as error:
        return str(error)
    except (Exception, SystemExit) as error:
        # Revisions are a plugin's code, and may raise anything.
        return f"nothing of its tables was changed: {_told(error)}"


def _steps(app: Flask, history: History) -> list[Pending] | str:
    try:
        return migrations.pending(app, history=history)
    except migrations.DatabaseNewer as error:
        return str(error)
    except (Exception, SystemExit) as error:
        return f"its revisions cannot be read: {_told(error)}"


def _told(error: BaseException) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:300]


# --- what is left --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Left:
    """A table of a plugin as it is in the database, and how many rows it has."""

    table: str
    rows: int


def tables_in_database() -> dict[str, list[Left]]:
    """Tables of plugins that the database has, by the plugin's name. The plugin may be gone."""
    inspector = inspect(db.session.connection())
    names = inspector.get_table_names()
    start = f"{migrations.VERSION_TABLE}_"
    plugins = sorted((n.removeprefix(start) for n in names if n.startswith(start)), key=len)
    found: dict[str, list[Left]] = {name: [] for name in plugins}
    for table in sorted(names):
        # The longest prefix that fits: `psirf` and `psirf_local` may both be here.
        owner = next((p for p in reversed(plugins) if table.startswith(f"{p}_")), None)
        if owner is not None:
            counted = select(func.count()).select_from(text(f'"{table}"'))
            found[owner].append(Left(table, db.session.scalar(counted) or 0))
    return found


def rows_of(table: str) -> tuple[Sequence[str], Iterator[Row[Any]]]:
    """Columns and rows of a plugin's table as the database has it, without the plugin's code."""
    # The name is one that `tables_in_database` gave.
    result = db.session.execute(text(f'SELECT * FROM "{table}"'))  # noqa: S608
    return list(result.keys()), iter(result)
