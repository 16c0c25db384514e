"""Delivering what waits: no lock is held while a server is spoken to."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import delete, update

from tracker.config import Settings
from tracker.db import db, unit_of_work, utcnow

from . import queries
from .carriers import Carrier, carrier
from .domain import CLAIMED_FOR, MARK, check_of, grown, pause_after
from .models import OutgoingMail

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Delivered:
    """What a round did."""

    sent: int = 0
    failed: int = 0
    dropped: int = 0
    """Too late to be of use."""


class SecretLost(Exception):
    """The key that a message's secret grows from is not among the keys any more."""


def deliver(most: int = 1000) -> Delivered:
    """Try every message that is due, each in units of work of its own.

    One that fails waits longer each time; it is sent twice only if we die between the server's
    answer and our note of it, and then with the same Message-ID.
    """
    done, settings = Delivered(), _settings()
    done.dropped = _drop_useless()
    out = carrier(settings)
    while out is not None and done.sent + done.failed < most:
        taken = _take()
        if taken is None:
            break
        fault = _carry(out, taken, settings)
        _note(taken, fault)
        if fault:
            done.failed += 1
        elif taken.recipient is not None:
            done.sent += 1
    return done


def _drop_useless() -> int:
    if not queries.is_any_useless():
        return 0
    with unit_of_work():
        dropped = db.session.scalars(
            delete(OutgoingMail)
            .where(OutgoingMail.useless_at <= utcnow())
            .returning(OutgoingMail.recipient)
        ).all()
    number = sum(recipient is not None for recipient in dropped)
    if number:
        log.error("messages were not delivered in time", extra={"facts": {"messages": number}})
    return number


def _take() -> OutgoingMail | None:
    """The message that has been due longest, kept from other senders while it is tried."""
    found = queries.next_due()
    while found is not None:
        with unit_of_work():
            now = utcnow()
            mine = db.session.scalar(
                update(OutgoingMail)
                .where(OutgoingMail.id == found, OutgoingMail.due_at <= now)
                .values(due_at=now + CLAIMED_FOR, tries=OutgoingMail.tries + 1)
                .returning(OutgoingMail.id)
                .execution_options(synchronize_session=False)
            )
            if mine is not None:
                row = db.session.get_one(OutgoingMail, mine)
                # As it is now: what is done with it happens outside of any unit of work.
                db.session.expunge(row)
                return row
        found = queries.next_due()
    return None


def _carry(out: Carrier, row: OutgoingMail, settings: Settings) -> str:
    """Empty when it went out or goes to nobody, else the kind of the fault.

    One that cannot even be written out fails alone: those behind it are tried all the same.
    """
    if row.recipient is None:
        return ""
    try:
        out.carry(_message(row, settings))
    except Exception as error:
        return type(error).__name__
    return ""


def _note(taken: OutgoingMail, fault: str) -> None:
    with unit_of_work():
        if not fault:
            db.session.execute(delete(OutgoingMail).where(OutgoingMail.id == taken.id))
            return
        db.session.execute(
            update(OutgoingMail)
            .where(OutgoingMail.id == taken.id)
            .values(due_at=utcnow() + pause_after(taken.tries), last_fault=fault)
        )
    facts = {"mail": taken.id, "tries": taken.tries, "fault": fault}
    log.warning("a message was not delivered", extra={"facts": facts})


def _message(row: OutgoingMail, settings: Settings) -> EmailMessage:
    host = urlsplit(settings.base_url).hostname or "localhost"
    message = EmailMessage()
    message["From"] = settings.smtp.sender if settings.smtp else f"qi-tracker@{host}"
    message["To"] = row.recipient
    message["Subject"] = row.subject
    message["Date"] = format_datetime(row.created_at)
    message["Message-ID"] = f"<{row.uid}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(row.body.replace(MARK, _secret_of(row, settings)))
    return message


def _secret_of(row: OutgoingMail, settings: Settings) -> str:
    if row.seed is None:
        return ""
    texts = (grown(row.seed, key) for key in (settings.secret_key, *settings.secret_key_fallbacks))
    found = next((text for text in texts if check_of(text) == row.seed_check), None)
    if found is None:
        raise SecretLost
    return found


def _settings() -> Settings:
    settings: Settings = current_app.extensions["tracker_settings"]
    return settings
