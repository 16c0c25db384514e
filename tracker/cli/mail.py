"""`tracker mail`: delivering what a mail server did not take the first time."""

from __future__ import annotations

import sys

import click

from .apps import app_from_env


@click.group()
def mail() -> None:
    """Look after messages that wait to be delivered."""


@mail.command()
def send() -> None:
    """Try every message that is due. Exit 1 when one could not be delivered."""
    from tracker.mail import queries
    from tracker.mail.carriers import carrier
    from tracker.mail.delivery import deliver

    app = app_from_env()
    with app.app_context():
        if carrier(app.extensions["tracker_settings"]) is None and queries.waiting():
            raise click.ClickException(
                "there is neither a mail server nor a mail folder: set TRACKER_SMTP_HOST"
            )
        done, waiting = deliver(), queries.waiting()
        faults = queries.faults()
    click.echo(
        f"Delivered: {done.sent}. Not delivered: {done.failed}. "
        f"Dropped as too late: {done.dropped}. Waiting: {waiting}."
    )
    for fault, count in faults:
        click.echo(f"{fault}: {count}")
    if done.failed or done.dropped:
        sys.exit(1)
