"""Forms about a project: starting it, its aim, its people, its sharing and its end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from tracker.auth.domain import EXAMPLE, is_email
from tracker.drafts.forms import Created, Edited
from tracker.pages import (
    Choice,
    Day,
    Dropdown,
    LongText,
    Option,
    SafeDecimal,
    Text,
    Tick,
    refuse_unless,
)
from tracker.permissions import Role
from tracker.safe.dates import today

from .domain import AimDirection, AimParts
from .models import Aim, Project, Sharing, Status

SITES = "One on each line, such as a ward, a practice or a unit."
SHARING = (
    Option(Sharing.TEAM, "The team", "Members and their coach."),
    Option(
        Sharing.ORGANISATION,
        "Our organisation",
        "Also people of your organisation, of those above it and of your PSC.",
    ),
    Option(
        Sharing.NETWORK,
        "Our network",
        "Also organisations with the same programme.",
    ),
    Option(Sharing.NATIONAL, "Everyone", "Everyone who signs in to QI Tracker."),
)
TEAM_ROLES = (
    "Lead",
    "Executive sponsor",
    "Clinical lead",
    "Data specialist",
    "QI lead",
    "Patient Safety Partner",
    "Team member",
    "Coach",
)
"""Parts people play on a team. None gives access; the executive sponsor approves the charter."""

ACCESS = (
    Option(Role.VIEWER, "Read", "Sees the project however it is shared."),
    Option(Role.TEAM_MEMBER, "Log", "Adds data and writes up PDSA cycles."),
    Option(Role.QI_LEAD, "Lead", "Changes everything, and the team."),
    Option(Role.COACH, "Coach", "Reads everything and comments."),
)


class Details:
    """What a project is called and where it belongs: shared by starting and changing one."""

    title = Text(
        "Project title",
        required="Enter a title",
        hint="What a colleague would call it, such as “Safer pain care in our practices”.",
        max_length=120,
    )
    programme = Dropdown[str]("National programme", blank="None: our own improvement project")
    problem = LongText(
        "What is the problem?",
        hint="A sentence or two: what happens now, and to whom.",
        rows=3,
        max_length=2000,
    )
    sites = LongText("Where will you work?", hint=SITES, rows=2, max_length=2000)
    psc_id = Dropdown[int]("Patient Safety Collaborative (PSC)", blank="None", coerce=int)


class Shared:
    """Who can read the project."""

    sharing = Choice[Sharing](
        "Who can read it?",
        options=SHARING,
        coerce=Sharing,
        required="Choose who can read it",
        hint="You can change this at any time.",
    )


class StartForm(Details, Shared, Created):
    """Start a project at one organisation."""


class ChangeForm(Details, Edited):
    """Change what a project is called and where it belongs."""


class ShareForm(Shared, Edited):
    """Say who can read the project."""


class CloseForm(Edited):
    """Finish or stop the project."""

    status = Choice[Status](
        "How does it end?",
        options=(
            Option(Status.FINISHED, "Finished", "The work is done, or is now routine."),
            Option(Status.STOPPED, "Stopped", "The work ends early."),
        ),
        coerce=Status,
        required="Choose how it ends",
    )
    closed_on = Day("When did it end?", required="Enter the day it ended", latest=today)
    note = LongText("What should others know?", rows=3, max_length=2000)


class ReopenForm(Edited):
    """Take a closed project up again."""

    reason = LongText(
        "Why is it opened again?",
        hint="The history keeps it beside the day it was closed.",
        rows=3,
        max_length=500,
        required="Say why",
    )


class AimForm(Edited):
    """The aim statement in its parts."""

    direction = Choice[AimDirection](
        "We want to",
        options=(
            Option(AimDirection.INCREASE, "Increase"),
            Option(AimDirection.REDUCE, "Reduce"),
        ),
        coerce=AimDirection,
    )
    measure = Text(
        "What will change?",
        hint="The thing you count, such as “cord clamping at 60 seconds or later”.",
    )
    population = Text("For whom?", hint="Such as “babies born before 34 weeks”.")
    place = Text("Where?", hint="Such as “our maternity unit”.")
    unit = Text(
        "Unit of the numbers",
        hint="% or what you count, such as “people”.",
        max_length=40,
        width=10,
    )
    baseline = SafeDecimal("Baseline: where are you now?", percent=True, width=10)
    target = SafeDecimal("Target: where do you want to be?", percent=True, width=10)
    by = Day("By when?")

    @property
    def parts(self) -> AimParts:
        """The aim as it was typed."""
        return AimParts(
            direction=self.direction.data,
            measure=self.measure.data,
            population=self.population.data,
            place=self.place.data,
            unit=self.unit.data,
            baseline=self.baseline.data,
            target=self.target.data,
            by=self.by.data,
        )


class MemberForm(Created):
    """Add a person to the team."""

    name = Text("Name", required="Enter their name", max_length=120, autocomplete="off")
    team_role = Dropdown[str](
        "Part on the team",
        required="Choose their part on the team",
        blank="Choose one",
    )
    email = Text(
        "E-mail of their account",
        hint="Leave empty for someone who will not sign in.",
        max_length=254,
        kind="email",
        autocomplete="off",
        validators=(refuse_unless(is_email, f"Enter an e-mail address in the format {EXAMPLE}"),),
    )
    access = Choice[Role](
        "What may they do here?",
        options=ACCESS,
        coerce=Role,
        hint="Only counts for someone with an account.",
    )
    invite = Tick("Invite them: send a link to this address, with which they make an account")

    def offer(self, wanted: Iterable[str]) -> None:
        """List the roles that the programme wants first, then the others."""
        roles = dict.fromkeys([*wanted, *TEAM_ROLES])
        self.team_role.options = [Option(role, role) for role in roles]


def details_of(project: Project, sites: list[str]) -> dict[str, Any]:
    """The fields of `ChangeForm` as the project stands."""
    return {
        "title": project.title,
        "programme": project.programme,
        "problem": project.problem,
        "psc_id": project.psc_id,
        "sites": "\n".join(sites),
        "version": project.version,
    }


def closing_of(project: Project, on: date) -> dict[str, Any]:
    """The fields of `CloseForm` as the project stands."""
    is_closed = project.status is not Status.ACTIVE
    return {
        "status": project.status if is_closed else None,
        "closed_on": project.closed_on or on,
        "note": project.closing_note,
        "version": project.version,
    }


def aim_of(aim: Aim) -> dict[str, Any]:
    """The fields of `AimForm` as the aim stands."""
    return {
        name: getattr(aim, name)
        for name in (
            "direction",
            "measure",
            "population",
            "place",
            "unit",
            "baseline",
            "target",
            "by",
            "version",
        )
    }
