"""What a team does with its driver diagram. Every function runs inside a unit of work.

What changes the shape of the diagram is a command: it applies to the diagram as it stands under
the lock, or raises `CannotDo` and says why not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import delete, func, select

from tracker import audit
from tracker.db import db, utcnow
from tracker.measures.models import Measure
from tracker.projects.models import Aim
from tracker.projects.services import touch

from . import domain, queries, versions
from .domain import Level
from .models import ChangeIdea, Driver, DriverLink, DriverMeasure, DriverVersion

if TYPE_CHECKING:
    from tracker.auth.models import User
    from tracker.projects.models import Project

Row = Driver | ChangeIdea
R = TypeVar("R", bound=Driver | ChangeIdea)

SITTING = timedelta(hours=1)
"""What one person changes with no longer pause between is one version."""


class CannotDo(ValueError):
    """The diagram as it now stands does not allow it. The message is for the person."""


def called(row: Row) -> str:
    """A box as sentences name it."""
    return f"“{row.text}”"


def add_driver(
    project: Project,
    level: Level,
    text: str,
    *,
    by: User,
    under: Driver | None = None,
    note: str = "",
    definition_id: int | None = None,
) -> Driver:
    """Add a driver at the end of those under the same one. Raises CannotDo.

    Added twice in the same place it is there once.
    """
    lock(project.id)
    if level is Level.PRIMARY:
        under = None
    elif under is None or under.level not in level.parents:
        raise CannotDo(f"Say which {level.parents[0].label.lower()} it belongs to.")
    else:
        _expect(under)
    held = _same(project.id, level, text)
    if isinstance(held, Driver):
        return _already(held, [under] if under else [])
    row = Driver(
        project_id=project.id, level=level, text=text, note=note, definition_id=definition_id
    )
    db.session.add(row)
    db.session.flush()
    _hang(row, [under.id if under else None])
    audit.record("driver.added", of=row, by=by, detail={"text": text, **_told_under([under])})
    return _changed(row, by)


def add_idea(
    project: Project,
    text: str,
    *,
    by: User,
    under: Sequence[Driver] = (),
    note: str = "",
    definition_id: int | None = None,
) -> ChangeIdea:
    """Add a change idea under these drivers; under none it waits to be placed. Raises CannotDo."""
    lock(project.id)
    for parent in under:
        _expect(parent)
    held = _same(project.id, Level.IDEA, text)
    if isinstance(held, ChangeIdea):
        return _already(held, under)
    row = ChangeIdea(project_id=project.id, text=text, note=note, definition_id=definition_id)
    db.session.add(row)
    db.session.flush()
    _hang(row, [parent.id for parent in under])
    audit.record("idea.added", of=row, by=by, detail={"text": text, **_told_under(under)})
    return _changed(row, by)


def idea_for(project_id: int, words: str, *, by: User) -> int | None:
    """The idea that a cycle tests by its words: one that is there, or a new one to be placed."""
    if not words:
        return None
    lock(project_id)
    held = _same(project_id, Level.IDEA, words)
    if held is None:
        held = ChangeIdea(project_id=project_id, text=words)
        db.session.add(held)
        db.session.flush()
        audit.record("idea.added", of=held, by=by, detail={"text": words})
        keep_version(project_id, by=by)
    return held.id


def change(
    row: Row,
    *,
    text: str,
    note: str,
    parents: Collection[int] | None,
    measures: Collection[int],
    by: User,
) -> Row:
    """Change the words of a box, what it hangs under and its measures. Raises CannotDo.

    `parents` are ids of drivers; None leaves it where it is. An idea under none waits for a place.
    """
    lock(row.project_id)
    same = _same(row.project_id, row.level, text)
    if same is not None and same is not row:
        raise CannotDo(
            f"There is already a {row.level.label.lower()} called {called(same)}. "
            "Let that one serve both, or give this one other words."
        )
    row.text, row.note = text, note
    told = audit.changes(row)
    if parents is not None:
        told |= _move_under(row, parents)
    told |= measure(row.project_id, measures, on=row)
    if told:
        row.changed()
        audit.record(f"{_noun(row)}.changed", of=row, by=by, detail=told)
    return _changed(row, by)


def set_aim_measures(project: Project, measures: Collection[int], *, by: User) -> None:
    """Say which measures show that the aim is met, and what must not get worse."""
    lock(project.id)
    told = measure(project.id, measures, on=None)
    if told:
        audit.record("drivers.aim_measured", of=project, by=by, detail=told)
        touch(project.id)
        keep_version(project.id, by=by)


def move(row: Row, step: int, *, under_id: int | None, by: User) -> Row:
    """Move a box one place up (-1) or down (1) among those under the same one. Raises CannotDo."""
    lock(row.project_id)
    _expect(row)
    siblings = _links_under(row.project_id, under_id)
    at = next((n for n, link in enumerate(siblings) if _is_of(link, row)), None)
    if at is None:
        raise CannotDo(f"{called(row)} was moved to another place meanwhile: here it is now.")
    to = at + step
    if not 0 <= to < len(siblings):
        raise CannotDo(f"{called(row)} is the {'first' if step < 0 else 'last'} there already.")
    siblings.insert(to, siblings.pop(at))
    # What was removed keeps its place among those that stay as well as it can: after them.
    for position, link in enumerate(siblings, start=1):
        link.position = position
    audit.record(
        f"{_noun(row)}.moved",
        of=row,
        by=by,
        detail={"text": row.text, "direction": "up" if step < 0 else "down"},
    )
    return _changed(row, by)


def remove(row: Row, *, by: User) -> None:
    """Take a box off the diagram; it can come back for 30 days. What is under it stays."""
    lock(row.project_id)
    _expect(row)
    row.deleted_at, row.deleted_by_id = utcnow(), by.id
    audit.record(f"{_noun(row)}.removed", of=row, by=by, detail={"text": row.text})
    _changed(row, by)


def restore(row: Row, *, by: User) -> Row:
    """Bring a box back to where it was. Raises CannotDo when its words are in use by now."""
    lock(row.project_id)
    same = _same(row.project_id, row.level, row.text)
    if same is not None and same is not row:
        raise CannotDo(f"There is another {row.level.label.lower()} called {called(row)} now.")
    row.deleted_at = row.deleted_by_id = None
    audit.record(f"{_noun(row)}.restored", of=row, by=by, detail={"text": row.text})
    return _changed(row, by)


def keep_version(project_id: int, *, by: User, why: str = "") -> DriverVersion:
    """Keep the diagram as it stands: in the version of this person's sitting, or in a new one."""
    db.session.flush()
    body = versions.as_json(queries.board(project_id).diagram)
    last = queries.latest_version(project_id)
    now = utcnow()
    goes_on = last is not None and not why and last.by_id == by.id and now - last.at < SITTING
    if last is not None and goes_on:
        last.at, last.body = now, body
        db.session.flush()
        return last
    version = DriverVersion(
        project_id=project_id,
        number=last.number + 1 if last else 1,
        at=now,
        by_id=by.id,
        why=why,
        body=body,
    )
    db.session.add(version)
    db.session.flush()
    return version


