"""Bringing the tables of a database to what the code expects, and telling how far they are.

Only these functions load Alembic, when they are called. Nothing here runs at start-up.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask
from sqlalchemy import Connection, MetaData, NullPool, create_engine, event, inspect, text

from tracker.config import Settings

from .base import Base
from .engine import prepare
from .search import is_index_part

if TYPE_CHECKING:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

FOLDER = Path(str(files("tracker_migrations")))


VERSION_TABLE = "alembic_version"
"""The core's; a plugin's adds its name: `alembic_version_falls`."""


class DatabaseNewer(RuntimeError):
    """The database holds a revision this code does not know: a newer release has been here."""


class BrokenReferences(RuntimeError):
    """A migration left rows that refer to rows which are not there; nothing of it was kept."""


@dataclass(frozen=True, kw_only=True, slots=True)
class History:
    """One line of revisions: the core's, or a plugin's, with a version table of its own.

    A plugin's tables all start with `prefix`. The core has none and owns every table that starts
    with none of `foreign`, the prefixes of plugins that are here or once were: a departed plugin's
    tables are never proposed for dropping.
    """

    name: str
    metadata: MetaData
    versions: Path
    version_table: str
    prefix: str = ""
    foreign: tuple[str, ...] = ()

    def owns(self, name: str | None, kind: str, parents: Any = None) -> bool:
        """True if this history changes the thing called `name`: Alembic's `include_name`."""
        if name is None:
            return True
        if is_index_part(name):
            return False
        if kind != "table":
            return True
        if name.startswith(VERSION_TABLE):
            return False
        return name.startswith(self.prefix) and not name.startswith(self.foreign)


@dataclass(frozen=True, slots=True)
class Pending:
    """A revision that a database does not have yet."""

    history: str
    revision: str
    title: str


CORE = History(
    name="core",
    metadata=Base.metadata,
    versions=FOLDER / "versions",
    version_table=VERSION_TABLE,
)


def history_of(plugin: str, metadata: MetaData, versions: Path) -> History:
    """The history of a plugin's own tables."""
    return History(
        name=plugin,
        metadata=metadata,
        versions=versions,
        version_table=f"{VERSION_TABLE}_{plugin}",
        prefix=f"{plugin}_",
    )


def plugins_with_tables(app: Flask) -> list[str]:
    """Names of the plugins whose tables the database has, whether or not they are still here."""
    with _connection(app, write=False) as connection:
        return _plugins(connection)


def _plugins(connection: Connection) -> list[str]:
    start = f"{VERSION_TABLE}_"
    names = inspect(connection).get_table_names()
    return sorted(name.removeprefix(start) for name in names if name.startswith(start))


def _among(history: History, connection: Connection) -> History:
    """The history with the prefixes of the plugins in this database that are longer than its own:
    theirs are the tables that start so."""
    prefixes = (f"{name}_" for name in _plugins(connection))
    longer = tuple(p for p in prefixes if p.startswith(history.prefix) and p != history.prefix)
    return replace(history, foreign=longer)


def upgrade(app: Flask, target: str = "head", *, history: History = CORE) -> list[Pending]:
    """Run what is pending, all of it or none, and say what was run.

    Raises DatabaseNewer, or BrokenReferences.
    """
    from alembic import command

    with _connection(app) as connection:
        before = _current(connection, history)
        config = _config(history, connection)
        steps = _steps(config, history, before)
        command.upgrade(config, target)
        _check_references(connection)
        after = _current(connection, history)
    left = {step.revision for step in _steps(_config(history), history, after)}
    return [step for step in steps if step.revision not in left]


def downgrade(app: Flask, target: str, *, history: History = CORE) -> None:
    """Go back to a revision, or to `base`. Raises DatabaseNewer, or BrokenReferences."""
    from alembic import command

    with _connection(app) as connection:
        config = _config(history, connection)
        _steps(config, history, _current(connection, history))
        command.downgrade(config, target)
        _check_references(connection)


