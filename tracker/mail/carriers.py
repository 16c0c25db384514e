"""Two ways out: an SMTP server, and a folder for an installation without one."""

from __future__ import annotations

import os
import tempfile
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol

from sqlalchemy import make_url

from tracker.config import Protection, Settings, Smtp

TIMEOUT = 10
"""Seconds for each step of the conversation with the server."""
PRIVATE_FOLDER = 0o700


class Carrier(Protocol):
    """Takes one message out. Raises OSError, of which SMTPException is one, when it cannot."""

    def carry(self, message: EmailMessage) -> None: ...


class Server:
    """An SMTP server, spoken to anew for each message."""

    def __init__(self, smtp: Smtp) -> None:
        self._smtp = smtp

    def carry(self, message: EmailMessage) -> None:
        import smtplib
        import ssl

        smtp, context = self._smtp, ssl.create_default_context()
        if smtp.protection is Protection.TLS:
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                smtp.host, smtp.port, timeout=TIMEOUT, context=context
            )
        else:
            connection = smtplib.SMTP(smtp.host, smtp.port, timeout=TIMEOUT)
        with connection:
            if smtp.protection is Protection.STARTTLS:
                connection.starttls(context=context)
            if smtp.user:
                connection.login(smtp.user, smtp.password)
            connection.send_message(message)


class Folder:
    """A folder of `.eml` files, each whole from the moment it can be seen."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def carry(self, message: EmailMessage) -> None:
        self._folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        name = str(message["Message-ID"]).strip("<>").partition("@")[0]
        with tempfile.NamedTemporaryFile(dir=self._folder, delete=False) as file:
            file.write(message.as_bytes())
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(self._folder / f"{name}.eml")


def mail_folder(settings: Settings) -> Path | None:
    """TRACKER_MAIL_FOLDER, or `mail` beside an SQLite database."""
    if settings.mail_folder is not None:
        return settings.mail_folder
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return None
    return Path(url.database).parent / "mail"


def carrier(settings: Settings) -> Carrier | None:
    """The server, or else the folder; None leaves messages where they wait."""
    if settings.smtp is not None:
        return Server(settings.smtp)
    folder = mail_folder(settings)
    return Folder(folder) if folder is not None else None
