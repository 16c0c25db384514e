"""Tables whose rows are added and never changed: the database itself refuses, on both engines."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, Table, event

from .base import Base

TABLES: Final = ("audit_event",)

_SQLITE: Final = """CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed'); END"""
_FUNCTION: Final = """CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'rows of %% are never changed', TG_TABLE_NAME; END $$ LANGUAGE plpgsql"""
_POSTGRESQL: Final = """CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH ROW EXECUTE FUNCTION refuse_change()"""


def create(connection: Connection, table: str) -> None:
    """Refuse UPDATE and DELETE of the table's rows from now on. A migration calls it.

    On SQLite a later batch change of the table copies it without its triggers: call it again.
    """
    sqlite = connection.dialect.name == "sqlite"
    if not sqlite:
        connection.exec_driver_sql(_FUNCTION)
    for verb in ("UPDATE", "DELETE"):
        statement = (_SQLITE if sqlite else _POSTGRESQL).format(table=table, verb=verb)
        connection.exec_driver_sql(statement)


def drop(connection: Connection, table: str) -> None:
    """Let rows of the table be changed again: for a downgrade, and nothing else."""
    on = "" if connection.dialect.name == "sqlite" else f" ON {table}"
    for verb in ("update", "delete"):
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on}")


@event.listens_for(Base.metadata, "after_create")
def _after_create(target: Any, connection: Connection, tables: list[Table], **_: Any) -> None:
    for table in tables:
        if table.name in TABLES:
            create(connection, table.name)
