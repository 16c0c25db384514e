"""`tracker doctor`: what is unsafe about this installation, before somebody else finds out."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import click
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from tracker.backup import BackupError, backup_folder, database_file, newest
from tracker.config import Protection, Settings

from .apps import app_from_env
from .mounts import NETWORK, changed_by_others, file_system, read_mounts, seen_by_others

if TYPE_CHECKING:
    from flask import Flask

SAMPLES: Final = ("change", "example", "sample", "secret", "your-", "your_", "replace", "insecure")
FEWEST_CHARACTERS: Final = 10
LONGEST_WITHOUT: Final = timedelta(hours=24)
LONGEST_IDLE: Final = timedelta(hours=4)
LONGEST_SIGN_IN: Final = timedelta(hours=24)
AHEAD: Final = timedelta(minutes=1)
ENCRYPTED: Final = {"require", "verify-ca", "verify-full"}
"""Words for `sslmode` with which PostgreSQL's client never falls back to plain text."""
LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")
LONGEST_UNSENT: Final = timedelta(minutes=30)


class Level(StrEnum):
    """How bad it is."""

    UNSAFE = "unsafe"
    """People's work or accounts are at risk: exit 1."""
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to put right, with what to do."""

    level: Level
    text: str


@dataclass(frozen=True, slots=True)
class Installation:
    """What is looked at: the app, its environment, and where file systems are mounted."""

    app: Flask
    env: Mapping[str, str] = field(default_factory=lambda: os.environ)
    mounts: Mapping[Path, str] = field(default_factory=read_mounts)
    full: bool = False

    @property
    def settings(self) -> Settings:
        """As the app was made with."""
        settings: Settings = self.app.extensions["tracker_settings"]
        return settings


@click.command()
@click.option("--full", is_flag=True, help="Also walk the whole history, which may take minutes.")
def doctor(full: bool) -> None:
    """Look for unsafe settings and what is out of order. Exit 1 when anything is unsafe."""
    try:
        found = examine(Installation(app_from_env(), full=full))
    except BackupError as error:
        raise click.ClickException(str(error)) from error
    for finding in found:
        click.echo(f"{finding.level}: {finding.text}")
    unsafe = sum(finding.level is Level.UNSAFE for finding in found)
    click.echo(f"Unsafe: {unsafe}. Warnings: {len(found) - unsafe}.")
    if not full:
        click.echo("The history was not walked; --full does it.")
    if unsafe:
        sys.exit(1)


def examine(here: Installation) -> list[Finding]:
    """Everything that is found, the unsafe first."""
    found = [finding for check in CHECKS for finding in check(here)]
    return sorted(found, key=lambda finding: finding.level is not Level.UNSAFE)


def _key(here: Installation) -> Iterator[Finding]:
    for key in (here.settings.secret_key, *here.settings.secret_key_fallbacks):
        if len(set(key)) < FEWEST_CHARACTERS or any(word in key.lower() for word in SAMPLES):
            yield Finding(
                Level.UNSAFE,
                "the secret key looks like a sample: anyone who knows it can sign in as anyone. "
                'Make one with: python -c "import secrets; print(secrets.token_hex(32))"',
            )


def _addresses(here: Installation) -> Iterator[Finding]:
    settings = here.settings
    if settings.dev:
        yield Finding(Level.WARNING, "TRACKER_DEV is on: plain http, good for this machine alone")
    elif urlsplit(settings.base_url).scheme != "https":
        yield Finding(
            Level.UNSAFE,
            f"TRACKER_BASE_URL is {settings.base_url}: without https passwords are sent readable",
        )
    elif not settings.proxies:
        yield Finding(
            Level.WARNING,
            "TRACKER_PROXIES is 0: behind the proxy that ends TLS everybody seems to come from one "
            "address, and shares its limit of refused sign-ins",
        )
    yield from _hosts(settings)


def _hosts(settings: Settings) -> Iterator[Finding]:
    if settings.dev:
        return
    if not settings.trusted_hosts:
        yield Finding(
            Level.WARNING,
            "TRACKER_TRUSTED_HOSTS is empty, so any Host header is answered: name the hosts that "
            "are yours",
        )
        return
    from werkzeug.sansio.utils import host_is_trusted

    host = urlsplit(settings.base_url).netloc
    if not host_is_trusted(host, settings.trusted_hosts):
        yield Finding(
            Level.WARNING,
            f"{host} of TRACKER_BASE_URL is not among TRACKER_TRUSTED_HOSTS: who comes by it is "
            "refused",
        )


def _sign_ins(here: Installation) -> Iterator[Finding]:
    settings = here.settings
    if not settings.idle_time or not settings.longest_sign_in:
        yield Finding(
            Level.UNSAFE,
            "TRACKER_IDLE_MINUTES or TRACKER_SIGN_IN_HOURS is 0: nobody can sign in",
        )
    if settings.idle_time > LONGEST_IDLE or settings.longest_sign_in > LONGEST_SIGN_IN:
        yield Finding(
            Level.WARNING,
            "a sign-in lasts longer than 4 hours without a request, or 24 hours in all: on a ward "
            "the next person has it. See TRACKER_IDLE_MINUTES and TRACKER_SIGN_IN_HOURS",
        )


def _contact(here: Installation) -> Iterator[Finding]:
    if not here.settings.contact:
        yield Finding(
            Level.WARNING, "TRACKER_CONTACT is empty: people are not told whom to ask for help"
        )


def _files(here: Installation) -> Iterator[Finding]:
    file, key = database_file(here.settings), here.env.get("TRACKER_SECRET_KEY_FILE")
    if key and seen_by_others(Path(key)):
        yield Finding(Level.UNSAFE, f"the key in {key} can be read by others: chmod 600 {key}")
    if file is None:
        return
    wal = file.with_name(f"{file.name}-wal")
    for path in (file, wal):
        if seen_by_others(path):
            yield Finding(Level.UNSAFE, f"{path} can be read by others: chmod 600 {path}")
    kind = file_system(file, here.mounts)
    if kind in NETWORK or kind.startswith("fuse."):
        yield Finding(
            Level.UNSAFE,
            f"{file} is on a network file system ({kind}), where SQLite loses data: put it on a "
            "local disk, or use PostgreSQL",
        )


def _server(here: Installation) -> Iterator[Finding]:
    url = make_url(here.settings.database_url)
    if database_file(here.settings) is not None:
        return
    host = str(url.query.get("host") or url.host or "")
    is_local = not host or host.startswith("/") or host in {"localhost", "127.0.0.1", "::1"}
    if not is_local and url.query.get("sslmode") not in ENCRYPTED:
        yield Finding(
            Level.WARNING,
            f"the connection to PostgreSQL on {host} may go unencrypted: add ?sslmode=verify-full "
            "to TRACKER_DATABASE_URL",
        )


def _rights(here: Installation) -> Iterator[Finding]:
    from sqlalchemy import text

    from tracker.db import db

    if database_file(here.settings) is not None:
        return
    mine = text("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    with here.app.app_context():
        is_superuser = db.session.scalar(mine)
    if is_superuser:
        yield Finding(
            Level.WARNING,
            "the tracker's account of PostgreSQL is a superuser: give it a database of its own and "
            "no more",
        )


def _tables(here: Installation) -> Iterator[Finding]:
    from tracker.db import migrations

    try:
        steps = migrations.pending(here.app)
    except migrations.DatabaseNewer as error:
        yield Finding(Level.UNSAFE, str(error))
        return
    except SQLAlchemyError as error:
        yield Finding(Level.UNSAFE, f"the database does not answer: {type(error).__name__}")
        return
    if steps:
        yield Finding(Level.UNSAFE, f"the database needs {len(steps)} changes: run tracker migrate")
        return
    yield from _rights(here)
    yield from _accounts(here)
    yield from _clock(here)
    yield from _outbox(here)
    yield from _search(here)
    yield from _history(here)


def _accounts(here: Installation) -> Iterator[Finding]:
    from sqlalchemy import func, select

    from tracker.auth.models import User
    from tracker.db import db

    if here.settings.demo:
        return
    with here.app.app_context():
        count = db.session.scalar(select(func.count()).where(User.is_demo))
    if count:
        yield Finding(
            Level.WARNING,
            f"the database holds demonstration accounts ({count}), whose passwords are published. "
            "They cannot sign in here, but begin with an empty database",
        )


def _clock(here: Installation) -> Iterator[Finding]:
    from sqlalchemy import select

    from tracker.audit.models import AuditEvent
    from tracker.db import db, utcnow

    newest_first = select(AuditEvent.at).order_by(AuditEvent.seq.desc()).limit(1)
    with here.app.app_context():
        last = db.session.scalar(newest_first)
    if last is not None and last > utcnow() + AHEAD:
        yield Finding(
            Level.WARNING,
            f"this machine's clock is behind: the newest event is of {last:%Y-%m-%d %H:%M} UTC. "
            "Sign-ins and links last by the clock; set it by NTP on every host",
        )


def _outbox(here: Installation) -> Iterator[Finding]:
    from tracker.mail import queries

    with here.app.app_context():
        count = queries.waiting(longer_than=LONGEST_UNSENT)
    if count:
        yield Finding(
            Level.WARNING,
            f"messages have waited for more than half an hour ({count}): run tracker mail send, "
            "which says what is wrong, and let cron run it every 5 minutes",
        )


def _search(here: Installation) -> Iterator[Finding]:
    from tracker.db import indexing

    with here.app.app_context():
        count = indexing.out_of_step()
    if count:
        yield Finding(
            Level.WARNING,
            f"search lacks things that are there, or finds what is gone ({count}): "
            "run tracker search rebuild",
        )


def _mail(here: Installation) -> Iterator[Finding]:
    from tracker.mail.carriers import mail_folder

    smtp, folder = here.settings.smtp, mail_folder(here.settings)
    if smtp is None:
        where = f"are written to {folder}" if folder else "wait in the database"
        yield Finding(
            Level.WARNING,
            f"TRACKER_SMTP_HOST is empty: invitations and new passwords {where}, and nobody gets "
            "them by themselves",
        )
    elif smtp.protection is Protection.NONE and smtp.host not in LOOPBACK:
        yield Finding(
            Level.WARNING,
            "TRACKER_SMTP_SECURITY is none: messages, with links that set passwords, travel "
            f"readable to {smtp.host}",
        )
    password = here.env.get("TRACKER_SMTP_PASSWORD_FILE")
    if password and seen_by_others(Path(password)):
        yield Finding(
            Level.UNSAFE, f"the password in {password} can be read by others: chmod 600 {password}"
        )
    if smtp is None and folder is not None and seen_by_others(folder):
        yield Finding(
            Level.UNSAFE, f"messages in {folder} can be read by others: chmod 700 {folder}"
        )


def _history(here: Installation) -> Iterator[Finding]:
    from tracker.audit import chain

    if not here.full:
        return
    with here.app.app_context():
        verdict = chain.verify()
    if verdict.broken_at is not None:
        yield Finding(
            Level.UNSAFE,
            f"the history is broken at event {verdict.broken_at}: {verdict.reason}",
        )


def _plugins(here: Installation) -> Iterator[Finding]:
    for folder in here.settings.plugin_folders:
        if changed_by_others(folder):
            yield Finding(
                Level.UNSAFE,
                f"others can write in {folder}, and what is in it is run: chmod o-w {folder}",
            )
    for one in here.app.extensions["tracker_plugins"].set_aside:
        yield Finding(
            Level.WARNING, f"the plugin {one.name} is set aside at {one.stage}: {one.reason}"
        )


def _backups(here: Installation) -> Iterator[Finding]:
    from tracker.db import utcnow

    try:
        folder = backup_folder(here.settings)
    except BackupError as error:
        yield Finding(Level.WARNING, str(error))
        return
    there = folder if folder.exists() else folder.parent
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        yield Finding(Level.WARNING, f"backups cannot be written to {folder}")
    for path in sorted(folder.glob("tracker-*")):
        if seen_by_others(path):
            yield Finding(Level.UNSAFE, f"{path} can be read by others: chmod 600 {path}")
    last = newest(folder) if folder.is_dir() else None
    if last is None:
        yield Finding(
            Level.WARNING, f"there is no backup in {folder}: run tracker backup every night"
        )
    elif (age := utcnow() - last.taken_at) > LONGEST_WITHOUT:
        hours = int(age.total_seconds() // 3600)
        yield Finding(Level.WARNING, f"the last backup in {folder} is {hours} hours old")


def _programs(here: Installation) -> Iterator[Finding]:
    from tracker.backup.server import DUMP, RESTORE, program

    if database_file(here.settings) is not None:
        return
    try:
        for name in (DUMP, RESTORE):
            program(name)
    except BackupError as error:
        yield Finding(Level.WARNING, f"no backup can be taken: {error}")


CHECKS: Final[tuple[Callable[[Installation], Iterator[Finding]], ...]] = (
    _key,
    _addresses,
    _sign_ins,
    _files,
    _server,
    _tables,
    _plugins,
    _contact,
    _mail,
    _backups,
    _programs,
)
