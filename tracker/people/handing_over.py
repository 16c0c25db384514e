"""The page after an invitation where no mail server carries it."""

from __future__ import annotations

from flask import Response

from tracker.auth.queries import settings
from tracker.mail import queries as mail
from tracker.pages import done, page

from .services import Invited


def invited(sent: Invited, *, back: str) -> Response:
    """Say that the invitation is on its way, or show its link this once to who hands it over.

    Only the link's hash is kept: the page is drawn from memory, and not again.
    """
    if mail.has_server():
        return done(back, announce=f"An invitation is on its way to {sent.user.email}")
    return page(
        "people/link_once.html",
        person=sent.user,
        link=f"{settings().base_url}/set-password/{sent.token}",
        back=back,
    )
