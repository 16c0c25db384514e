"""`tracker organisations`: bring the published lists in."""

from __future__ import annotations

from pathlib import Path

import click

from .apps import app_from_env


@click.group()
def organisations() -> None:
    """Organisations: load the published lists."""


@organisations.command()
@click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with the same files as the lists that come with QI Tracker.",
)
def load(folder: Path | None) -> None:
    """Load the lists of organisations; the same lists again change nothing."""
    from tracker.db import unit_of_work
    from tracker.organisations.domain import CircularLinks
    from tracker.organisations.lists import SHIPPED, BadList, read_lists
    from tracker.organisations.loading import load as load_lists

    app = app_from_env()
    try:
        listing = read_lists(folder or SHIPPED)
        with app.app_context(), unit_of_work():
            loaded = load_lists(listing)
    except (BadList, CircularLinks) as fault:
        raise click.ClickException(f"{fault}. Nothing was changed.") from fault
    for title, count in loaded.lines():
        click.echo(
            f"{title}: {count.added:,} added, {count.changed:,} changed, "
            f"{count.unchanged:,} as they were"
        )
    click.echo("Nothing was new." if loaded.is_nothing_new else "Loaded.")
