"""Taking a definition into use, switching programmes on and off, refreshing stored wording."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from tracker import audit
from tracker.db import db, utcnow
from tracker.organisations.models import Organisation
from tracker.plugin_api import Definition, Programme, as_json
from tracker.plugin_host import current_host

from . import queries
from .domain import SwitchState
from .models import ProgrammeSwitch, StoredDefinition

if TYPE_CHECKING:
    from tracker.auth.models import User


class ChangedMeaning(ValueError):
    """The stored copy of this version means something else: the plugin must raise its version."""


class UnknownProgramme(ValueError):
    """No plugin brings this programme, so it cannot be switched on."""


def adopt(definition: Definition, *, by: User | None) -> StoredDefinition:
    """The stored copy that a project points at, made now if this is its first use.

    Its programme is copied with it, so that its name outlives the plugin. Raises ChangedMeaning.
    """
    programme = _programme(definition.programme)
    if programme is not None and programme is not definition:
        _copy(programme, by=by)
    return _copy(definition, by=by)


def adopt_programme(key: str, *, by: User | None) -> StoredDefinition | None:
    """Copy a programme that a project now belongs to; None when it is not loaded."""
    programme = _programme(key)
    return None if programme is None else _copy(programme, by=by)


def switch_on(
    organisation: Organisation, programme: str, *, by: User | None, on: date, reason: str = ""
) -> ProgrammeSwitch:
    """Offer a programme to an organisation and all under it, from a day.

    Raises UnknownProgramme.
    """
    if adopt_programme(programme, by=by) is None:
        raise UnknownProgramme(f"no plugin brings a programme called {programme!r}")
    return _say(organisation, programme, SwitchState.ON, by=by, on=on, reason=reason)


def switch_off(
    organisation: Organisation, programme: str, *, by: User | None, on: date, reason: str = ""
) -> ProgrammeSwitch:
    """Stop offering a programme, from a day. Projects in it stay, and can be read and filled."""
    return _say(organisation, programme, SwitchState.OFF, by=by, on=on, reason=reason)


def switch_on_for(
    organisation: Organisation,
    programme: str,
    *,
    chosen: Collection[int],
    among: Collection[Organisation],
    by: User | None,
    on: date,
    reason: str = "",
) -> int:
    """Switch a programme on for those `chosen` by id, out of an organisation and some under it.

    When all are chosen, the organisation speaks for those under it that have not said no. When
    some are left out, each says for itself, so that none inherits what it should not. Returns
    how many have it. Raises UnknownProgramme.
    """
    everyone = [organisation, *(one for one in among if one.id != organisation.id)]
    own = queries.own_states([one.id for one in everyone], programme)
    is_partial = any(one.id not in chosen for one in everyone)
    for one in everyone:
        is_chosen = one.id in chosen
        wanted = SwitchState.ON if is_chosen else SwitchState.OFF
        inherits = one is not organisation and not is_partial and one.id not in own
        if inherits or own.get(one.id) is wanted:
            continue
        if is_chosen:
            switch_on(one, programme, by=by, on=on, reason=reason)
        else:
            switch_off(one, programme, by=by, on=on, reason=reason)
    return sum(one.id in chosen for one in everyone)


def refresh_wording() -> list[str]:
    """Bring better words of loaded plugins into the stored copies; names of those that changed.

    Only where the meaning is the same. Called by `tracker migrate`, inside a unit of work: serving
    pages writes nothing.
    """
    host = current_host()
    loaded = {one.ident: one for one in host.of(Definition)}
    refreshed = []
    for row in db.session.scalars(select(StoredDefinition).order_by(StoredDefinition.id)):
        one = loaded.get(row.ident)
        if one is None or row.fingerprint != one.fingerprint() or row.body == as_json(one):
            continue
        row.body = as_json(one)
        plugin = host.plugin_of(one).info
        row.plugin, row.plugin_version = plugin.name, plugin.version
        audit.record("definition.reworded", of=row, by=None, detail={"definition": row.ident})
        refreshed.append(row.ident)
    db.session.flush()
    return refreshed


def _programme(key: str) -> Programme | None:
    return next((one for one in current_host().of(Programme) if one.key == key), None)


def _copy(definition: Definition, *, by: User | None) -> StoredDefinition:
    row = queries.stored(definition) or _insert(definition, by=by)
    if row.fingerprint != definition.fingerprint():
        raise ChangedMeaning(
            f"{definition.ident} is stored with another meaning; "
            f"its plugin must publish it as version {definition.version + 1}"
        )
    return row


def _insert(definition: Definition, *, by: User | None) -> StoredDefinition:
    plugin = current_host().plugin_of(definition).info
    row = StoredDefinition(
        kind=definition.kind_name,
        programme=definition.programme,
        key=definition.key,
        version=definition.version,
        fingerprint=definition.fingerprint(),
        body=as_json(definition),
        plugin=plugin.name,
        plugin_version=plugin.version,
        first_used_at=utcnow(),
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        # Another process took it into use between our look and our insert.
        there = queries.stored(definition)
        if there is None:
            raise
        return there
    detail = {"definition": row.ident, "plugin": f"{plugin.name} {plugin.version}"}
    audit.record("definition.adopted", of=row, by=by, detail=detail)
    return row


def _say(
    organisation: Organisation,
    programme: str,
    state: SwitchState,
    *,
    by: User | None,
    on: date,
    reason: str,
) -> ProgrammeSwitch:
    row = ProgrammeSwitch(
        organisation_id=organisation.id,
        programme=programme,
        state=state,
        from_date=on,
        by_id=by.id if by else None,
        reason=reason,
    )
    db.session.add(row)
    db.session.flush()
    audit.record(
        f"programme.switched_{state}",
        of=row,
        by=by,
        organisation_id=organisation.id,
        detail={"programme": programme, "from": on.isoformat()},
    )
    return row
