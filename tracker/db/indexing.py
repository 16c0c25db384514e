"""Keeping the search index in step: what is saved is findable when its unit of work commits.

A feature's model is declared `findable` once. From then on every row of it that a unit of work
writes is entered, changed or taken out as the last thing that unit does: one statement for all of
them. What is written past the models (erasing a person, a bulk load) says `again`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, event, func, inspect, select
from sqlalchemy.orm import Session, raiseload

from . import search
from .base import Base, SoftDeleted, db
from .search import Entry, search_entry
from .unit_of_work import OPEN, before_commit, unit_of_work

STALE: Final = "search_stale"
AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Findable:
    """Rows that can be found: by the text of which columns, and by what else."""

    kind: str
    model: type[Base]
    columns: Sequence[str]
    more: Callable[[Any], Iterable[str]] = lambda row: ()
    """Text that is not in a column of the row; cheap, for it is read at every save."""
    options: Sequence[Any] = ()
    """What `more` needs loaded when many rows are read."""
    under: Callable[[Any], ColumnElement[bool] | None] = lambda row: None
    """Which of the rows are seen only beside another row, and go when that is deleted."""
    there: Callable[[], Sequence[ColumnElement[bool]]] = lambda: ()
    """Conditions: what they are seen beside is there."""

    def text(self, row: Any) -> str:
        """All that the row is found by."""
        return " ".join(chain((getattr(row, name) or "" for name in self.columns), self.more(row)))

    def project_of(self, row: Any) -> int:
        """The project that the row is part of; a project is part of itself."""
        found: int = getattr(row, "project_id", row.id)
        return found

    @property
    def is_of_project(self) -> bool:
        """Whether the rows are projects, rather than parts of one."""
        return not hasattr(self.model, "project_id")

    def entry(self, row: Any, *, is_new: bool = False) -> Entry:
        """What the index should say of it."""
        is_there = getattr(row, "deleted_at", None) is None
        return Entry(
            self.kind, row.id, self.text(row) if is_there else None, self.project_of(row), is_new
        )


findables: dict[type[Base], list[Findable]] = {}


def findable(one: Findable) -> None:
    """Declare that rows of a model can be found."""
    of_model = findables.setdefault(one.model, [])
    of_model[:] = [*(each for each in of_model if each.kind != one.kind), one]


def all_findables() -> Iterator[Findable]:
    """Everything that was declared."""
    return chain.from_iterable(findables.values())


NEW: Final = "new"
GONE: Final = "gone"
CHANGED: Final = "changed"
MOVED: Final = "moved"
"""Deleted, or restored: a project takes its parts along."""

Stale = dict[tuple[type[Base], int], tuple[Any, str]]


@event.listens_for(Session, "after_flush")
def _note(session: Session, context: Any) -> None:
    if not session.info.get(OPEN):
        return
    stale: Stale = session.info.setdefault(STALE, {})
    for row in session.new:
        if type(row) in findables:
            stale[type(row), row.id] = (row, NEW)
    for row in session.dirty:
        if type(row) in findables and (what := _what_changed(row)):
            stale.setdefault((type(row), row.id), (row, what))
            if what == MOVED:
                stale[type(row), row.id] = (row, what)
    for row in session.deleted:
        if type(row) in findables:
            stale[type(row), row.id] = (row, GONE)


def _what_changed(row: Any) -> str:
    attributes = inspect(row).attrs
    if isinstance(row, SoftDeleted) and attributes["deleted_at"].history.has_changes():
        return MOVED
    watched = {name for each in findables[type(row)] for name in each.columns}
    return CHANGED if any(attributes[name].history.has_changes() for name in watched) else ""


def _write_what_changed(session: Session) -> None:
    stale: Stale = session.info.pop(STALE, {})
    entries: list[Entry] = []
    for (model, identity), (row, what) in stale.items():
        of_model = findables[model]
        if what == GONE:
            entries += [Entry(each.kind, identity, None) for each in of_model]
        elif what == MOVED and of_model[0].is_of_project:
            _take_along(row)
        else:
            entries += [each.entry(row, is_new=what == NEW) for each in of_model]
            if what == MOVED:
                _take_along_what_is_beside(row)
    search.write(entries)


before_commit.insert(0, _write_what_changed)


def _take_along(project: Any) -> None:
    """A project that is deleted takes its parts out of the index, and brings them back."""
    if project.deleted_at is not None:
        search.forget_projects([project.id])
        return
    for each in all_findables():
        of_it = each.model.id if each.is_of_project else each.model.project_id  # type: ignore[attr-defined]
        again(each, db.session.scalars(_there(each).where(of_it == project.id)).all())


def _take_along_what_is_beside(row: Any) -> None:
    """What is seen only beside this row goes with it, and comes back with it."""
    for each in all_findables():
        which = each.under(row)
        if which is not None:
            key = each.model.id  # type: ignore[attr-defined]
            again(each, db.session.scalars(select(key).where(which)).all())


def again(each: Findable, ids: Collection[int]) -> None:
    """Read these rows and make the index say what they say now. Inside a unit of work."""
    if not ids:
        return
    key = each.model.id  # type: ignore[attr-defined]  # every model has one
    rows: Sequence[Any] = db.session.scalars(
        select(each.model)
        .where(key.in_(ids), key.in_(_there(each)))
        .options(*each.options, raiseload("*"))
    ).all()
    search.write(each.entry(row, is_new=True) for row in rows)
    search.remove(each.kind, set(ids) - {row.id for row in rows})


def again_in_table(name: str, ids: Collection[int]) -> None:
    """The same, of rows that were written past the models. Inside a unit of work."""
    for each in all_findables():
        if each.model.__tablename__ == name:
            again(each, ids)


def rebuild() -> int:
    """Make the whole index anew, some rows a unit of work so that nobody waits; how many rows."""
    count = 0
    for each in all_findables():
        ids = sorted(db.session.scalars(_there(each)))
        for start in range(0, len(ids), AT_ONCE):
            with unit_of_work():
                again(each, ids[start : start + AT_ONCE])
        count += len(ids)
    with unit_of_work():
        tidy()
    return count


def tidy() -> None:
    """Take out what is there no more. Inside a unit of work."""
    for each in all_findables():
        search.remove(each.kind, db.session.scalars(_strays(each)).all())


def out_of_step() -> int:
    """How many things the index lacks, or has although they are gone."""
    count = 0
    for each in all_findables():
        held = select(search_entry.c.object_id).where(search_entry.c.kind == each.kind)
        key = each.model.id  # type: ignore[attr-defined]
        for wrong in (_there(each).where(key.not_in(held)), _strays(each)):
            count += db.session.scalar(select(func.count()).select_from(wrong.subquery())) or 0
    return count


def _there(each: Findable) -> Select[int]:
    """Ids of the rows that are to be found."""
    key = each.model.id  # type: ignore[attr-defined]
    query: Select[int] = select(key).where(*each.there())
    if issubclass(each.model, SoftDeleted):
        query = query.where(each.model.deleted_at.is_(None))
    if not each.is_of_project:
        project = next(one.model for one in all_findables() if one.is_of_project)
        kept = select(project.id).where(project.deleted_at.is_(None))  # type: ignore[attr-defined]
        query = query.where(each.model.project_id.in_(kept))  # type: ignore[attr-defined]
    return query


def _strays(each: Findable) -> Select[int]:
    """Ids under which the index has what is there no more."""
    return select(search_entry.c.object_id).where(
        search_entry.c.kind == each.kind, search_entry.c.object_id.not_in(_there(each))
    )
