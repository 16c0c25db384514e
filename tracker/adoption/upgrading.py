"""Levels given by an earlier version of a rubric, and how they read in the one in force."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from tracker.db import db
from tracker.plugin_api import Rubric
from tracker.programmes.models import StoredDefinition

from .models import Rating
from .queries import NEWEST
from .showing import Level, Levels


@dataclass(frozen=True, slots=True)
class Earlier:
    """A level by an earlier version, and the one proposed for it: a person confirms."""

    version: int
    level: Level
    """In the words that it had."""
    proposed: Level | None
    """None where the newer version does not say how it reads."""


def reads_as(rubric: Rubric, version: int, level: str) -> str | None:
    """The key of the level that one of an earlier version reads as; None where it is not said."""
    replaces = rubric.replaces
    if replaces is None or replaces.version != version:
        return None
    return replaces.stage_map.get(level)


def of_pair(rubric: Rubric, organisation_id: int, element: str) -> Earlier | None:
    """What stands of a pair, if an earlier version gave it; None once a person has confirmed."""
    return _earlier(rubric, Rating.organisation_id == organisation_id, Rating.element == element)


def of_project(rubric: Rubric, project_id: int) -> Earlier | None:
    """The same of a project."""
    return _earlier(rubric, Rating.project_id == project_id, Rating.organisation_id.is_(None))


def _earlier(rubric: Rubric, *of: ColumnElement[bool]) -> Earlier | None:
    row = db.session.execute(
        select(Rating.level, StoredDefinition)
        .join(StoredDefinition, StoredDefinition.id == Rating.definition_id)
        .where(
            StoredDefinition.kind == Rubric.kind_name,
            StoredDefinition.programme == rubric.programme,
            StoredDefinition.key == rubric.key,
            *of,
        )
        .order_by(*NEWEST)
        .limit(1)
    ).first()
    if row is None or row.StoredDefinition.version >= rubric.version:
        return None
    old = row.StoredDefinition.read()
    if not isinstance(old, Rubric):
        return None
    key = reads_as(rubric, old.version, row.level)
    proposed = Levels(rubric.stages).named(key) if key else None
    return Earlier(old.version, Levels(old.stages).named(row.level), proposed)
