"""Where things are: the database, the folder for backups, and a file that nobody overwrites."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import make_url

from tracker.config import Settings

from .manifest import BackupError, Manifest, manifest_beside, read_manifest

PRIVATE_FOLDER: Final = 0o700
ENDINGS: Final = {"sqlite": ".db", "postgresql": ".dump"}
STAMP: Final = "%Y%m%dT%H%M%SZ"


def engine_of(settings: Settings) -> str:
    """`sqlite` or `postgresql`."""
    return make_url(settings.database_url).get_backend_name()


def database_file(settings: Settings) -> Path | None:
    """The file of an SQLite database; None for PostgreSQL."""
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite":
        return None
    if not url.database or url.database == ":memory:":
        raise BackupError("A database in memory cannot be backed up")
    return Path(url.database)


def backup_folder(settings: Settings) -> Path:
    """TRACKER_BACKUP_FOLDER, or `backups` beside an SQLite database. Raises BackupError."""
    if settings.backup_folder is not None:
        return settings.backup_folder
    file = database_file(settings)
    if file is None:
        raise BackupError("Say where backups go: set TRACKER_BACKUP_FOLDER to a folder")
    return file.parent / "backups"


def newest(folder: Path) -> Manifest | None:
    """The manifest of the latest backup in a folder whose file is still there."""
    found = []
    for path in folder.glob("*.json"):
        file = path.with_suffix("")
        try:
            if file.exists():
                found.append(read_manifest(file))
        except BackupError:
            continue
    return max(found, key=lambda manifest: manifest.taken_at, default=None)


def name_for(engine: str, when: datetime) -> str:
    """A file name by the moment: `tracker-20260401T013000Z.db`."""
    return f"tracker-{when.strftime(STAMP)}{ENDINGS[engine]}"


def free_name(path: Path) -> Path:
    """The path, or one with the first number that neither a backup nor a manifest has."""
    tried, number = path, 1
    while os.path.lexists(tried) or os.path.lexists(manifest_beside(tried)):
        number += 1
        tried = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return tried


@contextmanager
def unfinished(beside: Path) -> Iterator[Path]:
    """A new file in the folder of `beside` that its owner alone can read.

    Gone when the block ends; a process that is killed leaves it, hidden and ending in `.part`.
    """
    try:
        handle, name = tempfile.mkstemp(".part", f".{beside.name}.", beside.parent)
    except OSError as error:
        raise BackupError(f"Cannot write in {beside.parent}: {error.strerror}") from error
    os.close(handle)
    path = Path(name)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)
        path.with_name(f"{path.name}-journal").unlink(missing_ok=True)


def put(part: Path, path: Path) -> None:
    """Give a finished file its name, on disk when this returns. Raises BackupError if it is taken.

    A hard link fails where a rename would overwrite; not every file system has them.
    """
    sync(part)
    try:
        os.link(part, path)
    except FileExistsError as error:
        raise BackupError(f"{path} exists; a backup overwrites nothing") from error
    except OSError:
        if os.path.lexists(path):
            raise BackupError(f"{path} exists; a backup overwrites nothing") from None
        part.rename(path)
    sync(path.parent)


def sync(path: Path) -> None:
    """Have the system write a file, or a folder's names, to the disk now."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
