"""Searching what a person may read. Who may read what is part of each question asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import raiseload

from tracker.case_studies import queries as case_studies
from tracker.case_studies.models import Published
from tracker.db import db, search
from tracker.db.search import PROJECT, words_of
from tracker.permissions import visible
from tracker.projects import queries as projects
from tracker.projects.models import Project

from .domain import Piece, excerpt, pieces, words_in
from .sources import SOURCES, Page, Source

if TYPE_CHECKING:
    from tracker.auth.models import User

PAGE_SIZE = 10
COUNT_UP_TO = projects.COUNT_UP_TO
PARTS_UP_TO = 500
"""Matches inside projects that are gathered, the latest begun first."""
SHORTEST = 2
"""Letters that one of the words must have: a single letter begins something everywhere."""
IN_ONE = 4
"""Matches shown of one project."""
MOST_IN_PAGE = 1000
CASE_STUDIES = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found: what it is, its name, the words in their sentence, its page."""

    called: str
    title: Sequence[Piece]
    place: str
    """Under which heading of its page the excerpt stands; empty for none."""
    excerpt: Sequence[Piece]
    page: Page


@dataclass(frozen=True, slots=True)
class Group:
    """A project with what was found in it. `more` were found besides those shown."""

    project: Project
    title: Sequence[Piece]
    hits: Sequence[Hit]
    more: int


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found; `count` projects, of which a list shows at most so many."""

    groups: Sequence[Group] = ()
    case_studies: Sequence[tuple[Published, Sequence[Piece]]] = ()
    all_case_studies: str = ""
    """How many there are, when more than these."""
    number: int = 1
    count: int = 0
    is_cut: bool = False

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-min(self.count, COUNT_UP_TO) // PAGE_SIZE))

    @property
    def counted(self) -> str:
        """The count in words."""
        if self.is_cut:
            return f"More than {min(self.count, COUNT_UP_TO)} projects"
        return "1 project" if self.count == 1 else f"{self.count or 'No'} projects"


def find(user: User, asked: str, number: int = 1) -> Found:
    """What a person may read that has every word, each as a word's beginning; one page of it.

    Projects that are called so come first, then those with it inside, the latest begun first.
    """
    words = search.asked_words(asked)
    if max(map(len, words), default=0) < SHORTEST:
        return Found()
    named = projects.found(user, projects.Filters(text=asked, archived=None))
    inside = _inside(user, asked)
    ids = list(dict.fromkeys([*named, *inside]))
    is_cut = len(ids) > COUNT_UP_TO or len(inside) > PARTS_UP_TO
    number = max(1, min(number, COUNT_UP_TO // PAGE_SIZE))
    shown = ids[:COUNT_UP_TO][(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    studies = case_studies.library(user, case_studies.Filters(text=asked)) if number == 1 else None
    return Found(
        groups=_groups(shown, asked, words),
        case_studies=[
            (one, _marked(one.title, words))
            for one in (studies.rows[:CASE_STUDIES] if studies else ())
        ],
        all_case_studies=studies.counted if studies and studies.count > CASE_STUDIES else "",
        number=number,
        count=len(ids),
        is_cut=is_cut,
    )


def _inside(user: User, asked: str) -> Sequence[int]:
    """Projects with a part that matches, once for each part, the latest begun first."""
    parts = search.parts_matching(asked)
    return db.session.scalars(
        visible(Project, user)
        .join(parts, parts.c.project_id == Project.id)
        .with_only_columns(parts.c.project_id)
        .order_by(parts.c.id.desc())
        .limit(PARTS_UP_TO + 1)
    ).all()


def _groups(ids: Sequence[int], asked: str, words: Sequence[str]) -> list[Group]:
    """These projects with what was found in each; they were asked for with permission."""
    if not ids:
        return []
    held: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for project_id, kind, object_id in db.session.execute(
        search.held_by(ids, asked).limit(MOST_IN_PAGE)
    ):
        if kind in SOURCES and kind != PROJECT:
            held[project_id].append((kind, object_id))
    order = list(SOURCES)
    first: dict[int, list[tuple[str, int]]] = {}
    for project_id, things in held.items():
        things.sort(key=lambda thing: (order.index(thing[0]), -thing[1]))
        first[project_id] = things[:IN_ONE]
    hits = _hits([thing for things in first.values() for thing in things], words)
    return [
        Group(
            project,
            _marked(project.title, words),
            [hits[thing] for thing in first.get(project.id, ()) if thing in hits],
            max(0, len(held[project.id]) - IN_ONE),
        )
        for project in projects.by_ids(ids)
    ]


def _hits(things: Sequence[tuple[str, int]], words: Sequence[str]) -> Mapping[tuple[str, int], Hit]:
    """What was found, read as it stands now: one statement a kind."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for kind, object_id in things:
        by_kind[kind].append(object_id)
    found = {}
    for kind, ids in by_kind.items():
        source = SOURCES[kind]
        rows: Sequence[Any] = db.session.scalars(
            select(source.found.model).where(source.found.model.id.in_(ids)).options(raiseload("*"))  # type: ignore[attr-defined]
        ).all()
        for row in rows:
            found[kind, row.id] = _hit(source, row, words)
    return found


def _hit(source: Source, row: Any, words: Sequence[str]) -> Hit:
    """How it is shown: with a sentence around the words, unless its name says them all."""
    title = source.title(row)
    says_all = title and all(_matches(title, [word]) for word in words)
    best: tuple[int, str, str, list[tuple[int, int]]] = (0, "", "", [])
    for column, name in () if says_all else source.texts.items():
        text = getattr(row, column) or ""
        if text and text != title:
            matches = _matches(text, words)
            if len(matches) > best[0]:
                best = (len(matches), name, text, matches)
    _, place, text, matches = best
    return Hit(
        called=source.called(row),
        title=_marked(title, words) if title else (),
        place=place,
        excerpt=excerpt(text.replace("\n", " "), matches) if text else (),
        page=source.page(row),
    )


def _marked(text: str, words: Sequence[str]) -> list[Piece]:
    return pieces(text, _matches(text, words))


def _matches(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where words stand that begin as one of those that are looked for."""
    begins = tuple(words)

    def fits(word: str) -> bool:
        if word.isascii() and word.isalnum():
            return word.lower().startswith(begins)
        return any(each.startswith(begins) for each in words_of(word))

    return [(start, end) for start, end in words_in(text) if fits(text[start:end])]
