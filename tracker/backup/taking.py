"""Taking a backup: a whole copy of one moment, looked into before it gets its name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from tracker.config import Settings
from tracker.db import utcnow

from . import embedded, server
from .manifest import (
    BackupError,
    Contents,
    Manifest,
    as_json,
    manifest_beside,
    running_version,
    sha256_of,
)
from .places import (
    PRIVATE_FOLDER,
    database_file,
    engine_of,
    free_name,
    name_for,
    put,
    unfinished,
)


@dataclass(frozen=True, slots=True)
class Taken:
    """A backup that is on disk under its name."""

    file: Path
    manifest: Manifest


def take(settings: Settings, to: Path) -> Taken:
    """Back up the database while people write, to a file that is not there or into a folder.

    Raises BackupError and leaves nothing when the copy is not whole. A history that somebody
    changed is copied as it is: `manifest.contents.broken_at` tells.
    """
    engine, taken_at = engine_of(settings), utcnow()
    file = free_name(to / name_for(engine, taken_at)) if to.is_dir() else to
    if not file.parent.is_dir():
        raise BackupError(f"There is no folder {file.parent}")
    beside = manifest_beside(file)
    for path in (file, beside):
        if path.exists():
            raise BackupError(f"{path} exists; a backup overwrites nothing")
    with unfinished(file) as part, unfinished(beside) as told:
        contents = _copy(settings, part)
        manifest = _manifest(file, part, engine, taken_at, contents)
        told.write_text(as_json(manifest), encoding="utf-8")
        put(part, file)
        # Last: a backup with a manifest is a whole one.
        put(told, beside)
    return Taken(file, manifest)


def take_into(settings: Settings, folder: Path) -> Taken:
    """Back up into a folder, which is made, readable by its owner alone, if it is not there."""
    try:
        folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    except OSError as error:
        raise BackupError(f"Cannot make the folder {folder}: {error.strerror}") from error
    return take(settings, folder)


def _copy(settings: Settings, part: Path) -> Contents:
    database = database_file(settings)
    try:
        if database is not None:
            return embedded.copy(database, part)
        return server.copy(settings.database_url, part)
    except (SQLAlchemyError, OSError) as error:
        raise BackupError(f"The database could not be copied: {error}") from error


def _manifest(
    file: Path, part: Path, engine: str, taken_at: datetime, contents: Contents
) -> Manifest:
    return Manifest(
        product_version=running_version(),
        engine=engine,
        taken_at=taken_at,
        file=file.name,
        bytes=part.stat().st_size,
        sha256=sha256_of(part),
        contents=contents,
    )
