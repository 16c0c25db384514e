"""Counting SQL statements: a list must cost the same for 10 projects and for 10,000."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

BOUNDARIES = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA")


class Statements(list[str]):
    """The SQL that was sent, in order, so that a failing count shows what it counted."""

    def __repr__(self) -> str:
        return f"{len(self)} statements:\n" + "\n".join(" ".join(s.split()) for s in self)


@contextmanager
def count_statements() -> Iterator[Statements]:
    """Collect every statement any engine sends, without transaction boundaries.

    Example:
        with count_statements() as statements:
            client.get("/projects")
        assert len(statements) <= 8, statements
    """
    seen = Statements()

    def note(conn: Any, cursor: Any, sql: str, *more: Any) -> None:
        if not sql.lstrip().upper().startswith(BOUNDARIES):
            seen.append(sql)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)
