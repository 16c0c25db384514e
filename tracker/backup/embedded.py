"""Copying an SQLite database while it is written to, and putting a copy in its place."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

from sqlalchemy import URL, NullPool, create_engine

from .contents import look
from .manifest import BackupError, Contents
from .places import put, sync, unfinished

WAIT_SECONDS: Final = 15
BESIDE: Final = ("-wal", "-shm", "-journal")
SHARED_FIRST, SHARED_SIZE = 0x40000002, 510
"""The bytes of a file that SQLite locks to say that it has it open (its `SHARED_FIRST`)."""


def copy(database: Path, part: Path) -> Contents:
    """Copy a database that others may be writing to into an empty file, and look into the copy.

    Raises BackupError, also when the copy is damaged.
    """
    if not database.exists():
        raise BackupError(f"There is no database at {database}")
    try:
        with (
            closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=rw", uri=True)) as source,
            closing(sqlite3.connect(part)) as target,
        ):
            source.isolation_level = None
            source.execute(f"PRAGMA busy_timeout={WAIT_SECONDS * 1000}")
            # Holds one moment of the database from here. Without it `backup` waits for ever
            # where somebody has the whole file locked, and begins again at every write.
            source.execute("BEGIN")
            source.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            source.backup(target)
            # One file, with no journal beside it.
            target.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise BackupError(f"The database could not be copied: {error}") from error
    return look_into(part)


def look_into(file: Path) -> Contents:
    """What a copy holds. Raises BackupError when it is damaged."""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as opened:
            opened.execute("PRAGMA trusted_schema=OFF")
            found = [row[0] for row in opened.execute("PRAGMA integrity_check(5)")]
            if found != ["ok"]:
                raise BackupError(f"The copy is damaged: {'; '.join(found)}")
            orphans = opened.execute("PRAGMA foreign_key_check").fetchall()
            if orphans:
                tables = ", ".join(sorted({row[0] for row in orphans}))
                raise BackupError(f"The copy has rows that refer to nothing, in {tables}")
    except sqlite3.Error as error:
        raise BackupError(f"The copy is damaged: {error}") from error
    engine = create_engine(URL.create("sqlite", database=str(file)), poolclass=NullPool)
    with engine.connect() as connection:
        return look(connection)


def put_back(backup: Path, database: Path, aside: Path, check: Callable[[Contents], None]) -> bool:
    """Put a copy of a backup where the database is; True if there was one, now called `aside`.

    `check` raises if the copy does not hold what it should; nothing has changed then. From there
    on there is a database at every moment, the old or the new.
    """
    with alone_with(database), unfinished(database) as part:
        shutil.copyfile(backup, part)
        check(look_into(part))
        for ending in BESIDE:
            left = database.with_name(database.name + ending)
            if left.exists():
                left.rename(aside.with_name(aside.name + ending))
        was_there = database.exists()
        if was_there:
            _own_like(part, database)
            put(database, aside)
        sync(part)
        part.replace(database)
        sync(database.parent)
    return was_there


@contextmanager
def alone_with(database: Path) -> Iterator[None]:
    """Nobody else has the database open, nor can write to it, while the block runs.

    Its journal is written back first, so that it is one file. Raises BackupError when somebody
    has it open.
    """
    if not database.exists():
        yield
        return
    with closing(sqlite3.connect(database, timeout=2, isolation_level=None)) as held:
        try:
            held.execute("PRAGMA journal_mode=DELETE")
            held.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
                raise _in_use(database) from error
            # Damaged, which may be why a backup is wanted: it goes aside as it is.
            _refuse_if_locked(database)
        yield


def _refuse_if_locked(database: Path) -> None:
    """What SQLite does to see whether a file is open, for one that it cannot read."""
    with database.open("r+b") as opened:
        try:
            fcntl.lockf(opened, fcntl.LOCK_EX | fcntl.LOCK_NB, SHARED_SIZE, SHARED_FIRST)
        except OSError as error:
            raise _in_use(database) from error


def _in_use(database: Path) -> BackupError:
    return BackupError(
        f"Somebody has {database} open. Stop the server, and every other program that uses it, "
        "then try again. Nothing was changed."
    )


def _own_like(part: Path, database: Path) -> None:
    """Give the new file the mode and owner of the old: the server must be able to open it."""
    was = database.stat()
    part.chmod(was.st_mode & 0o777)
    if (was.st_uid, was.st_gid) != (part.stat().st_uid, part.stat().st_gid):
        with suppress(PermissionError):
            os.chown(part, was.st_uid, was.st_gid)
