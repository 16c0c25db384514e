"""What is done to accounts: roles given, sign-ins begun and ended, passwords set.

Nothing here hashes a password: that is slow, and belongs before the unit of work.
"""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.exc import SQLAlchemyError

from tracker import audit
from tracker.db import db, unit_of_work, utcnow
from tracker.limits import services as limits
from tracker.mail import writing as mail
from tracker.permissions.verbs import Role

from . import queries
from .domain import (
    NOTE_SEEN_EVERY,
    EmailTaken,
    LinkNotUsable,
    LinkPurpose,
    SignIn,
    browser_name,
    fingerprint,
    network_of,
    new_token,
    normal_email,
)
from .models import LoginSession, Membership, OneTimeLink, User

log = logging.getLogger(__name__)

A_DAY = timedelta(days=1)
KEPT_FOR = timedelta(days=30)
"""Used links, after they are of no more use."""


# --- accounts and roles ---------------------------------------------------------------------------


def create_user(
    email: str,
    name: str,
    *,
    by: User | None,
    job: str = "",
    password_hash: str | None = None,
    is_demo: bool = False,
) -> User:
    """Make an account; without a password hash it is of use only with a one-time link.

    Raises EmailTaken, or ValueError for what is not an e-mail address or an empty name.
    """
    email, name = normal_email(email), " ".join(name.split())
    if not name:
        raise ValueError("Enter a name")
    if queries.by_email(email) is not None:
        raise EmailTaken("There is already an account with this e-mail address")
    user = User(email=email, name=name, job=job, password_hash=password_hash, is_demo=is_demo)
    db.session.add(user)
    db.session.flush()
    audit.record("user.created", of=user, by=by)
    return user


def give_membership(
    user: User,
    role: Role,
    *,
    on: date,
    by: User | None,
    organisation_id: int | None = None,
    project_id: int | None = None,
    until: date | None = None,
) -> Membership:
    """Give an access role on an organisation or a project, from `on` to the last day `until`.

    A role they have there already, open-ended, is handed back as it is. Raises ValueError for a
    role without a place, which only system administrators have, or with two.
    """
    if organisation_id is not None and project_id is not None:
        raise ValueError("a role is on an organisation or on a project, not on both")
    nowhere = organisation_id is None and project_id is None
    if nowhere != (role is Role.SYSTEM_ADMINISTRATOR):
        raise ValueError("system administrators have their role everywhere, others on one thing")
    held = db.session.scalar(
        select(Membership).where(
            Membership.user_id == user.id,
            Membership.role == role,
            Membership.organisation_id == organisation_id,
            Membership.project_id == project_id,
            Membership.starts_on <= on,
            Membership.ends_on.is_(None),
        )
    )
    if held is not None and until is None:
        return held
    membership = Membership(
        user_id=user.id,
        role=role,
        organisation_id=organisation_id,
        project_id=project_id,
        starts_on=on,
        ends_on=until,
        given_by_id=by.id if by is not None else None,
    )
    db.session.add(membership)
    db.session.flush()
    db.session.expire(user, ["memberships"])
    audit.record(
        "membership.given",
        of=membership,
        by=by,
        organisation_id=organisation_id,
        detail={"user_id": user.id, "role": role.value},
    )
    return membership


def end_membership(membership: Membership, *, on: date, by: User | None) -> Membership:
    """Take an access role away: `on` is the first day without it, so today means at once."""
    last_day = on - A_DAY
    if membership.ends_on is None or membership.ends_on > last_day:
        membership.ends_on = last_day
        audit.record(
            "membership.ended",
            of=membership,
            by=by,
            organisation_id=membership.organisation_id,
            detail={"user_id": membership.user_id, "role": membership.role.value},
        )
        db.session.flush()
    return membership


