"""`tracker create-admin`: the first account of an installation. There is no default one."""

from __future__ import annotations

import click

from .apps import app_from_env


@click.command("create-admin")
@click.argument("email")
@click.argument("name")
def create_admin(email: str, name: str) -> None:
    """Make an account for a system administrator and print the link that sets its password.

    The link works once, for 24 hours. EMAIL is what they sign in with, NAME how others see them.
    """
    from tracker.auth import services
    from tracker.auth.domain import LinkPurpose
    from tracker.db import unit_of_work
    from tracker.permissions import Role
    from tracker.safe.dates import today

    app = app_from_env()
    settings = app.extensions["tracker_settings"]
    with app.app_context():
        try:
            with unit_of_work():
                user = services.create_user(email, name, by=None)
                services.give_membership(user, Role.SYSTEM_ADMINISTRATOR, on=today(), by=None)
                token = services.make_link(user, purpose=LinkPurpose.FIRST_ADMINISTRATOR, by=None)
                made = user.email
        except ValueError as error:
            raise click.ClickException(f"{error}. Nothing was changed.") from error
    click.echo(f"{made} is a system administrator.")
    click.echo("Open this link within 24 hours to set the password; it works once:")
    click.echo(f"{settings.base_url}/set-password/{token}")
