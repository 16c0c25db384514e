"""Where a diagram can be copied from: a programme's template, or another project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker.db import db
from tracker.db.search import matching
from tracker.permissions import visible
from tracker.plugin_api import ChangeIdea as IdeaDefinition
from tracker.plugin_api import Definition, DriverDiagramTemplate
from tracker.plugin_api import Driver as DriverDefinition
from tracker.programmes.contents import contents_of
from tracker.projects.models import Project

from . import queries
from .domain import AIM, DRIVERS, Diagram, Level, Node, folded
from .models import ChangeIdea, Driver

if TYPE_CHECKING:
    from tracker.auth.models import User

MOST = 20


@dataclass(frozen=True, slots=True)
class Source:
    """A diagram to copy, and the definitions its boxes come from, by level and words."""

    title: str
    diagram: Diagram
    definitions: Mapping[tuple[Level, str], Definition] = field(default_factory=dict)


def templates(project: Project) -> Sequence[DriverDiagramTemplate]:
    """The driver diagrams of a project's programme."""
    return [d for d in _definitions(project) if isinstance(d, DriverDiagramTemplate)]


def ideas(project: Project) -> Sequence[IdeaDefinition]:
    """The change ideas of a project's programme, by theme."""
    found = [d for d in _definitions(project) if isinstance(d, IdeaDefinition)]
    return sorted(found, key=lambda each: each.theme.casefold())


def _definitions(project: Project) -> Sequence[Definition]:
    contents = contents_of(project.programme) if project.programme else None
    return contents.definitions if contents else ()


def find(project: Project, name: str, user: User) -> Source | None:
    """The source that an address names: `template/KEY` or `project/ID`; None when there is none.

    Another project is one that this person may read; of it the words are copied and no figure.
    """
    kind, _, key = name.partition("/")
    if kind == "template":
        template = next((t for t in templates(project) if t.key == key), None)
        return of_template(template, ideas(project)) if template else None
    if kind == "project" and key.isascii() and key.isdigit() and len(key) < 10:
        other = db.session.scalar(visible(Project, user).where(Project.id == int(key)))
        return Source(other.title, queries.board(other.id).diagram) if other else None
    return None


def of_template(template: DriverDiagramTemplate, ideas: Sequence[IdeaDefinition]) -> Source:
    """A programme's template as a diagram."""
    by_key = {idea.key: idea for idea in ideas}
    nodes: dict[str, Node] = {}
    links: dict[str, list[str]] = {}
    definitions: dict[tuple[Level, str], Definition] = {}

    def add(key: str, level: Level, text: str, under: str, source: Definition, note: str) -> None:
        nodes[key] = Node(key, level, text, note)
        links.setdefault(under, []).append(key)
        definitions[level, folded(text)] = source

    def driver(one: DriverDefinition, depth: int, under: str) -> None:
        add(one.key, DRIVERS[depth], one.text, under, template, "")
        for inner in one.drivers:
            if depth + 1 < len(DRIVERS):
                driver(inner, depth + 1, one.key)
        for name in one.change_ideas:
            if name in by_key:
                idea = by_key[name]
                add(f"idea:{name}", Level.IDEA, idea.title, one.key, idea, idea.summary)

    for one in template.primary:
        driver(one, 0, AIM)
    return Source(
        template.title,
        Diagram(nodes, {parent: tuple(children) for parent, children in links.items()}),
        definitions,
    )


def projects_with_diagrams(project: Project, user: User, text: str) -> Sequence[Project]:
    """Other projects with a diagram that this person may read, the latest changed first."""
    has_one = (
        select(Driver.id)
        .where(Driver.project_id == Project.id, Driver.deleted_at.is_(None))
        .correlate(Project)
        .exists()
    )
    query = visible(Project, user).where(Project.id != project.id, has_one)
    if text:
        query = query.where(Project.id.in_(matching("project", text)))
    return db.session.scalars(
        query.options(joinedload(Project.organisation))
        .order_by(Project.changed_at.desc(), Project.id.desc())
        .limit(MOST)
    ).all()


def held_texts(project_id: int) -> set[str]:
    """The ideas that a project has, as two are compared."""
    texts = db.session.scalars(
        select(ChangeIdea.text).where(
            ChangeIdea.project_id == project_id, ChangeIdea.deleted_at.is_(None)
        )
    )
    return {folded(text) for text in texts}
