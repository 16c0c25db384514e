"""Messages to people: written down with the change that causes them, delivered after it.

A message is a row of the outbox in the unit of work of what it tells of, so that none is sent for
what was never saved and none is lost. Delivery comes after the answer, and a server that is away
holds up nobody: `tracker mail send` tries again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init(app: Flask) -> None:
    """Send what a request has written, once it is answered."""
    from .postman import Postman
    from .writing import init_writing

    init_writing(app)
    Postman(app).init()
