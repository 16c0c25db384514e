"""What programmes there are, where each is on, and the definitions that projects use."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import g, has_request_context
from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from tracker.db import db
from tracker.db.unit_of_work import OPEN
from tracker.organisations.models import Organisation
from tracker.plugin_api import Definition, Programme
from tracker.plugin_host import current_host

from .above import rows_above
from .domain import Said, SwitchState, in_force, is_closed, is_on, title_from_key
from .models import ProgrammeSwitch, StoredDefinition
from .overriding import deviations as deviations

# --- titles --------------------------------------------------------------------------------------


def programme_title(key: str) -> str:
    """What people call a programme, whether or not its plugin is still here."""
    for programme in current_host().of(Programme):
        if programme.key == key:
            return programme.title
    return _stored_titles().get(key) or title_from_key(key)


def titles() -> dict[str, str]:
    """Every programme that is loaded or was ever used: key -> title, in the order of titles."""
    known = _stored_titles() | {p.key: p.title for p in current_host().of(Programme)}
    return dict(sorted(known.items(), key=lambda pair: pair[1].casefold()))


def _stored_titles() -> dict[str, str]:
    """Titles of programmes in stored copies; asked for once a request."""
    if has_request_context() and "stored_programme_titles" in g:
        held: dict[str, str] = g.stored_programme_titles
        return held
    rows = db.session.scalars(
        select(StoredDefinition)
        .where(StoredDefinition.kind == Programme.kind_name)
        .order_by(StoredDefinition.version)
    )
    found = {row.key: str(row.body.get("title") or title_from_key(row.key)) for row in rows}
    if has_request_context():
        g.stored_programme_titles = found
    return found


# --- where a programme is on ---------------------------------------------------------------------


def offered_programmes(organisation_id: int, on: date) -> list[Programme]:
    """Programmes that a new project of this organisation can belong to, by title.

    Those switched on, by itself or from above, and not closed; what is on by default comes last.
    """
    decided = _decided([organisation_id], on).get(organisation_id, {})
    offered = [
        programme
        for programme in current_host().of(Programme)
        if is_on(programme, decided) and not is_closed(programme, on)
    ]
    return sorted(offered, key=lambda one: (one.on_by_default, one.title.casefold()))


def programmes_on(organisations: Collection[int], on: date) -> list[str]:
    """Keys of the programmes that were switched on for at least one of these organisations.

    For sharing, so a default does not count: what is on everywhere would be shared with everyone.
    Does not ask whether the plugin is loaded: losing one must not change who reads what.
    """
    return sorted(
        {
            key
            for decided in _once(organisations, on).values()
            for key, said in decided.items()
            if said.state is SwitchState.ON
        }
    )


def _once(organisations: Collection[int], on: date) -> dict[int, dict[str, Said]]:
    """What `_decided` says. Every question of who may read something asks it.

    Outside a unit of work nothing changes meanwhile, so once is enough.
    """
    info = db.session.info
    known: dict[Any, dict[int, dict[str, Said]]] = (
        {} if info.get(OPEN) else info.setdefault("programmes_decided", {})
    )
    asked = (frozenset(organisations), on)
    if asked not in known:
        known[asked] = _decided(organisations, on)
    return known[asked]


def on_at(organisations: Collection[int], on: date) -> list[tuple[str, str]]:
    """Key and title of the programmes that are on for at least one of these: one statement."""
    decided = _once(organisations, on)
    loaded = {programme.key: programme for programme in current_host().of(Programme)}
    found = set(programmes_on(organisations, on))
    for key, programme in loaded.items():
        if any(is_on(programme, decided.get(place, {})) for place in organisations):
            found.add(key)
    return [(key, loaded[key].title if key in loaded else programme_title(key)) for key in found]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a programme stands for an organisation. `said` is None when nobody has said anything."""

    key: str
    title: str
    is_on: bool
    is_closed: bool
    is_loaded: bool
    said: Said | None
    said_by: str | None
    """Name of the organisation above that decides; None when it decides itself."""


def standings(organisation_id: int, on: date) -> list[Standing]:
    """Each programme that is loaded, or that something was said about, by title."""
    decided = _decided([organisation_id], on).get(organisation_id, {})
    loaded = {programme.key: programme for programme in current_host().of(Programme)}
    above = {said.organisation_id for said in decided.values()} - {organisation_id}
    names = _names(above)
    found = []
    for key in loaded.keys() | decided.keys():
        programme, said = loaded.get(key), decided.get(key)
        found.append(
            Standing(
                key=key,
                title=programme.title if programme else programme_title(key),
                is_on=is_on(programme, decided)
                if programme
                else said is not None and said.state is SwitchState.ON,
                is_closed=programme is not None and is_closed(programme, on),
                is_loaded=programme is not None,
                said=said,
                said_by=names.get(said.organisation_id) if said else None,
            )
        )
    return sorted(found, key=lambda one: one.title.casefold())


def standing(organisation_id: int, key: str, on: date) -> Standing | None:
    """How one programme stands for an organisation; None when there is no such programme."""
    return next((one for one in standings(organisation_id, on) if one.key == key), None)


