"""Alembic's entry. `tracker.db.migrations` calls it, with what to run in `config.attributes`."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Enum

from tracker.db import Exact, Utc
from tracker.db.migrations import History

history: History = context.config.attributes["history"]


def render(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Write our column types as what they are in the database: a revision outlives our classes."""
    if kind == "type" and isinstance(item, Utc):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Exact):
        return 'sa.Numeric().with_variant(sa.String(length=40), "sqlite")'
    if kind == "type" and isinstance(item, Enum):
        return f"sa.String(length={item.length})"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=history.metadata,
    version_table=history.version_table,
    include_name=history.owns,
    render_item=render,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
