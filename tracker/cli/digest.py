"""`tracker digest`: the weekly message to everybody who has something before them."""

from __future__ import annotations

from datetime import datetime

import click

from .apps import app_from_env


@click.command()
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day it is for, not today.")
def digest(on: datetime | None) -> None:
    """Write to each person what is overdue, due this week, waiting to be studied, or new.

    Once a week for each, however often it is run: a round that was stopped is gone on with.
    """
    from tracker.agenda.digest import write_all
    from tracker.mail.delivery import deliver
    from tracker.safe.dates import today

    with app_from_env().app_context():
        done = write_all(on.date() if on is not None else today())
        sent = deliver()
    click.echo(
        f"Written: {done.written}. Nothing to say to: {done.nothing_to_say}. "
        f"Delivered now: {sent.sent}."
    )
