"""Pages of plugins: mounted under their own address, and guarded so that one that fails is told."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from flask import Flask, Response, current_app, g
from flask.typing import ResponseReturnValue, RouteCallable
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from werkzeug.exceptions import HTTPException

from tracker.db import db
from tracker.plugin_host import LoadStage, PluginFault, PluginHost, current_host
from tracker.plugin_host.mounting import prefix_of
from tracker.plugin_host.watch import Failure

from .errors import Words, answer

ANSWERS: Final = (HTTPException, OperationalError, NoConnection)
"""What the tracker answers itself, on a plugin's page as anywhere: refusals, a busy database."""


def mount_plugins(app: Flask, host: PluginHost) -> None:
    """Register the pages of every active plugin. Runs when all of the tracker's own are there."""
    host.watch.after_failure = db.session.rollback
    for name, plugin in list(host.active.items()):
        taken = [b.name for b in plugin.code.blueprints if b.name in app.blueprints]
        if taken:
            told = (
                f"the tracker has a blueprint called {taken[0]!r}; call the plugin something else"
            )
            host.retire(name, PluginFault(LoadStage.MOUNT, told))
            continue
        before = set(app.view_functions)
        for blueprint in plugin.code.blueprints:
            app.register_blueprint(blueprint, url_prefix=prefix_of(name))
        for endpoint in set(app.view_functions) - before:
            app.view_functions[endpoint] = _guarded(name, endpoint, app.view_functions[endpoint])


def _guarded(name: str, endpoint: str, view: RouteCallable) -> Callable[..., ResponseReturnValue]:
    @wraps(view)
    def guarded(**parts: Any) -> ResponseReturnValue:
        host = current_host()
        if name not in host.active:
            return answer(404, _gone(name))
        g.plugin = name

        def respond() -> Response:
            # Flask looks at what a view returns only later, outside the guard.
            return current_app.make_response(current_app.ensure_sync(view)(**parts))

        found = host.watch.call(name, endpoint, respond, Response, passing=ANSWERS)
        if isinstance(found, Failure):
            return answer(500, _failed(host.active[name].info.title))
        return found

    return guarded


def _gone(name: str) -> Words:
    return Words(
        "This page is not available",
        f"It belongs to the plugin {name}, which this server does not use at the moment.",
        "Your projects and their data are unaffected. Ask your system administrator.",
    )


def _failed(title: str) -> Words:
    return Words(
        "This page isn\u2019t available",
        f"It belongs to the plugin {title}, which failed. That has been recorded.",
        "Everything else works. Try again later, or tell us the reference below.",
    )
