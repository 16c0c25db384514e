"""Search as you type: words and beginnings of words, in any order, the same on both engines.

`search_entry` has one row for each thing that can be found. PostgreSQL keeps its words there and
looks them up in a GIN index over them as a `tsvector`. SQLite keeps them in the FTS5 table
`search_words` alone, so that changing them is one statement on either; it is written here, for
triggers may not touch it while the schema is not trusted. Words are taken apart here too, in one
way for what is stored and what is asked, so that neither engine's own rules, nor anything a person
types, can make a difference.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    Select,
    String,
    Subquery,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    column,
    delete,
    event,
    false,
    select,
    table,
    text,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from .base import Base, db

LONGEST_WORD: Final = 40
MOST_WORDS: Final = 10
"""Of a question; a longer one is answered by its first words."""
LONGEST_QUESTION: Final = 300

search_entry = Table(
    "search_entry",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("object_id", Integer, nullable=False),
    Column("project_id", Integer, index=True),
    Column("words", Text, nullable=False),
    UniqueConstraint("kind", "object_id"),
)

PROJECT: Final = "project"
"""The kind of a project as a whole: what a list of projects is searched by."""

_SQLITE_CREATE: Final = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS search_words USING fts5(kind, words, prefix='1 2 3')",
)
_SQLITE_DROP: Final = ("DROP TABLE IF EXISTS search_words",)
_POSTGRESQL_CREATE: Final = (
    """ALTER TABLE search_entry ADD COLUMN IF NOT EXISTS search_words tsvector
    GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED""",
    "CREATE INDEX IF NOT EXISTS search_words_index ON search_entry USING gin (search_words)",
    # A word that is usual inside projects is in few of their names.
    """CREATE INDEX IF NOT EXISTS search_words_of_projects ON search_entry
    USING gin (search_words) WHERE kind = 'project'""",
)
_POSTGRESQL_DROP: Final = ("ALTER TABLE search_entry DROP COLUMN IF EXISTS search_words",)


def create(connection: Connection) -> None:
    """Make the engine's index over the table `search_entry`, which must exist.

    A migration calls it after it has made the table; `create_all` does so by itself.
    """
    is_sqlite = connection.dialect.name == "sqlite"
    for statement in _SQLITE_CREATE if is_sqlite else _POSTGRESQL_CREATE:
        connection.exec_driver_sql(statement)


def drop(connection: Connection) -> None:
    """Take the engine's index away again; the table `search_entry` stays."""
    is_sqlite = connection.dialect.name == "sqlite"
    for statement in _SQLITE_DROP if is_sqlite else _POSTGRESQL_DROP:
        connection.exec_driver_sql(statement)


def is_index_part(name: str) -> bool:
    """Whether a table, column or index of this name is made by `create`, and no migration's."""
    return name.startswith("search_words")


@event.listens_for(search_entry, "after_create")
def _after_create(target: Table, connection: Connection, **kwargs: Any) -> None:
    create(connection)


@event.listens_for(search_entry, "before_drop")
def _before_drop(target: Table, connection: Connection, **kwargs: Any) -> None:
    drop(connection)


_APOSTROPHES: Final = re.compile("['’‘ʼ`]")
_WORD: Final = re.compile(r"[^\W_]+")


