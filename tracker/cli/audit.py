"""`tracker audit verify`: whether the history is as it was written."""

from __future__ import annotations

import sys

import click

from .apps import app_from_env


@click.group()
def audit() -> None:
    """The history of who did what."""


@audit.command()
def verify() -> None:
    """Walk the chain of hashes. Exit 1 where it is broken.

    Keep the head hash it prints outside this server: with it, a chain rebuilt by somebody who has
    the database can be told from the real one.
    """
    from tracker.audit import chain

    with app_from_env().app_context():
        found = chain.verify()
    if found.broken_at is not None:
        click.echo(f"Broken at event {found.broken_at}: {found.reason}.", err=True)
        sys.exit(1)
    click.echo(f"{found.events} events, all as they were written. Head hash {found.head}")
