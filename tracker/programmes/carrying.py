"""Carrying access and programmes over from an organisation that ended to its one successor.

Never by itself: an ended organisation keeps what it had until a person presses the button, and
keeps its own rows after that, so that who could read what it left still can.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from tracker import audit
from tracker.auth import services as auth
from tracker.auth.models import Membership
from tracker.db import db
from tracker.organisations import to_confirm
from tracker.organisations.models import Organisation

from . import services
from .domain import SwitchState
from .models import ProgrammeSwitch
from .queries import own_switches, programme_title

if TYPE_CHECKING:
    from tracker.auth.models import User


@dataclass(frozen=True, slots=True)
class ToCarry:
    """What the old organisation has and its successor has not."""

    memberships: Sequence[Membership]
    switches: Sequence[ProgrammeSwitch]
    already_said: Sequence[str]
    """Programmes of which the successor says something else itself: its word stands."""

    @property
    def is_nothing(self) -> bool:
        """The successor has all of it."""
        return not self.memberships and not self.switches


def one_successor(old: Organisation, on: date) -> Organisation | None:
    """Who took over from it alone by a day."""
    successors = to_confirm.successors_of(old)
    if old.valid_to is None or old.valid_to >= on or len(successors) != 1:
        return None
    return successors[0]


def to_carry(old: Organisation, into: Organisation, on: date) -> ToCarry:
    """What there is to carry over on a day: access that holds and programmes last said."""
    held = _memberships(into, on)
    there = {(each.user_id, each.role) for each in held}
    wanted = [m for m in _memberships(old, on) if (m.user_id, m.role) not in there]
    own, new = own_switches(old.id), own_switches(into.id)
    differ = [key for key in own if key in new and own[key].state is not new[key].state]
    return ToCarry(
        wanted,
        [switch for key, switch in own.items() if key not in new],
        [programme_title(key) for key in differ],
    )


def carry_over(old: Organisation, *, into: Organisation, on: date, by: User | None) -> ToCarry:
    """From `on`, people have at `into` the access they have at `old`, and it has its programmes.

    Doing it twice adds nothing. A programme whose plugin is not loaded stays behind.
    """
    found = to_carry(old, into, on)
    for membership in found.memberships:
        auth.give_membership(
            membership.user,
            membership.role,
            organisation_id=into.id,
            on=on,
            until=membership.ends_on,
            by=by,
        )
    for switch in found.switches:
        reason = f"Carried over from {old.name}"
        if switch.state is SwitchState.OFF:
            services.switch_off(into, switch.programme, by=by, on=on, reason=reason)
            continue
        try:
            services.switch_on(into, switch.programme, by=by, on=on, reason=reason)
        except services.UnknownProgramme:
            continue
    audit.record(
        "organisation.carried_over",
        of=old,
        by=by,
        organisation_id=into.id,
        detail={
            "into": into.code,
            "on": on.isoformat(),
            "memberships": len(found.memberships),
            "programmes": [switch.programme for switch in found.switches],
        },
    )
    db.session.flush()
    return found


def _memberships(organisation: Organisation, on: date) -> Sequence[Membership]:
    return db.session.scalars(
        select(Membership)
        .where(
            Membership.organisation_id == organisation.id,
            Membership.starts_on <= on,
            or_(Membership.ends_on.is_(None), Membership.ends_on >= on),
        )
        .options(joinedload(Membership.user))
        .order_by(Membership.id)
    ).all()