def own_states(organisation_ids: Collection[int], programme: str) -> dict[int, SwitchState]:
    """What each of these organisations said last itself; those that said nothing are left out."""
    rows = db.session.execute(
        select(ProgrammeSwitch.organisation_id, ProgrammeSwitch.state)
        .where(
            ProgrammeSwitch.organisation_id.in_(list(organisation_ids)),
            ProgrammeSwitch.programme == programme,
        )
        .order_by(ProgrammeSwitch.from_date, ProgrammeSwitch.id)
    )
    return {row.organisation_id: row.state for row in rows}


def own_switches(organisation_id: int) -> dict[str, ProgrammeSwitch]:
    """By programme, the row that an organisation said last itself."""
    rows = db.session.scalars(
        select(ProgrammeSwitch)
        .where(ProgrammeSwitch.organisation_id == organisation_id)
        .order_by(ProgrammeSwitch.from_date, ProgrammeSwitch.id)
    )
    return {row.programme: row for row in rows}


@dataclass(frozen=True, slots=True)
class SwitchedOn:
    """An organisation that has switched a programme on itself."""

    organisation_id: int
    organisation: str
    since: date


def switched_on(on: date) -> dict[str, list[SwitchedOn]]:
    """By programme, the organisations that have it on by their own word, by name."""
    rows = db.session.execute(
        select(ProgrammeSwitch, Organisation.name)
        .join(ProgrammeSwitch.organisation)
        .where(ProgrammeSwitch.from_date <= on)
        .order_by(ProgrammeSwitch.from_date, ProgrammeSwitch.id)
    )
    latest = {(row.organisation_id, row.programme): (row, name) for row, name in rows}
    found: dict[str, list[SwitchedOn]] = {}
    for row, name in sorted(latest.values(), key=lambda pair: pair[1].casefold()):
        if row.state is SwitchState.ON:
            one = SwitchedOn(row.organisation_id, name, row.from_date)
            found.setdefault(row.programme, []).append(one)
    return found


def switch_history(organisation_id: int) -> Sequence[ProgrammeSwitch]:
    """All that an organisation said about programmes, newest first, with who said it."""
    return db.session.scalars(
        select(ProgrammeSwitch)
        .where(ProgrammeSwitch.organisation_id == organisation_id)
        .options(joinedload(ProgrammeSwitch.by))
        .order_by(ProgrammeSwitch.from_date.desc(), ProgrammeSwitch.id.desc())
    ).all()


def _decided(organisation_ids: Collection[int], on: date) -> dict[int, dict[str, Said]]:
    """By organisation, the row that decides for each programme on a day: one statement."""
    if not organisation_ids:
        return {}
    rows = db.session.execute(_said_above(organisation_ids, on)).all()
    said: dict[int, list[Said]] = {}
    for row in rows:
        said.setdefault(row.descendant_id, []).append(
            Said(row.id, row.programme, row.organisation_id, row.state, row.from_date, row.depth)
        )
    return {organisation_id: in_force(rows) for organisation_id, rows in said.items()}


def _said_above(organisation_ids: Collection[int], on: date) -> Select[Any]:
    """What was said, up to a day, by these organisations and all that they are under that day."""
    switch = ProgrammeSwitch
    return rows_above(
        switch,
        (switch.id, switch.programme, switch.organisation_id, switch.state, switch.from_date),
        organisation_ids,
        on,
    )


def _names(ids: Iterable[int]) -> dict[int, str]:
    wanted = list(ids)
    if not wanted:
        return {}
    rows = db.session.execute(
        select(Organisation.id, Organisation.name).where(Organisation.id.in_(wanted))
    )
    return {row.id: row.name for row in rows}


# --- stored copies -------------------------------------------------------------------------------


def stored(definition: Definition) -> StoredDefinition | None:
    """The copy of this version of a definition; None while no project has used it."""
    return db.session.scalar(
        select(StoredDefinition).where(
            StoredDefinition.kind == definition.kind_name,
            StoredDefinition.programme == definition.programme,
            StoredDefinition.key == definition.key,
            StoredDefinition.version == definition.version,
        )
    )


def definitions_of(ids: Iterable[int]) -> dict[int, Definition]:
    """Typed definitions by the id of their copy; the plugins need not be there."""
    rows = db.session.scalars(
        select(StoredDefinition).where(StoredDefinition.id.in_(list(ids)))
    ).all()
    return {row.id: row.read() for row in rows}


def definition_of(definition_id: int) -> Definition | None:
    """The typed definition of one copy; None if there is no such copy."""
    return definitions_of([definition_id]).get(definition_id)


def fingerprints() -> dict[str, str]:
    """What every stored copy means: `ident` -> fingerprint."""
    rows = db.session.execute(
        select(
            StoredDefinition.kind,
            StoredDefinition.programme,
            StoredDefinition.key,
            StoredDefinition.version,
            StoredDefinition.fingerprint,
        )
    )
    return {f"{r.kind}:{r.programme}/{r.key}@{r.version}": r.fingerprint for r in rows}


def copies_by_plugin() -> dict[str, int]:
    """How many stored copies came from each plugin, by its name."""
    rows = db.session.execute(
        select(StoredDefinition.plugin, func.count().label("number")).group_by(
            StoredDefinition.plugin
        )
    )
    return {row.plugin: row.number for row in rows}
