"""A test client whose requests are as alone as real ones."""

from __future__ import annotations

from contextvars import Context
from typing import Any, NoReturn

from flask import has_app_context
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tracker.auth import services as auth_services
from tracker.auth.models import User
from tracker.auth.session import ACCOUNT
from tracker.db import db, unit_of_work


class TrackerClient(FlaskClient):
    """Runs each request outside the test's own app context.

    Inside it Flask would share `g` and the database session between the test and all its
    requests: a signed-in user would leak from one to the next, and a row read before a post would
    hide what the post did.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        if has_app_context():
            # Rows the test holds are read again after the request.
            db.session.rollback()
        return Context().run(super().open, *args, **kwargs)

    def __enter__(self) -> NoReturn:
        raise RuntimeError("requests run in a context of their own; use session_transaction()")

    def sign_in(self, user: User) -> None:
        """Give this client a sign-in of `user`: a real row, without the password page."""
        with unit_of_work():
            token = auth_services.sign_in(user, address="127.0.0.1", browser="test")
        with self.session_transaction() as cookie:
            cookie.clear()
            cookie["_user_id"] = token
            cookie["_fresh"] = True
            cookie[ACCOUNT] = user.id
