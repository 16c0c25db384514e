"""Telling plugins what happened, once it is saved."""

from __future__ import annotations

from tracker.db import after_commit
from tracker.plugin_api import Event

from .in_app import current_host


def tell(event: Event) -> None:
    """Inside a unit of work: tell the plugins that listen, after the commit.

    A plugin that raises then costs nothing: what it was told of is saved.
    """
    after_commit(lambda: current_host().tell(event))
