"""Looking into a database, a copy or the real one: how far its tables are and what they hold."""

from __future__ import annotations

from sqlalchemy import Connection, func, inspect, select, table
from sqlalchemy.orm import Session

from tracker.audit import chain
from tracker.db.search import is_index_part

from .manifest import BackupError, Contents

VERSIONS = "alembic_version"
HISTORY = "audit_event"


def look(connection: Connection) -> Contents:
    """Count every table and walk the history, in the transaction that the connection is in."""
    names = [name for name in inspect(connection).get_table_names() if not is_index_part(name)]
    rows = {
        name: connection.execute(select(func.count()).select_from(table(name))).scalar_one()
        for name in sorted(names)
    }
    versions = [name for name in rows if name.startswith(VERSIONS)]
    heads = {
        name: found
        for name in versions
        if (found := connection.exec_driver_sql(f'SELECT version_num FROM "{name}"').scalar())  # noqa: S608
    }
    if HISTORY not in rows:
        return Contents(heads, rows, 0, chain.START)
    with Session(bind=connection) as session:
        found = chain.verify(session)
    return Contents(heads, rows, found.events, found.head, found.broken_at)


def compare(found: Contents, told: Contents) -> None:
    """Raise BackupError unless a copy holds what its manifest says."""
    for what, has, said in (
        ("revisions", found.heads, told.heads),
        ("numbers of rows", found.rows, told.rows),
        ("event at the end of the history", found.audit_seq, told.audit_seq),
        ("hash at the end of the history", found.audit_hash, told.audit_hash),
        ("place where the history is broken", found.broken_at, told.broken_at),
    ):
        if has != said:
            raise BackupError(f"The backup's {what} is not what its manifest says: {has}, {said}")
