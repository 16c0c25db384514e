"""A person's browser on its way over every route."""

from __future__ import annotations

from typing import Any

from werkzeug.test import TestResponse

from tracker.auth.models import User
from tracker.testing.client import TrackerClient


class Walker:
    """Keeps a person signed in; nobody is, if there is none."""

    def __init__(self, client: TrackerClient, user: User | None) -> None:
        self.client, self.user = client, user
        self._is_in = False

    def open(self, endpoint: str, url: str, *, method: str, **asked: Any) -> TestResponse:
        """One request. Only a post to the room `auth` may end a sign-in: there is a new one then.

        Were it ended anywhere else, the next answer would not be the one that is expected.
        """
        if self.user is not None and not self._is_in:
            self.client.sign_in(self.user)
        answer = self.client.open(url, method=method, **asked)
        self._is_in = not (method == "POST" and endpoint.startswith("auth."))
        return answer
