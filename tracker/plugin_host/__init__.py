"""Finds, checks and holds plugins. What it holds for an app is `current_host()`."""

from .discovery import Found, Origin, discover, given
from .faults import LoadStage, PluginFault, SetAside
from .host import ActivePlugin, PluginHost
from .in_app import current_host, init_plugins

__all__ = [
    "ActivePlugin",
    "Found",
    "LoadStage",
    "Origin",
    "PluginFault",
    "PluginHost",
    "SetAside",
    "current_host",
    "discover",
    "given",
    "init_plugins",
]
