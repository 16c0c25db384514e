"""What a plugin's own tables may refer to, and how it reads and writes them.

Only these classes: their `id` and their names stay what they are. Import nothing else of the
tracker's models.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import MetaData, Select, event
from sqlalchemy.orm import Mapper

from tracker.auth.models import User
from tracker.db import Base, db, unit_of_work
from tracker.db.base import NAMES
from tracker.measures.models import Measure
from tracker.organisations.models import Organisation
from tracker.pdsa.models import PdsaCycle
from tracker.plugin_host.tables import MAPPERS, PLUGIN
from tracker.projects.models import Project

__all__ = [
    "PUBLISHED",
    "Measure",
    "Organisation",
    "PdsaCycle",
    "Project",
    "User",
    "plugin_metadata",
    "rows",
    "unit_of_work",
]

PUBLISHED: tuple[type[Base], ...] = (Measure, Organisation, PdsaCycle, Project, User)
"""Classes that a foreign key or a relationship of a plugin may lead to."""

R = TypeVar("R")


def plugin_metadata(name: str) -> MetaData:
    """The `metadata` of the plugin's own declarative base. `name` is the plugin's.

    >>> from sqlalchemy.orm import DeclarativeBase
    >>> class FallsBase(DeclarativeBase):
    ...     metadata = plugin_metadata("falls")
    """
    return MetaData(naming_convention=NAMES, info={PLUGIN: name, MAPPERS: []})


def rows(query: Select[R]) -> Sequence[R]:
    """What a query finds, for pages that only read. Write inside `with unit_of_work() as session`.

    A query for rows of a project must ask only for projects that the person may read: reach them
    by a page with `@requires(Permission.PROJECT_READ, Project)`.
    """
    return db.session.scalars(query).all()


@event.listens_for(Mapper, "after_mapper_constructed")
def _remember(mapper: Mapper[Any], cls: type) -> None:
    """Keep the mapped classes of plugins where the mount stage finds them."""
    metadata = getattr(mapper.local_table, "metadata", None)
    if metadata is not None and PLUGIN in metadata.info:
        metadata.info[MAPPERS].append(mapper)
