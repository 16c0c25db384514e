"""Putting a backup back: checked first, the old database moved aside, never deleted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from tracker.config import Settings
from tracker.db import migrations, utcnow

from . import embedded, server
from .contents import VERSIONS, compare
from .manifest import BackupError, Manifest, read_manifest, running_version, sha256_of
from .places import STAMP, database_file, engine_of, free_name


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and what the old database is called now; None if there was none."""

    manifest: Manifest
    aside: str | None


def check(settings: Settings, file: Path) -> Manifest:
    """Whether a backup may be put back here: whole, of this engine, of no newer release.

    Raises BackupError with the reason why not. Changes nothing.
    """
    manifest = read_manifest(file)
    try:
        found = sha256_of(file)
    except OSError as error:
        raise BackupError(f"{file} cannot be read: {error.strerror}") from error
    if found != manifest.sha256:
        raise BackupError(f"{file} is not the file that was backed up: its sha256 is {found}")
    if manifest.engine != engine_of(settings):
        raise BackupError(
            f"{file} is a backup of {manifest.engine}, the database is {engine_of(settings)}"
        )
    head = manifest.contents.heads.get(VERSIONS)
    if head is not None and not migrations.is_known(head):
        raise BackupError(
            f"{file} was made by a newer release ({manifest.product_version}, revision {head}). "
            "Install that release first."
        )
    if _numbers(manifest.product_version) > _numbers(running_version()):
        raise BackupError(
            f"{file} was made by release {manifest.product_version}; this is the older "
            f"{running_version()}. Install that release first."
        )
    return manifest


def restore(settings: Settings, file: Path) -> Restored:
    """Put a backup in the database's place and keep the old one under another name.

    What is put back is counted, and its history walked, before anything is exchanged. Raises
    BackupError, and then the database is as it was.
    """
    manifest = check(settings, file)
    database, stamp = database_file(settings), utcnow().strftime(STAMP)
    agrees = partial(compare, told=manifest.contents)
    try:
        if database is not None:
            aside = free_name(database.with_name(f"{database.name}.before-{stamp}"))
            was_there = embedded.put_back(file, database, aside, agrees)
            return Restored(manifest, str(aside) if was_there else None)
        name = server.aside_name(settings.database_url, stamp)
        was_there = server.put_back(file, settings.database_url, name, agrees)
        return Restored(manifest, name if was_there else None)
    except (SQLAlchemyError, OSError) as error:
        raise BackupError(f"The backup could not be put back: {error}") from error


def _numbers(release: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", release)))
