"""Which parts a team should have filled, which are, and since when one is vacant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from tracker.plugin_api import Programme, TeamRole
from tracker.plugin_host import current_host
from tracker.safe.dates import MONTHS

ANY_TEAM = (
    TeamRole(key="lead", title="Lead", note="Has time set aside for the work."),
    TeamRole(key="sponsor", title="Executive sponsor", note="Removes what stands in the way."),
    TeamRole(key="clinical", title="Clinical lead", note="Visibly leads the change."),
    TeamRole(
        key="data",
        title="Data specialist",
        note="Knows what the record holds, and how late it comes.",
    ),
    TeamRole(key="qi", title="QI lead", note="Brings the method."),
    TeamRole(key="patient", title="Patient Safety Partner", note="Speaks for those cared for."),
)
"""What a team of any project needs, where its programme does not say."""


class Member(Protocol):
    """What the check needs to know of a person who is or was on the team."""

    @property
    def name(self) -> str: ...
    @property
    def team_role(self) -> str: ...
    @property
    def joined_on(self) -> date: ...
    @property
    def left_on(self) -> date | None: ...


class OfProgramme(Protocol):
    """A project, so far as it says which roles are wanted."""

    @property
    def programme(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class RoleStanding:
    """One wanted role: who plays it today, or since when nobody does and who was the last."""

    role: TeamRole
    held_by: tuple[str, ...]
    vacant_since: date | None = None
    last_held_by: str = ""

    @property
    def is_filled(self) -> bool:
        return bool(self.held_by)

    @property
    def words(self) -> str:
        """What is said of a vacant one: `Left 9 Dec 2022`, or that nobody ever filled it."""
        on = self.vacant_since
        return f"Left {on.day} {MONTHS[on.month - 1][:3]} {on.year}" if on else "Vacant"


@dataclass(frozen=True, slots=True)
class RoleCheck:
    """A team beside the roles that its programme wants, in the order of the programme."""

    roles: tuple[RoleStanding, ...]

    @property
    def filled(self) -> list[RoleStanding]:
        return [one for one in self.roles if one.is_filled]

    @property
    def vacant(self) -> list[RoleStanding]:
        return [one for one in self.roles if not one.is_filled]

    @property
    def count(self) -> str:
        """`6 of 8`."""
        return f"{len(self.filled)} of {len(self.roles)}"


def wanted_roles(project: OfProgramme) -> Sequence[TeamRole]:
    """What its programme asks for; without a programme, or once it is gone, what any team needs."""
    if project.programme is not None:
        for programme in current_host().of(Programme):
            if programme.key == project.programme and programme.team_roles:
                return programme.team_roles
    return ANY_TEAM


def role_check(members: Iterable[Member], wanted: Sequence[TeamRole], today: date) -> RoleCheck:
    """Who fills each wanted role today. `members` are all who ever were on the team.

    A person fills the role that is called what they are on the team. `left_on` is the first day
    without them, so that is the day from which the role is vacant.
    """
    by_role: dict[str, list[Member]] = {}
    for member in members:
        if member.joined_on <= today:
            by_role.setdefault(member.team_role.strip().casefold(), []).append(member)
    return RoleCheck(
        tuple(_standing(r, by_role.get(r.title.casefold(), []), today) for r in wanted)
    )


def _standing(role: TeamRole, members: Sequence[Member], today: date) -> RoleStanding:
    here = tuple(m.name for m in members if m.left_on is None or m.left_on > today)
    gone = [(m.left_on, m.name) for m in members if m.left_on is not None and m.left_on <= today]
    if here or not gone:
        return RoleStanding(role, here)
    left_on, name = max(gone)
    return RoleStanding(role, (), left_on, name)
