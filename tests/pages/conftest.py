"""A bare site without a database: what forms and pages need to be drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from tracker.config import Settings
from tracker.web import init_web


@pytest.fixture(scope="session")
def site() -> Flask:
    app = Flask("tracker", static_folder=None, template_folder=None)
    app.extensions["tracker_settings"] = Settings(
        database_url="sqlite://", secret_key="k" * 32, dev=True
    )
    app.config.update(SECRET_KEY="k" * 32, TESTING=True, WTF_CSRF_ENABLED=False)
    init_web(app)
    return app


@pytest.fixture
def context(site: Flask) -> Iterator[Flask]:
    with site.test_request_context("/"):
        yield site


@pytest.fixture
def send(context: Flask) -> Callable[[type[Any], dict[str, Any]], Any]:
    """The form as it is after these values were sent, and checked."""

    def sent(form_class: type[Any], values: dict[str, Any]) -> Any:
        form = form_class(formdata=MultiDict(values))
        form.validate()
        return form

    return sent
