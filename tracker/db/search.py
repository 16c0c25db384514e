"""Search as you type: words and beginnings of words, in any order, the same on both engines.

`search_entry` has one row for each thing that can be found. PostgreSQL looks words up in a GIN
index over them as a `tsvector`, SQLite in the FTS5 table `search_words`, which is written here:
triggers may not touch it while the schema is not trusted. Words are taken apart here too, in one
way for what is stored and what is asked, so that neither engine's own rules, nor anything a person
types, can make a difference.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Integer,
    Select,
    String,
    Subquery,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    delete,
    event,
    false,
    select,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NULLTYPE

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
    Column("words", Text, nullable=False),
    UniqueConstraint("kind", "object_id"),
)

_SQLITE_CREATE: Final = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS search_words USING fts5(words, prefix='1 2 3')",
    # For a table that had rows before its index.
    "INSERT OR REPLACE INTO search_words(rowid, words) SELECT id, words FROM search_entry",
)
_SQLITE_DROP: Final = ("DROP TABLE IF EXISTS search_words",)
_POSTGRESQL_CREATE: Final = (
    """ALTER TABLE search_entry ADD COLUMN IF NOT EXISTS search_words tsvector
    GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED""",
    "CREATE INDEX IF NOT EXISTS search_words_index ON search_entry USING gin (search_words)",
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


def index(kind: str, object_id: int, written: str) -> None:
    """Make one thing findable by the words of `written`, in place of those it had."""
    index_many(kind, {object_id: written})


def index_many(kind: str, texts: Mapping[int, str]) -> None:
    """Make things findable: object id to text. Inside a unit of work."""
    if not texts:
        return
    on_sqlite = _on_sqlite()
    adding = (sqlite.insert if on_sqlite else postgresql.insert)(search_entry)
    rows = [
        {"kind": kind, "object_id": object_id, "words": " ".join(words_of(written))}
        for object_id, written in texts.items()
    ]
    db.session.execute(
        adding.on_conflict_do_update(
            index_elements=["kind", "object_id"],
            set_={"words": adding.excluded.words},
            where=search_entry.c.words != adding.excluded.words,
        ),
        rows,
    )
    if on_sqlite:
        db.session.execute(_SQLITE_INDEX, rows)


def remove(kind: str, object_ids: Iterable[int]) -> None:
    """Make things no longer findable. Inside a unit of work."""
    rows = [{"of_kind": kind, "object": object_id} for object_id in object_ids]
    if not rows:
        return
    if _on_sqlite():
        db.session.execute(_SQLITE_REMOVE, rows)
    db.session.execute(
        delete(search_entry).where(
            search_entry.c.kind == bindparam("of_kind"),
            search_entry.c.object_id == bindparam("object"),
        ),
        rows,
    )


_SQLITE_INDEX: Final = text(
    "INSERT OR REPLACE INTO search_words(rowid, words) "
    "SELECT id, words FROM search_entry WHERE kind = :kind AND object_id = :object_id"
)
_SQLITE_REMOVE: Final = text(
    "DELETE FROM search_words WHERE rowid IN "
    "(SELECT id FROM search_entry WHERE kind = :of_kind AND object_id = :object)"
)


def _on_sqlite() -> bool:
    return db.session.get_bind().dialect.name == "sqlite"


def matching(kind: str, asked: str) -> Select[int]:
    """Ids of the things of a kind that have every word of `asked`, each as a word's beginning.

    For use in `Model.id.in_(...)`. A text without a word (blank, `***`, an emoji) finds nothing.
    """
    return select(search_entry.c.object_id).where(_is_match(kind, asked))


def entries_matching(kind: str, asked: str) -> Subquery:
    """What `matching` finds, as `id` and `object_id`, for a list that stops early.

    Joined, and in the falling order of its `id`, no more of the things themselves are read than
    the list shows: later ids are later things.
    """
    found = (
        select(search_entry.c.id, search_entry.c.object_id)
        .where(_is_match(kind, asked))
        .order_by(search_entry.c.id.desc())
    )
    # By itself PostgreSQL walks all entries in this order, in the hope that a usual word is soon
    # found often enough; so the matches are found first. SQLite reads them one by one, in order.
    return found.suffix_with("OFFSET 0", dialect="postgresql").subquery("entries")


def _is_match(kind: str, asked: str) -> ColumnElement[bool]:
    words = list(islice(dict.fromkeys(words_of(asked[:LONGEST_QUESTION])), MOST_WORDS))
    return _has_words(kind, words) if words else false()


class _HasWords(FunctionElement[Any]):
    """The entry is of a kind and has the words; each engine has its own way of asking."""

    inherit_cache = True
    name = "has_words"
    # Not Boolean: SQLite has none, so it would be compared with 1, and no index used.
    type = NULLTYPE


def _has_words(kind: str, words: list[str]) -> ColumnElement[bool]:
    # Words are letters and digits only, so neither form needs escaping.
    return _HasWords(
        search_entry.c.id,
        search_entry.c.kind,
        bindparam(None, kind, unique=True),
        bindparam(None, " AND ".join(f'"{word}"*' for word in words), unique=True),
        bindparam(None, " & ".join(f"'{word}':*" for word in words), unique=True),
    )


@compiles(_HasWords, "sqlite")
def _sqlite_has_words(element: _HasWords, compiler: SQLCompiler, **kwargs: Any) -> str:
    row_id, kind, of_kind, asked, _ = (compiler.process(each, **kwargs) for each in element.clauses)
    # The plus keeps the kind's index out of it: SQLite, never told how many entries a kind has,
    # would rather read all of them than those that match.
    return (
        f"(+{kind} = {of_kind} AND {row_id} IN "  # noqa: S608
        f"(SELECT rowid FROM search_words WHERE search_words MATCH {asked}))"
    )


@compiles(_HasWords, "postgresql")
def _postgresql_has_words(element: _HasWords, compiler: SQLCompiler, **kwargs: Any) -> str:
    _, kind, of_kind, _, asked = (compiler.process(each, **kwargs) for each in element.clauses)
    return f"({kind} = {of_kind} AND search_entry.search_words @@ CAST({asked} AS tsquery))"
