"""Tables of plugins: what is refused at the mount stage. Loads the database libraries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import MetaData
from sqlalchemy.exc import NoReferencedColumnError, NoReferencedTableError, SQLAlchemyError
from sqlalchemy.orm import Mapper, RelationshipProperty

from tracker.db import Base
from tracker.plugin_api import Tables

PLUGIN: Final = "plugin"
MAPPERS: Final = "mappers"
"""Keys of what `plugin_metadata` notes in a MetaData."""
REFERABLE: Final = ("measure", "organisation", "pdsa_cycle", "project", "user")
"""Core tables that a plugin's may refer to; `plugin_api.models` has their classes."""


def faults(tables: Tables, name: str) -> Iterator[str]:
    """Why these tables cannot be used: a sentence each. Asks no database."""
    metadata: object = tables.metadata
    if not isinstance(metadata, MetaData) or metadata.info.get(PLUGIN) != name:
        yield f"metadata is not made by plugin_metadata({name!r})"
        return
    prefix = f"{name}_"
    if any(table.startswith(prefix) for table in Base.metadata.tables):
        yield f"tables of the tracker itself start with {prefix!r}; call the plugin something else"
    if not metadata.tables:
        yield "metadata has no tables"
    for table in metadata.tables:
        if not table.startswith(prefix):
            told = "is one of the tracker's own" if table in Base.metadata.tables else "is not its"
            yield f"the table {table!r} {told}; its names start with {prefix!r}"
    yield from _key_faults(metadata)
    if not tables.migrations.is_dir() or not any(tables.migrations.glob("*.py")):
        yield f"there are no revisions in {tables.migrations}"
    related = list(_relationship_faults(metadata.info[MAPPERS]))
    yield from related or _mapping_faults(metadata.info[MAPPERS])


def _key_faults(metadata: MetaData) -> Iterator[str]:
    for table in metadata.tables.values():
        for key in table.foreign_keys:
            where = f"{table.name}.{key.parent.name}"
            try:
                other = key.column.table
            except (NoReferencedTableError, NoReferencedColumnError):
                yield (
                    f"{where} refers to {key.target_fullname!r}, which is no table of its own; "
                    "write ForeignKey(Project.id), with a class of tracker.plugin_api.models"
                )
                continue
            if other.metadata is not metadata and other.name not in REFERABLE:
                yield f"{where} refers to {other.name}, which plugins may not refer to"


def _relationship_faults(mappers: list[Mapper[Any]]) -> Iterator[str]:
    """Asked before the classes are configured: a back-reference would change a core class."""
    for mapper in mappers:
        for attribute in mapper.all_orm_descriptors.values():
            prop = getattr(attribute, "prop", None)
            if not isinstance(prop, RelationshipProperty):
                continue
            if prop.backref or prop.back_populates:
                own = {other.class_.__name__ for other in mappers} | {m.class_ for m in mappers}
                if prop.argument not in own:
                    yield (
                        f"{mapper.class_.__name__}.{prop.key} has a back-reference, which would "
                        "change a class of the tracker; leave it out"
                    )


def _mapping_faults(mappers: list[Mapper[Any]]) -> Iterator[str]:
    try:
        for registry in {mapper.registry for mapper in mappers}:
            registry.configure()
    except SQLAlchemyError as error:
        # Asked a second time, SQLAlchemy puts its own words before those of the first. What
        # follows the first sentence is advice.
        told = " ".join(str(error).split()).rpartition("Original exception was: ")[2]
        yield told.partition(". ")[0]