# --- parts ---------------------------------------------------------------------------------------


def lock(project_id: int) -> None:
    """One command at a time on a diagram. SQLite has the lock already."""
    db.session.execute(select(Aim.id).where(Aim.project_id == project_id).with_for_update())


def _noun(row: Row) -> str:
    return "idea" if isinstance(row, ChangeIdea) else "driver"


def _expect(row: Row) -> None:
    """Refuse when somebody has removed it meanwhile."""
    db.session.refresh(row)
    if row.deleted_at is not None:
        raise CannotDo(f"{called(row)} was removed meanwhile. Put it back first: Deleted things.")


def _same(project_id: int, level: Level, text: str) -> Row | None:
    """What is there already under these words."""
    found: Sequence[Row] = (
        db.session.scalars(
            select(ChangeIdea).where(
                ChangeIdea.project_id == project_id, ChangeIdea.deleted_at.is_(None)
            )
        ).all()
        if level is Level.IDEA
        else db.session.scalars(
            select(Driver).where(
                Driver.project_id == project_id,
                Driver.deleted_at.is_(None),
                Driver.level == level,
            )
        ).all()
    )
    wanted = domain.folded(text)
    return next((row for row in found if domain.folded(row.text) == wanted), None)


def _already(held: R, under: Sequence[Driver]) -> R:
    """Sent twice it is made once; wanted in another place too, a person says so on its page."""
    links = _links_of(held)
    there = {link.parent_id for link in links}
    if all(parent.id in there for parent in under) and (under or not there or there == {None}):
        return held
    raise CannotDo(
        f"There is already a {held.level.label.lower()} called {called(held)}. "
        "Edit it, and tick this driver too."
    )


def _links_of(row: Row) -> Sequence[DriverLink]:
    """What a box hangs under, among what is there."""
    own = DriverLink.idea_id if isinstance(row, ChangeIdea) else DriverLink.child_id
    return db.session.scalars(
        select(DriverLink)
        .outerjoin(Driver, Driver.id == DriverLink.parent_id)
        .where(own == row.id, Driver.deleted_at.is_(None))
        .order_by(DriverLink.id)
    ).all()


