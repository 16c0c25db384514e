"""Who signs in to the demonstration: each access role, a second lead and a sponsor."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.permissions import Role

PASSWORD = "marigold-harbour-lantern"  # noqa: S105 - published on purpose, loopback only


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A made-up person; `at` is the code of the organisation their access role is on."""

    email: str
    name: str
    job: str
    role: Role
    at: str | None


LEAD = DemoPerson(
    "lead@demo.example", "Amina Yusuf", "Lead medicines pharmacist", Role.QI_LEAD, "DEMO-ALDER"
)
MEMBER = DemoPerson(
    "member@demo.example", "Tom Hughes", "Practice nurse", Role.TEAM_MEMBER, "DEMO-ALDER"
)
COACH = DemoPerson("coach@demo.example", "Grace Okafor", "Improvement coach", Role.COACH, None)
VIEWER = DemoPerson("viewer@demo.example", "Li Wei", "GP partner", Role.VIEWER, "DEMO-ALDER")
ADMINISTRATOR = DemoPerson(
    "administrator@demo.example",
    "Rosa Martin",
    "Governance manager",
    Role.ORGANISATION_ADMINISTRATOR,
    "DEMO-ROWAN",
)
PSC_MANAGER = DemoPerson(
    "psc@demo.example", "David Osei", "Patient safety lead", Role.PSC_MANAGER, "PSC-GM"
)
NATIONAL = DemoPerson(
    "national@demo.example", "Helen Ward", "National programme analyst", Role.NATIONAL_VIEWER, "X24"
)
SYSTEM = DemoPerson(
    "system@demo.example", "Sam Patel", "System administrator", Role.SYSTEM_ADMINISTRATOR, None
)
SECOND_LEAD = DemoPerson(
    "lead.birch@demo.example", "Niamh Byrne", "Place lead", Role.QI_LEAD, "DEMO-BIRCH"
)
SPONSOR = DemoPerson("sponsor@demo.example", "Ruth Bell", "Chief nurse", Role.VIEWER, "DEMO-OAK")
"""Reads as others do; being the executive sponsor of a project, approves its charter."""

PEOPLE = (
    VIEWER,
    MEMBER,
    LEAD,
    COACH,
    ADMINISTRATOR,
    PSC_MANAGER,
    NATIONAL,
    SYSTEM,
)
EVERYONE = (*PEOPLE, SECOND_LEAD, SPONSOR)
