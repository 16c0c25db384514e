"""Signing in and setting a password."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tracker.drafts.forms import Edited
from tracker.pages import Form, Hidden, Secret, Text, refuse_unless

from . import passwords
from .domain import EXAMPLE, LONGEST_EMAIL, is_email

HINT = (
    f"At least {passwords.SHORTEST} characters. Three or four words that do not belong together "
    "make a good password"
)

AS_TYPED = {"spellcheck": "false", "autocapitalize": "none"}


class Kept(Hidden):
    """A signed form that is carried through the sign-in page; longer than other hidden fields."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = str(valuelist[0]) if valuelist else ""


class Next(Kept):
    """Where to go afterwards; checked when it is used."""


class SignInForm(Form):
    email = Text(
        "E-mail address",
        kind="email",
        max_length=LONGEST_EMAIL,
        autocomplete="username",
        required="Enter your e-mail address",
        attributes=AS_TYPED,
    )
    password = Secret("Password", required="Enter your password")
    next = Next()
    kept = Kept()


class ForgottenForm(Form):
    """Ask for a link that sets a new password."""

    email = Text(
        "E-mail address",
        kind="email",
        max_length=LONGEST_EMAIL,
        autocomplete="username",
        required="Enter your e-mail address",
        attributes=AS_TYPED,
        validators=(refuse_unless(is_email, "Enter an e-mail address in the format " + EXAMPLE),),
    )


class DetailsForm(Edited):
    """How one is called."""

    name = Text(
        "Name",
        hint="As colleagues see it.",
        required="Enter your name",
        max_length=120,
        autocomplete="name",
    )
    job = Text("Job (optional)", called="Job", max_length=120, autocomplete="organization-title")


class NewEmailForm(Form):
    """A new e-mail address, and the password: what signs one in is not changed in passing."""

    email = Text(
        "New e-mail address",
        hint="At work. You sign in with it once you have opened the link that we send to it.",
        kind="email",
        max_length=LONGEST_EMAIL,
        autocomplete="email",
        required="Enter the new e-mail address",
        attributes=AS_TYPED,
        validators=(refuse_unless(is_email, "Enter an e-mail address in the format " + EXAMPLE),),
    )
    password = Secret("Current password", required="Enter your current password")


class NewPasswordForm(Form):
    """A new password, typed once: it can be shown."""

    password = Secret(
        "New password",
        hint=HINT,
        autocomplete="new-password",
        required="Enter a new password",
        called="Password",
    )

    def suits(self, *, about: Iterable[str], here: Iterable[str]) -> bool:
        """Whether it follows the policy; puts the reason beside the field when it does not."""
        why = passwords.why_refused(self.password.data, about=about, here=here)
        if why is not None:
            self.refuse("password", why)
        return why is None


class ChangePasswordForm(NewPasswordForm):
    old_password = Secret("Current password", required="Enter your current password")
    # Shown in this order: the old one is asked for first.
    password = Secret(
        "New password",
        hint=HINT,
        autocomplete="new-password",
        required="Enter a new password",
        called="Password",
    )