def pending(app: Flask, *, history: History = CORE) -> list[Pending]:
    """Revisions this code has and the database does not, oldest first. Raises DatabaseNewer."""
    return _steps(_config(history), history, current(app, history=history))


def current(app: Flask, *, history: History = CORE) -> str | None:
    """The revision the database is at; None before the first."""
    with _connection(app, write=False) as connection:
        return _current(connection, history)


def head(*, history: History = CORE) -> str | None:
    """The newest revision of this code."""
    return _scripts(_config(history)).get_current_head()


def is_known(revision: str, *, history: History = CORE) -> bool:
    """True if this code has the revision; False for one of a newer release."""
    scripts = _scripts(_config(history)).walk_revisions()
    return any(script.revision == revision for script in scripts)


def differences(app: Flask, *, history: History = CORE) -> list[Any]:
    """What autogenerate would still write: empty when models and migrations agree."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with _connection(app, write=False) as connection:
        history = _among(history, connection)
        context = MigrationContext.configure(
            connection,
            opts={
                "version_table": history.version_table,
                "include_name": history.owns,
                "compare_type": True,
            },
        )
        return list(compare_metadata(context, history.metadata))


def draft(app: Flask, message: str, *, history: History = CORE) -> Path:
    """Write a revision file from the difference between models and database; a person reads it."""
    from alembic import command

    number = len(list(history.versions.glob("[0-9]*.py"))) + 1
    with _connection(app, write=False) as connection:
        script = command.revision(
            _config(_among(history, connection), connection),
            message,
            autogenerate=True,
            rev_id=f"{number:04d}",
        )
    if script is None or isinstance(script, list):
        raise RuntimeError("no single revision was written")
    return Path(script.path)


def _config(history: History, connection: Connection | None = None) -> Config:
    from alembic.config import Config

    config = Config()
    for option, value in {
        "script_location": str(FOLDER),
        "version_locations": str(history.versions),
        "path_separator": "newline",
        "file_template": "%(rev)s_%(slug)s",
    }.items():
        config.set_main_option(option, value.replace("%", "%%"))
    config.attributes["history"] = history
    config.attributes["connection"] = connection
    return config


def _scripts(config: Config) -> ScriptDirectory:
    from alembic.script import ScriptDirectory

    return ScriptDirectory.from_config(config)


def _steps(config: Config, history: History, current: str | None) -> list[Pending]:
    from alembic.script.revision import RevisionError

    scripts = _scripts(config)
    try:
        revisions = list(scripts.iterate_revisions("heads", current or "base"))
    except RevisionError as error:
        raise DatabaseNewer(
            f"The database is at revision {current} of {history.name}, which this release does "
            "not know. Install the release that made it, or restore a backup."
        ) from error
    return [
        Pending(history.name, script.revision, script.doc.rstrip("."))
        for script in reversed(revisions)
        if script.revision != current
    ]


def _current(connection: Connection, history: History) -> str | None:
    if not inspect(connection).has_table(history.version_table):
        return None
    found = connection.execute(text(f"SELECT version_num FROM {history.version_table}"))  # noqa: S608
    return found.scalar_one_or_none()


@contextmanager
def _connection(app: Flask, *, write: bool = True) -> Iterator[Connection]:
    """One transaction on a connection of its own, which commits when the block ends.

    On SQLite its foreign keys are off, before the transaction begins (within one the switch does
    nothing): a batch change drops and renames the table, and a cascade would delete every child.
    """
    settings: Settings = app.extensions["tracker_settings"]
    engine = create_engine(settings.database_url, poolclass=NullPool)
    prepare(engine)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def _without_foreign_keys(connection: Any, record: Any) -> None:
            connection.execute("PRAGMA foreign_keys=OFF")

    begin = "IMMEDIATE" if write else "DEFERRED"
    with engine.execution_options(sqlite_begin=begin).begin() as connection:
        yield connection


def _check_references(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        tables = sorted({f"{row[0]} -> {row[2]}" for row in broken})
        raise BrokenReferences(f"{len(broken)} rows refer to nothing: {', '.join(tables)}")
