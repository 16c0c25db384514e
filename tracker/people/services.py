"""What is done about people. Every function asks again, inside the unit of work, who may do it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker import audit
from tracker.auth import queries as accounts
from tracker.auth import services as auth
from tracker.auth.domain import LinkPurpose
from tracker.auth.models import Membership, User
from tracker.db import db, utcnow
from tracker.limits import services as limits
from tracker.limits.domain import words_of
from tracker.mail import writing as mail
from tracker.organisations.models import Organisation
from tracker.permissions.verbs import Role
from tracker.safe.dates import today

from . import queries
from .domain import INVITATIONS_PER_PERSON, CannotInvite, OutOfReach


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation that is on its way; the token goes to the page after it and nowhere else."""

    user: User
    token: str


def invite(email: str, name: str, *, by: User, place: str) -> Invited:
    """Make an account and send its owner a link that lasts 24 hours.

    An invitation that was withdrawn is made again. Raises CannotInvite.
    """
    user = accounts.by_email(email)
    if user is None:
        user = auth.create_user(email, name, by=by)
    elif was_withdrawn(user):
        user.name, user.disabled_at = " ".join(name.split()), None
    else:
        raise CannotInvite("There is already an account with this e-mail address")
    return _send(user, by=by, place=place)


def was_withdrawn(user: User) -> bool:
    """The account comes from an invitation that was taken back: it can be made again.

    One that was disabled keeps its roles, and whoever invites it anew may be far below them.
    """
    return (
        user.password_hash is None
        and not user.is_active
        and not user.is_erased
        and not user.memberships_from(today())
    )


def add(
    email: str, name: str, *, organisation: Organisation, role: Role, on: date, by: User
) -> Invited | None:
    """Give somebody a role on an organisation, inviting who has no account.

    None when they had one. Raises OutOfReach or CannotInvite.
    """
    known = accounts.by_email(email)
    invited = None
    if known is None or was_withdrawn(known):
        _must_give(role, organisation, by)
        invited = invite(email, name, by=by, place=organisation.name)
        known = invited.user
    give_role(known, role, organisation=organisation, on=on, by=by)
    return invited


def give_role(
    user: User, role: Role, *, organisation: Organisation, on: date, by: User
) -> Membership:
    """Give a role on an organisation. Raises OutOfReach, or CannotInvite for oneself."""
    _must_give(role, organisation, by)
    if user.id == by.id:
        raise CannotInvite("Nobody gives a role to themselves: ask another administrator")
    if not user.is_active:
        raise CannotInvite("This account is disabled. Enable it first")
    return auth.give_membership(user, role, organisation_id=organisation.id, on=on, by=by)


def end_role(membership: Membership, *, on: date, by: User) -> Membership:
    """End a role on an organisation: its access is gone with the next request."""
    place = membership.organisation
    if place is None or membership.role not in queries.reach_on(place, by=by):
        raise OutOfReach
    return auth.end_membership(membership, on=on, by=by)


def disable(user: User, *, on: date, by: User) -> User:
    """Let an account in no more: its sign-ins and links end now, what it wrote stays."""
    _must_reach(user, on, by)
    if user.is_active:
        user.disabled_at = utcnow()
        auth.end_links(user)
        auth.end_all(user, by=by)
        audit.record("person.disabled", of=user, by=by)
        db.session.flush()
    return user


def enable(user: User, *, on: date, by: User) -> User:
    """Let a disabled account in again, with the roles it has."""
    _must_reach(user, on, by)
    if not user.is_active:
        user.disabled_at = None
        audit.record("person.enabled", of=user, by=by)
        db.session.flush()
    return user


def resend(user: User, *, place: str, on: date, by: User) -> Invited:
    """Send a new link to somebody who has not set a password yet; the old one ends.

    Raises CannotInvite when they have.
    """
    _must_reach(user, on, by)
    if user.password_hash is not None or not user.is_active:
        raise CannotInvite("They have used their invitation already")
    return _send(user, by=by, place=place)


def withdraw(user: User, *, on: date, by: User) -> User:
    """Take an invitation back: the link ends, the roles end, nobody signs in with it."""
    _must_reach(user, on, by)
    if user.password_hash is not None:
        raise CannotInvite("They have used their invitation already")
    for membership in user.memberships_from(on):
        auth.end_membership(membership, on=on, by=by)
    auth.end_links(user)
    user.disabled_at = utcnow()
    audit.record("person.invitation_withdrawn", of=user, by=by)
    db.session.flush()
    return user


def _send(user: User, *, by: User, place: str) -> Invited:
    tries = (INVITATIONS_PER_PERSON, str(by.id))
    wait = limits.wait(tries)
    if wait is not None:
        raise CannotInvite(f"You have sent many invitations. Try again in {words_of(wait)}")
    limits.count(tries)
    secret = mail.secret()
    auth.make_link(user, purpose=LinkPurpose.INVITATION, by=by, token=secret.text)
    mail.write(
        user.email,
        f"{by.name} invites you to QI Tracker",
        "people/mail/invitation.txt",
        secret=secret,
        useful_for=LinkPurpose.INVITATION.lasts,
        name=user.name,
        inviter=by.name,
        place=place,
        token=secret.text,
    )
    audit.record("person.invited", of=user, by=by)
    db.session.flush()
    return Invited(user, secret.text)


def _must_give(role: Role, organisation: Organisation, by: User) -> None:
    if role not in queries.givable(organisation, by=by):
        raise OutOfReach


def _must_reach(user: User, on: date, by: User) -> None:
    if not by.is_active or not queries.may_disable(user, by=by, on=on):
        raise OutOfReach
