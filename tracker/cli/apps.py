"""How commands get the app: settings from the environment, a plain message when they do not do."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from flask import Flask


def app_from_env() -> Flask:
    """The app as the environment sets it. Raises click.ClickException with what is wrong."""
    from tracker import create_app
    from tracker.config import SettingsError

    try:
        app = create_app()
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    if context := click.get_current_context(silent=True):
        context.call_on_close(partial(_let_go, app))
    return app


def _let_go(app: Flask) -> None:
    """Close the connections a command leaves idle."""
    from tracker.db import db

    with app.app_context():
        engine = db.engine
    engine.dispose()
