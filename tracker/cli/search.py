"""`tracker search`: looking after the index of words."""

from __future__ import annotations

import click

from .apps import app_from_env


@click.group()
def search() -> None:
    """Look after the index that search reads."""


@search.command()
def rebuild() -> None:
    """Enter every project and all that is in it anew, and take out what is gone.

    The tracker keeps the index in step by itself; this mends it after a restore or a change made
    by hand. People can go on working meanwhile.
    """
    from tracker.db import indexing

    with app_from_env().app_context():
        count = indexing.rebuild()
    click.echo(f"Search finds {count} things in projects.")
