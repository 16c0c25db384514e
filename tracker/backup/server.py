"""Copying a PostgreSQL database by its own programs, and putting a copy in its place."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo
from sqlalchemy import URL, NullPool, create_engine, make_url

from .contents import look
from .manifest import BackupError, Contents

DEBIAN: Final = Path("/usr/lib/postgresql")
DUMP, RESTORE = "pg_dump", "pg_restore"
MAINTENANCE: Final = ("postgres", "template1")
"""Databases from which others can be made and renamed."""
LONGEST_NAME: Final = 63


def program(name: str) -> str:
    """Path of one of PostgreSQL's programs. Raises BackupError with the package to install."""
    found = shutil.which(name)
    if found is None:
        versions = (path for path in DEBIAN.glob("*/bin") if path.parent.name.isdigit())
        for folder in sorted(versions, key=lambda path: int(path.parent.name), reverse=True):
            if (folder / name).exists():
                return str(folder / name)
        raise BackupError(
            f"{name} is not on this machine: install postgresql-client in the version of the "
            "server or a newer one"
        )
    return found


def copy(database_url: str, part: Path) -> Contents:
    """Dump a database that others may be writing to, and look into the same snapshot of it.

    Raises BackupError.
    """
    dump = program(DUMP)
    engine = create_engine(
        database_url, poolclass=NullPool, isolation_level="REPEATABLE READ"
    ).execution_options(postgresql_readonly=True)
    with engine.connect() as connection:
        snapshot = connection.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one()
        _run(
            [
                *(dump, "--format=custom", "--no-owner", "--no-privileges", "--no-password"),
                *(f"--snapshot={snapshot}", f"--file={part}"),
            ],
            database_url,
        )
        contents = look(connection)
    read_through(part)
    return contents


def read_through(file: Path) -> None:
    """Read a dump from end to end. Raises BackupError when it is damaged."""
    done = subprocess.run(  # noqa: S603 - both are paths that we found
        [program(RESTORE), f"--file={os.devnull}", str(file)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BackupError(f"The copy is damaged: {done.stderr.strip()}")


def put_back(
    backup: Path, database_url: str, aside: str, check: Callable[[Contents], None]
) -> bool:
    """Restore into a new database, then exchange the names; True if there was an old one.

    `check` raises if the new database does not hold what it should. The old one is then as it
    was, and the new one is dropped. Raises BackupError.
    """
    restore = program(RESTORE)
    name = make_url(database_url).database or ""
    new = f"{name}_new"[:LONGEST_NAME]
    with _maintenance(database_url) as server:
        was_there = _exists(server, name)
        if was_there:
            _refuse_if_used(server, name)
        if _exists(server, new):
            raise BackupError(f"There is a database {new}: rename it or drop it, then try again")
        _create(server, new, like=name if was_there else None, backup=backup)
        try:
            url = make_url(database_url).set(database=new)
            text = url.render_as_string(hide_password=False)
            _run(
                [
                    *(restore, "--exit-on-error", "--single-transaction", "--no-owner"),
                    *("--no-privileges", "--no-password", f"--dbname={_conninfo(text)}"),
                    str(backup),
                ],
                text,
            )
            check(_contents(url))
            _exchange(server, name, new, aside if was_there else None)
        except BaseException:
            server.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(new)))
            raise
    return was_there


def aside_name(database_url: str, stamp: str) -> str:
    """What the old database is called afterwards."""
    ending = f"_before_{stamp}"
    name = make_url(database_url).database or ""
    return name[: LONGEST_NAME - len(ending)] + ending


def others(database_url: str) -> int:
    """How many other connections the database has now."""
    with _maintenance(database_url) as server:
        return _others(server, make_url(database_url).database or "")


def _others(server: psycopg.Connection[Any], name: str) -> int:
    found = server.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
        [name],
    ).fetchone()
    return int(found[0]) if found else 0


def _refuse_if_used(server: psycopg.Connection[Any], name: str) -> None:
    if count := _others(server, name):
        raise BackupError(
            f"The database {name} has {count} open connection{'s' if count > 1 else ''}. Stop the "
            "server, and every other program that uses it, then try again. Nothing was changed."
        )


def _exists(server: psycopg.Connection[Any], name: str) -> bool:
    row = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    return row is not None


def _create(server: psycopg.Connection[Any], new: str, *, like: str | None, backup: Path) -> None:
    """Make an empty database, with the encoding and locale of the one it takes the place of."""
    words = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(
        sql.Identifier(new)
    )
    row = server.execute(
        "SELECT datcollate, datctype FROM pg_database WHERE datname = %s AND datlocprovider = 'c'",
        [like],
    ).fetchone()
    if row is not None:
        words += sql.SQL(" LC_COLLATE {} LC_CTYPE {}").format(*map(sql.Literal, row))
    try:
        server.execute(words)
    except psycopg.errors.InsufficientPrivilege as error:
        raise BackupError(
            f"This account may not make databases. As one that may, run:\n"
            f"  createdb --template=template0 --encoding=UTF8 --owner={server.info.user} {new}\n"
            f"  pg_restore --exit-on-error --single-transaction --no-owner "
            f"--role={server.info.user} --dbname={new} {backup}\n"
            f"then rename the old database and call {new} what it was called. "
            "Nothing was changed."
        ) from error


def _exchange(server: psycopg.Connection[Any], name: str, new: str, aside: str | None) -> None:
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    try:
        with server.transaction():
            if aside is not None:
                server.execute(rename.format(sql.Identifier(name), sql.Identifier(aside)))
            server.execute(rename.format(sql.Identifier(new), sql.Identifier(name)))
    except psycopg.errors.ObjectInUse as error:
        raise BackupError(
            f"Somebody opened {name} meanwhile. Stop the server, then try again. "
            "Nothing was changed."
        ) from error
    except psycopg.errors.InsufficientPrivilege as error:
        raise BackupError(
            f"This account may not rename {name}: it has to own it. Nothing was changed."
        ) from error


def _contents(url: URL) -> Contents:
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        return look(connection)


@contextmanager
def _maintenance(database_url: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection to a database beside ours, committing each statement."""
    connection = _connect(database_url)
    try:
        yield connection
    finally:
        connection.close()


def _connect(database_url: str) -> psycopg.Connection[Any]:
    words = _connect_words(database_url)
    faults = []
    for name in MAINTENANCE:
        try:
            return psycopg.connect(**{**words, "dbname": name}, autocommit=True)
        except psycopg.OperationalError as error:
            faults.append(str(error))
    raise BackupError(f"The database server does not answer: {faults[0]}")


def _connect_words(database_url: str) -> dict[str, Any]:
    url = make_url(database_url)
    _, words = url.get_dialect()().create_connect_args(url)
    return dict(words)


def _conninfo(database_url: str) -> str:
    """For a command line, which others can read: without the password."""
    words = _connect_words(database_url)
    words.pop("password", None)
    return make_conninfo(**words)


def _run(command: list[str], database_url: str) -> None:
    """Run a program on the database. Raises BackupError with what it said."""
    environment = dict(os.environ)
    if password := _connect_words(database_url).get("password"):
        environment["PGPASSWORD"] = str(password)
    if not any(word.startswith("--dbname=") for word in command):
        command.append(f"--dbname={_conninfo(database_url)}")
    done = subprocess.run(  # noqa: S603 - our own words, and paths that we made
        command, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BackupError(f"{Path(command[0]).name} failed: {done.stderr.strip()}")
