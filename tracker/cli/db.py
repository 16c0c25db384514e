"""Commands about the tables of the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker import backup
from tracker.cli.apps import app_from_env
from tracker.cli.plugin_tables import migrate_all, tell
from tracker.db import indexing, migrations, unit_of_work
from tracker.plugin_host import migrating
from tracker.plugin_host.in_app import EXTENSION
from tracker.programmes import reconciling
from tracker.programmes import services as programmes

if TYPE_CHECKING:
    from flask import Flask


@click.command()
@click.option(
    "--no-backup",
    is_flag=True,
    help="Do not back up first: what a change loses is then lost since the last backup.",
)
def migrate(no_backup: bool) -> None:
    """Bring the database up to date; all pending changes are made, or none.

    Then the tables of plugins, each plugin for itself: one that fails is set aside.

    A database that has to change is backed up first, to TRACKER_BACKUP_FOLDER or to `backups`
    beside it. Then stored definitions take over better wording of the plugins that are loaded.
    """
    app = app_from_env()
    try:
        _begin_private(app)
        if not no_backup:
            _back_up(app)
        done = migrations.upgrade(app)
    except (
        backup.BackupError,
        migrations.DatabaseNewer,
        migrations.BrokenReferences,
    ) as error:
        raise click.ClickException(str(error)) from error
    tell(done)
    failed = migrate_all(app, app.extensions[EXTENSION])
    with app.app_context():
        reconciling.reconcile()
        with unit_of_work():
            reworded = programmes.refresh_wording()
        if indexing.out_of_step():
            click.echo(f"Search finds {indexing.rebuild()} things in projects.")
    for definition in reworded:
        click.echo(f"{definition}: wording refreshed from its plugin")
    if failed:
        told = "The tracker’s own tables are up to date; these plugins are set aside until mended:"
        raise click.ClickException("\n".join([told, *failed]))
    click.echo("The database is up to date.")


def _begin_private(app: Flask) -> None:
    """Make a new SQLite database readable by its owner alone: SQLite would ask the umask."""
    file = backup.database_file(app.extensions["tracker_settings"])
    if file is None or file.exists():
        return
    try:
        file.touch(mode=0o600)
    except OSError as error:
        raise click.ClickException(f"Cannot make {file}: {error.strerror}") from error


def _back_up(app: Flask) -> None:
    """Back up a database that is about to change. One without tables has nothing to lose."""
    if migrations.current(app) is None:
        return
    of_plugins, _ = migrating.pending(app, app.extensions[EXTENSION])
    if not migrations.pending(app) and not of_plugins:
        return
    settings = app.extensions["tracker_settings"]
    try:
        taken = backup.take_into(settings, backup.backup_folder(settings))
    except backup.BackupError as error:
        raise click.ClickException(
            f"{error}\nNothing was changed. To change the database without a way back: "
            "tracker migrate --no-backup"
        ) from error
    click.echo(f"Backed up to {taken.file}")


@click.command()
def pending() -> None:
    """List the changes the database still needs; exit 1 when there are any."""
    app = app_from_env()
    try:
        steps = migrations.pending(app)
    except migrations.DatabaseNewer as error:
        raise click.ClickException(str(error)) from error
    of_plugins, faults = migrating.pending(app, app.extensions[EXTENSION])
    steps += of_plugins
    tell(steps)
    if faults:
        raise click.ClickException("\n".join(faults))
    if steps:
        raise SystemExit(1)
    click.echo("The database is up to date.")
