"""All that belongs to a programme, from its plugins or, once they are gone, from stored copies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from sqlalchemy import select

from tracker.db import db
from tracker.plugin_api import (
    KINDS,
    CaseStudyTemplate,
    Definition,
    Measure,
    Programme,
    Rubric,
    SelfAssessment,
    Source,
)
from tracker.plugin_host import current_host

from .domain import title_from_key
from .models import StoredDefinition
from .upgrading import newest

D = TypeVar("D", bound=Definition)


@dataclass(frozen=True, slots=True)
class Cited:
    """A source of a programme, with all that its definitions note about where they leave it."""

    source: Source
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """One programme with what it brings. `programme` is None when no copy of it was ever made."""

    key: str
    programme: Programme | None
    definitions: tuple[Definition, ...]
    is_loaded: bool
    retired: tuple[Definition, ...] = ()
    """In use by somebody, and no longer brought by the plugin that is loaded."""

    @property
    def title(self) -> str:
        """What people call it."""
        return self.programme.title if self.programme else title_from_key(self.key)

    @property
    def measures(self) -> list[Measure]:
        return self.of(Measure)

    @property
    def rubrics(self) -> list[Rubric]:
        return self.of(Rubric)

    @property
    def case_study_templates(self) -> list[CaseStudyTemplate]:
        return self.of(CaseStudyTemplate)

    def of(self, kind: type[D]) -> list[D]:
        """What it brings of one kind, in its own order; of each the newest version."""
        return [one for one in self.definitions if isinstance(one, kind)]

    @property
    def kinds(self) -> dict[str, list[Definition]]:
        """All that it brings, by the word for each kind; a kind without any has an empty list."""
        found: dict[str, list[Definition]] = {kind: [] for kind in KINDS}
        for one in self.definitions:
            found[one.kind_name].append(one)
        return found

    def by_key(self, kind: str) -> dict[str, Definition]:
        """What it brings of one kind, as other definitions of it name them."""
        return {one.key: one for one in self.definitions if one.kind_name == kind}

    def measure(self, key: str) -> Measure | None:
        """The measure of this key; None for one of another programme."""
        return next((one for one in self.measures if one.key == key), None)

    def element_titles(self, keys: Iterable[str]) -> list[str]:
        """Elements of its rubrics by their titles, as far as they are its own."""
        titles = {one.key: one.title for rubric in self.rubrics for one in rubric.elements}
        return [titles.get(key, key) for key in keys]

    def statement_texts(self, keys: Iterable[str]) -> list[str]:
        """Statements of its self-assessments by their texts."""
        texts = {
            one.key: one.text
            for form in self.of(SelfAssessment)
            for domain in form.domains
            for one in domain.statements
        }
        return [texts.get(key, key) for key in keys]

    @property
    def sources(self) -> list[Cited]:
        """Every source that something here rests on, each once, in the order of the page."""
        heads = [self.programme] if self.programme else []
        cited = [source for one in (*heads, *self.definitions) for source in one.sources()]
        found: dict[tuple[str, str], Source] = {}
        notes: dict[tuple[str, str], dict[str, None]] = {}
        for source in cited:
            name = source.code, source.title
            found.setdefault(name, source)
            notes.setdefault(name, {})
            if source.note:
                notes[name][source.note] = None
        return [Cited(source, tuple(notes[name])) for name, source in found.items()]

    @property
    def provisional(self) -> int:
        """How many parts nobody who owns the programme has confirmed."""
        heads = [self.programme] if self.programme else []
        # A definition is marked for the sake of its parts, which are counted one by one.
        return sum(
            sum(part.provisional for part in one.parts()) or one.provisional
            for one in (*heads, *self.definitions)
        )

    def added_by(self, definition: Definition) -> str | None:
        """Title of the plugin that adds this to another's programme; None for the owner's own."""
        if not self.is_loaded or self.programme is None:
            return None
        host = current_host()
        plugin = host.plugin_of(definition).info
        return None if plugin == host.plugin_of(self.programme).info else plugin.title


def contents_of(key: str) -> Contents | None:
    """One programme; None when no plugin and no stored copy knows it."""
    loaded = _loaded(key)
    if loaded:
        return replace(loaded, retired=_retired(loaded))
    return next(iter(_stored([key])), None)


def all_contents() -> list[Contents]:
    """Every programme that is loaded or in use, by title; what is on by default comes last."""
    loaded = [_loaded(programme.key) for programme in current_host().of(Programme)]
    found = [one for one in loaded if one] + _stored(None)
    return sorted(found, key=_order)


def _order(one: Contents) -> tuple[bool, str]:
    is_default = one.programme is not None and one.programme.on_by_default
    return is_default, one.title.casefold()


def _loaded(key: str) -> Contents | None:
    host = current_host()
    programme = next((one for one in host.of(Programme) if one.key == key), None)
    if programme is None:
        return None
    own = [one for one in host.of(Definition) if one.programme == key and not _is_head(one)]
    return Contents(key, programme, tuple(newest(own)), is_loaded=True)


def _retired(contents: Contents) -> tuple[Definition, ...]:
    """Stored copies of what the loaded plugins no longer bring, by the newest version of each."""
    there = {(one.kind_name, one.key) for one in contents.definitions}
    rows = db.session.scalars(
        select(StoredDefinition)
        .where(
            StoredDefinition.programme == contents.key,
            StoredDefinition.kind != Programme.kind_name,
        )
        .order_by(StoredDefinition.id)
    )
    return tuple(newest(row.read() for row in rows if (row.kind, row.key) not in there))


def _stored(keys: Iterable[str] | None) -> list[Contents]:
    """Programmes that are not loaded, from the newest copy of each definition."""
    loaded = [programme.key for programme in current_host().of(Programme)]
    query = select(StoredDefinition).where(StoredDefinition.programme.not_in(loaded))
    if keys is not None:
        query = query.where(StoredDefinition.programme.in_(list(keys)))
    newest: dict[tuple[str, str, str], StoredDefinition] = {}
    for row in db.session.scalars(query.order_by(StoredDefinition.version, StoredDefinition.id)):
        newest[row.programme, row.kind, row.key] = row
    held: dict[str, list[Definition]] = {}
    for row in newest.values():
        held.setdefault(row.programme, []).append(row.read())
    return [_from_copies(key, definitions) for key, definitions in held.items()]


def _from_copies(key: str, definitions: list[Definition]) -> Contents:
    heads = [one for one in definitions if isinstance(one, Programme)]
    others = tuple(one for one in definitions if not _is_head(one))
    return Contents(key, heads[0] if heads else None, others, is_loaded=False)


def _is_head(one: Definition) -> bool:
    return isinstance(one, Programme)
