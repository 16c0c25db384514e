"""Values and names that organisations set for themselves: what is in force, and setting them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker import audit
from tracker.db import db
from tracker.organisations.models import Organisation
from tracker.plugin_api import Definition

from .above import rows_above
from .contents import contents_of
from .models import DefinitionOverride
from .reading import NATIONAL, Name, OwnValue, Reading
from .slots import Slot, slot_of, slots_of

if TYPE_CHECKING:
    from tracker.auth.models import User


class CannotOverride(ValueError):
    """Nothing of this name may be set, or not to this value. The message is for the person."""


# --- what is in force ----------------------------------------------------------------------------


def reading_of(organisation_id: int | None, programme: str, on: date) -> Reading:
    """How an organisation reads a programme on a day: own values, then those from above."""
    if organisation_id is None:
        return NATIONAL
    return readings([organisation_id], programme, on).get(organisation_id, NATIONAL)


def readings(organisation_ids: Collection[int], programme: str, on: date) -> dict[int, Reading]:
    """The same for several, one statement; those for whom nothing is set are left out."""
    row = DefinitionOverride
    columns = (row.id, row.organisation_id, row.kind, row.key, row.field, row.value, row.from_date)
    query = rows_above(row, (*columns, Organisation.name), organisation_ids, on)
    said = db.session.execute(
        query.join(Organisation, Organisation.id == row.organisation_id)
        .where(row.programme == programme)
        .order_by("depth", row.from_date, row.id)
    )
    latest: dict[int, dict[Name, dict[int, OwnValue | None]]] = {}
    for one in said:
        name = one.kind, one.key, one.field
        own = None if one.value is None else OwnValue(one.name, one.value, one.from_date)
        # An organisation's last row stands; in the order of depth the nearest comes last.
        by_owner = latest.setdefault(one.descendant_id, {}).setdefault(name, {})
        by_owner.pop(one.organisation_id, None)
        by_owner[one.organisation_id] = own
    found = {}
    for organisation_id, names in latest.items():
        held = {
            name: standing[-1]
            for name, by_owner in names.items()
            if (standing := [own for own in by_owner.values() if own is not None])
        }
        if held:
            found[organisation_id] = Reading(held)
    return found


@dataclass(frozen=True, slots=True)
class Deviation:
    """An organisation that has set something itself: roll-ups name it."""

    organisation_id: int
    organisation: str
    definition: Definition
    slot: Slot
    value: str
    since: date
    reason: str

    @property
    def words(self) -> str:
        """`Window: 60 minutes (national: 30 minutes)`."""
        slot = self.slot
        return f"{slot.label}: {slot.shown(self.value)} (national: {slot.shown(slot.national)})"


def deviations(programme: str, on: date) -> list[Deviation]:
    """Who has set what of a programme, in force on a day, by name. Those under them inherit it."""
    contents = contents_of(programme)
    rows = db.session.scalars(
        select(DefinitionOverride)
        .where(DefinitionOverride.programme == programme, DefinitionOverride.from_date <= on)
        .options(joinedload(DefinitionOverride.organisation))
        .order_by(DefinitionOverride.from_date, DefinitionOverride.id)
    )
    latest = {(row.organisation_id, row.kind, row.key, row.field): row for row in rows}
    if contents is None or not latest:
        return []
    known = {(one.kind_name, one.key): one for one in contents.definitions}
    found = []
    for row in latest.values():
        definition = known.get((row.kind, row.key))
        slot = slot_of(definition, row.field) if definition else None
        # What a newer version of the definition has no place for is not in force.
        if row.value is None or definition is None or slot is None or row.value == slot.national:
            continue
        found.append(
            Deviation(
                row.organisation_id,
                row.organisation.name,
                definition,
                slot,
                row.value,
                row.from_date,
                row.reason,
            )
        )
    return sorted(found, key=lambda one: (one.organisation.casefold(), one.definition.ident))


@dataclass(frozen=True, slots=True)
class Settable:
    """One thing that may be set, as it stands for an organisation."""

    definition: Definition
    slot: Slot
    own: OwnValue | None
    """What is in force there, from itself or from above."""
    is_its_own: bool

    @property
    def shown(self) -> str:
        """The value that holds."""
        return self.slot.shown(self.own.value if self.own else self.slot.national)


def settable(
    organisation: Organisation, definitions: Iterable[Definition], programme: str, on: date
) -> list[Settable]:
    """All that an organisation may set of these definitions, with what holds there."""
    held = reading_of(organisation.id, programme, on).own
    own = _own_values(organisation.id, programme, on)
    return [
        Settable(one, slot, held.get(name), own.get(name) is not None)
        for one in definitions
        for slot in slots_of(one)
        for name in [(one.kind_name, one.key, slot.field)]
    ]


def _own_values(organisation_id: int, programme: str, on: date) -> dict[Name, str | None]:
    rows = db.session.scalars(
        select(DefinitionOverride)
        .where(
            DefinitionOverride.organisation_id == organisation_id,
            DefinitionOverride.programme == programme,
            DefinitionOverride.from_date <= on,
        )
        .order_by(DefinitionOverride.from_date, DefinitionOverride.id)
    )
    return {(row.kind, row.key, row.field): row.value for row in rows}


def history(organisation_id: int, programme: str) -> Sequence[DefinitionOverride]:
    """All that an organisation set of a programme and ended again, newest first."""
    return db.session.scalars(
        select(DefinitionOverride)
        .where(
            DefinitionOverride.organisation_id == organisation_id,
            DefinitionOverride.programme == programme,
        )
        .options(joinedload(DefinitionOverride.by))
        .order_by(DefinitionOverride.from_date.desc(), DefinitionOverride.id.desc())
    ).all()


# --- setting -------------------------------------------------------------------------------------


def set_value(
    organisation: Organisation,
    definition: Definition,
    field: str,
    value: str,
    *,
    on: date,
    reason: str,
    by: User | None,
) -> DefinitionOverride:
    """Set a value or a name for an organisation and those under it, from a day.

    Raises CannotOverride.
    """
    slot = slot_of(definition, field)
    if slot is None:
        raise CannotOverride("This is part of what is measured, and stays as it is")
    if fault := slot.fault(value):
        raise CannotOverride(fault)
    row = _say(organisation, definition, field, value, on=on, reason=reason, by=by)
    audit.record(
        "override.set",
        of=row,
        by=by,
        organisation_id=organisation.id,
        detail={
            "definition": definition.ident,
            "of": slot.label,
            "value": slot.shown(value),
            "national": slot.shown(slot.national),
            "from": on.isoformat(),
            "reason": reason,
        },
    )
    return row


def end_value(
    organisation: Organisation,
    definition: Definition,
    field: str,
    *,
    on: date,
    reason: str,
    by: User | None,
) -> DefinitionOverride:
    """From a day, an organisation's own value holds no more: what is above it does."""
    row = _say(organisation, definition, field, None, on=on, reason=reason, by=by)
    slot = slot_of(definition, field)
    audit.record(
        "override.ended",
        of=row,
        by=by,
        organisation_id=organisation.id,
        detail={
            "definition": definition.ident,
            "of": slot.label if slot else field,
            "from": on.isoformat(),
            "reason": reason,
        },
    )
    return row


def _say(
    organisation: Organisation,
    definition: Definition,
    field: str,
    value: str | None,
    *,
    on: date,
    reason: str,
    by: User | None,
) -> DefinitionOverride:
    row = DefinitionOverride(
        organisation_id=organisation.id,
        programme=definition.programme,
        kind=definition.kind_name,
        key=definition.key,
        field=field,
        value=value,
        from_date=on,
        by_id=by.id if by else None,
        reason=reason,
    )
    db.session.add(row)
    db.session.flush()
    return row
