"""Migrating the tables of plugins, and what those that are gone have left in the database.

Not imported with the host, because it loads the database libraries.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import RowMapping, func, inspect, select, text

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


def pending(app: Flask, host: PluginHost) -> dict[str, list[Pending]]:
    """What each active plugin's tables still need; plugins that need nothing are left out.

    Raises DatabaseNewer.
    """
    found = {
        name: migrations.pending(app, history=history) for name, history in histories(host).items()
    }
    return {name: steps for name, steps in found.items() if steps}


def set_aside_behind(app: Flask, host: PluginHost) -> None:
    """Set aside the plugins whose tables are not as their code expects."""
    for name, history in histories(host).items():
        try:
            steps = migrations.pending(app, history=history)
        except migrations.DatabaseNewer as error:
            host.retire(name, PluginFault(LoadStage.RECONCILE, str(error)))
            continue
        if steps:
            told = "1 change is" if len(steps) == 1 else f"{len(steps)} changes are"
            fault = f"its tables are behind: {told} pending; run tracker migrate, then restart"
            host.retire(name, PluginFault(LoadStage.RECONCILE, fault))


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


def rows_of(table: str) -> Iterator[RowMapping]:
    """Every row of a plugin's table as the database has it, without the plugin's code."""
    # The name is one that `tables_in_database` gave.
    result = db.session.execute(text(f'SELECT * FROM "{table}"'))  # noqa: S608
    yield from result.mappings()
