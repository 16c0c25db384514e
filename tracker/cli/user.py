"""`tracker user`: what is held about a person, and ending that."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from .apps import app_from_env

if TYPE_CHECKING:
    from tracker.auth.models import User


@click.group()
def user() -> None:
    """What the tracker holds about a person."""


@contextmanager
def _person(email: str, *, writes: bool) -> Iterator[User]:
    from contextlib import nullcontext

    from tracker.auth import queries
    from tracker.db import unit_of_work

    with app_from_env().app_context(), unit_of_work() if writes else nullcontext():
        found = queries.by_email(email)
        if found is None:
            raise click.ClickException("There is no account with this e-mail address.")
        yield found


@user.command()
@click.argument("email")
def export(email: str) -> None:
    """Print everything held about a person as JSON: for a request to see one's data."""
    from tracker import audit
    from tracker.auth import personal

    with _person(email, writes=True) as person:
        held = personal.export(person)
        audit.record("user.exported", of=person, by=None)
    click.echo(json.dumps(held, indent=2, ensure_ascii=False))


@user.command()
@click.argument("email")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(email: str, yes: bool) -> None:
    """Put a pseudonym in a person's place, wherever their name or e-mail address stands.

    Cannot be undone. Their roles and sign-ins end, and drafts go. The history keeps what they did
    under their number. Backups keep the name until they run out.
    """
    from tracker.auth import personal

    if not yes:
        click.confirm(f"Erase {email} for good?", abort=True)
    with _person(email, writes=True) as person:
        done = personal.erase(person)
    click.echo(f"They are {done.name} now. Texts that named them and were changed: {done.texts}.")
    if done.namesakes:
        click.echo(
            f"{done.namesakes} other people have the same name, so texts that hold it were left as "
            "they are: read them, and take the name out where it means this person."
        )


@user.command()
@click.argument("email")
def disable(email: str) -> None:
    """Let an account in no more: sign-ins and links end at once."""
    from tracker.auth import personal

    with _person(email, writes=True) as person:
        personal.disable(person)
    click.echo("The account is disabled. `tracker user enable` lets it in again.")


@user.command()
@click.argument("email")
def enable(email: str) -> None:
    """Let a disabled account in again."""
    from tracker.auth import personal

    with _person(email, writes=True) as person:
        personal.enable(person)
    click.echo("The account can sign in again.")
