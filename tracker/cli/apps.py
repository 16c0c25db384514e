"""How commands get the app: settings from the environment, a plain message when they do not do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from flask import Flask


def app_from_env() -> Flask:
    """The app as the environment sets it. Raises click.ClickException with what is wrong."""
    from tracker import create_app
    from tracker.config import SettingsError

    try:
        return create_app()
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
