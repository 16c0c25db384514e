"""Adding a person to an organisation, and giving them a role."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.auth.domain import EXAMPLE, LONGEST_EMAIL, is_email
from tracker.drafts.forms import Created
from tracker.pages import Choice, Dropdown, Form, Option, Text, refuse_unless
from tracker.permissions.verbs import Role

HINTS = {
    Role.VIEWER: "Reads what the organisation shares.",
    Role.TEAM_MEMBER: "Adds figures and writes up cycles in its projects.",
    Role.QI_LEAD: "Starts projects, and changes everything in them.",
    Role.COACH: "Reads and comments.",
    Role.ORGANISATION_ADMINISTRATOR: "A QI lead who also manages people and programmes.",
    Role.PSC_MANAGER: "Looks after the organisations of the PSC.",
    Role.NATIONAL_VIEWER: "Reads what the organisations under it share.",
}


class AddForm(Created):
    """Give a person a role; who has no account is invited."""

    name = Text("Name", required="Enter their name", max_length=120, autocomplete="off")
    email = Text(
        "E-mail address",
        hint="At work. If they have no account yet, we send them a link to make one.",
        required="Enter their e-mail address",
        kind="email",
        max_length=LONGEST_EMAIL,
        autocomplete="off",
        attributes={"spellcheck": "false", "autocapitalize": "none"},
        validators=(refuse_unless(is_email, f"Enter an e-mail address in the format {EXAMPLE}"),),
    )
    role = Choice[Role]("Role", coerce=Role, required="Choose a role")


class GiveForm(Form):
    """Give one more role to a person who is there."""

    role = Dropdown[Role](
        "Give one more role", coerce=Role, required="Choose a role", blank="Choose one"
    )


def role_options(roles: Iterable[Role]) -> list[Option]:
    """Roles to choose from, with what each may do."""
    return [Option(role, role.label, HINTS.get(role, "")) for role in roles]
