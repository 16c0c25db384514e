"""The host of an app: made in `create_app`, none at module level."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import cast

from flask import Flask, current_app

from tracker.config import Settings

from .discovery import discover
from .faults import SetAside
from .host import PluginHost

log = logging.getLogger(__name__)
EXTENSION = "tracker_plugins"


def init_plugins(app: Flask, settings: Settings) -> PluginHost:
    """Load the plugins that the settings ask for and keep them with the app."""
    found = discover(settings.plugins, settings.plugin_folders)
    host = PluginHost(strict=settings.strict_plugins).load(found)
    app.extensions[EXTENSION] = host
    log_set_aside(host.set_aside)
    return host


def current_host() -> PluginHost:
    """The host of the current app."""
    return cast(PluginHost, current_app.extensions[EXTENSION])


def log_set_aside(plugins: Iterable[SetAside]) -> None:
    """Tell the log; the plugins page and `tracker plugins` tell people."""
    for one in plugins:
        trace = f"\n{one.detail}" if one.detail else ""
        log.error("plugin %s set aside at %s: %s%s", one.name, one.stage, one.reason, trace)
