"""A PostgreSQL server that lives as long as a test run, in a folder of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from typing import Any

import psycopg
from psycopg import sql

from .machine import ProgramMissing, postgresql, scratch

OWNER = "tracker"
RUN_AS = "nobody"
"""PostgreSQL refuses to run as root, so root lends it to this account."""

SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "max_connections": "60",
    # Fewer and larger steps between checkpoints: nothing here outlives the run.
    "max_wal_size": "1GB",
    "autovacuum": "off",
    "jit": "off",
    # As long as SQLite waits; a test that waits for itself would otherwise wait for ever.
    "lock_timeout": "15s",
}


class PostgresServer:
    """Started by `start()`, reached through a socket in its folder, gone after `stop()`."""

    def __init__(self) -> None:
        programs = postgresql()
        if programs is None:
            raise ProgramMissing(
                "PostgreSQL's programs are not on this machine: apt-get install postgresql"
            )
        self._programs = programs
        self.folder = scratch("pg")
        self._data = self.folder / "data"

    def start(self) -> None:
        if os.geteuid() == 0:
            shutil.chown(self.folder, RUN_AS)
        self._run(
            *("initdb", "-D", str(self._data), "-U", OWNER, "-A", "trust", "--no-sync"),
            *("-E", "UTF8", "--locale=C.UTF-8"),
        )
        settings = {**SETTINGS, "unix_socket_directories": str(self.folder)}
        with (self._data / "postgresql.conf").open("a", encoding="utf-8") as conf:
            conf.writelines(f"{name} = '{value}'\n" for name, value in settings.items())
        log = self.folder / "log"
        self._run("pg_ctl", "-D", str(self._data), "-l", str(log), "-w", "-s", "start")

    def stop(self) -> None:
        if (self._data / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", str(self._data), "-m", "immediate", "-s", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def create(self, name: str, *, like: str | None = None) -> None:
        """Create a database; `like` names the one it is a copy of."""
        words = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
        if like is not None:
            words += sql.SQL(" TEMPLATE {}").format(sql.Identifier(like))
        with self.connect("postgres") as connection:
            connection.execute(words)

    def drop(self, *, called: str) -> None:
        """Drop every database whose name begins like this, whoever has it open."""
        with self.connect("postgres") as connection:
            beginning = f"{called}%"
            found = connection.execute(
                "SELECT datname FROM pg_database WHERE datname LIKE %s", [beginning]
            ).fetchall()
            for (name,) in found:
                words = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
                connection.execute(words)

    def connect(self, name: str) -> psycopg.Connection:
        """A connection outside any engine, committing each statement."""
        return psycopg.connect(host=str(self.folder), user=OWNER, dbname=name, autocommit=True)

    def url(self, name: str) -> str:
        """SQLAlchemy URL of a database."""
        return f"postgresql+psycopg://{OWNER}@/{name}?host={self.folder}"

    def _run(self, program: str, *arguments: str) -> None:
        identity: dict[str, Any] = {}
        if os.geteuid() == 0:
            account = pwd.getpwnam(RUN_AS)
            identity = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        done = subprocess.run(  # noqa: S603
            [str(self._programs / program), *arguments],
            env={"PATH": os.environ["PATH"], "HOME": str(self.folder), "LC_ALL": "C.UTF-8"},
            # pg_ctl hands its output on to the server, which would keep a pipe open for ever.
            stdout=subprocess.DEVNULL,
            stderr=subprocess.STDOUT if program == "pg_ctl" else subprocess.PIPE,
            text=True,
            check=False,
            cwd=self.folder,
            **identity,
        )
        if done.returncode:
            log = self.folder / "log"
            told = done.stderr or (log.read_text() if log.exists() else "")
            raise RuntimeError(f"{program} failed: {told}")
