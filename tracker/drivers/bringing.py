"""Bringing a whole diagram in: pasted, copied from a template or a project, or an old version.

Runs inside a unit of work.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlalchemy import select

from tracker import audit
from tracker.db import db, utcnow
from tracker.plugin_api import Definition
from tracker.programmes import services as programmes
from tracker.projects.services import touch

from . import queries, services, versions
from .domain import AIM, Diagram, Level, Node, folded
from .models import ChangeIdea, Driver, DriverLink
from .queries import Board
from .services import Row

if TYPE_CHECKING:
    from tracker.auth.models import User
    from tracker.projects.models import Project

    from .models import DriverVersion


def bring_in(
    project: Project,
    incoming: Diagram,
    *,
    replacing: bool,
    why: str,
    by: User,
    definitions: Mapping[tuple[Level, str], Definition] | None = None,
) -> int:
    """Add a diagram to the one that is there, or put it in its place; returns how many changes.

    Ideas that have cycles stay in any case, to be placed.
    """
    services.lock(project.id)
    board = queries.board(project.id)
    result = versions.brought_in(board.diagram, incoming, replacing=replacing, keep=board.tested)
    count = _apply(project, board, result, by=by, definitions=definitions or {})
    if count:
        audit.record(
            "drivers.brought_in",
            of=project,
            by=by,
            detail={"from": why, "in place of what was there": replacing, "changes": count},
        )
        _keep(project, by, why)
    return count


def restore_version(project: Project, version: DriverVersion, *, by: User) -> int:
    """Go back to a version. What came since is removed, but for ideas that have cycles."""
    services.lock(project.id)
    board = queries.board(project.id)
    result = versions.brought_in(
        board.diagram,
        versions.from_json(version.body),
        replacing=True,
        keep=board.tested,
        with_measures=True,
    )
    count = _apply(project, board, result, by=by, definitions={})
    if count:
        audit.record(
            "drivers.version_restored", of=project, by=by, detail={"number": version.number}
        )
        _keep(project, by, f"Version {version.number} restored")
    return count


def _keep(project: Project, by: User, why: str) -> None:
    db.session.flush()
    touch(project.id)
    services.keep_version(project.id, by=by, why=why)


def _apply(
    project: Project,
    board: Board,
    result: Diagram,
    *,
    by: User,
    definitions: Mapping[tuple[Level, str], Definition],
) -> int:
    """Make the diagram what `result` says; returns how many changes that took."""
    changes = versions.compare(board.diagram, result)
    if not changes:
        return 0
    rows = dict(board.rows)
    come_back = _removed(project.id, [key for key in result.nodes if key not in rows])
    for key, node in result.nodes.items():
        row = rows.get(key) or come_back.get(key)
        if row is None:
            row = rows[key] = _made(project.id, node, definitions, by=by)
        else:
            rows[key] = row
            row.deleted_at = row.deleted_by_id = None
            row.text, row.note = node.text, node.note
    for key, row in board.rows.items():
        if key not in result.nodes:
            row.deleted_at, row.deleted_by_id = utcnow(), by.id
    db.session.flush()
    _link(project.id, {key: rows[key] for key in result.nodes}, result)
    for key, node in result.nodes.items():
        was = board.diagram.nodes.get(key)
        if node.measures != (was.measures if was else ()):
            services.measure(project.id, _ids(board, node.measures), on=rows[key])
    if result.measures != board.diagram.measures:
        services.measure(project.id, _ids(board, result.measures), on=None)
    return len(changes)


def _ids(board: Board, keys: tuple[str, ...]) -> list[int]:
    return [board.measures[key].id for key in keys if key in board.measures]


def _removed(project_id: int, keys: list[str]) -> dict[str, Row]:
    """Boxes that were removed and that the diagram names again."""
    uids = []
    for key in keys:
        try:
            uids.append(uuid.UUID(hex=key))
        except ValueError:
            continue
    if not uids:
        return {}
    drivers = db.session.scalars(
        select(Driver).where(Driver.project_id == project_id, Driver.uid.in_(uids))
    ).all()
    ideas = db.session.scalars(
        select(ChangeIdea).where(ChangeIdea.project_id == project_id, ChangeIdea.uid.in_(uids))
    ).all()
    both: list[Row] = [*drivers, *ideas]
    return {row.uid.hex: row for row in both}


def _made(
    project_id: int,
    node: Node,
    definitions: Mapping[tuple[Level, str], Definition],
    *,
    by: User,
) -> Row:
    source = definitions.get((node.level, folded(node.text)))
    definition_id = programmes.adopt(source, by=by).id if source is not None else None
    row: Row
    if node.level is Level.IDEA:
        row = ChangeIdea(project_id=project_id, text=node.text, note=node.note)
    else:
        row = Driver(project_id=project_id, level=node.level, text=node.text, note=node.note)
    row.definition_id = definition_id
    db.session.add(row)
    return row


def _link(project_id: int, rows: Mapping[str, Row], result: Diagram) -> None:
    """Let what is on the diagram hang as it says, and leave alone the links of what is not."""
    wanted: dict[tuple[int | None, int | None, int | None], int] = {}
    for parent, children in result.links.items():
        parent_id = None if parent == AIM else rows[parent].id if parent in rows else 0
        for position, key in enumerate((k for k in children if k in rows), start=1):
            row = rows[key]
            ends = (None, row.id) if isinstance(row, ChangeIdea) else (row.id, None)
            if parent_id != 0:
                wanted[(parent_id, *ends)] = position
    drivers = {row.id for row in rows.values() if isinstance(row, Driver)}
    ideas = {row.id for row in rows.values() if isinstance(row, ChangeIdea)}
    for link in db.session.scalars(select(DriverLink).where(DriverLink.project_id == project_id)):
        name = (link.parent_id, link.child_id, link.idea_id)
        if name in wanted:
            link.position = wanted.pop(name)
        elif (link.parent_id is None or link.parent_id in drivers) and (
            link.child_id in drivers or link.idea_id in ideas
        ):
            db.session.delete(link)
    db.session.flush()
    for (parent_id, child_id, idea_id), position in wanted.items():
        db.session.add(
            DriverLink(
                project_id=project_id,
                parent_id=parent_id,
                child_id=child_id,
                idea_id=idea_id,
                position=position,
            )
        )
    db.session.flush()
