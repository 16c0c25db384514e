"""Once in each process, before its first request: do plugins still mean what is stored?"""

from __future__ import annotations

from threading import Lock

from flask import Flask, current_app
from sqlalchemy.exc import DatabaseError

from tracker.db import db
from tracker.plugin_host import current_host, migrating
from tracker.plugin_host.in_app import log_set_aside

from . import queries


def init_reconciling(app: Flask) -> None:
    """Compare before the first request; writes nothing. Commands call `reconcile` themselves."""
    lock = Lock()
    is_done = False

    @app.before_request
    def once() -> None:
        nonlocal is_done
        if is_done:
            return
        with lock:
            if not is_done:
                is_done = reconcile()


def reconcile() -> bool:
    """Set aside plugins that changed the meaning of what is in use, or whose tables are behind.

       False without a database yet.
    Raises PluginFault in strict mode.
    """
    try:
        known = queries.fingerprints()
    except DatabaseError:
        # Before the first migration there is nothing to compare with: ask again next time.
        return False
    finally:
        # The request starts afresh: it may be one that must not hold a connection.
        db.session.rollback()
    host = current_host()
    before = len(host.set_aside)
    host.reconcile(known)
    migrating.set_aside_behind(current_app, host)
    log_set_aside(host.set_aside[before:])
    return True
