"""Delivery after the answer, one round at a time in each process."""

from __future__ import annotations

import logging
from threading import Lock, Thread

from flask import Flask, Response, g
from sqlalchemy.exc import SQLAlchemyError

from .delivery import deliver

log = logging.getLogger(__name__)


class Postman:
    """Goes round when a request has written a message, once its answer is out.

    The round runs beside the requests: neither the person nor their next click waits for a mail
    server. A process that is stopped in the middle leaves the message in the outbox.
    """

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._lock = Lock()
        self._is_out = False
        self._is_wanted = False

    def init(self) -> None:
        """Look at every request as it ends."""
        self._app.after_request(self._after)

    def wake(self) -> None:
        """Go round now, or once more when already out."""
        with self._lock:
            self._is_wanted = True
            if self._is_out:
                return
            self._is_out = True
        Thread(target=self._go_round, name="postman", daemon=True).start()

    def _after(self, response: Response) -> Response:
        if g.pop("mail_written", False):
            # Under test the round belongs to the request, so that its end can be waited for.
            response.call_on_close(self._deliver if self._app.testing else self.wake)
        return response

    def _go_round(self) -> None:
        while self._is_due():
            self._deliver()

    def _is_due(self) -> bool:
        with self._lock:
            self._is_out, self._is_wanted = self._is_wanted, False
            return self._is_out

    def _deliver(self) -> None:
        try:
            with self._app.app_context():
                deliver()
        except SQLAlchemyError:
            log.warning("messages could not be looked for", exc_info=True)