def end_project_memberships(user_id: int, project_id: int, *, on: date, by: User | None) -> None:
    """Take away every access role a person has on a project, from `on`."""
    held = db.session.scalars(
        select(Membership).where(
            Membership.user_id == user_id,
            Membership.project_id == project_id,
            or_(Membership.ends_on.is_(None), Membership.ends_on >= on),
        )
    ).all()
    for membership in held:
        end_membership(membership, on=on, by=by)


# --- sign-ins -------------------------------------------------------------------------------------


def sign_in(user: User, *, address: str | None, browser: str) -> str:
    """Begin a sign-in and return its token, which is kept nowhere else.

    `browser` is the User-Agent header. Sign-ins that have run out are cleared away, everybody's.
    """
    db.session.execute(
        delete(LoginSession)
        .where(queries.has_run_out())
        .execution_options(synchronize_session=False)
    )
    token, now = new_token(), utcnow()
    db.session.add(
        LoginSession(
            token_hash=fingerprint(token),
            user_id=user.id,
            created_at=now,
            last_seen_at=now,
            address=network_of(address),
            browser=browser_name(browser),
        )
    )
    _seen(user.id)
    audit.record("sign_in.started", of=user, by=user)
    db.session.flush()
    return token


def end_sign_in(token: str) -> None:
    """End one sign-in; one that has ended already stays so."""
    _end(
        db.session.scalar(select(LoginSession).where(LoginSession.token_hash == fingerprint(token)))
    )


def end_own_sign_in(user: User, sign_in_id: int) -> bool:
    """End one of a person's own sign-ins. False when they have none with this id."""
    found = db.session.scalar(
        select(LoginSession).where(LoginSession.id == sign_in_id, LoginSession.user_id == user.id)
    )
    _end(found)
    return found is not None


def end_all(user: User, *, by: User | None, keep: str | None = None) -> None:
    """End all sign-ins of a person, but for the one with the token `keep`."""
    which = LoginSession.user_id == user.id
    if keep is not None:
        which = which & (LoginSession.token_hash != fingerprint(keep))
    db.session.execute(delete(LoginSession).where(which))
    audit.record("sign_in.all_ended", of=user, by=by)
    db.session.flush()


def record_failure(email: str, *, address: str | None, user: User | None) -> None:
    """Count a refused sign-in against the account that was typed and against the address."""
    limits.count(*queries.refused_sign_in(email, address))
    audit.record("sign_in.refused", of=user, by=None)


def note_seen(sign_in: SignIn) -> None:
    """Note that somebody is still here, in a unit of work of its own, after the answer.

    A failure is logged and forgotten: nobody waits for this, and the next request tries again.
    """
    now = utcnow()
    try:
        with unit_of_work():
            db.session.execute(
                update(LoginSession)
                .where(
                    LoginSession.id == sign_in.id,
                    LoginSession.last_seen_at <= now - NOTE_SEEN_EVERY,
                )
                .values(last_seen_at=now)
            )
            _seen(sign_in.user_id)
    except SQLAlchemyError:
        log.warning("could not note when a person was last seen", exc_info=True)


def stay(sign_in: SignIn) -> None:
    """Let a sign-in last as if it had just been used, though not beyond its longest time."""
    db.session.execute(
        update(LoginSession).where(LoginSession.id == sign_in.id).values(last_seen_at=utcnow())
    )
    _seen(sign_in.user_id)


# --- passwords and one-time links -----------------------------------------------------------------


def set_password(
    user: User, password_hash: str, *, by: User | None, keep: str | None = None
) -> User:
    """Set a password from its hash. Ends the person's sign-ins, but for `keep`, and their links."""
    user.password_hash = password_hash
    end_links(user)
    audit.record("password.set", of=user, by=by)
    end_all(user, by=by, keep=keep)
    return user


def renew_hash(user: User, password_hash: str) -> None:
    """Keep the same password with today's hash parameters. No edit: it moves no version."""
    db.session.execute(update(User).where(User.id == user.id).values(password_hash=password_hash))


