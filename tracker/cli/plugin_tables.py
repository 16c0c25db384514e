"""`tracker plugins pending`, `migrate` and `export`: the tables that plugins bring."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from flask import Flask

    from tracker.db.migrations import Pending
    from tracker.plugin_host import PluginHost

# The imports inside functions keep `tracker plugins list` and `check` free of the database.


@click.command()
def pending() -> None:
    """List the changes that the tables of plugins still need; exit 1 when there are any."""
    from tracker.plugin_host import migrating

    steps, faults = migrating.pending(*_app_and_host())
    tell(steps)
    if faults:
        raise click.ClickException("\n".join(faults))
    if steps:
        raise click.exceptions.Exit(1)
    click.echo("The tables of all plugins are up to date.")


@click.command()
@click.argument("name")
def migrate(name: str) -> None:
    """Bring the tables of the plugin NAME up to date; `tracker migrate` does it for all."""
    from tracker.plugin_host import migrating

    app, host = _app_and_host()
    if name not in migrating.histories(host):
        raise click.ClickException(f"{name}: no active plugin of that name has tables")
    failed = migrate_all(app, host, only=name)
    if failed:
        raise click.ClickException(failed[0])
    click.echo(f"The tables of {name} are up to date.")


@click.command()
@click.argument("name")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export(name: str, folder: Path) -> None:
    """Write the tables of the plugin NAME to FOLDER as CSV; the plugin may be gone.

    Nobody's permissions are asked: the files hold every row.
    """
    import csv

    from tracker.plugin_host import migrating
    from tracker.safe.cells import guard_cell

    app, _ = _app_and_host()
    with app.app_context():
        tables = migrating.tables_in_database().get(name)
        if not tables:
            raise click.ClickException(f"{name}: the database has no tables of this plugin")
        folder.mkdir(parents=True, exist_ok=True)
        for table in tables:
            path = folder / f"{table.table}.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                columns, rows = migrating.rows_of(table.table)
                writer.writerow(columns)
                for row in rows:
                    writer.writerow(["" if v is None else guard_cell(str(v)) for v in row])
            click.echo(f"{path}: {table.rows} rows")


def migrate_all(app: Flask, host: PluginHost, *, only: str | None = None) -> list[str]:
    """Migrate the plugins with tables, each for itself; what went wrong, a sentence each."""
    from tracker.plugin_host import migrating

    failed = []
    for name, history in migrating.histories(host).items():
        if only in (None, name):
            done = migrating.upgrade(app, history)
            if isinstance(done, str):
                failed.append(f"{name}: {done}")
            else:
                tell(done)
    return failed


def tell(steps: list[Pending]) -> None:
    """One line a revision."""
    for step in steps:
        click.echo(f"{step.history} {step.revision}: {step.title}")


def _app_and_host() -> tuple[Flask, PluginHost]:
    from tracker.cli.apps import app_from_env
    from tracker.plugin_host.in_app import EXTENSION

    app = app_from_env()
    return app, app.extensions[EXTENSION]
