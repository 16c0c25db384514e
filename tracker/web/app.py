"""Putting the rooms together: the one place that knows them all."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.middleware.proxy_fix import ProxyFix

from tracker import (
    adoption,
    agenda,
    attachments,
    auth,
    case_studies,
    charter,
    comments,
    copying,
    deleted,
    drafts,
    drivers,
    history,
    mail,
    measures,
    organisations,
    overview,
    pdsa,
    people,
    programmes,
    projects,
    risks,
    search,
    stakeholders,
    storyboard,
    sustaining,
    tasks,
)
from tracker.config import MEGABYTE, Settings
from tracker.db import migrations
from tracker.db.engine import init_db
from tracker.permissions import check_routes
from tracker.plugin_host import init_plugins

from . import init_web
from .nav import init_nav
from .plugins import mount_plugins

FEATURES = (
    auth,
    organisations,
    people,
    programmes,
    projects,
    comments,
    measures,
    drivers,
    pdsa,
    tasks,
    risks,
    attachments,
    stakeholders,
    charter,
    sustaining,
    storyboard,
    drafts,
    history,
    adoption,
    overview,
    agenda,
    case_studies,
    deleted,
    search,
    copying,
    mail,
)


def build(settings: Settings | None = None) -> Flask:
    """The app with every room in it. Raises SettingsError or UndeclaredRoute rather than start."""
    settings = settings or Settings.from_env()
    app = Flask("tracker", static_folder=None, template_folder=None)
    app.extensions["tracker_settings"] = settings
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SECRET_KEY_FALLBACKS=list(settings.secret_key_fallbacks),
        TRUSTED_HOSTS=list(settings.trusted_hosts) or None,
        # A file of 8 MB and the form around it.
        MAX_CONTENT_LENGTH=8 * MEGABYTE + 64 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * MEGABYTE,
        MAX_FORM_PARTS=2000,
        WTF_CSRF_TIME_LIMIT=None,
        TESTING=settings.testing,
        **settings.flask,
    )
    if settings.proxies:
        n = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n)  # type: ignore[method-assign]
    init_db(app, settings.database_url)
    init_web(app)
    host = init_plugins(app, settings)
    for feature in FEATURES:
        feature.init(app)
    mount_plugins(app, host)
    init_nav(app)
    app.extensions["qi_ready"]["migrations"] = _is_migrated(app)
    check_routes(app)
    return app


def _is_migrated(app: Flask) -> Callable[[], bool]:
    """Readiness: the database is at the revision of this code. Once it is, it stays so."""
    done = False

    def check() -> bool:
        nonlocal done
        if not done:
            try:
                done = not migrations.pending(app)
            except (SQLAlchemyError, migrations.DatabaseNewer):
                return False
        return done

    return check
