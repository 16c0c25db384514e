"""What rooms know of projects, read for all of them and for many projects in one statement.

A room says what it knows as a statement made with `facts`, narrowed with `join` and `where`.
`gathered` joins the statements of all rooms by UNION ALL.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    Date,
    Integer,
    Select,
    Text,
    cast,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)

from tracker.db import db


class Fact(NamedTuple):
    """A row that a room asked for with `facts`; each says what the columns mean to it."""

    id: int | None
    text: str
    note: str
    on: date | None
    until: date | None


def facts(
    project_id: Any,
    *,
    row_id: Any = None,
    text: Any = "",
    note: Any = "",
    on: Any = None,
    until: Any = None,
) -> Select[Any]:
    """A statement for what a room knows, to be narrowed with `join` and `where`."""
    return select(
        project_id.label("project_id"),
        (cast(null(), Integer) if row_id is None else row_id).label("id"),
        type_coerce(text, Text).label("text"),
        type_coerce(note, Text).label("note"),
        (cast(null(), Date) if on is None else on).label("on"),
        (cast(null(), Date) if until is None else until).label("until"),
    )


Facts = Mapping[tuple[str, int], Sequence[Fact]]
"""By the key that was asked under, and the id of a project; what comes first is first."""


def gathered(asked: Mapping[str, Select[Any]], project_ids: Collection[int]) -> Facts:
    """The facts of these projects: one statement, and none when there is nothing to ask."""
    found: dict[tuple[str, int], list[Fact]] = defaultdict(list)
    if not asked or not project_ids:
        return found
    statements = [_narrowed(key, each, project_ids) for key, each in asked.items()]
    for key, project_id, *columns in db.session.execute(union_all(*statements)):
        found[key, project_id].append(Fact(*columns))
    for rows in found.values():
        rows.sort(key=lambda row: (row.on or date.max, row.id or 0))
    return found


def _narrowed(key: str, asked: Select[Any], project_ids: Collection[int]) -> Select[Any]:
    columns = asked.selected_columns
    return asked.with_only_columns(literal(key).label("asked"), *columns).where(
        columns.project_id.in_(project_ids)
    )