def make_link(
    user: User, *, purpose: LinkPurpose, by: User | None, token: str | None = None
) -> str:
    """Make a single-use link that sets a password and return its token. Older ones end.

    `token` is the secret of the message that brings it. Whoever asks for a reset ends no
    invitation: anybody can ask, and an invitation lasts longer.
    """
    which = queries.sets_a_password()
    if purpose is LinkPurpose.RESET:
        which = OneTimeLink.purpose == LinkPurpose.RESET
    end_links(user, which)
    token = token or new_token()
    db.session.add(
        OneTimeLink(
            token_hash=fingerprint(token),
            user_id=user.id,
            purpose=purpose,
            expires_at=utcnow() + purpose.lasts,
        )
    )
    audit.record("link.made", of=user, by=by, detail={"purpose": purpose.value})
    db.session.flush()
    return token


def ask_for_reset(email: str, *, address: str | None) -> None:
    """Send a link that sets a new password to the account with this address, if there is one.

    Where there is none a message to nobody is written: the work is the same but for the link's row.
    """
    limits.count(*queries.asked_reset(email, address))
    found = queries.by_email(email)
    user = found if found is not None and queries.is_let_in(found) else None
    secret = mail.secret()
    if user is not None:
        make_link(user, purpose=LinkPurpose.RESET, by=None, token=secret.text)
    mail.write(
        user.email if user is not None else None,
        "Set a new password for QI Tracker",
        "auth/mail/reset.txt",
        secret=secret,
        useful_for=LinkPurpose.RESET.lasts,
        name=user.name if user is not None else "",
        token=secret.text,
    )
    audit.record("reset.asked", of=user, by=None)


def use_link(token: str, password_hash: str) -> User:
    """Set the password of the account a one-time link is for. Raises LinkNotUsable."""
    link = take_link(queries.open_link(token))
    audit.record("link.used", of=link.user, by=link.user, detail={"purpose": link.purpose.value})
    return set_password(link.user, password_hash, by=link.user)


def take_link(link: OneTimeLink | None) -> OneTimeLink:
    """Use a link up. Raises LinkNotUsable."""
    # Taken in one statement: of two people pressing at once only one gets it, on both engines.
    taken = link and db.session.scalar(
        update(OneTimeLink)
        .where(OneTimeLink.id == link.id, OneTimeLink.used_at.is_(None))
        .values(used_at=utcnow())
        .returning(OneTimeLink.id)
    )
    if link is None or taken is None:
        raise LinkNotUsable("This link has been used already or has run out")
    return link


def end_links(user: User, *which: ColumnElement[bool]) -> None:
    """End the links of a person that can still be used: all, or those of some kind."""
    db.session.execute(
        update(OneTimeLink)
        .where(OneTimeLink.user_id == user.id, OneTimeLink.used_at.is_(None), *which)
        .values(used_at=utcnow())
    )


def _end(found: LoginSession | None) -> None:
    if found is None:
        return
    user = db.session.get_one(User, found.user_id)
    db.session.delete(found)
    audit.record("sign_in.ended", of=user, by=user)
    db.session.flush()


def _seen(user_id: int) -> None:
    # An update in the database: being here is no edit of the account and moves no version.
    db.session.execute(
        update(User)
        .where(User.id == user_id)
        .values(last_seen_at=utcnow())
        .execution_options(synchronize_session=False)
    )


def prune(now: datetime) -> None:
    """Drop sign-ins that have run out, links long used or useless, and tries long counted."""
    long_ago = now - KEPT_FOR
    for gone in (
        delete(LoginSession).where(queries.has_run_out()),
        delete(OneTimeLink).where(
            or_(OneTimeLink.used_at < long_ago, OneTimeLink.expires_at < long_ago)
        ),
    ):
        db.session.execute(gone.execution_options(synchronize_session=False))
    limits.prune(long_ago)