def _links_under(project_id: int, under_id: int | None) -> list[DriverLink]:
    """The links to what is there under a driver or the aim, in order."""
    child = select(Driver.id).where(Driver.deleted_at.is_(None))
    idea = select(ChangeIdea.id).where(ChangeIdea.deleted_at.is_(None))
    return list(
        db.session.scalars(
            select(DriverLink)
            .where(
                DriverLink.project_id == project_id,
                DriverLink.parent_id.is_(None)
                if under_id is None
                else DriverLink.parent_id == under_id,
                DriverLink.child_id.in_(child) | DriverLink.idea_id.in_(idea),
            )
            .order_by(DriverLink.position, DriverLink.id)
        )
    )


def _is_of(link: DriverLink, row: Row) -> bool:
    return (link.idea_id if isinstance(row, ChangeIdea) else link.child_id) == row.id


def _hang(row: Row, parents: Iterable[int | None]) -> None:
    """Put a box at the end of what hangs under each of these."""
    for parent in parents:
        is_under = (
            DriverLink.parent_id.is_(None) if parent is None else DriverLink.parent_id == parent
        )
        last = db.session.scalar(
            select(func.max(DriverLink.position)).where(
                DriverLink.project_id == row.project_id, is_under
            )
        )
        db.session.add(
            DriverLink(
                project_id=row.project_id,
                parent_id=parent,
                child_id=None if isinstance(row, ChangeIdea) else row.id,
                idea_id=row.id if isinstance(row, ChangeIdea) else None,
                position=(last or 0) + 1,
            )
        )
        db.session.flush()


def _move_under(row: Row, parents: Collection[int]) -> dict[str, list[str]]:
    """Let a box hang under these drivers and no others; returns what the history tells."""
    held = {link.parent_id: link for link in _links_of(row)}
    wanted = set(parents)
    if set(held) == wanted:
        return {}
    found = {
        d.id: d
        for d in db.session.scalars(
            select(Driver).where(
                Driver.project_id == row.project_id, Driver.id.in_(wanted | set(filter(None, held)))
            )
        )
    }
    for key in wanted:
        parent = found.get(key)
        if parent is None or parent.level not in row.level.parents:
            raise CannotDo(f"{called(row)} cannot hang there.")
        if parent.deleted_at is not None:
            raise CannotDo(f"{called(parent)} was removed meanwhile. Choose another place.")
    if not wanted and not isinstance(row, ChangeIdea):
        raise CannotDo(f"Say which {row.level.parents[0].label.lower()} it belongs to.")
    for parent_id, link in held.items():
        if parent_id not in wanted:
            db.session.delete(link)
    db.session.flush()
    # A link to what was removed may still be there, and holds now.
    _hang(row, [key for key in parents if key not in held])
    old = sorted(found[key].text for key in held if key in found)
    return {"under": [", ".join(old), ", ".join(sorted(found[key].text for key in wanted))]}


def measure(
    project_id: int, measures: Collection[int], *, on: Row | None
) -> dict[str, list[list[int]]]:
    """Let these measures hang on a box or, with none, on the aim."""
    driver_id = on.id if isinstance(on, Driver) else None
    idea_id = on.id if isinstance(on, ChangeIdea) else None
    place = (
        DriverMeasure.driver_id.is_not_distinct_from(driver_id),
        DriverMeasure.idea_id.is_not_distinct_from(idea_id),
    )
    held = set(
        db.session.scalars(
            select(DriverMeasure.measure_id)
            .join(Measure, Measure.id == DriverMeasure.measure_id)
            .where(DriverMeasure.project_id == project_id, Measure.deleted_at.is_(None), *place)
        )
    )
    wanted = set(measures)
    if held == wanted:
        return {}
    db.session.execute(
        delete(DriverMeasure).where(
            DriverMeasure.project_id == project_id,
            DriverMeasure.measure_id.in_(held - wanted),
            *place,
        )
    )
    for measure_id in [m for m in measures if m not in held]:
        db.session.add(
            DriverMeasure(
                project_id=project_id,
                measure_id=measure_id,
                driver_id=driver_id,
                idea_id=idea_id,
            )
        )
    return {"measures": [sorted(held), sorted(wanted)]}


def _told_under(parents: Sequence[Driver | None]) -> dict[str, str]:
    texts = [parent.text for parent in parents if parent is not None]
    return {"under": ", ".join(texts)} if texts else {}


def _changed(row: R, by: User) -> R:
    db.session.flush()
    touch(row.project_id)
    keep_version(row.project_id, by=by)
    return row
