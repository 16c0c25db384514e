"""The web door: layout, assets, headers, errors, health, and the app that joins the rooms."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_web(app: Flask) -> None:
    """Give the app its frame. Needs `app.extensions["tracker_settings"]` and a bound database.

    Must run before anything touches `app.jinja_env` and before any feature registers a route.
    """
    from .about import bp as about
    from .assets import init_assets
    from .errors import init_errors
    from .headers import init_headers
    from .health import init_health
    from .requests import init_requests
    from .routing import IdConverter
    from .templating import init_templating

    app.url_map.converters["id"] = IdConverter
    init_templating(app, app.extensions["tracker_settings"])
    init_requests(app)
    init_headers(app)
    init_errors(app)
    init_assets(app)
    init_health(app)
    app.register_blueprint(about)
