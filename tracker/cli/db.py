"""Commands about the tables of the database."""

from __future__ import annotations

import click

from tracker.cli.apps import app_from_env
from tracker.db import migrations, unit_of_work
from tracker.programmes import reconciling
from tracker.programmes import services as programmes


@click.command()
def migrate() -> None:
    """Bring the database up to date; all pending changes are made, or none.

    Then stored definitions take over better wording of the plugins that are loaded.
    """
    app = app_from_env()
    try:
        done = migrations.upgrade(app)
    except (migrations.DatabaseNewer, migrations.BrokenReferences) as error:
        raise click.ClickException(str(error)) from error
    for step in done:
        click.echo(f"{step.history} {step.revision}: {step.title}")
    with app.app_context():
        reconciling.reconcile()
        with unit_of_work():
            reworded = programmes.refresh_wording()
    for definition in reworded:
        click.echo(f"{definition}: wording refreshed from its plugin")
    click.echo("The database is up to date.")


@click.command()
def pending() -> None:
    """List the changes the database still needs; exit 1 when there are any."""
    app = app_from_env()
    try:
        steps = migrations.pending(app)
    except migrations.DatabaseNewer as error:
        raise click.ClickException(str(error)) from error
    for step in steps:
        click.echo(f"{step.history} {step.revision}: {step.title}")
    if steps:
        raise SystemExit(1)
    click.echo("The database is up to date.")