def words_of(written: str) -> list[str]:
    """The words of a text as they are compared: no accents, case or punctuation.

    `King's` is one word and `&` is `and`; `Stoke-on-Trent` is three.
    """
    spread = unicodedata.normalize("NFKD", written.replace("&", " and "))
    plain = "".join(letter for letter in spread if not unicodedata.combining(letter))
    return [word[:LONGEST_WORD] for word in _WORD.findall(_APOSTROPHES.sub("", plain).casefold())]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing as it is found: the project it is part of, and its text; None takes it out."""

    kind: str
    object_id: int
    text: str | None
    project_id: int | None = None
    is_new: bool = False
    """It cannot have been there before."""


def index(kind: str, object_id: int, written: str) -> None:
    """Make one thing findable by the words of `written`, in place of those it had."""
    write([Entry(kind, object_id, written)])


def index_many(kind: str, texts: Mapping[int, str]) -> None:
    """Make things findable: object id to text. Inside a unit of work."""
    write([Entry(kind, object_id, text, is_new=True) for object_id, text in texts.items()])


def remove(kind: str, object_ids: Iterable[int]) -> None:
    """Make things no longer findable. Inside a unit of work."""
    write([Entry(kind, object_id, None) for object_id in object_ids])


def write(entries: Iterable[Entry]) -> None:
    """Make the index say this of these things. Inside a unit of work.

    One statement for all that changed, on SQLite another for those that are new.
    """
    told: list[dict[str, Any]] = []
    gone: list[dict[str, Any]] = []
    new: list[dict[str, Any]] = []
    for each in entries:
        row = {"of_kind": each.kind, "object": each.object_id}
        if each.text is None:
            gone.append(row)
            continue
        row |= {"project": each.project_id, "said": " ".join(words_of(each.text))}
        told.append(row)
        if each.is_new:
            new.append(row)
    on_sqlite = _on_sqlite()
    if gone:
        if on_sqlite:
            db.session.execute(_SQLITE_REMOVE, gone)
        db.session.execute(_REMOVE, gone)
    if told and not on_sqlite:
        db.session.execute(_POSTGRESQL_WRITE, told)
    elif told:
        if new:
            db.session.execute(_SQLITE_ENTER, new)
        written = db.session.execute(_SQLITE_WRITE, told)
        if written.rowcount < len(told):  # type: ignore[attr-defined]  # some had no entry
            db.session.execute(_SQLITE_ENTER, told)
            db.session.execute(_SQLITE_WRITE, told)


def forget_projects(project_ids: Iterable[int]) -> None:
    """Take everything of these projects out. Inside a unit of work."""
    rows = [{"project": project_id} for project_id in project_ids]
    if not rows:
        return
    if _on_sqlite():
        db.session.execute(_SQLITE_FORGET, rows)
    db.session.execute(
        delete(search_entry).where(search_entry.c.project_id == bindparam("project")), rows
    )


_KIND: Final = search_entry.c.kind == bindparam("of_kind")
_REMOVE: Final = delete(search_entry).where(_KIND, search_entry.c.object_id == bindparam("object"))
_SQLITE_ENTER: Final = text(
    "INSERT INTO search_entry (kind, object_id, project_id, words) "
    "VALUES (:of_kind, :object, :project, '') ON CONFLICT (kind, object_id) DO NOTHING"
)
_SQLITE_WRITE: Final = text(
    "INSERT OR REPLACE INTO search_words(rowid, kind, words) "
    "SELECT id, kind, :said FROM search_entry WHERE kind = :of_kind AND object_id = :object"
)
_SQLITE_REMOVE: Final = text(
    "DELETE FROM search_words WHERE rowid IN "
    "(SELECT id FROM search_entry WHERE kind = :of_kind AND object_id = :object)"
)
_SQLITE_FORGET: Final = text(
    "DELETE FROM search_words WHERE rowid IN "
    "(SELECT id FROM search_entry WHERE project_id = :project)"
)
_POSTGRESQL_WRITE: Final = text(
    "INSERT INTO search_entry (kind, object_id, project_id, words) "
    "VALUES (:of_kind, :object, :project, :said) ON CONFLICT (kind, object_id) DO UPDATE "
    "SET words = excluded.words, project_id = excluded.project_id "
    "WHERE search_entry.words <> excluded.words "
    "OR search_entry.project_id IS DISTINCT FROM excluded.project_id"
)


def _on_sqlite() -> bool:
    return db.session.get_bind().dialect.name == "sqlite"


def matching(kind: str, asked: str) -> Select[int]:
    """Ids of the things of a kind that have every word of `asked`, each as a word's beginning.

    For use in `Model.id.in_(...)`. A text without a word (blank, `***`, an emoji) finds nothing.
    """
    return _matches(kind, asked, "object_id")


def entries_matching(kind: str, asked: str) -> Subquery:
    """What `matching` finds, as `id` and `object_id`, for a list that stops early.

    Joined, and in the falling order of its `id`, no more of the things themselves are read than
    the list shows: later ids are later things.
    """
    return _newest_first(_matches(kind, asked, "id", "object_id"), "entries")


def parts_matching(asked: str) -> Subquery:
    """Parts of projects that have every word, as `id` of the entry and `project_id`; the same."""
    found = _matches(None, asked, "id", "project_id").where(
        search_entry.c.project_id.is_not(None), search_entry.c.kind != PROJECT
    )
    return _newest_first(found, "parts")


def _newest_first(found: Select[Any], name: str) -> Subquery:
    # By itself PostgreSQL walks all entries in this order, in the hope that a usual word is soon
    # found often enough; so the matches are found first. SQLite reads them one by one, in order.
    if _on_sqlite():
        return found.subquery(name)
    return found.order_by(search_entry.c.id.desc()).suffix_with("OFFSET 0").subquery(name)


def held_by(project_ids: Iterable[int], asked: str) -> Select[Any]:
    """`project_id`, `kind` and `object_id` of what has every word in these few projects."""
    # Looked at one by one: an index would first gather all the country has of a usual word.
    said = _Words(search_entry.c.id, search_entry.c.words)
    return (
        select(search_entry.c.project_id, search_entry.c.kind, search_entry.c.object_id)
        .where(
            search_entry.c.project_id.in_(list(project_ids)),
            *((" " + said).like(f"% {word}%") for word in asked_words(asked)),
        )
        .order_by(search_entry.c.id)
    )


def asked_words(asked: str) -> list[str]:
    """The words of a question that are looked for."""
    return list(islice(dict.fromkeys(words_of(asked[:LONGEST_QUESTION])), MOST_WORDS))


def _matches(kind: str | None, asked: str, *names: str) -> Select[Any]:
    """These columns of the entries of a kind, or of any, that have the words."""
    words = asked_words(asked)
    if not words:
        return select(*(search_entry.c[name] for name in names)).where(false())
    # Words are letters and digits only, and kinds are ours, so neither needs escaping.
    if _on_sqlite():
        of_kind = f'kind : "{kind}" AND ' if kind else ""
        asks = " AND ".join(f'"{word}"*' for word in words)
        row_id = _search_words.c.rowid
        return (
            select(*(row_id.label(n) if n == "id" else search_entry.c[n] for n in names))
            .join_from(_search_words, search_entry, search_entry.c.id == row_id)
            .where(text("search_words MATCH :asks").bindparams(asks=f"{of_kind}words : ({asks})"))
        )
    asks = " & ".join(f"'{word}':*" for word in words)
    found = select(*(search_entry.c[name] for name in names)).where(
        text("search_entry.search_words @@ CAST(:asks AS tsquery)").bindparams(asks=asks)
    )
    if kind is None:
        return found
    # Written into the statement, so that an index over one kind is known to fit.
    return found.where(search_entry.c.kind == bindparam("of_kind", kind, literal_execute=True))


_search_words: Final = table("search_words", column("rowid", Integer))


class _Words(FunctionElement[str]):
    """The words of an entry, where each engine keeps them."""

    inherit_cache = True
    name = "words_of_entry"
    type = Text()


@compiles(_Words, "sqlite")
def _sqlite_words(element: _Words, compiler: SQLCompiler, **kwargs: Any) -> str:
    row_id, _ = (compiler.process(each, **kwargs) for each in element.clauses)
    return f"(SELECT words FROM search_words WHERE rowid = {row_id})"  # noqa: S608


@compiles(_Words, "postgresql")
def _postgresql_words(element: _Words, compiler: SQLCompiler, **kwargs: Any) -> str:
    _, words = (compiler.process(each, **kwargs) for each in element.clauses)
    return words
