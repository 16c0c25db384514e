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


@organisations.command()
@click.argument("month")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with the list of changes, in place of the one that comes with QI Tracker.",
)
def change(month: str, dry_run: bool, folder: Path | None) -> None:
    """Bring in what changed by a MONTH such as 2026-04, after `load`; twice changes nothing."""
    from tracker.db import unit_of_work
    from tracker.organisations.changelist import SHIPPED_CHANGES, plan, read_changes
    from tracker.organisations.changeover import change as bring_in
    from tracker.organisations.changeover import known
    from tracker.organisations.lists import SHIPPED, BadList
    from tracker.organisations.services import links_by_code

    if month not in SHIPPED_CHANGES:
        there = ", ".join(SHIPPED_CHANGES)
        raise click.ClickException(f"There is no list of changes for {month}. There is: {there}.")
    app = app_from_env()
    try:
        listed = read_changes(month, folder or SHIPPED)
        with app.app_context():
            names = {code: each.name for code, each in known().items()}
            if dry_run:
                made = plan(listed, known(), links_by_code())
            else:
                with unit_of_work():
                    made = bring_in(listed)
    except BadList as fault:
        raise click.ClickException(f"{fault}. Nothing was changed.") from fault
    if made.is_nothing_new:
        click.echo("Nothing was new.")
        return
    for line in made.lines(names):
        click.echo(line)
    click.echo("Nothing was changed: this was a dry run." if dry_run else "Changed.")
