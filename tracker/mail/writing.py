"""Writing a message: a plain-text template, in the unit of work of what it tells of."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, Flask, current_app, g, has_request_context
from jinja2 import Environment

from tracker.config import Settings
from tracker.db import db, utcnow

from .domain import MARK, TRIED_FOR, Secret, check_of, new_secret
from .models import OutgoingMail


def init_writing(app: Flask) -> None:
    """Give messages templates of their own kind: they are text, so nothing in them is escaped."""
    app.register_blueprint(Blueprint("mail", __name__, template_folder="templates"))
    # No page is ever drawn with this: its templates end in .txt and are never shown as HTML.
    letters = app.jinja_env.overlay(autoescape=False)
    app.extensions["tracker_letters"] = letters


def secret() -> Secret:
    """A secret to put into a message, such as the end of a one-time link."""
    return new_secret(_settings().secret_key)


def write(
    recipient: str | None,
    subject: str,
    template: str,
    *,
    secret: Secret | None = None,
    useful_for: timedelta = TRIED_FOR,
    **context: Any,
) -> None:
    """Put a message into the outbox, inside the unit of work of what it tells of.

    `template` is a `.txt` that extends `mail/letter.txt`; it sees `base_url` beside the context.
    Without a recipient the same work is done and nothing is sent.
    """
    letters: Environment = current_app.extensions["tracker_letters"]
    body = letters.get_template(template).render(base_url=_settings().base_url, **context)
    now = utcnow()
    db.session.add(
        OutgoingMail(
            recipient=recipient,
            subject=" ".join(subject.split()),
            body=body.replace(secret.text, MARK) if secret else body,
            seed=secret.seed if secret else None,
            seed_check=check_of(secret.text) if secret else None,
            created_at=now,
            due_at=now,
            useless_at=now + useful_for,
        )
    )
    db.session.flush()
    if has_request_context():
        g.mail_written = True


def _settings() -> Settings:
    settings: Settings = current_app.extensions["tracker_settings"]
    return settings
