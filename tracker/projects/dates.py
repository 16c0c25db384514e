"""Days that a project has before it: when something ends, is due or is looked at again.

A room that keeps such a day registers it in its `init(app)`; the page of one's own work, the
weekly message and the calendar feed then tell of it::

    # tracker/risks/dates.py
    def _reviews() -> Select[Any]:
        return facts(Risk.project_id, row_id=Risk.id, text=Risk.what, on=Risk.review_on).where(
            Risk.deleted_at.is_(None), Risk.status != RiskStatus.CLOSED
        )

    DATES = (
        Day("risk", _reviews, lambda f: f"Look again: {f.text}", "risks.show", "risk_id"),
    )

    # tracker/risks/__init__.py, in init(app)
    dates.register(app, *DATES)
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Flask, current_app
from sqlalchemy import Select

from .facts import Fact, facts, gathered

__all__ = ["Coming", "Day", "Fact", "coming", "facts", "register"]


@dataclass(frozen=True, slots=True)
class Day:
    """A kind of day. `facts` reads what has one, the day as `on`; rows without one are left out."""

    key: str
    facts: Callable[[], Select[Any]]
    says: Callable[[Fact], str]
    endpoint: str
    """The page of the project where it is read."""
    id_name: str | None = None
    """What that page calls the id of the row; None for a page of the whole project."""


@dataclass(frozen=True, slots=True)
class Coming:
    """Something on a day. `key` and `id` together name it for as long as it is there."""

    key: str
    id: int
    project_id: int
    on: date
    text: str
    endpoint: str
    at: Mapping[str, Any]


def register(app: Flask, *days: Day) -> None:
    """Let these be told of. Called in a room's `init`."""
    app.extensions.setdefault("tracker_dates", {}).update({one.key: one for one in days})


def coming(project_ids: Collection[int], first: date, last: date) -> list[Coming]:
    """What these projects have from one day to another, both included: one statement."""
    days: Mapping[str, Day] = current_app.extensions.get("tracker_dates", {})
    asked = {key: _between(one.facts(), first, last) for key, one in days.items()}
    found = [
        _coming(days[key], project_id, fact)
        for (key, project_id), rows in gathered(asked, project_ids).items()
        for fact in rows
    ]
    return sorted(found, key=lambda one: (one.on, one.key, one.id))


def _between(asked: Select[Any], first: date, last: date) -> Select[Any]:
    return asked.where(asked.selected_columns.on.between(first, last))


def _coming(day: Day, project_id: int, fact: Fact) -> Coming:
    row = fact.id or project_id
    at = {day.id_name: row} if day.id_name else {}
    return Coming(day.key, row, project_id, fact.on or date.max, day.says(fact), day.endpoint, at)
