"""Whose roles a person may give, end and disable: the one table of it.

Nobody gives what lies above their own reach, and nobody gives a role to themselves. A role reaches
the organisation it is held on and all that is under it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from tracker.organisations.domain import OrganisationKind

from .verbs import Role

REACH: dict[Role, frozenset[Role]] = {
    Role.ORGANISATION_ADMINISTRATOR: frozenset(
        {
            Role.VIEWER,
            Role.TEAM_MEMBER,
            Role.QI_LEAD,
            Role.COACH,
            Role.ORGANISATION_ADMINISTRATOR,
        }
    ),
    # Not administrators of organisations: those may edit projects, which a PSC manager may not.
    Role.PSC_MANAGER: frozenset({Role.VIEWER, Role.QI_LEAD, Role.COACH, Role.PSC_MANAGER}),
    Role.SYSTEM_ADMINISTRATOR: frozenset(Role),
}

ONLY_ON: dict[Role, Collection[OrganisationKind]] = {
    Role.PSC_MANAGER: (OrganisationKind.PSC,),
    Role.NATIONAL_VIEWER: (OrganisationKind.REGION, OrganisationKind.NATIONAL),
    Role.SYSTEM_ADMINISTRATOR: (),
}
NEVER_ON: dict[Role, Collection[OrganisationKind]] = {
    # A role that edits projects, held on a PSC, would edit every project of its patch.
    Role.TEAM_MEMBER: (OrganisationKind.PSC,),
    Role.QI_LEAD: (OrganisationKind.PSC,),
    Role.ORGANISATION_ADMINISTRATOR: (OrganisationKind.PSC,),
}


def reach_of(roles: Iterable[Role]) -> frozenset[Role]:
    """The roles that somebody holding these may give and end."""
    return frozenset().union(*(REACH.get(role, frozenset()) for role in roles))


def fits(role: Role, kind: OrganisationKind) -> bool:
    """The role means something on an organisation of this kind."""
    return kind in ONLY_ON.get(role, (kind,)) and kind not in NEVER_ON.get(role, ())
