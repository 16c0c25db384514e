"""Accounts, sign-ins and links as they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import current_app
from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from tracker.config import Settings
from tracker.db import db, utcnow
from tracker.limits import services as limits
from tracker.limits.domain import Limit
from tracker.permissions.verbs import Role
from tracker.plugin_api import Programme
from tracker.plugin_host import current_host

from .domain import (
    NEW_EMAIL_PER_PERSON,
    RESET_PER_ACCOUNT,
    RESET_PER_ADDRESS,
    SIGN_IN_PER_ACCOUNT,
    SIGN_IN_PER_ADDRESS,
    LinkPurpose,
    SignIn,
    as_kept,
    fingerprint,
    limited_address,
)
from .models import LoginSession, Membership, OneTimeLink, User


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """An access role in words: "QI lead", "Project: Fewer falls on Ward 4"."""

    role: str
    where: str
    ends_on: date | None


def settings() -> Settings:
    """The settings the app was made with."""
    held: Settings = current_app.extensions["tracker_settings"]
    return held


def by_email(email: str) -> User | None:
    """The account with this address, however it is typed; disabled ones too."""
    return db.session.scalar(select(User).where(User.email == as_kept(email)))


def signed_in(token: str) -> tuple[User, SignIn] | None:
    """Whose sign-in a token is; None when it has ended or its account is not let in."""
    rows = db.session.execute(
        select(User, LoginSession.id, LoginSession.last_seen_at, LoginSession.created_at)
        .join(LoginSession, LoginSession.user_id == User.id)
        .where(LoginSession.token_hash == fingerprint(token), _running(utcnow()), _let_in())
        .options(joinedload(User.memberships))
    )
    found = rows.unique().one_or_none()
    if found is None:
        return None
    user, sign_in_id, last_seen_at, created_at = found
    return user, SignIn(sign_in_id, user.id, last_seen_at, created_at)


def sign_ins(user: User) -> Sequence[LoginSession]:
    """A person's sign-ins that have not ended, last used first."""
    return db.session.scalars(
        select(LoginSession)
        .where(LoginSession.user_id == user.id, _running(utcnow()))
        .order_by(LoginSession.last_seen_at.desc(), LoginSession.id.desc())
    ).all()


def has_run_out() -> ColumnElement[bool]:
    """Condition: the sign-in has run out."""
    return ~_running(utcnow())


def is_let_in(user: User) -> bool:
    """The account may sign in: not disabled; a demonstration account only in a demonstration."""
    return user.is_active and (settings().demo or not user.is_demo)


def open_link(token: str) -> OneTimeLink | None:
    """The link that sets a password with this token, and its user, while it can be used."""
    return db.session.scalar(_open_links(token).where(sets_a_password()))


def open_email_link(token: str, user: User) -> OneTimeLink | None:
    """The link of this person that confirms a new e-mail address, while it can be used."""
    return db.session.scalar(
        _open_links(token).where(~sets_a_password(), OneTimeLink.user_id == user.id)
    )


def sets_a_password() -> ColumnElement[bool]:
    """Condition: the link sets a password."""
    return OneTimeLink.purpose != LinkPurpose.NEW_EMAIL


def _open_links(token: str) -> Select[OneTimeLink]:
    return (
        select(OneTimeLink)
        .join(OneTimeLink.user)
        .options(contains_eager(OneTimeLink.user))
        .where(
            OneTimeLink.token_hash == fingerprint(token),
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > utcnow(),
            _let_in(),
        )
    )


def wait(email: str, address: str | None) -> timedelta | None:
    """How long this account or this address has to wait for its next sign-in; None: try now."""
    return limits.wait(*refused_sign_in(email, address))


def refused_sign_in(email: str, address: str | None) -> tuple[tuple[Limit, str], ...]:
    """What a refused sign-in counts against: the account, whether it exists or not, the address."""
    return (
        (SIGN_IN_PER_ACCOUNT, as_kept(email)),
        (SIGN_IN_PER_ADDRESS, limited_address(address)),
    )


def wait_for_reset(email: str, address: str | None) -> timedelta | None:
    """How long until the next link can be asked for; None: now."""
    return limits.wait(*asked_reset(email, address))


def asked_reset(email: str, address: str | None) -> tuple[tuple[Limit, str], ...]:
    """What a link that was asked for counts against."""
    return (
        (RESET_PER_ACCOUNT, as_kept(email)),
        (RESET_PER_ADDRESS, limited_address(address)),
    )


def wait_for_new_email(user: User) -> timedelta | None:
    """How long until a person can have the next link sent to a new address; None: now."""
    return limits.wait(asked_new_email(user))


def asked_new_email(user: User) -> tuple[Limit, str]:
    """What a link to a new address counts against."""
    return NEW_EMAIL_PER_PERSON, str(user.id)


def roles_held(user: User, on: date) -> list[RoleHeld]:
    """What a person may do where, in words, widest first."""
    rows = db.session.scalars(
        select(Membership)
        .where(Membership.user_id == user.id)
        .options(joinedload(Membership.organisation), joinedload(Membership.project))
        .order_by(Membership.project_id.is_not(None), Membership.organisation_id, Membership.id)
    ).all()
    return [
        RoleHeld(m.role.label, _where(m), m.ends_on)
        for m in rows
        if m.is_active(on) and _is_there(m)
    ]


def project_roles(project_id: int, on: date) -> dict[int, list[Role]]:
    """User id to the access roles that person has on the project itself, on a day."""
    rows = db.session.execute(
        select(Membership.user_id, Membership.role)
        .where(
            Membership.project_id == project_id,
            Membership.starts_on <= on,
            or_(Membership.ends_on.is_(None), Membership.ends_on >= on),
        )
        .order_by(Membership.user_id, Membership.id)
    )
    roles: dict[int, list[Role]] = {}
    for user_id, role in rows:
        roles.setdefault(user_id, []).append(role)
    return roles


def names_around(user: User) -> list[str]:
    """Organisations of the account and programmes of the country: poor parts of a password."""
    rows = db.session.scalars(
        select(Membership)
        .where(Membership.user_id == user.id)
        .options(joinedload(Membership.organisation))
    )
    organisations = [m.organisation.name for m in rows if m.organisation is not None]
    programmes = [programme.title for programme in current_host().of(Programme)]
    return organisations + programmes


def _is_there(membership: Membership) -> bool:
    """Not a role on a project that was deleted."""
    return membership.project is None or membership.project.deleted_at is None


def _where(membership: Membership) -> str:
    if membership.project is not None:
        return f"Project: {membership.project.title}"
    if membership.organisation is not None:
        return membership.organisation.name
    return "Everywhere"


def _running(now: datetime) -> ColumnElement[bool]:
    held = settings()
    return and_(
        LoginSession.last_seen_at > now - held.idle_time,
        LoginSession.created_at > now - held.longest_sign_in,
    )


def _let_in() -> ColumnElement[bool]:
    let_in = User.disabled_at.is_(None)
    return let_in if settings().demo else and_(let_in, User.is_demo.is_(False))
